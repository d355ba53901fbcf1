"""What tables tell of hidden cells, beside certificates: whatever is forged in it is found, in every form."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from stats.protection.verify.certificate import check_certificate
from stats.protection.verify.certified_cells import CertifiedCells, canonical, compare_with_certificates
from stats.protection.verify.tables import table_of
from tests.stats.protection.certified import EARLIER, RELEASE, failed, proof, published, town

POOL = "2019-2023.p1"
GENDERS, REGIONS = ("TOTAL", "F", "M"), ("TOTAL", "N", "S", "W")
SHOWN = {
    "TOTAL,TOTAL": 40,
    "F,TOTAL": 16,
    "M,TOTAL": 24,
    "TOTAL,N": 11,
    "TOTAL,S": 20,
    "TOTAL,W": 9,
    "F,W": 9,
    "M,W": 0,
}
# M in the south has more than the symbol's 9. From the margins and the symbols of the others it is 15 to 20.
TOLD: dict[str, tuple[int, int | None]] = {"F,N": (0, 9), "F,S": (0, 9), "M,N": (0, 9), "M,S": (15, 20)}
SUMS = [
    {"period": "2023", "codes": {"gender": ["F"], "region": ["N", "S"]}, "count": 7},
    {"period": "2023", "codes": {"gender": ["F", "M"], "region": ["S"]}, "count": 20},
]
SYMBOL, VALUES, SUM = (
    "a hidden cell has the symbol of the certificates, or none",
    "what is told of a hidden cell is what the certificates tell",
    "a sum of hidden cells is their margin without what is shown",
)


def symbols() -> list[Any]:
    """The cells of the town, of which three are told as 0 to 9 and one has more."""
    name = {f"{RELEASE};gender={g};region={r}": TOLD.get(f"{g},{r}") for g, r in product("FM", "NSW")}
    bounds = {id_: (0, 9) if told == (0, 9) else (10, None) for id_, told in name.items() if told}
    return [
        replace(each, least=bounds[each.box.id][0], most=bounds[each.box.id][1]) if each.box.id in bounds else each
        for each in published(town())
    ]


def certificate() -> dict[str, Any]:
    """The certificate of the town."""
    return proof(cells=symbols())


def row(cell: str) -> dict[str, Any]:
    """A row of the table, as a list has it."""
    gender, region = cell.split(",")
    count, (least, most) = SHOWN.get(cell), TOLD.get(cell, (SHOWN.get(cell), SHOWN.get(cell)))
    status = "A" if count is not None else "Q"
    names = {"release": RELEASE, "period": "2023"}
    codes = {"gender": gender, "gender_label": gender, "region": region, "region_label": region}
    words = {"status": status, "status_label": "shown" if status == "A" else "hidden"}
    return {**names, **codes, "count": count, **words, "least": least, "most": most}


Rows = dict[str, dict[str, Any]]


def rows() -> Rows:
    """The table by cell."""
    return {cell: row(cell) for cell in map(",".join, product(GENDERS, REGIONS))}


def as_list(table: Rows) -> str:
    """The table as a list."""
    return json.dumps([*table.values()])


def as_csv(table: Rows) -> str:
    """The table as CSV."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*table["F,N"]], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(table.values())
    return out.getvalue()


def as_json_stat(table: Rows, newest: str | None = RELEASE) -> str:
    """The table as JSON-stat, with what is told and with the measures `least` and `most`."""
    values = [each[name] for name in ("count", "least", "most") for each in table.values()]
    index = {"measure": ("count", "least", "most"), "period": ("2023",), "gender": GENDERS, "region": REGIONS}
    hidden = {str(n): each for n, each in enumerate(table.values()) if each["count"] is None}
    told = {
        "least": {place: each["least"] for place, each in hidden.items() if each["least"] is not None},
        "most": {place: each["most"] for place, each in hidden.items() if each["most"] is not None},
        "sums": SUMS,
    }
    return json.dumps(
        {
            "id": [*index],
            "dimension": {
                name: {"category": {"index": {c: n for n, c in enumerate(of)}}} for name, of in index.items()
            },
            "value": values,
            "status": {place: each["status"] for place, each in hidden.items()},
            "extension": {"releases": [{"id": RELEASE, "period": "2023", "told_with": newest}], "told": told},
        }
    )


FORMS = {"csv": as_csv, "list": as_list, "json-stat": as_json_stat}
Forge = Callable[[Rows], None]


def wrong(text: str, *certificates: dict[str, Any]) -> list[str]:
    """The checks that a table fails."""
    found = compare_with_certificates(certificates or [certificate()], table_of(text))
    return [each.name for each in found if not each.passed]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_told_is_as_certified_in_every_form(form: str) -> None:
    assert failed(certificate()) == []
    assert wrong(FORMS[form](rows())) == []
    assert len(table_of(FORMS[form](rows())).intervals) == len(TOLD)


FORGED: dict[str, tuple[str, dict[str, Any], str]] = {
    "an end under a value that is proved": ("M,S", {"most": 19}, VALUES),
    "a least over a value that is proved": ("M,S", {"least": 16}, VALUES),
    "an end over what is proved": ("M,S", {"most": 21}, VALUES),
    "a least under what is proved": ("M,S", {"least": 14}, VALUES),
    "an end that is not said": ("M,S", {"most": None}, VALUES),
    "one value alone": ("M,S", {"least": 20, "most": 20}, VALUES),
    "a least that is not said": ("M,S", {"least": None}, VALUES),
    "less than every other cell of the table has": ("M,S", {"least": 9}, SYMBOL),
    "another end of the symbol": ("F,N", {"most": 8}, SYMBOL),
    "a symbol from another least": ("F,N", {"least": 1}, SYMBOL),
    "no symbol": ("F,N", {"least": 3}, SYMBOL),
    "a symbol that the cell does not have": ("M,S", {"least": 0, "most": 9}, SYMBOL),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", FORGED)
def test_whatever_is_forged_of_a_hidden_cell_is_found(form: str, name: str) -> None:
    cell, columns, check = FORGED[name]
    table = rows()
    table[cell] |= columns
    assert check in wrong(FORMS[form](table))


@pytest.mark.parametrize("columns", [{"most": 8}, {"least": 8}, {"status": "Q"}])
@pytest.mark.parametrize("form", ["csv", "list"])
def test_a_cell_that_is_shown_has_its_count_as_bounds_and_no_symbol(form: str, columns: dict[str, Any]) -> None:
    table = rows()
    table["F,W"] |= columns
    with pytest.raises(ValueError, match="count"):
        table_of(FORMS[form](table))


def test_the_measures_of_json_stat_are_what_is_told() -> None:
    document = json.loads(as_json_stat(rows()))
    for place in (12 + 10, 24 + 10, 12 + 0):  # least and most of M in the south, and least of the total
        forged = deepcopy(document)
        forged["value"][place] += 1
        with pytest.raises(ValueError, match="told"):
            table_of(json.dumps(forged))


def test_a_table_without_columns_of_it_is_compared_in_its_counts() -> None:
    for form in (as_csv, as_list):
        table = {
            cell: {name: each[name] for name in each if name not in {"least", "most"}} for cell, each in rows().items()
        }
        assert wrong(form(table)) == []


@pytest.mark.parametrize(
    "forged",
    [
        {"count": 8},
        {"codes": {"gender": ["F"], "region": ["N", "S", "W"]}},
        {"codes": {"gender": ["F"], "region": ["N"]}},
        {"codes": {"gender": ["M"], "region": ["N", "S"]}},
        {"codes": {"gender": ["F", "M"], "region": ["N", "S"]}},
    ],
)
def test_a_sum_of_other_cells_or_of_another_count_is_found(forged: dict[str, Any]) -> None:
    document = json.loads(as_json_stat(rows()))
    document["extension"]["told"]["sums"][0] |= forged
    assert wrong(json.dumps(document)) == [SUM]


SOUTH = f"{RELEASE};gender=M;region=S"


def later() -> dict[str, Any]:
    """A certificate of a later release that reckons with the town's, and tells less of M in the south."""
    found = deepcopy(certificate())
    found |= {"release": POOL, "given": [EARLIER, RELEASE, POOL]}
    for entry in found["blocks"][0]["told"]:
        entry |= {"low": 16, "high": 18}
    return found


def test_what_a_later_release_narrowed_needs_its_certificate() -> None:
    table = rows()
    table["M,S"] |= {"least": 16, "most": 18}
    assert wrong(as_csv(table)) == [VALUES]
    assert wrong(as_csv(table), certificate(), later()) == []
    assert wrong(as_json_stat(table, POOL), certificate(), later()) == []
    assert wrong(as_json_stat(table, RELEASE), certificate(), later()) == [VALUES]
    assert wrong(as_json_stat(table, POOL))[0] == "every release of the table has its certificate"


def test_what_was_told_before_may_be_read_as_of_then_beside_a_later_certificate() -> None:
    assert wrong(as_csv(rows()), certificate(), later()) == []
    assert wrong(as_json_stat(rows(), RELEASE), certificate(), later()) == []
    assert wrong(as_json_stat(rows(), POOL), certificate(), later()) == [VALUES]


def test_what_certificates_tell_of_a_cell_holds_together() -> None:
    """Two blocks, and two certificates, may each leave out what the other does not."""
    found = later()
    found["blocks"].append(deepcopy(found["blocks"][0]))
    found["blocks"][1]["told"][0] |= {"low": 17, "high": None}
    key = RELEASE, canonical(SOUTH)
    assert CertifiedCells([found]).bounds_of(key, None) == {(17, 18)}
    found["blocks"][1]["told"][0] |= {"low": 0, "high": None}
    found["blocks"][0]["told"][0] |= {"low": 0, "high": 18}
    assert CertifiedCells([found]).bounds_of(key, POOL) == {(0, 18)}
    assert CertifiedCells([certificate(), found]).bounds_of(key, POOL) == {(15, 18)}


def test_the_two_points_of_a_cell_are_the_ends_of_what_is_told() -> None:
    """The figures of others are left out of what is told, and so of its points."""
    told = {each["id"].removeprefix(f"{RELEASE};"): each for each in proof()["blocks"][0]["told"]}
    assert {name: (each["low"], each["high"], each["exact"]) for name, each in told.items()} == {
        "gender=F;region=N": (0, 7, True),
        "gender=F;region=S": (0, 7, True),
        "gender=M;region=N": (4, 11, True),
        "gender=M;region=S": (13, 20, True),
    }
    assert failed(proof()) == []


def test_an_interval_that_only_the_figures_of_others_would_allow_is_found() -> None:
    """A yearbook says that F in the north has two at least, and the release does not: its interval is from none."""
    head = "release,period,gender,gender_label,region,region_label,count,status,least,most\r\n"
    told = f"{head}{RELEASE},2023,F,Kvinde,N,Nord,,Q,0,7\r\n"
    assert wrong(told, proof()) == []
    for least, most in ((1, 7), (2, 7), (0, 6), (0, 8)):
        assert wrong(told.replace("0,7", f"{least},{most}"), proof()) == [VALUES]


def test_a_certificate_says_for_which_releases_it_holds() -> None:
    found = certificate()
    assert found["given"] == [EARLIER, RELEASE]
    first = check_certificate(found)[0]
    assert (first.name, first.passed, first.detail) == (
        "every cell is of a release that the certificate holds for",
        True,
        f"{EARLIER}, {RELEASE}",
    )
    assert failed({**found, "given": [RELEASE]}) == [first.name]
    assert failed({name: each for name, each in found.items() if name != "given"}) == ["the certificate can be read"]
