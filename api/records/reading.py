"""Reading what is sent: a struct takes what is right, and where something is wrong, every finding is told at once.

Strict throughout: no number is turned into text, no member is passed over.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from msgspec import UNSET, MsgspecError
from msgspec.json import Decoder

from api.http.bodies import Body
from api.http.details import DETAILS
from api.http.parsers import parse_json
from api.http.problems import ProblemError, ProblemFinding, pointer
from cases.fields import Field
from cases.intake.guard.check import MOST_NAMED, check_members
from cases.intake.guard.kinds import GUARD_RULES
from cases.intake.values import FieldRefused, Input, input_of

MOST_UNKNOWN = 10


@dataclass(frozen=True, eq=False)
class Reader:
    """The way in for one kind of body. `never`: members that only the service sets. `is_guarded`: it may hold identifiers."""

    struct: type[Body]
    inputs: Mapping[str, Input]
    never: frozenset[str] = frozenset()
    is_guarded: bool = True

    @cached_property
    def decode(self) -> Callable[[bytes], Body]:
        """What makes a struct of JSON, or raises."""
        return Decoder(self.struct).decode

    @cached_property
    def values_to_read(self) -> list[tuple[str, Callable[[Any], Any]]]:
        """The members of whose values the struct does not know all."""
        return [(name, each.read) for name, each in self.inputs.items() if not each.as_sent]

    def read(self, data: object) -> dict[str, Any]:
        """The values of a body, as the parser gives it: its bytes, or no body. Raises `ProblemError` with every finding."""
        raw = data if isinstance(data, bytes) else b"{}"
        values = self.at_once(raw)
        return self.parse(parse_json(raw)) if values is None else values

    def at_once(self, raw: bytes) -> dict[str, Any] | None:
        """The values where all is right; None where it needs a closer look.

        The struct alone would take a member that stands twice. Each has a colon, so that as many colons as members are no repeat.
        """
        try:
            body = self.decode(raw)
            values = {name: value for name in self.inputs if (value := getattr(body, name)) is not UNSET}
            for name, read in self.values_to_read:
                if name in values:
                    values[name] = read(values[name])
        except (MsgspecError, UnicodeDecodeError, FieldRefused):
            return None
        return values if raw.count(b":") == len(values) else None

    def parse(self, data: object) -> dict[str, Any]:
        """The values of a JSON value. Raises `ProblemError` with every finding."""
        if not isinstance(data, Mapping):
            raise ProblemError("validation_failed", [finding("object_expected")])
        if self.is_guarded:
            refuse_identifiers(data, self.inputs)
        # Ten are enough to see the mistake; thousands would make an answer fifty times the size of the question.
        findings = list(islice(self.unknown(data), MOST_UNKNOWN))
        values: dict[str, Any] = {}
        for name, each in self.inputs.items():
            if name not in data:
                findings += [finding("required", name, codes=each.allowed())] if each.required else []
                continue
            try:
                values[name] = each.read(data[name])
            except FieldRefused as refusal:
                path = (name,) if refusal.index is None else (name, refusal.index)
                findings.append(finding(refusal.code, *path, codes=refusal.codes))
        if findings:
            raise ProblemError("validation_failed", findings)
        return values

    def unknown(self, data: Mapping[Any, Any]) -> Iterable[ProblemFinding]:
        """Findings on members that are not used. Their names are the sender's text, so they are not repeated.

        Every member is allowed; those whose names are near come first.
        """
        for name in data:
            if name in self.never:
                yield finding("read_only", name)
            elif name not in self.inputs:
                near = difflib.get_close_matches(str(name)[:64], list(self.inputs), n=3)
                yield finding("unknown_member", codes=dict.fromkeys([*near, *self.inputs]))


def refuse_identifiers(data: Mapping[Any, Any], names: Collection[str]) -> None:
    """Raise `ProblemError` where a member's name or value looks like an identifier, before anything else is said of the body.

    A struct takes codes, months and tokens alone, so that only what it does not take is looked at.
    """
    rows = [(pointer(each.field) if each.field else "#", each.rule) for each in check_members(data, names=names)]
    if rows:
        raise ProblemError(
            "identifier_in_body",
            [ProblemFinding(("pointer", at), rule, GUARD_RULES[rule]) for at, rule in rows[:MOST_NAMED]],
        )


def of_record(struct: type[Body], fields: tuple[Field, ...], never: Iterable[str] = ()) -> Reader:
    """The way in for a record of the dictionary."""
    return Reader(struct, {field.name: input_of(field) for field in fields}, frozenset(never))


def finding(code: str, *path: str | int, codes: Iterable[str] = ()) -> ProblemFinding:
    """A finding on the body."""
    return ProblemFinding(("pointer", pointer(*path)), code, DETAILS[code], tuple(codes))
