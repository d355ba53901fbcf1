"""The share of planted pairs that the search finds, as docs/duplicates.md states it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings as project

from cases.duplicates.candidates import LEAST, MOST, TWINS, WINDOW, find
from tests.cases.duplicates import invented

TEXT = (Path(project.BASE_DIR) / "docs" / "duplicates.md").read_text()
QUALITY = [
    [float(number) for number in row]
    for row in re.findall(r"^\| " + r" \| ".join([r"([\d.]+)"] * 7) + r" \|$", TEXT, re.MULTILINE)
]
# Worlds that nothing was chosen by: the threshold was, looking at those of the first few seeds.
FIRST_SEED = 1001
SEEDS = {400: 20, 2000: 6, 10_000: 4}


@pytest.mark.parametrize("said", QUALITY)
def test_planted_pairs_are_found_as_well_as_the_method_s_page_says(said: list[float]) -> None:
    """Precision and recall of what is listed, and of what has a score of 0 or more."""
    size, months, together, *expected = int(said[0]), int(said[1]), *said[2:]
    right, listed, there = [0, 0], [0, 0], 0
    for seed in range(FIRST_SEED, FIRST_SEED + SEEDS[size]):
        rows, planted = invented.year(size, months=months, twins=0.05, seed=seed, together=together)
        candidates = find(rows).candidates
        there += len(planted)
        for place, least in enumerate((LEAST, 0)):
            enough = {(each.first, each.second) for each in candidates if each.score >= least}
            right[place] += len(enough & planted)
            listed[place] += len(enough)
    found = [share for r, n in zip(right, listed, strict=True) for share in (r / n, r / there)]
    assert found == pytest.approx(expected, abs=0.006)


def test_the_page_has_the_table_and_the_numbers_of_the_rule() -> None:
    assert {row[0] for row in QUALITY} == set(SEEDS)
    assert len(QUALITY) == 2 * len(SEEDS)
    for words in (
        f"more than {MOST} others",
        f"more than {MOST} persons",
        f"share of {TWINS:.0%}".replace("%", " %"),
        "−1 and more",
    ):
        assert words in " ".join(TEXT.split())
    assert (WINDOW, LEAST) == (12, -1)
