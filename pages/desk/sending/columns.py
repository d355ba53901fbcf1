"""The page of a partner's own columns and words: what was answered once, to be seen and changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from cases.codelists.common import label_of
from cases.errors import Stale
from cases.intake.findings import FileRefused
from cases.intake.rulebook import RULES
from cases.intake.templates.columns import BY_NAME
from cases.intake.understanding import mappings
from cases.intake.understanding.codes import CODED
from cases.intake.understanding.headers import MEMBERS
from cases.intake.understanding.industries import NaceEdition
from cases.intake.understanding.mapping import NOBODY, MappingContent, mapping_to_keep
from cases.intake.understanding.mapping_words import WORD_UNKNOWN
from cases.intake.understanding.month_texts import DateOrder
from core.text import Text
from pages.desk.frame import Visit, desk_page, go, show
from pages.desk.sending.question_words import (
    ANSWERS_UNKNOWN,
    COLUMN_PAGE,
    EDITION_WORDS,
    NOT_SAVED,
    ORDER_WORDS,
    SAVED,
)
from pages.desk.sending.questions import codes_on_offer
from partners import audit
from partners.roles import Right

# What a field of the form says where an answer is to be forgotten.
FORGET = ""
BETWEEN = ":"


class ToldWord(NamedTuple):
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
        "columns": list(told_columns(content)),
        "values": list(told_values(content, visit.language)),
        "dates": list(told_choices("date", content.dates, ORDER_WORDS)),
        "editions": list(told_choices("edition", content.editions, EDITION_WORDS)),
        "members": [(each, BY_NAME[each].label) for each in MEMBERS],
        "codes": [(BY_NAME[name].label, codes_of(name, visit.language)) for name in CODED],
    }
    return show(visit, "desk/sending/columns.html", context, status=status)


def told_columns(content: MappingContent) -> Iterator[ToldWord]:
    """The member of each own header."""
    for number, (header, member) in enumerate(content.columns.items()):
        options = [(each, BY_NAME[each].label, each == member) for each in MEMBERS]
        yield ToldWord(f"column-{number}", header, None, options)


def told_values(content: MappingContent, language: str) -> Iterator[ToldWord]:
    """The code of each own word."""
    for field_number, (name, words) in enumerate(content.values.items()):
        for number, (word, code) in enumerate(words.items()):
            codes = dict.fromkeys((*codes_on_offer(name, language), code))
            labels = [(each, label_of(CODED[name].codelist, each), each == code) for each in codes]
            yield ToldWord(f"value-{field_number}-{number}", word, BY_NAME[name].label, labels)


def told_choices[Choice: (DateOrder, NaceEdition)](
    prefix: str, choices: Mapping[str, Choice], words: Mapping[Choice, Text]
) -> Iterator[ToldWord]:
    """What is chosen of each field: the order of its dates, or the edition of its industries."""
    for number, (name, choice) in enumerate(choices.items()):
        options: list[tuple[str, object, bool]] = [(str(each), words[each], each == choice) for each in words]
        yield ToldWord(f"{prefix}-{number}", "", BY_NAME[name].label, options)


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
