"""Keeping the coverage note of a release as it is built, finding it, and telling it to whoever publishes the release."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from core.text import Text, in_one
from oversight.reporting.coverage import coverage, kinds_in_words
from oversight.reporting.models import CoverageNote
from oversight.reporting.words import COVERAGE, FEW_EXPECTED, NO_NOTE, NOBODY_EXPECTED, TOLD_OF_ALL
from stats.models import EXACT, Release

# The numbers of a row that add up to how many were expected.
COUNTED = ("complete", "late", "begun", "missing")


def keep(release: Release) -> None:
    """Keep the note of a protected release that is being stored. Whoever reads exact figures reads the calendars themselves."""
    if release.audience != EXACT:
        note = coverage(release.first_month, release.last_month, release.as_of)
        CoverageNote.objects.create(release=release, content=note.as_json())


def notes_of(releases: Collection[str]) -> dict[str, dict[str, Any]]:
    """The notes of releases by their ids; those of before there were notes have none. One statement."""
    return dict(CoverageNote.objects.filter(pk__in=releases).values_list("pk", "content"))


def facts(release: Release) -> Iterator[tuple[object, object]]:
    """The note of a release for who orders or publishes it, as readers will have it: of all partners, then of each row."""
    note = notes_of([release.pk]).get(release.pk)
    if note is None:
        yield COVERAGE["title"], NO_NOTE
        return
    yield COVERAGE["title"], in_one(*of_all(note))
    for row in note["rows"]:
        yield name_of_row(row["kinds"]), in_one(*(number_in(row, name) for name in ("expected", *COUNTED)))


def name_of_row(kinds: Sequence[str]) -> Text:
    """What a row is called among other facts: `Dækning, Kommune`."""
    return Text(*(", ".join(each) for each in zip(COVERAGE["title"], kinds_in_words(kinds), strict=True)))


def of_all(note: dict[str, Any]) -> Iterator[Text]:
    """How many partners were expected, how many of them said nil or declared nothing where that is told, and what the rows are.

    Where there is none, why.
    """
    if not note["expected"]:
        yield NOBODY_EXPECTED
        return
    yield number_in(note, "expected")
    for name, words in TOLD_OF_ALL.items():
        if note[name]:
            yield Text(*(each.format(note[name]) for each in words))
    yield COVERAGE["about"] if note["rows"] else FEW_EXPECTED


def number_in(row: dict[str, Any], name: str) -> Text:
    """A number of the note with its name: `Mangler: 3.`"""
    return Text(*(f"{each}: {row[name]}." for each in COVERAGE[name]))
