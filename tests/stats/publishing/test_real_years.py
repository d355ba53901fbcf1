"""The years that the centre has published, each by itself, and then the pool of them, beside all that is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from stats.choices import words_of_fact
from stats.counting.cube import SEPARATOR
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC, ProtectedTable
from stats.protection.suppress.complementary import Suppression
from stats.protection.verify.certificate import check_certificate
from stats.publishing import checks, proposals, suppression, vintages
from stats.publishing.choice import PROTECTED
from stats.publishing.facts import known_facts
from stats.publishing.rules import QUIET
from tests.cases.sandbox_world import load_world
from tests.stats.facts_decided import decide
from tests.stats.publishing.town import build, cells, draw_alike, proof, publish, without_gate

pytestmark = pytest.mark.django_db
YEARS = range(2019, 2024)
ONE_WAY = ["gender", "exploitation.form", "citizenship.continent", "age_band.age18"]
ALWAYS = ONE_WAY[:3]
NOW = datetime(2024, 9, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def published(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """The published years of the default sandbox, each with its tables of one dimension."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), load_world(years=tuple(YEARS)):
        patch.setattr(settings, "HENVIS_KEYS", tmp_path_factory.mktemp("keys"))
        draw_alike(patch)
        yield [publish(build(str(year), PUBLIC, ONE_WAY, as_of=NOW)) for year in YEARS]


def offered(release_id: str) -> dict[str, dict[str, Any]]:
    """A draft's tables by their axes, with what readers get of them."""
    return {each["axes"]: each for each in proof(release_id).margins["tables"]}


@pytest.mark.parametrize("year", YEARS)
def test_every_year_s_tables_are_worth_reading(published: list[str], year: int) -> None:
    tables = offered(f"{year}.p1")
    assert {name: tables[name]["share"] for name in ALWAYS if not tables[name]["offered"]} == {}
    assert proof(f"{year}.p1").passed
    assert proof(f"{year}.p1").against == published[: year - YEARS[0]]


@pytest.mark.parametrize("year", YEARS)
def test_minors_are_told_where_there_are_five(published: list[str], year: int) -> None:
    minors = {2019: 6, 2021: 5, 2022: 6, 2023: 3}
    if minors.get(year, 5) >= 5:
        assert offered(f"{year}.p1")["age_band.age18"]["offered"]
    if year in minors:
        assert cells(f"{year}.p1", "age_band.age18")["Y_LT18"] == (minors[year] if minors[year] >= 5 else None)


def test_the_one_other_of_2021_is_published_elsewhere_and_stays_hidden(published: list[str]) -> None:
    assert offered("2021.p1")["gender"]["share"] == 52
    shown = cells("2021.p1", "gender")
    assert (shown["X"], shown["F"], shown["M"]) == (None, 42, None)
    assert "2021.p1;gender=X" in proof("2021.p1").report["published_elsewhere"]


def test_whatever_is_shown_is_true_and_small_cells_are_hidden(published: list[str]) -> None:
    tables = list(ProtectedTable.objects.filter(release_id__in=published))
    assert {table.release_id for table in tables} == set(published)
    told = [cell for table in tables for cell in zip(table.codes, table.counts, strict=True)]
    assert min(count for codes, count in told if QUIET.isdisjoint(codes.split(SEPARATOR))) >= 5


@pytest.mark.parametrize("year", YEARS)
def test_every_certificate_stands_up_to_a_check_without_a_solver(published: list[str], year: int) -> None:
    certificate = proof(f"{year}.p1").certificate
    assert [each for each in check_certificate(certificate) if not each.passed] == []
    hidden = sum(len(table.hidden) for table in ProtectedTable.objects.filter(release_id=f"{year}.p1"))
    assert sum(len(block["hidden"]) for block in certificate["blocks"]) == hidden > 0


def test_a_release_is_made_again_alike(published: list[str]) -> None:
    assert [check.passed for check in checks.verify("2021.p1")] == [True] * 8


def test_the_pool_is_proved_beside_the_years(published: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pool = build("2019-2023", PUBLIC, ["gender,exploitation.form"], as_of=NOW)
    assert pool.passed
    assert proof(pool.release.pk).against == published
    assert all(each.passed for each in check_certificate(proof(pool.release.pk).certificate))

    without_gate(monkeypatch)
    monkeypatch.setattr(suppression, "suppress", lambda **given: Suppression(frozenset(given["hidden"]), 0, 0))
    weak = build("2019-2023", PUBLIC, ["gender,exploitation.form"], as_of=NOW, threshold=4)
    assert not weak.passed
    assert any(block["failing"] for block in proof(weak.release.pk).report["audit"].values())
    with pytest.raises(ReleaseRefused, match="did not pass"):
        publish(weak)


def test_a_quarter_is_proved_beside_its_year(published: list[str]) -> None:
    quarter = build("2023-Q4", AUTHORITY, ["gender,exploitation.form", "age_band.age18"], as_of=NOW)
    assert quarter.passed
    assert proof(quarter.release.pk).against == published


def test_the_count_of_a_summer_contradicts_the_final_one(published: list[str]) -> None:
    """By the summer of 2021 fewer persons of 2020 were known than are published now."""
    summer = datetime(2021, 6, 30, tzinfo=UTC)
    with pytest.raises(ReleaseRefused, match=r"contradict .*: 2020,") as refused:
        build("2020-2021", PUBLIC, ["gender"], as_of=summer)
    ids = {words_of_fact(each.id).en: each.id for each in known_facts()}
    for fact in (ids[words] for words in str(refused.value).partition(": ")[2].removesuffix(".").split("; ")):
        decide(fact)
    assert build("2020-2021", PUBLIC, ["gender"], as_of=summer).passed


def test_citizenship_is_rolled_up_before_it_is_hidden(published: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    few = {name: axis for name, axis in PROTECTED.axes.items() if axis.dimension == "citizenship" or name in ONE_WAY}
    monkeypatch.setitem(PROTECTED.__dict__, "axes", few)
    # The year is published, and nothing has changed since.
    monkeypatch.setattr(vintages, "check_changes", lambda *given: None)
    found = {each.table[0].id: each for each in proposals.propose(period="2021", audience=PUBLIC, as_of=NOW)}
    assert not found["citizenship"].offered
    assert found["citizenship.continent"].offered
    finest = {axes[0].dimension: axes[0].id for axes in proposals.offered_axes(found.values())}
    assert finest["citizenship"] in {"citizenship.main", "citizenship.continent", "citizenship.eu"}
    assert finest["gender"] == "gender"


@pytest.mark.usefixtures("published")
def test_what_a_finer_fact_leaves_of_a_shown_cell_is_told_to_staff() -> None:
    """Twenty of other forms in 2021, of which the centre has published 18 of criminal acts."""
    told = proof("2021.p1").report["less_facts"]
    assert "2021.p1;exploitation.form=OTH less 2021;exploitation=CRIMINAL" in told
