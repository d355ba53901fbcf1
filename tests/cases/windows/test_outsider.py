"""A receipt is verified with nothing but what docs/signing-a-year.md says: no function of ours is asked, only files are read."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from oversight.reporting.receipts.files import make_what_waits
from partners.models import Partner
from partners.roles import MemberRole
from tests.callers import Browser, Caller, referral
from tests.cases.windows.world import LAST_YEAR, month
from tests.people.visitors import member, signed_in

pytestmark = pytest.mark.django_db
DOCUMENT = Path("docs/signing-a-year.md").read_text(encoding="utf-8")


@pytest.fixture
def browser(ngo: Caller) -> Browser:
    """A caseworker of a partner whose name is not ASCII, with records in two years."""
    Partner.objects.filter(pk=ngo.partner.pk).update(name='Ærø "Natly" \\ 𝄞')
    ngo.referral(referred_in=month(2), means_of_control=["THREATS", "DEBT_BONDAGE"])
    ngo.referral(referred_in=month(1, LAST_YEAR - 1))
    corrected, _ = ngo.referral(referred_in=month(12), means_of_control=[])
    ngo.put(corrected, referral(referred_in=month(12), gender="M"), If_Match='"1"')
    gone, _ = ngo.referral(referred_in=month(3))
    ngo.post(f"{gone}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"})
    return signed_in(member(ngo.partner, MemberRole.CASEWORKER, "mette").user)


def written(text: str) -> str:
    """A JSON text by RFC 8785, section 3.2.2.2, for what has no control characters."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def canonical(value: Any) -> str:
    """Canonical JSON as the page describes it: members in the order of their names, no spaces, and no fractions."""
    match value:
        case dict():
            return "{" + ",".join(f"{written(name)}:{canonical(value[name])}" for name in sorted(value)) + "}"
        case list():
            return "[" + ",".join(map(canonical, value)) + "]"
        case bool():
            return str(value).lower()
        case int():
            return str(value)
    return written(value)


def test_an_outsider_computes_what_is_signed_from_the_page_alone(browser: Browser, ngo: Caller) -> None:
    address = f"/send/year/{LAST_YEAR}/"
    browser.sure(f"{address}sign/")
    make_what_waits()
    file = json.loads(browser.get(f"{address}receipt-1.json").content)
    receipt, signature = file["receipt"], file["signature"]
    document = canonical(receipt).encode("utf-8")
    assert sha256(document).hexdigest() == file["digest"]

    [published] = json.loads(Browser().get("/api/v1/receipts").content)["keys"]
    key = base64.b64decode(published["public_key"])
    assert sha256(key).hexdigest() == published["key_id"] == signature["key_id"]
    [before] = re.findall(r"the text\n`(henvis receipt \d+)`, a line end, and that", DOCUMENT)
    Ed25519PublicKey.from_public_bytes(key).verify(
        base64.b64decode(signature["value"]), before.encode() + b"\n" + document
    )

    export = b"".join(ngo.get("/api/v1/referrals?format=csv").streaming_content)  # type: ignore[attr-defined]
    rows = csv.DictReader(io.StringIO(export.decode("utf-8-sig"), newline=""))
    lines = []
    for row in rows:
        if row["referred_in"].startswith(str(LAST_YEAR)):
            content = canonical({name: row[name] for name in receipt["records"]["members"]})
            lines.append(f"{row['reference']} {row['version']} {sha256(content.encode()).hexdigest()}\n".encode())
    assert (len(lines), receipt["records"]["count"]) == (3, 3)
    assert sha256(b"".join(sorted(lines))).hexdigest() == receipt["records"]["digest"]
