"""The public certificate of a release. It is made from what everybody may read, and from nothing else.

It knows of no release for authorities, and not how many records changed between two vintages: the public is not told these numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from stats.protection.audit.certificate import (
    CertifiedFact,
    GivenAway,
    PublicCell,
    block_certificate,
    public_certificate,
)
from stats.protection.audit.knowledge import Contradiction
from stats.publishing.blocks import TableBlock
from stats.publishing.cells import cells_of, shown_value, told_bounds
from stats.publishing.plan import ReleasePlan
from stats.publishing.sources import ReleaseSource
from stats.publishing.told import ToldCell


def certify_release(plan: ReleasePlan, by_block: Iterable[Iterable[ToldCell]]) -> dict[str, Any]:
    """The certificate of a release: for each hidden cell two witnesses, of published cells and facts, and two of what is told.

    `plan` is the release as everybody will know it (`told.as_published`). `by_block`: what its blocks tell.
    """
    blocks = [certify_block(each, plan.sources, of_block) for each, of_block in zip(plan.blocks, by_block, strict=True)]
    return public_certificate(plan.source.id, blocks, [source.id for source in plan.sources])


def certify_block(of: TableBlock, sources: Sequence[ReleaseSource], cells: Iterable[ToldCell]) -> dict[str, Any]:
    """The certificate of one block.

    Its witnesses keep the rules of the dictionary, and it lists none of them: a missing rule would tell that somebody breaks it.
    For the same reason they are kept, where that is possible, whether they are certain or not. The ends of what is told know of
    no rule.
    """
    facts = [CertifiedFact(f"{fact.id} {fact.source}", of.fact(fact), fact.low, fact.high) for fact in of.facts]
    make = partial(
        block_certificate,
        release=sources[-1].id,
        space=of.space,
        cells=[each for source in sources for each in public_cells(of, source)],
        told={cell.id: bounds for _, cell, bounds in cells},
        facts=facts,
        unused=of.out_of_time(),
    )
    try:
        return make(empty=[box for rule in of.rules for box in of.boxes_barred(rule)])
    except (Contradiction, GivenAway):
        if not of.rules:
            raise
        return make()


def public_cells(of: TableBlock, source: ReleaseSource) -> Iterator[PublicCell]:
    """The cells of a release as the public sees them, hidden ones too."""
    for cell in cells_of(of, source):
        yield PublicCell(source.id, cell.box, shown_value(source, cell), *told_bounds(source, cell))
