"""Of a year that is whole no more no release is built; those that exist stand, and are counted again."""

from __future__ import annotations

from datetime import date

import pytest

from cases.models import Case
from oversight.retention.persons import expire
from partners.audit import COMMAND
from stats.counting import build as exact
from stats.counting import verification
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC, SnapshotRecord
from stats.publishing import checks
from tests.oversight.retention.waiving import waive_every_year
from tests.stats.publishing.erasing import GENDER, counted, frozen, outcomes
from tests.stats.publishing.town import Town, build, cells, issue
from tests.stats.records import NOTES, at

# Long after everything that a town has seen.
LATER = date(2199, 1, 1)


@pytest.fixture(autouse=True)
def waiver(db: None) -> None:
    """The National Archives want nothing of any year."""
    waive_every_year()


AGAIN = "protecting the same records again gives the same cells"
WHOLE_NO_MORE = "what is left is not the whole year"


def test_releases_stay_equal_and_are_counted_again(town: Town, crowd: list[Case]) -> None:
    public, authority = issue("2012", PUBLIC, GENDER), issue("2012", AUTHORITY, GENDER)
    whole = exact.build(by=COMMAND, period="2012").release.pk
    before = frozen()
    assert expire(LATER) == len(crowd)
    assert frozen() == before
    assert SnapshotRecord.objects.filter(release_id=public).count() == len(crowd)
    assert not Case.objects.filter(pk__in=counted(public)).exists()
    assert set(outcomes(verification.verify(whole)).values()) == {True}
    # Nobody is left whom insiders know, and noise is not drawn again of ids that are gone: `release verify` says so, and of
    # nothing else.
    for release in (public, authority):
        told = outcomes(checks.verify(release))
        assert [name for name, passed in told.items() if not passed] == [AGAIN]
        assert told[AGAIN] is None


@pytest.mark.parametrize("audience", [PUBLIC, AUTHORITY])
def test_no_release_of_what_is_left_is_built(town: Town, crowd: list[Case], audience: str) -> None:
    issue("2012", audience, GENDER)
    expire(LATER)
    town.enter(11, "2012-05", minutes=70, gender="M")
    with pytest.raises(ReleaseRefused, match=WHOLE_NO_MORE):
        build("2012", audience, GENDER, as_of=at(90))
    with pytest.raises(ReleaseRefused, match=WHOLE_NO_MORE):
        exact.build(by=COMMAND, period="2012", change_notes=NOTES)


def test_a_pool_of_years_that_were_published_counts_them_still(town: Town, crowd: list[Case]) -> None:
    town.year(2013)
    issue("2012", PUBLIC, GENDER)
    expire(LATER)
    with pytest.raises(ReleaseRefused, match="2013"):
        build("2012-2013", PUBLIC, GENDER, as_of=at(90))


def test_a_pool_whose_years_all_stand_is_built_after_they_are_gone(town: Town, crowd: list[Case]) -> None:
    town.year(2013)
    for year in ("2012", "2013"):
        issue(year, PUBLIC, GENDER)
    expire(LATER)
    pool = issue("2012-2013", PUBLIC, GENDER)
    assert cells(pool, "") == {"": 2 * len(crowd)}
