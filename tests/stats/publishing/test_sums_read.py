"""A real release with sums, read through HTTP: every figure is what was stored, in every form, and what is downloaded is proved."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest

from api.statistics.parameters import FORMATS
from pages.public.proof_words import PROOF
from stats.models import AUTHORITY, PUBLIC, Certificate, PublishedSumTable, PublishedSumTold
from stats.protection.verify.certified_cells import compare_with_certificates
from stats.protection.verify.tables import table_of
from stats.publishing import facts
from stats.reading.datasets import FUNNEL
from stats.sums.datasets import DATASETS_AS_READ
from tests.api.asserts import body
from tests.api.open_figures import RELEASES, get
from tests.api.sums import FORMS, answered, ask, tables_of
from tests.callers import make_caller
from tests.pages.test_public import page
from tests.stats.publishing.test_release_sums import CALLS, FIRST, OUTREACH, issue
from tests.stats.publishing.town import Town
from tests.stats.records import partner
from tests.stats.sums.year import YEAR, ReportedYear

DATASETS = (OUTREACH, CALLS, "assistance.grants")
QUARTER = f"{YEAR}-Q2"


@pytest.fixture
def released(town: Town, monkeypatch: pytest.MonkeyPatch) -> str:
    """A year with the sums of three datasets."""
    monkeypatch.setattr(facts, "facts_of_years", lambda *_: ())
    town.year(YEAR)
    ReportedYear([*town.ngos, partner(), town.centre, partner("POLICE")]).write()
    return issue(str(YEAR), PUBLIC, FIRST, DATASETS)


def stored(release: str, dataset: str, table: str) -> dict[Any, Any]:
    """What a table of a release shows and tells of each cell, and of its totals, as it is stored."""
    told = {
        (row.measure, row.axes, code): (least, most)
        for row in PublishedSumTold.objects.filter(of=release, dataset=dataset)
        for code, least, most in zip(row.codes, row.least, row.most, strict=True)
    }
    codes = dict(tables_of(DATASETS_AS_READ[dataset]))
    cells = {}
    for row in PublishedSumTable.objects.filter(release=release, dataset=dataset, axes__in={"", table}):
        shown = dict(zip(row.codes, row.counts, strict=True))
        for code in codes[row.axes]:
            is_hidden = code in row.hidden
            count = None if is_hidden else shown.get(code, 0)
            interval = told[row.measure, row.axes, code] if is_hidden else (count, count)
            cells[row.measure, row.axes, code] = (count, "Q" if is_hidden else "A", *interval)
    return cells


def test_a_release_is_read_as_it_was_stored(released: str) -> None:
    """One release is built for all of it: that takes longest."""
    check_forms(released)
    check_funnel(released)
    check_authorities(released)


def check_forms(released: str) -> None:
    """Every figure is served as it was stored, and what is downloaded is proved."""
    certificate = Certificate.objects.get(pk=released).body
    for dataset in DATASETS:
        for n, (table, _) in enumerate(tables_of(DATASETS_AS_READ[dataset])):
            for form in (each for each in FORMATS if not n or each in {"json-stat", "csv"}):
                response = ask(dataset, table, form)
                assert answered(dataset, table, form, response) == stored(released, dataset, table), (
                    dataset,
                    table,
                    form,
                )
                if form in {"json-stat", "csv", "list"}:
                    checks = compare_with_certificates([certificate], table_of(response.content.decode()))
                    assert [each.name for each in checks if not each.passed] == []
    changed = json.loads(ask(OUTREACH, "region").content)
    changed["value"][0] += 1
    assert not all(each.passed for each in compare_with_certificates([certificate], table_of(json.dumps(changed))))
    proof = page(f"/en/releases/{released}/proof/")
    assert "Outreach: contacts by region" in proof and PROOF["differs"].en not in proof


def check_funnel(released: str) -> None:
    """It is made of the totals."""
    rows = {row["quantity"]: row for row in FORMS["list"](ask(FUNNEL.id, "", "list"))}
    for quantity, (dataset, code) in FUNNEL.drawn_from.items():
        if code:
            count, status, *_ = stored(released, dataset, "")[code, "", ""]
        else:
            (of_persons,) = body(get(f"/api/v1/statistics/{dataset}?period={YEAR}&format=list"))
            count, status = of_persons["count"], of_persons["status"]
        assert (rows[quantity]["count"], rows[quantity]["status"], rows[quantity]["dataset"]) == (
            count,
            status,
            dataset,
        )


def check_authorities(released: str) -> None:
    """They read a quarter as it was stored, and of the year what is published."""
    quarter = issue(QUARTER, AUTHORITY, FIRST, DATASETS)
    police = make_caller("POLICE")
    assert quarter in {each["id"] for each in body(police.get(RELEASES))["items"]}
    for dataset, table in product(DATASETS, ("",)):
        rows = body(police.get(f"/api/v1/statistics/{dataset}?period={QUARTER}&format=list"))
        shown = {
            row.measure: dict(zip(row.codes, row.counts, strict=True)) for row in of_release(quarter, dataset, table)
        }
        assert {row["quantity"]: row["count"] for row in rows} == {name: cells.get("") for name, cells in shown.items()}
        assert {row["status"] for row in rows} <= {"A", "Q"}
        of_year = body(police.get(f"/api/v1/statistics/{dataset}?period={YEAR}&format=list"))
        assert {row["release"] for row in of_year} == {released}


def of_release(release: str, dataset: str, table: str) -> list[PublishedSumTable]:
    """The stored tables of each quantity."""
    return [*PublishedSumTable.objects.filter(release=release, dataset=dataset, axes=table)]
