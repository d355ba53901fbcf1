"""What a delivery asks of its columns, as fields of a form, and the answers of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from cases.codelists.common import label_of
from cases.intake.batches.answering import questions_of
from cases.intake.batches.places import place_of
from cases.intake.batches.storing import MOST_AT_ONCE
from cases.intake.models import Batch
from cases.intake.templates.columns import BY_NAME, listed
from cases.intake.understanding.codes import CODED
from cases.intake.understanding.headers import MEMBERS
from cases.intake.understanding.industries import NaceEdition
from cases.intake.understanding.month_texts import DateOrder
from cases.intake.understanding.questions import QuestionKind
from cases.months import today
from core.text import Text
from pages.desk.sending.question_words import EDITION_WORDS, ORDER_WORDS, QUESTION_WORDS


class AskedColumn(NamedTuple):
    """A question in words. `name`: of its field in the form. `options`: each with its words and whether it is chosen.

    `is_unsure`: a word that it is about may be the name of a person.
    """

    name: str
    where: str
    words: Text
    column: Text | None
    options: list[tuple[str, object, bool]]
    is_unsure: bool = False


class AnswersInDoubt(NamedTuple):
    """What a form answered, by the number of the question, and the questions whose words may be names of persons."""

    answers: Mapping[int, str]
    unsure: Collection[int]
    prefer_latest: bool


def asked_columns(batch: Batch, language: str, doubts: AnswersInDoubt | None = None) -> list[AskedColumn]:
    """The questions of a delivery, with what a form answered already, or the likely answers.

    A large file is not read again while somebody waits: its columns are told on their own page.
    """
    if (batch.total or 0) > MOST_AT_ONCE:
        return []
    return [asked_column(number, each, doubts, language) for number, each in enumerate(questions_of(batch))]


def asked_column(number: int, question: Mapping[str, Any], doubts: AnswersInDoubt | None, language: str) -> AskedColumn:
    """A question with its answers. The one that stands is the person's own, or before any answer our guess."""
    kind, field = QuestionKind(question["kind"]), question.get("field") or ""
    is_of_column = kind == QuestionKind.COLUMN
    choices = choices_of(kind, field, question["options"], language)
    choice = doubts.answers.get(number) if doubts else question["guess"]
    return AskedColumn(
        f"answer-{number}",
        place_of(question["column"], None if is_of_column else question["line"]),
        QUESTION_WORDS[kind],
        None if is_of_column or field not in BY_NAME else BY_NAME[field].label,
        [(each, words_of(kind, field, each), each == choice) for each in choices],
        doubts is not None and number in doubts.unsure,
    )


def choices_of(kind: QuestionKind, field: str, first: Iterable[str], language: str) -> Iterator[str]:
    """All answers that there are, the likely ones first."""
    further: Iterable[str] = NaceEdition if kind == QuestionKind.EDITION else DateOrder
    if kind == QuestionKind.COLUMN:
        further = MEMBERS
    elif kind == QuestionKind.VALUE and field in CODED:
        further = codes_on_offer(field, language)
    return iter(dict.fromkeys([*map(str, first), *map(str, further)]))


def codes_on_offer(name: str, language: str) -> list[str]:
    """The codes that a word of a field may mean, in the order of the template's lists."""
    return [each.code for each in listed(BY_NAME[name], today(), language)]


def words_of(kind: QuestionKind, field: str, answer: str) -> object:
    if kind == QuestionKind.COLUMN:
        return BY_NAME[answer].label if answer in BY_NAME else answer
    if kind == QuestionKind.VALUE and field in CODED:
        return label_of(CODED[field].codelist, answer)
    return EDITION_WORDS[NaceEdition(answer)] if kind == QuestionKind.EDITION else ORDER_WORDS[DateOrder(answer)]


def answers_in(form: Mapping[str, str], batch: Batch) -> dict[int, str]:
    """What a form answers, by the number of the question; what is left open is not there."""
    form_answers = {number: form.get(f"answer-{number}", "") for number in range(len(questions_of(batch)))}
    return {number: answer for number, answer in form_answers.items() if answer}
