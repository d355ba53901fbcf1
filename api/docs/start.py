"""Tables of the start page, made from the dictionary, and its steps with the reader's own address in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec import structs

from api.docs.steps import STEPS
from api.http.bodies import Body
from cases.codelists.changes import label_with_validity
from cases.fields import CodedField, CodeSetField, Field, MonthField
from cases.intake.rules import Rule

# A longer list is a link only.
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step in one language."""

    id: str
    title: str
    about: str
    then: str
    status: int
    shell: str
    python: str
    r: str


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field in one language. `codes` are pairs of code and label, none where they are too many to show."""

    name: str
    label: str
    help: str
    required: bool
    many: bool
    form: str
    list_id: str
    codes: tuple[tuple[str, str], ...]


def steps_in(base: str, language: str) -> list[ShownStep]:
    """The steps with the address of this service."""
    return [
        ShownStep(
            step.id,
            step.title(language),
            step.about(language),
            step.then(language),
            step.status,
            step.shell.replace("BASE", base),
            step.python.replace('"BASE"', f'"{base}"'),
            step.r.replace("BASE", base),
        )
        for step in STEPS
    ]


def fields_of(struct: type[Body], fields: Iterable[Field], language: str) -> list[ShownField]:
    """The rows of a record: the members of its struct, in the words of the dictionary, which has both languages."""
    by_name = {field.name: field for field in fields}
    return [row_of(by_name[each.name], each.required, language) for each in structs.fields(struct)]


def row_of(field: Field, is_required: bool, language: str) -> ShownField:
    """One row."""
    list_id = ""
    codes: tuple[tuple[str, str], ...] = ()
    if isinstance(field, CodedField | CodeSetField):
        list_id = field.codelist.id
        codes = tuple((code.code, label_with_validity(code)(language)) for code in field.codelist.codes)
    return ShownField(
        field.name,
        field.label(language),
        field.help(language),
        is_required,
        isinstance(field, CodeSetField),
        "YYYY-MM" if isinstance(field, MonthField) else "",
        list_id,
        codes if len(codes) <= MOST_SHOWN else (),
    )


def rules_of(rules: Iterable[Rule], language: str) -> list[tuple[str, str, str]]:
    """Code, field and text of each rule."""
    return [(rule.code, rule.field, rule.detail(language)) for rule in rules]
