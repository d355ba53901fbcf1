"""Agreement of codes: a coarser code does not contradict a finer code that lies within it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from cases.codelists.types import UNKNOWN, CodeList

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
