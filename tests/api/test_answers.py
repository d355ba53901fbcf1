"""Answers that are kept take a bounded place."""

from __future__ import annotations

import pytest

from core.answers import Answers

pytestmark = pytest.mark.django_db


def test_kept_answers_are_bounded() -> None:
    made: list[str] = []

    def answer(name: str, size: int) -> bytes:
        def make() -> bytes:
            made.append(name)
            return b"x" * size

        return kept.get((name,), make)

    kept: Answers[bytes] = Answers(100)
    for name in ("a", "b", "c", "d"):
        assert len(answer(name, 25)) == 25
    answer("a", 25)
    answer("e", 25)
    answer("b", 25)
    assert made == ["a", "b", "c", "d", "e", "b"]
    assert kept.size == 100
    for _ in range(2):
        assert len(answer("large", 26)) == 26
    assert made[-2:] == ["large", "large"]
    assert kept.size == 100
