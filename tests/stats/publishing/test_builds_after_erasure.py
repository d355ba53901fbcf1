"""What is built after an erasure: later vintages do not count her, and pools count as their years did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.erased.models import Tombstone
from cases.models import Case
from oversight.rights.database import RightsRefused, ask
from oversight.rights.erasure import KEEP
from stats.counting import erasures
from stats.errors import ReleaseRefused
from stats.models import (
    AUTHORITY,
    PUBLIC,
)
from stats.publishing import checks
from tests.callers import as_web_server
from tests.oversight.rights.world import remaining_rows
from tests.stats.publishing.erasing import GENDER, counted, erased, outcomes, spied
from tests.stats.publishing.town import Town, build, cells, issue, proof, publish
from tests.stats.records import NOTES, at


@pytest.mark.parametrize("audience", [PUBLIC, AUTHORITY])
def test_a_later_vintage_is_built_audited_against_the_first_and_without_her(
    town: Town, crowd: list[Case], audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = issue("2012", audience, GENDER)
    issue("2012-Q1", AUTHORITY, GENDER)
    erased(crowd[0])
    town.enter(11, "2012-05", minutes=70, gender="M")
    plans = spied(monkeypatch)
    second = build("2012", audience, GENDER, as_of=at(90))
    assert second.passed
    assert second.release.change_notes_en == f"{NOTES.en} {erasures.CHANGE_NOTE.en}"
    assert first in proof(second.release.pk).against
    assert len(counted(second.release.pk)) == len(crowd) - 1 + 11
    ((plan,), (block,)) = plans, plans[0].blocks
    # The quarter tells the same persons as the year: one id in both, or the audit would take them for two vintages.
    assert sorted((tie.added, tie.removed) for tie in block.ties()) == [(0, 1), (11, 0)]
    knowing = {who: len(known) for who, known in plan.insiders.records_referred.items()}
    assert sum(knowing.values()) == len(crowd) + 11
    assert publish(second) == second.release.pk


def test_a_draft_that_counts_her_is_published_no_more(town: Town, crowd: list[Case]) -> None:
    draft = build("2012", PUBLIC, GENDER)
    erased(crowd[0])
    with pytest.raises(ReleaseRefused, match="is stale"):
        publish(draft)
    again = build("2012", PUBLIC, GENDER, as_of=at(90))
    assert (again.release.pk, again.created) == ("2012.p2", True)
    assert len(counted(again.release.pk)) == len(crowd) - 1
    assert publish(again) == "2012.p2"


def test_an_erasure_in_the_test_world_is_none(town: Town, crowd: list[Case]) -> None:
    draft = build("2012", PUBLIC, GENDER)
    erased(Case.objects.create(token="0" * 11, test=True, opened_at=at(0), opened_by=town.centre))
    with as_web_server(), pytest.raises(RightsRefused, match="while a person is erased"):
        ask(KEEP, Tombstone.objects.get().pk, "[]")
    assert publish(draft) == "2012.p1"
    assert outcomes(checks.verify("2012.p1"))["protecting the same records again gives the same cells"]


def test_who_is_erased_while_a_release_is_built_does_not_come_back_with_it(town: Town, crowd: list[Case]) -> None:
    def tell(said: str) -> None:
        if said.startswith("gender: 5 cells"):
            erased(crowd[0])

    with pytest.raises(ReleaseRefused, match="A person was erased meanwhile"):
        build("2012", PUBLIC, GENDER, tell=tell)
    assert remaining_rows([str(crowd[0].pk)]) == {}
    assert build("2012", PUBLIC, GENDER).passed
    assert len(counted("2012.p1")) == len(crowd) - 1


def test_a_pool_counts_what_its_years_published(town: Town, crowd: list[Case]) -> None:
    """Without her it would tell, less its years, who was erased."""
    town.year(2013)
    for year in ("2012", "2013"):
        issue(year, PUBLIC, GENDER)
    erased(crowd[0])
    pool = issue("2012-2013", PUBLIC, GENDER)
    assert counted(pool) == counted("2012.p1") | counted("2013.p1")
    assert cells(pool, "") == {"": 2 * len(crowd)}
    erased(crowd[1])
    again = build("2012-2013", PUBLIC, GENDER, as_of=at(90))
    assert (again.created, again.release.pk) == (False, pool)


def test_the_change_notes_have_a_line_for_it(town: Town, crowd: list[Case]) -> None:
    issue("2012", PUBLIC, GENDER)
    moment = timezone.now()
    assert erasures.change_notes_since(moment) == []
    erased(crowd[0])
    (note,) = erasures.change_notes_since(moment)
    assert "no longer counted" in note.en
    assert "tælles ikke længere med" in note.da
    assert not any(letter.isdigit() for letter in note.en + note.da)
    assert erasures.change_notes_since(timezone.now() + timedelta(days=1)) == []
