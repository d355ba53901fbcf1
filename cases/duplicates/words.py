"""Names of this app and its models on the staff pages."""

from __future__ import annotations

from partners.text import Named, Text

DUPLICATES = Text("Mulige dubletter", "Possible duplicates")

MODELS = {
    "duplicate": Named(Text("mulig dublet", "possible duplicate"), Text("mulige dubletter", "possible duplicates")),
    "duplicatedecision": Named(
        Text("afgjort dublet", "decided duplicate"), Text("afgjorte dubletter", "decided duplicates")
    ),
}
