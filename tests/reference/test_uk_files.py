"""The same 30,197 referrals, each organisation's in one file: what is stored has the same margins as one by one."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count

from cases.codelists import CONFIRMATION_REASON
from cases.intake.batches.jobs import work_batch
from cases.intake.checks.confirmations import CHECK_RULES
from cases.models import Referral

from . import uk_nrm, uk_submit
from .uk_nrm import Cell, Record

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(bool(uk_nrm.missing_reason()), reason=uk_nrm.missing_reason()),
    pytest.mark.django_db,
]
CODES = ("exploitation", "minor_when_exploited", "gender", "citizenship")


def deliver(organisation: uk_submit.Organisation, records: Iterable[Record]) -> dict[str, Any]:
    """Send one file and confirm what its checks ask: of these records almost nothing but the form of exploitation is published."""
    rows = ({"reference": uk_submit.reference(record.row), **record.payload()} for record in records)
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    body = ended(organisation, organisation.post("/api/v1/batches?dry_run=false", lines, "application/x-ndjson"))
    if body["state"] == "needs_review":
        reason = CONFIRMATION_REASON.names[0]
        rules = {each["rule"] for each in body["findings"]} & CHECK_RULES
        wish = {"confirmations": [{"rule": rule, "reason_code": reason} for rule in sorted(rules)]}
        address = f"/api/v1/batches/{body['id']}/commit"
        body = ended(organisation, organisation.post(address, json.dumps(wish).encode(), "application/json"))
    assert body["state"] == "done", (body["state"], body["counts"], body["findings"])
    return body


def ended(organisation: uk_submit.Organisation, body: dict[str, Any]) -> dict[str, Any]:
    """The batch once its job, if it has one, is done."""
    if body["state"] == "queued":
        work_batch(body["id"])
    return organisation.get(f"/api/v1/batches/{body['id']}")


def stored() -> Counter[Cell]:
    """What is stored, by quarter, organisation and what is published."""
    names = ("referred_in", "partner__kind", "partner__name", *CODES)
    counts = Counter[Cell]()
    for month, *rest, number in Referral.objects.values_list(*names).annotate(number=Count("pk")):
        counts[Cell(f"{month.year}-Q{(month.month + 2) // 3}", *rest)] += number
    return counts


def test_one_file_of_each_organisation_gives_the_same_margins(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HENVIS_SPOOL = tmp_path / "spool"
    rows, tables = uk_nrm.records(), uk_nrm.published()
    records: dict[str, list[Record]] = defaultdict(list)
    for record in rows:
        records[record.responder].append(record)
    organisations = uk_submit.organisations(rows)
    began = time.monotonic()
    bodies = [deliver(organisations[name], own) for name, own in records.items()]
    seconds = time.monotonic() - began
    assert sum(body["counts"]["created"] for body in bodies) == len(rows) == 30_197
    by_responder = uk_nrm.compare(uk_nrm.margins(stored()), uk_nrm.expected_by_responder(tables))
    with capsys.disabled():
        print(f"\nUK records in {len(bodies)} files: {len(rows):,} rows in {seconds:.0f} s; ", end="")
        print(f"{by_responder.compared:,} cells compared, {len(by_responder.differences)} differences")
    assert by_responder.differences == ()
    assert stored() == Counter(record.leaf for record in rows)
