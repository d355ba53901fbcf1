"""Secret keys in files: whole, of the owner alone, and never drawn twice."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core import keys


def test_a_key_is_drawn_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "own.key"
    keys.draw_key(path, b"one")
    keys.draw_key(path, b"two")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"one", 0o600)
    assert [*path.parent.iterdir()] == [path]


def test_a_full_disk_leaves_no_key_that_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError("full")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="full"):
        patch.setattr(os, "fsync", full)
        keys.draw_key(tmp_path / "own.key", b"one")
    assert [*tmp_path.iterdir()] == []
    keys.draw_key(tmp_path / "own.key", b"two")
    assert (tmp_path / "own.key").read_bytes() == b"two"
