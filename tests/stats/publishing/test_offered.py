"""Which tables are offered by themselves: public ones by doubt, those for authorities by the share of persons in shown cells."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import Mock

import pytest

from stats.errors import ReleaseRefused
from stats.protection.suppress.complementary import Impossible, NoSolution
from stats.publishing import suppression
from stats.publishing.cells import TableDraft
from stats.publishing.choice import table_of
from stats.publishing.planning import count_shown
from tests.stats.publishing.promises import built
from tests.stats.publishing.telling import Codes

Counts = dict[Codes, int]

# A hundred persons, of whom so many are in shown cells.
PUBLIC = TableDraft(table_of("gender"), ("F",), (40,), ("M", "X"), 100, absent_is_zero=True, doubt=0.5)
NOISY = TableDraft(table_of("gender"), ("F",), (50,), (), 100, absent_is_zero=False)


@pytest.mark.parametrize(("doubt", "offered"), [(0.0, True), (1.0, True), (1.01, False), (None, False)])
def test_a_public_table_is_offered_where_doubt_is_one_at_most(doubt: float | None, *, offered: bool) -> None:
    assert replace(PUBLIC, doubt=doubt).offered is offered


@pytest.mark.parametrize(("shown", "share", "offered"), [(50, 50, True), (49, 49, False), (120, 100, True)])
def test_an_authority_s_table_is_offered_where_it_shows_half(shown: int, share: int, *, offered: bool) -> None:
    """With noise its cells may be more than its total."""
    table = replace(NOISY, counts=(shown,))
    assert (table.share, table.offered) == (share, offered)
    assert replace(table, counts=(995,), total=1000).share == 99


def test_a_table_whose_total_is_hidden_has_no_doubt_to_tell_and_is_not_offered() -> None:
    town = built(("region",), {("DK01",): 3}, {})
    tables = town.protection.margins["tables"]
    assert [(each["axes"], each["doubt"], each["offered"]) for each in tables] == [
        ("", None, False),
        ("region", None, False),
    ]
    assert [table.offered for table in (PUBLIC, NOISY) if replace(table, total=None).offered is not False] == []


def test_nobody_is_no_doubt() -> None:
    tables = built(("region",), {}, {}).protection.margins["tables"]
    assert [(each["axes"], each["share"], each["doubt"], each["offered"]) for each in tables] == [
        ("", 100, 0.0, True),
        ("region", 100, 0.0, True),
    ]


def test_doubt_is_the_widths_for_each_person() -> None:
    """Two cells of 0 to 9, and one of 10 to 20, among 85."""
    counts: Counts = {("DK01",): 41, ("DK02",): 24, ("DK03",): 12, ("DK04",): 3, ("_U",): 5}
    (_, table) = built(("region",), counts, {("DK03",): 11}).protection.tables
    assert table.doubt == pytest.approx((9 + 9 + 10) / 85)


def test_of_a_public_table_all_cells_are_shown_but_the_hidden_and_of_another_those_with_a_count() -> None:
    assert count_shown(PUBLIC) == len(PUBLIC.table[0].codes) - 2
    assert count_shown(NOISY) == 1


def test_where_the_solver_gives_up_a_release_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "suppress", Mock(side_effect=NoSolution))
    with pytest.raises(ReleaseRefused, match="gave up"):
        built(("region",), {("DK01",): 3, ("DK02",): 30}, {})


def test_where_no_symbol_could_help_no_wider_one_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Mock(side_effect=Impossible(["one"]))
    monkeypatch.setattr(suppression, "suppress", asked)
    monkeypatch.setattr(suppression, "find_hopeless", lambda *_: {"one"})
    with pytest.raises(ReleaseRefused, match="cannot be protected"):
        built(("region",), {("DK01",): 3, ("DK02",): 30}, {})
    assert {each.most for call in asked.call_args_list for each in call.kwargs["candidates"]} == {9, None}
