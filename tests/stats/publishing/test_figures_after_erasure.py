"""What others published after an erasure: their figures stay exact, and count her as the last release did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from cases.linking.decisions import merge, undo
from cases.models import Case, Referral
from partners.audit import COMMAND
from stats.counting import build as release
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC, ErasedKnowledge
from stats.publishing import checks, facts, sources
from tests.stats.publishing.erasing import GENDER, erased, spied
from tests.stats.publishing.test_facts import decide, figure, tell
from tests.stats.publishing.town import Town, build, cells, correct, issue, proof, publish
from tests.stats.records import at, partner, say_nil


def test_who_publishes_still_reads_what_a_figure_leaves_of_a_cell(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """18 in other forms, of whom another has published the 15 of criminal acts."""
    town.enter(3, "2012-05", exploitation="BEGGING")
    tell(monkeypatch, figure(15, exploitation="CRIMINAL"))
    issue("2012-Q1", AUTHORITY, ["region"])
    erased(next(case for case in crowd if Referral.objects.get(case=case).exploitation == "LABOUR"))
    assert build("2012", PUBLIC, ["exploitation.form"]).passed
    assert proof("2012.p1").report["less_facts"] == ["2012.p1;exploitation.form=OTH less 2012;exploitation=CRIMINAL"]


def women_of(crowd: Iterable[Case]) -> list[Case]:
    """The women of a crowd."""
    return [case for case in crowd if Referral.objects.get(case=case).gender == "F"]


def test_the_audit_takes_figures_of_others_as_exact_and_passes(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others published counts her still. So does the audit, which knows that the new vintage counts one fewer."""
    women = women_of(crowd)
    tell(monkeypatch, figure(len(crowd)), figure(len(women), gender="F"))
    issue("2012", PUBLIC, GENDER)
    erased(women[0])
    town.year(2013)
    town.enter(11, "2012-05", minutes=70, gender="M")
    tell(monkeypatch, figure(len(crowd) + 11), figure(len(women), gender="F"))
    plans = spied(monkeypatch)
    second = build("2012", PUBLIC, GENDER, as_of=at(90))
    assert second.passed
    ((plan,), (block,)) = plans, plans[0].blocks
    assert {(fact.low, fact.high) for fact in plan.facts} == {(98, 98), (44, 44)}
    assert sum(map(len, (plan.source.records, plan.everyone))) == 97 + 98
    assert sorted((tie.added, tie.removed) for tie in block.ties()) == [(1, 0), (11, 1)]
    assert {each["low"] - each["high"] for each in plan_facts(second.release.pk)} == {0}
    assert publish(second) == second.release.pk


def plan_facts(release_id: str) -> list[dict[str, Any]]:
    """The facts that a draft's certificate prints."""
    return [fact for block in proof(release_id).certificate["blocks"] for fact in block["facts"]]


def test_a_year_and_a_pool_after_an_erasure_tell_no_different_figures_of_others(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    women = women_of(crowd)
    tell(monkeypatch, figure(len(crowd)), figure(len(women), gender="F"))
    issue("2012", PUBLIC, GENDER)
    town.year(2013)
    before = [(fact["source"], fact["low"], fact["high"]) for fact in plan_facts("2012.p1")]
    erased(crowd[0])
    assert build("2012-2013", PUBLIC, GENDER).passed
    assert [(fact["source"], fact["low"], fact["high"]) for fact in plan_facts("2012-2013.p1")] == before
    assert all(each.passed for each in checks.verify("2012.p1"))


def test_a_contradiction_for_another_reason_still_stops_the_build(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One erased woman excuses no other: two who are corrected to be none would have been let pass by any allowance."""
    women = women_of(crowd)
    tell(monkeypatch, figure(len(women), gender="F"))
    issue("2012", PUBLIC, GENDER)
    erased(women[0])
    correct(women[1], 30, gender="X")
    with pytest.raises(ReleaseRefused, match="contradict"):
        build("2012-2013", PUBLIC, GENDER)


def test_whom_no_protected_release_counted_leaves_a_contradiction(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    release.build(by=COMMAND, period="2012", as_of=at(60))
    tell(monkeypatch, figure(len(crowd)))
    erased(crowd[0])
    with pytest.raises(ReleaseRefused, match="contradict"):
        build("2012", PUBLIC, GENDER)
    decide("2012", "interval", len(crowd) - 1, len(crowd))
    assert build("2012", PUBLIC, GENDER).passed


def test_who_is_no_case_of_a_release_any_more_and_not_erased_is_not_put_back(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case that was once tied to hers has insiders kept for it, too. Merged with a third, it counts no more, and is not gone."""
    one, two, three = crowd[:3]
    issue("2012", PUBLIC, GENDER)
    wrong = merge(by=COMMAND, cases=[one.pk, two.pk], reason_code="CONFIRMED")
    undo(by=COMMAND, decision=wrong.pk, reason_code="WRONG_DECISION")
    erased(one)
    merge(by=COMMAND, cases=[two.pk, three.pk], reason_code="CONFIRMED")
    assert ErasedKnowledge.objects.filter(record=two.pk).exists()
    (kept,) = sources.erased_records(date(2012, 1, 1), date(2012, 12, 1), timezone.now())
    assert kept.id not in {case.pk for case in crowd}


def test_who_was_erased_counts_as_the_last_release_had_her_until_the_moment(town: Town) -> None:
    (whom,) = town.enter(1, "2012-02", gender="F", by=[town.ngos[0]])
    town.enter(30, "2012-02", gender="M")
    issue("2012-Q1", AUTHORITY, GENDER, as_of=at(5))
    correct(whom, 10, gender="X", age_band="Y18T24")
    town.enter(11, "2012-03", minutes=10)
    issue("2012", PUBLIC, ["region"], as_of=at(60))
    erased(whom)
    span = date(2012, 1, 1), date(2012, 12, 1)
    place = sources.NAMES.index("age_band")
    found = {
        minutes: [each.codes[place] for each in sources.erased_records(*span, at(minutes))] for minutes in (1, 30, 90)
    }
    assert found == {1: [], 30: ["Y25T34"], 90: ["Y18T24"]}


# --- a reader who knows what others published to be exact ---


def slack(patch: pytest.MonkeyPatch) -> None:
    """As it was: every figure is reckoned with as up to five too many, and who was erased is counted nowhere."""
    exact = facts.facts_of_years

    def wide(first: int, last: int) -> tuple[facts.Fact, ...]:
        return tuple(replace(fact, low=max(0, fact.low - 5)) for fact in exact(first, last))

    patch.setattr(facts, "facts_of_years", wide)
    patch.setattr(sources, "erased_records", lambda *given: ())


BY_FORM, GROUP = "region,exploitation.form", "DK02"


def with_a_figure(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A region of eight who were all exploited for labour, and a figure of a larger one, of whom one was erased since."""
    say_nil(2012)
    several = [partner() for _ in range(8)]
    for region, form, count in (
        (GROUP, "LABOUR", 8),
        ("DK01", "LABOUR", 40),
        ("DK03", "SEXUAL", 60),
        ("DK03", "LABOUR", 60),
    ):
        town.enter(count, "2013-02", region=region, exploitation=form, by=several)
    gone, *_ = town.enter(40, "2013-02", region="DK01", by=several)
    tell(monkeypatch, figure(40, year=2013, region="DK01", exploitation="SEXUAL"))
    issue("2013-Q1", AUTHORITY, GENDER)
    erased(gone)


def most_elsewhere(release_id: str) -> int:
    """The most of the group who can have been exploited otherwise, for a reader who knows the figure, and that one was erased."""
    told, totals = cells(release_id, BY_FORM), cells(release_id, "exploitation.form")
    assert told[f"{GROUP}|LAB"] is None
    found = 0
    for form, total in totals.items():
        if form == "LAB" or told[f"{GROUP}|{form}"] is not None:
            continue
        others = {code: n for code, n in told.items() if code.endswith(f"|{form}") and not code.startswith(GROUP)}
        least = {code: 40 - 1 if code == "DK01|SEX" and n is None else n or 0 for code, n in others.items()}
        found += (total or 0) - sum(least.values())
    return found


def test_a_reader_with_exact_figures_is_told_of_no_group_after_an_erasure(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_figure(town, monkeypatch)
    with pytest.MonkeyPatch.context() as patch:
        slack(patch)
        assert build("2012-2013", PUBLIC, [BY_FORM]).passed
        assert most_elsewhere("2012-2013.p1") < 3
    assert build("2012-2013", PUBLIC, [BY_FORM]).passed
    assert most_elsewhere("2012-2013.p2") >= 3


@pytest.mark.parametrize("known", [True, False])
def test_what_was_she_is_not_the_difference_between_a_figure_and_a_release(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    """No vintage before showed the women, so a newspaper's figure alone tells of the change."""
    # So many women that the men cost less to hide.
    women = [*women_of(crowd), *town.enter(30, "2012-05", gender="F")]
    if known:
        tell(monkeypatch, figure(len(women), gender="F"))
    issue("2012-Q1", AUTHORITY, ["region"])
    erased(women[0])
    assert build("2012", PUBLIC, GENDER).passed
    shown = cells("2012.p1", "gender")
    assert (shown["F"] is None) == known
    assert shown["X"] is None


def test_what_was_she_is_not_the_difference_between_figures_of_years_and_a_pool(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """44 women of each year, and 87 of both."""
    women = women_of(crowd)
    town.year(2013)
    tell(monkeypatch, figure(len(women), gender="F"), figure(len(women), year=2013, gender="F"))
    issue("2012-Q1", AUTHORITY, ["region"])
    erased(women[0])
    assert build("2012-2013", PUBLIC, GENDER).passed
    assert cells("2012-2013.p1", "gender")["F"] is None


def test_what_was_she_is_not_the_difference_between_a_figure_and_several_cells(
    town: Town, crowd: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """72 in two forms together, and 38 and 33."""
    tell(monkeypatch, figure(72, exploitation=("SEXUAL", "LABOUR")))
    issue("2012-Q1", AUTHORITY, ["region"])
    erased(women_of(crowd)[0])
    assert build("2012", PUBLIC, ["exploitation"]).passed
    told = cells("2012.p1", "exploitation")
    assert None in (told["SEXUAL"], told["LABOUR"])
