"""What a protected release was made to: its tables, and the parameters that its readers are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Terms:
    """The ids of each dataset's tables. No shown cell is under `threshold`, unless it is zero and public.

    `deviation` and `variance` are of the noise on the figures of authorities.
    """

    tables: Mapping[str, tuple[str, ...]]
    threshold: int
    deviation: int
    variance: int

    @classmethod
    def stored(cls, settings: Mapping[str, Any]) -> Self:
        """The terms of a stored release."""
        tables = {dataset: tuple(tables) for dataset, tables in settings["tables"].items()}
        return cls(tables, settings["threshold"], settings["deviation"], settings["variance"])
