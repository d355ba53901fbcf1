"""The page of a release: what it is in words, what is wrong with it, and where its tables are.

Of an external one, how its computed figures follow from those of others, with the releases that they stand in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponseBase

from cases.dimensions import PERSONS
from core.text import Text
from oversight.reporting.coverage import kinds_in_words
from oversight.reporting.notes import notes_of
from oversight.reporting.words import COVERAGE, OF_ALL_PARTNERS
from pages.base.addresses import address_of
from pages.base.frame import PageAddress, answer_page, base_of
from pages.public.release_words import RELEASE, heading_of, state_words, still_read_note, threshold_note
from pages.public.releases import current, errata_of, gone_page, publication_day, reason_of_withdrawal
from partners.roles import ROLE_WORDS
from stats.models import PUBLIC, PreReleaseAccess
from stats.periods import Period
from stats.published import Figure, FigureKind
from stats.published.figures import FORMULAS, is_settled, key_of
from stats.reading import catalogue, external
from stats.reading.datasets import DRAWN, READABLE, axes_of
from stats.reading.entries import EXTERNAL, OWN, CatalogueEntry, offer_id
from stats.reading.external import KINDS
from stats.reading.wording import NOTES, heading, part_notes
from stats.revisions.changes import comparable
from stats.revisions.citation import Citation, day, operator

TOTAL = Text("i alt", "total")


@dataclass(frozen=True, slots=True)
class FormulaTerm:
    """A figure of a formula: its number, what it counts, and the id of the release that it stands in."""

    count: int
    words: str
    release: str


@dataclass(frozen=True, slots=True)
class FormulaLine:
    """A computed figure, what it is taken from (`whole`), and what is taken from that (`parts`)."""

    figure: FormulaTerm
    whole: FormulaTerm
    parts: tuple[FormulaTerm, ...]


def formula_lines(release: CatalogueEntry, language: str) -> Iterator[FormulaLine]:
    """A line for each computed figure of a release."""
    places = {key_of(figure): (figure, entry) for entry in external.releases() for figure in figures_to_name(entry)}
    for figure in release.provenance.figures:
        if figure.kind == FigureKind.DERIVED:
            whole, *parts = (term(*places[key], language) for key in FORMULAS[key_of(figure)])
            yield FormulaLine(term(figure, release, language), whole, tuple(parts))


def figures_to_name(release: CatalogueEntry) -> Iterable[Figure]:
    """The figures of a release that a formula may name."""
    return filter(is_settled, release.provenance.figures)


def term(figure: Figure, release: CatalogueEntry, language: str) -> FormulaTerm:
    """A figure as it is named in a formula."""
    labels = [label for name, codes in figure.cell for label in labels_of(name, codes, release.period, language)]
    return FormulaTerm(
        figure.count, f"{' + '.join(labels) or TOTAL(language)}, {release.period.label(language)}", release.id
    )


def labels_of(dimension: str, codes: Sequence[str], period: Period, language: str) -> Iterator[str]:
    """Codes in words: by the one that means all of them together, where there is one."""
    places = external.codes_of(dimension, codes, period)
    for name in [places[0][1]] if places else codes:
        axis = PERSONS.by_name[dimension].axis_of(name)
        yield next((each.label(language) for each in axis.codes if each.code == name), name) if axis else name


NAME = "release"


@gone_page
def release(request: HttpRequest, language: str, release: str) -> HttpResponseBase:
    """The page. Four statements."""
    page = ReleasePage(*find(release), language, base_of(request))
    key = tuple(each.key for each in page.same)
    place = PageAddress(NAME, language, {"release": release})
    return answer_page(request, place, key, lambda: ("public/release.html", page.context()))


def find(name: str) -> tuple[CatalogueEntry, tuple[CatalogueEntry, ...]]:
    """A public release, and all of its period, itself among them. One statement. Raises `Http404` and `ReleaseGone`."""
    every = catalogue.every(PUBLIC)
    entry = next((each for each in every if each.id == name), None)
    if entry is None:
        raise Http404
    catalogue.check_there(entry)
    return entry, tuple(each for each in every if each.period == entry.period)


@dataclass(frozen=True)
class ReleasePage:
    """A release, and all of its period. `base`: the address of the service, without a slash at its end."""

    release: CatalogueEntry
    same: tuple[CatalogueEntry, ...]
    language: str
    base: str

    @cached_property
    def newest(self) -> CatalogueEntry | None:
        """The release of the period that holds."""
        return current(self.same).get(self.release.period.id)

    def context(self) -> dict[str, Any]:
        release, language = self.release, self.language
        notes, withdrawal = release.announcements.change_notes, release.withdrawal
        return {
            "words": {name: text(language) for name, text in RELEASE.items()},
            "heading": heading_of(release)(language),
            "release": release,
            "is_own": release.kind == OWN,
            "period": release.period.label(language),
            "as_of": day(release.as_of) if release.as_of and release.kind == OWN else None,
            "day": publication_day(release),
            "year": release.provenance.publication_date,
            "state": state_words(release, self.newest)(language),
            "formulas": [*formula_lines(release, language)],
            "kinds": [KINDS[kind](language) for kind in release.provenance.kinds],
            "errata": [*errata_of(release.announcements.errata, language)],
            "instead": self.newest.id if self.newest and self.newest.kind == OWN else "",
            "withdrawn_on": day(withdrawal.at) if withdrawal else None,
            "withdrawn_because": reason_of_withdrawal(release, language),
            "change_notes": notes(language) if notes else "",
            "reasons": [each(language) for each in release.announcements.reasons],
            "notes": [*self.notes()],
            "coverage": coverage_lines(release.id, language) if release.kind == OWN else None,
            "tables": [*self.tables()],
            "sources": release.provenance.sources,
            "access": [*access_lines(release.id, language)] if release.kind == OWN else [],
            "threshold": threshold_note(release.terms.threshold)(language) if release.terms.threshold else "",
            "citation": Citation(
                release,
                operator(settings.HENVIS_OPERATOR),
                f"{self.base}{address_of(NAME, language, release=release.id)}",
            ).words(language),
            "others": [(each, state_words(each, self.newest)(language)) for each in self.others()],
            "comparable": [each.id for each in comparable(release, [*self.same])],
        }

    def others(self) -> Iterable[CatalogueEntry]:
        """The other releases of the period, the latest first."""
        others = (each for each in self.same if each.id != self.release.id)
        return sorted(others, key=lambda each: (each.kind == EXTERNAL, -each.vintage))

    def notes(self) -> Iterator[str]:
        """What has to be known of how it was counted, and that it is still read where the newest has less."""
        release, newest = self.release, self.newest
        for code in dict.fromkeys(note.partition(":")[0] for note in release.notes):
            if code in NOTES:
                yield NOTES[code](self.language)
        yield from (each(self.language) for each in part_notes(release))
        is_in_force = release.is_in_force(None) and newest is not None and release.kind == newest.kind == OWN
        if newest and is_in_force and release.offered_tables - newest.offered_tables:
            yield still_read_note(newest.id)(self.language)

    def tables(self) -> Iterator[tuple[str, str]]:
        """The tables that it offers: what each is called, and its page as of this release."""
        for dataset, tables in (*self.release.terms.tables.items(), *((one.id, ("",)) for one in DRAWN)):
            for table in tables:
                if offer_id(dataset, table) in self.release.offered_tables:
                    yield table_link(self.release, dataset, table, self.language)


def table_link(release: CatalogueEntry, dataset: str, table: str, language: str) -> tuple[str, str]:
    """A table in words, and the address of its page pinned to a release."""
    axes = axes_of(dataset, table)
    by = f"by={table}&" if table else ""
    address = f"{address_of('table', language, dataset=dataset)}?{by}release={release.id}"
    return heading(READABLE[dataset], axes, language), address


LEAD = Text(
    "{} partnere skulle indberette for perioden, da udgivelsen blev dannet.",
    "{} partners were expected to report on the period when the release was built.",
)
LEAD_OF_ONE = Text(
    "1 partner skulle indberette for perioden, da udgivelsen blev dannet.",
    "1 partner was expected to report on the period when the release was built.",
)


def coverage_lines(release: str, language: str) -> dict[str, Any] | None:
    """How many of the expected partners had reported, never by name. None without a note, or where none was expected."""
    note = notes_of([release]).get(release)
    if note is None or not note["expected"]:
        return None
    return {
        "words": {name: text(language) for name, text in COVERAGE.items()},
        "lead": (LEAD_OF_ONE if note["expected"] == 1 else LEAD)(language).format(note["expected"]),
        "rows": [{**row, "kind": kinds_in_words(row["kinds"])(language)} for row in note["rows"]],
        "of_all": [words(language).format(note[name]) for name, words in OF_ALL_PARTNERS.items() if note[name]],
    }


OTHERS = Text("Andre medarbejdere", "Other staff")


def access_lines(release: str, language: str) -> Iterator[str]:
    """A line for each role: how many could see a draft, and how many did. None of releases of before it was kept. One statement.

    By number, and never by name (European Statistics Code of Practice, 6.7).
    """
    rows = PreReleaseAccess.objects.filter(release_id=release).values("roles").order_by("roles")
    for row in rows.annotate(persons=Count("pk"), lookers=Count("pk", filter=Q(looks__gt=0))):
        yield access_line(row["roles"], row["persons"], row["lookers"])(language)


def access_line(roles: str, persons: int, lookers: int) -> Text:
    """One role, or several that the same persons have."""
    names = [ROLE_WORDS[name] for name in roles.split(",") if name in ROLE_WORDS] or [OTHERS]
    da, en = (" og ".join(each.da for each in names), " and ".join(each.en for each in names))
    if persons == 1:
        verb = Text("så", "looked") if lookers else Text("ikke så", "did not look")
        return Text(f"{da}: 1 person, som {verb.da} udkastet.", f"{en}: 1 person, who {verb.en} at it.")
    return Text(
        f"{da}: {persons} personer, hvoraf {lookers or 'ingen'} så udkastet.",
        f"{en}: {persons} persons, of whom {lookers or 'none'} looked at it.",
    )
