"""What is vendored is what the package has, and nothing of it that is not ours to use."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "pages/base/static/dkfds"
LISTED = dict(line.split("  ")[::-1] for line in (FOLDER / "SHA256SUMS").read_text().splitlines())


def test_every_file_is_the_one_that_was_brought() -> None:
    files = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.is_file()}
    found = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    assert {name: digest for name, digest in found.items() if name not in {"SHA256SUMS", "README.md"}} == LISTED


def test_the_packed_style_sheet_is_the_style_sheet() -> None:
    sheet = FOLDER / "css/dkfds.min.css"
    assert gzip.decompress(sheet.with_suffix(".css.gz").read_bytes()) == sheet.read_bytes()


def test_no_logo_of_others_is_there() -> None:
    assert [name for name in LISTED if "logo" in name or "borgerdk" in name or "virk" in name] == []
