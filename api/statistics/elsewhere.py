"""What is published elsewhere, in the words of answers: its sources, its figures one by one, and what they are not."""

from __future__ import annotations

from typing import Any

from cases.published import Figure, Source, Stated
from cases.statistics.reading.catalogue import Listed
from cases.statistics.reading.elsewhere import KINDS, STATUS_OF, Collected, computed
from cases.statistics.reading.measures import Measure
from cases.statistics.reading.table import Figures
from partners.text import Text

OWN, ELSEWHERE = "own", "elsewhere"
PUBLISHED = Text("Offentliggjort andetsteds", "Published elsewhere")
NOT_OURS = Text(
    "Nogle af tallene er offentliggjort andetsteds og kan ikke tælles efter her. Hvad der ikke er offentliggjort, er hverken nul "
    "eller skjult (status O), og et år uden tal er ikke med.",
    "Some of the figures are published elsewhere and cannot be counted again here. What is not published is neither zero nor "
    "hidden (status O), and a year without figures is left out.",
)


def kind(release: Listed) -> str:
    """Whether a release is our own."""
    return ELSEWHERE if isinstance(release.terms, Collected) else OWN


def sources(release: Listed) -> tuple[Source, ...]:
    """Where others have published a release; nowhere, if it is our own."""
    return release.terms.sources if isinstance(release.terms, Collected) else ()


def collected(figures: Figures) -> list[Collected]:
    """What of an answer is published elsewhere, and what of it is compared with that."""
    releases = [one for each in figures.shown for one in (each.release, each.before) if one]
    terms = {one.id: one.terms for one in releases}
    return [each for each in terms.values() if isinstance(each, Collected)]


def told_by(figures: Figures, ours: Text, language: str) -> str:
    """Where the figures are from: our releases, then what is published elsewhere."""
    named = {
        word(language): ", ".join(each.release.id for each in figures.shown if kind(each.release) == which)
        for word, which in ((ours, OWN), (PUBLISHED, ELSEWHERE))
    }
    return "; ".join(f"{word} {ids}" for word, ids in named.items() if ids)


def links(figures: Figures) -> dict[str, Any]:
    """The sources of what is published elsewhere, as JSON-stat's links of the relation `via`; nothing where there are none."""
    found = dict.fromkeys(source for terms in collected(figures) for source in terms.sources)
    return {"link": {"via": [{"href": source.url, "label": source.title} for source in found]}} if found else {}


def updated(figures: Figures) -> dict[str, str]:
    """When the latest of the releases was made or published; nothing, where no day is known."""
    moments = [one for each in figures.shown if (one := each.release.built_at or each.release.published_at)]
    return {"updated": max(moments).isoformat()} if moments else {}


def collected_body(release: Listed, terms: Collected) -> dict[str, Any]:
    """What a release of this kind is made of, without its figures."""
    return {
        "published_at": release.published_at.isoformat() if release.published_at else None,
        "published": terms.published,
        "kinds": [{"id": kind, "label": KINDS[kind]._asdict()} for kind in terms.kinds],
        "sources": [source_body(source) for source in terms.sources],
    }


def figures_body(terms: Collected) -> dict[str, Any]:
    """Its figures one by one, each with its source, and the percentages that sources state themselves."""
    return {
        "figures": [figure_body(figure) for figure in terms.figures],
        "stated": [stated_body(stated) for stated in terms.stated],
    }


def figure_body(figure: Figure) -> dict[str, Any]:
    """A figure: what it counts, how firm it is, and where it stands."""
    return {
        "measure": figure.measure,
        "cell": {name: list(codes) for name, codes in figure.cell},
        "count": figure.count,
        "kind": figure.kind,
        "status": STATUS_OF[figure.kind],
        "source": source_body(figure.origin) if figure.origin else None,
        "note": figure.note._asdict() if figure.note else None,
    }


def source_body(source: Source) -> dict[str, Any]:
    """A source: `published` is a day, a year, or null where it is not known."""
    return {"id": source.id, "url": source.url, "title": source.title, "published": source.published}


def stated_body(stated: Stated) -> dict[str, Any]:
    """A percentage that sources state, beside the one that we compute."""
    ours = computed(stated)
    return {
        "measure": Measure.CHANGE_PERCENT,
        "compared_with": str(stated.first),
        "stated": stated.percent,
        "computed": ours,
        "agrees": stated.percent == ours,
        "sources": list(stated.sources),
        "note": stated.note._asdict(),
    }
