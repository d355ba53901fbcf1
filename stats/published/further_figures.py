"""The rest of the published history: earlier years, years together, preliminary tables, alternative sources, later estimates.

Disclosure control reads `OF_RECENT_YEARS` of these alone: no record of ours lies behind the years before 2015, and a preliminary
table is of a moment that no release looks at. A total of a year that the sandbox has belongs among `stats.published.figures`.
"""

from __future__ import annotations

from stats.published.sources import (
    BOARD_REPORT_2021,
    CENTRE_2019,
    CENTRE_2021,
    CENTRE_2022,
    CENTRE_2023,
    COMMISSION_2016,
    COMMISSION_2020,
    GLOTIP,
    JP,
    LOCAL,
    MIRAGE,
    SAMEKSISTENS_2016,
    SCANDASIA,
    SUBTRACTION,
    TIP_2021,
    TIP_2022,
    TIP_2023,
    TV2_NORD,
)
from stats.published.types import Codes, Figure, FigureKind, cell, with_note

_NOT_TAKEN_UP = (
    "Af de 98 personer fra 2017 afslog 8 og udgik 50.",
    "Of the 98 persons of 2017, 8 declined and 50 left the programme.",
)


def _figure(years: int | tuple[int, int], count: int, source: str, kind: FigureKind, **codes: Codes) -> Figure:
    first, last = (years, years) if isinstance(years, int) else years
    return Figure(first, last, cell(**codes), count, source, kind)


def _final(years: int | tuple[int, int], count: int, source: str, **codes: Codes) -> Figure:
    return _figure(years, count, source, FigureKind.FINAL, **codes)


def _early(year: int, count: int, source: str, **codes: Codes) -> Figure:
    return _figure(year, count, source, FigureKind.EARLY, **codes)


EARLIER_TOTALS = (
    _final(2007, 17, LOCAL),
    _final(2008, 28, SCANDASIA),
    _final(2009, 47, GLOTIP),
    _final(2010, 53, GLOTIP),
    _final(2011, 60, GLOTIP),
    _final(2012, 66, TV2_NORD),
    _final(2013, 76, GLOTIP),
    _final(2014, 71, GLOTIP),
)
CUMULATIVE_TOTALS = (
    _final((2007, 2015), 511, LOCAL),
    _final((2007, 2016), 632, COMMISSION_2016),
    _final((2007, 2019), 891, CENTRE_2019),
    _final((2007, 2020), 968, COMMISSION_2020),
    _final((2007, 2021), 1048, CENTRE_2021),
    _final((2007, 2022), 1121, CENTRE_2022),
    _final((2007, 2023), 1233, CENTRE_2023),
)
CUMULATIVE_TABLES = (
    _final((2007, 2016), 547, COMMISSION_2016, gender="F"),
    _final((2007, 2020), 764, COMMISSION_2020, gender="F"),
    _final((2007, 2015), 405, LOCAL, exploitation="SEXUAL"),
    _final((2007, 2016), 517, COMMISSION_2016, exploitation="SEXUAL"),
    _final((2009, 2016), 39, COMMISSION_2016, exploitation="LABOUR"),
    _final((2007, 2020), 717, COMMISSION_2020, exploitation="SEXUAL"),
    _final((2009, 2020), 111, COMMISSION_2020, exploitation="LABOUR"),
    _final((2010, 2020), 95, COMMISSION_2020, exploitation="CRIMINAL"),
    _final((2007, 2016), 27, COMMISSION_2016, age_band="Y_LT18"),
)
# Of years that we release, and that the sandbox does not have: disclosure control takes these for known.
OF_RECENT_YEARS = (
    _final((2020, 2024), 420, MIRAGE),
    _final((2020, 2024), 12, MIRAGE, citizenship="DK"),
    with_note(
        _figure(2024, 78, SUBTRACTION, FigureKind.DERIVED),
        "420 for 2020–2024 minus 77, 80, 73 og 112.",
        "420 for 2020–2024 less 77, 80, 73 and 112.",
    ),
)
PRELIMINARY_TABLES = (
    _early(2020, 43, TIP_2021, gender="F"),
    _early(2020, 20, TIP_2021, gender="M"),
    _early(2020, 1, TIP_2021, gender="X"),
    _early(2021, 34, TIP_2022, gender="F"),
    _early(2021, 33, TIP_2022, gender="M"),
    _early(2021, 1, TIP_2022, gender="X"),
    _early(2020, 36, TIP_2021, exploitation="SEXUAL"),
    _early(2020, 7, TIP_2021, exploitation="LABOUR"),
    _early(2020, 10, TIP_2021, exploitation="CRIMINAL"),
    _early(2020, 11, TIP_2021, exploitation="_U"),
    _early(2021, 26, TIP_2022, exploitation="SEXUAL"),
    _early(2021, 31, TIP_2022, exploitation="LABOUR"),
    _early(2021, 11, TIP_2022, exploitation=("_O", "_U")),
    _early(2022, 42, TIP_2023, exploitation="SEXUAL"),
    _early(2022, 9, TIP_2023, exploitation="LABOUR"),
    _early(2022, 21, TIP_2023, exploitation="_U"),
    _early(2020, 11, TIP_2021, age_band="Y_LT18"),
)
ALTERNATIVE = (
    with_note(
        _figure((2007, 2013), 297, SCANDASIA, FigureKind.ALTERNATIVE),
        "De enkelte år giver 347. Med 297 ville 121 personer være fra 2014 alene, hvor FN har 71.",
        "The single years give 347. With 297, 121 persons would be of 2014 alone, of which the United Nations have 71.",
    ),
    with_note(
        _figure(2016, 9, SAMEKSISTENS_2016, FigureKind.ALTERNATIVE, age_band="Y_LT18"),
        "En anden kilde oplyser 8.",
        "Another source says 8.",
    ),
)
PREPARED_RETURN = (
    _final(2021, 38, BOARD_REPORT_2021, prepared_return=("ACCEPTED", "COMPLETED")),
    with_note(_final(2017, 50, JP, prepared_return="LEFT_PROGRAMME"), *_NOT_TAKEN_UP),
    with_note(_final(2017, 8, JP, prepared_return="DECLINED"), *_NOT_TAKEN_UP),
    with_note(_final(2017, 58, JP, prepared_return=("DECLINED", "LEFT_PROGRAMME")), *_NOT_TAKEN_UP),
)
COMPUTED = (
    with_note(
        _figure((2007, 2014), 418, SUBTRACTION, FigureKind.DERIVED),
        "511 for 2007–2015 minus 93. De enkelte år giver det samme.",
        "511 for 2007–2015 less 93. The single years give the same.",
    ),
    with_note(
        _figure((2007, 2013), 347, SUBTRACTION, FigureKind.DERIVED),
        "418 for 2007–2014 minus 71. De enkelte år giver det samme; en avis skrev 297.",
        "418 for 2007–2014 less 71. The single years give the same; a newspaper wrote 297.",
    ),
    with_note(
        _figure((2007, 2020), 42, SUBTRACTION, FigureKind.DERIVED, exploitation=("_O", "_U")),
        "968 minus 717 (seksuel), 111 (tvangsarbejde siden 2009), 95 (strafbare handlinger siden 2010), 3 (slaverilignende, 2020).",
        "968 less 717 (sexual), 111 (forced labour since 2009), 95 (criminal acts since 2010), 3 (slavery-like, 2020).",
    ),
)

FURTHER: tuple[Figure, ...] = (
    *EARLIER_TOTALS,
    *CUMULATIVE_TOTALS,
    *CUMULATIVE_TABLES,
    *OF_RECENT_YEARS,
    *PRELIMINARY_TABLES,
    *ALTERNATIVE,
    *PREPARED_RETURN,
    *COMPUTED,
)
