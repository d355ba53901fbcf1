"""The noise of cells: a function of the release's key, of the cell's records and of its name.

The key of a release is 32 random bytes in a file outside the database. Without it the database does not tell the noise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
from django.conf import settings

from cases.dimensions import Axis, table_id
from core import keys
from stats.counting.cube import SEPARATOR
from stats.errors import refuse
from stats.models import Release
from stats.periods import Period
from stats.protection import perturbation
from stats.protection.perturbation import KEY_BYTES, Noise, new_key
from stats.protection.space import IntArray
from stats.publishing.choice import PROTECTED, Choice, Table, codes_of
from stats.publishing.sources import NAMES, CountedRecord

KEY_NAME = re.compile(r"[0-9Q-]{4,9}\.(public|authority)\.[0-9a-f]{64}", re.ASCII)


def key_name(audience: str, period: str, digest: str) -> str:
    """The name of the key of a release of a period that counts the records of this digest.

    All drafts of the same records have the same key, whatever their tables and parameters: to draw again until the noise pleases
    would condition it on the truth. A vintage counts other records and has another key.
    """
    return f"{period}.{audience}.{digest}"


def key_name_of_release(release: Release) -> str:
    """The name of a stored release's key."""
    return key_name(release.audience, release.period, release.snapshots[PROTECTED.id])


def key_path(name: str) -> Path:
    """The file of a key."""
    if not KEY_NAME.fullmatch(name):
        raise LookupError("no key has such a name")
    return Path(settings.HENVIS_KEYS) / f"{name}.key"


def read_key(name: str) -> bytes:
    """A key by its name. Raises `ReleaseRefused` where there is none, or where it is damaged."""
    try:
        key = key_path(name).read_bytes()
    except OSError:
        raise refuse(
            f"Nøglen {name} er ikke i mappen med nøgler.", f"The key {name} is not in the directory of keys."
        ) from None
    if len(key) != KEY_BYTES:
        raise refuse(f"Nøglen {name} er beskadiget.", f"The key {name} is damaged.")
    return key


def provide_key(name: str) -> bytes:
    """The key of a name: drawn at the first call, and the same ever after."""
    keys.draw_key(key_path(name), new_key())
    return read_key(name)


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
    record_keys = perturbation.record_keys(key, [record.id for record in records])
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
    cell_keys = perturbation.cell_keys(labels, record_keys, len(cells)).tolist()
    for codes, count, cell_key in zip(map(SEPARATOR.join, cells), counts, cell_keys, strict=True):
        shown = count + noise.perturb(perturbation.uniform(key, noise_name(period, table, codes), count, cell_key))
        yield codes, shown if shown >= threshold else None


def code_of(axis: Axis, record: CountedRecord) -> str:
    return axis.code_of(record.codes[NAMES.index(axis.dimension)], record.month)
