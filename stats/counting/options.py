"""What a release is asked to be: its depth and its dimensions, checked against the dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from cases.dimensions import DATASETS, Axis, Dataset, Dimension, all_names
from stats.errors import refuse

DEFAULT_DEPTH = 3
DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Options:
    """How many dimensions a table may have, and which dimensions each dataset has."""

    depth: int
    dimensions: Mapping[str, tuple[str, ...]]

    @classmethod
    def choose(cls, depth: int = DEFAULT_DEPTH, dimensions: Iterable[str] | None = None) -> Self:
        """The options of a build. Raises `ReleaseRefused` for a depth or a dimension that there is not."""
        if not 1 <= depth <= DEEPEST:
            raise refuse(f"Dybden er et tal fra 1 til {DEEPEST}.", f"The depth is a number from 1 to {DEEPEST}.")
        names = all_names() if dimensions is None else tuple(dimensions)
        if not names or not set(names) <= set(all_names()):
            names_known = ", ".join(all_names())
            raise refuse(f"Dimensionerne er blandt: {names_known}.", f"The dimensions are among: {names_known}.")
        dimensions_chosen = {dataset.id: tuple(d.name for d in dataset.only(names)) for dataset in DATASETS.values()}
        if not all(dimensions_chosen.values()):
            raise refuse("Hvert datasæt skal have en dimension.", "Each dataset needs a dimension.")
        return cls(depth, dimensions_chosen)

    @classmethod
    def of_settings(cls, settings: Mapping[str, Any]) -> Self:
        """The options of a stored release."""
        return cls(settings["depth"], {name: tuple(dimensions) for name, dimensions in settings["dimensions"].items()})

    def as_json(self) -> dict[str, Any]:
        """The form in which a release keeps them."""
        return {"depth": self.depth, "dimensions": {name: list(names) for name, names in self.dimensions.items()}}

    def of(self, dataset: Dataset) -> tuple[Dimension, ...]:
        return dataset.only(self.dimensions[dataset.id])

    def offer(self, dataset: Dataset, axes: Iterable[Axis]) -> bool:
        """Whether a release with these options has the table of these axes."""
        names_wanted = {axis.dimension for axis in axes}
        return len(names_wanted) <= self.depth and names_wanted <= set(self.dimensions.get(dataset.id, ()))

    def codelists(self) -> dict[str, str]:
        """The present version of each code list that the dimensions use, by its id."""
        lists = {d.codelist.id: d.codelist.version for dataset in DATASETS.values() for d in self.of(dataset)}
        return dict(sorted(lists.items()))
