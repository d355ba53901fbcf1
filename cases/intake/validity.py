"""The codes that a record may have on a day: those in force, and those of the stored version that it corrects.

An old record must remain correctable in its other fields. So a correction may keep a code that has since been retired, but it
cannot introduce one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.codelists.types import Code, DaySpan
from cases.errors import Violation
from cases.fields import CodedField, CodeSetField, Field
from core.text import Text

RETIRED = Text(
    "Koden bruges ikke længere for nye oplysninger. Dens afløsere, hvis den har nogen, står i replaced_by.",
    "The code is retired and cannot be used for new data. Its successors, if any, are in replaced_by.",
)
NOT_YET_VALID = Text("Koden gælder ikke endnu.", "The code is not in force yet.")


@dataclass(frozen=True, slots=True)
class Retirement:
    """The retirement of codes in a record: the earliest announcement, and the earliest last day."""

    announced: date
    last: date


def violations(
    field: CodedField | CodeSetField, values: Mapping[str, object], before: object, today: date
) -> Iterator[Violation]:
    """The rules that the codes of a field break today. `before`: the stored version that the values correct, or None."""
    codes_kept = codes_of(getattr(before, field.name, ()))
    new = [code for code in dated_codes(field, values[field.name]) if code.code not in codes_kept]
    codes_ended = [code.code for code in new if code.has_begun_on(today) and not code.is_valid_on(today)]
    if codes_ended:
        following = (field.codelist.successors(name, DaySpan(today, today)) for name in codes_ended)
        successors = tuple(dict.fromkeys(name for names in following for name in names))
        codes_allowed = tuple(dict.fromkeys((*successors, *offered_codes(field, today))))
        yield Violation(field.name, "code_retired", RETIRED, codes_allowed, successors)
    if not all(code.has_begun_on(today) for code in new):
        yield Violation(field.name, "code_not_yet_valid", NOT_YET_VALID, offered_codes(field, today))


def offered_codes(field: CodedField | CodeSetField, day: date) -> tuple[str, ...]:
    """The codes that a new record may have in the field on a day."""
    in_force = frozenset(field.codelist.in_force(day))
    return tuple(name for name in field.allowed if name in in_force or name not in field.codelist.by_code)


def retirement_of(fields: Iterable[Field], record: object) -> Retirement | None:
    """The retirement of a record's codes, for its writer; None where it has no retired code."""
    notices = [
        (code.retired.announced, code.valid_to)
        for field in fields
        if isinstance(field, CodedField | CodeSetField)
        for code in dated_codes(field, getattr(record, field.name))
        if code.retired is not None and code.valid_to is not None
    ]
    return Retirement(min(day for day, _ in notices), min(last for _, last in notices)) if notices else None


def dated_codes(field: CodedField | CodeSetField, value: object) -> Sequence[Code]:
    """The codes of a value that are not always in force: of the others nothing depends on the day."""
    dates = field.codelist.with_dates
    return [dates[name] for name in codes_of(value) if name in dates] if dates else ()


def codes_of(value: object) -> tuple[str, ...]:
    """One code, or a set of codes, as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list | tuple) else ()
