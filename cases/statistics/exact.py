"""The one door to exact figures. Whoever opens it says for what, and the log row is written before a figure leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cases.codelists.types import Text
from cases.statistics import catalogue, read
from cases.statistics.catalogue import Shown
from cases.statistics.models import Release
from cases.statistics.query import Query
from partners import audit
from partners.audit import Actor


class Purpose(StrEnum):
    """What exact figures are read for."""

    ANNUAL_REPORT = "annual-report"
    PARLIAMENT_QUESTION = "parliament-question"
    INTERNATIONAL_REPORT = "international-report"
    QUALITY_CONTROL = "quality-control"
    RESEARCH = "research"


NOT_FOR_PUBLICATION = Text(
    "Nøjagtige tal: ikke til offentliggørelse. En celle kan udpege en person.",
    "Exact figures: not for publication. A cell can point at a person.",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A query that was logged, and the releases that answer it."""

    query: Query
    shown: Sequence[Shown]

    @property
    def key(self) -> tuple[str, ...]:
        """What the answer is a function of: the query and the cells of its releases."""
        releases = [one for each in self.shown for one in (each.release, each.before) if one]
        return (self.query.canonical, *(f"{one.id} {one.as_of.isoformat()} {one.digest}" for one in releases))

    def figures(self) -> read.Figures:
        """The figures."""
        return read.figures(self.query, self.shown)


def open_query(*, by: Actor, purpose: Purpose, query: Query) -> Opened:
    """Choose the releases, log who asks what for which purpose, and give access. Raises `QueryRefused`, not logged."""
    shown = catalogue.select(query)
    audit.record(
        by=by,
        action="statistics.exact",
        subject=query.dataset.id,
        purpose=purpose,
        query=query.canonical,
        releases=[each.release.id for each in shown],
        compared_with=[each.before.id for each in shown if each.before],
    )
    return Opened(query, shown)


def open_totals(*, by: Actor, purpose: Purpose, release: Release) -> dict[str, object]:
    """How many records and cells a release has, logged like any other figure."""
    audit.record(by=by, action="statistics.exact", subject=release.pk, purpose=purpose, releases=[release.pk])
    return {"records": release.records, "cells": release.cells}
