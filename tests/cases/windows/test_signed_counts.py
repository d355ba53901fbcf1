"""Forms of counts in a year that closes: what is missing keeps it open, its receipt says which stood, and then none changes."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from cases.services.forms import HOTLINE, OUTREACH
from cases.windows.models import ReceiptSignature, YearReceipt
from oversight.reporting.receipts import keys, signing
from oversight.reporting.receipts.content import canonical
from oversight.reporting.receipts.files import data, pdf
from oversight.reporting.receipts.signing import open_points
from partners.roles import MemberRole
from tests.api.asserts import body, findings
from tests.callers import Caller
from tests.cases.services.files import NO_CONTACTS, csv_of
from tests.cases.services.world import assign
from tests.cases.windows.world import LAST_YEAR, close_for_new, reopened
from tests.pages.desk.conftest import at
from tests.people.visitors import member, text

pytestmark = pytest.mark.django_db
NOTHING: dict[str, Any] = {"visits": [], "contacts": []}


def path(month: int) -> str:
    """A month of the year."""
    return f"/api/v1/counts/OUTREACH/{LAST_YEAR}-{month:02d}"


def missing(ngo: Caller) -> list[str]:
    """The forms that keep the year open."""
    points = open_points(ngo.partner, LAST_YEAR)
    return [str(each) for point in points if point.code == "forms_missing" for each in point.about]


def test_a_form_that_is_expected_and_missing_keeps_the_year_open(ngo: Caller) -> None:
    assign(ngo.partner, OUTREACH, date(LAST_YEAR, 11, 1))
    assign(ngo.partner, OUTREACH, date(LAST_YEAR + 1, 1, 1), reports=False)
    assign(ngo.partner, HOTLINE, date(LAST_YEAR + 1, 1, 1))
    assert missing(ngo) == [f"Outreach: November {LAST_YEAR}", f"Outreach: December {LAST_YEAR}"]
    for month in (11, 12):
        ngo.put(path(month), NOTHING)
    assert missing(ngo) == []


def test_a_receipt_says_which_forms_stood_and_their_digest_is_the_partner_s_to_compute(ngo: Caller) -> None:
    ngo.put(path(3), NOTHING)
    ngo.put(path(4), {"visits": [{"region": "DK01", "setting": "STREET", "activity": "VISIT", "visits": 2}]})
    ngo.put(path(4), NOTHING, If_Match='"1"')
    ngo.put(f"/api/v1/counts/OUTREACH/{LAST_YEAR - 1}-12", NOTHING)
    receipt, _ = signing.sign(member(ngo.partner, MemberRole.CASEWORKER, "mette"), LAST_YEAR)
    signature = keys.sign(receipt)
    said = json.loads(receipt.document)["counts"]
    months = [(f"{LAST_YEAR}-03", 1), (f"{LAST_YEAR}-04", 2)]
    assert said["reports"] == [{"form": "OUTREACH", "period": month, "version": version} for month, version in months]
    contents = [body(ngo.get(path(month)))["content"] for month in (3, 4)]
    lines = [
        f"OUTREACH {month} {version} {sha256(canonical(content)).hexdigest()}\n".encode()
        for (month, version), content in zip(months, contents, strict=True)
    ]
    assert said["digest"] == sha256(b"".join(sorted(lines))).hexdigest()
    facts, proofs = (dict(data(receipt, "en")[part]) for part in ("facts", "proofs"))
    assert facts["Forms of counts (periods)"] == "Outreach (2)"
    assert proofs["Digest over the forms (SHA-256)"] == said["digest"]
    assert pdf(receipt, "da").startswith(b"%PDF")
    # One of before there were forms says nothing of them.
    content = {name: value for name, value in json.loads(receipt.document).items() if name != "counts"}
    older = YearReceipt(signed_at=receipt.signed_at, document=json.dumps(content))
    ReceiptSignature(receipt=older, public_key=signature.public_key)
    assert "Forms of counts (periods)" not in dict(data(older, "en")["facts"])


def test_the_page_shows_the_forms_that_are_signed(ngo: Caller) -> None:
    ngo.put(path(3), NOTHING)
    browser = at(ngo.partner, MemberRole.CASEWORKER, "mette")
    page = f"/send/year/{LAST_YEAR}/"
    shown = '<tr><th scope="row">Outreach</th><td data-name="Periods reported">1</td></tr>'
    assert shown in text(browser.get(page)) and shown in text(browser.post(f"{page}sign/"))
    browser.sure(f"{page}sign/")
    assert shown in text(browser.get(page))


def test_a_year_that_is_signed_or_closed_takes_no_form_by_any_way(ngo: Caller) -> None:
    ngo.put(path(3), NOTHING)
    caseworker = member(ngo.partner, MemberRole.CASEWORKER, "mette")
    browser = at(ngo.partner, MemberRole.CASEWORKER, "malene")
    signing.sign(caseworker, LAST_YEAR)
    changed: dict[str, Any] = {"visits": [], "contacts": None}
    file = csv_of(OUTREACH, NO_CONTACTS, period=f"{LAST_YEAR}-03")

    def refusals() -> list[Any]:
        new, old = ngo.put(path(4), NOTHING), ngo.put(path(3), changed, If_Match='"1"')
        sent = ngo.browser.generic(
            "POST", "/api/v1/count-files/OUTREACH?dry_run=false&prefer=latest", file, content_type="text/csv",
            headers={"Authorization": f"Bearer {ngo.token}"},
        )  # fmt: skip
        page = browser.post(f"/send/counts/OUTREACH/{LAST_YEAR}-04/send/", {"visits": "nothing", "contacts": "nothing"})
        assert page.status_code == 200
        codes = [findings(each, "invalid_parameter")[0][1] for each in (new, old)]
        return [*codes, sent.json()["errors"][0]["code"]]

    assert refusals() == ["period_signed"] * 3
    # What is stored already may be sent again.
    assert ngo.put(path(3), NOTHING).status_code == 200
    close_for_new(ngo)
    reopened(ngo)
    assert ngo.put(path(4), NOTHING).status_code == 201
