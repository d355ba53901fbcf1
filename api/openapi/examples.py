"""Examples of tables."""

from __future__ import annotations

from typing import Any

from api.statistics import example_tables

Example = dict[str, Any]


def components() -> dict[str, Example]:
    """Every example as a component."""
    return {name: {"summary": text, "value": value} for name, (text, value) in example_tables.bodies().items()}
