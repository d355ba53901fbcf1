"""What is vendored is what the package has, and nothing of it that is not ours to use."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "pages/base/static"
FOLDER = STATIC / "dkfds"
OURS = {"SHA256SUMS", "README.md", "noto.css"}


def listed(folder: Path) -> dict[str, str]:
    """The files that were brought, with their digests."""
    return dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())


LISTED = listed(FOLDER)


@pytest.mark.parametrize("name", ["dkfds", "noto"])
def test_every_file_is_the_one_that_was_brought(name: str) -> None:
    folder = STATIC / name
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    found = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    assert {name: digest for name, digest in found.items() if name not in OURS} == listed(folder)


def test_every_script_that_machines_may_lack_has_its_letters_on_every_page() -> None:
    sheet = (STATIC / "noto/noto.css").read_text()
    for tag in ("ar", "th", "ti"):
        assert f":lang({tag})" in sheet
    assert set(re.findall(r'url\("([^"]+)"\)', sheet)) == {
        each for each in listed(STATIC / "noto") if each.endswith(".woff2")
    }
    for template in ("pages/base/templates/base/page.html", "partners/staff/templates/admin/base_site.html"):
        assert "noto/noto.css" in (Path(settings.BASE_DIR) / template).read_text()


def test_the_packed_style_sheet_is_the_style_sheet() -> None:
    sheet = FOLDER / "css/dkfds.min.css"
    assert gzip.decompress(sheet.with_suffix(".css.gz").read_bytes()) == sheet.read_bytes()


def test_no_logo_of_others_is_there() -> None:
    assert [name for name in LISTED if "logo" in name or "borgerdk" in name or "virk" in name] == []
