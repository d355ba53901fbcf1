"""Where the figures of an external release stand: what others published, and when it is known to have been there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from cases.months import COPENHAGEN
from stats.published import Figure, FigureKind, SourceDocument, StatedChange


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
