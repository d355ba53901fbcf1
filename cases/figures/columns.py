"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import OPERATIONAL, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # Drawn of published figures alone, and public as they are.
    "figures.ChartPicture": dict.fromkeys(
        ("answer", "name", "kind", "place", "title", "alt", "svg", "portrait", "png", "width", "height", "drawn_at"),
        OPERATIONAL,
    )
    | {"unused_since": OPERATIONAL},
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {}
# Pictures are a function of what is published: they are drawn where they are missing, and taken away where nothing shows them.
MUTABLE: tuple[str, ...] = ("figures.ChartPicture",)
BUILD: tuple[str, ...] = ()
