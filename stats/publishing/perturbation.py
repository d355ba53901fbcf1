"""Perturbation by cell key: the noise of a cell is a function of the release's key, of the cell's records and of its name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from cases.dimensions import Axis, table_id
from stats.counting.cube import SEPARATOR
from stats.periods import Period
from stats.protection import keys
from stats.protection.noise import Noise
from stats.protection.space import IntArray
from stats.publishing.choice import PROTECTED, Choice, Table, codes_of
from stats.publishing.records import NAMES, CountedRecord


def noise_name(period: Period, table: Table, codes: str) -> str:
    """The name of a cell for its noise: what it counts, and nothing of the release that shows it."""
    words = ";".join(
        f"{axis.id}={code}" for axis, code in zip(table, codes.split(SEPARATOR) if codes else (), strict=True)
    )
    return f"{PROTECTED.id};{period.id};{words}"


def perturb_tables(
    choice: Choice, period: Period, records: tuple[CountedRecord, ...], key: bytes
) -> dict[str, dict[str, int | None]]:
    """By the stored name of a table: every cell with its noise. None: below the threshold."""
    noise = Noise.of(choice.deviation, choice.variance)
    record_keys = keys.record_keys(key, [record.id for record in records])
    return {
        table_id(table): dict(perturb_cells(table, period, records, record_keys, key, noise, choice.threshold))
        for table in choice.tables
    }


def perturb_cells(
    table: Table,
    period: Period,
    records: tuple[CountedRecord, ...],
    record_keys: IntArray,
    key: bytes,
    noise: Noise,
    threshold: int,
) -> Iterator[tuple[str, int | None]]:
    """The cells of one table, in the order of the code lists."""
    cells = list(product(*map(codes_of, table)))
    number_of = {codes: number for number, codes in enumerate(cells)}
    numbers = [number_of[tuple(code_of(axis, record) for axis in table)] for record in records]
    labels = np.array(numbers, dtype=np.int64)
    counts = np.bincount(labels, minlength=len(cells)).tolist()
    cell_keys = keys.cell_keys(labels, record_keys, len(cells)).tolist()
    for codes, count, cell_key in zip(map(SEPARATOR.join, cells), counts, cell_keys, strict=True):
        shown = count + noise.perturb(keys.uniform(key, noise_name(period, table, codes), count, cell_key))
        yield codes, shown if shown >= threshold else None


def code_of(axis: Axis, record: CountedRecord) -> str:
    return axis.code_of(record.codes[NAMES.index(axis.dimension)], record.month)
