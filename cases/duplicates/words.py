"""What the staff pages call the things of this app, Danish and English."""

from __future__ import annotations

from partners.text import Named, Words

DUPLICATES = Words("Mulige dubletter", "Possible duplicates")

MODELS = {
    "duplicate": Named(Words("mulig dublet", "possible duplicate"), Words("mulige dubletter", "possible duplicates")),
    "duplicatedecision": Named(
        Words("afgjort dublet", "decided duplicate"), Words("afgjorte dubletter", "decided duplicates")
    ),
}
