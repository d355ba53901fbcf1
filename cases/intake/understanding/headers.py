"""The names of columns: a member's code, its Danish or its English label, in any case, with the mark of a required column."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import cache

from cases.intake.additions import SET_BY_SERVICE
from cases.intake.templates.columns import COLUMNS
from cases.intake.understanding.codes import INDUSTRIES
from cases.intake.understanding.industries import editions_in, without_edition
from cases.intake.understanding.texts import fold

MEMBERS = tuple(column.name for column in COLUMNS)
REQUIRED = tuple(column.name for column in COLUMNS if column.required)
MARK = "*"
# So many of our names in one row are no coincidence.
SEVERAL = 2
LONGEST = 120
# A name so near to one of ours, and so much nearer than to the next one, is probably a misspelling of it.
NEAR, AHEAD = 0.84, 0.05
# How partners call a key of their own: `Vores nr.`, `sags-id`, `internal record number`.
OWNERS = "vores eget egen egne own our internal internt intern row record sags sag case journal klient client borger person loebe"
KEYS = "id nr no nummer number noegle key ref reference lbnr"
OWN_KEY = re.compile(rf"(?:(?:{'|'.join(OWNERS.split())})[ _-]*)*(?:{'|'.join(KEYS.split())})")


@cache
def names() -> Mapping[str, str]:
    """The member of each name of a column."""
    result: dict[str, str] = {}
    for column in COLUMNS:
        for name in (column.name, column.name.replace("_", " "), *column.label):
            result.setdefault(key_of(name), column.name)
    return result


def key_of(header: str) -> str:
    """A header as it is looked up. The edition of its industries is no part of its name."""
    return without_edition(fold(header[:LONGEST])).rstrip(f"{MARK} :.").lstrip(f"{MARK} ")


def member_of(header: str) -> str | None:
    """The member that a column is called by; None for any other name. What only exports have is called as they call it alone."""
    return header if header in SET_BY_SERVICE else names().get(key_of(header))


def names_in(cells: Iterable[object]) -> int:
    """How many different members of ours the cells of a row name."""
    return len({member_of(cell) for cell in cells if isinstance(cell, str)} - {None})


def is_header(cells: Iterable[object]) -> bool:
    """Whether a row is a header of ours."""
    return names_in(cells) >= SEVERAL


def is_own_key(header: str) -> bool:
    """Whether a column seems to have a partner's own key. Only its derived reference may leave the partner. `DB25 nr.` is none."""
    key = key_of(header)
    if key in names() or (key in KEYS.split() and editions_in([header])):
        return False
    return OWN_KEY.fullmatch(key) is not None


def nearest_members(header: str) -> list[str]:
    """The members with the nearest names, the nearest first; none where nothing is near."""
    near = difflib.get_close_matches(key_of(header), list(names()), n=6, cutoff=0.6)
    return list(dict.fromkeys(names()[each] for each in near))[:3]


def guess_of(header: str) -> str | None:
    """The member of which a header is clearly a misspelling, if of one; that of industries, where it names their edition."""
    if editions_in([header]):
        return min(INDUSTRIES)
    key = key_of(header)
    ratios: dict[str, float] = {}
    for name, member in names().items():
        matcher = difflib.SequenceMatcher(None, key, name)
        if matcher.real_quick_ratio() >= NEAR - AHEAD and matcher.quick_ratio() >= NEAR - AHEAD:
            ratios[member] = max(ratios.get(member, 0), matcher.ratio())
    best = sorted(ratios.items(), key=lambda each: -each[1])[:2]
    if not best or best[0][1] < NEAR or len(key) < 4:
        return None
    return best[0][0] if len(best) == 1 or best[0][1] - best[1][1] >= AHEAD else None
