"""A build that is interrupted goes on where it stopped, and ends as if nothing had happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from cases.statistics.models import AUTHORITY, PUBLIC, ProtectedTable, Release, SnapshotRecord, Work
from cases.statistics.publishing.build import BuiltDraft
from tests.cases.statistics.publishing.town import Town, build, proof

TABLES = ["gender,exploitation.form", "region"]
Tell = Callable[[str], None]


@pytest.fixture
def crowd(town: Town) -> Town:
    """A town with its persons of two years."""
    town.year(2012)
    town.year(2013)
    return town


@contextmanager
def undone() -> Iterator[None]:
    """What is stored within is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def stopping_at(place: int, told: list[str]) -> Tell:
    """Stop the build when it tells something for the time of this number."""

    def tell(said: str) -> None:
        told.append(said)
        if len(told) == place:
            raise KeyboardInterrupt

    return tell


def content(built: BuiltDraft) -> tuple[object, ...]:
    """Everything that a draft says, but the room that the audit happened to find."""
    tables = ProtectedTable.objects.filter(release=built.release).order_by("axes")
    stored = proof(built.release.pk)
    return (
        built.release.digest,
        built.release.commitment,
        [(t.axes, t.codes, t.counts, t.hidden, t.offered) for t in tables],
        {name: (block["passed"], block["verdicts"]) for name, block in stored.report["audit"].items()},
        {name: value for name, value in stored.report.items() if name != "audit"},
        (stored.passed, stored.certificate, stored.margins["tables"], stored.against),
    )


@pytest.mark.parametrize(("period", "audience"), [("2012-2013", PUBLIC), ("2013-Q4", AUTHORITY)])
def test_the_result_is_the_same_wherever_it_stopped(crowd: Town, period: str, audience: str) -> None:
    heard: list[str] = []
    with undone():
        whole = content(build(period, audience, TABLES, tell=heard.append))
        assert not Work.objects.exists()
    assert len(heard) > 4
    for place in range(1, len(heard) + 1):
        told: list[str] = []
        with undone():
            with pytest.raises(KeyboardInterrupt):
                build(period, audience, TABLES, tell=stopping_at(place, told))
            # The last thing that is told is that the draft is there.
            assert Release.objects.exists() == (place == len(heard))
            assert content(build(period, audience, TABLES)) == whole
            assert not Work.objects.exists()


def test_nothing_is_stored_of_what_was_stopped(crowd: Town) -> None:
    with pytest.raises(KeyboardInterrupt):
        build("2012-2013", PUBLIC, TABLES, tell=stopping_at(4, []))
    assert not (Release.objects.exists() or ProtectedTable.objects.exists() or SnapshotRecord.objects.exists())


def test_what_was_found_is_not_looked_for_again(crowd: Town) -> None:
    """Stopped when the last block is proved, the second attempt has nothing left to look for."""
    heard: list[str] = []
    with undone():
        build("2012-2013", PUBLIC, TABLES, tell=heard.append)
    last = max(n for n, said in enumerate(heard, start=1) if said.endswith(": safe"))
    assert any("proved" in said for said in heard)
    with pytest.raises(KeyboardInterrupt):
        build("2012-2013", PUBLIC, TABLES, tell=stopping_at(last, []))
    assert Work.objects.get().state
    again: list[str] = []
    build("2012-2013", PUBLIC, TABLES, tell=again.append)
    assert not [said for said in again if "proved" in said]
    assert not Work.objects.exists()


def test_other_records_begin_anew(crowd: Town) -> None:
    def keys() -> set[str]:
        return set(Work.objects.values_list("key", flat=True))

    with pytest.raises(KeyboardInterrupt):
        build("2012-2013", PUBLIC, TABLES, tell=stopping_at(9, []))
    before = keys()
    crowd.enter(20, "2012-05")
    with pytest.raises(KeyboardInterrupt):
        build("2012-2013", PUBLIC, TABLES, tell=stopping_at(9, []))
    assert before < keys()
