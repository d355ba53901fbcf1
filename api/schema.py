"""What drf-spectacular cannot see by itself."""

from __future__ import annotations

from drf_spectacular.openapi import AutoSchema


class Schema(AutoSchema):
    """The description of one operation."""
