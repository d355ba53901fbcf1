"""Cells with noise: bounded, absent below the threshold, the same for ever; and hidden for all where they tell too much."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.db import connection, transaction

from stats.models import AUTHORITY, PUBLIC, ProtectedTable, Release
from stats.periods import Period
from stats.protection import perturbation as drawn
from stats.protection.audit.auditor import AuditReport, audit
from stats.protection.audit.intervals import intervals
from stats.protection.perturbation import WHOLE, Noise
from stats.protection.space import LinearForm
from stats.protection.views import Constraint, View
from stats.publishing import cell_noise, checks, sources
from stats.publishing.authority import relax_demands_of_authorities
from stats.publishing.cell_noise import perturb_tables
from stats.publishing.choice import Choice
from stats.publishing.demands import Demands
from stats.publishing.sources import NAMES, CountedRecord
from tests.stats.publishing.town import CROWD, Town, build, cells, issue, proof

KEY = bytes(range(32))
FINE = ["gender,exploitation.form", "region"]
QUARTER = Period.parse("2012-Q2")


def people(count: int = 87) -> tuple[CountedRecord, ...]:
    """The crowd in memory, or the first of it."""
    assert QUARTER is not None
    listed = [(gender, form) for gender, form, number in CROWD for _ in range(number)]
    return tuple(
        CountedRecord(
            UUID(int=number + 1),
            QUARTER.first,
            tuple({"gender": gender, "exploitation": form}.get(name, "_U") for name in NAMES),
        )
        for number, (gender, form) in enumerate(listed[:count])
    )


def drawn_cells(
    records: tuple[CountedRecord, ...], key: bytes = KEY, **parameters: int
) -> dict[str, dict[str, int | None]]:
    """The noisy tables of records."""
    assert QUARTER is not None
    return perturb_tables(Choice.of(FINE, **parameters), QUARTER, records, key)


def test_noise_is_a_function_of_key_and_records_in_any_order() -> None:
    assert drawn_cells(people()) == drawn_cells(people()[::-1])
    assert drawn_cells(people()) != drawn_cells(people(), bytes(32))
    assert drawn_cells(people()) != drawn_cells(people(86))


@pytest.mark.parametrize("parameters", [{}, {"threshold": 3, "deviation": 7, "variance": 6}, {"threshold": 9}])
def test_noise_is_bounded_and_what_is_under_the_threshold_is_absent(parameters: dict[str, int]) -> None:
    choice = Choice.of(FINE, **parameters)
    truth = {(gender, form[:3]): count for gender, form, count in CROWD}
    for number in range(40):
        table = drawn_cells(people(), bytes([number] * 32), **parameters)["gender,exploitation.form"]
        assert len(table) == 16
        for codes, value in table.items():
            gender, form = codes.split("|")
            count = truth.get((gender, {"OTH": "CRI"}.get(form, form)), 0)
            if value is None:
                assert count < choice.threshold + choice.deviation
            else:
                assert value >= choice.threshold
                assert abs(value - count) <= choice.deviation


def test_a_total_has_noise_of_its_own() -> None:
    gaps = set()
    for number in range(60):
        tables = drawn_cells(people(), bytes([number] * 32))
        total, known = tables[""][""], [tables["gender"]["F"], tables["gender"]["M"]]
        assert total is not None
        gaps.add(total - sum(value or 0 for value in known))
    assert len(gaps) > 8


def test_the_name_of_a_cell_is_what_it_is_and_not_where_it_is_shown() -> None:
    (table,) = (table for table in Choice.of(FINE).tables if len(table) == 2)
    assert QUARTER is not None
    assert cell_noise.noise_name(QUARTER, table, "F|SEX") == "persons;2012-Q2;gender=F;exploitation.form=SEX"
    assert cell_noise.noise_name(QUARTER, (), "") == "persons;2012-Q2;"


@pytest.fixture
def crowd(town: Town) -> Town:
    """A town with its persons of 2012."""
    town.year(2012)
    return town


def test_a_rebuild_of_the_same_records_with_the_same_key_is_identical(crowd: Town) -> None:
    found = []
    for _ in range(2):
        with transaction.atomic():
            built = build("2012-Q2", AUTHORITY, FINE)
            assert built.created
            found.append((built.release.digest, cells(built.release.pk, FINE[0])))
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert all(check.passed for check in checks.verify(build("2012-Q2", AUTHORITY, FINE).release.pk))


def test_a_changed_cell_is_found(crowd: Town) -> None:
    """The owner of the tables alone could change one; the release's digest tells."""
    built = build("2012-Q2", AUTHORITY, FINE)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE statistics_protectedtable DISABLE TRIGGER append_only")
        cursor.execute("UPDATE statistics_protectedtable SET counts[1] = counts[1] + 1 WHERE axes = ''")
    assert [check.passed for check in checks.verify(built.release.pk)] == [False, *[True] * 4]


def test_a_stored_table_has_what_is_shown_and_no_list_of_what_is_not(crowd: Town) -> None:
    built = build("2012-Q2", AUTHORITY, FINE)
    drawn_with = drawn_cells_of(built.release)
    for table in ProtectedTable.objects.filter(release=built.release):
        assert list(table.hidden) == []
        assert set(zip(table.codes, table.counts, strict=True)) == {
            (code, value) for code, value in drawn_with[table.axes].items() if value is not None
        }
    assert proof(built.release.pk).certificate == {}


def drawn_cells_of(release: Release) -> dict[str, dict[str, int | None]]:
    """The noise of a stored release, drawn again."""
    return perturb_tables(
        Choice.of_settings(release.settings),
        sources.period_of(release.period),
        sources.records_of(release.pk),
        cell_noise.read_key(cell_noise.key_name_of_release(release)),
    )


def squeezed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Noise at its worst: the greatest for women and men, the least for the total, so that together they bound the others."""

    def uniform(key: bytes, name: str, count: int, cell_key: int) -> int:
        of_most = name.endswith(("gender=F", "gender=M"))
        return WHOLE - 1 if of_most else 0 if name.endswith("2012-Q2;") else WHOLE // 2

    monkeypatch.setattr(drawn, "uniform", uniform)


def test_cells_that_tell_too_much_are_hidden_for_all(crowd: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The total's upper bound and the lower ones of women and men are the truth: of gender X there is one person, or none."""
    crowd.enter(3, "2012-05", region="DK02")
    squeezed(monkeypatch)
    audits: list[int] = []

    def spy(**given: Any) -> AuditReport:
        report = audit(**given)
        audits.append(len(report.failing))
        return report

    monkeypatch.setattr("stats.publishing.authority.audit", spy)
    built = build("2012-Q2", AUTHORITY, ["gender", "region"])
    assert built.passed
    cured = proof(built.release.pk).report["cured"]
    assert cured
    assert sum(audits) > 0
    assert audits[-1] == 0
    assert f"{built.release.pk};TOTAL" not in cured  # a finer cell is enough, and costs a reader less
    for name in cured:
        codes = name.partition(";")[2]
        table, code = codes.split("=") if "=" in codes else ("", "")
        assert cells(built.release.pk, table)[code] is None
    assert all(check.passed for check in checks.verify(built.release.pk))


def test_a_cured_cell_is_no_constraint_of_later_builds(crowd: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    squeezed(monkeypatch)
    first = issue("2012-Q2", AUTHORITY, ["gender"])
    (source,) = sources.published_within(*sources.whole_years([sources.period_of("2012")]), [first])
    assert source.names_cured == frozenset(proof(first).report["cured"])
    assert source.names_cured


def test_quarters_stand_beside_the_year_and_each_other(crowd: Town) -> None:
    year = issue("2012", PUBLIC, ["gender", "exploitation.form"])
    known = [year]
    for quarter in ("2012-Q1", "2012-Q2", "2012-Q3", "2012-Q4"):
        built = build(quarter, AUTHORITY, FINE)
        assert built.passed
        assert proof(built.release.pk).against == sorted(known)
        known.append(issue(quarter, AUTHORITY, FINE))
    later = build("2012", AUTHORITY, FINE)
    assert later.passed
    margins = proof(later.release.pk).report["audit"]["gender+exploitation"]["margins"]
    assert set(margins) <= {"authority"}


def test_the_noise_of_many_cells_is_as_it_should_be() -> None:
    noise = Noise.of(5, 4)
    tables = [drawn_cells(people(), bytes([n] * 32), threshold=3)["gender"]["F"] for n in range(256)]
    found = np.array([value for value in tables if value is not None]) - 44
    assert len(found) == 256
    assert abs(found.mean()) < 0.5
    assert abs(found.var() - noise.variance) < 1.5


def test_a_hidden_public_cell_that_authorities_can_tell_already_is_demanded_no_more() -> None:
    forms = [LinearForm(np.array([place])) for place in range(2)]
    known = View(AUTHORITY, np.zeros(2, np.int64), (Constraint("a fact", forms[0], 2, 2),))
    knowledge: Any = SimpleNamespace(
        intervals=lambda _, asked: intervals(known, (), asked),
        plan=SimpleNamespace(source=SimpleNamespace(id="2012.a1")),
    )
    secret = list(zip(("told", "open"), forms, strict=True))
    report: Any = SimpleNamespace(failing=[], determined_cells={(AUTHORITY, name) for name, _ in secret})
    assert relax_demands_of_authorities(knowledge, Demands({}, ()), secret, report) == (Demands({}, ()), secret[1:])
