"""The form of one referral, made of the dictionary: its sections, and of each field what can be chosen and what is chosen.

When a field says anything, as the rules across fields have it, is derived from the rules themselves: one for minors alone, or for
some forms alone. So a new rule needs no word here. No answer is lost by a condition: what a field says is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from cases import dictionary as d
from cases import tokens
from cases.codelists.common import label_of
from cases.codelists.types import NOT_ASKED
from cases.fields import CodedField, CodeSetField, Field, MonthField
from cases.intake.rules import codes_of
from cases.intake.templates.columns import BY_NAME, EMPTY_SET, NONE, PARENTS, ListedCode, listed_codes
from cases.months import FIRST_MONTH, month_id, month_words, span, this_month, today
from cases.rules import CODED, UNINFORMATIVE, Rule, rules_of_codes
from core.text import Text, in_quotes
from pages.desk.records.words import ALONE_HINT, FIELD_HINTS, HELP, NO_LONGER, SECTIONS

ONLY_WHERE, OR = Text("Kun hvis {field} er {codes}.", "Only where {field} is {codes}."), Text("eller", "or")


@dataclass(frozen=True, slots=True)
class FieldCondition:
    """That another field has one of these codes."""

    field: CodedField
    codes: tuple[str, ...]

    @property
    def words(self) -> Text:
        return Text(*(self.words_in(language) for language in Text._fields))

    def words_in(self, language: str) -> str:
        *labels, last = (label_of(self.field.codelist, code)(language) for code in self.codes)
        codes = f" {OR(language)} ".join([*([", ".join(labels)] if labels else []), last])
        return ONLY_WHERE(language).format(field=in_quotes(self.field.label(language), language), codes=codes)


@cache
def conditions() -> Mapping[str, FieldCondition]:
    """The condition of each optional field that has one, by the field's name."""
    return dict(derived_conditions())


def derived_conditions() -> Iterator[tuple[str, FieldCondition]]:
    """The conditions that the rules on two fields with single codes make."""
    for rule, names in rules_of_codes():
        others = names - {rule.field}
        if len(others) == 1 and not CODED[rule.field].required:
            other = CODED[next(iter(others))]
            codes = tuple(code for code in other.codelist.names if may_say(rule, other, code))
            if 0 < len(codes) < len(other.codelist.names):
                yield rule.field, FieldCondition(other, codes)


def may_say(rule: Rule, other: CodedField, code: str) -> bool:
    """Whether the rule's field may say something beside a code of another field."""
    own = CODED[rule.field]
    return any(
        not rule.is_broken_by({own.name: each, other.name: code}) for each in own.allowed if each not in UNINFORMATIVE
    )


# A list with more codes is a select.
MOST_RADIOS = 5
Members = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FormOption:
    """A choice. `is_alone`: nothing else of the field can be chosen beside it."""

    code: str
    label: str
    is_chosen: bool
    is_alone: bool = False

    @property
    def is_unasked(self) -> bool:
        """Whether it says that nobody asked."""
        return self.code == NOT_ASKED


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Choices that stand together under a label; without one, they stand by themselves. `parent`: the code that they belong to."""

    label: str
    options: Sequence[FormOption]
    parent: str = ""


@dataclass(frozen=True, slots=True)
class FormField:
    """A field as the form shows it. `widget`: `text`, `select`, `radios` or `checkboxes`. `text`: what stands in a text."""

    field: Field
    widget: str
    groups: Sequence[OptionGroup]
    errors: Sequence[str]
    text: str = ""

    @property
    def name(self) -> str:
        """The member of a record that is sent."""
        return self.field.name

    @property
    def id(self) -> str:
        """The element that a link of the summary of errors leads to."""
        return f"field-{self.name}"

    @property
    def hints(self) -> list[Text]:
        """What the dictionary says of the field, and how it is filled in here."""
        more = [ALONE_HINT] if self.widget == "checkboxes" else []
        return [HELP.get(self.name, self.field.help), *FIELD_HINTS.get(type(self.field), ()), *more]

    @property
    def condition(self) -> FieldCondition | None:
        """When the field says anything, where that depends on another one."""
        return conditions().get(self.name)

    @property
    def parent(self) -> str:
        """The field whose choice says which group of choices belongs to it."""
        return PARENTS[self.name].name if self.name in PARENTS else ""

    @property
    def described_by(self) -> str:
        parts = ["hint", *(["condition"] if self.condition else []), *(["error"] if self.errors else [])]
        return " ".join(f"{self.id}-{part}" for part in parts)

    @property
    def is_folded(self) -> bool:
        """Whether its choices are folded, which would fill a telephone: of an optional set that says nothing and has no error."""
        says = any(each.is_chosen and not each.is_unasked for group in self.groups for each in group.options)
        return self.widget == "checkboxes" and not (self.field.required or self.errors or says)

    @property
    def says_something(self) -> bool:
        """Whether a choice tells more than that nothing is known: then its condition never hides it."""
        return any(each.is_chosen and each.code not in UNINFORMATIVE for group in self.groups for each in group.options)


@dataclass(frozen=True, slots=True)
class FormSection:
    """Fields under a heading."""

    id: str
    title: Text
    fields: Sequence[FormField]


def sections(members: Members, errors: Mapping[str, Sequence[str]], language: str) -> list[FormSection]:
    """The form. `members`: a record as it is submitted, or as far as it is filled in. `errors`: by field, in words."""
    fields = [form_field(each, members.get(each.name), errors.get(each.name, ()), language) for each in d.REFERRAL]
    return [
        FormSection(f"section-{first}", SECTIONS[first], [each for _, each in group])
        for first, group in groupby(in_sections(fields), lambda pair: pair[0])
    ]


def in_sections(fields: Sequence[FormField]) -> Iterator[tuple[str, FormField]]:
    """Each field with the field that its section begins with."""
    first = ""
    for each in fields:
        first = each.name if each.name in SECTIONS else first
        yield first, each


def form_field(field: Field, value: Any, errors: Sequence[str], language: str) -> FormField:
    match field:
        case CodedField():
            groups = coded_groups(field, codes_of(value), language)
            return FormField(field, widget_of(field), groups, errors)
        case CodeSetField():
            return FormField(field, "checkboxes", [OptionGroup("", set_options(field, value, language))], errors)
        case MonthField():
            return FormField(field, "select", month_groups(value, language), errors)
    return FormField(field, "text", (), errors, text=token_text(value) if isinstance(value, str) else "")


def token_text(text: str) -> str:
    """A case token as the card has it; anything else as it was typed."""
    token = tokens.canonical(text)
    return text if token is None else tokens.in_groups(token)


def widget_of(field: CodedField) -> str:
    """How one code is chosen."""
    return "radios" if len(field.allowed) <= MOST_RADIOS else "select"


def coded_groups(field: CodedField, chosen_codes: Sequence[str], language: str) -> list[OptionGroup]:
    """The codes of a field: by the code of another field that they belong to, where they belong to one."""
    codes = offered_codes(field, chosen_codes, language)
    if field.name not in PARENTS:
        return [OptionGroup("", options_of(codes, chosen_codes, language))]
    parents = PARENTS[field.name].codelist
    return [
        OptionGroup(
            label_of(parents, parent)(language) if parent else "", options_of([*group], chosen_codes, language), parent
        )
        for parent, group in groupby(codes, lambda each: each.parent or "")
    ]


def offered_codes(field: CodedField | CodeSetField, chosen_codes: Sequence[str], language: str) -> list[ListedCode]:
    """The codes of the day in the reader's order, then those of the stored version that are no longer among them."""
    codes = listed_codes(BY_NAME[field.name], today(), language)
    names = {each.code for each in codes}
    by_code = field.codelist.by_code
    old = [
        ListedCode(code, label_of_old(by_code[code].label), by_code[code].parent)
        for code in chosen_codes
        if code in by_code
    ]
    return [*codes, *(each for each in old if each.code not in names)]


def label_of_old(label: Text) -> Text:
    """The label of a code that new records cannot have."""
    return Text(*(f"{label(each)} ({NO_LONGER(each)})" for each in Text._fields))


def options_of(codes: Sequence[ListedCode], chosen_codes: Sequence[str], language: str) -> list[FormOption]:
    return [FormOption(each.code, each.label(language), each.code in chosen_codes) for each in codes]


def set_options(field: CodeSetField, value: Any, language: str) -> list[FormOption]:
    """The codes of a set, then none of them, and that nobody asked. A set that is left out is one that nobody asked about."""
    chosen_codes = codes_of(value)
    options = options_of(offered_codes(field, chosen_codes, language), chosen_codes, language)
    several = [each for each in options if each.code != NOT_ASKED]
    alone = [
        FormOption(EMPTY_SET, NONE(language), isinstance(value, list) and not value, is_alone=True),
        *(
            FormOption(each.code, each.label, each.is_chosen, is_alone=True)
            for each in options
            if each.code == NOT_ASKED
        ),
    ]
    return [*several, *alone]


def month_groups(value: Any, language: str) -> list[OptionGroup]:
    """The months that a record may have, the newest first, by year."""
    months = reversed(span(FIRST_MONTH, this_month()))
    return [
        OptionGroup(
            str(year),
            [FormOption(month_id(each), month_words(each, language), month_id(each) == value) for each in group],
        )
        for year, group in groupby(months, lambda each: each.year)
    ]
