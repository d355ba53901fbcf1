"""Figures that rooms above have sent abroad, as the audit knows them beside those that are typed in.

A room tells what of them stands in no release of ours. What stands in one is known to each audit already: it reckons with every
release that was ever published. A room also tells of which years a collection was sent from here. Rooms name their functions when
they start.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.module_loading import import_string

from stats.published import Figure

# The paths of functions without arguments: those that give the figures that no release shows, and those that give by collection the
# years that were sent.
FIGURES: list[str] = []
YEARS: list[str] = []


def figures() -> Iterator[Figure]:
    """The figures of all rooms that no release of ours shows."""
    for path in FIGURES:
        yield from import_string(path)()


def years() -> dict[str, frozenset[int]]:
    """By collection, the years that were sent from here."""
    by_collection: dict[str, frozenset[int]] = {}
    for path in YEARS:
        for collection, those in import_string(path)().items():
            by_collection[collection] = by_collection.get(collection, frozenset()) | those
    return by_collection
