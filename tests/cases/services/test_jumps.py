"""What is asked of a report that is unlike earlier ones: against a plain model, in the sandbox, and never with a number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.services.content import Content, sum_of
from cases.services.forms import FORMS, OUTREACH, SHELTER, SITUATION
from cases.services.jumps import ABOVE, BELOW, REPEATED, TEXTS, find_warnings, jump_of
from cases.services.periods import CountPeriod
from cases.services.shapes import USUAL_LIMITS, CountPeriodKind
from sandbox.counts.reports import SandboxReport, reports
from stats import published

VISIT = {"region": "DK01", "setting": "STREET", "activity": "VISIT"}
TOTALS = st.none() | st.sampled_from([0, 1, 3, 6, 7, 19, 20, 21, 57, 58, 60, 61, 63, 64, 300])
YEAR = [40] * 12


def report(total: int | None) -> Content:
    """A report with a total of visits in two lines, or one that does not know it."""
    halves = (None, 7) if total is None else (total // 2, total - total // 2)
    regions = ("DK01", "DK02")
    return {
        "visits": [
            {**VISIT, "region": region, "visits": half, "addresses": None}
            for region, half in zip(regions, halves, strict=True)
        ]
    }


def expected(total: int | None, earlier: list[int | None]) -> set[str]:
    """The codes, as docs/services.md says it."""
    known = [each for each in earlier if each is not None]
    codes = {REPEATED} if earlier and earlier[0] == total and total is not None and total >= 20 else set()
    if total is not None and known:
        usual = sorted(known)[1:-1] if len(known) > 3 else known
        usual += known[-1:] if len(known) == 12 else []
        if total >= 20 and all(total > 3 * each for each in usual):
            codes.add(ABOVE)
        if all(each >= 20 and each > 3 * total for each in usual):
            codes.add(BELOW)
    return codes


@given(TOTALS, st.lists(TOTALS, max_size=12))
def test_a_total_is_asked_about_where_it_is_far_from_those_that_are_known(
    total: int | None, earlier: list[int | None]
) -> None:
    warnings = find_warnings(OUTREACH, report(total), [*map(report, earlier)])
    assert {each.code for each in warnings} == expected(total, earlier)
    for each in warnings:
        assert (each.table, each.measure) == ((None, None) if each.code == REPEATED else ("visits", "visits"))
        assert not any(character.isdecimal() for text in each.detail for character in text)
        assert each.detail.da.endswith(TEXTS[each.code].da) and each.detail.en.endswith(TEXTS[each.code].en)


@pytest.mark.parametrize(
    ("total", "earlier", "code"),
    [
        pytest.param(0, YEAR, BELOW, id="the first July in which a house is closed"),
        pytest.param(0, [0, *YEAR[:11]], BELOW, id="a second month of it"),
        pytest.param(0, [0, 0, *YEAR[:10]], None, id="a third one"),
        pytest.param(0, [*YEAR[:11], 0], None, id="the next July"),
        pytest.param(45, [0, *YEAR[:11]], None, id="August, when it opens again"),
        pytest.param(400, [400, *YEAR[:11]], ABOVE, id="a zero too many after one that is stored"),
        pytest.param(4, [4, *YEAR[:11]], BELOW, id="a zero too few after one that is stored"),
        pytest.param(400, [40, 400, 40, 40], ABOVE, id="a zero too many after one of four"),
        pytest.param(400, [40, 400, 40], None, id="a zero too many after one of three"),
        pytest.param(40, [400, *YEAR[:11]], None, id="the month after a zero too many"),
        pytest.param(130, [*YEAR[:11], 130], None, id="a campaign each December"),
        pytest.param(300, [], None, id="a first report"),
        pytest.param(300, [4, 5], ABOVE, id="a third report"),
        pytest.param(1200, [120, 110], ABOVE, id="a zero too many after two months and a gap"),
        pytest.param(1200, [110], ABOVE, id="a zero too many in a second report"),
        pytest.param(300, [110], None, id="a second report of a service that grows"),
        pytest.param(12, [120, 110], BELOW, id="a zero too few in a third report"),
        pytest.param(25, [0, 0, 0], ABOVE, id="a service that opens after months of nothing"),
        pytest.param(19, [1, 2, 1], None, id="a small service in a busy month"),
        pytest.param(119, YEAR, None, id="a campaign"),
        pytest.param(400, YEAR, ABOVE, id="a zero too many"),
    ],
)
def test_what_happens_to_services_is_asked_about_twice_at_most(
    total: int, earlier: list[int], code: str | None
) -> None:
    assert jump_of(total, earlier, USUAL_LIMITS) == code


def test_a_week_of_a_crisis_may_have_three_times_what_the_others_had() -> None:
    assert jump_of(190, [40, 40, 40], SITUATION.limits) is None
    assert jump_of(400, [40, 40, 40], SITUATION.limits) == ABOVE


def test_a_table_that_is_not_known_is_asked_about_nothing() -> None:
    earlier: list[Content] = [report(100), {"contacts": []}, report(100), report(100)]
    assert find_warnings(OUTREACH, {"contacts": []}, earlier) == []
    assert [each.code for each in find_warnings(OUTREACH, {"visits": []}, earlier)] == [BELOW]


def test_places_stand_still_and_nights_do_not() -> None:
    line = {"region": "DK01", "places_for": "WOMEN", "places": 30, "nights": 19, "turned_away": 0, "waiting": 25}
    for nights, codes in ((19, []), (None, []), (900, [REPEATED])):
        again: Content = {"places": [{**line, "nights": nights}], "moves": []}
        assert [each.code for each in find_warnings(SHELTER, again, [again])] == codes


def histories() -> Iterator[tuple[SandboxReport, list[Content]]]:
    """Every report of the sandbox with those that it is held against."""
    before: dict[tuple[str, str], list[SandboxReport]] = defaultdict(list)
    for each in sorted(reports(published.YEARS, 2023), key=lambda each: each.period):
        first = each.period.back(each.form.limits.looks_back)
        history = before[each.role, each.form.id]
        yield each, [found.content for found in reversed(history) if found.period >= first]
        history.append(each)


def test_the_sandbox_is_asked_about_where_it_stood_still_and_every_table_with_a_zero_too_many() -> None:
    """Nine years of 17 services. What is wrong is put into each of their totals, one by one."""
    asked, found, again = [], Counter[bool](), Counter[bool]()
    for each, earlier in histories():
        if find_warnings(each.form, each.content, earlier):
            asked.append((each.form.id, each.period.id))
        for table, measure in each.form.measures():
            total = sum_of(each.content, table.name, measure.name)
            totals = [one for past in earlier if (one := sum_of(past, table.name, measure.name)) is not None]
            if total is not None and total >= 20 and len(totals) >= 3:
                found[jump_of(total * 10, totals, each.form.limits) == ABOVE] += 1
                # The one before has a zero too many as well, and is stored.
                again[jump_of(total * 10, [totals[0] * 10, *totals[1:]], each.form.limits) == ABOVE] += 1
    assert asked == [("OUTREACH", "2020-04"), ("CLINIC", "2020-04")]
    assert found[False] <= found.total() / 500 and found.total() > 3000
    assert again[False] <= again.total() / 50
    assert {form.id for form in FORMS.values() if form.limits != USUAL_LIMITS} == {"SITUATION"}


@pytest.mark.parametrize(
    ("kind", "text", "number", "earlier"),
    [
        (CountPeriodKind.WEEK, "2021-W01", 1, "2020-W53"),
        (CountPeriodKind.MONTH, "2025-03", 12, "2024-03"),
        (CountPeriodKind.YEAR, "2025", 12, "2013"),
    ],
)
def test_a_period_lies_so_many_before_another(kind: CountPeriodKind, text: str, number: int, earlier: str) -> None:
    period: Any = CountPeriod.parse(kind, text)
    assert period.back(number).id == earlier
