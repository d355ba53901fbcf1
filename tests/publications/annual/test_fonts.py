"""The letters of the PDF are those that were brought."""

from __future__ import annotations

import hashlib

from publications.annual.letters import FONTS


def test_every_font_is_the_one_that_was_brought() -> None:
    listed = dict(line.split("  ")[::-1] for line in (FONTS / "SHA256SUMS").read_text().splitlines())
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.iterdir()}
    assert {name: digests[name] for name in digests if name not in {"README.md", "SHA256SUMS"}} == listed
