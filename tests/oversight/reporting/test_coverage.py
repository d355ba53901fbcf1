"""The coverage note: what stood, by kind and never so that one partner can be recognised by its answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.months import later, month_id, this_month
from oversight.reporting.coverage import FEWEST, Coverage, CoverageState, Reporter, coverage, coverage_of
from oversight.reporting.models import CoverageNote
from oversight.reporting.notes import notes_of
from partners.kinds import Kind, Reporting
from partners.models import Partner
from stats import rooms_above
from stats.models import AUTHORITY, EXACT, PUBLIC, Publication, Release
from tests.api.asserts import body
from tests.callers import Browser, Caller, make_caller
from tests.partners.organisations.world import mandate
from tests.people.visitors import staff
from tests.stats.drafts import built

COMPLETE, UNDECLARED, LATE, NIL, BEGUN, MISSING = CoverageState
KINDS = [str(kind) for kind in Kind]


def partners(kind: str, *states: CoverageState) -> list[Reporter]:
    """Partners of a kind, each by itself."""
    return [Reporter(kind, state, f"{kind}{number}") for number, state in enumerate(states)]


towns = st.lists(
    st.builds(
        Reporter,
        st.sampled_from(KINDS[:5]),
        st.sampled_from(list(CoverageState)),
        st.integers(0, 40).map(str),
    ),
    max_size=40,
)


def test_a_kind_with_one_partner_is_told_with_others() -> None:
    note = coverage_of([*partners("POLICE", NIL), *partners("NGO", *[COMPLETE] * 9), *partners("TAX", MISSING)])
    assert note.as_json()["rows"] == [
        {"kinds": ["NGO", "POLICE", "TAX"], "expected": 11, "complete": 10, "late": 0, "begun": 0, "missing": 1}
    ]
    assert note.nil is None


def test_kinds_with_many_partners_are_told_by_themselves() -> None:
    note = coverage_of(
        [
            *partners("NGO", *[COMPLETE] * 4, LATE, NIL, MISSING),
            *partners("MUNICIPALITY", *[NIL] * 6),
            *partners("HEALTH", *[LATE] * 5),
            *partners("POLICE", COMPLETE),
        ]
    )
    rows = [(row.kinds, row.partners, row.complete, row.late, row.missing) for row in note.rows]
    assert rows == [
        (("MUNICIPALITY",), 6, 6, 0, 0),
        (("NGO",), 7, 5, 1, 1),
        (("HEALTH", "POLICE"), 6, 1, 5, 0),
    ]
    assert note.nil == 7


def test_too_few_partners_are_only_counted() -> None:
    note = coverage_of(partners("NGO", *[COMPLETE] * 4, *[MISSING] * 9))
    assert (note.partners, note.rows, note.nil) == (13, (), None)
    assert coverage_of([]) == Coverage(0)


def test_partners_under_one_umbrella_count_as_one() -> None:
    federation = [replace(each, insiders="federation") for each in partners("NGO", *[COMPLETE] * 9)]
    assert coverage_of(federation).rows == ()
    assert len(coverage_of([*federation, *partners("POLICE", *[COMPLETE] * 4)]).rows) == 1


@settings(max_examples=300, deadline=None)
@given(towns)
def test_a_row_adds_up_and_has_enough_who_answered(town: list[Reporter]) -> None:
    note = coverage_of(town)
    assert note.partners == len(town)
    for row in note.rows:
        assert row.complete + row.late + row.begun + row.missing == row.partners
        those = {each.insiders for each in town if each.kind in row.kinds and each.state not in {BEGUN, MISSING}}
        assert len(those) >= FEWEST
    kinds = [kind for row in note.rows for kind in row.kinds]
    assert len(kinds) == len(set(kinds))
    assert not note.rows or sum(row.partners for row in note.rows) == len(town)


@settings(max_examples=300, deadline=None)
@given(towns, st.data())
def test_whether_one_partner_had_any_referral_changes_no_row(town: list[Reporter], data: st.DataObject) -> None:
    answers = [NIL, COMPLETE, UNDECLARED]
    answered = [place for place, each in enumerate(town) if each.state in answers]
    if not answered:
        return
    place = data.draw(st.sampled_from(answered))
    other = data.draw(st.sampled_from(answers))
    changed = [*town[:place], replace(town[place], state=other), *town[place + 1 :]]
    assert coverage_of(changed).rows == coverage_of(town).rows


def worlds(town: Sequence[Reporter], known: str, state: CoverageState) -> Counter[str]:
    """Of every exchange of two answers that leaves the note as it is: how often each partner is in a state in it."""
    note, said = coverage_of(town), Counter[str]()
    for first, one in enumerate(town):
        for second, two in enumerate(town):
            if known in {one.insiders, two.insiders}:
                continue
            swapped = list(town)
            swapped[first], swapped[second] = replace(one, state=two.state), replace(two, state=one.state)
            if coverage_of(swapped) == note:
                said.update(f"{place}" for place, each in enumerate(swapped) if each.state == state)
    return said


@pytest.mark.parametrize("state", [NIL, UNDECLARED])
@settings(max_examples=25, deadline=None)
@given(town=towns)
def test_who_knows_one_partner_learns_of_no_other_one_whether_it_was_nil(
    town: list[Reporter], state: CoverageState
) -> None:
    note = coverage_of(town)
    number = note.nil if state == NIL else note.undeclared
    if number is None:
        return
    for known in {each.insiders for each in town}:
        said = worlds(town, known, state)
        others = [str(place) for place, each in enumerate(town) if each.insiders != known]
        assert all(said[place] < sum(said.values()) for place in others)
        assert len({place for place in others if said[place]}) > number - 1


@pytest.fixture
def town(db: None) -> list[Caller]:
    """Six NGOs and the police, expected to report last month."""
    callers = [*(make_caller("NGO") for _ in range(6)), make_caller("POLICE")]
    since = later(this_month(), -1)
    pks = [each.partner.pk for each in callers]
    Partner.objects.filter(pk__in=pks).update(reporting=Reporting.MONTHLY, reporting_since=since, report_due_days=60)
    return callers


def last_month() -> date:
    """The month that is expected."""
    return later(this_month(), -1)


def test_that_a_period_was_never_declared_is_told_of_all_together_where_it_was_so_of_many() -> None:
    few = [*partners("NGO", *[UNDECLARED] * 4, *[COMPLETE] * 6), *partners("HEALTH", *[NIL] * 6)]
    assert (coverage_of(few).undeclared, coverage_of(few).nil) == (None, 6)
    many = [*partners("NGO", *[UNDECLARED] * 5, *[COMPLETE] * 5, BEGUN)]
    assert (coverage_of(many).undeclared, coverage_of(many).rows[0].begun) == (5, 1)
    assert coverage_of(partners("NGO", *[UNDECLARED] * 9)).undeclared is None


def test_who_has_begun_makes_no_row_safe() -> None:
    assert coverage_of(partners("NGO", *[BEGUN] * 9, *[COMPLETE] * 4)) == Coverage(13)


def test_a_note_is_a_function_of_the_calendars(town: list[Caller]) -> None:
    for each in town[:3]:
        each.referral(referred_in=month_id(last_month()))
    assert coverage(last_month(), last_month(), timezone.now()).rows == ()
    for each in town[:3]:
        each.put(f"/api/v1/reports/{month_id(last_month())}", {"referrals": 1})
    for each in (*town[3:5], town[6]):
        each.put(f"/api/v1/reports/{month_id(last_month())}", {"referrals": 0})
    note = coverage(last_month(), last_month(), timezone.now())
    assert note.as_json() == {
        "expected": 7,
        "rows": [{"kinds": ["NGO", "POLICE"], "expected": 7, "complete": 6, "late": 0, "begun": 0, "missing": 1}],
        "nil": None,
        "undeclared": None,
    }
    Partner.objects.filter(pk=town[5].partner.pk).update(
        active=False
    )  # nobody is known to have closed it: it never was
    assert coverage(last_month(), last_month(), timezone.now()).partners == 6
    Partner.objects.update(report_due_days=0)
    assert [row.late for row in coverage(last_month(), last_month(), timezone.now()).rows] == [6]
    assert coverage(date(2001, 1, 1), date(2001, 12, 1), timezone.now()) == Coverage(0)


def test_those_who_know_together_count_as_one(town: list[Caller]) -> None:
    """A taker sends for three; two are under one umbrella, differently written; the police stands alone: three parties of seven."""
    taker, *givers, one, two, _ = [each.partner for each in town]
    for each in town:
        each.put(f"/api/v1/reports/{month_id(last_month())}", {"referrals": 0})
    assert [row.partners for row in coverage(last_month(), last_month(), timezone.now()).rows] == [7]
    Partner.objects.filter(pk=one.pk).update(umbrella="Nordlys")
    Partner.objects.filter(pk=two.pk).update(umbrella="NORDLYS")
    mandate(givers[0], taker)
    assert [row.partners for row in coverage(last_month(), last_month(), timezone.now()).rows] == [7]
    for giver in givers[1:]:
        mandate(giver, taker)
    assert coverage(last_month(), last_month(), timezone.now()) == Coverage(7)


def test_what_came_after_the_moment_is_missing(town: list[Caller]) -> None:
    before = timezone.now()
    for each in town:
        each.put(f"/api/v1/reports/{month_id(last_month())}", {"referrals": 0})
    assert coverage(last_month(), last_month(), before).rows == ()
    assert len(coverage(last_month(), last_month(), timezone.now()).rows) == 1


def test_a_release_keeps_its_note_as_it_was_built_and_shows_it(town: list[Caller]) -> None:
    year = last_month().year
    for each in town:
        each.put(f"/api/v1/reports/{month_id(last_month())}", {"referrals": 0})
    release = built(PUBLIC, str(year), user=staff("builder"))
    release.as_of = timezone.now()
    for other in (release, built(AUTHORITY, str(year), user=None), Release(audience=EXACT)):
        rooms_above.keep(other)
    note = notes_of([release.pk])[release.pk]
    assert note["expected"] == 7
    assert CoverageNote.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        CoverageNote.objects.update(content={})
    Publication.objects.create(release=release, user=staff("approver"))
    answer: Any = Browser().get(f"/api/v1/releases/{release.pk}")
    assert body(answer)["coverage"] == note
    page = Browser().get(f"/en/releases/{release.pk}/").content.decode()
    assert "7 partners were expected to report" in page
    for each in town:
        assert each.partner.name not in page + answer.content.decode()
