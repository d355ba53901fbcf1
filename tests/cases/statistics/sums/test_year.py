"""A year of all forms, published twice: every figure that is shown is what was reported, and each release stands by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from django.utils import timezone

from cases.statistics.errors import ReleaseRefused
from cases.statistics.models import AUTHORITY, PUBLIC
from cases.statistics.periods import Period
from cases.statistics.protection.verify.certificate import check_certificate
from cases.statistics.sums.authority import protect_sums_for_authorities
from cases.statistics.sums.coverage import SumCoverage, read_coverage
from cases.statistics.sums.datasets import SUM_DATASETS, SumDataset
from cases.statistics.sums.leaves import read_snapshot
from cases.statistics.sums.planning import plan_sums, take_source
from cases.statistics.sums.public import protect_sums
from cases.statistics.sums.sources import SumSource
from partners.kinds import Mode
from tests.cases.services.world import assign, assign_all
from tests.cases.statistics.records import partner
from tests.cases.statistics.sums.year import MOMENTS, YEAR, ReportedYear

KEY = sha256(b"a year").digest()
DEVIATION, T = 5, 5


def period_of(text: str) -> Period:
    """A period."""
    period = Period.parse(text)
    assert period is not None
    return period


@pytest.fixture
def reported(db: None) -> ReportedYear:
    """A year of four organisations, the centre and the police, and of one in test mode, which comes last."""
    partners = [
        partner(),
        partner(),
        partner(),
        partner(),
        partner("CENTRE"),
        partner("POLICE"),
        partner(mode=Mode.TEST),
    ]
    assign_all(partners[:-1], date(YEAR - 1, 1, 1), MOMENTS[0] - timedelta(days=60))
    made = ReportedYear(partners)
    made.write()
    return made


def vintages(of: SumDataset, reported: ReportedYear) -> tuple[SumSource, ...]:
    """Two releases of the year for everybody, checked as they are made. One that fails its audit is not published."""
    sources: tuple[SumSource, ...] = ()
    for number, moment in enumerate(MOMENTS, 1):
        expected = reported.figures(moment, without=reported.partners[-1])
        source, _ = take_source(of, f"{YEAR}.p{number}", PUBLIC, period_of(str(YEAR)), moment)
        release = protect_sums(plan_sums(of, source, sources, KEY))
        for (measure, table, codes), value in release.shown.items():
            by_code = tuple(zip(table, codes, strict=True))
            assert value == expected[of.form.id, of.table.name, measure, str(YEAR), by_code]
        assert release.passed == bool(release.certificate)
        if release.passed:
            assert all(each.passed for each in check_certificate(release.certificate))
            sources = (*sources, replace(source, shown=release.shown))
    return sources


def test_every_figure_of_two_vintages_is_what_was_reported(reported: ReportedYear) -> None:
    releases = {of.id: vintages(of, reported) for of in SUM_DATASETS.values()}
    assert all(sources and sources[0].shown for sources in releases.values())
    # Numbers by chance are thin, and half of them were corrected. Each dataset has a second vintage all the same.
    assert [name for name, sources in releases.items() if len(sources) == 1] == []


def test_authorities_read_every_figure_of_a_quarter_with_its_noise(reported: ReportedYear) -> None:
    moment = MOMENTS[1]
    expected = reported.figures(moment, without=reported.partners[-1])
    for of in (each for each in SUM_DATASETS.values() if not each.yearly):
        earlier = vintages(of, reported) if of.id == "outreach.contacts" else ()
        source, _ = take_source(of, f"{YEAR}-Q2.a1", AUTHORITY, period_of(f"{YEAR}-Q2"), moment)
        release = protect_sums_for_authorities(plan_sums(of, source, earlier, KEY))
        assert release.passed, of.id
        for (measure, table, codes), value in release.shown.items():
            by_code = tuple(zip(table, codes, strict=True))
            true = expected[of.form.id, of.table.name, measure, f"{YEAR}-Q2", by_code]
            noise = DEVIATION if of.measures[measure].is_of_persons else 0
            assert abs(value - true) <= noise
            assert value >= T or not noise


def test_beside_a_dataset_stands_who_is_behind_it(reported: ReportedYear) -> None:
    of = SUM_DATASETS["outreach.contacts"]
    source, snapshot = take_source(of, f"{YEAR}.p1", PUBLIC, period_of(str(YEAR)), MOMENTS[1])
    # The partners of a test are of today, and nobody expected anything of them before.
    found = read_coverage(of, source.period, source.as_of, snapshot)
    assert (found.due, found.came, found.beside) == (0, 0, snapshot.reports)
    found = read_coverage(of, source.period, timezone.now(), snapshot)
    assert (found.due, found.came, found.beside) == (12 * 6, snapshot.reports, 0)
    assert found.knowing == snapshot.knowing
    assert not found.is_whole


@pytest.mark.django_db
def test_what_a_partner_has_not_to_report_counts_in_no_figure() -> None:
    """A stolen key of an organisation writes into no form of the police, and staff take out what it wrote into its own."""
    hotline, outreach = SUM_DATASETS["hotline.calls"], SUM_DATASETS["outreach.visits"]
    robbed, centre, year = partner(), partner("CENTRE"), period_of(str(YEAR))
    ReportedYear([robbed, centre]).write()
    now = timezone.now()

    def reporters(of: SumDataset, at: datetime = now) -> set[UUID]:
        """Whose numbers the figures of a dataset are of."""
        return {leaf.partner for leaf in read_snapshot(of, year, at).leaves}

    assert (reporters(hotline), reporters(outreach)) == ({centre.pk}, {robbed.pk, centre.pk})
    assign(robbed, outreach.form, date(YEAR, 1, 1), reports=False)
    assert (reporters(outreach), reporters(outreach, timezone.now())) == ({robbed.pk, centre.pk}, {centre.pk})


def test_a_dataset_is_whole_where_all_came_and_know_everything() -> None:
    assert SumCoverage(3, 3, 1, {"visits": 4}).is_whole
    assert not SumCoverage(3, 3, 1, {"visits": 3}).is_whole
    assert not SumCoverage(4, 3, 1, {"visits": 4}).is_whole
    assert not SumCoverage(0, 0, 1, {"visits": 1}).is_whole


@pytest.mark.parametrize(
    ("dataset", "audience", "period"),
    [
        ("outreach.contacts", PUBLIC, "2024-Q1"),
        ("outreach.contacts", PUBLIC, "2023-2024"),
        ("outreach.contacts", AUTHORITY, "2024"),
        ("justice.suspects", AUTHORITY, "2024-Q1"),
    ],
)
def test_the_public_reads_years_and_authorities_quarters(db: None, dataset: str, audience: str, period: str) -> None:
    of = SUM_DATASETS[dataset]
    source, _ = take_source(of, "x", audience, period_of(period), MOMENTS[0])
    with pytest.raises(ReleaseRefused):
        plan_sums(of, source, (), KEY)


def test_a_vintage_is_later_and_has_the_tables_of_the_last(db: None) -> None:
    of, year = SUM_DATASETS["outreach.contacts"], period_of(str(YEAR))
    first, _ = take_source(of, "2024.p1", PUBLIC, year, MOMENTS[1])
    sooner, _ = take_source(of, "2024.p2", PUBLIC, year, MOMENTS[0])
    fewer = replace(
        take_source(of, "2024.p2", PUBLIC, year, MOMENTS[1], [("region",)])[0], as_of=MOMENTS[1].replace(year=2026)
    )
    for source in (sooner, fewer):
        with pytest.raises(ReleaseRefused):
            plan_sums(of, source, (first,), KEY)
    with pytest.raises(ReleaseRefused):
        take_source(of, "2024.p1", PUBLIC, year, MOMENTS[1], [("region", "gender")])
