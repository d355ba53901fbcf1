"""How a release was made: its tables, and the parameters that its readers may know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from stats.counting.options import Options


@dataclass(frozen=True, slots=True)
class Terms:
    """The ids of each dataset's tables, and how they were protected.

    An exact release has `options` instead: every table that they allow, of which it lists none.
    No shown cell of a protected release is under `threshold`, unless it is zero and public; without a threshold nothing is hidden.
    `deviation` and `variance` are of the noise on the figures of authorities.
    """

    tables: Mapping[str, tuple[str, ...]]
    threshold: int | None = None
    deviation: int = 0
    variance: int = 0
    options: Options | None = None

    @classmethod
    def exact(cls, options: Options) -> Self:
        return cls(dict.fromkeys(options.dimensions, ()), options=options)

    @classmethod
    def of_protected(cls, settings: Mapping[str, Any], sums: Mapping[str, tuple[str, ...]]) -> Self:
        """The terms of a protected release, as it is stored. `sums`: the tables of its datasets of sums."""
        tables = {dataset: tuple(tables) for dataset, tables in settings["tables"].items()}
        return cls({**tables, **sums}, settings["threshold"], settings["deviation"], settings["variance"])
