"""What the demo publishes, checked as anybody can check it: every table that the API answers, beside the certificates."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from cases.dimensions import PERSONS
from deploy.demo import releases
from publications.figures import drawing, painter
from publications.figures.chart import ChartKind
from publications.figures.models import ChartPicture
from stats.protection.verify.files import verify_files
from stats.reading.measures import ValueWithStatus, change, change_percent, share
from tests.altered_tables import ALTERED, MORE, altered_row, row_of
from tests.callers import Browser, make_caller
from tests.cases.sandbox_world import load_world
from tests.pages.tables import rows as rows_of_page
from tests.publications.annual.proof import check_years
from tests.publications.figures.telling import EMPTY_PNG, untold_numbers
from tests.stats.published import staff
from tests.stats.publishing.town import draw_alike

pytestmark = pytest.mark.django_db
PERSONS_TABLE, RELEASES = "/api/v1/statistics/persons", "/api/v1/releases"
# Its totals by form are of a table that is not worth asking for by itself.
WITH_A_MARGIN_OF_ITS_OWN = ("2019-2023.p1", "gender,exploitation.form")
# The charts that its pages have. Of parts too many years lack one, and stages are drawn in the annual report.
SHOWN = {*ChartKind} - {ChartKind.SHARES, ChartKind.FUNNEL}
MEASURES = "measure=count,least,most,share,change,change_percent"


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo's sandbox with what it publishes."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), load_world():
        patch.setattr(settings, "HENVIS_KEYS", tmp_path_factory.mktemp("keys"))
        draw_alike(patch)
        approver = staff("approver")
        approver.is_superuser = True
        approver.save()
        releases.publish(lambda _: None, staff("builder"), approver)
        yield


@pytest.fixture
def folder(demo: None, tmp_path: Path) -> Path:
    """A folder with the certificate of every public release."""
    for release in offered():
        (tmp_path / f"{release}.json").write_bytes(get(f"{RELEASES}/{release}/certificate"))
    return tmp_path


def get(path: str) -> bytes:
    """What everybody reads."""
    answer = Browser().get(path)
    assert answer.status_code == 200, answer.content
    return bytes(answer.content)


def offered() -> dict[str, set[str]]:
    """The tables of persons that each public release offers."""
    listed = [each for each in json.loads(get(RELEASES))["items"] if each["kind"] == "own"]
    of_persons = {each["id"]: [t for t in each["tables"] if t["dataset"] == PERSONS.id] for each in listed}
    return {name: {",".join(t["axes"]) for t in tables if t["offered"]} for name, tables in of_persons.items()}


def every_table() -> list[str]:
    """The axes of every table of up to two dimensions that can be asked for, whoever has it."""
    pairs = (pair for pair in combinations(PERSONS.axes.values(), 2) if pair[0].dimension != pair[1].dimension)
    return ["", *PERSONS.axes, *(",".join(axis.id for axis in pair) for pair in pairs)]


def query(axes: str, *more: str) -> str:
    """The address of a table."""
    return f"{PERSONS_TABLE}?{'&'.join([*([f'by={axes}'] if axes else []), *more])}"


def filtered(axes: str) -> Iterator[str]:
    """The same table with each code of each of its axes as a filter."""
    sides = [PERSONS.axes[name] for name in axes.split(",") if name]
    for side in sides:
        others = ",".join(axis.id for axis in sides if axis is not side)
        for code in (code.code for code in side.codes):
            if PERSONS.by_name[side.dimension].axis_of(code) is side:
                yield query(others, f"{side.dimension}={code}")


def verified(folder: Path, tables: dict[str, bytes]) -> tuple[int, list[str]]:
    """The exit status of the verifier for tables and all the certificates, and the lines of what failed."""
    for name, content in tables.items():
        (folder / name).write_bytes(content)
    said: list[str] = []
    return verify_files([str(path) for path in sorted(folder.iterdir())], said.append), [
        line for line in said if line.startswith("FAILED")
    ]


def test_every_table_that_is_answered_is_the_one_of_the_certificate_and_no_other_is_offered(folder: Path) -> None:
    answered: dict[str, set[str]] = {release: set() for release in offered()}
    tables: dict[str, bytes] = {}
    for release, axes in ((release, axes) for release in answered for axes in every_table()):
        answer = Browser().get(query(axes, f"release={release}", "format=csv"))
        if answer.status_code == 200:
            answered[release].add(axes)
            tables[f"{len(tables)}.csv"] = answer.content
        else:
            assert [each["code"] for each in answer.json()["errors"]] == ["table_not_offered"]
    assert answered == offered()
    assert WITH_A_MARGIN_OF_ITS_OWN[1] in answered[WITH_A_MARGIN_OF_ITS_OWN[0]]
    assert len(tables) > 25
    assert min(map(len, answered.values())) > 1
    assert verified(folder, tables) == (0, [])


def test_so_is_every_other_way_to_ask_for_it(folder: Path) -> None:
    police = make_caller("POLICE")
    tables: dict[str, bytes] = {}
    for release, axes in ((release, axes) for release, found in offered().items() for axes in sorted(found)):
        of = f"release={release}"
        asked = [
            query(axes, of),
            query(axes, of, "totals=exclude"),
            query(axes, of, "format=list"),
            query(axes, of, MEASURES),
            *(f"{one}&{of}" for one in filtered(axes)),
        ]
        tables |= {f"{len(tables) + n}.table": get(path) for n, path in enumerate(asked)}
        answer = police.get(query(axes, f"period={release.split('.')[0]}", "format=csv"))
        tables[f"{len(tables)}.table"] = answer.content
    assert len(tables) > 150
    assert verified(folder, tables) == (0, [])


def test_so_is_every_series_over_all_years_with_the_certificates_of_all(folder: Path) -> None:
    axes = set[str]().union(*(tables for release, tables in offered().items() if "-" not in release))
    assert {"", "gender", "exploitation.form"} <= axes
    series = [query(each, more) for each in sorted(axes) for more in ("format=csv", "format=list", MEASURES)]
    assert verified(folder, {f"{n}.table": get(path) for n, path in enumerate(series)}) == (0, [])
    (folder / "2021.p1.json").unlink()
    assert verified(folder, {}) != (0, [])


@pytest.mark.parametrize("name", ALTERED)
def test_the_check_fails_where_anything_is_altered(folder: Path, name: str) -> None:
    release, axes = WITH_A_MARGIN_OF_ITS_OWN
    table = get(query(axes, f"release={release}", "format=csv"))
    more = str(int(row_of(table)["count"]) + 1)
    columns = {column: more if text == MORE else text for column, text in ALTERED[name].items()}
    assert verified(folder, {"table.csv": table}) == (0, [])
    assert verified(folder, {"table.csv": altered_row(table, **columns)})[0] == 1


def test_the_check_fails_where_a_row_is_missing(folder: Path) -> None:
    release, axes = WITH_A_MARGIN_OF_ITS_OWN
    lines = get(query(axes, f"release={release}", "format=csv")).splitlines(keepends=True)
    assert verified(folder, {"table.csv": b"".join(lines[:5] + lines[6:])})[0] == 1


def rows(axes: str, release: str) -> dict[tuple[str, ...], dict[str, str]]:
    """The rows of a table by their codes, with all measures."""
    text = get(query(axes, f"release={release}", "format=csv", MEASURES)).decode()
    names = axes.split(",") if axes else []
    return {tuple(row[name] for name in names): row for row in csv.DictReader(io.StringIO(text))}


def on_page(row: dict[str, str]) -> str:
    """What the page of a table has in the cell of a row. Of the demo every interval has two ends."""
    if row["status"] == "A":
        return row["count"]
    interval = f"{row['least']}–{row['most']}"
    return interval if row["status_label"].endswith(interval) else f"[c] {interval}"


def test_every_page_shows_the_figures_of_its_table_and_no_others(demo: None) -> None:
    """Of each table the page has what the download beside it has: numbers, and what is told of hidden ones."""
    pages = 0
    for release, tables in offered().items():
        for axes in sorted(tables - {""}):
            names = axes.split(",")
            page = get(f"/en/statistics/persons/?by={axes}&release={release}&show=every").decode()
            table = {
                tuple(row[f"{name}_label"] for name in names): on_page(row) for row in rows(axes, release).values()
            }
            assert grid(page, len(names)) == table, (release, axes)
            pages += 1
    assert pages > 20


def test_every_table_has_a_short_address_that_leads_to_its_page(demo: None) -> None:
    """Of the newest figures, and of the vintage; in either language. No two tables have one address."""
    seen: dict[str, str] = {}
    for release, tables in offered().items():
        for axes in tables:
            page = f"/en/statistics/persons/?{query(axes, f'release={release}').partition('?')[2]}"
            for place in (page, page.replace(f"release={release}", f"period={release.partition('.')[0]}")):
                (short, *_) = re.findall(r'"http://testserver(/t/[^"]*)"', get(place).decode())
                for language, address in (("en", place), ("da", place.replace("/en/statistics/", "/da/statistik/"))):
                    led = Browser().get(short, headers={"accept-language": language})
                    assert (led.status_code, led["Location"]) == (302, address)
                assert seen.setdefault(short, place) == place
    assert len(seen) > 40


def test_the_page_of_every_proof_says_that_it_holds(demo: None) -> None:
    for release in offered():
        page = html.unescape(get(f"/en/releases/{release}/proof/").decode())
        assert "The proof holds" in page and "FAILED" not in page
        assert [row for row in rows_of_page(page) if row[-1] in {"not checked", "does not agree with the proof"}] == []
        assert "First possibility" in page


def grid(page: str, sides: int) -> dict[tuple[str, ...], str]:
    """The counts on a page by the labels of their codes."""
    heads, *lines = rows_of_page(html.unescape(page))
    columns = [*enumerate(heads)][1:] if sides > 1 else [(1, "")]
    return {(line[0], *([head] if head else [])): line[n] for line in lines for n, head in columns}


def told(value: Any) -> str:
    """A value as it stands in a file."""
    return "" if value is None else str(value)


def test_shares_and_changes_are_of_what_is_shown_and_hidden_with_what_is_hidden(demo: None) -> None:
    found, checked = offered(), 0
    for release, axes in ((release, axes) for release, tables in found.items() for axes in sorted(tables)):
        before = f"{int(release[:4]) - 1}.p1" if "-" not in release else ""
        earlier = rows(axes, before) if axes in found.get(before, ()) else {}
        now = rows(axes, release)
        total = number(now[("TOTAL",) * len(axes.split(",") if axes else ())])
        for codes, row in now.items():
            of_share: ValueWithStatus = share(number(row), total)
            assert (row["share"], row["share_status"]) == (told(of_share[0]), of_share[1])
            for name, computed in {"change": change, "change_percent": change_percent}.items() if earlier else ():
                value, status = computed(number(row), number(earlier[codes]))
                assert (row[name], row[f"{name}_status"]) == (told(value), status)
                checked += 1
    assert checked > 100


def test_every_number_of_an_annual_report_is_one_of_a_published_table(demo: None) -> None:
    check_years(releases.YEARS, rows)


def number(row: dict[str, str]) -> int | None:
    """A count, None where it is hidden."""
    return int(row["count"]) if row["count"] else None


def test_every_number_in_a_chart_stands_in_the_table_of_its_answer(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "png", lambda _: EMPTY_PNG)  # of the same SVG, and half of the work
    assert painter.draw_missing(newest=True) > 20
    kinds = Counter(kind for kind, untold in untold_numbers() if untold == set())
    assert sum(kinds.values()) == ChartPicture.objects.count() and kinds.keys() == SHOWN
