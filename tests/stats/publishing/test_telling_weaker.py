"""Builds that tell too much of hidden cells, or the wrong thing: each breaks a property of `promises`, or the audit refuses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from stats.protection.space import LinearForm
from stats.protection.views import Constraint, SuppressionCandidate
from stats.publishing import public, published_bounds, suppression
from stats.publishing.cells import Cell, Symbols, TableDraft, public_constraint
from stats.publishing.sources import ReleaseSource
from tests.attacks.weakbuild import believe
from tests.stats.publishing.promises import Town, built, unsafe, wrong_symbols, wrongly_told
from tests.stats.publishing.telling import Codes

Counts = Mapping[Codes, int]
# With nine as the symbol: two are hidden beside forty and not beside ten; and four beside four.
TEN: Counts = {("DK01",): 40, ("DK02",): 2, ("DK03",): 10}
FOURS: Counts = {("DK01",): 40, ("DK02",): 4, ("DK03",): 4}
# The same by two dimensions, where no gate helps.
TEN_OF_WOMEN: Counts = {
    ("F", "Y_LT18"): 2,
    ("F", "Y_GE18"): 10,
    ("F", "_U"): 40,
    ("M", "Y_LT18"): 40,
    ("M", "Y_GE18"): 40,
    ("M", "_U"): 40,
}


def released(counts: Counts) -> Town:
    """The release of a town, of which no organisation knows a part."""
    axes = {1: ("region",), 2: ("gender", "age_band.age18")}
    return built(axes[len(next(iter(counts)))], counts, {})


def without_rows(patch: pytest.MonkeyPatch) -> None:
    """What is told does not heed the symbols."""

    def exact(source: ReleaseSource, cell: Cell) -> Constraint | None:
        row = public_constraint(source, cell)
        return row if row is not None and row.low == row.high else None

    patch.setattr(published_bounds, "public_constraint", exact)


def narrower_than_the_symbol(patch: pytest.MonkeyPatch) -> None:
    """A cell within the symbol is told by what follows of it."""
    patch.setattr(published_bounds, "symbol_bounds", lambda source, cell: (0, None))


def without_one_of_the_symbol(patch: pytest.MonkeyPatch) -> None:
    """One of the cells within the symbol is printed as if it were above. No town agrees with that, so nothing is computed."""
    true = public.published_tables

    def tables(*given: Any) -> tuple[TableDraft, ...]:
        return tuple(replace(each, within=each.within[:-1]) for each in true(*given))

    patch.setattr(public, "published_tables", tables)
    patch.setattr(published_bounds, "bounds_of_blocks", lambda plan: [()] * len(plan.blocks))
    believe(patch)


def forgetting_the_others(patch: pytest.MonkeyPatch) -> None:
    """Who chooses the hidden cells forgets that those without the symbol are above it."""

    def forget(name: str, form: LinearForm, weight: float, least: int, most: int | None) -> SuppressionCandidate:
        return SuppressionCandidate(name, form, weight, 0, most)

    patch.setattr(suppression, "SuppressionCandidate", forget)


def forgotten_by_all(patch: pytest.MonkeyPatch) -> None:
    """The audit forgets it too."""
    forgetting_the_others(patch)
    true = Symbols.rows
    patch.setattr(Symbols, "rows", lambda self, cells: [row for row in true(self, cells) if row.high is not None])


def in_bands(patch: pytest.MonkeyPatch) -> None:
    """Each hidden cell is told in a band about its true count."""

    def rows(self: Symbols, cells: Sequence[Cell]) -> list[Constraint]:
        return [Constraint(cell.id, cell.form, max(0, cell.count - 2), cell.count + 2) for cell in cells]

    patch.setattr(Symbols, "rows", rows)


@pytest.mark.parametrize(
    ("counts", "weaken", "find"),
    [
        (TEN, without_rows, wrongly_told),
        (FOURS, narrower_than_the_symbol, wrongly_told),
        (FOURS, without_one_of_the_symbol, wrong_symbols),
        (TEN_OF_WOMEN, forgotten_by_all, unsafe),
    ],
)
def test_a_weaker_build_breaks_the_property(
    monkeypatch: pytest.MonkeyPatch,
    counts: Counts,
    weaken: Callable[[pytest.MonkeyPatch], None],
    find: Callable[[Town], list[str]],
) -> None:
    assert find(released(counts)) == []
    weaken(monkeypatch)
    assert find(released(counts)) != []


@pytest.mark.parametrize("weaken", [forgetting_the_others, in_bands])
def test_the_audit_refuses_a_build_that_tells_too_much(
    monkeypatch: pytest.MonkeyPatch, weaken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    assert released(TEN_OF_WOMEN).protection.passed
    weaken(monkeypatch)
    assert not released(TEN_OF_WOMEN).protection.passed


def test_the_total_has_no_symbol() -> None:
    town = released({("DK01",): 3})
    (total, _) = town.protection.tables
    assert (total.hidden, total.symbol, total.within) == (("",), None, ())


@pytest.mark.parametrize(
    ("referred", "symbol"),
    [({"DK02": 3}, 9), ({"DK02": 6}, 14), ({"DK02": 6, "DK03": 11}, None)],
    ids=["nine", "fourteen", "none"],
)
def test_a_table_has_the_first_symbol_that_protects(referred: dict[str, int], symbol: int | None) -> None:
    """Who knows six of eight must think of eleven, and who knows eleven of thirteen of sixteen."""
    counts: Counts = {("DK01",): 40, ("DK02",): 8, ("DK03",): 13, ("DK04",): 4}
    (_, table) = built(("region",), counts, {(region,): own for region, own in referred.items()}).protection.tables
    assert table.hidden
    assert table.symbol == symbol
