"""The total of a draft beside those of the two years before, and beside what others published: a wrong one is seen at once."""

from __future__ import annotations

from collections.abc import Iterator

from core.text import Text
from partners.audit import Actor
from stats.models import PUBLIC, Release
from stats.periods import Period
from stats.reading import external
from stats.reading.marks import number
from stats.staff import preview
from stats.staff.releases import last_published
from stats.staff.words import label_of

YEARS = 2
IN_ALL = Text("personer i alt", "persons in all")
NOTHING_PUBLISHED = Text("intet udgivet", "nothing published")


def total_facts(by: Actor, release: Release) -> Iterator[tuple[object, object]]:
    """The total of a draft, of the same period of the two years before, and what others published of these. The look is logged.

    Raises `ReleaseRefused` where the database refuses the look.
    """
    persons, _ = preview.values_of_draft(by, release)
    if "" in persons:
        yield with_period(release.period, IN_ALL), persons[""].describe("")
    for period in periods_before(release.period):
        before = last_published(release.audience, period)
        values = preview.values_of_published(before)[0] if before else {}
        shown = values[""].describe("") if "" in values else NOTHING_PUBLISHED
        yield with_period(period, IN_ALL), shown
    for period in (release.period, *periods_before(release.period)):
        yield from totals_of_others(period)


def periods_before(period: str) -> list[str]:
    """The same period of the two years before; of a pool none."""
    names: list[str] = []
    while len(names) < YEARS and (of := Period.parse(period)) and of.year_before:
        period = of.year_before
        names.append(period)
    return names


def totals_of_others(period: str) -> Iterator[tuple[object, object]]:
    """The totals that others published of a period, each with the release that has it."""
    language = str(Text(*Text._fields))
    for entry in external.of_audiences((PUBLIC,)):
        total = external.cells(entry.id).get("") if entry.period.id == period else None
        count = total.of("") if total else None
        if count is not None:
            name = Text(f"andre har offentliggjort ({entry.id})", f"published by others ({entry.id})")
            yield with_period(period, name), number(count, language)


def with_period(period: str, what: Text) -> Text:
    """What stands before a total: the period and what it is."""
    return Text(*(f"{label}, {each}" for label, each in zip(label_of(period), what, strict=True)))
