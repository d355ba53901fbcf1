"""What lies on the disk: nobody else reads it, and nothing of it can be changed or cut off unnoticed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from henvis_client import UsageError, vault
from henvis_client.disk import hold_lock, write_safely
from henvis_client.vault import Vault

KEY = bytes(range(32))


@pytest.fixture
def small_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames of a few bytes."""
    monkeypatch.setattr(vault, "MOST", 8)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=6))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]) -> None:
    path = tmp_path_factory.mktemp("vault") / "file"
    Vault(KEY).write(path, {"name": "x"}, pieces)
    assert Vault(KEY).header(path) == {"name": "x"}
    assert b"".join(Vault(KEY).pieces(path)) == b"".join(pieces)


def test_every_byte_counts(tmp_path: Path, small_frames: None) -> None:
    path, changed_path = tmp_path / "file", tmp_path / "changed"
    Vault(KEY).write(path, {"n": 1}, [b"0123456789abcdefghij"])
    content = path.read_bytes()
    for place in range(len(content)):
        changed_path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(UsageError):
            list(Vault(KEY).pieces(changed_path))


def test_nothing_can_be_cut_off_or_left_out(tmp_path: Path, small_frames: None) -> None:
    path, cut_path = tmp_path / "file", tmp_path / "cut"
    Vault(KEY).write(path, {"n": 1}, [b"0123456789abcdefghij"])
    content = path.read_bytes()
    for length in range(len(content)):
        cut_path.write_bytes(content[:length])
        with pytest.raises(UsageError):
            list(Vault(KEY).pieces(cut_path))
    second = len(content) - 25 - 29
    cut_path.write_bytes(content[: second - 29] + content[second:])
    with pytest.raises(UsageError):
        list(Vault(KEY).pieces(cut_path))


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    box = Vault.of_folder(tmp_path / "home")
    box.write(tmp_path / "home" / "file", {}, [b"gender=F"])
    for path in (tmp_path / "home").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
        assert b"gender" not in path.read_bytes()
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


def test_the_same_folder_is_the_same_vault(tmp_path: Path) -> None:
    Vault.of_folder(tmp_path).write(tmp_path / "file", {"n": 1})
    assert Vault.of_folder(tmp_path).header(tmp_path / "file") == {"n": 1}
    (tmp_path / "outbox.key").write_bytes(b"short")
    with pytest.raises(UsageError, match="another"):
        Vault.of_folder(tmp_path)


def test_a_passphrase_opens_it_and_another_does_not(tmp_path: Path) -> None:
    def opened_by(passphrase: str | None) -> Vault:
        return Vault.of_folder(tmp_path, passphrase, work=16)

    opened_by("correct horse").write(tmp_path / "file", {"n": 1})
    assert opened_by("correct horse").header(tmp_path / "file") == {"n": 1}
    assert not (tmp_path / "outbox.key").exists()
    for other in ("battery staple", None):
        with pytest.raises(UsageError, match="HENVIS_OUTBOX_PASSPHRASE"):
            opened_by(other).header(tmp_path / "file")


def test_a_file_that_breaks_midway_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_safely(path, [b"before"])

    def pieces() -> object:
        yield b"half"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_safely(path, pieces())  # type: ignore[arg-type]
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_lock_is_given_back(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"), hold_lock(tmp_path / "lock"):
            raise ValueError("broken")
