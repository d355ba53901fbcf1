"""The public certificate: two points for every hidden cell, checked by adding up; whatever is changed in it is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.protection.audit import certificate
from stats.protection.audit.certificate import CertifiedFact, GivenAway, PublicCell
from stats.protection.audit.knowledge import Contradiction
from stats.protection.audit.search import Search
from stats.protection.space import Box, IntArray
from stats.protection.verify.certificate import FORMAT, check_certificate
from stats.protection.verify.checks import READABLE
from tests.stats.protection.auditing import boxes_of, grid
from tests.stats.protection.certified import (
    RELEASE,
    SHOWN,
    cell,
    failed,
    proof,
    published,
    table,
    told_of,
    town,
)


def test_every_hidden_cell_has_its_exact_interval_and_the_certificate_holds() -> None:
    found = json.loads(json.dumps(proof()))
    (block,) = found["blocks"]
    hidden = {entry["id"].removeprefix(f"{RELEASE};"): (entry["low"], entry["high"]) for entry in block["hidden"]}
    assert hidden == {
        "gender=F;region=N": (2, 7),
        "gender=F;region=S": (0, 5),
        "gender=M;region=N": (4, 9),
        "gender=M;region=S": (15, 20),
    }
    assert all(entry["exact"] and not entry["given_away_by_facts"] for entry in block["hidden"])
    assert len(check_certificate(found)) == 17 and failed(found) == []


def test_a_cell_that_facts_give_away_gets_points_without_them() -> None:
    box = Box("newspaper", ((0, (1,)), *town().cell({"gender": "F", "region": "N"}).sides))
    found = proof(facts=[CertifiedFact("newspaper", box, 3, 3)])
    (block,) = found["blocks"]
    assert all(entry["given_away_by_facts"] and entry["low"] < entry["high"] for entry in block["hidden"])
    assert failed(found) == []
    assert [each.detail for each in check_certificate(found) if each.detail][-1].startswith(
        f"given away: {RELEASE};gender=F;region=N, "
    )
    block["hidden"][0]["given_away_by_facts"] = False
    assert failed(found) == ["a cell whose points leave facts out is marked as given away by facts"]


def test_what_the_published_cells_give_away_has_no_certificate() -> None:
    space = town()
    cells = [each for each in published(space) if each.box.id != f"{RELEASE};gender=F;region=N"]
    with pytest.raises(GivenAway, match=f"Not hidden: {RELEASE};gender=") as raised:
        proof(cells=[*cells, cell(space, RELEASE, {"gender": "F", "region": "N"}, 4)])
    assert len(raised.value.cells) == 3
    with pytest.raises(Contradiction, match=f"{RELEASE};gender=F"):
        proof(cells=[*published(space), cell(space, RELEASE, {"gender": "F"}, 17)])


def test_where_nothing_bounds_a_cell_two_values_are_enough() -> None:
    found = proof(cells=table(town(), RELEASE, SHOWN), facts=())
    assert not any(entry["exact"] for entry in found["blocks"][0]["hidden"])
    assert failed(found) == []


def test_where_the_extremes_are_not_found_two_values_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Search, "extreme", Mock(side_effect=TimeoutError))
    found = proof()
    assert not any(entry["exact"] for entry in found["blocks"][0]["hidden"])
    assert failed(found) == []


def change(path: str, value: Callable[[Any], Any]) -> Callable[[dict[str, Any]], None]:
    """A change of one place of a certificate's block."""

    def apply(block: dict[str, Any]) -> None:
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        at: Any = block
        for step in way:
            at = at[step]
        at[last] = value(at[last])

    return apply


HOLDS = "every published cell holds at every point"
TWO = "the two points of a hidden cell differ there, and are as stated"
TOLD = "both ends of what is told of a hidden cell have a point, and no point lies outside"
EACH = "every hidden cell without a symbol has what is told of it, and no other cell"
UNUSED = "nobody has a code that was not in use"
NAMED = "every cell is the sum that its id names"
ONCE = "no cell stands twice in a block"
OWN = "every block has a cell of the release"
SYMBOL = "the hidden cells of a table have one symbol"
WHOLE = "every block has every cell of its codes"
FORGED = {
    "a shown cell": (change("cells.1.value", lambda n: n + 1), HOLDS),
    "an earlier release's cell": (change("cells.12.value", lambda n: n + 1), HOLDS),
    "a base": (change("bases.0.values.0.1", lambda n: n + 1), HOLDS),
    "a point": (change("points.0.change", lambda pairs: [*pairs, [11, 1]]), HOLDS),
    "a point under zero": (change("points.0.change", lambda pairs: [*pairs, [11, -1]]), "no count is under zero"),
    "a base under zero": (change("bases", lambda b: [*b, {"facts": True, "values": [[11, -1]]}]), "no count is under zero"),
    "a fact": (change("facts.0.low", lambda _: 3), "every fact holds at every point that it is to hold at"),
    "a fact's other end": (change("facts.0.high", lambda _: 6), "every fact holds at every point that it is to hold at"),
    "a change between vintages": (change("vintages", lambda v: [{}]), "nothing is said of changes between vintages"),
    "a stated value": (change("hidden.0.high", lambda n: n + 1), TWO),
    "one point for both": (change("hidden.0", lambda e: e | {"high": e["low"], "points": e["points"][:1] * 2}), TWO),
    "one point": (change("hidden.0.points", lambda points: points[:1]), TWO),
    "no proof of a cell": (change("hidden", lambda e: e[1:]), "every hidden cell has two points, and no other cell"),
    "a proof twice": (change("hidden", lambda e: [*e, e[0]]), "every hidden cell has two points, and no other cell"),
    "a hidden cell more": (change("cells.1.value", lambda _: None), "every hidden cell has two points, and no other cell"),
    "more told than is proved": (change("told.0.low", lambda n: n + 1), TOLD),
    "less told than is proved": (change("told.0.high", lambda n: n + 1), TOLD),
    "no end of what is told": (change("told.0.high", lambda _: None), TOLD),
    "ends that are not proved": (change("told.0.exact", lambda _: False), TOLD),
    "one point of what is told": (change("told.0.points", lambda points: points[:1]), TOLD),
    "a point that is no end": (change("told.0.points", lambda points: points[::-1]), TOLD),
    "narrower ends, beside other points": (change("told.0", lambda e: {**e, "low": 2, "points": [0, 1]}), TOLD),
    "nothing told of a cell": (change("told", lambda e: e[1:]), EACH),
    "a cell told twice": (change("told", lambda e: [*e, e[0]]), EACH),
    "somebody where nobody can be": (change("unused", lambda _: [{"id": "GB", "sides": [[0, [1]], [1, [0]]]}]), UNUSED),
    "other months": (change("cells.1.sides.0.1", lambda _: [0]), NAMED),
    "a code of other atoms": (change("dimensions.1.axes.0.of_atom", lambda of: of[::-1]), NAMED),
    "another release's id": (change("cells.12.release", lambda _: RELEASE), NAMED),
    "an id with another release": (change("cells.12.id", lambda _: f"{RELEASE};TOTAL"), NAMED),
    "an id of two codes": (change("cells.1.id", lambda name: name.replace(";", ";gender=M;")), NAMED),
    "an id of a code that there is not": (change("cells.1.id", lambda name: f"{name}F"), NAMED),
    "an id of no codes": (change("cells.0.id", lambda _: RELEASE), NAMED),
    "an atom of no code": (change("dimensions.1.axes.0.of_atom", lambda _: [0, 2]), READABLE),
    "an atom too few": (change("dimensions.1.axes.0.of_atom", lambda of: of[:1]), READABLE),
    "a code twice": (change("dimensions.1.axes.0.codes", lambda _: ["F", "F"]), READABLE),
    "a side twice": (change("cells.1.sides", lambda sides: [*sides, sides[0]]), READABLE),
    "a dimension from the end": (change("cells.1.sides.1.0", lambda _: -2), READABLE),
    "half a person": (change("bases.0.values.0.1", lambda n: n + 0.5), READABLE),
    "true": (change("bases.0.values.0.1", lambda _: True), READABLE),
    "a place that there is not": (change("bases.0.values.0.0", lambda _: 12), READABLE),
    "an atom that there is not": (change("cells.1.sides.0.1", lambda _: [2]), READABLE),
    "an atom twice": (change("cells.1.sides.0.1", lambda _: [1, 1]), READABLE),
    "nothing": (lambda block: block.clear(), READABLE),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_whatever_is_changed_is_found(name: str) -> None:
    found = json.loads(json.dumps(proof()))
    forge, expected = FORGED[name]
    forge(found["blocks"][0])
    assert expected in failed(found)


def name_determined(block: dict[str, Any]) -> None:
    """M is hidden beside the total and F, and has the sum and the points of F in the north."""
    cells, name = block["cells"], f"{RELEASE};gender=M"
    cells[2] = {**cells[6], "id": name}
    for part in ("hidden", "told"):
        block[part].append({**block[part][0], "id": name})


def list_again(cell: int, name: str, **other: Any) -> Callable[[dict[str, Any]], None]:
    """A cell is listed again."""
    return lambda block: block["cells"].append({**block["cells"][cell], "id": f"{RELEASE};{name}", **other})


def leave_out(cell: int) -> Callable[[dict[str, Any]], None]:
    """A shown cell is left out. Its code stays."""
    return lambda block: block["cells"].pop(cell)


def empty(block: dict[str, Any]) -> None:
    """Nothing is left but the dimensions."""
    block.update({name: [] for name in block.keys() - {"dimensions"}})


def tell_by_symbol(*ends: tuple[int, int, int | None]) -> Callable[[dict[str, Any]], None]:
    """Hidden cells (by place) get a symbol: between what they lie."""

    def apply(block: dict[str, Any]) -> None:
        for place, low, high in ends:
            block["cells"][place].update(low=low, high=high)
        open_cells = {cell["id"] for cell in block["cells"] if cell["value"] is None and cell["high"] is None}
        block["told"] = [entry for entry in block["told"] if entry["id"] in open_cells]

    return apply


# What adds up: no other check finds it.
ADDING_UP = {
    "the points of another cell": (name_determined, NAMED),
    "a shown cell twice": (list_again(8, "gender=F;region=W"), ONCE),
    "a cell with its codes in another order": (list_again(8, "region=W;gender=F"), ONCE),
    "a hidden cell twice": (list_again(6, "gender=F;region=N"), ONCE),
    "a margin less": (leave_out(1), WHOLE),
    "a cell of a table less": (leave_out(8), WHOLE),
    "a block of nothing": (empty, OWN),
    "a symbol of one cell": (tell_by_symbol((6, 0, 7)), SYMBOL),
    "two symbols": (tell_by_symbol((6, 0, 7), (7, 0, 9), (9, 0, 11), (10, 0, 20)), SYMBOL),
    "a symbol from 4": (tell_by_symbol((6, 0, 20), (7, 0, 20), (9, 4, 20), (10, 0, 20)), SYMBOL),
    "more than a symbol's end and one": (tell_by_symbol((6, 0, 11), (7, 0, 11), (9, 0, 11), (10, 13, None)), SYMBOL),
}


@pytest.mark.parametrize("name", ADDING_UP)
def test_what_adds_up_but_is_not_what_was_published_is_found(name: str) -> None:
    found = json.loads(json.dumps(proof()))
    forge, expected = ADDING_UP[name]
    forge(found["blocks"][0])
    assert failed(found) == [expected]


def test_a_cell_has_the_symbol_of_its_table_or_is_more() -> None:
    found = json.loads(json.dumps(proof()))
    tell_by_symbol((6, 0, 11), (7, 0, 11), (9, 0, 11), (10, 12, None))(found["blocks"][0])
    assert failed(found) == []


def test_a_cell_is_hidden_beside_all_cells_of_its_dimensions() -> None:
    """F, the total and M go together. In a block without the total F would have two points."""
    found = json.loads(json.dumps(proof()))
    found["blocks"].append(deepcopy(found["blocks"][0]))
    assert failed(found) == []
    shown = found["blocks"][1]["cells"].pop(0)
    check = next(each for each in check_certificate(found) if not each.passed)
    assert (check.name, check.detail) == (WHOLE, shown["id"])
    # The cells of another dataset may have the same names.
    found["blocks"][1]["dataset"] = "visits"
    assert failed(found) == []


@pytest.mark.parametrize(
    "found", [{}, {"format": "another"}, {"format": FORMAT, "release": "x", "blocks": 1}, [], None]
)
def test_what_is_no_certificate_fails_one_check(found: Any) -> None:
    assert [each.name for each in check_certificate(found)] == [READABLE]


def test_a_certificate_of_nothing_proves_nothing() -> None:
    assert failed({"format": FORMAT, "release": "x", "blocks": []}) == [READABLE]


def test_the_format_has_one_name() -> None:
    assert certificate.FORMAT == FORMAT


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.data(), st.integers(2, 3), st.integers(2, 4))
def test_certificates_of_random_tables_hold(data: st.DataObject, rows: int, columns: int) -> None:
    """Whatever is hidden: either it has a certificate that holds, or it is named as given away."""
    space = grid(rows, columns)
    truth: IntArray = np.array(data.draw(st.lists(st.integers(0, 6), min_size=space.size, max_size=space.size)))
    boxes = [box for axes in ([], ["a"], ["b"], ["a", "b"]) for box in boxes_of(space, axes)]
    hidden = data.draw(st.sets(st.sampled_from([box.id for box in boxes])))
    counts = {box.id: int(truth[space.members(box)].sum()) for box in boxes}
    cells = [
        PublicCell("r", Box(f"r;{box.id}", box.sides), None if box.id in hidden else counts[box.id]) for box in boxes
    ]
    try:
        found = certificate.public_certificate(
            "r", [certificate.block_certificate(release="r", space=space, cells=cells, told=told_of(space, cells))]
        )
    except GivenAway as given_away:
        assert {name.removeprefix("r;") for name in given_away.cells} <= hidden
        return
    assert failed(found) == []
    for entry in found["blocks"][0]["hidden"]:
        assert entry["low"] <= counts[entry["id"].removeprefix("r;")]
        assert not entry["exact"] or counts[entry["id"].removeprefix("r;")] <= entry["high"]
