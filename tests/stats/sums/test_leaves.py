"""What is summed of a year of reports over all forms, against a dictionary: corrections, nil, late, two moments."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.kinds import Mode
from stats.models import PUBLIC
from stats.periods import Period
from stats.sums.blocks import SumBlock
from stats.sums.datasets import SUM_DATASETS, SumDataset
from stats.sums.leaves import read_snapshot, take_apart
from stats.sums.sources import SumSource
from tests.cases.services.world import assign_all
from tests.stats.records import partner
from tests.stats.sums.worlds import dataset
from tests.stats.sums.year import MOMENTS, YEAR, Figure, ReportedYear

PERIODS = (str(YEAR), *(f"{YEAR}-Q{n}" for n in range(1, 5)))


@pytest.fixture
def reported(db: None) -> ReportedYear:
    """A year of two live partners and one in test mode, which comes last."""
    live = [partner(), partner("CENTRE")]
    assign_all(live, date(YEAR - 1, 1, 1), MOMENTS[0] - timedelta(days=60))
    made = ReportedYear([*live, partner(mode=Mode.TEST)])
    made.write()
    return made


def figures_of(of: SumDataset, period: Period, moment: datetime) -> dict[Figure, int]:
    """Every figure of a dataset by one dimension at most, as the program counts it."""
    leaves = read_snapshot(of, period, moment).leaves
    source = SumSource(f"{period.id}.p1", PUBLIC, period, moment, of.one_way, leaves)
    return {
        (
            of.form.id,
            of.table.name,
            cell.measure,
            period.id,
            tuple(zip(cell.table, cell.codes, strict=True)),
        ): cell.count
        for names in of.one_way
        for cell in SumBlock(of, (source,), names).cells(source)
    }


def test_every_figure_is_what_was_reported(reported: ReportedYear) -> None:
    for moment in MOMENTS:
        expected, seen = reported.figures(moment, without=reported.partners[-1]), 0
        for of in SUM_DATASETS.values():
            for name in PERIODS[: 1 if of.yearly else None]:
                period = Period.parse(name)
                assert period is not None
                for figure, count in figures_of(of, period, moment).items():
                    assert count == expected[figure], figure
                    seen += count > 0
        assert seen == sum(
            n > 0 for (form, *_, period, _), n in expected.items() if form != "JUSTICE" or period == str(YEAR)
        )
    assert reported.figures(MOMENTS[0], without=reported.partners[-1]) != expected


def test_what_is_not_known_is_counted_by_report(reported: ReportedYear) -> None:
    test_mode, period = reported.partners[-1], Period.parse(str(YEAR))
    assert period is not None
    for moment in MOMENTS:
        expected = reported.known(moment, without=test_mode)
        forms = [form.id for form, _, _ in reported.reports(moment, without=test_mode)]
        for of in SUM_DATASETS.values():
            snapshot = read_snapshot(of, period, moment)
            assert snapshot.reports == forms.count(of.form.id)
            assert snapshot.knowing == {name: expected[of.form.id, of.table.name, name] for name in of.measures}


@given(st.dictionaries(st.sampled_from(["met", "first", "told"]), st.integers(0, 40)))
def test_a_line_is_taken_apart_into_what_it_says(numbers: dict[str, int]) -> None:
    parts = list(take_apart(numbers))
    assert {name: sum(value for marks, value in parts if name in marks) for name in numbers} == numbers
    assert all(value > 0 for _, value in parts)
    whole = max(numbers, key=lambda name: numbers[name], default="")
    assert all(whole in marks for marks, _ in parts)


def test_the_same_reports_have_the_same_digest_in_any_order(reported: ReportedYear) -> None:
    of = SUM_DATASETS["outreach.contacts"]
    period = Period.parse(str(YEAR))
    assert period is not None
    one, again, later = (read_snapshot(of, period, moment) for moment in (MOMENTS[0], MOMENTS[0], MOMENTS[1]))
    assert one.digest == again.digest != later.digest
    assert dataset().linked_measures == (("met", "first", "told"),)
    assert SUM_DATASETS["outreach.contacts"].linked_measures == (
        ("contacts", "first_contacts", "informed", "suspicions"),
        ("referrals_made",),
    )
