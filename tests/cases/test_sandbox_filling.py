"""Filling margins by quotas: exact results, and dead ends."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from sandbox import margins, people
from sandbox.margins import Completion
from sandbox.people import DeadEnd, Quota, fill

DOCUMENT = Path(__file__).parents[2] / "docs" / "sandbox.md"
F, M = frozenset("F"), frozenset("M")
LABOUR = {"form": frozenset({"LABOUR"})}
BUILDING = {"detail": frozenset({"F"})}


def workers() -> list[dict[str, str]]:
    """Ten persons of a form, four of them with a detail, and ten others."""
    return [{"form": "LABOUR", "detail": "F" if i < 4 else "A"} for i in range(10)] + [
        {"form": "SEXUAL", "detail": "_Z"} for _ in range(10)
    ]


def given(urn: dict[str, int], quotas: list[Quota], seed: int = 1) -> list[dict[str, str]]:
    """The persons with a gender."""
    persons = workers()
    fill(persons, "gender", Counter(urn), quotas, lambda _person, _code: 1, Random(seed))
    return persons


@pytest.mark.parametrize("seed", range(20))
def test_a_quota_inside_another(seed: int) -> None:
    persons = given({"F": 9, "M": 11}, [Quota(M, LABOUR, 6), Quota(M, BUILDING, 3), Quota(F, BUILDING, 1)], seed)
    counts = Counter((p["form"], p["detail"], p["gender"]) for p in persons)
    assert counts["LABOUR", "F", "M"] == 3
    assert counts["LABOUR", "F", "M"] + counts["LABOUR", "A", "M"] == 6
    assert Counter(p["gender"] for p in persons) == {"F": 9, "M": 11}


@pytest.mark.parametrize(
    "quotas",
    [
        [Quota(M, LABOUR, 11)],
        [Quota(M, LABOUR, 2), Quota(M, BUILDING, 3)],
        [Quota(M, LABOUR, 0), Quota(M, {}, 11)],
    ],
)
def test_quotas_that_cannot_be_had(quotas: list[Quota]) -> None:
    with pytest.raises(DeadEnd):
        given({"F": 9, "M": 11}, quotas)


def test_an_urn_that_is_too_small() -> None:
    with pytest.raises(DeadEnd):
        given({"F": 9, "M": 10}, [])


def test_a_dead_end_is_tried_again_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = 0

    def dead(_year: int, _rng: Random) -> list[dict[str, str]]:
        nonlocal tried
        tried += 1
        raise DeadEnd

    monkeypatch.setattr(people, "fill_people", dead)
    with pytest.raises(RuntimeError, match="2019"):
        people.published_people(2019, 1)
    assert tried == people.ATTEMPTS


def test_every_completion_is_documented() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [line for line in lines(margins.COMPLETIONS) if line not in text] == []


def lines(completions: tuple[Completion, ...]) -> list[str]:
    """The rows of the document's table."""
    grouped: dict[tuple[int, str, str], list[str]] = {}
    for each in completions:
        manner = "follows" if each.follows else "assumed"
        grouped.setdefault((each.year, each.dimension, f"{manner}: {each.why}"), []).append(f"{each.code} {each.count}")
    return [
        f"| {year} | {name} | {', '.join(counts)} | {why} |" for (year, name, why), counts in sorted(grouped.items())
    ]
