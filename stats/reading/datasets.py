"""What can be asked for: the datasets of records, the sums of what services report, and the funnel that stands across both."""

from __future__ import annotations

from cases.dimensions import DATASETS, Axis, Dataset, ProtectionScheme
from stats.reading.funnel import FUNNEL
from stats.sums.of_forms import OF_SUMS

# Every dataset that somebody may read, by its id.
READABLE: dict[str, Dataset] = {**DATASETS, **OF_SUMS, FUNNEL.id: FUNNEL}
# Those without cells of their own.
DRAWN: tuple[Dataset, ...] = tuple(one for one in READABLE.values() if one.drawn_from)


def public_datasets() -> tuple[Dataset, ...]:
    """The datasets of which there may be figures for everybody."""
    return tuple(one for one in READABLE.values() if one.protection != ProtectionScheme.EXACT_ONLY)


def all_dimensions() -> tuple[str, ...]:
    """The name of every dimension of any dataset."""
    return tuple(dict.fromkeys(name for dataset in READABLE.values() for name in dataset.by_name))


def axes_of(dataset: str, table: str) -> list[Axis]:
    """The axes of a stored table, that of the quantities first where the dataset has one."""
    of, names = READABLE[dataset], table.split(",")
    return [axis for axis in of.axes.values() if not axis.has_total or axis.id in names]
