"""Storing what a file says: each period by the same function as a report of the API, and all of the file or nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from cases.errors import PreconditionRequired, RulesBroken, Stale
from cases.intake.countfiles import words
from cases.intake.countfiles.columns import PERIOD, VERSION
from cases.intake.countfiles.reading import CellFault, CountFile, PeriodRows
from cases.months import today
from cases.services import submit
from cases.services.content import Content, ContentRefused, CountFault
from cases.services.jumps import CountWarning
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm
from cases.versions import NONE, Condition
from core.text import Text
from partners.credentials import Principal

# So many faults of a file are told.
MOST_FAULTS = 200


class PeriodOutcome(StrEnum):
    """What becomes of a period of a file."""

    CREATED = "created"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PeriodResult:
    """A period of a file: what became of it or would, the version that holds then, its numbers, and what is asked of them."""

    period: CountPeriod
    outcome: PeriodOutcome
    version: int
    content: Content
    warnings: Sequence[CountWarning]

    @property
    def corrects(self) -> int | None:
        """The version that is corrected, or that says the same already; None where there was none."""
        before = self.version - 1 if self.outcome == PeriodOutcome.CORRECTED else self.version
        return None if self.outcome == PeriodOutcome.CREATED else before

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return sum(map(len, self.content.values()))


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of a file: its periods in order, or the first faults of `total`. With a fault nothing is stored."""

    periods: Sequence[PeriodResult] = ()
    faults: Sequence[CellFault] = ()
    total: int = 0


def deliver(*, by: Principal, form: CountForm, file: CountFile, stores: bool, latest: bool = False) -> FileResult:
    """Store all that a file says, or find out what would become of it. Raises `AgreementMissing`.

    `latest`: a period without a version corrects whatever is stored.
    """
    faults, results = list(file.faults), []
    with transaction.atomic():
        for period, rows in sorted(file.periods.items()):
            outcome = deliver_period(by, form, period, rows, file, latest=latest)
            if isinstance(outcome, PeriodResult):
                results.append(outcome)
            else:
                faults += outcome
        if faults or not stores:
            transaction.set_rollback(True)
    in_order = sorted(faults, key=lambda each: (each.line or 0, -1 if each.column is None else each.column))
    return FileResult((), in_order[:MOST_FAULTS], len(in_order)) if faults else FileResult(results)


def deliver_period(
    by: Principal, form: CountForm, period: CountPeriod, rows: PeriodRows, file: CountFile, *, latest: bool
) -> PeriodResult | list[CellFault]:
    """One period, in a savepoint of its own: what became of it, or its faults."""
    condition_of_file = NONE if rows.version is None else Condition(versions=frozenset({rows.version}))
    condition = (
        Condition(anything=True)
        if latest and rows.version is None and is_stored(by, form, period)
        else condition_of_file
    )
    try:
        submit.check_period(form, period, today())
        with transaction.atomic():
            return result_of(
                submit.put(by=by, form=form, period=period, raw=dict(rows.content), condition=condition), period
            )
    except ContentRefused as refusal:
        return [on_line(each, rows, file) for each in refusal.faults]
    except RulesBroken as error:
        return [at_column(rows, file, PERIOD, each.code, each.detail) for each in error.violations]
    except PreconditionRequired:
        return [at_column(rows, file, VERSION, "version_missing", words.STORED_ALREADY)]
    except Stale:
        return [at_column(rows, file, VERSION, "version_stale", words.OTHER_VERSION)]


def is_stored(by: Principal, form: CountForm, period: CountPeriod) -> bool:
    """Whether the period is reported."""
    return submit.current_report(by, form, period) is not None


def result_of(result: submit.CountResult, period: CountPeriod) -> PeriodResult:
    way = PeriodOutcome.CREATED if result.created else PeriodOutcome.CORRECTED
    outcome = way if result.changed else PeriodOutcome.UNCHANGED
    return PeriodResult(period, outcome, result.report.version, result.report.present_content, result.warnings)


def at_column(rows: PeriodRows, file: CountFile, member: str, code: str, detail: Text) -> CellFault:
    """A fault of a whole period, at its first row."""
    return CellFault(rows.lines[0], file.columns.get(member), code, detail)


def on_line(fault: CountFault, rows: PeriodRows, file: CountFile) -> CellFault:
    """A fault of a report at its line of the file."""
    detail = words.FOR_PEOPLE.get(fault.code, fault.detail)
    match fault.place:
        case (str(table), int(index), *rest):
            column = file.columns.get(str(rest[0])) if rest else None
            return CellFault(rows.places[table][index], column, fault.code, detail, fault.allowed, fault.replaced_by)
    return CellFault(rows.lines[0], None, fault.code, detail, fault.allowed)


def store_seen(
    *, by: Principal, form: CountForm, versions_seen: Iterable[tuple[CountPeriod, int | None, Mapping[str, object]]]
) -> list[PeriodResult]:
    """Store what somebody was shown of a file: each period with the version that it was to correct, all of them or none.

    Raises as `cases.services.submit.put` does.
    """
    with transaction.atomic():
        return [
            result_of(submit.put(by=by, form=form, period=period, raw=raw, condition=seen_at(version)), period)
            for period, version, raw in versions_seen
        ]


def seen_at(version: int | None) -> Condition:
    """That a period is as it was seen."""
    return Condition(absent=True) if version is None else Condition(versions=frozenset({version}))
