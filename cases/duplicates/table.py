"""Referrals as arrays: the fields that are compared, with codes as small whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from cases import dictionary as d
from cases.fields import CodedField
from cases.rules import UNINFORMATIVE

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
NO_VALUE = 0


@dataclass(frozen=True, slots=True)
class ComparedField:
    """A field by which two referrals are compared.

    `agreement`: how often two referrals of one person agree in it, where both know it (Fellegi and Sunter's m). It is an estimate,
    since nobody has a labelled sample of this population. `given`: the field on which this one depends most; frequencies of codes
    are counted within its codes. Without it, `SEXUAL` and `F` would count as two coincidences, though they are hardly more than
    one.
    """

    field: CodedField
    agreement: float
    condition: CodedField | None = None


# Attributes of the person. Where and by whom she was met belongs to the meeting: only `region` is compared, with a low weight.
COMPARED: tuple[ComparedField, ...] = (
    ComparedField(d.EXPLOITATION, 0.90),
    ComparedField(d.CITIZENSHIP, 0.95, d.EXPLOITATION),
    ComparedField(d.GENDER, 0.98, d.EXPLOITATION),
    ComparedField(d.AGE_BAND, 0.85),
    ComparedField(d.EXPLOITATION_DETAIL, 0.80, d.EXPLOITATION),
    ComparedField(d.RESIDENCE_BASIS, 0.80, d.CITIZENSHIP),
    ComparedField(d.MINOR_WHEN_EXPLOITED, 0.90, d.AGE_BAND),
    ComparedField(d.EXPLOITED_IN, 0.80),
    ComparedField(d.REGION, 0.60),
    ComparedField(d.RECRUITER, 0.65),
    ComparedField(d.DURATION, 0.60),
)
FIELDS = tuple(each.field for each in COMPARED)
PLACE = {field.name: place for place, field in enumerate(FIELDS)}


class ReferralRow(NamedTuple):
    """One current referral. `month`: months since the year 0. `codes`: one for each of `FIELDS`. `digest`: of the linkage code."""

    person: UUID
    month: int
    codes: tuple[str, ...]
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class ReferralTable:
    """The referrals by column.

    `person[i]` is an index into `people`, which is sorted. `codes[f][i]` is an index into `names[f]`; 0 means no known value.
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
        return self.codes[PLACE[field.name]]


def tabulate(rows: Sequence[ReferralRow]) -> ReferralTable:
    """The rows as a table. Their order decides the order of the table's rows and nothing else."""
    people, person = number_values([row.person for row in rows])
    columns = [encode([row.codes[place] for row in rows]) for place in range(len(FIELDS))]
    return ReferralTable(
        people,
        person,
        np.array([row.month for row in rows], np.int64),
        tuple(codes for _, codes in columns),
        tuple(names for names, _ in columns),
    )


def number_values(values: Sequence[UUID]) -> tuple[Sequence[UUID], Ints]:
    """The sorted different values, and the index of each value among them."""
    different = sorted(set(values))
    return different, places(values, {value: place for place, value in enumerate(different)})


def encode(values: Sequence[str]) -> tuple[Sequence[str], Ints]:
    """The sorted different codes after an empty one that stands for all uninformative codes, and the index of each value."""
    different = ["", *sorted(set(values) - UNINFORMATIVE)]
    return different, places(
        values, {code: place for place, code in enumerate(different)} | dict.fromkeys(UNINFORMATIVE, 0)
    )


def places[V](values: Iterable[V], number: dict[V, int]) -> Ints:
    return np.fromiter((number[value] for value in values), np.int64)
