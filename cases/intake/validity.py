"""Which codes a record may be written with on a day: those in force, and what the stored version that it corrects has already.

An old record must be correctable in another field, so a correction keeps a code that was retired since. It cannot take one up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.codelists.types import Code
from cases.errors import Violation
from cases.fields import CodedField, CodeSetField, Field
from partners.text import Text

RETIRED = Text(
    "Koden bruges ikke længere for nye oplysninger. Dens afløsere, hvis den har nogen, står i replaced_by.",
    "The code is retired: it is refused for new data. Its successors, where it has any, are in replaced_by.",
)
NOT_YET_VALID = Text("Koden gælder ikke endnu.", "The code is not in force yet.")


@dataclass(frozen=True, slots=True)
class Retirement:
    """What is to be told of retired codes in a record: since when it is known, and the last day of the first that goes."""

    announced: date
    last: date


def violations(
    field: CodedField | CodeSetField, values: Mapping[str, object], before: object, today: date
) -> Iterator[Violation]:
    """What the codes of a field break today. `before`: the stored version that the values correct, or None."""
    kept = codes_of(getattr(before, field.name, ()))
    new = [code for code in dated_codes(field, values[field.name]) if code.code not in kept]
    ended = [code.code for code in new if code.has_begun_on(today) and not code.is_valid_on(today)]
    if ended:
        following = (field.codelist.successors(name, today) for name in ended)
        successors = tuple(dict.fromkeys(name for names in following for name in names))
        allowed = tuple(dict.fromkeys((*successors, *offered_codes(field, today))))
        yield Violation(field.name, "code_retired", RETIRED, allowed, successors)
    if not all(code.has_begun_on(today) for code in new):
        yield Violation(field.name, "code_not_yet_valid", NOT_YET_VALID, offered_codes(field, today))


def offered_codes(field: CodedField | CodeSetField, day: date) -> tuple[str, ...]:
    """The codes that a new record of a day may have in the field."""
    in_force = frozenset(field.codelist.in_force(day))
    return tuple(name for name in field.allowed if name in in_force or name not in field.codelist.by_code)


def retirement_of(fields: Iterable[Field], record: object) -> Retirement | None:
    """What the writer of a record is to be told: the earliest announcement and the earliest last day of its retired codes."""
    told = [
        (code.retired.announced, code.valid_to)
        for field in fields
        if isinstance(field, CodedField | CodeSetField)
        for code in dated_codes(field, getattr(record, field.name))
        if code.retired is not None and code.valid_to is not None
    ]
    return Retirement(min(announced for announced, _ in told), min(last for _, last in told)) if told else None


def dated_codes(field: CodedField | CodeSetField, value: object) -> Sequence[Code]:
    """The codes of a value that are not always in force: of the others nothing depends on the day."""
    dates = field.codelist.with_dates
    return [dates[name] for name in codes_of(value) if name in dates] if dates else ()


def codes_of(value: object) -> tuple[str, ...]:
    """One code or a set of them as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list | tuple) else ()
