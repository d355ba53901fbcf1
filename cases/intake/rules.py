"""What is checked of a record before it is written: the cross-field rules (`cases.rules`), and the calendar.

Every way into the database goes through `check`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from cases.errors import RulesBroken, Violation
from cases.fields import CodedField, CodeSetField, Field, MonthField
from cases.intake import validity
from cases.months import FIRST_MONTH, today
from cases.rules import Rule, Values
from core.text import Text

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


def violations_beside(
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
            yield from validity.violations(field, values, before, today)
        case _:
            return


def example(fields: tuple[Field, ...]) -> dict[str, object]:
    """The dictionary's example record: complete, and valid by every rule."""
    return {field.name: list(field.example) if isinstance(field.example, tuple) else field.example for field in fields}
