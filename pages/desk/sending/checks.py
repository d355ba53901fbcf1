"""What checks ask about: each check with its rows and the reasons to choose from, and what a form confirms."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from django.http import QueryDict

from cases.codelists import CONFIRMATION_REASON
from cases.codelists.common import label_of
from cases.intake.batches import results, softly
from cases.intake.batches.committing import ConfirmationRequest
from cases.intake.batches.results import finding_of
from cases.intake.batches.wording import sentence_on_desk
from cases.intake.checks.confirming import CHECK_RULES
from cases.intake.models import Batch, Outcome
from core.text import Text, number_in
from pages.desk.sending.counting import number_words

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
    for each in softly.open_findings(batch):
        whole[each["rule"]].append(sentence_on_desk(finding_of(each), language))
    return [*(AskedCheck(rule, lines, [], 0) for rule, lines in whole.items()), *row_checks(batch, language)]


def row_checks(batch: Batch, language: str) -> list[AskedCheck]:
    """The checks of rows, each with its rows. Results are read until all that the page shows of them is there."""
    if not batch.held:
        return []
    numbers: dict[str, int] = defaultdict(int)
    for _, (rule, _) in softly.held_pairs(batch):
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
