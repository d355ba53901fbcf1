"""The public certificate of a release: made from what everybody may read, and from nothing else.

It knows no release of authorities, not even that there is one, and not how many records changed between two vintages: nobody is
told these numbers. So what it proves possible is proved against all that the public has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from cases.statistics.protection.audit.certificate import (
    CertifiedFact,
    PublicCell,
    block_certificate,
    public_certificate,
)
from cases.statistics.publishing.cells import Protected, cells_of, value_of
from cases.statistics.publishing.plan import Plan
from cases.statistics.publishing.sources import Source
from cases.statistics.publishing.universe import Block


def of_release(plan: Plan, tables: Sequence[Protected]) -> dict[str, Any]:
    """The certificate of a release whose tables are these: two points for each hidden cell, from published cells and facts."""
    shown = {table.axes: dict(zip(table.codes, table.counts, strict=True)) for table in tables}
    hidden = {table.axes: frozenset(table.hidden) for table in tables}
    source = replace(plan.source, shown=shown, hidden=hidden)
    open_plan = replace(plan, source=source, earlier=tuple(each for each in plan.earlier if each.public))
    return public_certificate(source.id, [of_block(each, open_plan.sources) for each in open_plan.blocks])


def of_block(of: Block, sources: Sequence[Source]) -> dict[str, Any]:
    """The certificate of one block."""
    facts = [CertifiedFact(f"{fact.id} {fact.source}", of.fact(fact), fact.low, fact.high) for fact in of.facts]
    return block_certificate(
        release=sources[-1].id,
        space=of.space,
        cells=[each for source in sources for each in published(of, source)],
        facts=[*facts, *(CertifiedFact(box.id, box, 0, 0) for box in of.impossible)],
    )


def published(of: Block, source: Source) -> Iterator[PublicCell]:
    """The cells of a release, hidden ones too."""
    for cell in cells_of(of, source):
        yield PublicCell(source.id, cell.box, value_of(source, cell))
