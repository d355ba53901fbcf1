"""Addresses of pages of releases: the list, a release of 2023, and its proof."""

from __future__ import annotations

PLACES = (
    "/da/udgivelser/",
    "/en/releases/",
    "/da/udgivelser/2023.p1/",
    "/en/releases/2023.p1/",
    "/da/udgivelser/2023.p1/bevis/",
)
