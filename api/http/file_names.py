"""What a table is called when it is kept as a file: what it is of, so that two tables do not take each other's place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from stats.reading.entries import PeriodReleases
from stats.reading.measures import Measure
from stats.reading.query import Query

# What any file system and any reader of RFC 6266 takes without quoting.
OTHERS = re.compile(r"[^A-Za-z0-9._-]+")
MOST = 180
TOTAL, WITHOUT_TOTALS = "total", "no-totals"


def of_table(query: Query, answering: Sequence[PeriodReleases], language: str, extension: str) -> str:
    """Dataset, axes, filters, measures, periods, releases and language of a table, as in `persons_gender_2023_2023.p1_en.csv`."""
    axes = "-".join(axis.id for axis in query.by if axis.has_total) or TOTAL
    filters = [f"{axis.id}-{code}" for axis, code in query.filters]
    measures = [] if query.measures == (Measure.COUNT,) else ["-".join(query.measures)]
    totals = [] if query.totals else [WITHOUT_TOTALS]
    releases = span([each.release.id for each in answering])
    return join_parts(
        [query.dataset.id, axes, *filters, *measures, *totals, *spans(query, answering), releases, language], extension
    )


def spans(query: Query, answering: Sequence[PeriodReleases]) -> list[str]:
    """The periods of a table: of each range that was asked for the first and the last that there is."""
    periods = [each.release.period for each in answering]
    groups = query.periods.groups(periods) if query.periods else [periods]
    return [span([period.id for period in group]) for group in groups]


def span(names: Sequence[str]) -> str:
    """The first and the last of some names, or the only one."""
    return names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"


def join_parts(parts: Iterable[str], extension: str) -> str:
    """A file's name of its parts: ASCII without blanks and signs. A longer one than file systems allow ends with its digest."""
    whole = OTHERS.sub("-", "_".join(parts))
    if len(whole) > MOST:
        whole = f"{whole[:MOST]}_{hashlib.sha256(whole.encode()).hexdigest()[:8]}"
    return f"{whole}.{extension}"
