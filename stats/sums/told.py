"""What everybody is told of hidden sums, and the certificate. Both are made of what everybody may read, and of nothing else.

The rules of the form are left out of both: a line may know a part and not its whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from stats.protection.audit.certificate import PublicCell, block_certificate, public_certificate
from stats.protection.audit.intervals import bounds_within
from stats.protection.doubt import Bounds
from stats.protection.views import View
from stats.sums.blocks import SumBlock
from stats.sums.knowledge import cells_hidden, rows_shown
from stats.sums.rules import CELLS
from stats.sums.sources import SumSource


def told_of_block(block: SumBlock) -> dict[str, Bounds]:
    """By hidden cell of the public releases of a block what anybody may compute of it, each measure by itself."""
    hidden = cells_hidden(block, block.sources)
    view = View(CELLS, np.zeros_like(block.counts), tuple(rows_shown(block, block.sources)))
    bounds = bounds_within(view, [cell.form for cell in hidden])
    return {cell.id: ends for cell, ends in zip(hidden, bounds, strict=True)}


def certify(published: SumSource, blocks: Sequence[SumBlock], told: Sequence[Mapping[str, Bounds]]) -> dict[str, Any]:
    """The certificate: for each hidden cell two witnesses of what everybody may read, and of nothing else.

    `told`: what each block tells. Its ends have witnesses too.
    """
    blocks_certified = [
        block_certificate(
            release=published.id,
            space=block.space,
            cells=[
                PublicCell(source.id, cell.box, source.shown.get(cell.place))
                for source in block.sources
                for cell in block.cells(source)
            ],
            told=of_block,
        )
        for block, of_block in zip(blocks, told, strict=True)
    ]
    return public_certificate(published.id, blocks_certified, [source.id for source in blocks[0].sources])
