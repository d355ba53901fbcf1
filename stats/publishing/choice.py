"""The choice of a protected release: its tables and its parameters. It comes from a file, options or an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from math import prod
from typing import Any, Self

from cases.dimensions import Axis, protected_datasets, table_id
from stats.errors import refuse
from stats.models import AUTHORITY, PUBLIC
from stats.periods import Period
from stats.protection.perturbation import Noise
from stats.sums.datasets import SUM_DATASETS, check_period_of_sums

# A protected release is of one dataset.
(PROTECTED,) = protected_datasets()
THRESHOLD, LOWEST_THRESHOLD = 5, 3
DEVIATION, VARIANCE = 5, 4
# Far above any use. An order may hold a number of any size, and its noise is calculated where the order is read.
HIGHEST = 100
MOST, MOST_OF_POOL, MOST_OF_YEAR = 3, 2, 1
LARGE = 1000
PARAMETERS = ("threshold", "deviation", "variance")
FIELDS = ("tables", "sums", *PARAMETERS)

Table = tuple[Axis, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The tables of a release, each by its axes in the order of the dataset, with all their margins; and T, D and V.

    `sums`: the ids of the datasets of sums of counts that come with it, in their order.
    """

    tables: tuple[Table, ...]
    sums: tuple[str, ...] = ()
    threshold: int = THRESHOLD
    deviation: int = DEVIATION
    variance: int = VARIANCE

    @classmethod
    def of(cls, tables: Iterable[str], **parameters: int) -> Self:
        """The choice of tables by their ids (`gender`, `gender,citizenship.continent`). Raises `ReleaseRefused`."""
        choice_made = cls(with_margins(table_of(text) for text in tables), sums=(), **parameters)
        if not LOWEST_THRESHOLD <= choice_made.threshold <= HIGHEST:
            raise refuse(
                f"Grænsen (threshold) er fra {LOWEST_THRESHOLD} til {HIGHEST}.",
                f"The threshold is from {LOWEST_THRESHOLD} to {HIGHEST}.",
            )
        if choice_made.deviation > HIGHEST:
            raise refuse(f"Afvigelsen (deviation) er højst {HIGHEST}.", f"The deviation is at most {HIGHEST}.")
        try:
            Noise.of(choice_made.deviation, choice_made.variance)
        except ValueError:
            raise refuse(
                "Variansen er over 0 og højst D(D+1)/3.", "The variance is above 0 and at most D(D+1)/3."
            ) from None
        return choice_made

    @classmethod
    def parse(cls, data: object) -> Self:
        """The choice of a file or an order: an object of `tables` and, where wanted, the parameters. Raises `ReleaseRefused`."""
        if not isinstance(data, Mapping) or not set(data) <= set(FIELDS) or not data.get("tables"):
            raise refuse(
                f"Et valg er et objekt med tables, og højst: {', '.join(FIELDS)}.",
                f"A choice is an object with tables, and at most: {', '.join(FIELDS)}.",
            )
        tables, sums = data["tables"], data.get("sums", [])
        parameters = {name: data[name] for name in PARAMETERS if name in data}
        if not is_list_of_texts(tables):
            raise refuse(
                "tables er en liste af tekster, hver en tabels akser adskilt af kommaer.",
                "tables is a list of texts, each the axes of a table separated by commas.",
            )
        if not is_list_of_texts(sums):
            raise refuse(
                "sums er en liste af navne på datasæt af summer.", "sums is a list of the names of datasets of sums."
            )
        if not all(type(value) is int for value in parameters.values()):
            raise refuse(
                "threshold, deviation og variance er hele tal.",
                "threshold, deviation and variance are whole numbers.",
            )
        return cls.of(tables, **parameters).with_sums(sums)

    @classmethod
    def of_settings(cls, settings: Mapping[str, Any]) -> Self:
        """The choice of a stored release."""
        parameters = {name: settings[name] for name in PARAMETERS if name in settings}
        tables = tuple(table_of(text) for text in settings["tables"][PROTECTED.id])
        return cls(tables, tuple(settings.get("sums", ())), **parameters)

    def as_json(self) -> dict[str, Any]:
        """The form in which a release keeps it."""
        return {
            "tables": {PROTECTED.id: [table_id(table) for table in self.tables]},
            "threshold": self.threshold,
            "deviation": self.deviation,
            "variance": self.variance,
            "most_dimensions": max(len(table) for table in self.tables),
            **({"sums": list(self.sums)} if self.sums else {}),
        }

    def with_sums(self, names: Iterable[str]) -> Self:
        """The choice with these datasets of sums. Raises `ReleaseRefused` for one that there is not."""
        return replace(self, sums=datasets_in_order(names))

    def without(self, tables_dropped: Iterable[Table]) -> Self:
        ids = {table_id(table) for table in tables_dropped}
        return replace(self, tables=tuple(table for table in self.tables if table_id(table) not in ids))

    def check(self, audience: str, period: Period, persons: int) -> None:
        """Raise `ReleaseRefused` where a table has more dimensions than the audience may read of such a period.

        And where there are no sums of such a period for the audience.
        """
        check_period(audience, period)
        for name in self.sums:
            check_period_of_sums(SUM_DATASETS[name], audience, period)
        most = most_dimensions(audience, period, persons)
        if any(len(table) > most for table in self.tables):
            raise refuse(
                f"En tabel over {period.id} for disse modtagere har højst {most} dimension(er).",
                f"A table of {period.id} for this audience has at most {most} dimension(s).",
            )


def check_period(audience: str, period: Period) -> None:
    """Raise `ReleaseRefused` for a period that the audience does not read."""
    if audience == PUBLIC and not (period.annual or period.pool):
        raise refuse(
            "Udgivelser for offentligheden er af år eller af puljer af år.",
            "The public reads years and pools of years.",
        )


def check_begun(period: Period, today: date) -> None:
    """Raise `ReleaseRefused` for a period that is still to come, or that reaches into a year to come."""
    if period.begins > today:
        raise refuse(
            f"Perioden {period.id} er ikke begyndt: der er intet at tælle.",
            f"The period {period.id} has not begun: there is nothing to count.",
        )


def most_dimensions(audience: str, period: Period, persons: int) -> int:
    """How many dimensions a table may have: 3 for authorities and of 1000 persons, 2 of a pool, 1 of a year."""
    if audience == AUTHORITY or persons >= LARGE:
        return MOST
    return MOST_OF_POOL if period.pool else MOST_OF_YEAR


def table_of(text: str) -> Table:
    """The axes of a table's id, in the dataset's order. Raises `ReleaseRefused`."""
    names = text.split(",") if text else []
    if unknown := sorted(set(names) - PROTECTED.axes.keys()):
        raise refuse(
            f"{', '.join(unknown)}: ingen akse i {PROTECTED.id}. Akserne: {', '.join(PROTECTED.axes)}.",
            f"{', '.join(unknown)}: no axis of {PROTECTED.id}. The axes: {', '.join(PROTECTED.axes)}.",
        )
    if len({PROTECTED.axes[name].dimension for name in names}) < len(names):
        raise refuse(
            f"{text}: en tabel har højst én akse af hver dimension.",
            f"{text}: a table has at most one axis of each dimension.",
        )
    return tuple(axis for name, axis in PROTECTED.axes.items() if name in names)


def is_list_of_texts(value: object) -> bool:
    """Whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def datasets_in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Datasets of sums by their ids, in their order. Raises `ReleaseRefused` for one that there is not."""
    names_wanted = set(names)
    if unknown := sorted(names_wanted - SUM_DATASETS.keys()):
        raise refuse(
            f"{', '.join(unknown)}: intet datasæt af summer. Der er: {', '.join(SUM_DATASETS)}.",
            f"{', '.join(unknown)}: no dataset of sums. There are: {', '.join(SUM_DATASETS)}.",
        )
    return tuple(name for name in SUM_DATASETS if name in names_wanted)


def codes_of(axis: Axis) -> tuple[str, ...]:
    """The codes of an axis by name, in their order."""
    return tuple(code.code for code in axis.codes)


def count_cells(table: Table) -> int:
    """How many cells a table has, its margins apart."""
    return prod(len(axis.codes) for axis in table)


def with_margins(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables with all their margins: the total first, then by the number of axes."""
    order = {name: n for n, name in enumerate(PROTECTED.axes)}
    parts = (part for table in tables for size in range(len(table) + 1) for part in combinations(table, size))
    every = {table_id(part): part for part in parts}
    return tuple(sorted(every.values(), key=lambda table: (len(table), [order[axis.id] for axis in table])))
