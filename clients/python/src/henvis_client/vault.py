"""Files that are encrypted at rest, written and read in pieces, so that a large one needs no memory.

    file   = MAGIC, kind of key (1 byte), salt (16 bytes), frame, frame, …
    frame  = last or not (1 byte), length (4 bytes), AES-256-GCM of a piece

Each file has a key of its own, by HKDF-SHA-256 from the vault's key and the salt. A frame's nonce is its number and whether it is
the last. Its associated data are the head of the file. So no frame can be left out, moved, or cut off unnoticed. The first frame is
a small JSON object, which is read without the rest.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from henvis_client.disk import hold_lock, make_folder, write_safely
from henvis_client.errors import UsageError
from henvis_client.texts import Text

MAGIC = b"henvis-vault-1\n"
KEY_BYTES, SALT_BYTES, LENGTH_BYTES, TAG_BYTES = 32, 16, 4, 16
BY_FILE, BY_PASSPHRASE = b"f", b"p"
HEAD_BYTES = len(MAGIC) + 1 + SALT_BYTES
MOST = 1 << 20
# The work of one attempt at a passphrase: 128 MB and a second or less.
SCRYPT_WORK = 1 << 17
CLOSED = Text(
    "Filen i udbakken kan ikke åbnes: nøglefilen eller HENVIS_OUTBOX_PASSPHRASE er en anden end dengang, eller filen er "
    "beskadiget.",
    "The file in the outbox cannot be opened: the key file or HENVIS_OUTBOX_PASSPHRASE is another than it was, or the file is "
    "damaged.",
)


class Vault:
    """What encrypts and decrypts. It holds a key in memory and prints nothing of it."""

    def __init__(self, key: bytes, kind: bytes = BY_FILE) -> None:
        self._key, self._kind = key, kind

    @classmethod
    def of_folder(cls, folder: Path, passphrase: str | None = None, *, work: int = SCRYPT_WORK) -> Vault:
        """The vault of a folder: by a passphrase, or by a key file of mode 0600, which is made where there is none."""
        make_folder(folder)
        if not passphrase:
            return cls(kept_bytes(folder / "outbox.key", KEY_BYTES))
        salt = kept_bytes(folder / "outbox.salt", SALT_BYTES)
        key = Scrypt(salt=salt, length=KEY_BYTES, n=work, r=8, p=1).derive(passphrase.encode())
        return cls(key, BY_PASSPHRASE)

    def write(self, path: Path, header: Mapping[str, Any], pieces: Iterable[bytes] = ()) -> None:
        """Write a file, which is there as a whole or not at all."""
        head = MAGIC + self._kind + secrets.token_bytes(SALT_BYTES)
        write_safely(path, self._frames(head, json.dumps(header).encode(), pieces))

    def _frames(self, head: bytes, first: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The bytes of a file."""
        yield head
        cipher, number, waiting = self._cipher(head), 0, first
        for piece in in_pieces(pieces):
            yield seal(cipher, head, number, waiting, is_last=False)
            number, waiting = number + 1, piece
        yield seal(cipher, head, number, waiting, is_last=True)

    def header(self, path: Path) -> dict[str, Any]:
        """The first frame of a file. Raises `UsageError` where it cannot be opened."""
        with path.open("rb") as file:
            return self._object(next(self._open(file)))

    def pieces(self, path: Path) -> Iterator[bytes]:
        """What comes after it. Raises `UsageError`, at the end too, where something is missing."""
        with path.open("rb") as file:
            frames = self._open(file)
            next(frames)
            yield from frames

    def digest(self, pieces: Iterable[bytes]) -> str:
        """A keyed digest of a content, by which the same content is known again."""
        digest = hmac.new(self._derive(b"", b"henvis vault digest"), digestmod=hashlib.sha256)
        for piece in pieces:
            digest.update(piece)
        return digest.hexdigest()

    def _object(self, text: bytes) -> dict[str, Any]:
        """The JSON object of the first frame."""
        value = json.loads(text)
        if not isinstance(value, dict):
            raise UsageError("outbox_closed", CLOSED)
        return value

    def _open(self, file: IO[bytes]) -> Iterator[bytes]:
        """The pieces of all frames."""
        head = file.read(HEAD_BYTES)
        if len(head) != HEAD_BYTES or not head.startswith(MAGIC):
            raise UsageError("outbox_closed", CLOSED)
        cipher, number, is_last = self._cipher(head), 0, False
        while not is_last:
            is_last, piece = unseal(cipher, head, number, file)
            number += 1
            yield piece

    def _cipher(self, head: bytes) -> AESGCM:
        """The cipher of a file."""
        return AESGCM(self._derive(head[-SALT_BYTES:], b"henvis vault 1"))

    def _derive(self, salt: bytes, label: bytes) -> bytes:
        """A key for one purpose."""
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt or None, info=label).derive(self._key)


def kept_bytes(path: Path, size: int) -> bytes:
    """Random bytes that are made once and kept. Raises `UsageError` where others stand there."""
    with hold_lock(path.with_suffix(".lock")):
        if not path.exists():
            write_safely(path, [secrets.token_bytes(size)])
    content = path.read_bytes()
    if len(content) != size:
        raise UsageError("outbox_closed", CLOSED)
    return content


def in_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are not too large for a frame."""
    for piece in pieces:
        for begin in range(0, len(piece), MOST):
            yield piece[begin : begin + MOST]


def nonce(number: int, *, is_last: bool) -> bytes:
    """The nonce of a frame."""
    return bytes(7) + number.to_bytes(4) + bytes([is_last])


def seal(cipher: AESGCM, head: bytes, number: int, piece: bytes, *, is_last: bool) -> bytes:
    """A frame."""
    content = cipher.encrypt(nonce(number, is_last=is_last), piece, head)
    return bytes([is_last]) + len(content).to_bytes(LENGTH_BYTES) + content


def unseal(cipher: AESGCM, head: bytes, number: int, file: IO[bytes]) -> tuple[bool, bytes]:
    """Whether the next frame is the last, and its piece. Raises `UsageError`."""
    start = file.read(1 + LENGTH_BYTES)
    is_last, length = start[:1] == b"\1", int.from_bytes(start[1:])
    content = file.read(min(length, MOST + TAG_BYTES))
    if len(content) != length:
        raise UsageError("outbox_closed", CLOSED)
    try:
        return is_last, cipher.decrypt(nonce(number, is_last=is_last), content, head)
    except InvalidTag:
        raise UsageError("outbox_closed", CLOSED) from None
