"""The key of a release: in a file of its own, committed to, never anywhere else, and never drawn twice."""

from __future__ import annotations

import base64
import stat
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC, Release
from stats.protection import perturbation as drawn
from stats.publishing import cell_noise, checks
from tests.stats.publishing.town import Town, build, issue, publish
from tests.stats.records import at

GENDER = ["gender"]
NAME = cell_noise.key_name(PUBLIC, "2012", "0" * 64)
TABLES = """
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname IN ('public', 'build') ORDER BY 1
"""


def test_a_key_is_in_a_file_that_only_its_owner_reads(town: Town, keys: Path) -> None:
    town.year(2012)
    for period, audience, name in (("2012", PUBLIC, "2012.p1"), ("2012-Q4", AUTHORITY, "2012-Q4.a1")):
        build(period, audience, GENDER)
        (file,) = keys.glob(f"{period}.{audience}.*.key")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert len(file.read_bytes()) == drawn.KEY_BYTES
        assert Release.objects.get(pk=name).commitment == drawn.commitment(file.read_bytes())
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert len({file.read_bytes() for file in keys.iterdir()}) == 2


def test_a_key_is_nowhere_else(
    town: Town, keys: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    town.year(2012)
    told: list[str] = []
    for period, audience in (("2012", PUBLIC), ("2012-Q4", AUTHORITY)):
        issue(period, audience, GENDER, tell=told.append)
    for release in Release.objects.all():
        checks.verify(release.pk, tell=told.append)
    said = "\n".join([*told, *(record.getMessage() for record in caplog.records), *capfd.readouterr(), *stored()])
    assert "2012.p1" in said
    for file in keys.iterdir():
        assert drawn.commitment(file.read_bytes()) in said
        for form in spellings(file.read_bytes()):
            assert form not in said


def stored() -> list[str]:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [name for (name,) in cursor.fetchall()]
        rows = []
        for name in names:
            cursor.execute(f"SELECT row.*::text FROM {name} AS row")
            rows += [text for (text,) in cursor.fetchall()]
    assert "build.statistics_proof" in names
    return rows


def spellings(key: bytes) -> list[str]:
    """What a key looks like in text, whole or the first half of it, and the numbers that are made of it alone."""
    halves = [key, key[:16]]
    encoded = [base64.b64encode(half).decode().rstrip("=")[:20] for half in halves]
    return [*(half.hex() for half in halves), *encoded, repr(key)[2:20], str(drawn.seed(key))]


def test_a_key_that_is_there_is_used_again(town: Town, keys: Path) -> None:
    town.year(2012)
    first = cell_noise.provide_key(NAME)
    assert cell_noise.provide_key(NAME) == cell_noise.read_key(NAME) == first
    assert cell_noise.provide_key(cell_noise.key_name(PUBLIC, "2012", "1" * 64)) != first


def test_other_tables_and_parameters_of_the_same_records_have_the_same_key(town: Town, keys: Path) -> None:
    town.year(2012)
    for number, threshold in enumerate((5, 4, 6), start=1):
        assert build("2012-Q4", AUTHORITY, GENDER, threshold=threshold).release.pk == f"2012-Q4.a{number}"
    assert len(list(keys.iterdir())) == 1
    assert len(set(Release.objects.values_list("commitment", flat=True))) == 1
    town.enter(12, "2012-11", minutes=70)
    build("2012-Q4", AUTHORITY, GENDER, as_of=at(90))
    assert len(set(Release.objects.values_list("commitment", flat=True))) == 2


def test_keys_are_drawn_at_random(tmp_path: Path, settings: Any) -> None:
    """Here the system's own generator draws."""
    found = set()
    for number in range(3):
        settings.HENVIS_KEYS = tmp_path / str(number)
        found.add(cell_noise.provide_key(NAME))
    assert len(found) == 3


def test_a_damaged_key_stops_the_build(town: Town, keys: Path) -> None:
    town.year(2012)
    build("2012", PUBLIC, GENDER)
    (file,) = keys.iterdir()
    file.write_bytes(b"short")
    with pytest.raises(ReleaseRefused, match=r"The key 2012\.public\.\w+ is damaged"):
        build("2012", PUBLIC, ["region"])
    assert file.read_bytes() == b"short"
    assert Release.objects.count() == 1


def test_a_missing_key(keys: Path) -> None:
    with pytest.raises(ReleaseRefused, match=r"The key 2012\.public\.0+ is not in the directory"):
        cell_noise.read_key(NAME)
    assert not keys.exists()


@pytest.mark.parametrize(
    "name",
    ["2012.p1", f"../{NAME}", NAME[:-1], f"{NAME}.key", f"{NAME}\n", "", f"{NAME}/x", NAME.replace("public", "exact")],
)
def test_no_other_file_is_read_as_a_key(keys: Path, name: str) -> None:
    for access in (cell_noise.key_path, cell_noise.read_key, cell_noise.provide_key):
        with pytest.raises(LookupError):
            access(name)
    assert not keys.exists()


def test_a_release_is_checked_as_far_as_its_key_allows(town: Town, keys: Path) -> None:
    town.year(2012)
    release = build("2012-Q4", AUTHORITY, GENDER)
    (file,) = keys.iterdir()
    whole = file.read_bytes()
    assert outcomes("2012-Q4.a1") == [True] * 5
    publish(release)
    assert outcomes("2012-Q4.a1") == [True] * 7
    file.unlink()
    assert outcomes("2012-Q4.a1") == [*[True] * 5, None]
    file.write_bytes(whole[:31])
    assert outcomes("2012-Q4.a1") == [*[True] * 5, None]
    file.write_bytes(bytes(32))
    assert outcomes("2012-Q4.a1") == [*[True] * 5, False]


def outcomes(release_id: str) -> list[bool | None]:
    """What each check came to."""
    return [check.passed for check in checks.verify(release_id)]
