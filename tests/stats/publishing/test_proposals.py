"""What could be published: every table as if it came alone, and what of it may stand together. Nothing is stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases.dimensions import table_id
from partners.models import AuditEvent
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC, Proof, ProtectedTable, Release, SnapshotRecord
from stats.protection.suppress.complementary import Suppression
from stats.publishing import facts, intruders, proposals, suppression, vintages
from stats.publishing.choice import PROTECTED, Choice
from stats.publishing.proposals import Proposal
from tests.stats.publishing.town import Town, build, cells, issue, without_gate
from tests.stats.records import at

# A few axes stand for all: each table is a build.
FEW = ["gender", "exploitation.form", "citizenship", "citizenship.continent"]

pytestmark = pytest.mark.usefixtures("zero_is_known")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only these axes are proposed."""
    monkeypatch.setitem(
        PROTECTED.__dict__, "axes", {name: axis for name, axis in PROTECTED.axes.items() if name in FEW}
    )


@pytest.fixture
def coarse(few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is a table by country: its many small cells take seconds."""
    axes = {name: axis for name, axis in PROTECTED.axes.items() if name != "citizenship"}
    monkeypatch.setitem(PROTECTED.__dict__, "axes", axes)


@pytest.fixture
def crowd(town: Town, few: None) -> Town:
    """The persons of 2012, more than half of them of countries that have three each."""
    town.year(2012)
    for country in ("BG", "HU", "LT", "PL", "CZ", "SK", "EE", "LV", "IT", "ES", "FR", "PT", "GR", "AT", "DE", "FI"):
        town.enter(3, "2012-05", citizenship=country)
    for country in ("NG", "GH", "UG", "KE", "CM", "GM", "SN", "ML", "NE", "TG", "BJ", "CI", "GN", "TZ", "ET", "ER"):
        town.enter(3, "2012-08", citizenship=country)
    return town


def propose(period: str, audience: str) -> dict[str, Proposal]:
    """The proposals by their tables."""
    found = proposals.propose(period=period, audience=audience, as_of=at(60))
    return {table_id(each.table): each for each in found}


def test_of_a_year_every_axis_is_proposed_as_if_it_came_alone(crowd: Town) -> None:
    found = propose("2012", PUBLIC)
    assert set(found) == set(FEW)
    for name, proposal in found.items():
        assert proposal.own is not None
        built = build("2012", PUBLIC, [name])
        shown = [value for value in cells(built.release.pk, name).values() if value is not None]
        assert (proposal.own["shown"], proposal.own["offered"]) == (len(shown), proposal.offered)


def test_the_finest_axis_that_is_offered_goes_on(crowd: Town) -> None:
    found = propose("2011-2012", PUBLIC)
    assert not found["citizenship"].offered
    assert found["citizenship.continent"].offered
    pairs = {name for name in found if "," in name}
    assert pairs == {
        "gender,citizenship.continent",
        "gender,exploitation.form",
        "citizenship.continent,exploitation.form",
    }


def test_of_a_pool_main_countries_stand_beside_the_others_of_their_continents(
    crowd: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["gender", "citizenship", "citizenship.continent", "citizenship.main"]
    every = {axis.id: axis for dimension in PROTECTED.dimensions for axis in dimension.axes}
    monkeypatch.setitem(PROTECTED.__dict__, "axes", {name: every[name] for name in names})
    found = propose("2011-2012", PUBLIC)
    assert not found["citizenship"].offered
    assert found["citizenship.main"].offered
    # 183 persons are too few for 76 cells.
    assert {name for name in found if "," in name} == {"gender,citizenship.continent"}
    crowd.enter(200, "2011-05", citizenship="TH")
    assert "gender,citizenship.main" in propose("2011-2012", PUBLIC)


@pytest.mark.parametrize("period", ["2010-2012", "2008-2012"])
def test_a_pool_of_three_years_or_of_five_is_a_choice(crowd: Town, coarse: None, period: str) -> None:
    assert propose(period, PUBLIC)["gender,exploitation.form"].offered


def test_a_pool_that_overlaps_with_a_published_one_is_not_proposed(crowd: Town) -> None:
    issue("2010-2012", PUBLIC, ["gender"])
    with pytest.raises(ReleaseRefused, match="Pools never overlap, and 2010-2012 is published"):
        propose("2008-2012", PUBLIC)
    assert issue("2008-2009", PUBLIC, [""]) == "2008-2009.p1"


def test_of_few_changes_since_a_vintage_for_authorities_nothing_is_proposed(crowd: Town, coarse: None) -> None:
    """What is proposed of one person more, beside what they read, says in which cells she is."""
    issue("2012", AUTHORITY, ["gender"])
    crowd.enter(1, "2012-05", gender="M", minutes=70)
    with pytest.raises(ReleaseRefused, match="fewer than 10 records have changed"):
        proposals.propose(period="2012", audience=AUTHORITY, as_of=at(80))
    crowd.enter(9, "2012-05", gender="M", minutes=70)
    assert proposals.propose(period="2012", audience=AUTHORITY, as_of=at(80))


def test_nothing_is_stored(crowd: Town, coarse: None, keys: Path) -> None:
    events = AuditEvent.objects.count()
    propose("2012", PUBLIC)
    propose("2012-Q2", AUTHORITY)
    for model in (Release, ProtectedTable, SnapshotRecord, Proof):
        assert not model._default_manager.exists(), model
    assert AuditEvent.objects.count() == events
    assert {file.name.split(".")[0] for file in keys.iterdir()} == {"2012", "2012-Q2"}


def test_to_look_twice_is_not_to_draw_twice(crowd: Town) -> None:
    first, second = propose("2012-Q2", AUTHORITY), propose("2012-Q2", AUTHORITY)
    assert first == second
    built = build("2012-Q2", AUTHORITY, ["gender"])
    own = first["gender"].own
    assert own is not None
    shown = [value for value in cells(built.release.pk, "gender").values() if value is not None]
    assert own["shown"] == len(shown)


def test_a_table_that_is_refused_says_why(crowd: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intruders, "MOST_FINEST", 15)
    found = propose("2012", PUBLIC)
    assert found["citizenship"].why_refused.startswith("The tables over citizenship have ")
    assert found["citizenship"].as_answer() == {"axes": "citizenship", "refusal": found["citizenship"].refusal}
    assert found["citizenship"].margins is None
    assert not found["citizenship"].offered
    assert found["gender"].refusal == ""


def test_a_table_whose_audit_fails_has_no_figures(crowd: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a failed audit leaves is no better than exact cells, and how many persons they hold is a figure of them."""
    monkeypatch.setattr(suppression, "suppress", lambda **given: Suppression(frozenset(given["hidden"]), 0, 0))
    without_gate(monkeypatch)
    failing = [each for each in propose("2012", PUBLIC).values() if each.margins is None]
    assert failing
    assert {each.why_refused for each in failing} == {"The disclosure check failed: the table cannot be published."}
    assert {each.persons for each in failing} == {0}


def test_an_answer_has_the_persons_in_shown_cells_and_no_cell(crowd: Town, coarse: None) -> None:
    found = propose("2012", PUBLIC)
    for name in ("gender", "citizenship.continent"):
        built = build("2012", PUBLIC, [name])
        shown = [value for value in cells(built.release.pk, name).values() if value is not None]
        answer = found[name].as_answer()
        assert answer["persons"] == sum(shown)
        assert set(answer) == {"axes", "shown", "hidden", "symbol", "share", "doubt", "offered", "persons"}


def test_a_choice_is_what_is_offered_as_far_as_it_can_be_proved_together(
    crowd: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = proposals.choose(period="2011-2012", audience=PUBLIC, as_of=at(60))
    tables = [table_id(table) for table in chosen.tables]
    assert any("," in name for name in tables)
    monkeypatch.setattr("stats.publishing.blocks.MOST_DIMENSIONS", 1)
    fewer = proposals.choose(period="2011-2012", audience=PUBLIC, as_of=at(60))
    assert fewer == Choice.of(["gender", "exploitation.form", "citizenship.continent"])


def test_the_server_chooses_among_what_was_shown_alone(crowd: Town) -> None:
    chosen = proposals.choose(period="2011-2012", audience=PUBLIC, as_of=at(60), among=["gender"])
    assert chosen == Choice.of(["gender"])


def test_where_nothing_is_offered(town: Town, few: None) -> None:
    town.enter(4, "2012-05")
    with pytest.raises(ReleaseRefused, match="No table of this period would be offered"):
        proposals.choose(period="2012", audience=PUBLIC, as_of=at(60))


@pytest.fixture
def unfinished(crowd: Town, monkeypatch: pytest.MonkeyPatch) -> Town:
    """Sixty persons of 2024, which has not ended, and of which nobody has published anything."""
    monkeypatch.setattr(facts, "facts_of_years", lambda first, last: ())
    for gender in ("F", "M"):
        crowd.enter(30, "2024-05", gender=gender)
    return crowd


@pytest.mark.parametrize("period", ["2024", "2023-2024"])
def test_of_a_period_that_has_not_ended_the_total_alone_is_chosen(unfinished: Town, period: str) -> None:
    said: list[str] = []
    chosen = proposals.choose(period=period, audience=PUBLIC, as_of=at(60), tell=said.append)
    assert chosen == Choice.of([""])
    assert str(vintages.EARLY) in said


def test_what_else_there_could_be_is_proposed_all_the_same(unfinished: Town) -> None:
    assert propose("2024", PUBLIC)["gender"].offered


def test_who_chooses_more_is_told_what_it_costs(unfinished: Town) -> None:
    said: list[str] = []
    assert build("2024", PUBLIC, ["gender"], tell=said.append).passed
    assert str(vintages.EARLY) in said
    for period, tables in (("2024", [""]), ("2012", ["gender"])):
        said.clear()
        build(period, PUBLIC, tables, tell=said.append)
        assert str(vintages.EARLY) not in said


def test_authorities_are_proposed_all_of_a_quarter_that_has_not_ended(unfinished: Town) -> None:
    chosen = proposals.choose(period="2024-Q2", audience=AUTHORITY, as_of=at(60))
    assert len(chosen.tables) > 1


def test_a_new_vintage_has_the_tables_of_the_last_one(unfinished: Town) -> None:
    issue("2024", PUBLIC, ["gender"])
    unfinished.enter(20, "2024-03", minutes=70)
    chosen = proposals.choose(period="2024", audience=PUBLIC, as_of=at(90))
    assert chosen == Choice.of(["gender"])


@pytest.mark.parametrize(
    ("period", "audience", "why"), [("x", PUBLIC, "A period is"), ("2012", "exact", "are for: public")]
)
def test_what_cannot_be_proposed(town: Town, period: str, audience: str, why: str) -> None:
    with pytest.raises(ReleaseRefused, match=why):
        propose(period, audience)


def test_of_a_quarter_the_public_is_proposed_nothing(crowd: Town) -> None:
    with pytest.raises(ReleaseRefused, match="The public reads years and pools"):
        propose("2012-Q2", PUBLIC)
