"""How near a reader of protected tables comes to the truth: persons in exact cells, known within 2.5, within 5, and doubt.

The shares need true counts of hidden cells. So they are measured here, and are in no margin and no answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stats.protection.doubt import Bounds
    from stats.publishing.cells import TableDraft
    from stats.publishing.planning import ProtectionResult, ReleasePlan
    from stats.publishing.sources import CountedRecord

# Twice 2.5 and twice 5: an interval so wide has every value within that of its middle.
NEAR, WITHIN = 5, 10


@dataclass(frozen=True, slots=True)
class ReaderKnowledge:
    """What a reader knows of some tables. `exact`, `near` and `within` are persons; a near one counts as within, too.

    `width` is the sum of the widths of hidden cells' intervals; None: one has no end.
    """

    persons: int = 0
    exact: int = 0
    near: int = 0
    within: int = 0
    width: int | None = 0

    def __add__(self, other: Self) -> ReaderKnowledge:
        """What is known of the tables of both."""
        return ReaderKnowledge(
            self.persons + other.persons,
            self.exact + other.exact,
            self.near + other.near,
            self.within + other.within,
            None if self.width is None or other.width is None else self.width + other.width,
        )

    @property
    def doubt(self) -> float | None:
        """The widths for each person. None: there is no bound, or nobody."""
        return None if self.width is None or not self.persons else self.width / self.persons

    @property
    def share_within(self) -> float:
        """The part of the persons known within 5."""
        return self.within / self.persons if self.persons else 1.0

    def columns(self) -> str:
        """Exact, within 2.5, within 5 in per cent; and doubt."""
        shares = (100 * part / max(self.persons, 1) for part in (self.exact, self.near, self.within))
        doubt = "–" if self.doubt is None else f"{self.doubt:.2f}"
        return "".join(f"{share:8.1f}" for share in shares) + f"{doubt:>7}"


def knowledge_of_tables(
    tables: Iterable[TableDraft], intervals: Mapping[str, Mapping[str, Bounds]], records: Sequence[CountedRecord]
) -> dict[str, ReaderKnowledge]:
    """By its stored name what a reader knows of each table but the total. `intervals`: by table and hidden cell."""
    return {table.axes: knowledge_of(table, intervals.get(table.axes, {}), records) for table in tables if table.table}


def knowledge_of(
    table: TableDraft, intervals: Mapping[str, Bounds], records: Iterable[CountedRecord]
) -> ReaderKnowledge:
    """What a reader knows of one table of these records."""
    from stats.counting.cube import SEPARATOR
    from stats.publishing.cell_noise import code_of

    counts = Counter(SEPARATOR.join(code_of(axis, record) for axis in table.table) for record in records)
    widths = {codes: width_of(intervals.get(codes, (0, None))) for codes in table.hidden}

    def persons_known(most: int) -> int:
        return sum(
            count for codes, count in counts.items() if (width := widths.get(codes, 0)) is not None and width <= most
        )

    ends = [width for width in widths.values() if width is not None]
    return ReaderKnowledge(
        counts.total(),
        sum(count for codes, count in counts.items() if codes not in widths),
        persons_known(NEAR),
        persons_known(WITHIN),
        sum(ends) if len(ends) == len(widths) else None,
    )


def width_of(bounds: Bounds) -> int | None:
    """The width of an interval. None: it has no end."""
    least, most = bounds
    return None if most is None else most - least


def knowledge_of_release(plan: ReleasePlan, protection: ProtectionResult) -> dict[str, ReaderKnowledge]:
    """What a reader knows of each table of a release on the day of its publication."""
    intervals = {each.axes: each.intervals for each in protection.bounds if each.of == plan.source.id}
    return knowledge_of_tables(protection.tables, intervals, plan.source.records)


@contextmanager
def without_symbols() -> Iterator[None]:
    """Hidden cells are told nothing: a reader has what anybody may compute."""
    from stats.publishing import cells

    with patch.object(cells, "symbols_of", lambda threshold: (None,)):
        yield
