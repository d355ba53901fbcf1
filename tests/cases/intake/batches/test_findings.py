"""What is said of rows of a table: all findings of a row at once, and no row is lost or counted twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import dictionary as d
from cases.codelists.common import retire
from cases.intake.batches import public_checks, results, staging
from cases.intake.models import BatchState, Handling
from cases.models import Referral
from tests.api.test_rules import freeze
from tests.callers import Caller
from tests.cases.intake.batches.sending import delivery, ndjson, outcomes, row, send, told
from tests.cases.intake.batches.test_files import send_file
from tests.code_changes import LAST, NOTICE, Alter, alter

__all__ = ["alter"]
pytestmark = pytest.mark.django_db
LONG = "x" * 1_001


def table(rows: Sequence[Mapping[str, Any]], *further: tuple[str, Sequence[str]]) -> bytes:
    """Rows as a CSV, with further columns: a header and its cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    names = [*rows[0]]
    writer.writerow([*names, *(header for header, _ in further)])
    for index, each in enumerate(rows):
        cells = ["|".join(value) if isinstance(value, list) else value for value in each.values()]
        writer.writerow([*cells, *(column[index] for _, column in further)])
    return out.getvalue().encode()


def test_a_row_with_a_cell_that_cannot_be_read_is_told_the_rest_too(ngo: Caller) -> None:
    wrong = row(region=LONG, gender="nobody", referred_in="")
    (result,) = results.page(send_file(ngo, table([wrong]), "text/csv"))
    assert (result.outcome, result.reference) == ("rejected", UUID(wrong["reference"]))
    rules = sorted((each.rule, each.field) for each in result.findings)
    assert rules == [("cell_too_long", "region"), ("code_unknown", "gender"), ("required", "referred_in")]


def test_a_row_that_cannot_be_read_at_all_has_that_finding_alone(ngo: Caller) -> None:
    content = table([row(), row()]) + b"only,three,cells\n"
    *_, result = results.page(send_file(ngo, content, "text/csv"))
    assert (told(result), result.reference) == ({"row_ragged"}, None)


def test_cells_below_no_header_reject_their_row_and_lose_no_other(ngo: Caller) -> None:
    """A row that has content there alone is a row as well, before and after those that are right."""
    first, last = row(), row()
    nothing = dict.fromkeys(first, "")
    content = table([first, nothing, nothing, last], ("", ["", "surplus", "", ""]))
    batch = send_file(ngo, content, "text/csv", handling=Handling.LENIENT)
    assert outcomes(batch) == ["created", "rejected", "created"]
    assert (batch.state, batch.total, batch.done) == (BatchState.DONE, 3, 3)
    assert {str(each.reference) for each in Referral.objects.all()} == {first["reference"], last["reference"]}


@pytest.mark.parametrize("chunk", [1, 2, 10])
@pytest.mark.parametrize("turned", [False, True])
def test_rows_with_one_reference_say_the_same_or_are_all_rejected(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, chunk: int, turned: bool
) -> None:
    """Wherever they stand, also beside one that breaks a rule, and beside one that says what is stored already."""
    monkeypatch.setattr(staging, "CHUNK", chunk)
    stored, again, broken, alone = row(gender="F"), row(gender="F"), row(gender="F"), row()
    send(ngo, [stored, again])
    kinds = {
        "one is wrong": [broken, {**broken, "gender": "Q"}],
        "one is stored": [stored, {**stored, "gender": "M", "version": 1}],
        "one is stored and one is wrong": [again, {**again, "gender": "Q"}],
        "none other": [alone, alone],
    }
    rows = [each for pair in kinds.values() for each in pair]
    order = rows[::-1] if turned else rows
    page = results.page(send(ngo, order, handling=Handling.LENIENT))
    expected = ["rejected"] * 6 + ["created", "unchanged"]
    if turned:
        expected = ["created", "unchanged"] + ["rejected"] * 6
    assert [each.outcome for each in page] == expected
    wrong = [each for each in page if each.outcome == "rejected"]
    assert all(told(each) in ({"reference_repeated"}, {"code_unknown"}) and each.version is None for each in wrong)
    assert sum(told(each) == {"code_unknown"} for each in wrong) == 2
    assert Referral.objects.count() == 3


def test_whoever_has_no_account_is_told_of_repeated_references_too(settings: Any, tmp_path: Any) -> None:
    settings.HENVIS_SPOOL = tmp_path / "spool"
    broken, alone = row(), row()
    rows = [broken, {**broken, "gender": "Q"}, alone, alone]
    report = public_checks.check(delivery(ndjson(rows)))
    assert [each.outcome for each in report.results] == ["rejected", "rejected", "created", "unchanged"]


def test_rows_with_retired_codes_are_looked_up_together(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, alter: Alter
) -> None:
    """Old records that are corrected in another field keep their codes, and ten of them ask no more often than two."""
    setting = d.SETTING.codelist
    monkeypatch.setattr("cases.intake.batches.rows.DATED", d.REFERRAL)
    freeze(monkeypatch, datetime(2026, 10, 1, tzinfo=UTC))
    rows = [row(setting="DROP_IN", gender="F") for _ in range(12)]
    send(ngo, rows)
    freeze(monkeypatch, datetime(2027, 2, 1, tzinfo=UTC))
    alter(setting, retire(setting.by_code["DROP_IN"], LAST, NOTICE, "SHELTER"))
    corrected = [{**each, "gender": "M", "version": 1} for each in rows]

    def statements(of: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as queries:
            of()
        return len(queries)

    few = statements(lambda: send(ngo, corrected[:2]))
    many = statements(lambda: send(ngo, corrected[2:]))
    assert few == many
    assert set(Referral.objects.filter(superseded_at=None).values_list("gender", flat=True)) == {"M"}
    (refused,) = results.page(send(ngo, [row(setting="DROP_IN")]))
    assert told(refused) == {"code_retired"}
