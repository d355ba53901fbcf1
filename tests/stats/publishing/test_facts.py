"""What others have published: contradictions stop a build until staff decide, and what facts give away is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from stats import published
from stats.errors import ReleaseRefused
from stats.models import INTERVAL, OTHER_DEFINITION, PUBLIC, SUPERSEDED, Release
from stats.published import Figure
from stats.publishing import facts
from stats.publishing.sources import NAMES, CountedRecord
from tests.stats import facts_decided
from tests.stats.publishing.town import ADULT, Town, build, cells, proof
from tests.stats.records import at

SOURCE = "https://example.org/report"


def figure(count: int, *, year: int = 2012, **cell: str | tuple[str, ...]) -> Figure:
    """A figure that a newspaper prints."""
    sides = tuple((name, (code,) if isinstance(code, str) else code) for name, code in cell.items())
    return Figure(year, year, sides, count, SOURCE)


def tell(monkeypatch: pytest.MonkeyPatch, *figures: Figure) -> None:
    """Let these be all that was ever published."""
    monkeypatch.setattr(published, "known_figures", lambda: iter(figures))


def decide(fact: str, decision: str, low: int | None = None, high: int | None = None) -> None:
    """Two of the staff decide."""
    facts_decided.decide(fact, decision, low=low, high=high)


def record(month: str = "2012-05", **codes: str) -> CountedRecord:
    """A record in memory."""
    known = {**dict.fromkeys(NAMES, "_U"), **{name: code for name, code in ADULT.items() if name in NAMES}, **codes}
    return CountedRecord(uuid4(), date.fromisoformat(f"{month}-01"), tuple(known[name] for name in NAMES))


def ids(found: Iterable[facts.Fact]) -> list[str]:
    """The names of facts."""
    return [fact.id for fact in found]


def test_a_contradiction_stops_the_build_and_names_no_figure(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.year(2012)
    tell(monkeypatch, figure(44, gender="F"), figure(41, gender="M"), figure(4, gender="X"))
    with pytest.raises(
        ReleaseRefused, match=r"The records contradict .*: 2012, Gender: Male; 2012, Gender: Transgender"
    ) as refused:
        build("2012", PUBLIC, ["gender"])
    assert re.findall(r"\d+", str(refused.value)) == ["2012", "2012"]
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    "decided", [(SUPERSEDED,), (OTHER_DEFINITION,), (INTERVAL, 0, 5), (INTERVAL, 3, None), (INTERVAL, 3, 3)]
)
def test_each_decision_lets_it_pass(
    town: Town, monkeypatch: pytest.MonkeyPatch, decided: tuple[str, int | None, int | None]
) -> None:
    town.year(2012)
    tell(monkeypatch, figure(4, gender="X"))
    decide("2012;gender=X", *decided)
    built = build("2012", PUBLIC, ["gender"])
    assert built.passed
    assert cells("2012.p1", "gender")["X"] is None
    known = decided[0] == INTERVAL and decided[2] in (3, None)
    assert (proof("2012.p1").report["published_elsewhere"] == ["2012.p1;gender=X"]) == known


def test_an_interval_that_is_wrong_too_stops_it_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.year(2012)
    tell(monkeypatch, figure(4, gender="X"))
    decide("2012;gender=X", INTERVAL, 4, 9)
    with pytest.raises(ReleaseRefused, match="2012, Gender: Transgender"):
        build("2012", PUBLIC, ["gender"])
    decide("2012;gender=X", INTERVAL, 2, 9)
    assert build("2012", PUBLIC, ["gender"]).passed


def test_the_latest_decision_holds_and_makes_another_draft(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.year(2012)
    tell(monkeypatch, figure(4, gender="X"))
    decide("2012;gender=X", SUPERSEDED)
    build("2012", PUBLIC, ["gender"])
    decide("2012;gender=X", INTERVAL, 3, 3)
    assert build("2012", PUBLIC, ["gender"]).release.pk == "2012.p2"
    assert proof("2012.p1").report["published_elsewhere"] == []
    assert proof("2012.p2").report["published_elsewhere"] == ["2012.p2;gender=X"]


def test_what_a_fact_tells_stays_hidden_and_is_listed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another than the small cell is told: with the total, which is shown, it is not enough to find it."""
    town.year(2012)
    tell(monkeypatch, figure(3, gender="X"), figure(44, gender="F"))
    built = build("2012", PUBLIC, ["gender"])
    assert built.passed
    shown = cells("2012.p1", "gender")
    assert shown["X"] is None
    assert (shown["F"] is None) != (shown["M"] is None)
    assert proof("2012.p1").report["published_elsewhere"] == ["2012.p1;gender=X"]


def test_a_fact_of_a_cell_that_would_be_hidden_moves_the_hiding(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without facts the men, or the women, hide gender X. Told these, a reader would find X: so the others are hidden instead."""
    town.year(2012)
    before = cells(build("2012", PUBLIC, ["gender"]).release.pk, "gender")
    beside, other = sorted("FM", key=lambda code: before[code] is not None)
    assert (before[beside], before["X"]) == (None, None)
    assert before[other] is not None
    tell(monkeypatch, figure({"F": 44, "M": 40}[beside], gender=beside))
    built = build("2012", PUBLIC, ["gender"])
    assert built.passed
    assert cells(built.release.pk, "gender")[other] is None


def test_a_coalition_cell_that_a_fact_tells_is_shown(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.year(2012)
    first = town.ngos[0]
    town.enter(10, "2012-05", by=[first], region="DK02")
    town.enter(2, "2012-05", by=[town.ngos[1]], region="DK02")
    town.enter(20, "2012-05", region="DK03")
    hidden = build("2012", PUBLIC, ["region"])
    assert cells(hidden.release.pk, "region")["DK02"] is None
    tell(monkeypatch, figure(12, region="DK02"))
    shown = build("2012", PUBLIC, ["region"])
    assert shown.passed
    assert cells(shown.release.pk, "region")["DK02"] == 12


@pytest.mark.django_db
def test_the_facts_of_a_year() -> None:
    known = facts.facts_of_years(2020, 2020)
    (total,) = (fact for fact in known if not fact.sides)
    assert (total.id, total.low, total.high) == ("2020", 77, 77)
    assert {fact.first for fact in known} == {fact.last for fact in known} == {2020}
    assert facts.facts_of_years(2012, 2014) == ()
    everything = facts.facts_of_years(2015, 2023)
    assert len(set(ids(everything))) == len(everything)
    decide("2020", SUPERSEDED)
    assert set(ids(known)) - set(ids(facts.facts_of_years(2020, 2020))) == {"2020"}


def test_a_fact_of_a_level_holds_its_submitted_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    minors = facts.fact_of(figure(2, age_band="Y_LT18"))
    assert [minors.holds(record(age_band=code)) for code in ("Y15T17", "Y0T11", "_U_MINOR", "Y18T24", "_U")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert not minors.holds(record("2013-01", age_band="Y15T17"))


def test_a_fact_over_what_no_table_has_says_at_least() -> None:
    """Theft and fraud exclude each other, so their persons add up; of one detail told twice only the greater counts."""
    theft, fraud = (
        facts.fact_of(figure(count, exploitation_detail=detail))
        for count, detail in ((3, "CRIMINAL_THEFT"), (1, "CRIMINAL_FRAUD"))
    )
    (both,) = facts.project_facts([theft, fraud], {"exploitation"})
    assert both.sides == (("exploitation", frozenset({"CRIMINAL"})),)
    assert (both.low, both.high, both.id) == (4, None, f"{theft.id}+{fraud.id}")
    (twice,) = facts.project_facts(
        [theft, facts.fact_of(figure(2, exploitation_detail="CRIMINAL_THEFT"))], {"exploitation"}
    )
    assert (twice.low, twice.high) == (3, None)
    men = facts.fact_of(figure(10, exploitation="LABOUR", gender="M"))
    assert facts.project_facts([men], {"exploitation", "gender"}) == (men,)
    (labour,) = facts.project_facts([men], {"exploitation"})
    assert (labour.sides, labour.low, labour.high) == ((("exploitation", frozenset({"LABOUR"})),), 10, None)


def test_an_interval_is_what_it_says_and_a_part_of_nothing_says_nothing() -> None:
    """Of "<5" women of a country a wider cell has none at least. With five of another there are five at least."""
    few = facts.fact_of(replace(figure(0, exploitation_detail="SEXUAL_STREET", gender="F"), most=4))
    assert (few.low, few.high) == (0, 4)
    assert facts.project_facts([few], {"exploitation", "exploitation_detail", "gender"}) == (few,)
    assert facts.project_facts([few], {"gender"}) == ()
    five = facts.fact_of(figure(5, exploitation_detail="SEXUAL_CLINIC", gender="F"))
    (women,) = facts.project_facts([few, five], {"gender"})
    assert (women.sides, women.low, women.high) == ((("gender", frozenset({"F"})),), 5, None)


def test_an_interval_is_contradicted_outside_of_it_alone(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.year(2012)
    tell(monkeypatch, replace(figure(0, gender="X"), most=2))
    with pytest.raises(ReleaseRefused, match="2012, Gender: Transgender"):
        build("2012", PUBLIC, ["gender"])
    tell(monkeypatch, replace(figure(0, gender="X"), most=4))
    built = build("2012", PUBLIC, ["gender"])
    assert built.passed
    assert cells(built.release.pk, "gender")["X"] is None
    assert proof(built.release.pk).report["published_elsewhere"] == [f"{built.release.pk};gender=X"]


def test_a_fact_brings_a_dimension_along_that_no_table_has(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is of unknown age, so there are no more men than adults and minors. Hidden beside them, gender X would have three."""
    town.year(2012)
    town.enter(56, "2012-05", gender="F")
    town.enter(4, "2012-05", gender="M", age_band="Y15T17", minor_when_exploited="YES")
    told = [figure(147), figure(143, age_band="Y_GE18"), figure(4, age_band="Y_LT18")]
    men = [figure(40, gender="M", age_band="Y_GE18"), replace(figure(0, gender="M", age_band="Y_LT18"), most=4)]
    tell(monkeypatch, *told, *men)
    built = build("2012", PUBLIC, ["gender"])
    assert built.passed
    assert cells(built.release.pk, "gender")["F"] is None
    monkeypatch.setattr("stats.publishing.blocks.MOST_LINKED", 1)
    tell(monkeypatch, *told, *men, figure(147, age_band=("Y_LT18", "Y_GE18")))
    projected = build("2012", PUBLIC, ["gender"])
    assert cells(projected.release.pk, "gender")["F"] == 100


def test_what_is_known_is_what_is_typed_in(db: None) -> None:
    known = {fact.id: (fact.low, fact.high) for fact in facts.facts_of_years(2015, 2024)}
    assert known["2019;gender=F;age_band=Y_LT18"] == (0, 4)
    assert known["2021;citizenship=VN"] == (6, 6)
    assert (known["2024"], known["2020-2024"], known["2020-2024;citizenship=DK"]) == ((78, 78), (420, 420), (12, 12))
    assert "2021;gender=F;age_band=Y_LT18" not in known
    assert not {name for name in known if name.startswith("2007")}


@pytest.mark.django_db
def test_what_the_records_contradict() -> None:
    people = [record(gender="F") for _ in range(5)]
    exact = facts.fact_of(figure(5, gender="F"))
    facts.check_facts([exact, facts.fact_of(figure(4, exploitation_detail="SEXUAL_STREET", gender="F"))], people)
    for wrong in (figure(4, gender="F"), figure(6, gender="F"), figure(1, gender="M")):
        with pytest.raises(ReleaseRefused, match="contradict"):
            facts.check_facts([facts.fact_of(wrong)], people)


def test_a_figure_of_a_code_that_there_is_not() -> None:
    with pytest.raises(LookupError):
        facts.fact_of(figure(1, gender="BLUE"))


def test_facts_are_of_the_moment_that_they_tell_of(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """87 are published. Before three of them were entered, the same figure contradicts; it is decided, and both are told."""
    town.year(2012)
    tell(monkeypatch, figure(90))
    with pytest.raises(ReleaseRefused, match=": 2012, in all\\."):
        build("2012", PUBLIC, ["gender"])
    town.enter(3, "2012-05", minutes=70)
    assert build("2012", PUBLIC, ["gender"], as_of=at(90)).passed
