"""Receipts for everybody: known or not, when signed, whether it holds; and nothing of whose it is or what it says."""

from __future__ import annotations

import base64
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.windows.models import ReceiptSignature, YearReceipt
from oversight.reporting.receipts import keys, signing
from partners.roles import MemberRole
from tests.api.asserts import body, problem
from tests.callers import Browser, Caller, as_web_server
from tests.cases.windows.world import LAST_YEAR, TOMORROW, expected, month, reopened, set_window
from tests.people.visitors import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(ngo: Caller) -> YearReceipt:
    """A signed year."""
    ngo.referral(referred_in=month(2))
    return signing.sign(member(ngo.partner, MemberRole.CASEWORKER, "mette"), LAST_YEAR)[0]


def read(path: str, **options: Any) -> Any:
    """What anybody is answered."""
    return Browser().get(path, **options)


def address(receipt: YearReceipt) -> str:
    """The address of a receipt."""
    return f"/api/v1/receipts/{receipt.digest}"


def test_a_receipt_is_known_and_nothing_more_is_told(receipt: YearReceipt, ngo: Caller) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = read(address(receipt))
    assert body(answer) == {
        "digest": receipt.digest,
        "signed_at": receipt.signed_at.isoformat(),
        "state": "CURRENT",
    }
    assert len(queries) == 1
    assert answer["Cache-Control"] == "public, max-age=60"
    again = read(address(receipt), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    for page in (f"/da/kvittering/{receipt.digest}/", f"/en/receipt/{receipt.digest}/"):
        text = read(page).content.decode()
        assert "--public-key http://testserver/api/v1/receipts" in text
        for secret in (ngo.partner.name, str(ngo.partner.pk), "mette", f">{LAST_YEAR}<"):
            assert secret not in text
            assert secret not in answer.content.decode()


def test_a_reopened_and_a_superseded_receipt_say_so(receipt: YearReceipt, ngo: Caller) -> None:
    reopened(ngo)
    assert body(read(address(receipt)))["state"] == "REOPENED"
    assert "reopened since" in read(f"/en/receipt/{receipt.digest}/").content.decode()
    second, _ = signing.sign(receipt.user.membership, LAST_YEAR)
    assert body(read(address(receipt)))["state"] == "SUPERSEDED"
    assert body(read(address(second)))["state"] == "CURRENT"
    assert "newer receipt" in read(f"/en/receipt/{receipt.digest}/").content.decode()


@pytest.mark.parametrize("digest", ["0" * 64, "x", "A" * 64, "0" * 63, "0" * 65])
def test_what_nobody_signed_is_not_known(db: None, digest: str) -> None:
    answer = read(f"/api/v1/receipts/{digest}")
    problem(answer, "not_found")
    assert answer["Cache-Control"] == "no-store"
    page = read(f"/en/receipt/{digest}/")
    assert page.status_code == 404
    assert "does not know" in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_the_short_address_leads_to_the_reader_s_language(receipt: YearReceipt) -> None:
    where = read(f"/kvittering/{receipt.digest}", headers={"Accept-Language": "en"})
    assert where["Location"] == f"/en/receipt/{receipt.digest}/"


def test_every_key_that_has_signed_is_public(receipt: YearReceipt, ngo: Caller, settings: Any, tmp_path: Path) -> None:
    page = f"/en/receipt/{receipt.digest}/"
    assert body(read("/api/v1/receipts")) == {"keys": []}
    assert "Digest of the key" not in read(page).content.decode()
    public: list[dict[str, str]] = []
    for number in (1, 2):
        settings.HENVIS_KEYS = tmp_path / str(number)
        reopened(ngo)
        latest, _ = signing.sign(receipt.user.membership, LAST_YEAR)
        signature = keys.sign(latest)
        assert keys.sign(latest) == signature
        public.insert(0, keys.as_json(signature.public_key))
        assert body(read("/api/v1/receipts")) == {"keys": public}
        assert sha256(base64.b64decode(signature.public_key)).hexdigest() == public[0]["key_id"]
        assert public[0]["key_id"] in read(f"/en/receipt/{latest.digest}/").content.decode()


def test_the_web_server_can_neither_sign_nor_name_a_key(receipt: YearReceipt) -> None:
    with as_web_server(), pytest.raises(ProgrammingError), transaction.atomic():
        keys.sign(receipt)
    receipt.document += " "
    with pytest.raises(keys.NotWhatWasSigned):
        keys.sign(receipt)
    assert not ReceiptSignature.objects.exists()


def test_machines_read_windows_and_signatures_with_the_calendar(ngo: Caller) -> None:
    expected(ngo, since=LAST_YEAR)
    set_window(ngo.partner, new_until=TOMORROW)
    for number in range(1, 13):
        ngo.put(f"/api/v1/reports/{month(number)}", {"referrals": 0})
    years = {each["year"]: each for each in body(ngo.get("/api/v1/reports"))["years"]}
    last = years[str(LAST_YEAR)]
    assert list(years) == [str(LAST_YEAR + 1), str(LAST_YEAR)]
    assert (last["opens_on"], last["new_until"]) == (f"{LAST_YEAR}-01-01", TOMORROW.isoformat())
    assert last["deadline_on"] == f"{LAST_YEAR + 1}-01-14"
    assert last["signed_at"] is None
    receipt, _ = signing.sign(member(ngo.partner, MemberRole.CASEWORKER), LAST_YEAR)
    last = body(ngo.get("/api/v1/reports"))["years"][1]
    assert last["signed_at"] == receipt.signed_at.isoformat()
    reopened(ngo)
    last = body(ngo.get("/api/v1/reports"))["years"][1]
    assert (last["signed_at"], last["reopened_until"]) == (None, TOMORROW.isoformat())
