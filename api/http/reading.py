"""Reading what is sent: JSON that is strict, shallow and small, into a struct. What is wrong is found all at once.

Strict throughout: no number is turned into text, no member is passed over. Plain DRF answers 500 to deep arrays and lone
surrogates and takes the rest. `DETAILS` has what can be wrong with the form of members, by code.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import IO, Any

from msgspec import UNSET, MsgspecError
from msgspec.json import Decoder
from rest_framework.parsers import BaseParser

from api.http.bodies import Body
from api.http.problems import ProblemError, ProblemFinding, body_finding, pointer
from cases.fields import Field, to_stored
from cases.intake.additions import READ_ONLY
from cases.intake.batches.wording import with_suggestion
from cases.intake.guard.check import MOST_NAMED, check_members
from cases.intake.guard.kinds import GUARD_RULES
from cases.intake.readers.strict_json import REASONS, JSONRefused, loads
from cases.intake.rulebook import RULES
from cases.intake.rules import violations_for_certain
from cases.intake.understanding.codes import INDUSTRIES, code_meant, several
from cases.intake.understanding.industries import is_undecided
from cases.intake.values import EDITION_UNKNOWN, SEVERAL, SHAPES, UNKNOWN, FieldRefused, Input, input_of
from cases.rules import Rule
from core.text import Text

OF_BODIES = {
    "linkage_code_expected": Text(
        "En koblingskode: 64 hexadecimale cifre med små bogstaver.",
        "A linkage code: 64 hexadecimal digits in lower case.",
    ),
    "day_expected": Text("En dag som 2025-03-14.", "A day such as 2025-03-14."),
    "line_expected": Text(
        "Vej, nummer, postnummer og by på én linje, højst 200 tegn: intet telefonnummer, ingen mail, intet personnummer.",
        "Street, number, postal code and town on one line, at most 200 characters: no telephone number, mail address or number of "
        "a person.",
    ),
    "list_expected": Text("En liste af JSON-objekter.", "A list of JSON objects."),
    "too_many_items": Text("For mange på listen.", "Too many items in the list."),
    "rule_not_asked": Text(
        "Leverancen er ikke spurgt om dette. Det, den er spurgt om, står i allowed.",
        "The delivery was not asked about this. What it was asked about is in allowed.",
    ),
    "indexes_not_asked": Text(
        "Ingen af disse rækker er spurgt om dette. Udelad indexes for at bekræfte alle, der er.",
        "None of these rows was asked about this. Leave out indexes to confirm all that were.",
    ),
    "count_expected": Text("Et helt tal, 0 eller mere.", "A whole number, 0 or more."),
    "indexes_expected": Text("En liste af rækkers numre, fra 0.", "A list of numbers of rows, from 0."),
}
# What a record names and what it corrects, as a row of a file is told.
OF_ROWS = {code: RULES[code].detail for code in ("reference_not_uuid4", "version_expected")}
DETAILS = SHAPES | OF_BODIES | OF_ROWS


MOST_BYTES, MOST_BYTES_OF_COUNTS = 64 * 1024, 1024 * 1024


class JSONBody(BaseParser):
    """`application/json`, at most 64 KiB, as bytes: the reader of a body knows what it may hold (`api.http.reading`)."""

    media_type = "application/json"
    most_bytes = MOST_BYTES

    def parse(  # type: ignore[override]
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """The body. Raises `ProblemError` 400 or 413."""
        raw = stream.read(self.most_bytes + 1)
        if len(raw) > self.most_bytes:
            raise ProblemError("payload_too_large")
        length = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or "0"
        if len(raw) < int(length):
            raise ProblemError("bad_request")
        return raw


class CountsBody(JSONBody):
    """The same, at most 1 MiB: a report of counts has thousands of lines, and no text of anybody's."""

    most_bytes = MOST_BYTES_OF_COUNTS


def parse_json(raw: bytes, *, fractions: bool = False) -> Any:
    """The value of a body. Raises `ProblemError` 400. `fractions`: the reader refuses them, each at its place."""
    try:
        return loads(raw, fractions=fractions)
    except JSONRefused as refusal:
        finding = ProblemFinding(("pointer", "#"), refusal.code, REASONS[refusal.code])
        raise ProblemError("malformed_json", [finding]) from None


MOST_UNKNOWN = 10


@dataclass(frozen=True, eq=False)
class Reader:
    """The way in for one kind of body. `never`: members that only the service sets. `is_guarded`: it may hold identifiers.

    `of_service`: members that only the service sets and that may come back as it gave them out, each with what reads it.
    `fields` and `rules`: those of a record of the dictionary.
    """

    struct: type[Body]
    inputs: Mapping[str, Input]
    never: frozenset[str] = frozenset()
    is_guarded: bool = True
    of_service: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    rules: tuple[Rule, ...] = ()

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
            members = {name: value for name in self.inputs if (value := getattr(body, name)) is not UNSET}
            values = {name: value for name, value in members.items() if value is not None}
            for name, read in self.values_to_read:
                if name in values:
                    values[name] = read(values[name])
        except (MsgspecError, UnicodeDecodeError, FieldRefused):
            return None
        return values if raw.count(b":") == len(members) else None

    def parse(self, data: object) -> dict[str, Any]:
        """The values of a JSON value; what is null is left out. Raises `ProblemError` with every finding."""
        if not isinstance(data, Mapping):
            raise ProblemError("validation_failed", [finding("object_expected")])
        if self.is_guarded:
            refuse_identifiers(data, {*self.inputs, *self.never, *self.of_service})
        # Ten are enough to see the mistake; thousands would make an answer fifty times the size of the question.
        findings = list(islice(self.unknown(data), MOST_UNKNOWN))
        values: dict[str, Any] = {}
        findings += [*self.findings_on(data, values), *self.findings_on_service(data, values)]
        if findings:
            raise ProblemError("validation_failed", [*findings, *self.findings_of_rules(data, values)])
        return values

    def findings_of_rules(self, data: Mapping[Any, Any], values: Mapping[str, Any]) -> Iterator[ProblemFinding]:
        """The rules that are broken whatever is meant by the members that are wrong."""
        wrong = {
            name for name, each in self.inputs.items() if each.required or data.get(name) is not None
        } - values.keys()
        return map(body_finding, violations_for_certain(self.fields, self.rules, to_stored(self.fields, values), wrong))

    def findings_on(self, data: Mapping[Any, Any], values: dict[str, Any]) -> Iterator[ProblemFinding]:
        """What is wrong with the members that are sent. What is right is added to the values."""
        for name, each in self.inputs.items():
            try:
                if data.get(name) is not None:
                    values[name] = each.read(data[name])
                elif each.required:
                    yield finding("required", name, codes=each.allowed())
            except FieldRefused as refusal:
                yield finding_of(refusal, name, data[name])

    def findings_on_service(self, data: Mapping[Any, Any], values: dict[str, Any]) -> Iterator[ProblemFinding]:
        """What is no answer of ours in the members that only the service sets. What is one is added to the values."""
        for name, read in self.of_service.items():
            try:
                if data.get(name) is not None:
                    values[name] = read(data[name])
            except FieldRefused as refusal:
                yield finding(refusal.code, name)

    def unknown(self, data: Mapping[Any, Any]) -> Iterable[ProblemFinding]:
        """Findings on members that are not used. Their names are the sender's text, so they are not repeated.

        Every member is allowed; those whose names are near come first.
        """
        for name in data:
            if name in self.never:
                yield finding(READ_ONLY, name)
            elif name not in self.inputs and name not in self.of_service:
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


def record_reader(
    struct: type[Body],
    fields: tuple[Field, ...],
    never: Iterable[str] = (),
    of_service: Mapping[str, Callable[[Any], Any]] | None = None,
    rules: tuple[Rule, ...] = (),
) -> Reader:
    """The way in for a record of the dictionary."""
    inputs = {each.name: input_of(each) for each in fields}
    return Reader(struct, inputs, frozenset(never), of_service=of_service or {}, fields=fields, rules=rules)


def finding(code: str, *path: str | int, codes: Iterable[str] = (), suggestion: str | None = None) -> ProblemFinding:
    meant_codes = tuple(codes) if code == SEVERAL else () if suggestion is None else (suggestion,)
    return ProblemFinding(
        ("pointer", pointer(*path)),
        code,
        with_suggestion(DETAILS[code], str(path[0]) if path else None, meant_codes),
        tuple(codes),
        suggestion=suggestion,
    )


def finding_of(refusal: FieldRefused, name: str, value: object) -> ProblemFinding:
    """A finding on a member, with the code that was probably meant."""
    path = (name, *(each for each in (refusal.index, refusal.member) if each is not None))
    if refusal.code != UNKNOWN:
        return finding(refusal.code, *path, codes=refusal.codes)
    if codes := several(name, value, refusal.index):
        return finding(SEVERAL, *path, codes=codes)
    if name in INDUSTRIES and is_undecided(value):
        return finding(EDITION_UNKNOWN, *path, codes=refusal.codes)
    return finding(UNKNOWN, *path, codes=refusal.codes, suggestion=code_meant(name, value, refusal.index))
