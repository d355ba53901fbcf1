"""Large deliveries: what the worker holds in memory, and how long a workbook takes to be checked."""

from __future__ import annotations

from pathlib import Path

from benchmarks.delivery_rows import Row, ndjson, rows, short
from benchmarks.delivery_service import DeliveryRun, Service, new_caller
from benchmarks.files import write_xlsx
from benchmarks.setting import Setting
from cases.intake.readers.formats import MEDIA_TYPES, XLSX
from cases.intake.templates.columns import COLUMNS, words

MILLION, FEWEST_OF_MILLION = 1_000_000, 40
IN_WORKBOOK, FEWEST_IN_WORKBOOK = 50_000, 19
TENTHS = 10


def million(setting: Setting, system: Service, folder: Path) -> None:
    """A million rows in one lenient job: what the worker holds as it goes on."""
    number, path = setting.size(MILLION, FEWEST_OF_MILLION), folder / "million.ndjson"
    with path.open("wb") as file:
        file.writelines(ndjson(map(short, rows(number, 99))))
    run = system.deliver(new_caller(), path, handling="lenient")
    path.unlink()
    counts = run.body["counts"]
    print(f"\nA lenient job of {number:,} new rows: {number / run.seconds:,.0f} rows/s, {run.seconds:.0f} s")
    print(f"  {counts['created']:,} were stored; {counts['held']:,} wait for a word: so many rows are alike by chance")
    print(f"  the worker held at most {run.peak / 1e6:.0f} MB; MB by tenths of the rows: {growth(run, number)}")


def growth(run: DeliveryRun, number: int) -> str:
    """The most that the worker held in each tenth of the rows that were checked, and while they were stored."""
    tenths: dict[int, int] = {}
    for rows_done, size in run.sizes:
        tenth = min(rows_done * TENTHS // number, TENTHS)
        tenths[tenth] = max(size, tenths.get(tenth, 0))
    return ", ".join(f"{size / 1e6:.0f}" for _, size in sorted(tenths.items()))


def workbook(setting: Setting, system: Service, folder: Path) -> None:
    """A workbook in Danish words, checked and not stored."""
    number = setting.size(IN_WORKBOOK, FEWEST_IN_WORKBOOK)
    lines = [[column.label.da for column in COLUMNS], *(in_words(row) for row in rows(number, 7))]
    path = write_xlsx(folder, lines)
    run = system.deliver(new_caller(), path, MEDIA_TYPES[XLSX], dry_run="true")
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in run.stages.items())
    print(f"\nA workbook of {number:,} rows, checked: {run.seconds:.1f} s (POST {run.posting:.1f}, {stages})")
    cpu = ", ".join(f"{part} {seconds:.1f}" for part, seconds in run.cpu.items())
    print(f"  CPU s: {cpu}; {run.numbers_seen} different counts of rows were seen meanwhile")


def in_words(row: Row) -> list[str]:
    """A row as a person fills it in."""
    return [words(column, row.get(column.name), "da") for column in COLUMNS]
