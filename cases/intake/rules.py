"""What is checked of a record before it is written: the cross-field rules (`cases.rules`), the calendar, and the codes in force.

Every way into the database goes through `check`.

An old record must remain correctable in its other fields. So a correction may keep a code that has since been retired, but it
cannot introduce one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.codelists.types import Code, DaySpan
from cases.errors import RulesBroken, Violation
from cases.fields import CodedField, CodeSetField, Field, MonthField
from cases.months import FIRST_MONTH, today
from cases.rules import Rule, Values
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


NOT_BEFORE_2000 = Text("Måneden må ikke ligge før 2000-01.", "The month must not lie before 2000-01.")
NOT_IN_FUTURE = Text(
    "Måneden må ikke ligge i fremtiden (dansk tid).", "The month must not lie in the future (time of Copenhagen)."
)


def check(fields: tuple[Field, ...], rules: Iterable[Rule], values: Values, before: object = None) -> None:
    """Raise `RulesBroken` with every rule that the stored values break. `before`: the version that they replace, or None."""
    if violations := violations_of(fields, rules, values, before):
        raise RulesBroken(violations)


def violations_of(
    fields: tuple[Field, ...], rules: Iterable[Rule], values: Values, before: object = None
) -> list[Violation]:
    """Every rule that the stored values break. `before`: the version that they replace, or None."""
    day = today()
    violations = [
        violation
        for field in fields
        if depends_on_day(field)
        for violation in calendar_violations(field, values, before, day)
    ]
    return violations + [Violation(rule.field, rule.code, rule.detail) for rule in rules if rule.is_broken_by(values)]


def violations_for_certain(
    fields: tuple[Field, ...], rules: Iterable[Rule], values: Values, wrong: Collection[str]
) -> list[Violation]:
    """The rules that stored values break whatever stands in the fields that are `wrong`, whose values are left out.

    Codes that are out of force are not named: a version that is stored may have them, and nobody has looked yet.
    """
    right = {name: value for name, value in values.items() if name not in wrong}
    months = tuple(field for field in fields if isinstance(field, MonthField) and field.name in right)
    return violations_of(months, (rule for rule in rules if is_broken_for_certain(rule, right)), right)


def is_broken_for_certain(rule: Rule, right: Values) -> bool:
    """Whether the values break a rule. One that asks for a field that is left out is not broken for certain."""
    try:
        return rule.is_broken_by(right)
    except KeyError:
        return False


def depends_on_day(field: Field) -> bool:
    """Whether a value of the field may be right on one day and wrong on another."""
    return isinstance(field, MonthField) or (
        isinstance(field, CodedField | CodeSetField) and bool(field.codelist.with_dates)
    )


def calendar_violations(field: Field, values: Values, before: object, today: date) -> Iterable[Violation]:
    """The calendar rules that a value breaks: a month out of range, or a code that is not in force and was not there before."""
    match field:
        case MonthField():
            month = values[field.name]
            if isinstance(month, date) and month < FIRST_MONTH:
                yield Violation(field.name, "month_before_2000", NOT_BEFORE_2000)
            if isinstance(month, date) and month > today:
                yield Violation(field.name, "month_in_future", NOT_IN_FUTURE)
        case CodedField() | CodeSetField():
            yield from violations(field, values, before, today)
        case _:
            return


def example(fields: tuple[Field, ...]) -> dict[str, object]:
    """The dictionary's example record: complete, and valid by every rule."""
    return {field.name: list(field.example) if isinstance(field.example, tuple) else field.example for field in fields}
