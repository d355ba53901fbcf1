"""Every record of a sandbox is valid, every history is one that the API could have written, and the seed determines all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from cases import tokens
from cases.codelists import OUTCOME
from cases.dictionary import ASSESSMENT, REFERRAL
from cases.fields import TokenField
from cases.intake import rules
from cases.intake.checks.content import content_digest
from cases.intake.checks.counts import History
from cases.intake.checks.delivery import DeliveryTally
from cases.intake.checks.rows import row_checks
from cases.intake.findings import Finding
from cases.intake.submit import COLUMNS
from cases.models import Assessment, Case, Referral
from cases.rules import ASSESSMENT_RULES, REFERRAL_RULES
from cases.services import content
from cases.services.forms import FORMS
from cases.services.models import CountReport
from cases.services.periods import CountPeriod
from sandbox import rows
from sandbox.counts import reports
from sandbox.counts.reports import Coming
from sandbox.organisations import LIVE
from tests.cases.sandbox_world import Row, World, by_case, current, load_world

CONTENT = (*COLUMNS, "case_id")
# A sandbox of any size reuses its persons in other decades, whose borders were other ones. It has no counts.
OF_ITS_TIME = pytest.mark.parametrize("world", ["published"], indirect=True)


@pytest.fixture(scope="module", params=["published", "of any size"])
def world(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The default sandbox, and one of 3,000 persons."""
    options: dict[str, Any] = {} if request.param == "published" else {"persons": 3_000, "years": (2001, 2002, 2024)}
    with django_db_blocker.unblock(), load_world(**options) as world:
        yield world


def test_every_referral_keeps_every_rule(world: World) -> None:
    fields = tuple(field for field in REFERRAL if not isinstance(field, TokenField))
    for row in world.referrals:
        rules.check(fields, REFERRAL_RULES, row)


def test_every_assessment_keeps_every_rule(world: World) -> None:
    for row in world.assessments:
        rules.check(ASSESSMENT, ASSESSMENT_RULES, row)


def test_sets_are_stored_sorted_without_repeats(world: World) -> None:
    for row in world.referrals:
        for name in ("exploitation_also", "means_of_control", "services_needed", "services_given"):
            assert row[name] == sorted(set(row[name]))


def test_versions_follow_one_another(world: World) -> None:
    now = timezone.now()
    for history in histories(world.referrals, "partner_id", "reference") + histories(
        world.assessments, "case_id", "partner_id"
    ):
        assert [row["version"] for row in history] == list(range(1, len(history) + 1))
        for row, following in zip(history, [*history[1:], None], strict=True):
            assert row["superseded_at"] == (following["recorded_at"] if following else None)
            assert row["recorded_at"] < (row["superseded_at"] or now)


def test_referrals_go_the_way_that_the_api_lets_them(world: World) -> None:
    steps: Counter[tuple[str, str]] = Counter()
    for history in histories(world.referrals, "partner_id", "reference"):
        assert history[0]["status"] == "reported"
        for before, row in pairwise(history):
            steps[before["status"], row["status"]] += 1
            changed = any(before[name] != row[name] for name in CONTENT)
            assert changed == (row["status"] == "corrected")
            assert (row["reason_code"] != "_Z") == (row["status"] == "withdrawn")
    assert set(steps) == {("reported", "corrected"), ("reported", "withdrawn"), ("withdrawn", "reported")}
    assert min(steps.values()) > 5


def test_assessments_change_with_every_version(world: World) -> None:
    names = [field.name for field in ASSESSMENT]
    for history in histories(world.assessments, "case_id", "partner_id"):
        for before, row in pairwise(history):
            assert any(before[name] != row[name] for name in names)


def test_referral_comes_before_decision(world: World) -> None:
    decided: dict[Any, list[Any]] = defaultdict(list)
    for row in world.assessments:
        if row["decided_in"] is not None:
            decided[row["case_id"]].append(row["decided_in"])
            assert row["recorded_at"].date() >= row["decided_in"]
    for row in world.referrals:
        assert row["recorded_at"].date() >= row["referred_in"]
        assert all(row["referred_in"] <= month for month in decided[row["case_id"]])


def test_a_case_is_opened_by_its_first_referral(world: World) -> None:
    referrals = by_case(world.referrals)
    for case in world.cases:
        first = min(referrals[case["id"]], key=lambda row: row["recorded_at"])
        assert (case["opened_at"], case["opened_by_id"]) == (first["recorded_at"], first["partner_id"])
        assert tokens.canonical(case["token"]) == case["token"]


def test_only_authorities_assess(world: World) -> None:
    kinds = {world.partners[row["partner_id"]].kind for row in world.assessments}
    assert kinds == {"IMMIGRATION", "CENTRE"}


def test_two_and_a_half_referrals_a_person_handed_from_partner_to_partner(world: World) -> None:
    identified = {row["case_id"] for row in current(world.assessments, None) if row["outcome"] == "IDENTIFIED"}
    referrals = by_case([row for row in current(world.referrals, None) if row["status"] != "withdrawn"])
    counts = [len(referrals[case]) for case in identified & world.live_cases()]
    assert 2.35 < sum(counts) / len(counts) < 2.65
    partners = [len({row["partner_id"] for row in referrals[case]}) for case in identified]
    assert sum(several >= 2 for several in partners) > 0.7 * len(partners)
    assert max(partners) == 4


def test_everything_that_is_to_be_met_is_there(world: World) -> None:
    outcomes = {row["outcome"] for row in world.assessments}
    assert outcomes == set(OUTCOME.names)
    assert {row["consent"] for row in world.referrals} == {"GIVEN", "NOT_GIVEN", "NOT_ASKED"}
    assert {row["exploited_in"] for row in world.referrals} >= {"DENMARK", "NOT_YET"}
    assert any(case["token_unknown"] for case in world.cases)
    assert {case["id"] for case in world.cases} - {row["case_id"] for row in world.assessments}
    disagreeing = [
        case
        for case, found in by_case(current(world.referrals, None)).items()
        if len({row["citizenship"] for row in found if row["status"] != "withdrawn"}) > 1
    ]
    assert len(disagreeing) > 10


def test_at_size_persons_are_spread_evenly_over_the_years(world: World) -> None:
    years = Counter(person["year"] for person in world.identified())
    assert sum(years.values()) == world.summary.persons
    assert tuple(sorted(years)) == world.summary.years
    if world.summary.persons == 3_000:
        assert set(years.values()) == {1_000}
        assert len({person["citizenship"] for person in world.identified()}) > 150


def test_the_summary_counts_what_was_written(world: World) -> None:
    summary = world.summary
    assert (summary.cases, summary.referrals, summary.assessments) == (
        len(world.cases), len(world.referrals), len(world.assessments),
    )  # fmt: skip
    assert all(row["recorded_at"] > datetime(1999, 12, 31, tzinfo=UTC) for row in world.referrals)


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        (Case, rows.CASE_COLUMNS),
        (Referral, rows.REFERRAL_COLUMNS),
        (Assessment, rows.ASSESSMENT_COLUMNS),
        (CountReport, reports.COLUMNS),
    ],
)
def test_every_column_is_written(
    model: type[Case | Referral | Assessment | CountReport], columns: tuple[str, ...]
) -> None:
    assert sorted(columns) == sorted(field.attname for field in model._meta.concrete_fields)


@pytest.mark.django_db
def test_a_seed_says_all() -> None:
    digests = []
    for seed in (11, 11, 12):
        with load_world(seed=seed, persons=200, years=(2020, 2021)) as world:
            digests.append(world.digest())
    assert digests[0] == digests[1] != digests[2]


@OF_ITS_TIME
def test_reports_of_counts_are_what_the_api_would_have_stored(world: World) -> None:
    for row in world.reports:
        form = FORMS[row["form"]]
        period = CountPeriod(row["period"], form.period)
        # What was reported under an earlier version is read in the present one.
        present = content.in_present_version(form, row["content"])
        assert (present == row["content"]) is (row["form_version"] == form.version)
        assert content.read(form, period, row["content"], row["recorded_at"].date()) == present
        assert row["recorded_at"].date() > period.last
        assert world.partners[row["partner_id"]].mode == "LIVE"
    for versions in histories(world.reports, "partner_id", "form", "period"):
        ends = [*(row["recorded_at"] for row in versions[1:]), None]
        assert [row["superseded_at"] for row in versions] == ends
        assert len({str(row["content"]) for row in versions}) == len(versions)
    assert {row["form"] for row in world.reports} == FORMS.keys()


@OF_ITS_TIME
def test_reports_come_in_every_way(world: World) -> None:
    there = {
        (str(world.partners[row["partner_id"]]), row["form"], row["period"]): row
        for row in current(world.reports, None)
    }
    assert set(reports.COMINGS.values()) == set(Coming)
    for (role, form, period), coming in reports.COMINGS.items():
        of = CountPeriod.parse(FORMS[form].period, period)
        assert of is not None
        row = there.get((LIVE[role].name, form, of.first))
        if coming == Coming.MISSING:
            assert row is None
            continue
        assert row is not None
        lines = [line for each in row["content"].values() for line in each]
        assert (row["version"] == 2) == (coming == Coming.CORRECTED)
        assert (lines == []) == (coming == Coming.NIL)
        assert any(None in line.values() for line in lines) == (coming == Coming.BLANK)
        late = (row["recorded_at"].date() - of.last).days > 60
        assert late == (coming == Coming.LATE)
    assert sum(row["version"] > 1 for row in world.reports) == 1


def histories(rows_: list[Row], *key: str) -> list[list[Row]]:
    """The versions of each thing, in their order."""
    grouped: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in sorted(rows_, key=lambda row: row["version"]):
        grouped[tuple(row[name] for name in key)].append(row)
    return list(grouped.values())


@OF_ITS_TIME
def test_an_honest_delivery_meets_few_checks(world: World) -> None:
    """Fewer than three of a hundred rows: a check that asks too often is confirmed unread."""
    referrals = [row for row in current(world.referrals, None) if row["status"] != "withdrawn"]
    assert sum(bool(row_checks(row)) for row in referrals) < 0.03 * len(referrals)
    assert any(row_checks(row) for row in referrals)


@OF_ITS_TIME
def test_few_deliveries_of_a_year_are_asked_about_as_a_whole(world: World) -> None:
    years: dict[tuple[Any, int], list[Row]] = defaultdict(list)
    for row in current(world.referrals, None):
        if row["status"] != "withdrawn":
            years[row["partner_id"], row["referred_in"].year].append(row)
    asked = [key for key in years if delivery_findings(years, *key)]
    assert len(asked) <= max(1, 0.15 * len(years)), asked


def delivery_findings(years: dict[tuple[Any, int], list[Row]], partner: Any, year: int) -> list[Finding]:
    """What a delivery of a partner's whole year is asked about, beside what is stored of the years before."""
    here, before = DeliveryTally(), DeliveryTally()
    for row in years[partner, year]:
        here.add(row, content_digest(row["reference"], row))
    earlier = [row for (each, other), rows_ in years.items() if each == partner and other < year for row in rows_]
    for row in earlier:
        before.add(row, content_digest(row["reference"], row))
    for tally in before.years.values():
        tally.count_waiting()
    months = Counter(row["referred_in"] for row in earlier)
    return here.findings(History(months, {number: tally.values for number, tally in before.years.items()}))
