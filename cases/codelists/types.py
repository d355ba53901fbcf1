"""Code lists, with the terms of SDMX and pysdmx: code, level, validity, a label in both languages, and which code lies in which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from core.text import Text

UNKNOWN = "_U"
NOT_ASKED = "_N"
NOT_APPLICABLE = "_Z"
OTHER = "_O"
TOTAL = "TOTAL"
# The months of a dated level. They begin where records begin; a change of a future month needs a new version of the list too.
MONTHS = tuple(date(year, month, 1) for year in range(2000, 2041) for month in range(1, 13))


def version_number(version: str) -> tuple[int, ...]:
    """A version as numbers, so that 1.10 comes after 1.9."""
    return tuple(int(part) for part in version.split("."))


class DaySpan(NamedTuple):
    """Days in a row: the first and the last of them."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class CodeNotice:
    """The announcement of a change to partners: the version of the list, the day of the announcement, and the text."""

    version: str
    announced: date
    text: Text


@dataclass(frozen=True, slots=True)
class LabelChange:
    """An earlier label of a code. The meaning is the same: another meaning needs another code."""

    notice: CodeNotice
    was: Text


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `valid_to` is the last day on which new rows may have it; stored rows keep it.

    `maps` gives the code's name in standards of the field, by the standard's id (``HTCDS``, ``CTDC``, ``UK_NRM``).
    `parent` is the code one level up inside the same submitted list (exploitation_detail under exploitation).
    `replaced_by` names the successors of a code with `valid_to`: several for a split, and none where it has no successor.
    `added`, `retired` and `label_changes` are notices to partners; a code of the list's first version has no `added`.
    """

    code: str
    label: Text
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    maps: Mapping[str, str] = field(default_factory=dict)
    replaced_by: tuple[str, ...] = ()
    added: CodeNotice | None = None
    retired: CodeNotice | None = None
    label_changes: tuple[LabelChange, ...] = ()

    def is_valid_on(self, day: date) -> bool:
        """Whether a new row of that day may have this code."""
        return self.is_valid_in(DaySpan(day, day))

    def is_valid_in(self, days: DaySpan) -> bool:
        """Whether the code is in force on any of some days."""
        return self.has_begun_on(days.last) and (self.valid_to is None or days.first <= self.valid_to)

    def has_begun_on(self, day: date) -> bool:
        """Whether the code's first day is that day or earlier."""
        return self.valid_from is None or self.valid_from <= day


@dataclass(frozen=True, slots=True)
class Level:
    """A roll-up of a code list: coarser codes that partition it.

    `parent_of(code, month)` is the coarser code of a leaf in a month (its first day). It depends on the month (`dated`) for the EU
    and for regions; a code of such a level may have days too, and a notice. `since`: the version of the list that has the level
    first; a release that was counted by an earlier one has no table of it. `axis_label`: what it is called without its list, where
    the label alone does not say.
    """

    id: str
    label: Text
    codes: tuple[Code, ...]
    parent_of: Callable[[str, date], str]
    dated: bool = False
    since: str = "1.0"
    axis_label: Text | None = None

    def steps(self, leaf: str) -> Iterator[tuple[date, str]]:
        """(first month, coarser code) of a leaf, for each span of months in which the coarser code is the same."""
        previous = None
        for month in MONTHS if self.dated else MONTHS[:1]:
            if (parent := self.parent_of(leaf, month)) != previous:
                yield month, parent
                previous = parent


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes with a version, and the levels to which it rolls up."""

    id: str
    label: Text
    version: str
    codes: tuple[Code, ...]
    levels: tuple[Level, ...] = ()

    @cached_property
    def by_code(self) -> dict[str, Code]:
        """Every submitted code by its name."""
        return {code.code: code for code in self.codes}

    @cached_property
    def with_dates(self) -> dict[str, Code]:
        """The submitted codes that are not always in force: most lists have none."""
        return {name: code for name, code in self.by_code.items() if code.valid_from or code.valid_to}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The submitted codes, in their order."""
        return tuple(self.by_code)

    def predecessors(self, successor: str) -> tuple[str, ...]:
        """The codes that `successor` replaces, in the order of the list, or of the level that has it."""
        return tuple(code.code for code in self.every_code() if successor in code.replaced_by)

    def every_code(self) -> Iterator[Code]:
        """The submitted codes, and those of each level."""
        return chain(self.codes, *(level.codes for level in self.levels))

    def in_force(self, day: date) -> tuple[str, ...]:
        """The codes that a new row of that day may have, in their order."""
        return self.in_force_in(DaySpan(day, day))

    def in_force_in(self, days: DaySpan) -> tuple[str, ...]:
        """The codes that are in force on any of some days, in their order."""
        return tuple(name for name, code in self.by_code.items() if code.is_valid_in(days))

    def successors(self, name: str, days: DaySpan) -> tuple[str, ...]:
        """The codes in force on any of some days that replaced `name`: its successors or, where these are retired too, theirs."""
        names: dict[str, None] = {}
        for successor in self.by_code[name].replaced_by:
            one = self.by_code[successor]
            later = (successor,) if one.is_valid_in(days) else self.successors(successor, days)
            names.update(dict.fromkeys(later))
        return tuple(names)


# `_U_MINOR`, `_U_ADULT`: only the rest of the name is known.
PARTLY_KNOWN = f"{UNKNOWN}_"
ANY_DAY = date(2000, 1, 1)


def pairs(codelist: CodeList) -> Iterator[tuple[str, str]]:
    """Every pair (coarser, finer) of a list."""
    for coarse in codelist.names:
        for fine in codelist.names:
            if coarse != fine and is_coarser(codelist, coarse, fine):
                yield coarse, fine


def is_coarser(codelist: CodeList, coarse: str, fine: str) -> bool:
    """Whether `fine` lies within `coarse`: as its child, or by every roll-up that a partly known code does know."""
    if codelist.by_code[fine].parent == coarse:
        return True
    if not coarse.startswith(PARTLY_KNOWN):
        return False
    levels = [level for level in codelist.levels if level.parent_of(coarse, ANY_DAY) != UNKNOWN]
    return bool(levels) and all(level.parent_of(fine, ANY_DAY) == level.parent_of(coarse, ANY_DAY) for level in levels)


def finest(codelist: CodeList, codes: Iterable[str]) -> set[str]:
    """The codes without those that a finer one among them lies within. More than one left is a contradiction."""
    names = set(codes)
    return {code for code in names if not any(is_coarser(codelist, code, other) for other in names - {code})}
