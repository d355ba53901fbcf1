"""The example of a certificate: that of persons by gender, of whom the women are known from elsewhere too. It can be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cases.dimensions import PERSONS
from cases.statistics.protection.verify.certificate import FORMAT

FACT = "2023;gender=F"


def certificate(release: str, counts: Sequence[int | None]) -> dict[str, Any]:
    """The certificate of a release with one table. `counts`: the total, then every gender in order, the last two of them hidden."""
    codes = [code.code for code in PERSONS.axes["gender"].codes]
    total, *shown = counts
    names = [f"{release};TOTAL", *(f"{release};gender={code}" for code in codes)]
    sides = [[[0, [0]]], *([[0, [0]], [1, [atom]]] for atom in range(len(codes)))]
    cells = [
        {"release": release, "id": name, "sides": side, "value": value}
        for name, side, value in zip(names, sides, counts, strict=True)
    ]
    left = (total or 0) - sum(value or 0 for value in shown)
    first, second = (atom for atom, value in enumerate(shown) if value is None)
    told = [[atom, value] for atom, value in enumerate(shown) if value]
    block = {
        "dimensions": [
            {"id": "period", "atoms": ["2023-01..2023-12"], "axes": []},
            {
                "id": "gender",
                "atoms": codes,
                "axes": [{"id": "gender", "codes": codes, "of_atom": list(range(len(codes)))}],
            },
        ],
        "cells": cells,
        "facts": [
            {
                "source": f"{FACT} https://example.org/annual-report-2023",
                "id": FACT,
                "sides": sides[1],
                "low": shown[0],
                "high": shown[0],
            }
        ],
        "vintages": [],
        "bases": [{"facts": True, "values": [*told, [second, left]]}],
        "points": [{"base": 0, "change": []}, {"base": 0, "change": [[first, left], [second, -left]]}],
        "hidden": [hidden(names[first + 1], left, [0, 1]), hidden(names[second + 1], left, [1, 0])],
    }
    return {"format": FORMAT, "release": release, "blocks": [block]}


def hidden(name: str, most: int, points: list[int]) -> dict[str, Any]:
    """A hidden cell that may hold nobody, or all who are left."""
    return {"id": name, "low": 0, "high": most, "exact": True, "points": points, "given_away_by_facts": False}
