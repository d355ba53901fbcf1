"""The decoder of a row, made of the dictionary: the types that it demands, and what each value that it took is stored as."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType, defstruct

from cases import dictionary as d
from cases.fields import CodedField, CodeSetField, Field, MonthField, StoredForm, TokenField
from cases.intake.additions import MOMENT, REASON, REASONS, RECORDED_AT, SCHEMA, SCHEMA_FORM, STATUS, STATUSES
from cases.intake.checks.content import BETWEEN_CODES, NAMES
from cases.intake.values import Input, input_of

REFERENCE, VERSION, TOKEN, MONTH = "reference", "version", d.CASE_TOKEN.name, d.REFERRED_IN.name
IDS = (REFERENCE, VERSION, TOKEN)
# A type that is made of values has no name to mypy.
Choice: Any = Literal
SetOf: Any = tuple
INPUTS: dict[str, Input] = {each.name: input_of(each) for each in d.REFERRAL}
# What a row of an export has beside what was sent.
EXPORTED: dict[str, Any] = {
    STATUS: Choice[STATUSES],
    REASON: Choice[REASONS],
    SCHEMA: Annotated[str, Meta(pattern=SCHEMA_FORM)],
    RECORDED_AT: Annotated[str, Meta(pattern=MOMENT)],
}
# A row as the decoder has it.
ORDER = (*IDS, *NAMES, *EXPORTED)
PLACE_OF_MOMENT = ORDER.index(RECORDED_AT)
STORED = StoredForm(d.REFERRAL)
# A column has few different values, and a set as many as there are mixtures of its codes.
MOST_REMEMBERED = 5_000


class PartsOfField(dict[Any, str]):
    """The part of each value of a field that the decoder took, read once. Raises `FieldRefused` for one that is wrong after all."""

    def __init__(self, each: Field) -> None:
        self.field = each

    def __missing__(self, value: Any) -> str:
        """The part of a value that is seen for the first time. Left out: what is stored then."""
        part = self.part_of(value)
        if len(self) < MOST_REMEMBERED:
            self[value] = part
        return part

    def part_of(self, answer: Any) -> str:
        """A value as it stands in `Parts`."""
        name = self.field.name
        if answer is UNSET or answer is None:
            value = STORED.absent[name]
        else:
            value = INPUTS[name].read([*answer] if type(answer) is tuple else answer)
        return BETWEEN_CODES.join(sorted({*value})) if type(value) is list else str(value)


PARTS = tuple(PartsOfField(each) for each in d.REFERRAL if not isinstance(each, TokenField))
PARTS_OF_MONTH = PARTS[NAMES.index(MONTH)]


def kind_of(each: Field) -> Any:
    """The type that the decoder demands of a field."""
    match each:
        case CodedField():
            return Choice[each.allowed]
        case CodeSetField():
            return SetOf[Choice[each.allowed], ...]
        case MonthField() | TokenField():
            return str


def row_struct() -> Any:
    """A row as a struct: `ORDER`. What need not be there may be null."""
    kinds = {REFERENCE: str, VERSION: int, **{each.name: kind_of(each) for each in d.REFERRAL}, **EXPORTED}
    required_names = {REFERENCE, *(each.name for each in d.REFERRAL if each.required)}
    members: list[Any] = [
        (name, kinds[name]) if name in required_names else (name, kinds[name] | None | UnsetType, UNSET)
        for name in ORDER
    ]
    return defstruct("Row", members, kw_only=True, forbid_unknown_fields=True)


def may_repeat(raw: bytes, values: tuple[Any, ...]) -> bool:
    """Whether a member may stand twice in a line: the decoder would take the last one.

    Each has a colon, and so has a moment between its numbers. As many colons as these are no repeat.
    """
    colons, moment = len(values) - values.count(UNSET), values[PLACE_OF_MOMENT]
    if not isinstance(moment, str):
        return raw.count(b":") != colons
    return raw.count(b":") != colons + moment.count(":") or b"\\" in raw
