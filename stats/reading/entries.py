"""A release in the catalogue, without its figures: ours with how it was made, an external one with where its figures stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, Self

from cases.dimensions import Axis, Dataset, table_id
from cases.months import COPENHAGEN
from stats.counting.cube import Options
from stats.periods import Period
from stats.published import Figure, FigureKind, SourceDocument, StatedChange
from stats.reading.announcements import NONE, Announcements, WithdrawalNotice
from stats.reading.selection import is_in_force


@dataclass(frozen=True, slots=True)
class Terms:
    """The ids of each dataset's tables, and how they were protected.

    An exact release has `options` instead: every table that they allow, of which it lists none.
    No shown cell of a protected release is under `threshold`, unless it is zero and public; without a threshold nothing is hidden.
    `deviation` and `variance` are of the noise on the figures of authorities.
    """

    tables: Mapping[str, tuple[str, ...]]
    threshold: int | None = None
    deviation: int = 0
    variance: int = 0
    options: Options | None = None

    @classmethod
    def exact(cls, options: Options) -> Self:
        return cls(dict.fromkeys(options.dimensions, ()), options=options)

    @classmethod
    def of_protected(cls, settings: Mapping[str, Any], sums: Mapping[str, tuple[str, ...]]) -> Self:
        """The terms of a protected release, as it is stored. `sums`: the tables of its datasets of sums."""
        tables = {dataset: tuple(tables) for dataset, tables in settings["tables"].items()}
        return cls({**tables, **sums}, settings["threshold"], settings["deviation"], settings["variance"])


@dataclass(frozen=True)
class Provenance:
    """The figures that others published of a period at one moment. A release of ours has none.

    `stated`: the percentages that the sources state themselves. `digest`: of all of it.
    """

    figures: tuple[Figure, ...] = ()
    stated_changes: tuple[StatedChange, ...] = ()
    digest: str = ""

    @cached_property
    def kinds(self) -> tuple[FigureKind, ...]:
        """How firm the figures are, each kind once."""
        kinds_known = {figure.kind for figure in self.figures}
        return tuple(kind for kind in FigureKind if kind in kinds_known)

    @cached_property
    def sources(self) -> tuple[SourceDocument, ...]:
        """The documents that the figures stand in, each once, in the order of the figures."""
        return tuple(dict.fromkeys(figure.origin for figure in self.figures if figure.origin))

    @cached_property
    def latest(self) -> SourceDocument | None:
        """The latest of the sources, one of a year at the end of it; None where the date of one of them is not known."""
        documents = [(source.by, source.published, source) for source in self.sources if source.by]
        if not documents or len(documents) < len(self.sources):
            return None
        return max(documents, key=lambda each: each[:2])[-1]

    @property
    def publication_date(self) -> str | None:
        """The day or year of the latest source, where it is known."""
        return self.latest.published if self.latest else None

    @property
    def day(self) -> date | None:
        """The day of publication, where it is known to the day."""
        return self.latest.day if self.latest else None

    @cached_property
    def since(self) -> datetime | None:
        """The moment from which it is known to have been published: its day, or the end of its year; None for not known."""
        return datetime.combine(self.latest.by, time(), COPENHAGEN) if self.latest and self.latest.by else None


NOWHERE = Provenance()


# The kinds of releases, as answers name them: what we counted ourselves, and what others published.
OWN, EXTERNAL = "own", "elsewhere"


@dataclass(frozen=True, slots=True)
class Telling:
    """A release that, once it was published, told something of hidden cells."""

    release: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A release as its readers may know it.

    An external one was never built, and its other moments are None where they are not known. `tellings`: the releases with whose
    publication something was told of its hidden cells, each with the moment, the oldest first. `invented`: that nobody is counted
    in it. What others published is real, whatever database it is read beside.
    """

    id: str
    audience: str
    period: Period
    vintage: int
    as_of: datetime | None
    built_at: datetime | None
    terms: Terms
    codelists: dict[str, str]
    notes: tuple[str, ...]
    commitment: str = ""
    published_at: datetime | None = None
    withdrawal: WithdrawalNotice | None = None
    offered_tables: frozenset[str] = frozenset()
    announcements: Announcements = NONE
    kind: str = OWN
    provenance: Provenance = NOWHERE
    tellings: tuple[Telling, ...] = ()
    invented: bool = False

    @property
    def key(self) -> str:
        """What its answers are a function of, beside the query: it never changes, but may be withdrawn or have errata.

        The moment of its publication is told to the microsecond; those of its build are not.
        """
        replacement = f" {self.withdrawal.replacement or '-'}" if self.withdrawal else ""
        moments = " ".join(moment.isoformat() for moment in (self.as_of, self.built_at, self.published_at) if moment)
        return f"{self.id} {self.provenance.digest or moments}{replacement} {self.announcements.key}".rstrip()

    def tellings_at(self, moment: datetime | None) -> tuple[str, ...]:
        """The releases with which something had been told of its hidden cells at a moment (None: now), the newest last."""
        return tuple(each.release for each in self.tellings if is_in_force(moment, each.at, None))

    def key_at(self, moment: datetime | None) -> str:
        """What its tables are a function of at a moment: a later release may narrow what is told of hidden cells."""
        return f"{self.key} {' '.join(self.tellings_at(moment)[-1:])}".rstrip()

    @property
    def build_moments(self) -> tuple[datetime, datetime]:
        """The moment that a release of ours looks at, and the one at which it was built. An external one has none."""
        if self.as_of is None or self.built_at is None:
            raise LookupError("a release that nobody built")
        return self.as_of, self.built_at

    @property
    def since(self) -> datetime | None:
        """The moment from which it could be read; None where that is not known."""
        return self.provenance.since or self.published_at or self.built_at

    @property
    def is_gone(self) -> bool:
        """Whether it was withdrawn and has no replacement: then its tables are answered no more, as of no moment."""
        return self.withdrawal is not None and not self.withdrawal.is_replaced

    def is_in_force(self, moment: datetime | None) -> bool:
        """Whether it was there to be read at a moment (None: now) and not withdrawn."""
        return not self.is_gone and is_in_force(moment, self.since, self.withdrawal.at if self.withdrawal else None)

    def offers(self, dataset: Dataset, axes: Sequence[Axis]) -> bool:
        """Whether it answers with the table of these axes."""
        if self.terms.options is not None:
            return self.terms.options.offer(dataset, axes) and all(axis.is_in(self.codelists) for axis in axes)
        return offer_id(dataset.id, table_id(axes)) in self.offered_tables

    def has_tables_of(self, dataset: Dataset) -> bool:
        """Whether it answers with any table of a dataset."""
        return any(name.partition(":")[0] == dataset.id for name in self.offered_tables)

    def has(self, dataset: str, table: str) -> bool:
        """Whether it says something of a table's cells, offered by itself or not. An exact release lists no tables."""
        return table in self.terms.tables.get(dataset, ())


@dataclass(frozen=True, slots=True)
class PeriodReleases:
    """The release that answers a query for a period, and the one of the year before where it is compared with one.

    Their margins are looked for in `sources` and `sources_before`, in that order. `hiding`: where what others published answers,
    our public releases of the same period, whether they stand or were withdrawn: what they hide is computed of no figures.
    """

    release: CatalogueEntry
    before: CatalogueEntry | None
    sources: tuple[CatalogueEntry, ...] = ()
    sources_before: tuple[CatalogueEntry, ...] = ()
    hiding: tuple[CatalogueEntry, ...] = ()

    @property
    def compares_ours(self) -> bool:
        """Whether it compares a release of ours with one of ours. What another producer counted may be of something else."""
        return self.before is not None and self.release.kind == self.before.kind == OWN

    @property
    def crosses_break(self) -> bool:
        """Whether the year before was counted by another producer: then no change is computed."""
        return self.before is not None and self.before.kind != self.release.kind

    def source_of_bounds(self, moment: datetime | None) -> str | None:
        """The newest release that tells something of the hidden cells of what answers the period. None: nothing is told."""
        tellings = [each for one in self.sources for each in one.tellings if is_in_force(moment, each.at, None)]
        return max(tellings, key=lambda each: (each.at, each.release)).release if tellings else None

    @property
    def releases(self) -> tuple[CatalogueEntry, ...]:
        """Every release that a figure of the answer may come from."""
        return tuple({one.id: one for one in (*self.sources, *self.sources_before)}.values())


def tellings_of(releases: Iterable[CatalogueEntry], moment: datetime | None) -> list[str]:
    """The releases with which something had been told of hidden cells of some releases at a moment (None: now), the newest last."""
    entries = [*releases]
    tellings = {(each.at, each.release) for one in entries for each in one.tellings}
    in_force = frozenset(name for one in entries for name in one.tellings_at(moment))
    return [name for _, name in sorted(tellings) if name in in_force]


def offer_id(dataset: str, table: str) -> str:
    """How a table of a dataset is named among those that a release offers."""
    return f"{dataset}:{table}"


def latest(releases: Iterable[CatalogueEntry]) -> dict[str, CatalogueEntry]:
    """The first release of each period."""
    newest: dict[str, CatalogueEntry] = {}
    for release in releases:
        newest.setdefault(release.period.id, release)
    return newest
