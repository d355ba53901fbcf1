"""Rows in their stored form, made from the dictionary's example record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID, uuid4

from cases import dictionary as d
from cases.fields import to_stored
from cases.intake import rules
from cases.intake.checks.content import content_digest, parts_of
from cases.intake.checks.counts import History
from cases.intake.checks.delivery import DeliveryTally
from cases.intake.rulebook.rule import Rows
from cases.rules import REFERRAL_RULES


def row(**changes: object) -> dict[str, object]:
    """The example record with changes, as it is stored."""
    values = to_stored(d.REFERRAL, {**rules.example(d.REFERRAL), **changes})
    values["referred_in"] = date.fromisoformat(f"{values['referred_in']}-01")
    return values


def keeps_rules(values: Mapping[str, object]) -> bool:
    """Whether the values break no rule."""
    return not any(rule.is_broken_by(values) for rule in REFERRAL_RULES)


def tally_of(
    rows: Iterable[tuple[int, Mapping[str, object]]], *, is_new: bool = True, is_change: bool = True
) -> DeliveryTally:
    """The tally of a delivery: so many rows of each kind."""
    tally = DeliveryTally()
    for count, changes in rows:
        values = row(**changes)
        for _ in range(count):
            content = content_digest(uuid4(), values)
            tally.add_parts(parts_of(values), content, is_new=is_new, is_change=is_change)
    return tally


def history_of(rows: Rows, **more: object) -> History:
    """The history of a partner that has stored these rows."""
    tally = tally_of(rows)
    for year in tally.years.values():
        year.count_waiting()
    months = {month: count for year in tally.years.values() for month, count in year.months.items()}
    values = {number: year.values for number, year in tally.years.items()}
    return History(months, values, **more)  # type: ignore[arg-type]


def reference(number: int) -> UUID:
    """A reference that is the same in each run."""
    return UUID(int=number, version=4)
