"""What a partner is told of all partners teaches it next to nothing of the others, and is decided once."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from oversight.quality import comparison
from oversight.quality.comparison import BANDED, LEAST_POSSIBLE, RELEASED, Comparison, band_of, bands, comparisons
from oversight.quality.models import BAND, FieldComparison
from oversight.quality.shares import LABELS, Share
from partners.audit import Actor
from partners.models import Partner
from partners.organisations import mandates
from stats.models import PUBLIC
from tests.callers import as_web_server
from tests.oversight.quality.world import YEAR, referred
from tests.partners.organisations.world import mandate
from tests.people.visitors import member
from tests.stats.drafts import built, keep_umbrella
from tests.stats.published import publish, staff
from tests.stats.records import partner

AFTER = date(YEAR + 1, 3, 1)
counts = st.integers(0, 60).flatmap(lambda asked: st.builds(Share, st.integers(0, asked), st.just(asked)))


def fits(own: Share, unknown_of_others: int, asked_of_others: int, low: int) -> bool:
    """Whether the share of all would lie in the band, by the definition of a share: no arithmetic of the rule is used."""
    share = (own.unknown + unknown_of_others) / (own.base + asked_of_others)
    return low / 100 <= share < (low + BAND) / 100 or (low + BAND == 100 and share == 1)


@given(st.lists(counts, min_size=1, max_size=12))
def test_a_partner_that_subtracts_its_own_finds_several_numbers_possible_and_enough_others(
    partners: list[Share],
) -> None:
    low = band_of(partners)
    if low is None:
        return
    total = sum(each.unknown for each in partners), sum(each.base for each in partners)
    assert fits(Share(), *total, low)
    for place, own in enumerate(partners):
        others = partners[:place] + partners[place + 1 :]
        asked = sum(each.base for each in others)
        possible = [number for number in range(asked + 1) if fits(own, number, asked, low)]
        assert len(possible) >= LEAST_POSSIBLE
        assert sum(each.unknown for each in others) in possible
        assert len([each for each in others if each.base >= 10]) >= 5
        assert max(each.base for each in others) <= asked / 2


@pytest.mark.parametrize(
    ("partners", "low"),
    [
        ([Share(3, 30)] * 2, None),
        ([Share(3, 30)] * 5, None),
        ([Share(3, 30)] * 6, 10),
        ([Share(3, 30)] * 6 + [Share(0, 2)], 5),
        ([Share(3, 9)] * 20, None),
        ([Share(2, 20)] * 6 + [Share(15, 150)], None),
        ([Share(0, 30)] * 6, 0),
        ([Share(30, 30)] * 6, 95),
        ([Share(1, 12)] * 6, None),
        ([Share(0, 20)] * 6 + [Share(6, 20)], None),
        ([], None),
        ([Share(0, 0)] * 9, None),
    ],
    ids=str,
)
def test_a_band_needs_many_others_none_of_them_too_large(partners: list[Share], low: int | None) -> None:
    assert band_of(partners) == low


def test_without_one_of_its_parts_the_rule_would_show_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, lax, partners in (
        ("LEAST_OTHERS", 1, [Share(3, 60)] * 3),
        ("LARGEST", 1, [Share(2, 20)] * 6 + [Share(15, 150)]),
        ("LEAST_EACH", 1, [Share(3, 9)] * 20),
        ("LEAST_POSSIBLE", 1, [Share(0, 20)] * 6 + [Share(6, 20)]),
    ):
        with monkeypatch.context() as changed:
            assert band_of(partners) is None, name
            changed.setattr(comparison, name, lax)
            assert band_of(partners) is not None, name


def six(unknown: int = 3) -> list[Partner]:
    """Six partners, each with thirty referrals of the year, in some of which the recruiter is not known."""
    partners = [partner() for _ in range(6)]
    for each in partners:
        referred(each, unknown, recruiter="_U")
        referred(each, 30 - unknown, recruiter="BROKER")
    return partners


@pytest.mark.django_db
def test_a_band_is_decided_after_the_last_deadlines_and_stays_as_it_was() -> None:
    partners = six()
    assert bands(YEAR, date(YEAR + 1, 2, 28)) == {}
    assert not FieldComparison.objects.exists()
    assert bands(YEAR, AFTER)["recruiter"] == Comparison(10, 15)
    referred(partners[0], 30, recruiter="_U")
    assert bands(YEAR, AFTER)["recruiter"] == Comparison(10, 15)
    assert FieldComparison.objects.filter(year=YEAR).count() == len(BANDED)


@pytest.mark.django_db
def test_partners_under_one_umbrella_are_one() -> None:
    partners = six()
    Partner.objects.filter(pk__in=[each.pk for each in partners[:2]]).update(umbrella="Union of shelters")
    assert "recruiter" not in bands(YEAR, AFTER)


@pytest.mark.django_db
def test_partners_under_an_umbrella_that_was_published_with_are_one_once_it_is_cleared() -> None:
    one, two, *_ = six()
    keep_umbrella(publish(PUBLIC, str(YEAR), {"": {"": 70}}), one, two)
    with as_web_server():
        assert "recruiter" not in bands(YEAR, AFTER)


@pytest.mark.django_db
def test_the_spelling_of_an_umbrella_makes_no_difference() -> None:
    one, two, *_ = six()
    Partner.objects.filter(pk=one.pk).update(umbrella="Union of shelters")
    Partner.objects.filter(pk=two.pk).update(umbrella="UNION OF SHELTERS")
    assert "recruiter" not in bands(YEAR, AFTER)


@pytest.mark.django_db
def test_who_sends_for_another_knows_what_that_one_knows() -> None:
    taker, *givers = six()
    given = mandate(givers[0], taker)
    mandates.end(by=Actor.of(member(taker).user), mandate=given)
    assert "recruiter" not in bands(YEAR, AFTER)


@pytest.mark.django_db
@pytest.mark.parametrize("low", [0, 95, None])
def test_the_database_takes_no_narrower_band(low: int | None) -> None:
    FieldComparison.objects.create(year=YEAR, field="recruiter", low=low, high=None if low is None else low + BAND)
    for narrow, high in product((1, 96, None), (1, 2, 101)):
        with pytest.raises(IntegrityError, match="fieldcomparison_band"), transaction.atomic():
            FieldComparison.objects.create(year=YEAR, field="duration", low=narrow, high=high)


def test_a_field_that_releases_count_has_no_band() -> None:
    assert not set(RELEASED) & set(BANDED)
    assert {"gender", "age_band", "exploitation"} <= set(RELEASED)
    assert {"recruiter", "duration"} <= set(BANDED)
    assert set(RELEASED) | set(BANDED) <= set(LABELS)


@pytest.mark.django_db
def test_a_dimension_is_compared_with_what_is_published_and_with_nothing_else() -> None:
    six()
    assert "gender" not in comparisons(YEAR, AFTER)
    built(PUBLIC, str(YEAR), user=staff("builder"))
    assert "gender" not in comparisons(YEAR, AFTER)
    publish(PUBLIC, str(YEAR), {"": {"": 70}, "gender": {"F": 46, "M": 17, "_U": 7}}, 2)
    assert comparisons(YEAR, AFTER)["gender"] == Comparison(10, 10)


@pytest.mark.django_db
def test_a_hidden_number_stays_hidden() -> None:
    publish(PUBLIC, str(YEAR), {"": {"": 70}, "gender": {"F": 46, "M": None, "_U": None}})
    assert "gender" not in comparisons(YEAR, AFTER)
