"""Attacks on everything about an answer but its figures: form, order, length, headers, tags, work, refusals, repetition."""

from __future__ import annotations

import csv
import gc
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from types import FrameType
from typing import Any

from cases.dimensions import PERSONS
from tests.attacks.crawl import API, TOTAL, Answer, Reader, Seen, categories, query
from tests.attacks.scores import Score

TIMES = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
TOTALS = ("records", "snapshots", "digest")
FEW = 4
VARYING = {"ETag", "X-Request-Id", "Date", "Content-Length", "Content-Disposition"}


def single(cell: Seen, **more: str) -> str:
    """The query of one cell."""
    filters = {axis.partition(".")[0]: code for axis, code in zip(cell.axes, cell.codes, strict=True)}
    return query(release=cell.release, totals="exclude", by=",".join(cell.axes), **filters, **more)


def deviating(signatures: Iterable[object]) -> int:
    """How many differ from the most frequent."""
    counted = Counter(signatures)
    return counted.total() - max(counted.values(), default=0)


def by_table(reader: Reader, cells: Iterable[Seen], signature: Callable[[Seen], object]) -> Score:
    """How many hidden cells can be told from the other hidden cells of their table of which the same is told.

    What is told of a cell follows from published figures alone (`tests/stats/publishing/`), and so it is no hit.
    """
    alike: dict[tuple[str, tuple[str, ...], object], list[object]] = {}
    for cell in [cell for cell in cells if cell.hidden and cell.axes]:
        alike.setdefault((cell.release, cell.axes, interval(reader, cell)), []).append(signature(cell))
    return Score(sum(map(deviating, alike.values())), sum(map(len, alike.values())))


def interval(reader: Reader, cell: Seen) -> tuple[int | None, int | None]:
    """The least and the most that an answer tells of its one cell."""
    told = reader.get(single(cell)).json.get("extension", {}).get("told", {})
    return told.get("least", {}).get("0"), told.get("most", {}).get("0")


def nameless(content: bytes, cell: Seen) -> bytes:
    """A body without the codes of its cell and their labels."""
    document = json.loads(content)
    # The address names the cell that was asked for, as it was asked for.
    content = content.replace(json.dumps(document.get("href", ""), ensure_ascii=False).encode(), b'""')
    for axis, code in zip(cell.axes, cell.codes, strict=True):
        label = document["dimension"][axis]["category"].get("label", {}).get(code)
        name, said = json.dumps(code), json.dumps(label, ensure_ascii=False)
        for entry in (f"{name}:0", f"{name}: 0", f"{name}:{said}"):
            content = content.replace(f"{{{entry}}}".encode(), b"{}")
    return content


def bodies(reader: Reader, cells: Iterable[Seen]) -> Score:
    """Hidden cells whose answer differs by more than the name of the cell (8)."""
    return by_table(reader, cells, lambda cell: nameless(reader.get(single(cell)).content, cell))


def envelopes(reader: Reader, cells: Iterable[Seen]) -> Score:
    """Hidden cells that differ in the length of the answer or in its headers (13)."""

    def envelope(cell: Seen) -> object:
        answer = reader.get(single(cell))
        given = {name: value for name, value in answer.headers.items() if name not in VARYING}
        said = int(answer.headers.get("Content-Length", len(answer.content)))
        return said - len(answer.content) + len(nameless(answer.content, cell)), tuple(sorted(given.items()))

    return by_table(reader, cells, envelope)


def some_works(reader: Reader, cells: Iterable[Seen]) -> Score:
    """The attack on work (15) on a few hidden cells of each table: the short form, since each is asked for under a profiler."""
    return works(reader, few_of_each_table(cells), "count")


def few_of_each_table(cells: Iterable[Seen]) -> Iterator[Seen]:
    """A few hidden cells of each table, spread over it; all of them where they are few."""
    tables: dict[tuple[str, tuple[str, ...]], list[Seen]] = {}
    for cell in cells:
        if cell.hidden and cell.axes:
            tables.setdefault((cell.release, cell.axes), []).append(cell)
    for hidden in tables.values():
        yield from hidden[:: -(-len(hidden) // FEW)]


def works(reader: Reader, cells: Iterable[Seen], measure: str = "count,share") -> Score:
    """Hidden cells that take another amount of work (15): calls of functions, because a clock is no measure in a test."""

    def work(cell: Seen) -> int:
        # A format that nobody else asks for, and a measure of each form's own, so that no kept answer spares the work.
        return calls(lambda: reader.get(single(cell, format="list", measure=measure)))

    asked = [cell for cell in cells if cell.hidden and cell.axes]
    for cell in asked:
        reader.get(single(cell, format="csv"))
    # What is made once for a form is made before.
    reader.get(single(asked[0], format="list", measure="share"))
    with frozen():
        return by_table(reader, asked, work)


@contextmanager
def frozen() -> Iterator[None]:
    """What there is now is left out of every sweep meanwhile, which then takes no time."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def calls(act: Callable[[], object]) -> int:
    """How many functions an act calls."""
    made = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal made
        made += event == "call" and "/tests/" not in frame.f_code.co_filename

    before = sys.getprofile()
    gc.collect()
    gc.disable()  # or it would call finalisers of what others left behind
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
        gc.enable()
    return made


def tables_of(cells: Iterable[Seen]) -> list[tuple[str, tuple[str, ...]]]:
    """The tables that were crawled, with an axis at least."""
    return list(dict.fromkeys((cell.release, cell.axes) for cell in cells if cell.axes))


def listed(reader: Reader, table: tuple[str, tuple[str, ...]]) -> list[list[str]]:
    """The categories of a table's axes, in their order."""
    release, axes = table
    document = reader.get(query(release=release, totals="exclude", by=",".join(axes))).json
    return [categories(document, axis) for axis in axes]


def published(axes: Iterable[str]) -> list[list[str]]:
    """The codes of axes in the order of the code lists."""
    return [[code.code for code in PERSONS.axes[axis].codes] for axis in axes]


def sparse(reader: Reader, cells: Iterable[Seen]) -> Score:
    """Tables whose categories are not the whole code list (9)."""
    tables = tables_of(cells)
    hits = sum([set(c) for c in listed(reader, t)] != [set(c) for c in published(t[1])] for t in tables)
    return Score(hits, len(tables))


def ordered(reader: Reader, cells: Iterable[Seen]) -> Score:
    """Tables in another order than that of the code lists (12)."""
    tables = tables_of(cells)
    return Score(sum(in_order(listed(reader, t), published(t[1])) for t in tables), len(tables))


def in_order(given: Sequence[Sequence[str]], expected: Sequence[Sequence[str]]) -> bool:
    """Whether codes that both have are ordered differently."""
    return any(
        [c for c in one if c in other] != [c for c in other if c in one]
        for one, other in zip(given, expected, strict=True)
    )


def paths(cells: Iterable[Seen]) -> list[str]:
    """The query of every table."""
    return [query(release=release, by=",".join(axes)) for release, axes in tables_of(cells)]


def tags(one: Reader, two: Reader, cells: Iterable[Seen]) -> Score:
    """Queries whose tag tells two databases apart (14)."""
    asked = paths(cells)
    differ = [one.get(path).headers.get("ETag") != two.get(path).headers.get("ETag") for path in asked]
    return Score(sum(differ), len(asked))


def refusals(reader: Reader, cells: Iterable[Seen]) -> Score:
    """Hidden cells that are answered otherwise than most cells of their table (16)."""
    tables: dict[tuple[str, tuple[str, ...]], list[tuple[bool, int]]] = {}
    for cell in cells:
        if cell.axes:
            tables.setdefault((cell.release, cell.axes), []).append((cell.hidden, reader.get(single(cell)).status))
    usual = {table: Counter(status for _, status in asked).most_common(1)[0][0] for table, asked in tables.items()}
    hidden = [(table, status) for table, asked in tables.items() for is_hidden, status in asked if is_hidden]
    return Score(sum(status != usual[table] for table, status in hidden), len(hidden))


def repetition(readers: Sequence[Reader], cells: Iterable[Seen]) -> Score:
    """Cells that say different things when asked again: in other forms, other languages, by others, kept or not (6)."""
    differ = of = 0
    for release, axes in tables_of(cells):
        asked = {"release": release, "by": ",".join(axes), "totals": "exclude"}
        answers = [
            values(reader.get(query(**asked, format=form), Accept_Language=language), form)
            for reader, form, language in product(readers, ("json-stat", "csv", "json-stat"), ("da", "en"))
        ]
        tag = readers[0].get(query(**asked)).headers["ETag"]
        again = readers[0].get(query(**asked), If_None_Match=tag)
        answers += [values(again, "json-stat")] if again.status == 200 else []
        differ += sum(len(set(said)) > 1 for said in zip(*answers, strict=True))
        of += len(answers[0])
    return Score(differ, of)


def values(answer: Answer, form: str) -> list[int | None]:
    """The counts of an answer in their order."""
    if form == "json-stat":
        return list(answer.json["value"])
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    return [int(row["count"]) if row["count"] else None for row in rows]


def shares(reader: Reader, cells: Iterable[Seen]) -> list[tuple[Seen, int]]:
    """Hidden cells of which a share or a change is told all the same, and the one count that fits it (11)."""
    found = []
    for release, axes in tables_of(cells):
        asked = {"release": release, "by": ",".join(axes)}
        counts, parts, moves = (figures(reader, measure=measure, **asked) for measure in ("count", "share", "change"))
        total = counts.get((TOTAL,) * len(axes))
        before = figures(reader, **{**asked, "release": release.replace(release[:4], str(int(release[:4]) - 1), 1)})
        for cell in (c for c in cells if (c.release, c.axes) == (release, axes) and c.hidden):
            fits = fitting(parts.get(cell.codes), total)
            if moves.get(cell.codes) is not None and before.get(cell.codes) is not None:
                fits = [int(before[cell.codes] or 0) + int(moves[cell.codes] or 0)]
            if len(fits) == 1:
                found.append((cell, fits[0]))
    return found


def fitting(share: float | None, total: float | None) -> list[int]:
    """The counts that would be shown as this share of a total."""
    if share is None or not total:
        return []
    step = 0.5 if total < 200 else 0.05
    return [n for n in range(int(total) + 1) if abs(100 * n / total - share) <= step + 1e-9]


def figures(reader: Reader, **asked: str) -> dict[tuple[str, ...], Any]:
    """The values of a table by codes; empty where it is refused."""
    answer = reader.get(query(**asked))
    if answer.status != 200:
        return {}
    document = answer.json
    names = [name for name in document["id"] if name not in {"measure", "period"}]
    return dict(zip(product(*(categories(document, name) for name in names)), document["value"], strict=True))


def telling(reader: Reader, secrets: Iterable[str], times: Iterable[str]) -> list[str]:
    """What releases and their certificates tell beyond what they should: digests, totals, times of something else (20)."""
    found = []
    items = reader.get(f"{API}/releases").json["items"]
    paths = [f"{API}/releases", *(f"{API}/releases/{item['id']}" for item in items)]
    for path in [*paths, *(f"{path}/certificate" for path in paths[1:])]:
        text = reader.get(path).content.decode()
        found += [f"{path}: a digest" for secret in secrets if secret in text]
        found += [f"{path}: {name}" for name in TOTALS if f'"{name}"' in text]
        found += [
            f"{path}: a time" for told in TIMES.findall(text) if not any(known.startswith(told) for known in times)
        ]
    return found
