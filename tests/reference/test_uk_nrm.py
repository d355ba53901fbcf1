"""30,197 real referrals through HTTP and out as releases: every published UK figure has to come back, with 0 differences.

The first rows of each organisation come one by one, and its others in a file: both ways end in one store.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from partners.audit import COMMAND
from stats.counting import build as release
from stats.models import ReleaseTable

from . import uk_nrm, uk_submit
from .test_uk_files import deliver
from .uk_aliases import TOTAL
from .uk_nrm import Cell, Comparison, Record

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(bool(uk_nrm.missing_reason()), reason=uk_nrm.missing_reason()),
    # A release waits for open transactions, so the rows must be committed.
    pytest.mark.django_db(transaction=True),
]

# So many rows of each organisation come one by one: of most all of them, in all about 5,000.
ONE_BY_ONE = 150


def released(quarter: str) -> tuple[Counter[Cell], int]:
    """The base cells of one quarter's release, and the number of cells on roll-ups of our code lists, which the UK lacks."""
    built = release.build(
        by=COMMAND, period=quarter, depth=len(uk_nrm.DIMENSIONS), dimensions=uk_nrm.DIMENSIONS
    ).release
    cube, rolled_up = Counter[Cell](), 0
    for table in ReleaseTable.objects.filter(release=built, dataset="referrals"):
        axes = table.axes.split(",") if table.axes else []
        if set(axes) <= set(uk_nrm.DIMENSIONS):
            cube.update(dict(cells(quarter, axes, table)))
        else:
            rolled_up += len(table.codes)
    return cube, rolled_up


def cells(quarter: str, axes: list[str], table: ReleaseTable) -> Iterator[tuple[Cell, int]]:
    """The cells of one stored table; a dimension that it has not is a margin."""
    for codes, count in zip(table.codes, table.counts, strict=True):
        at = dict.fromkeys(uk_nrm.DIMENSIONS, TOTAL) | dict(zip(axes, codes.split("|") if axes else (), strict=True))
        kind, form, minor, gender, citizenship = (at[name] for name in uk_nrm.DIMENSIONS)
        yield Cell(quarter, kind, TOTAL, form, minor, gender, citizenship), count


def read_back(organisations: dict[str, uk_submit.Organisation]) -> Counter[Cell]:
    """Each organisation's own rows through GET /api/v1/referrals, page by page, as cells by first responder."""
    found = Counter[Cell]()
    for name, organisation in organisations.items():
        for body in organisation.referrals():
            year, month = body["referred_in"].split("-")
            found[
                Cell(
                    f"{year}-Q{(int(month) + 2) // 3}",
                    organisation.partner.kind,
                    name,
                    body["exploitation"],
                    body["minor_when_exploited"],
                    body["gender"],
                    body["citizenship"],
                )
            ] += 1
    return uk_nrm.margins(found)


def report(rows: int, seconds: dict[str, float], rolled_up: int, by_kind: Comparison, by_responder: Comparison) -> None:
    """What was compared, what not and why, and the seconds of each stage."""
    stages = ", ".join(f"{name} {took:.0f} s" for name, took in seconds.items())
    print(f"\nUK records through HTTP: {rows:,} rows; {stages}")
    print(f"  {rolled_up:,} cells on roll-ups of our code lists (continent, EU, form): the UK publishes none")
    for title, found in (("releases, by kind", by_kind), ("lists, by first responder", by_responder)):
        print(f"  {title}: {found.compared:,} cells compared, {len(found.differences)} differences")
        for why, cells in sorted(Counter(map(uk_nrm.why_incomparable, found.incomparable)).items()):
            print(f"    {cells:,} cells not comparable: {why}")


def submit(partners: dict[str, uk_submit.Organisation], rows: list[Record]) -> int:
    """Send the rows, and say how many of them came one by one."""
    records: dict[str, list[Record]] = defaultdict(list)
    for record in rows:
        records[record.responder].append(record)
    for name, own in records.items():
        for record in own[:ONE_BY_ONE]:
            partners[name].submit(record)
        if own[ONE_BY_ONE:]:
            deliver(partners[name], own[ONE_BY_ONE:])
    return sum(min(len(own), ONE_BY_ONE) for own in records.values())


def test_uk_referrals_come_back_as_the_published_tables(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HENVIS_SPOOL = tmp_path / "spool"
    started = time.monotonic()
    seconds: dict[str, float] = {}

    def lap(name: str) -> None:
        seconds[name] = time.monotonic() - started - sum(seconds.values())

    rows, tables = uk_nrm.records(), uk_nrm.published()
    partners = uk_submit.organisations(rows)
    assert (len(rows), len(partners)) == (30_197, 68)
    assert 3_000 < submit(partners, rows) < len(rows) / 2
    lap("submitting")

    cube, rolled_up = Counter[Cell](), 0
    for quarter in uk_nrm.QUARTERS:
        released_cells, on_levels = released(quarter)
        cube.update(released_cells)
        rolled_up += on_levels
    lap("releases")
    by_kind = uk_nrm.compare(cube, uk_nrm.expected(tables))
    by_responder = uk_nrm.compare(read_back(partners), uk_nrm.expected_by_responder(tables))
    lap("reading back and comparing")
    with capsys.disabled():
        report(len(rows), seconds, rolled_up, by_kind, by_responder)
    assert by_kind.differences == ()
    assert by_responder.differences == ()
    # Where nothing is published, the release still has to say what the records say.
    counted = {cell: n for cell, n in uk_nrm.recorded(rows).items() if cell.responder == TOTAL}
    assert uk_nrm.compare(cube, counted).differences == ()
