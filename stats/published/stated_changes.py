"""Percentages that the sources state themselves. They are never shown as figures: what we compute stands beside them."""

from __future__ import annotations

from core.text import Text
from stats.published.sources import ADDRESSES
from stats.published.types import StatedChange

STATED_CHANGES: tuple[StatedChange, ...] = (
    StatedChange(
        2022,
        2023,
        35,
        (ADDRESSES["centre-2023"], ADDRESSES["newest"]),
        Text(
            "Forskellen mellem 112 og 73 er delt med 112 i stedet for 73, året før.",
            "The difference of 112 and 73 is divided by 112 and not by 73, the year before.",
        ),
    ),
    StatedChange(
        2015,
        2016,
        30,
        (ADDRESSES["sameksistens-2016"],),
        Text("Fra 93 til 121: stemmer.", "From 93 to 121: agrees."),
    ),
)
