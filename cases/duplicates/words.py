"""Names of this app and its models on the staff pages."""

from __future__ import annotations

from cases.words import FIELDS as SHARED
from core.text import ModelNames, Text

ROOM = Text("Dubletter", "Duplicates")

MODELS = {
    "duplicate": ModelNames(
        Text("mulig dublet", "possible duplicate"), Text("mulige dubletter", "possible duplicates")
    ),
    "duplicatedecision": ModelNames(
        Text("afgjort dublet", "decided duplicate"), Text("afgjorte dubletter", "decided duplicates")
    ),
}

FIELDS = {
    **SHARED,
    "found_at": Text("fundet", "found at"),
    "merge": Text("sammenlægning", "merge"),
    "reasons": Text("grundlag", "evidence"),
    "score": Text("én person", "one person"),
}

# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "duplicate_pair": Text("Parret findes allerede.", "This pair already exists."),
}
