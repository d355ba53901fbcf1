"""Checking the rows of a delivery, by the rules that hold for a single referral (`cases.intake.rules`, `cases.intake.values`).

A row that is right goes through a decoder that is made of the dictionary, in a few microseconds. Any other is read member by
member, so that all its findings are told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from operator import getitem
from typing import Any

from msgspec import UNSET, MsgspecError, Struct, convert
from msgspec.json import Decoder
from msgspec.structs import astuple

from cases import dictionary as d
from cases.errors import Violation
from cases.intake import rules
from cases.intake.additions import SET_BY_SERVICE, withdrawal_of
from cases.intake.batches.decoding import (
    EXPORTED,
    IDS,
    INPUTS,
    MONTH,
    PARTS,
    PARTS_OF_MONTH,
    REFERENCE,
    STORED,
    TOKEN,
    VERSION,
    may_repeat,
    row_struct,
)
from cases.intake.checks.content import Parts, parts_of, values_of
from cases.intake.findings import Finding
from cases.intake.guard.references import is_reference
from cases.intake.readers.strict_json import JSONRefused, loads
from cases.intake.templates.columns import no_person
from cases.intake.understanding.codes import INDUSTRIES, code_meant, several
from cases.intake.understanding.headers import nearest_members
from cases.intake.understanding.industries import is_undecided
from cases.intake.values import EDITION_UNKNOWN, READ_EXPORTED, SEVERAL, UNKNOWN, FieldRefused
from cases.models import Referral
from cases.rules import REFERRAL_RULES

MOST_VERSION = 1_000_000
NOT_EXPORTED = (UNSET,) * len(EXPORTED)
MEMBERS = (REFERENCE, VERSION, *INPUTS, *SET_BY_SERVICE)
# So many members that no row has are told of one row.
MOST_UNKNOWN = 10
# What is left of the rules of a field for a row: those that a value may break on one day and keep on another.
DATED = tuple(filter(rules.depends_on_day, d.REFERRAL))


class SentRow(Struct, frozen=True):
    """One row as it was sent: a line of JSON (`raw`), or its `members`.

    `line`: where the sender sees it. `errors`: of reading it. One without a column is of the whole row, of which nothing else can
    be read.
    """

    index: int
    line: int
    raw: bytes | None = None
    members: Mapping[str, object] | None = None
    errors: tuple[Finding, ...] = ()


@dataclass
class CheckedRow:
    """A row that was read. Without `errors` it has `parts`, and so `values` in their stored form.

    `seen`: the stored version without which it would break a rule; its retired codes were there already. `withdrawn`: the reason
    for which it says that it is withdrawn (`cases.intake.additions.withdrawal_of`).
    """

    index: int
    line: int
    reference: str = ""
    expected: int | None = None
    token: str | None = None
    parts: Parts = ()
    withdrawn: str | None = None
    seen: int | None = None
    errors: list[Finding] = field(default_factory=list)

    @cached_property
    def values(self) -> dict[str, Any]:
        """What the row says, where it has parts. A row that says what is stored already is never asked."""
        return values_of(self.parts)


class RowReader:
    """Checks the rows of one partner's delivery. `passed_over`: the members that only the service sets, of those that came."""

    def __init__(self, *, is_test: bool = False) -> None:
        """Say whether the partner may send what was invented for a rehearsal."""
        self.is_test = is_test
        self.passed_over: set[str] = set()

    @cached_property
    def struct(self) -> Any:
        """A row as the decoder has it."""
        return row_struct()

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
        if row.errors and any(each.column is None for each in row.errors):
            return CheckedRow(row.index, row.line, errors=list(row.errors))
        result = None if row.errors else self.at_once(row)
        if result is None:
            try:
                members = row.members if row.raw is None else loads(row.raw)
            except JSONRefused as refusal:
                return CheckedRow(row.index, row.line, errors=[Finding(refusal.code)])
            return self.read_members(row, members)
        result.errors = self.errors_of_reference(result.reference)
        return result

    def at_once(self, row: SentRow) -> CheckedRow | None:
        """A row in which every member is right; None where it needs a closer look."""
        try:
            members_read = astuple(convert(row.members, self.struct) if row.raw is None else self.decode(row.raw))
            reference, version, token = members_read[: len(IDS)]
            version = None if version is UNSET else version
            token = None if token is UNSET or token is None else READ[TOKEN](token)
            parts = tuple(map(getitem, PARTS, members_read[len(IDS) :]))
        except (MsgspecError, UnicodeDecodeError, FieldRefused):
            return None
        is_right = is_reference(reference) and (version is None or 1 <= version <= MOST_VERSION)
        if not is_right or (row.raw is not None and may_repeat(row.raw, members_read)):
            return None
        result = CheckedRow(row.index, row.line, reference.lower(), version, token, parts)
        if (additions := members_read[-len(EXPORTED) :]) != NOT_EXPORTED:
            self.note_exported(result, {name: value for name, value in zip(EXPORTED, additions, strict=True) if value})
        return result

    def ids_at_once(self, raw: bytes) -> dict[str, Any] | None:
        """Those members of a line that are no codes, where all others are: what was made up may hide in them. None: look closer."""
        try:
            body = self.decode(raw)
            getitem(PARTS_OF_MONTH, getattr(body, MONTH))
        except (MsgspecError, UnicodeDecodeError, FieldRefused):
            return None
        members_read = astuple(body)
        if may_repeat(raw, members_read):
            return None
        return {name: value for name, value in zip(IDS, members_read, strict=False) if value is not UNSET}

    def read_members(self, row: SentRow, members: object) -> CheckedRow:
        """The row with every finding on its cells and members, and on what is right. What has one already gets no second one."""
        if not isinstance(members, Mapping):
            return CheckedRow(row.index, row.line, errors=[Finding("object_expected")])
        errors = [*row.errors, *unknown_members(members)]
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
                    errors.append(finding_on(name, value, refusal))
            elif name == REFERENCE or (name in INPUTS and INPUTS[name].required):
                errors.append(Finding("required", name))
        return self.with_values(row, values, errors)

    def with_values(self, row: SentRow, values: dict[str, Any], errors: list[Finding]) -> CheckedRow:
        """The row with its values in their stored form, where every member can be read."""
        result = CheckedRow(row.index, row.line, values.get(REFERENCE, ""), values.get(VERSION), values.get(TOKEN))
        result.errors = errors + self.errors_of_reference(result.reference)
        self.note_exported(result, values)
        stored_values = STORED.of(values)
        if errors:
            wrong = {each.field for each in errors if each.field}
            result.errors += findings_of(rules.violations_for_certain(d.REFERRAL, REFERRAL_RULES, stored_values, wrong))
        elif not result.errors:
            result.parts = parts_of(stored_values)
        return result

    def note_exported(self, row: CheckedRow, values: Mapping[str, Any]) -> None:
        """Note what came of what only the service sets."""
        row.withdrawn = withdrawal_of(values)
        self.passed_over |= values.keys() & EXPORTED.keys()

    @staticmethod
    def judge(row: CheckedRow, stored_version: Referral | None = None) -> None:
        """Ask the rules about a row that could be read, beside the version that it corrects: codes of that one may be retired."""
        row.seen = stored_version.version if stored_version else None
        row.errors = list(findings_of(rules.violations_of(DATED, REFERRAL_RULES, row.values, stored_version)))

    def errors_of_reference(self, reference: str) -> list[Finding]:
        """What is wrong with a row for its reference alone: it is no person's."""
        rule = no_person(reference, is_test=self.is_test)
        return [Finding(rule)] if rule else []


def finding_on(name: str, value: object, refusal: FieldRefused) -> Finding:
    """The finding on a value, with the code that was probably meant, or those that it covers."""
    if refusal.code != UNKNOWN:
        return Finding(refusal.code, name)
    if codes := several(name, value, refusal.index):
        return Finding(SEVERAL, name, allowed=codes)
    if name in INDUSTRIES and is_undecided(value):
        return Finding(EDITION_UNKNOWN, name)
    return Finding(refusal.code, name, suggestion=code_meant(name, value, refusal.index))


def unknown_members(members: Mapping[Any, object]) -> Iterator[Finding]:
    """Findings on members that no row has, each with the one that was probably meant. Their names are the sender's text."""
    for name in islice((each for each in members if each not in MEMBERS), MOST_UNKNOWN):
        near = nearest_members(name)
        yield Finding("unknown_member", suggestion=near[0] if near else None)


def read_reference(data: object) -> str:
    """A reference: a UUID of version 4, as we write it. Raises `FieldRefused`."""
    if not isinstance(data, str) or not is_reference(data):
        raise FieldRefused("reference_not_uuid4")
    return data.lower()


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
