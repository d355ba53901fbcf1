"""The certificate of a small town's release, of which a square is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from stats.protection.audit import certificate
from stats.protection.audit.certificate import CertifiedFact, PublicCell
from stats.protection.audit.intervals import bounds_within
from stats.protection.doubt import Bounds
from stats.protection.space import AtomicDimension, Box, LinearForm, Partition, Space
from stats.protection.verify.certificate import check_certificate
from stats.protection.views import Constraint, View

RELEASE, EARLIER = "2023.p2", "2023.p1"
TIME = AtomicDimension("period", ("2023 first", "2023 second"), ())


def town() -> Space:
    """Two vintages of a year, by gender and by region."""
    gender = AtomicDimension("gender", ("F", "M"), (Partition("gender", ("F", "M"), (0, 1)),))
    region = AtomicDimension("region", ("N", "S", "W"), (Partition("region", ("N", "S", "W"), (0, 1, 2)),))
    return Space((TIME, gender, region))


def cell(space: Space, release: str, codes: dict[str, str], value: int | None) -> PublicCell:
    """A cell of the vintage of a release."""
    box = space.cell(codes)
    return PublicCell(release, Box(f"{release};{box.id}", ((0, (int(release == RELEASE),)), *box.sides)), value)


def table(space: Space, release: str, counts: dict[tuple[str, str], int | None]) -> list[PublicCell]:
    """A table by gender and region, with what it shows."""
    return [cell(space, release, {"gender": gender, "region": region}, n) for (gender, region), n in counts.items()]


SHOWN = {("F", "N"): None, ("F", "S"): None, ("F", "W"): 9, ("M", "N"): None, ("M", "S"): None, ("M", "W"): 0}


def published(space: Space) -> list[PublicCell]:
    """A release of which a square is hidden, beside its margins; and the total of an earlier one."""
    margins = [({}, 40), ({"gender": "F"}, 16), ({"gender": "M"}, 24)]
    margins += [({"region": "N"}, 11), ({"region": "S"}, 20), ({"region": "W"}, 9)]
    return [
        *(cell(space, RELEASE, codes, value) for codes, value in margins),
        *table(space, RELEASE, SHOWN),
        cell(space, EARLIER, {}, 38),
    ]


def proof(**more: Any) -> dict[str, Any]:
    """The certificate of the town's release."""
    space = town()
    given: dict[str, Any] = {
        "facts": facts(space),
        "cells": published(space),
    } | more
    given.setdefault("told", told_of(space, given["cells"]))
    return certificate.public_certificate(
        RELEASE, [certificate.block_certificate(release=RELEASE, space=space, **given)], [EARLIER, RELEASE]
    )


def told_of(space: Space, cells: Sequence[PublicCell]) -> dict[str, Bounds]:
    """What anybody may compute of the hidden cells that have no symbol, from cells alone."""
    rows = [Constraint(each.box.id, LinearForm(space.members(each.box)), *each.bounds) for each in cells]
    view = View("cells", np.zeros(space.size, dtype=np.int64), tuple(rows))
    hidden = [each.box for each in cells if each.value is None and each.most is None]
    ends = bounds_within(view, [LinearForm(space.members(box)) for box in hidden])
    return {box.id: bounds for box, bounds in zip(hidden, ends, strict=True)}


def facts(space: Space) -> list[CertifiedFact]:
    """One fact: at least two women in the north."""
    box = Box("yearbook", ((0, (1,)), *space.cell({"gender": "F", "region": "N"}).sides))
    return [CertifiedFact("yearbook", box, 2, None)]


def failed(found: dict[str, Any]) -> list[str]:
    """The names of the checks that fail."""
    return [each.name for each in check_certificate(found) if not each.passed]
