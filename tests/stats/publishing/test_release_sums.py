"""Counts of services in a release: reported, built with its persons, published, read back from what was published, and verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.db import connection, transaction

from partners.kinds import Mode
from partners.models import Partner
from stats.errors import ReleaseRefused
from stats.models import (
    AUTHORITY,
    PUBLIC,
    Certificate,
    Proof,
    ProtectedTable,
    PublishedSumCoverage,
    PublishedSumTable,
    PublishedSumTold,
    SumLeaf,
)
from stats.periods import Period
from stats.protection.verify.certificate import check_certificate
from stats.publishing import checks, facts, planning, release_sums
from stats.sums.datasets import SUM_DATASETS
from stats.sums.leaves import read_coverage, read_snapshot
from tests.cases.services.world import assign_all
from tests.notices import world as notices
from tests.stats.publishing.town import Town, build, publish
from tests.stats.records import partner
from tests.stats.sums.year import MOMENTS, YEAR, Figure, ReportedYear

FIRST, SECOND = MOMENTS
OUTREACH, CALLS, SITUATION = "outreach.contacts", "hotline.calls", "situation.situation"
T, DEVIATION = 5, 5
LATE = 60 * 24 * 300  # minutes after the first persons: between the two moments


@pytest.fixture
def year(town: Town, monkeypatch: pytest.MonkeyPatch) -> ReportedYear:
    """The persons of a year, twelve more who came late, and what some organisations counted beside. Nobody else says anything."""
    monkeypatch.setattr(facts, "facts_of_years", lambda *_: ())
    town.year(YEAR)
    town.enter(12, f"{YEAR}-05", minutes=LATE)
    reporting = [*town.ngos, partner(), town.centre, partner("POLICE"), partner(mode=Mode.TEST)]
    assign_all(reporting[:-1], date(YEAR - 1, 1, 1), FIRST - timedelta(days=60))
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


def test_a_later_vintage_and_a_quarter_for_authorities_stand_beside_the_first(year: ReportedYear) -> None:
    sums = [OUTREACH, CALLS]
    first = issue(str(YEAR), PUBLIC, FIRST, sums)
    quarter = issue(f"{YEAR}-Q2", AUTHORITY, SECOND, sums)
    with pytest.raises(ReleaseRefused, match=r"has all counts of 2024\.p1; hotline\.calls is missing"):
        build(str(YEAR), PUBLIC, [""], as_of=SECOND, sums=[OUTREACH])
    second = issue(str(YEAR), PUBLIC, SECOND, sums)
    expected = year.figures(SECOND, without=year.partners[-1])
    assert all(value in (None, expected[name]) for name, value in printed(second, public=True))
    noisy = [(expected[name], value, name) for name, value in printed(quarter, public=False) if value is not None]
    assert any(true != value for true, value, _ in noisy)
    for true, value, (form, table, measure, _, codes) in noisy:
        of_persons = SUM_DATASETS[f"{form}.{table}".lower()].measures[measure].is_of_persons_with(dict(codes))
        assert abs(true - value) <= (DEVIATION if of_persons else 0)
        assert value >= T or not of_persons
    # What anybody may compute of the first vintage is told anew with the second; authorities are told nothing of hidden cells.
    assert set(PublishedSumTold.objects.values_list("release_id", "of_id").distinct()) == {
        (first, first), (second, first), (second, second)
    }  # fmt: skip
    for release in (first, quarter, second):
        assert [each for each in checks.verify(release) if not each.passed] == []
    covered = PublishedSumCoverage.objects.get(release=second, dataset=CALLS)
    known = year.known(SECOND, without=year.partners[-1])
    assert covered.knowing == {name: known["HOTLINE", "calls", name] for name in covered.knowing}
    assert (covered.due, covered.came) == (0, 0)


def test_what_was_due_is_as_known_then_also_once_another_crisis_is_declared(year: ReportedYear) -> None:
    Partner.objects.filter(pk=partner().pk).update(created_at=f"{YEAR}-01-01T00:00Z")
    of, period = SUM_DATASETS[SITUATION], Period.parse(str(YEAR))
    assert period is not None
    notices.declare(started_on=date(YEAR, 12, 18))
    release = issue(str(YEAR), PUBLIC, FIRST, [SITUATION])
    sealed = PublishedSumCoverage.objects.get(release=release, dataset=SITUATION)
    assert (sealed.due, sealed.came) == (2, 0)
    notices.declare(code="another", started_on=date(YEAR, 10, 1), declared_at=FIRST + timedelta(days=1))
    again = [read_coverage(of, period, at, read_snapshot(of, period, at)) for at in MOMENTS]
    assert again[0].as_row() == {name: getattr(sealed, name) for name in again[0].as_row()}
    assert again[1].due == sealed.due
    assert [each for each in checks.verify(release) if not each.passed] == []


def test_a_release_without_counts_is_what_it_was(year: ReportedYear) -> None:
    built = build(str(YEAR), PUBLIC, [""], as_of=FIRST).release
    proof = Proof.objects.get(pk=built.pk)
    for stored in (built.settings, proof.report, proof.margins):
        assert "sums" not in stored
    assert {*built.records} == {*built.cells} == {*built.snapshots} == {"persons"}
    assert built.codelists == {}
    assert built.digest == planning.published_digest(ProtectedTable.objects.filter(release_id=built.pk))
    assert not SumLeaf.objects.exists()
    assert not any("dataset" in block for block in proof.certificate["blocks"])


def test_a_draft_passes_where_all_of_it_does(year: ReportedYear, monkeypatch: pytest.MonkeyPatch) -> None:
    protect = release_sums.protect_one
    monkeypatch.setattr(release_sums, "protect_one", lambda plan: replace(protect(plan), passed=False))
    built = build(str(YEAR), PUBLIC, [""], as_of=FIRST, sums=[CALLS])
    proof = Proof.objects.get(pk=built.release.pk)
    assert (built.passed, proof.passed, proof.certificate) == (False, False, {})
    with pytest.raises(ReleaseRefused, match="did not pass"):
        publish(built)


def test_the_same_reports_are_the_same_draft_and_others_are_another(year: ReportedYear) -> None:
    first = build(str(YEAR), PUBLIC, [""], as_of=FIRST, sums=[CALLS])
    assert not build(str(YEAR), PUBLIC, [""], as_of=FIRST, sums=[CALLS]).created
    without = build(str(YEAR), PUBLIC, [""], as_of=FIRST)
    assert without.created
    # The persons are the same, and so is the key: whoever does not like the noise cannot draw again.
    assert without.release.commitment == first.release.commitment
    year_after = FIRST + timedelta(days=40)
    assert build(str(YEAR), PUBLIC, [""], as_of=year_after, sums=[CALLS]).created


def test_what_was_altered_is_found(year: ReportedYear) -> None:
    release = issue(str(YEAR), PUBLIC, FIRST, [CALLS])

    def failing(statement: str) -> list[str]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {statement.split()[1]} DISABLE TRIGGER USER")
            cursor.execute(statement)
            found = [each.name for each in checks.verify(release) if each.passed is False]
            transaction.set_rollback(True)
        return found

    assert failing("UPDATE statistics_publishedsumtable SET counts[1] = counts[1] + 1") == [
        "the published cells have the release's digest"
    ]
    assert failing("UPDATE statistics_publishedsumcoverage SET came = came + 1") == [
        "what is published beside sums is the draft's"
    ]
    of_reports, of_figures = (
        f"{CALLS}: {what}" for what in ("the reports are those counted", "every figure shown is the sum of the reports")
    )
    assert of_reports in failing("UPDATE services_countreport SET superseded_at = recorded_at WHERE form = 'HOTLINE'")
    assert of_figures in failing("UPDATE build.statistics_sumleaf SET value = value + 1")
