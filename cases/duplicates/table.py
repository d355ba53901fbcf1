"""Referrals as arrays: what two of them are compared by, and the codes as small whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from cases import dictionary as d
from cases.fields import CodedField
from cases.intake.rules import SILENT

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
NOTHING_SAID = 0


@dataclass(frozen=True, slots=True)
class Compared:
    """A field that two referrals are compared by.

    `agreement`: how often two referrals of one person agree in it, where both know it (Fellegi and Sunter's m). Judged, not
    measured: nobody has a labelled sample of this population. `given`: the field that this one depends on most, by which the
    frequency of its codes is taken; otherwise `SEXUAL` and `F` would count as two coincidences where they are hardly more
    than one.
    """

    field: CodedField
    agreement: float
    given: CodedField | None = None


# What tells of the person. Where she was met, and by whom, tells of the meeting: `region` alone stays, with little weight.
COMPARED: tuple[Compared, ...] = (
    Compared(d.EXPLOITATION, 0.90),
    Compared(d.CITIZENSHIP, 0.95, d.EXPLOITATION),
    Compared(d.GENDER, 0.98, d.EXPLOITATION),
    Compared(d.AGE_BAND, 0.85),
    Compared(d.EXPLOITATION_DETAIL, 0.80, d.EXPLOITATION),
    Compared(d.RESIDENCE_BASIS, 0.80, d.CITIZENSHIP),
    Compared(d.MINOR_WHEN_EXPLOITED, 0.90, d.AGE_BAND),
    Compared(d.EXPLOITED_IN, 0.80),
    Compared(d.REGION, 0.60),
    Compared(d.RECRUITER, 0.65),
    Compared(d.DURATION, 0.60),
)
FIELDS = tuple(each.field for each in COMPARED)
PLACE = {field.name: place for place, field in enumerate(FIELDS)}


class Row(NamedTuple):
    """One current referral. `month`: months since the year 0. `codes`: one for each of `FIELDS`. `digest`: of the linkage code."""

    person: UUID
    month: int
    codes: tuple[str, ...]
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """n rows by column.

    `person[i]` is a place in `people`, which is sorted. `codes[f][i]` is a place in `names[f]`, 0 where nothing is said.
    """

    people: Sequence[UUID]
    person: Ints
    month: Ints
    codes: tuple[Ints, ...]
    names: tuple[Sequence[str], ...]

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.person)

    def of(self, field: CodedField) -> Ints:
        """The column of a field."""
        return self.codes[PLACE[field.name]]


def tabulate(rows: Sequence[Row]) -> Table:
    """The rows as a table. Nothing in it depends on their order but the places of the rows."""
    people, person = numbered([row.person for row in rows])
    columns = [coded([row.codes[place] for row in rows]) for place in range(len(FIELDS))]
    return Table(
        people,
        person,
        np.array([row.month for row in rows], np.int64),
        tuple(codes for _, codes in columns),
        tuple(names for names, _ in columns),
    )


def numbered(values: Sequence[UUID]) -> tuple[Sequence[UUID], Ints]:
    """The different values in their order, and the place of each value among them."""
    different = sorted(set(values))
    return different, places(values, {value: place for place, value in enumerate(different)})


def coded(values: Sequence[str]) -> tuple[Sequence[str], Ints]:
    """The different codes in their order, an empty one in front that stands for all that say nothing, and each value's place."""
    different = ["", *sorted(set(values) - SILENT)]
    return different, places(values, {code: place for place, code in enumerate(different)} | dict.fromkeys(SILENT, 0))


def places[V](values: Iterable[V], number: dict[V, int]) -> Ints:
    """The number of each value."""
    return np.fromiter((number[value] for value in values), np.int64)
