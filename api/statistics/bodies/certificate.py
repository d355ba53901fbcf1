"""The proof of a public release: the format that `stats.protection.audit.certificate` writes and `verify` reads.

A stored certificate is answered byte by byte as it was published; these structs describe it.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from api.http.bodies import Body, about, schema
from api.statistics.vocabulary import AxisId, ReleaseId
from stats.protection.verify.certificate import FORMAT

Whole = Annotated[int, Meta(ge=0), schema(format_="int64")]
Bound = Annotated[Whole | None, about("Null where nothing is said.")]
Side = Annotated[
    tuple[Whole, Annotated[list[Whole], Meta(min_length=1)]],
    about("The place of a dimension, and the atoms of it (by place) that are meant."),
]
Sides = Annotated[list[Side], about("Of the other dimensions every atom is meant.")]


class CertificateAxisBody(Body):
    """A level of a dimension, as sums of its atoms."""

    id: AxisId
    codes: list[str]
    of_atom: Annotated[list[Whole], about("For each atom the place of its code in `codes`.")]


class CertificateDimensionBody(Body):
    """A dimension with its atoms."""

    id: Annotated[str, about("`period`, or a dimension's name.")]
    atoms: Annotated[list[str], Meta(min_length=1, description="What no table and no fact divides, each by a label.")]
    axes: list[CertificateAxisBody]


class CertificateCellBody(Body):
    """A published cell, as a sum of atomic cells."""

    release: ReleaseId
    id: str
    sides: Sides
    value: Annotated[Whole | None, about("Null where it is hidden.")]
    low: Annotated[Whole, about("What its symbol tells of a hidden cell; else its value.")]
    high: Bound


class CertificateFactBody(Body):
    """What another source published of a sum of atomic cells."""

    source: str
    id: str
    sides: Sides
    low: Bound
    high: Bound


class UnusedCodeBody(Body):
    """Atomic cells of months in which a code was not in use: nobody is in them."""

    id: str
    sides: Sides


class CertificateBaseBody(Body):
    """A complete table of atomic cells."""

    facts: Annotated[bool, about("Whether the facts hold there.")]
    values: list[
        Annotated[
            tuple[Whole, Whole],
            about("An atomic cell by its number, the last dimension fastest, and its persons; others are 0."),
        ]
    ]


class CertificatePointBody(Body):
    """A table, as changes from a base."""

    base: Annotated[Whole, about("The place of its base.")]
    change: list[
        Annotated[
            tuple[Whole, Annotated[int, schema(format_="int64")]],
            about("An atomic cell by its number, and how many persons are added to the base."),
        ]
    ]


class HiddenCellBody(Body):
    """A hidden cell, and the two points that prove that nobody can compute it."""

    id: Annotated[str, about("As in `cells`.")]
    low: Whole
    high: Whole
    exact: Annotated[bool, about("Whether nothing under `low` and above `high` is possible.")]
    points: Annotated[
        list[Whole], Meta(min_length=2, max_length=2, description="With `low`, and with `high`, by place.")
    ]
    given_away_by_facts: Annotated[bool, about("Whether the points agree with the cells only.")]


class ToldCellBody(Body):
    """A hidden cell without a symbol, what is told of it, and the two points that are its ends."""

    id: Annotated[str, about("As in `cells`.")]
    low: Whole
    high: Annotated[Whole | None, about("Null where there is no end.")]
    exact: Annotated[bool, about("Whether the points have `low` and `high`; else they lie between.")]
    points: Annotated[
        list[Whole],
        Meta(
            min_length=2, max_length=2, description="With `low`, and with `high`, by place. Facts need not hold there."
        ),
    ]


class CertificateBlockBody(Body):
    """Tables and facts that share dimensions, over the atomic cells that all of them are sums of."""

    dimensions: Annotated[list[CertificateDimensionBody], Meta(min_length=1)]
    cells: Annotated[list[CertificateCellBody], about("Every cell of this release and of others that bear on it.")]
    facts: Annotated[list[CertificateFactBody], about("What other sources have published: low ≤ sum ≤ high.")]
    unused: Annotated[list[UnusedCodeBody], about("Where nobody is at any point.")]
    vintages: Annotated[
        list[Whole], Meta(max_length=0, description="Always empty: nothing is said of what changed between vintages.")
    ]
    bases: Annotated[list[CertificateBaseBody], about("Complete tables of atomic cells.")]
    points: Annotated[list[CertificatePointBody], about("Others, as changes from a base.")]
    hidden: Annotated[list[HiddenCellBody], about("Every hidden cell of this release.")]
    told: Annotated[list[ToldCellBody], about("Every hidden cell without a symbol, of this release and of others.")]


class CertificateBody(Body):
    """The proof of a public release: for each hidden cell two tables that agree with all that is published."""

    format: Annotated[str, schema(const=FORMAT)]
    release: ReleaseId
    given: Annotated[list[ReleaseId], about("What it holds for; a later release may narrow it.")]
    blocks: list[CertificateBlockBody]
