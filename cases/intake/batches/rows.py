"""Checking the rows of a delivery, by the rules that hold for a single referral (`cases.intake.rules`, `cases.intake.values`).

A row that is right goes through a decoder that is made of the dictionary, in a few microseconds. Any other is read member by
member, so that all its findings are told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, MsgspecError, UnsetType, convert, defstruct
from msgspec.json import Decoder
from msgspec.structs import astuple

from cases import dictionary as d
from cases.errors import Violation
from cases.fields import CodedField, CodeSetField, Field, MonthField, StoredForm, TokenField
from cases.intake import rules
from cases.intake.exported import (
    MOMENT,
    REASON,
    REASONS,
    RECORDED_AT,
    SCHEMA,
    SCHEMA_FORM,
    SET_BY_SERVICE,
    STATUS,
    STATUSES,
    withdrawal_of,
)
from cases.intake.findings import Finding
from cases.intake.references import is_reference
from cases.intake.strict_json import JSONRefused, loads
from cases.intake.templates.rows import no_person
from cases.intake.understanding.codes import meant
from cases.intake.values import READ_EXPORTED, FieldRefused, Input, input_of
from cases.models import Referral
from cases.months import first_day
from cases.rules import REFERRAL_RULES

REFERENCE, VERSION, TOKEN, MONTH = "reference", "version", d.CASE_TOKEN.name, d.REFERRED_IN.name
MOST_VERSION = 1_000_000
# A type that is made of values has no name to mypy.
Choice: Any = Literal
SetOf: Any = list
INPUTS: dict[str, Input] = {each.name: input_of(each) for each in d.REFERRAL}
MEMBERS = (REFERENCE, VERSION, *INPUTS, *SET_BY_SERVICE)
# What a row of an export has beside what was sent.
EXPORTED: dict[str, Any] = {
    STATUS: Choice[STATUSES],
    REASON: Choice[REASONS],
    SCHEMA: Annotated[str, Meta(pattern=SCHEMA_FORM)],
    RECORDED_AT: Annotated[str, Meta(pattern=MOMENT)],
}
STORED = StoredForm(d.REFERRAL)
# What is left of the rules of a field for a row: those that a value may break on one day and keep on another.
DATED = tuple(filter(rules.depends_on_day, d.REFERRAL))
# What the decoder takes is the value already, but for sets, months and tokens.
TO_READ = tuple((each.name, INPUTS[each.name].read) for each in d.REFERRAL if not isinstance(each, CodedField))


@dataclass(frozen=True, slots=True)
class SentRow:
    """One row as it was sent: a line of JSON (`raw`), or its `members`.

    `line`: where the sender sees it. `errors`: of reading it. One without a column is of the whole row, of which nothing else can
    be read.
    """

    index: int
    line: int
    raw: bytes | None = None
    members: Mapping[str, object] | None = None
    errors: tuple[Finding, ...] = ()


@dataclass(slots=True)
class CheckedRow:
    """A row that was read. Without `errors` it has `values` in their stored form, and `texts` of them in the order of the columns.

    `seen`: the stored version without which it would break a rule; its retired codes were there already. `withdrawn`: the reason
    for which it says that it is withdrawn (`cases.intake.exported.withdrawal_of`).
    """

    index: int
    line: int
    reference: str = ""
    expected: int | None = None
    token: str | None = None
    withdrawn: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    seen: int | None = None
    errors: list[Finding] = field(default_factory=list)


def kind_of(each: Field) -> Any:
    """The type that the decoder demands of a field."""
    match each:
        case CodedField():
            return Choice[each.allowed]
        case CodeSetField():
            return SetOf[Choice[each.allowed]]
        case MonthField() | TokenField():
            return str


class RowReader:
    """Checks the rows of one partner's delivery. `passed_over`: the members that only the service sets, of those that came."""

    def __init__(self, *, is_test: bool = False) -> None:
        """Say whether the partner may send what was invented for a rehearsal."""
        self.is_test = is_test
        self.passed_over: set[str] = set()

    @cached_property
    def struct(self) -> Any:
        """A row as a struct of the dictionary's fields. What need not be there may be null."""
        members: list[Any] = [(REFERENCE, str), optional(VERSION, int)]
        members += [
            (each.name, kind_of(each)) if each.required else optional(each.name, kind_of(each)) for each in d.REFERRAL
        ]
        members += [optional(name, kind) for name, kind in EXPORTED.items()]
        return defstruct("Row", members, kw_only=True, forbid_unknown_fields=True)

    @cached_property
    def decode(self) -> Callable[[bytes], Any]:
        """What makes a struct of a line, or raises."""
        return Decoder(self.struct).decode

    def check(self, row: SentRow) -> CheckedRow:
        """The row after all rules, as if nothing were stored."""
        result = self.read(row)
        if not result.errors:
            self.judge(result)
        return result

    def read(self, row: SentRow) -> CheckedRow:
        """The row with its values, or with what is wrong with its cells and its members."""
        if any(each.column is None for each in row.errors):
            return CheckedRow(row.index, row.line, errors=list(row.errors))
        values = None if row.errors else self.at_once(row)
        if values is None:
            try:
                members = row.members if row.raw is None else loads(row.raw)
            except JSONRefused as refusal:
                return CheckedRow(row.index, row.line, errors=[Finding(refusal.code)])
            return self.read_members(row, members)
        return self.with_values(row, values, [])

    def at_once(self, row: SentRow) -> dict[str, Any] | None:
        """The values of a row in which every member is right; None where it needs a closer look."""
        try:
            body = convert(row.members, self.struct) if row.raw is None else self.decode(row.raw)
            members = {name: value for name, value in zip(MEMBERS, astuple(body), strict=True) if value is not UNSET}
            values = {name: value for name, value in members.items() if value is not None}
            for name, read in TO_READ:
                if name in values:
                    values[name] = read(values[name])
        except (MsgspecError, UnicodeDecodeError, FieldRefused):
            return None
        if not is_reference(values[REFERENCE]) or not 1 <= values.get(VERSION, 1) <= MOST_VERSION:
            return None
        return values if row.raw is None or stand_once(row.raw, members) else None

    def ids_at_once(self, raw: bytes) -> dict[str, Any] | None:
        """Those members of a line that are no codes, where all others are: what was made up may hide in them. None: look closer.

        Of a member that stands twice the decoder sees the last one, so that such a line needs a closer look.
        """
        try:
            body = self.decode(raw)
        except (MsgspecError, UnicodeDecodeError):
            return None
        members = {name: value for name, value in zip(MEMBERS, astuple(body), strict=True) if value is not UNSET}
        if first_day(members[MONTH]) is None or not stand_once(raw, members):
            return None
        return {name: members[name] for name in (REFERENCE, VERSION, TOKEN) if name in members}

    def read_members(self, row: SentRow, members: object) -> CheckedRow:
        """The row with every finding on its cells and members. What has one already gets no second one."""
        if not isinstance(members, Mapping):
            return CheckedRow(row.index, row.line, errors=[Finding("object_expected")])
        errors = [*row.errors, *[Finding("unknown_member") for name in members if name not in MEMBERS][:1]]
        unusable = {each.field for each in row.errors}
        values: dict[str, Any] = {}
        for name, read in READ.items():
            value = members.get(name)
            if name in unusable:
                continue
            if value is not None:
                try:
                    values[name] = read(value)
                except FieldRefused as refusal:
                    suggestion = meant(name, value, refusal.index) if refusal.code == "code_unknown" else None
                    errors.append(Finding(refusal.code, name, suggestion=suggestion))
            elif name == REFERENCE or (name in INPUTS and INPUTS[name].required):
                errors.append(Finding("required", name))
        return self.with_values(row, values, errors)

    def with_values(self, row: SentRow, values: dict[str, Any], errors: list[Finding]) -> CheckedRow:
        """The row with its values in their stored form, where every member can be read."""
        result = CheckedRow(row.index, row.line, values.get(REFERENCE, ""), values.get(VERSION), values.get(TOKEN))
        result.errors = errors + self.errors_of_reference(result.reference)
        result.withdrawn = withdrawal_of(values)
        self.passed_over |= values.keys() & EXPORTED.keys()
        if not result.errors:
            result.values = STORED.of(values)
            result.texts = [text_of(value) for value in result.values.values()]
        return result

    @staticmethod
    def judge(row: CheckedRow, stored: Referral | None = None) -> None:
        """Ask the rules about a row that could be read, beside the version that it corrects: codes of that one may be retired."""
        row.seen = stored.version if stored else None
        row.errors = list(findings_of(rules.violations_of(DATED, REFERRAL_RULES, row.values, stored)))

    def errors_of_reference(self, reference: str) -> list[Finding]:
        """What is wrong with a row for its reference alone: it is no person's."""
        rule = no_person(reference, is_test=self.is_test)
        return [Finding(rule)] if rule else []


def optional(name: str, kind: Any) -> tuple[str, Any, Any]:
    """A member that need not be there, or may be null."""
    return name, kind | None | UnsetType, UNSET


def stand_once(raw: bytes, members: Mapping[str, Any]) -> bool:
    """Whether no member of a line stands twice: the decoder sees the last one alone.

    Each has a colon, and so has a moment between its numbers, so that as many colons as these are no repeat.
    """
    moment = members.get(RECORDED_AT)
    if moment is None:
        return raw.count(b":") == len(members)
    return raw.count(b":") == len(members) + moment.count(":") and b"\\" not in raw


def text_of(value: Any) -> str:
    """A stored value as PostgreSQL reads it: a code, a set of codes, or a month."""
    if type(value) is str:
        return value
    return f"{{{','.join(value)}}}" if type(value) is list else str(value)


def read_reference(data: object) -> str:
    """A reference: a UUID of version 4 in lower case. Raises `FieldRefused`."""
    if not isinstance(data, str) or not is_reference(data):
        raise FieldRefused("reference_not_uuid4")
    return data


def read_version(data: object) -> int:
    """The number of a version. Raises `FieldRefused`."""
    if type(data) is not int or not 1 <= data <= MOST_VERSION:
        raise FieldRefused("version_expected")
    return data


READ: dict[str, Callable[[Any], Any]] = {
    REFERENCE: read_reference,
    VERSION: read_version,
    **{name: each.read for name, each in INPUTS.items()},
    **READ_EXPORTED,
}


def findings_of(violations: list[Violation]) -> Iterator[Finding]:
    """Broken rules as findings on a row."""
    for each in violations:
        suggestion = each.replaced_by[0] if len(each.replaced_by) == 1 else None
        yield Finding(each.code, each.field, suggestion=suggestion)
