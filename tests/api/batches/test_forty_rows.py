"""The way of a file of 40 rows with 2 errors: check it, send the mended one, confirm what is asked, send it again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cases.models import Referral
from partners.kinds import Mode
from tests.api.batches.sending import BATCHES, CSV, post, whole
from tests.callers import make_caller

pytestmark = pytest.mark.django_db(transaction=True)
FILE, KEY = "/api/v1/templates/rehearsal.csv", "5e0d7c64-92f1-4b0a-8f3d-1c6b7a9e2d45"


def test_a_file_of_forty_rows_with_two_errors(settings: Any, tmp_path: Path) -> None:
    settings.HENVIS_SPOOL = tmp_path / "spool"
    caller = make_caller("NGO", mode=Mode.TEST)
    with_errors, mended = (caller.get(f"{FILE}{query}").content for query in ("?errors=2", ""))
    report = whole(post(caller, with_errors, CSV, f"{BATCHES}?dry_run=true"))
    assert (report["total"], report["counts"]["rejected"], report["state"]) == (40, 2, "needs_review")
    cells = [
        finding["cell"] for each in report["results"] for finding in each["findings"] if finding["class"] == "error"
    ]
    assert len(cells) >= 2 and all(cells)
    errors = caller.get(f"{BATCHES}/{report['id']}/errors.csv")
    assert errors.status_code == 200
    first = whole(post(caller, mended, CSV, Idempotency_Key=KEY))
    assert (first["counts"]["rejected"], first["counts"]["created"] + first["counts"]["held"]) == (0, 40)
    rules = {finding["rule"] for each in [first, *first["results"]] for finding in each["findings"]}
    sent = {"confirmations": [{"rule": rule, "reason_code": "CHECKED_WITH_SOURCE"} for rule in rules]}
    stored = whole(caller.post(f"{BATCHES}/{first['id']}/commit", sent))
    assert (stored["state"], stored["stored"], stored["counts"]["created"]) == ("done", True, 40)
    again = post(caller, mended, CSV, Idempotency_Key=KEY)
    assert (whole(again)["counts"], again.headers["Idempotency-Replayed"]) == (stored["counts"], "true")
    assert whole(post(caller, mended, CSV))["counts"]["unchanged"] == 40
    assert Referral.objects.count() == 40
