"""What the staff pages call the things of this app, Danish and English."""

from __future__ import annotations

from partners.text import Named, Text

ERASED = Text("Slettede", "Erased")

MODELS = {
    "tombstone": Named(Text("sletning", "tombstone"), Text("sletninger", "tombstones")),
}
