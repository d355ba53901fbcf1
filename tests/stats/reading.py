"""Stored cells in a form that tests can compare."""

from __future__ import annotations

from stats.models import ReleaseTable

Table = dict[tuple[str, ...], int]


def tables(release_id: str, dataset: str) -> dict[str, Table]:
    """Every table of a dataset in a release, by its axes."""
    rows = ReleaseTable.objects.filter(release_id=release_id, dataset=dataset)
    return {row.axes: cells(row.codes, row.counts) for row in rows}


def cells(codes: list[str], counts: list[int]) -> Table:
    """A table by its codes."""
    return {tuple(code.split("|")) if code else (): n for code, n in zip(codes, counts, strict=True)}


def table(release_id: str, dataset: str, axes: str) -> Table:
    """One table."""
    return tables(release_id, dataset)[axes]


def total(release_id: str, dataset: str = "persons") -> int:
    """The grand total."""
    return table(release_id, dataset, "").get((), 0)
