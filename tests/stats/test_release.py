"""Vintages, moments, and that what is stored stays as it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cases.codelists.types import Code, CodeList
from partners.audit import COMMAND, Actor
from partners.models import AuditEvent, Partner
from stats.counting import build as release
from stats.counting import cube
from stats.counting.build import ExactBuild
from stats.counting.cube import Options
from stats.counting.snapshot import leaves
from stats.errors import ReleaseRefused
from stats.models import Release, ReleaseTable
from tests.stats import reading
from tests.stats.records import NOTES, at, case, client, identified, partner, referral, supersede

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("zero_is_known")]


@pytest.fixture
def ngo() -> Partner:
    return partner()


def build(period: str = "2023", **options: Any) -> ExactBuild:
    return release.build(by=COMMAND, period=period, **{"depth": 1, "change_notes": NOTES, **options})


def submit(by: Partner, **changes: Any) -> Any:
    return referral(case(by), by, referred_in="2023-03", **changes)


def test_a_second_build_is_the_same_release(ngo: Partner) -> None:
    submit(ngo)
    first, second = build(), build()
    assert (first.created, second.created) == (True, False)
    assert first.release.pk == second.release.pk == "2023.v1"
    assert Release.objects.count() == 1


def test_the_same_moment_gives_the_same_digest_whatever_the_order_of_the_rows(ngo: Partner) -> None:
    rows = [submit(ngo, gender=gender) for gender in "FMXFM"]
    first = build(as_of=at(100)).release
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM cases_referral ORDER BY reference DESC"
        )
        cursor.execute("SET LOCAL henvis.purge = 'on'")
        cursor.execute("DELETE FROM cases_referral")
        cursor.execute("INSERT INTO cases_referral SELECT * FROM kept")
    second = build(as_of=at(100), dimensions=None)
    assert len(rows) == 5
    assert not second.created
    assert (second.release.digest, second.release.snapshots) == (first.digest, first.snapshots)


def test_a_later_moment_with_other_records_is_a_new_vintage_and_the_old_one_stays(ngo: Partner) -> None:
    old = submit(ngo, gender="M", recorded_at=at(0))
    first = build(as_of=at(5)).release
    before = reading.tables(first.pk, "referrals")
    supersede(old, at(10))
    submit(ngo, gender="F", recorded_at=at(10), reference=old.reference, version=2, status="corrected")
    second = build(as_of=at(15))
    assert (second.release.pk, second.created) == ("2023.v2", True)
    assert reading.tables(first.pk, "referrals") == before
    assert reading.table(second.release.pk, "referrals", "gender") == {("F",): 1}


def test_a_build_as_of_an_earlier_moment_finds_the_release_of_then(ngo: Partner) -> None:
    old = submit(ngo, gender="M", recorded_at=at(0))
    first = build(as_of=at(5)).release
    supersede(old, at(10))
    withdrawn = {"version": 2, "status": "withdrawn", "reason_code": "DUPLICATE", "reference": old.reference}
    submit(ngo, gender="M", recorded_at=at(10), **withdrawn)
    build(as_of=at(15))
    again = build(as_of=at(5))
    assert (again.release.pk, again.created) == (first.pk, False)
    assert (build(as_of=at(7)).release.pk, build(as_of=at(20)).release.pk) == ("2023.v1", "2023.v2")
    earliest = build(as_of=at(-5))
    assert (earliest.release.pk, earliest.created, earliest.release.records["referrals"]) == ("2023.v3", True, 0)


def test_a_correction_of_what_is_no_dimension_is_no_new_vintage(ngo: Partner) -> None:
    old = submit(ngo, setting="STREET")
    build(as_of=at(5))
    supersede(old, at(10))
    later = {"recorded_at": at(10), "reference": old.reference, "version": 2, "status": "corrected"}
    referral(old.case, ngo, referred_in="2023-03", setting="SHELTER", **later)
    assert not build(as_of=at(15)).created


def test_other_settings_are_another_vintage(ngo: Partner) -> None:
    submit(ngo)
    assert [build(depth=n).release.pk for n in (1, 2, 1)] == ["2023.v1", "2023.v2", "2023.v1"]
    few = build(dimensions=["gender", "decided_by"]).release
    of_each = {"persons": ["gender", "decided_by"], "presumed": ["gender"], "referrals": ["gender"]}
    assert few.settings == {"depth": 1, "dimensions": of_each}
    assert set(reading.tables(few.pk, "referrals")) == {"", "gender"}


def test_depth_is_what_a_table_may_have(ngo: Partner) -> None:
    submit(ngo)
    deep = build(depth=4, dimensions=["gender", "region", "exploitation", "age_band", "decided_by"]).release
    names = reading.tables(deep.pk, "persons")
    assert max(name.count(",") for name in names) == 3
    shallow = build(depth=3, dimensions=["gender", "decided_by"]).release
    assert set(reading.tables(shallow.pk, "persons")) == {"", "gender", "decided_by", "gender,decided_by"}


def test_what_a_release_says_of_itself(ngo: Partner) -> None:
    identified(partner("CENTRE"), decided_in="2023-05")
    submit(ngo)
    made = release.build(by=Actor(client_id=client(ngo).pk), period="2023", depth=1, as_of=at(5)).release
    made.refresh_from_db()
    assert (made.period, made.vintage, made.audience, made.client) == ("2023", 1, "exact", client(ngo))
    assert (made.first_month.isoformat(), made.last_month.isoformat()) == ("2023-01-01", "2023-12-01")
    assert made.records == {"persons": 1, "presumed": 1, "referrals": 1}
    # One record is one cell of each table.
    assert made.cells == {"persons": 19, "presumed": 21, "referrals": 18}
    assert made.codelists == Options.of_settings(made.settings).codelists()
    assert made.notes == []
    assert str(made) == made.pk == "2023.v1"
    event = AuditEvent.objects.get(action="release.build")
    assert (event.subject, event.client, event.detail["depth"]) == ("2023.v1", client(ngo), 1)
    assert "records" not in event.detail


def test_the_digest_can_be_computed_again_from_the_cells(ngo: Partner) -> None:
    for gender in "FFM":
        submit(ngo, gender=gender)
    made = build().release
    rows = ReleaseTable.objects.filter(release=made)
    assert cube.digest_of_tables((row.dataset, row.axes, row.codes, row.counts) for row in rows) == made.digest
    assert str(rows[0]).startswith("2023.v1 ")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"period": "2023-13"}, "A period is written"),
        ({"period": "2023-2023"}, "A period is written"),
        ({"period": "1999"}, "A period is written"),
        ({"period": "0000-2003"}, "A period is written"),
        ({"period": "2190"}, "begins after"),
        ({"as_of": datetime(2024, 1, 1)}, "no time zone"),  # noqa: DTZ001 (that is the point)
        ({"depth": 0}, "depth"),
        ({"depth": 6}, "depth"),
        ({"dimensions": ["gender", "shoe_size"]}, "dimensions are among"),
        ({"dimensions": []}, "dimensions are among"),
        ({"dimensions": ["decided_by"]}, "needs a dimension"),
    ],
)
def test_what_cannot_be_built(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(ReleaseRefused, match=words):
        build(**asked)
    assert not Release.objects.exists()


def test_the_future_is_refused_by_the_databases_clock() -> None:
    with pytest.raises(ReleaseRefused, match="future"):
        build(as_of=timezone.now() + timedelta(minutes=1))


def test_a_period_that_has_not_ended_is_marked() -> None:
    assert build("2020", as_of=datetime(2020, 12, 31, 12, tzinfo=UTC)).release.notes == ["PERIOD_NOT_ENDED"]
    assert build("2020", as_of=datetime(2020, 12, 31, 23, 30, tzinfo=UTC)).release.notes == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE statistics_release SET digest = ''",
        "UPDATE statistics_release SET id = 'other'",
        "DELETE FROM statistics_release",
        "UPDATE statistics_releasetable SET counts = '{}', codes = '{}'",
        "UPDATE statistics_releasetable SET counts = counts || 1, codes = codes || 'F'::text WHERE dataset = 'persons'",
        "DELETE FROM statistics_releasetable",
        "INSERT INTO statistics_releasetable (release_id, dataset, axes, codes, counts) "
        "VALUES ('2023.v1', 'persons', 'x', '{}', '{}')",
    ],
)
def test_the_database_refuses_every_change(ngo: Partner, statement: str) -> None:
    submit(ngo)
    build()
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert reading.total("2023.v1", "referrals") == 1


def test_same_records_and_other_cells_is_an_error(ngo: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    submit(ngo)
    build()
    monkeypatch.setattr(cube, "digest_of_source", lambda *_: "0" * 64)
    with pytest.raises(ReleaseRefused, match="release verify"):
        build()


def test_a_code_without_a_leaf_stops_the_build(ngo: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    submit(ngo, gender="F")

    def without_f(codelist: CodeList) -> tuple[str, ...]:
        codes: tuple[Code, ...] = codelist.codes
        return tuple(code.code for code in codes if code.code != "F")

    monkeypatch.setattr(CodeList, "names", property(without_f))
    # The leaves of a period are listed once in a process.
    leaves.cache_clear()
    with pytest.raises(DatabaseError, match="null value"), transaction.atomic():
        build()
    leaves.cache_clear()
