"""What a delivery asks of its columns, as fields of a form, and the page of a partner's own columns and words.

What was answered once is there to be seen and changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from cases.codelists.common import label_of
from cases.errors import Stale
from cases.intake.batches.answering import questions_of
from cases.intake.batches.results import place_of
from cases.intake.batches.storing import MOST_AT_ONCE
from cases.intake.findings import FileRefused
from cases.intake.models import Batch
from cases.intake.rulebook import RULES
from cases.intake.templates.columns import BY_NAME, listed_codes
from cases.intake.understanding import mappings
from cases.intake.understanding.codes import CODED
from cases.intake.understanding.headers import MEMBERS
from cases.intake.understanding.industries import NaceEdition
from cases.intake.understanding.mapping import NOBODY, MappingContent, mapping_to_keep
from cases.intake.understanding.questions import WORD_UNKNOWN, QuestionKind
from cases.intake.understanding.texts import DateOrder
from cases.months import today
from core.text import Text
from pages.desk.frame import Visit, desk_page, go, show
from pages.desk.sending.delivery_words import (
    ANSWERS_UNKNOWN,
    COLUMN_PAGE,
    EDITION_WORDS,
    NOT_SAVED,
    ORDER_WORDS,
    QUESTION_WORDS,
    SAVED,
)
from partners import audit
from partners.roles import Right


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
    return [each.code for each in listed_codes(BY_NAME[name], today(), language)]


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


# What a field of the form says where an answer is to be forgotten.
FORGET = ""
BETWEEN = ":"


class AnsweredWord(NamedTuple):
    """An answer that is kept. `name`: of its field in the form, by its number, so that no word stands in one."""

    name: str
    own: str
    about: Text | None
    options: Sequence[tuple[str, object, bool]]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Right.SUBMIT)
def columns(visit: Visit) -> HttpResponse:
    """The page; of a form, what it changes."""
    return save(visit) if visit.request.method == "POST" else page(visit)


def page(visit: Visit, *, why: object = None, status: int = 200) -> HttpResponse:
    """The page, with what was wrong where something was."""
    content, version = mappings.read(visit.by.partner_id)
    context = {
        "of_columns": COLUMN_PAGE,
        "why": why,
        "version": version,
        "columns": list(answered_columns(content)),
        "values": list(answered_values(content, visit.language)),
        "dates": list(answered_choices("date", content.dates, ORDER_WORDS)),
        "editions": list(answered_choices("edition", content.editions, EDITION_WORDS)),
        "members": [(each, BY_NAME[each].label) for each in MEMBERS],
        "codes": [(BY_NAME[name].label, codes_of(name, visit.language)) for name in CODED],
    }
    return show(visit, "desk/sending/columns.html", context, status=status)


def answered_columns(content: MappingContent) -> Iterator[AnsweredWord]:
    """The member of each own header."""
    for number, (header, member) in enumerate(content.columns.items()):
        options = [(each, BY_NAME[each].label, each == member) for each in MEMBERS]
        yield AnsweredWord(f"column-{number}", header, None, options)


def answered_values(content: MappingContent, language: str) -> Iterator[AnsweredWord]:
    """The code of each own word."""
    for field_number, (name, words) in enumerate(content.values.items()):
        for number, (word, code) in enumerate(words.items()):
            codes = dict.fromkeys((*codes_on_offer(name, language), code))
            labels = [(each, label_of(CODED[name].codelist, each), each == code) for each in codes]
            yield AnsweredWord(f"value-{field_number}-{number}", word, BY_NAME[name].label, labels)


def answered_choices[Choice: (DateOrder, NaceEdition)](
    prefix: str, choices: Mapping[str, Choice], words: Mapping[Choice, Text]
) -> Iterator[AnsweredWord]:
    """What is chosen of each field: the order of its dates, or the edition of its industries."""
    for number, (name, choice) in enumerate(choices.items()):
        options: list[tuple[str, object, bool]] = [(str(each), words[each], each == choice) for each in words]
        yield AnsweredWord(f"{prefix}-{number}", "", BY_NAME[name].label, options)


def codes_of(name: str, language: str) -> list[tuple[str, Text]]:
    """The codes of a field with the field's name before them, as the drop-down of a new word has them."""
    return [(f"{name}{BETWEEN}{code}", label_of(CODED[name].codelist, code)) for code in codes_on_offer(name, language)]


def save(visit: Visit) -> HttpResponse:
    """Keep what the form says in place of the version that it was made from."""
    form, (content, version) = visit.request.POST, mappings.read(visit.by.partner_id)
    if form.get("version") != str(version):
        messages.error(visit.request, str(NOT_SAVED))
        return go(visit, "columns")
    try:
        mappings.write(visit.by.partner_id, mapping_to_keep(sent_mapping(form, content), content), version)
    except Stale:
        messages.error(visit.request, str(NOT_SAVED))
        return go(visit, "columns")
    except FileRefused as refusal:
        rule = refusal.findings[0][0].rule
        return page(visit, why=ANSWERS_UNKNOWN if rule == WORD_UNKNOWN else RULES[rule].detail, status=409)
    audit.record(by=visit.actor, action="mapping.change", subject=str(visit.partner.pk))
    return go(visit, "columns", SAVED)


def sent_mapping(form: QueryDict, content: MappingContent) -> dict[str, object]:
    """The mapping that a form says: what is kept with its answers, without those to be forgotten, and what is new."""
    columns = answers_of(form, "column", content.columns)
    values = {
        name: answers_of(form, f"value-{number}", words) for number, (name, words) in enumerate(content.values.items())
    }
    dates = answers_of(form, "date", {name: str(order) for name, order in content.dates.items()})
    editions = answers_of(form, "edition", {name: str(each) for name, each in content.editions.items()})
    if header := form.get("new-header", "").strip():
        columns[header] = form.get("new-member", "")
    name, _, code = form.get("new-code", "").partition(BETWEEN)
    if word := form.get("new-word", "").strip():
        values[name] = {**values.get(name, {}), word: code}
    return {
        "columns": {**columns},
        "values": {name: words for name, words in values.items() if words},
        "dates": {**dates},
        "editions": {**editions},
        NOBODY: NOBODY in form,
    }


def answers_of(form: QueryDict, prefix: str, texts: dict[str, str]) -> dict[str, str]:
    """Answers that are kept as a form has them now; what it does not have stays as it is."""
    form_answers = {text: form.get(f"{prefix}-{number}", answer) for number, (text, answer) in enumerate(texts.items())}
    return {text: answer for text, answer in form_answers.items() if answer != FORGET}
