"""How each computed figure follows from others: one less several, each named by its years and its cell.

A figure that nobody published has no source. These are in its place: who reads it can compute it again.
"""

from __future__ import annotations

from stats.published.types import Cell, Codes, Figure, FigureKind, FigureUnit, cell

# The years and the cell of a figure: of the settled ones, persons identified, there is one.
Operand = tuple[int, int, Cell]

_UNSPECIFIED = ("_O", "_U")
# Every code of `exploitation` but SEXUAL and LABOUR.
_NEITHER = (
    "CRIMINAL", "SLAVERY", "ORGAN", "BEGGING", "MARRIAGE", "ADOPTION", "SURROGACY", "DOMESTIC", "MILITARY", "_O", "_U",
)  # fmt: skip


def _of(years: int | tuple[int, int], **codes: Codes) -> Operand:
    first, last = (years, years) if isinstance(years, int) else years
    return first, last, cell(**codes)


# The figure, what it is taken from, and what is taken from that.
FORMULAS: dict[Operand, tuple[Operand, ...]] = {
    _of(2018, exploitation="SEXUAL"): (
        _of((2007, 2020), exploitation="SEXUAL"),
        _of((2007, 2016), exploitation="SEXUAL"),
        *(_of(year, exploitation="SEXUAL") for year in (2017, 2019, 2020)),
    ),
    _of(2018, exploitation=_UNSPECIFIED): (
        _of(2018),
        *(_of(2018, exploitation=form) for form in ("SEXUAL", "LABOUR", "CRIMINAL")),
    ),
    _of(2020, exploitation="LABOUR"): (
        _of((2009, 2020), exploitation="LABOUR"),
        _of((2009, 2016), exploitation="LABOUR"),
        *(_of(year, exploitation="LABOUR") for year in (2017, 2018, 2019)),
    ),
    _of(2020, exploitation="CRIMINAL"): (
        _of(2020, exploitation=("LABOUR", "CRIMINAL")),
        _of(2020, exploitation="LABOUR"),
    ),
    _of(2020, exploitation=_UNSPECIFIED): (
        _of(2020),
        _of(2020, exploitation="SEXUAL"),
        _of(2020, exploitation=("LABOUR", "CRIMINAL")),
        _of(2020, exploitation="SLAVERY"),
    ),
    _of(2020, gender="F"): (
        _of((2007, 2020), gender="F"),
        _of((2007, 2016), gender="F"),
        *(_of(year, gender="F") for year in (2017, 2018, 2019)),
    ),
    **{_of(year, gender="X"): (_of(year), _of(year, gender="M"), _of(year, gender="F")) for year in (2020, 2021, 2022)},
    _of(2023, exploitation=_NEITHER): (
        _of(2023),
        _of(2023, exploitation="SEXUAL"),
        _of(2023, exploitation="LABOUR"),
    ),
    _of(2024): (_of((2020, 2024)), *(_of(year) for year in range(2020, 2024))),
    _of((2007, 2014)): (_of((2007, 2015)), _of(2015)),
    _of((2007, 2013)): (_of((2007, 2014)), _of(2014)),
    _of((2007, 2020), exploitation=_UNSPECIFIED): (
        _of((2007, 2020)),
        _of((2007, 2020), exploitation="SEXUAL"),
        _of((2009, 2020), exploitation="LABOUR"),
        _of((2010, 2020), exploitation="CRIMINAL"),
        _of(2020, exploitation="SLAVERY"),
    ),
}
# What a formula may be made of: figures that no later report replaced and that no other source contradicts.
SETTLED = frozenset({FigureKind.FINAL, FigureKind.DERIVED})


def key_of(figure: Figure) -> Operand:
    """The years and the cell of a figure."""
    return figure.first, figure.last, figure.cell


def is_settled(figure: Figure) -> bool:
    """Whether a formula may name it."""
    return figure.kind in SETTLED and figure.measure == FigureUnit.IDENTIFIED
