"""How much more a release could have shown: told with it, in words, and without what hiding costs."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from stats.models import PUBLIC
from stats.protection.suppress import complementary
from stats.publishing.planning import STEPS, gaps
from stats.staff.audit_words import margins
from tests.stats.publishing.town import Town, build, proof
from tests.stats.records import say_nil

TABLE = ["gender,exploitation.form"]
BLOCK = "gender+exploitation"


def words(release_id: str, language: str) -> str:
    """What the pages say of a release's margins."""
    with override(language):
        return " ".join(str(said) for _, said in margins(proof(release_id).margins))


def test_a_small_release_could_not_have_shown_more(town: Town) -> None:
    town.year(2012)
    say_nil(2013)
    built = build("2012-2013", PUBLIC, TABLE)
    assert built.passed
    stored = proof(built.release.pk)
    assert stored.margins["gap"] == {BLOCK: 0}
    assert "cost" not in str(stored.margins) + str(stored.report)
    assert "nothing more could have been shown" in words(built.release.pk, "en")
    assert "der kunne ikke være vist mere" in words(built.release.pk, "da")


def test_what_is_not_proved_is_told_in_percent(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(complementary, "FEW_CANDIDATES", 0)
    monkeypatch.setattr(complementary, "EFFORT_OF_BOUND", 0)
    town.year(2012)
    say_nil(2013)
    built = build("2012-2013", PUBLIC, TABLE)
    assert built.passed
    percent = proof(built.release.pk).margins["gap"][BLOCK]
    assert percent in STEPS
    assert f"at most {percent} % more of what is hidden could have been shown" in words(built.release.pk, "en")
    assert f"der kunne højst være vist {percent} % mere" in words(built.release.pk, "da")


def test_percent_are_rounded_up_to_few_steps() -> None:
    assert gaps({"a": 0.0, "b": 1e-6, "c": 0.001, "d": 0.02, "e": 0.0201, "f": 1.0}) == {
        "a": 0,
        "b": 0,
        "c": 2,
        "d": 2,
        "e": 10,
        "f": 100,
    }


def test_a_gap_is_told_in_steps() -> None:
    assert gaps({"none": 0.0, "half": 0.5, "more": 0.501}) == {"none": 0, "half": 50, "more": 100}
