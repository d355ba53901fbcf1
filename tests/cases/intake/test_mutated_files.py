"""Files with bytes changed, cut out, repeated and put in: each is read, or refused with a reason, and nothing else happens."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from cases.intake.findings import FileRefused
from cases.intake.readers.files import open_file
from cases.intake.readers.refusals import FILE_WORDS
from cases.intake.readers.strict_json import REASONS
from tests.cases.intake.files import HEADER, ROW, csv_text, ods, ods_row, ods_table, write, xlsx

PIECES = (b"\0", b"999999999", b'"', b"<", b"\xff\xfe", b"\n", b";", b"\x80\x81\x82", b"</row>", b'encoding="utf-16"')
TRIES = 60


def mutate(content: bytes, random: Random) -> bytes:
    """The content with some changes."""
    result = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 5))):
        at, piece = random.randrange(len(result) + 1), random.choice(PIECES)
        there = random.randrange(len(result) + 1)
        length, put = random.choice(
            ((1, piece), (0, piece), (random.randrange(50), b""), (20, result[there : there + 20]))
        )
        result[at : at + length] = put
    return bytes(result)


def mutate_part(content: bytes, random: Random) -> bytes:
    """The archive with some changes in one of its parts."""
    result = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        changed = random.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, mutate(old.read(name), random) if name == changed else old.read(name))
    return result.getvalue()


def files(folder: Path) -> list[Path]:
    """One of each format."""
    rows = [HEADER, ROW, ('two\n"lines"', *ROW[1:]), ROW]
    return [
        xlsx(folder / "a.xlsx", rows),
        ods(folder / "a.ods", ods_table(ods_row(ROW) * 3)),
        write(folder / "a.csv", csv_text(rows)),
        write(folder / "a.json", '[{"a": 1, "b": ["x", null]}, {"c": "æ"}, 3]'),
        write(folder / "a.ndjson", '{"a": 1}\n{"c": "æ"}\n3\n'),
    ]


@pytest.mark.parametrize("place", range(5), ids=["xlsx", "ods", "csv", "json", "ndjson"])
def test_nothing_but_rows_or_a_refusal_comes_of_a_file(tmp_path: Path, place: int) -> None:
    random = Random(place)
    path = files(tmp_path)[place]
    content = path.read_bytes()
    outcomes: set[bool | str] = set()
    for number in range(TRIES):
        is_archive = content.startswith(b"PK") and number % 4
        write(path, mutate_part(content, random) if is_archive else mutate(content, random))
        try:
            source = open_file(path, media_type=None, name=path.name if number % 2 else None)
            source.count()
            rows = list(source.table().rows if source.has_table else source.objects())
            outcomes.add(bool(rows))
        except FileRefused as refusal:
            [(finding, _)] = refusal.findings
            assert finding.rule in FILE_WORDS or finding.rule in REASONS
            outcomes.add(finding.rule)
    assert len(outcomes) > 2
