"""The table of changes of a new vintage, as it is built, stored and published."""

from __future__ import annotations

import pytest

from cases.models import Case
from core.text import Text
from stats.errors import ReleaseRefused
from stats.models import AUTHORITY, PUBLIC, DraftChange, Proof, PublishedChange, Release
from stats.publishing.build import BuiltDraft
from tests.stats.publishing.town import Town, build, cells, correct, issue, proof, publish
from tests.stats.records import at

GENDER = ["gender"]
Listed = dict[str, tuple[int | None, int | None, int | None]]


@pytest.fixture
def crowd(town: Town) -> list[Case]:
    """The persons of 2012."""
    return town.year(2012)


def later(town: Town, crowd: list[Case], audience: str = PUBLIC) -> BuiltDraft:
    """The second vintage: twelve more men and four of another gender, and three corrected."""
    issue("2012", audience, GENDER)
    town.enter(12, "2012-05", minutes=70, gender="M")
    town.enter(4, "2012-08", minutes=70, gender="X")
    for case in crowd[:3]:
        correct(case, 70, gender="M")
    return build("2012", audience, GENDER, as_of=at(90))


def stored(release_id: str, table: str) -> Listed:
    """The stored changes of a table: before, after and change of each listed cell."""
    row = DraftChange.objects.get(release_id=release_id, axes=table)
    return dict(zip(row.codes, zip(row.before, row.after, row.change, strict=True), strict=True))


def test_a_first_vintage_has_no_changes(town: Town, crowd: list[Case]) -> None:
    issue("2012", PUBLIC, GENDER)
    assert not DraftChange.objects.exists()
    assert "changes" not in proof("2012.p1").report


def test_a_change_is_shown_where_both_vintages_show_the_cell_and_of_no_other(town: Town, crowd: list[Case]) -> None:
    assert later(town, crowd).passed
    before, after = (cells(name, "gender") for name in ("2012.p1", "2012.p2"))
    assert any(value is None for value in before.values())
    assert stored("2012.p2", "") == {"": (87, 103, 16)}
    for code, (was, now, change) in stored("2012.p2", "gender").items():
        assert (was, now) == (before[code], after[code])
        assert change == (None if was is None or now is None else now - was)
    unlisted = before.keys() - stored("2012.p2", "gender").keys()
    assert all(before[code] == after[code] is not None for code in unlisted)


def test_the_changes_are_of_the_last_published_vintage_and_published_with_the_draft(
    town: Town, crowd: list[Case]
) -> None:
    second = later(town, crowd)
    assert not PublishedChange.objects.exists()
    publish(second)
    town.enter(15, "2012-03", minutes=100)
    build("2012", PUBLIC, GENDER, as_of=at(120), threshold=4)
    third = build("2012", PUBLIC, GENDER, as_of=at(120))
    assert third.release.pk == "2012.p4"
    assert set(DraftChange.objects.values_list("release_id", "since_id")) == {
        ("2012.p2", "2012.p1"),
        ("2012.p3", "2012.p2"),
        ("2012.p4", "2012.p2"),
    }
    assert set(PublishedChange.objects.values_list("release_id", "since_id", "axes")) == {
        ("2012.p2", "2012.p1", ""),
        ("2012.p2", "2012.p1", "gender"),
    }


def test_of_noisy_figures_it_is_the_difference_where_both_are_shown(town: Town, crowd: list[Case]) -> None:
    later(town, crowd, AUTHORITY)
    before, after = (cells(name, "gender") for name in ("2012.a1", "2012.a2"))
    both = {code: (before[code], after[code]) for code in before if None not in (before[code], after[code])}
    assert both
    assert stored("2012.a2", "gender") == {
        code: (was, now, now - was) for code, (was, now) in both.items() if was is not None and now is not None
    }
    assert proof("2012.a2").report["changes"] == {"since": "2012.a1"}


def test_a_table_that_the_vintage_before_lacks_has_no_changes(town: Town, crowd: list[Case]) -> None:
    issue("2012", PUBLIC, [""])
    town.enter(12, "2012-05", minutes=70, gender="M")
    publish(build("2012", PUBLIC, GENDER, as_of=at(90)))
    (changes,) = PublishedChange.objects.all()
    assert (changes.axes, changes.before, changes.after, changes.change) == ("", [87], [99], [12])


@pytest.mark.parametrize("notes", [None, Text("Nyt.", " "), Text("", "News."), Text("n" * 2001, "News.")])
def test_without_notes_there_is_no_later_vintage(town: Town, crowd: list[Case], notes: Text | None) -> None:
    issue("2012", PUBLIC, GENDER, change_notes=None)
    town.enter(12, "2012-05", minutes=70)
    with pytest.raises(ReleaseRefused, match=r"what has changed since|at most 1,725 characters"):
        build("2012", PUBLIC, GENDER, as_of=at(90), change_notes=notes)
    assert Release.objects.count() == Proof.objects.count() == 1


def test_what_is_there_already_needs_no_notes(town: Town, crowd: list[Case]) -> None:
    issue("2012", PUBLIC, GENDER, change_notes=None)
    assert build("2012", PUBLIC, GENDER, as_of=at(90), change_notes=None).created is False


def test_notes_are_kept_without_blanks_around(town: Town, crowd: list[Case]) -> None:
    issue("2012", PUBLIC, GENDER)
    town.enter(12, "2012-05", minutes=70)
    made = build("2012", PUBLIC, GENDER, as_of=at(90), change_notes=Text(" Nyt.\n", "News. ")).release
    assert (made.change_notes_da, made.change_notes_en) == ("Nyt.", "News.")
