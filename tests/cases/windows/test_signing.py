"""Signing a year: who, when, what it keeps, and that nothing comes in between."""

from __future__ import annotations

import base64
import json
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.contrib.auth.models import User
from django.db import transaction

from cases.intake.models import Batch
from cases.months import midnight, month_words
from cases.windows.models import ReceiptFile, YearReceipt
from cases.windows.partner_years import ReopeningRefused, WindowClosed, reopen_own
from core.text import Text
from oversight.reporting.receipts import keys, signing, status
from oversight.reporting.receipts.content import canonical, content_of
from oversight.reporting.receipts.files import data, make_what_waits, pdf
from oversight.reporting.receipts.signing import SigningRefused, YearOpen, open_points
from oversight.reporting.receipts.status import ReceiptState, YearState
from partners.audit import COMMAND
from partners.models import AuditEvent, Partner
from partners.organisations.names import add_twin
from partners.people.models import Membership
from partners.roles import MemberRole
from tests.api.asserts import findings
from tests.api.batches.sending import row, send, whole
from tests.callers import Caller, referral
from tests.cases.windows.world import LAST_YEAR, TOMORROW, close, close_for_new, expected, month, reopened, set_window
from tests.people.visitors import member, staff
from tests.threads import Background, at_once, wait_until_blocked

pytestmark = pytest.mark.django_db


def path() -> str:
    """A new reference."""
    return f"/api/v1/referrals/{uuid4()}"


@pytest.fixture
def mette(ngo: Caller) -> Membership:
    """A caseworker of the partner."""
    return member(ngo.partner, MemberRole.CASEWORKER, "mette")


def signed(who: Membership, year: int = LAST_YEAR) -> YearReceipt:
    """A year that is signed."""
    return signing.sign(who, year)[0]


def codes(ngo: Caller, year: int = LAST_YEAR) -> list[str]:
    """What is open."""
    return [each.code for each in open_points(ngo.partner, year)]


def periods_open(ngo: Caller, now: datetime) -> list[tuple[str, tuple[Text | str, ...]]]:
    """What was open in the calendar of last year at a moment. That it reports no counts, the partner has said only today."""
    points = open_points(ngo.partner, LAST_YEAR, now)
    return [(each.code, each.about) for each in points if each.code.startswith("periods")]


def test_a_receipt_says_what_stood_and_who_signed(ngo: Caller, mette: Membership) -> None:
    for number in (3, 3, 5):
        ngo.referral(referred_in=month(number))
    gone, _ = ngo.referral(referred_in=month(5))
    ngo.post(f"{gone}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"})
    ngo.put(f"/api/v1/reports/{month(4)}", {"referrals": 0})
    ngo.put(f"/api/v1/reports/{month(3)}", {"referrals": 2})
    ngo.referral(referred_in=month(1, LAST_YEAR - 1))
    receipt = signed(mette)
    keys.sign(receipt)
    said = json.loads(receipt.document)
    assert [each for each in said["months"] if each["referrals"] or each["withdrawn"] or each["nil"]] == [
        {"month": month(3), "referrals": 2, "withdrawn": 0, "declared": True, "nil": False},
        {"month": month(4), "referrals": 0, "withdrawn": 0, "declared": True, "nil": True},
        {"month": month(5), "referrals": 1, "withdrawn": 1, "declared": False, "nil": False},
    ]
    assert said["expected"] == 0
    assert ["Reports of referrals that were expected", "none"] in data(receipt, "en")["facts"]
    assert said["signed_by"] == {"name": "mette", "user_name": "mette", "role": "CASEWORKER"}
    assert said["partner"] == {"id": str(ngo.partner.pk), "name": ngo.partner.name}
    assert said["records"]["count"] == 4
    receipt.refresh_from_db()
    assert said["signed_at"] == receipt.signed_at.isoformat().replace("+00:00", "Z")
    assert AuditEvent.objects.filter(action="year.sign", user=mette.user).count() == 1


def test_the_digest_is_what_the_partner_computes_from_its_own_export(ngo: Caller, mette: Membership) -> None:
    ngo.referral(referred_in=month(3))
    path_stored, _ = ngo.referral(referred_in=month(4), means_of_control=["THREATS", "DEBT_BONDAGE"])
    ngo.put(path_stored, referral(referred_in=month(4), gender="M"), If_Match='"1"')
    records = json.loads(signed(mette).document)["records"]
    export = b"".join(ngo.get("/api/v1/referrals?format=ndjson").streaming_content)  # type: ignore[attr-defined]
    lines = []
    for each in map(json.loads, export.splitlines()):
        if "end" in each:
            continue
        content = {name: "|".join(sorted(v)) if isinstance(v := each[name], list) else v for name in records["members"]}
        digest = sha256(json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode())
        lines.append(f"{each['reference']} {each['version']} {digest.hexdigest()}\n".encode())
    assert len(lines) == 2
    assert sha256(b"".join(sorted(lines))).hexdigest() == records["digest"]


def test_a_signature_is_verified_by_the_public_key_and_no_other_text_passes(ngo: Caller, mette: Membership) -> None:
    receipt = signed(mette)
    signature = keys.sign(receipt)
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(signature.public_key))
    value, document = base64.b64decode(signature.value), receipt.document.encode()
    public.verify(value, keys.CONTEXT + document)
    assert canonical(json.loads(receipt.document)) == document
    assert sha256(document).hexdigest() == receipt.digest
    for other in (document.replace(b'"number":1', b'"number":2'), document + b" "):
        with pytest.raises(InvalidSignature):
            public.verify(value, keys.CONTEXT + other)


def in_words(number: int) -> Text:
    """A month of last year."""
    return Text(*(month_words(date(LAST_YEAR, number, 1), language) for language in Text._fields))


def test_a_year_is_signed_when_nothing_is_open(ngo: Caller, mette: Membership) -> None:
    expected(ngo)
    set_window(ngo.partner, new_until=TOMORROW, corrections_until=TOMORROW)
    assert codes(ngo) == ["periods_missing"]
    with pytest.raises(YearOpen) as refusal:
        signing.sign(mette, LAST_YEAR)
    assert refusal.value.points[0].about == tuple(in_words(number) for number in range(1, 13))
    for number in range(1, 12):
        ngo.put(f"/api/v1/reports/{month(number)}", {"referrals": 0})
    assert open_points(ngo.partner, LAST_YEAR)[0].about == (in_words(12),)
    ngo.referral(referred_in=month(12))
    january = midnight(date(LAST_YEAR + 1, 1, 5))
    assert periods_open(ngo, january) == [("periods_begun", (in_words(12),))]
    ngo.put(f"/api/v1/reports/{month(12)}", {"referrals": 1})
    assert periods_open(ngo, january) == []
    assert codes(ngo) == []
    receipt, is_new = signing.sign(mette, LAST_YEAR)
    assert (is_new, json.loads(receipt.document)["expected"]) == (True, 12)


def test_a_year_that_goes_on_is_open(ngo: Caller, mette: Membership) -> None:
    assert codes(ngo, LAST_YEAR + 1) == ["year_not_over"]


def test_a_delivery_that_waits_is_open_and_a_dry_run_is_not(ngo: Caller) -> None:
    send(ngo, [row(referred_in=month(2))], dry_run=True)
    assert codes(ngo) == []
    batch = whole(send(ngo, [row(referred_in=month(2)), row(referred_in="2999-01")]))
    assert batch["state"] == "needs_review"
    assert codes(ngo) == ["deliveries_waiting"]
    ngo.call("DELETE", f"/api/v1/batches/{batch['id']}")
    assert codes(ngo) == []
    Batch.objects.filter(pk=batch["id"]).update(state="running")
    assert codes(ngo) == ["deliveries_at_work"]


def test_a_signed_year_takes_nothing_and_signing_again_changes_nothing(ngo: Caller, mette: Membership) -> None:
    where, _ = ngo.referral(referred_in=month(3))
    receipt, is_new = signing.sign(mette, LAST_YEAR)
    assert is_new
    assert signing.sign(mette, LAST_YEAR) == (receipt, False)
    assert findings(ngo.put(path(), referral(referred_in=month(3)))) == [("#/referred_in", "period_signed")]
    assert ngo.put(where, referral(referred_in=month(3))).status_code == 200
    assert ngo.put(path(), referral(referred_in=month(1, LAST_YEAR + 1))).status_code == 201
    batch = whole(send(ngo, [row(referred_in=month(3))], Prefer="handling=lenient"))
    assert [each["rule"] for each in batch["results"][0]["findings"]] == ["period_signed"]


def test_a_reopened_year_is_signed_again_under_the_next_number(ngo: Caller, mette: Membership) -> None:
    first = signed(mette)
    assert status.find(first.digest).state == ReceiptState.CURRENT  # type: ignore[union-attr]
    reopened(ngo)
    assert status.find(first.digest).state == ReceiptState.REOPENED  # type: ignore[union-attr]
    assert status.year_state(ngo.partner.pk, LAST_YEAR)[0] == YearState.REOPENED
    ngo.referral(referred_in=month(3))
    second = signed(mette)
    assert second.number == 2
    assert status.find(first.digest).state == ReceiptState.SUPERSEDED  # type: ignore[union-attr]
    assert status.year_state(ngo.partner.pk, LAST_YEAR) == (YearState.SIGNED, second)
    assert status.signed_years([ngo.partner.pk], [LAST_YEAR]) == {(ngo.partner.pk, LAST_YEAR): second.signed_at}


def test_the_partner_reopens_until_its_window_closes_and_then_the_centre_does(ngo: Caller, mette: Membership) -> None:
    again: dict[str, Any] = {"partner_id": ngo.partner.pk, "year": LAST_YEAR, "reason_code": "RECORD_MISSING"}
    with pytest.raises(ReopeningRefused):
        reopen_own(by=mette.user, **again)
    signed(mette)
    reopen_own(by=mette.user, **again)
    assert ngo.put(path(), referral(referred_in=month(3))).status_code == 201
    signed(mette)
    close(ngo)
    with pytest.raises(WindowClosed):
        reopen_own(by=mette.user, **again)
    reopened(ngo)
    assert ngo.put(path(), referral(referred_in=month(3))).status_code == 201


def test_the_partner_s_own_reopening_ends_the_signature_and_opens_no_window(ngo: Caller, mette: Membership) -> None:
    where, _ = ngo.referral(referred_in=month(3))
    close_for_new(ngo)
    signed(mette)
    reopen_own(by=mette.user, partner_id=ngo.partner.pk, year=LAST_YEAR, reason_code="CONTENT_WRONG")
    assert findings(ngo.put(path(), referral(referred_in=month(3)))) == [("#/referred_in", "period_closed_for_new")]
    batch = whole(send(ngo, [row(referred_in=month(3))], Prefer="handling=lenient"))
    assert [each["rule"] for each in batch["results"][0]["findings"]] == ["period_closed_for_new"]
    assert ngo.put(where, referral(referred_in=month(4)), If_Match='"1"').status_code == 200
    reopened(ngo)
    assert ngo.put(path(), referral(referred_in=month(3))).status_code == 201


@pytest.mark.parametrize("who", ["reader", "other partner", "staff", "deactivated", "moved"])
def test_nobody_else_signs(ngo: Caller, other_ngo: Caller, mette: Membership, who: str) -> None:
    if who == "deactivated":
        User.objects.filter(pk=mette.user_id).update(is_active=False)
        person = mette
    elif who == "moved":
        Membership.objects.filter(pk=mette.pk).update(role=MemberRole.READER)
        person = mette
    elif who == "staff":
        person = Membership(user=staff("boss", is_superuser=True), partner=ngo.partner, role=MemberRole.MANAGER)
    else:
        partner = other_ngo.partner if who == "other partner" else ngo.partner
        role = MemberRole.MANAGER if who == "other partner" else MemberRole.READER
        person = member(partner, role)
    with pytest.raises(SigningRefused):
        signing.sign(person, LAST_YEAR, partner=ngo.partner)
    assert not YearReceipt.objects.exists()


def test_the_twin_in_test_mode_is_signed_by_the_same_people(ngo: Caller, mette: Membership) -> None:
    add_twin(by=COMMAND, partner=ngo.partner)
    twin = Partner.objects.get(twin_of=ngo.partner)
    receipt, _ = signing.sign(mette, LAST_YEAR, partner=twin)
    assert json.loads(receipt.document)["mode"] == "TEST"
    assert ngo.put(path(), referral(referred_in=month(3))).status_code == 201


def test_the_pdf_is_the_same_bytes_each_time_and_says_what_the_receipt_says(ngo: Caller, mette: Membership) -> None:
    receipt = signed(mette)
    make_what_waits()
    make_what_waits()
    assert sorted(ReceiptFile.objects.values_list("language", flat=True)) == ["da", "en"]
    for file in ReceiptFile.objects.all():
        assert bytes(file.content) == pdf(receipt, file.language)
        assert bytes(file.content).startswith(b"%PDF-")
        assert b"pdfuaid" in bytes(file.content)


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_get_one_receipt(ngo: Caller, mette: Membership) -> None:
    other = member(ngo.partner, MemberRole.MANAGER)
    results = at_once([lambda: signing.sign(mette, LAST_YEAR)[1], lambda: signing.sign(other, LAST_YEAR)[1]])
    assert sorted(results) == [False, True]
    assert YearReceipt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_record_that_arrives_while_a_year_is_signed_is_refused_or_counted(ngo: Caller, mette: Membership) -> None:
    with Background() as background:
        with transaction.atomic():
            receipt = signed(mette)
            writing = background.start(lambda: ngo.put(path(), referral(referred_in=month(3))))
            wait_until_blocked()
        assert findings(writing.result()) == [("#/referred_in", "period_signed")]
    assert content_of(ngo.partner.pk, LAST_YEAR).digest == json.loads(receipt.document)["records"]["digest"]
