"""Chunks that a thread reads ahead: the same ones in their order, no more than one ahead, and what goes wrong in its place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.intake.batches.stream import read_ahead


@given(st.lists(st.lists(st.integers(), min_size=1), max_size=5))
def test_the_same_chunks_come_in_their_order(chunks: list[list[int]]) -> None:
    assert [*read_ahead(iter(chunks))] == chunks


def read(number: int, read_so_far: list[int]) -> Iterator[list[int]]:
    """So many chunks, then a file that cannot be read on."""
    for each in range(number):
        read_so_far.append(each)
        yield [each]
    raise ValueError("broken")


def test_what_goes_wrong_is_raised_behind_the_chunks_before_it() -> None:
    taken: list[list[int]] = []
    with pytest.raises(ValueError, match="broken"):
        for chunk in read_ahead(read(3, [])):
            taken.append(chunk)  # noqa: PERF402 (what was taken before the error)
    assert taken == [[0], [1], [2]]


def test_whoever_stops_early_has_read_no_more_than_one_chunk_ahead() -> None:
    read_so_far: list[int] = []
    chunks = read_ahead(read(9, read_so_far))
    assert next(chunks) == [0]
    chunks.close()  # type: ignore[attr-defined]
    assert read_so_far == [0, 1]
