"""A year of all forms, published twice: every figure that is shown is what was reported, and each release stands by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from cases.services.forms import FORMS
from notices.models import CrisisEnd
from partners.kinds import Mode
from partners.models import AuditEvent, Partner
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC
from stats.periods import Period
from stats.protection.verify.certificate import check_certificate
from stats.sums.authority import protect_sums_for_authorities
from stats.sums.datasets import SUM_DATASETS, SumDataset
from stats.sums.leaves import SumCoverage, read_coverage, read_snapshot
from stats.sums.planning import check_sums, make_plan, take_source
from stats.sums.public import protect_sums
from stats.sums.sources import SumSource
from stats.sums.views import SumPlan
from stats.umbrellas import umbrellas_now
from tests.cases.services.world import assign, assign_all
from tests.notices import world as notices
from tests.stats.records import partner
from tests.stats.sums.year import MOMENTS, YEAR, ReportedYear, quarter_of

KEY = sha256(b"a year").digest()
DEVIATION, T = 5, 5


def plan_sums(of: SumDataset, source: SumSource, earlier: Iterable[SumSource], key: bytes) -> SumPlan:
    """The plan of a release to come, with the umbrellas of now. Raises `ReleaseRefused`."""
    plan = replace(make_plan(of, source, earlier, umbrellas_now()), key=key)
    check_sums(plan)
    return plan


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
    since, said_at = date(YEAR - 1, 1, 1), MOMENTS[0] - timedelta(days=60)
    # Of two of them staff have said nothing of what is asked for in a crisis.
    for who, form in product(partners[:2], FORMS.values()):
        if not form.only_in_crisis:
            assign(who, form, since, said_at=said_at)
    assign_all(partners[2:-1], since, said_at)
    made = ReportedYear(partners, unsaid={each.pk for each in partners[:2]})
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
    # Fewer than five judgments of the whole year are of fewer than five defendants.
    assert [name for name, sources in releases.items() if not sources or not sources[0].shown] == ["justice.judgments"]
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
            noise = DEVIATION if of.is_of_persons(measure, table, codes) else 0
            assert abs(value - true) <= noise
            assert value >= T or not noise


def have_a_year(reported: ReportedYear) -> None:
    """A crisis that is declared after it began, of which it is said between the two moments that it ended; and a partner closes."""
    Partner.objects.update(created_at=MOMENTS[0] - timedelta(days=900))
    declared_at = datetime(YEAR, 2, 21, 12, tzinfo=UTC)
    crisis = notices.declare(started_on=date(YEAR, 1, 10), declared_at=declared_at)
    ended_on = date(YEAR, 6, 27)
    CrisisEnd.objects.create(of=crisis, ended_on=ended_on, user=notices.writer(), ended_at=MOMENTS[0] + timedelta(1))
    # The week before the declaration was due on its day.
    reported.crisis = dict(
        zip(MOMENTS, ((date(YEAR, 2, 18), day) for day in (MOMENTS[0].date(), ended_on)), strict=True)
    )
    shut = reported.partners[1]
    Partner.objects.filter(pk=shut.pk).update(active=False)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL henvis.restore = 'on'")
        details: dict[str, Any] = {"action": "partner.change", "subject": str(shut.pk), "detail": {"active": False}}
        AuditEvent.objects.create(**details, at=datetime(YEAR, 9, 15, 12, tzinfo=UTC))
        cursor.execute("SET LOCAL henvis.restore = 'off'")
    reported.closed = {shut.pk: date(YEAR, 9, 15)}


def test_beside_every_dataset_stands_who_is_behind_it(reported: ReportedYear) -> None:
    have_a_year(reported)
    of_test, year, number_due = reported.partners[-1], period_of(str(YEAR)), {}
    for of, moment in product(SUM_DATASETS.values(), MOMENTS):
        found = read_coverage(of, year, moment, read_snapshot(of, year, moment))
        due = reported.due(of.form, moment, without=of_test)
        # Who has reported, whether it was nothing or not known, by the partner and the first day.
        there = {
            (who, first)
            for who, form, first in reported.current[moment]
            if form == of.form.id and who != of_test.pk and quarter_of(of.form, first).startswith(str(YEAR))
        }
        assert (found.due, found.came, found.beside) == (len(due), len(due & there), len(there - due)), (of.id, moment)
        known = reported.known(moment, without=of_test)
        assert found.knowing == {name: known[of.form.id, of.table.name, name] for name in of.measures}
        assert not found.is_whole
        number_due[of.form.id, moment] = found.due
    # Four of six report each week. Of the two others the crisis asks, as long as it was known to last, and until one closed.
    first, second = (number_due["SITUATION", each] for each in MOMENTS)
    assert (first, second) == (4 * 52 + 46 + 30, 4 * 52 + 20 + 20)


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
