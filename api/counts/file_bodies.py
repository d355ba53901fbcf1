"""What is sent and answered of files of counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from api.counts.answers import OF_FILE, warning_bodies
from api.counts.bodies import CountPeriodId, CountWarningBody
from api.http.bodies import Body, about, one_of, schema
from api.http.problems import ProblemError, ProblemFinding
from api.openapi.parts import Example
from api.records.members import Version
from cases.intake.batches.places import MOST_CODES, place_of
from cases.intake.countfiles.columns import labels_of
from cases.intake.countfiles.delivering import FileResult, PeriodOutcome, PeriodResult
from cases.services.forms import OUTREACH

OutcomeOfPeriod = Annotated[str, one_of(PeriodOutcome), about("What became of the period or, in a dry run, would.")]


class CountFileInput(Body):
    """A file as a part of a form."""

    file: Annotated[str, schema(format_="binary"), about("XLSX, ODS or CSV.")]


class CountFilePeriodBody(Body):
    """A period of a file."""

    period: CountPeriodId
    outcome: OutcomeOfPeriod
    version: Version
    lines: Annotated[int, schema(format_="int32"), about("How many lines it has in all tables.")]
    warnings: Annotated[
        list[CountWarningBody], about("What is asked of it. The pointer is into the report of the period.")
    ]


class CountFileBody(Body):
    """What became of a file: all of its periods in order."""

    dry_run: bool
    periods: list[CountFilePeriodBody]


def file_body(periods: Sequence[PeriodResult], language: str, *, dry_run: bool) -> CountFileBody:
    return CountFileBody(dry_run, [period_body(each, language) for each in periods])


def period_body(result: PeriodResult, language: str) -> CountFilePeriodBody:
    warnings = warning_bodies(result.warnings, language, OF_FILE)
    return CountFilePeriodBody(result.period.id, str(result.outcome), result.version, result.lines, warnings)


def problem_of(result: FileResult) -> ProblemError:
    """What is wrong with a file: each fault at its cell."""
    findings = [
        ProblemFinding(
            ("cell", place_of(each.column, each.line)),
            each.code,
            each.detail,
            each.allowed[:MOST_CODES],
            each.replaced_by,
        )
        for each in result.faults
    ]
    return ProblemError("validation_failed", findings, total=result.total)


def csv_example() -> str:
    """The heads of a form and a line, by name and code."""
    heads = [*labels_of(OUTREACH.id)]
    cells = {
        "period": "2025-03",
        "table": "visits",
        "region": "DK01",
        "setting": "STREET",
        "activity": "VISIT",
        "visits": "12",
    }
    return "\n".join(",".join(line) for line in (heads, [cells.get(name, "") for name in heads])) + "\n"


def example_file() -> CountFileBody:
    """A month that is reported."""
    return CountFileBody(False, [CountFilePeriodBody("2025-03", str(PeriodOutcome.CREATED), 1, 14, [])])


FILE = Example("CountFile", "A month is reported", example_file)
FILE_PARTS = Example("CountFileParts", "A file", lambda: CountFileInput("period,table,region"))
FILE_CSV = Example("CountFileCsv", "One line", csv_example)
