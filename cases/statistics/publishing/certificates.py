"""The public certificate of a release: made from what everybody may read, and from nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from cases.statistics.protection.certificate import Fact, Published, Vintages, block, internal, public
from cases.statistics.publishing.cells import Cell, cells_of, value_of
from cases.statistics.publishing.knowledge import Knowledge

__all__ = ["internal", "of_block", "public"]


def of_block(knowledge: Knowledge, cells: Sequence[Cell], hidden: Collection[str]) -> dict[str, Any]:
    """The certificate of one block: two points for each hidden cell, from published cells and facts alone."""
    of = knowledge.block
    new = (Published(knowledge.plan.source.id, cell.box, None if cell.id in hidden else cell.count) for cell in cells)
    return block(
        release=knowledge.plan.source.id,
        space=of.space,
        cells=[*before(knowledge), *new],
        facts=[Fact(f"{fact.id} {fact.source}", of.fact(fact), fact.low, fact.high) for fact in of.facts],
        vintages=[
            Vintages(0, ((earlier, later),), tie.added, tie.removed)
            for (earlier, later), tie in zip(of.timeline.changes(), of.ties, strict=True)
        ],
    )


def before(knowledge: Knowledge) -> Iterator[Published]:
    """The cells of every release that was published to everybody before, hidden ones too."""
    for source in knowledge.plan.earlier:
        if source.public:
            for cell in cells_of(knowledge.block, source):
                yield Published(source.id, cell.box, value_of(source, cell))
