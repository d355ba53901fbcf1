"""What stands beside the text of a notice for a reader of any language: whom to call, from when to when it holds, and where.

A pictogram says what each of them is, since nobody who speaks the language has read a word of ours for it. Only in the languages of
our pages a word stands beside it.
"""

from __future__ import annotations

from cases.codelists import REGION
from cases.months import COPENHAGEN
from core.text import Text
from notices.languages import LANGUAGES
from notices.reading import PublishedNotice

# Paths of SVG on a field of 24 by 24.
PICTOGRAMS = {
    "call": "M5 2h4l2 6-3 2c1 3 3 5 6 6l2-3 6 2v4q0 3-3 3C10 22 2 14 2 5q0-3 3-3z",
    "days": "M3 4h4V2h2v2h6V2h2v2h4v18H3zm2 5v11h14V9zm2 2h4v4H7z",
    "regions": "M12 1a8 8 0 0 1 8 8q0 5-8 14Q4 14 4 9a8 8 0 0 1 8-8zm0 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6z",
}
LABELS = {"call": Text("Ring", "Call"), "days": Text("Gælder", "Valid"), "regions": Text("Hvor", "Where")}


def svg_of(name: str, colour: str) -> str:
    """A pictogram as a file."""
    path = f'<path d="{PICTOGRAMS[name]}" fill="{colour}" fill-rule="evenodd"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">{path}</svg>'


def labels(tag: str) -> dict[str, str]:
    """What stands beside the pictograms for a reader of a language."""
    return {name: f"{words(tag)}: " if LANGUAGES[tag].is_of_pages else "" for name, words in LABELS.items()}


def days_of(notice: PublishedNotice, tag: str) -> str:
    """The days on which a notice holds, as a language writes them."""
    days = (each.astimezone(COPENHAGEN).date() for each in (notice.valid_from, notice.valid_to))
    return " – ".join(dict.fromkeys(LANGUAGES[tag].day(each) for each in days))


def name_tag(tag: str) -> str:
    """The language in which an authority and a region are named for a reader of a language: else the one that signs have here."""
    return tag if LANGUAGES[tag].is_of_pages else "da"


def regions_of(notice: PublishedNotice, tag: str) -> str:
    """Where a notice holds; empty where that is the whole country."""
    return ", ".join(REGION.by_code[code].label(name_tag(tag)) for code in notice.regions)
