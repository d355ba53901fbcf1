"""The last section: how the figures are made, what changed, what is wrong with them, and what there are no figures of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.text import Text
from publications.annual import words
from publications.annual.content.parts import Part, bullets, sentences
from publications.annual.sentences import OR, fill, listing
from publications.annual.sum_words import SUMS_PROTECTED
from stats.reading import wording
from stats.reading.entries import CatalogueEntry
from stats.reading.external_words import NOT_OURS
from stats.reading.table import Figures


def method(
    releases: Sequence[CatalogueEntry],
    total: Figures,
    absent: Sequence[Text],
    *,
    has_others: bool,
    has_typed_values: bool,
    has_sums: bool,
) -> Iterator[Part]:
    """The parts of the section. Errata come first: whoever has read a wrong number finds it at the top."""
    errata = [text for release in releases for text in wording.erratum_notes(release)]
    changes = [change_note(release) for release in releases if release.announcements.change_notes]
    yield from with_title(words.ERRATA, errata)
    yield from with_title(words.CHANGES, changes)
    if not errata and not changes:
        yield from sentences(words.UNCHANGED)
    yield from sentences(
        words.HOW,
        words.TYPED_IN if has_typed_values else None,
        protection(releases),
        SUMS_PROTECTED if has_sums else None,
        words.OF_OTHERS if has_others else None,
    )
    if notes := [*release_notes(total)]:
        yield bullets(notes)
    yield from with_title(words.NO_FIGURES, absent)


def with_title(title: Text, items: Sequence[Text]) -> Iterator[Part]:
    """A list under its title; nothing where it is empty."""
    if items:
        yield from sentences(title)
        yield bullets(items)


def change_note(release: CatalogueEntry) -> Text:
    notes = release.announcements.change_notes or Text("", "")
    return fill(Text("{id}: {note}", "{id}: {note}"), id=release.id, note=notes)


def protection(releases: Sequence[CatalogueEntry]) -> Text | None:
    """How persons are protected in our releases: by the threshold of each, which is told once where they have the same."""
    by_threshold: dict[int, list[str]] = {}
    for each in releases:
        if each.terms.threshold is not None:
            by_threshold.setdefault(each.terms.threshold, []).append(each.id)
    alone = len(by_threshold) == 1
    names = [str(n) if alone else f"{n} ({', '.join(ids)})" for n, ids in sorted(by_threshold.items())]
    return fill(words.PROTECTED, thresholds=listing([Text(each, each) for each in names], OR)) if names else None


def release_notes(figures: Figures) -> Iterator[Text]:
    """What the reader of a table has to know of its releases, without what the section says itself."""
    ours = {*wording.release_notes(figures)}
    yield from (note for note in wording.notes(figures) if note in ours or note == NOT_OURS)
