"""What a page says that is typed in R, Python, Power Query and a shell: it gives the figures of the page, and no code is lost."""

from __future__ import annotations

import csv
import html
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

from api.docs.steps import STEPS
from cases.dimensions import PERSONS
from stats.models import PUBLIC
from stats.reading import catalogue
from stats.reading.stored_sums import REPORTS
from tests.api.sums import publish_sums
from tests.clients.conftest import NODE, program, run
from tests.pages.tables import rows as rows_of_page
from tests.running import lacks
from tests.stats.published import Cells, publish

pytestmark = pytest.mark.clients
HERE = Path(__file__).parent
STATISTICS = "/da/statistik/"
PAGE = f"{STATISTICS}persons/"
GENDER: Cells = {"F": 60, "M": None, "X": None, "_U": 0}
TOLD = {"gender": {"M": (0, 9), "X": (10, 30)}}
# One of `F` alone; one with Namibia; one of several years, of which a program can make no number; two breakdowns.
QUERIES = [
    "by=gender&period=2023",
    "by=gender&gender=F&period=2023",
    "by=citizenship&period=2022&show=every",
    "by=gender&period=2022..2023",
    "by=gender,exploitation.form&period=2023",
    "period=2007..2023",
]
Row = dict[str, str]


@pytest.fixture(autouse=True)
def published(live_server: Any) -> None:
    """Two years that a live server answers."""
    both = {"F|SEX": 40, "F|LAB": 20, "M|LAB": None}
    totals: dict[str, Cells] = {"": {"": 90}, "exploitation.form": {"SEX": 40, "LAB": 50}}
    publish(PUBLIC, "2022", {"": {"": 37}, "gender": {"F": 37}, "citizenship": {"NA": 7, "DK": 30}})
    tables: dict[str, Cells] = {**totals, "gender": GENDER, "gender,exploitation.form": both}
    publish(PUBLIC, "2023", tables, symbols={"gender": 9}, told=TOLD)


def read(address: str, **headers: str) -> str:
    """What the live server answers."""
    with urlopen(Request(address, headers=headers), timeout=30) as answer:
        text: str = answer.read().decode()
        return text


def page(live_server: Any, query: str) -> tuple[str, dict[str, str]]:
    """A page, and what it says is typed in each program."""
    text = html.unescape(read(f"{live_server.url}{PAGE}?{query}", Accept="text/html"))
    return text, typed_in(text)


def typed_in(text: str) -> dict[str, str]:
    """What a page says is typed in each program."""
    code = r'<h3 class="h5">([^<]*)</h3><pre[^>]*><code>(.*?)</code>'
    return dict(re.findall(code, html.unescape(text), re.DOTALL))


def address_in(code: str) -> str:
    """The address that a program reads."""
    address: str
    (address,) = {*re.findall(r"http://[^\"']*format=csv[^\"']*", code)}
    return address


def rows_of(text: str) -> list[Row]:
    """The rows of a CSV."""
    return [*csv.DictReader(io.StringIO(text))]


def in_r(codes: list[str], folder: Path) -> None:
    """Run what is typed in R, and write what R has of it."""
    write = "write.csv(figures, '{}.csv', na = '', row.names = FALSE, fileEncoding = 'UTF-8')"
    (folder / "figures.R").write_text("\n".join(f"{code}\n{write.format(n)}" for n, code in enumerate(codes)))
    rscript = program("Rscript", "what is typed in R did not run")
    run(rscript, "--vanilla", folder / "figures.R", cwd=folder, **{**os.environ, "LC_ALL": "C.UTF-8"})


def in_python(codes: list[str], folder: Path) -> None:
    """Run what is typed in Python, and write what pandas has of it."""
    written = "\n".join(f"{code}\nfigures.to_csv('{n}.csv', index=False)" for n, code in enumerate(codes))
    run(sys.executable, "-c", written, cwd=folder)


def in_shell(codes: list[str], folder: Path) -> None:
    """Run what is typed in a shell, which brings a file."""
    program("curl", "what is typed in a shell did not run")
    for n, code in enumerate(codes):
        run("sh", "-ec", code, cwd=folder, **os.environ)
        (folder / "figures.csv").rename(folder / f"{n}.csv")


PROGRAMS = {"R": in_r, "Python": in_python, "curl": in_shell}


def every_table() -> Iterator[str]:
    """The address of each published table: all codes of every breakdown, sums, and all that others published."""
    tables = {axis.id: {code.code: n for n, code in enumerate(axis.codes)} for axis in PERSONS.axes.values()}
    publish(PUBLIC, "2021", tables)
    publish_sums()
    for release in catalogue.every(PUBLIC):
        for name in sorted(release.offered_tables):
            dataset, _, axes = name.partition(":")
            yield f"{STATISTICS}{dataset}/?{f'by={axes}&' if axes else ''}release={release.id}"


def test_no_code_and_no_number_of_any_table_becomes_another(live_server: Any, tmp_path: Path) -> None:
    addresses = [*every_table()]
    typed = [typed_in(read(f"{live_server.url}{each}", Accept="text/html")) for each in addresses]
    served = [rows_of(read(address_in(each["R"]))) for each in typed]
    for name, program_of in PROGRAMS.items():
        program_of([each[name] for each in typed], tmp_path)
        for n, address in enumerate(addresses):
            found = rows_of((tmp_path / f"{n}.csv").read_text(encoding="utf-8"))
            assert [same(row) for row in found] == [same(row) for row in served[n]], (name, address)


def test_what_the_guide_says_of_r_reads_codes_as_texts(live_server: Any, tmp_path: Path) -> None:
    publish_sums()
    codes = [step.r.replace("BASE", f"{live_server.url}/") for step in STEPS if step.r]
    in_r(codes, tmp_path)
    for n, code in enumerate(codes):
        found = rows_of((tmp_path / f"{n}.csv").read_text(encoding="utf-8"))
        assert [same(row) for row in found] == [same(row) for row in rows_of(read(address_in(code)))], code


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_gives_the_figures_of_the_page(live_server: Any, tmp_path: Path, name: str) -> None:
    pages = [page(live_server, query) for query in QUERIES]
    PROGRAMS[name]([typed[name] for _, typed in pages], tmp_path)
    for n, (text, typed) in enumerate(pages):
        found = rows_of((tmp_path / f"{n}.csv").read_text(encoding="utf-8"))
        assert [same(row) for row in found] == [same(row) for row in rows_of(read(address_in(typed[name])))], QUERIES[n]
        numbers = {f"{float(row[name]):.0f}" for row in found for name in ("count", "share") if row.get(name)}
        # Shares and changes of several years are tables of their own, with the same head.
        head, *rows = rows_of_page(text)
        cells = [cell for row in rows if row != head for cell in row[1:]]
        # A number of others has a mark after it.
        assert numbers == {number[1] for cell in cells if (number := re.fullmatch(r"(\d+)\D?", cell))}, QUERIES[n]


def same(row: Row) -> Row:
    """A row in which a number is one however a program writes it; a code and a name are what they are."""
    numbers = {"count", "least", "most", "share", "change", "change_percent", *REPORTS}
    return {name: str(float(text)) if name in numbers and text else text for name, text in row.items()}


def test_power_query_can_read_it(live_server: Any) -> None:
    if not (NODE.parent / "@microsoft/powerquery-parser").exists():
        lacks("no npm on this machine, so what is typed in Power Query was not read")
    for query in QUERIES:
        _, typed = page(live_server, query)
        assert parsed(typed["Power Query"]) == "Parse Ok", query
        assert parsed(typed["Power Query"].replace("in\n", "")).startswith("Parse Error")


def parsed(code: str) -> str:
    """What Microsoft's parser says of M."""
    command = [
        program("node", "nothing read M"),
        str(HERE / "use_powerquery.js"),
        str(settings.BASE_DIR / "docs/lint/package.json"),
    ]
    return subprocess.run(command, input=code, capture_output=True, text=True, check=True, timeout=60).stdout.strip()
