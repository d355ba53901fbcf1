"""Counts of services in a release: reported, built with its persons, published, read back from what was published, and verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import product

import pytest

from cases.statistics.models import (
    PUBLIC,
    Certificate,
    PublishedSumTable,
    PublishedSumTold,
)
from cases.statistics.protection.verify.certificate import check_certificate
from cases.statistics.publishing import checks, facts
from cases.statistics.sums.datasets import SUM_DATASETS
from partners.kinds import Mode
from tests.cases.statistics.publishing.town import Town, build, publish
from tests.cases.statistics.records import partner
from tests.cases.statistics.sums.year import MOMENTS, YEAR, Figure, ReportedYear

FIRST, SECOND = MOMENTS
OUTREACH, CALLS = "outreach.contacts", "hotline.calls"
T, DEVIATION = 5, 5
LATE = 60 * 24 * 300  # minutes after the first persons: between the two moments


@pytest.fixture
def year(town: Town, monkeypatch: pytest.MonkeyPatch) -> ReportedYear:
    """The persons of a year, twelve more who came late, and what some organisations counted beside. Nobody else says anything."""
    monkeypatch.setattr(facts, "facts_of_years", lambda *_: ())
    town.year(YEAR)
    town.enter(12, f"{YEAR}-05", minutes=LATE)
    reporting = [*town.ngos, partner(), town.centre, partner("POLICE"), partner(mode=Mode.TEST)]
    reported = ReportedYear(reporting)
    reported.write()
    return reported


def issue(period: str, audience: str, as_of: datetime, sums: Iterable[str]) -> str:
    """Build a release with its sums, and publish it."""
    built = build(period, audience, [""], as_of=as_of, sums=sums)
    assert built.passed
    return publish(built)


def printed(release: str, *, public: bool) -> Iterator[tuple[Figure, int | None]]:
    """Every figure of a release as everybody may read it: its number, or None where it is hidden."""
    for row in PublishedSumTable.objects.filter(release=release):
        of, table = SUM_DATASETS[row.dataset], [name for name in row.axes.split(",") if name]
        shown = dict(zip(row.codes, row.counts, strict=True))
        for codes in product(*(of.codes[name] for name in table)):
            name = "|".join(codes)
            value = shown.get(name, 0 if public and name not in row.hidden else None)
            period = release.partition(".")[0]
            yield (of.form.id, of.table.name, row.measure, period, tuple(zip(table, codes, strict=True))), value


def test_every_figure_that_is_published_is_what_was_reported(year: ReportedYear) -> None:
    release = issue(str(YEAR), PUBLIC, FIRST, SUM_DATASETS)
    expected = year.figures(FIRST, without=year.partners[-1])
    figures = dict(printed(release, public=True))
    assert {name for name, value in figures.items() if value != expected[name] and value is not None} == set()
    assert len([value for value in figures.values() if value]) > len(SUM_DATASETS)
    told = PublishedSumTold.objects.filter(release=release, of=release)
    assert told.exists()
    for row in told:
        of = SUM_DATASETS[row.dataset]
        for code, least, most in zip(row.codes, row.least, row.most, strict=True):
            codes = tuple(zip(filter(None, row.axes.split(",")), code.split("|"), strict=False))
            true = expected[of.form.id, of.table.name, row.measure, str(YEAR), codes]
            assert least <= true <= (true if most is None else most)
    assert all(each.passed for each in checks.verify(release))
    certificate = Certificate.objects.get(pk=release).body
    assert {block.get("dataset") for block in certificate["blocks"]} == {None, *SUM_DATASETS}
    assert all(each.passed for each in check_certificate(certificate))
