"""What the staff pages call the things of this app, Danish and English."""

from __future__ import annotations

from partners.text import Named, Words

ERASED = Words("Slettede", "Erased")

MODELS = {
    "tombstone": Named(Words("sletning", "tombstone"), Words("sletninger", "tombstones")),
}
