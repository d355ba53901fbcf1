"""The public certificate of a release. It is made from what everybody may read, and from nothing else.

It knows of no release for authorities, and not how many records changed between two vintages: the public is not told these numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from cases.statistics.protection.audit.certificate import (
    CertifiedFact,
    GivenAway,
    PublicCell,
    block_certificate,
    public_certificate,
)
from cases.statistics.protection.audit.knowledge import Contradiction
from cases.statistics.publishing.blocks import TableBlock
from cases.statistics.publishing.cells import TableDraft, cells_of, shown_value
from cases.statistics.publishing.plan import ReleasePlan
from cases.statistics.publishing.sources import ReleaseSource


def certify_release(plan: ReleasePlan, tables: Sequence[TableDraft]) -> dict[str, Any]:
    """The certificate of a release with these tables: for each hidden cell two witnesses, of published cells and facts."""
    shown = {table.axes: dict(zip(table.codes, table.counts, strict=True)) for table in tables}
    hidden = {table.axes: frozenset(table.hidden) for table in tables}
    source = replace(plan.source, shown=shown, hidden=hidden)
    open_plan = replace(plan, source=source, earlier=tuple(each for each in plan.earlier if each.public))
    return public_certificate(source.id, [certify_block(each, open_plan.sources) for each in open_plan.blocks])


def certify_block(of: TableBlock, sources: Sequence[ReleaseSource]) -> dict[str, Any]:
    """The certificate of one block.

    Its witnesses keep the rules of the dictionary, and it lists none of them: a missing rule would tell that somebody breaks it.
    For the same reason they are kept, where that is possible, whether they are certain or not.
    """
    facts = [CertifiedFact(f"{fact.id} {fact.source}", of.fact(fact), fact.low, fact.high) for fact in of.facts]
    make = partial(
        block_certificate,
        release=sources[-1].id,
        space=of.space,
        cells=[each for source in sources for each in public_cells(of, source)],
        facts=[*facts, *(CertifiedFact(box.id, box, 0, 0) for box in of.out_of_time())],
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
        yield PublicCell(source.id, cell.box, shown_value(source, cell))
