"""Rows of a delivery in words: how many came to what, their findings, and what checks ask about.

A finding says where in the file, in a sentence, and what is accepted instead, in the words of the lists. A check has its rows and
the reasons to choose from; a form confirms them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.http import QueryDict

from cases.codelists import CONFIRMATION_REASON
from cases.codelists.common import label_of
from cases.intake.batches import results, soft_checks
from cases.intake.batches.committing import ConfirmationRequest
from cases.intake.batches.results import MOST_CODES, Result, allowed_codes, finding_of, likeliest, place_of
from cases.intake.batches.wording import field_of, sentence_on_desk
from cases.intake.checks.confirmations import CHECK_RULES
from cases.intake.findings import Finding, FindingClass
from cases.intake.models import Batch, Outcome
from cases.intake.rulebook import RULES
from cases.intake.templates.columns import BY_NAME
from cases.intake.understanding.codes import CODED
from core.text import Text, number_in


class FindingLine(NamedTuple):
    """A finding. `where`: the cell as the spreadsheet shows it, of the file that was sent. `choices`: the words that are accepted.

    `has_more`: these are not all.
    """

    where: str
    words: str
    choices: Sequence[str]
    has_more: bool

    @property
    def is_row(self) -> bool:
        """Whether it is of a row and of no column of it."""
        return self.where.isdecimal()

    @property
    def is_column(self) -> bool:
        """Whether it is of a column and of no row of it."""
        return self.where.isalpha()


class RowLine(NamedTuple):
    """A row of the file: its number as the spreadsheet shows it, and all that is said of it."""

    line: int
    findings: Sequence[FindingLine]


def row_line(row: Result, batch: Batch, language: str) -> RowLine:
    """A row with what must be corrected or confirmed in it."""
    serious = [each for each in row.findings if is_serious(each)]
    return RowLine(row.line, [finding_line(each, row.line, batch.columns, language) for each in serious])


def is_serious(finding: Finding) -> bool:
    """Whether a finding is more than a notice."""
    return RULES[finding.rule].cls != FindingClass.NOTICE


def finding_line(finding: Finding, line: int | None, columns: Mapping[str, int], language: str) -> FindingLine:
    """A finding on the row of a line, or on the file."""
    column = columns.get(field_of(finding) or "") if finding.column is None else finding.column
    codes = allowed_codes(finding)
    return FindingLine(
        "" if column is None and line is None else place_of(column, line),
        sentence_on_desk(finding, language),
        [words_of(finding.field or "", each, language) for each in likeliest(codes, finding.suggestion)],
        len(codes) > MOST_CODES,
    )


def words_of(field: str, code: str, language: str) -> str:
    """A code or a member of a row as a spreadsheet of ours has it."""
    if field in CODED:
        return label_of(CODED[field].codelist, code)(language)
    return BY_NAME[code].label(language) if code in BY_NAME else code


def file_lines(findings: Iterable[Mapping[str, Any]], columns: Mapping[str, int], language: str) -> list[FindingLine]:
    """What is said of the whole file, as its batch keeps it."""
    return [finding_line(finding_of(each), each.get("line"), columns, language) for each in findings]


RowCount = tuple[int, Text, Text]
TO_BE_CORRECTED = (
    Text("række skal rettes", "row has to be corrected"),
    Text("rækker skal rettes", "rows have to be corrected"),
)
WAITING_FOR_ANSWERS = (
    Text("række venter på jeres svar eller skal rettes", "row waits for your answer or has to be corrected"),
    Text("rækker venter på jeres svar eller skal rettes", "rows wait for your answer or have to be corrected"),
)


def count_words(batch: Batch) -> list[Text]:
    """The counts of a delivery that are not zero: what was stored, or what could be."""
    if batch.total is None:
        return []
    return [number_words(*each) for each in (stored_counts(batch) if batch.stored else counts_ahead(batch)) if each[0]]


def number_words(number: int, one: Text, many: Text) -> Text:
    words = one if number == 1 else many
    return Text(*(f"{number} {words(each)}" for each in Text._fields))


def stored_counts(batch: Batch) -> list[RowCount]:
    return [
        (
            batch.created,
            Text("ny række er gemt", "new row is stored"),
            Text("nye rækker er gemt", "new rows are stored"),
        ),
        (batch.corrected, Text("række er rettet", "row is corrected"), Text("rækker er rettet", "rows are corrected")),
        (
            batch.unchanged,
            Text("række var gemt i forvejen", "row was stored already"),
            Text("rækker var gemt i forvejen", "rows were stored already"),
        ),
        (
            batch.rejected,
            Text("række er ikke gemt og skal rettes", "row is not stored and has to be corrected"),
            Text("rækker er ikke gemt og skal rettes", "rows are not stored and have to be corrected"),
        ),
        (
            batch.held,
            Text("række er ikke gemt og skal bekræftes", "row is not stored and has to be confirmed"),
            Text("rækker er ikke gemt og skal bekræftes", "rows are not stored and have to be confirmed"),
        ),
    ]


def counts_ahead(batch: Batch) -> list[RowCount]:
    """What would become of the rows. Before the columns are understood nobody knows which of the wrong ones need a correction."""
    wrong = WAITING_FOR_ANSWERS if batch.questions else TO_BE_CORRECTED
    return [
        (sendable(batch), Text("række kan sendes", "row can be sent"), Text("rækker kan sendes", "rows can be sent")),
        (batch.rejected, *wrong),
        (
            batch.held,
            Text("række skal bekræftes", "row has to be confirmed"),
            Text("rækker skal bekræftes", "rows have to be confirmed"),
        ),
        (
            batch.unchanged,
            Text("række er gemt i forvejen", "row is stored already"),
            Text("rækker er gemt i forvejen", "rows are stored already"),
        ),
    ]


def sendable(batch: Batch) -> int:
    """How many rows can be sent as they are."""
    return batch.created + batch.corrected


# So many rows of a check are named, and ticked one by one; of more, all are confirmed or none. A form has at most 1,000 fields.
MOST_ROWS = 50
REASON, ROW = "reason-", "row-"


class AskedCheck(NamedTuple):
    """A check that asks. `sentences`: what it asks, of each year where there are several.

    `rows`: the index and line of the first ones of `number`.
    """

    rule: str
    sentences: list[str]
    rows: list[tuple[int, int]]
    number: int

    @property
    def is_ticked(self) -> bool:
        """Whether its rows are ticked one by one."""
        return 0 < self.number <= MOST_ROWS

    @property
    def rows_in_words(self) -> Text:
        """How many rows it asks about."""
        return number_words(self.number, Text("række", "row"), Text("rækker", "rows"))

    @property
    def others_in_words(self) -> Text:
        """How many rows it does not name."""
        return number_words(
            self.number - len(self.rows), Text("række mere", "more row"), Text("rækker mere", "more rows")
        )


def reasons() -> list[tuple[str, Text]]:
    """The reasons of a confirmation, as a drop-down has them."""
    return [(each, label_of(CONFIRMATION_REASON, each)) for each in CONFIRMATION_REASON.names]


def asked_checks(batch: Batch, language: str) -> list[AskedCheck]:
    """What waits for a confirmation: of the whole file, and of its rows."""
    whole: dict[str, list[str]] = defaultdict(list)
    for each in soft_checks.open_findings(batch):
        whole[each["rule"]].append(sentence_on_desk(finding_of(each), language))
    return [*(AskedCheck(rule, lines, [], 0) for rule, lines in whole.items()), *row_checks(batch, language)]


def row_checks(batch: Batch, language: str) -> list[AskedCheck]:
    """The checks of rows, each with its rows. Results are read until all that the page shows of them is there."""
    if not batch.held:
        return []
    numbers: dict[str, int] = defaultdict(int)
    for _, (rule, _) in soft_checks.held_pairs(batch):
        numbers[rule] += 1
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    sentences: dict[str, str] = {}
    for row in results.stream(batch, outcomes=[Outcome.HELD]):
        for finding in row.findings:
            if finding.rule in numbers:
                rows[finding.rule].append((row.index, row.line))
                sentences[finding.rule] = sentence_on_desk(finding, language)
        if all(len(rows[rule]) >= min(number, MOST_ROWS) for rule, number in numbers.items()):
            break
    return [
        AskedCheck(rule, [sentences[rule]], rows[rule][:MOST_ROWS], number)
        for rule, number in numbers.items()
        if rule in sentences
    ]


def confirmations_in(form: QueryDict) -> list[ConfirmationRequest]:
    """What a form confirms: each check with a reason, of the rows that are ticked where it has any."""
    return [
        ConfirmationRequest(rule, reason, rows_in(form, rule))
        for rule in sorted(CHECK_RULES)
        if (reason := form.get(f"{REASON}{rule}")) and rows_in(form, rule) != ()
    ]


def rows_in(form: QueryDict, rule: str) -> tuple[int, ...] | None:
    """The rows of a check that are ticked; None where it is confirmed as a whole."""
    if f"rows-{rule}" not in form:
        return None
    return tuple(index for each in form.getlist(f"{ROW}{rule}") if (index := number_in(each)) is not None)


def fields_of(form: QueryDict) -> tuple[str, ...]:
    """The fields of a form with its confirmations, which a question sends again."""
    return tuple(name for name in form if name.startswith((REASON, ROW, "rows-")))
