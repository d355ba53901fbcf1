"""The final figures of single years since 2015, what follows from them, and the totals that they replaced.

The sandbox reproduces them, and disclosure control takes them for known to everybody: a figure that is added here becomes
a fact of every release that is built from then on.
"""

from __future__ import annotations

from stats.published.sources import (
    BOARD_2019,
    BOARD_2020,
    BOARD_2021,
    CENTRE_2018,
    CENTRE_2019,
    CENTRE_2021,
    CENTRE_2021_EN,
    CENTRE_2022,
    CENTRE_2023,
    COMMISSION_2020,
    LOCAL,
    NEWEST,
    REPORT_2020,
    REPORT_2021,
    SAMEKSISTENS,
    SUBTRACTION,
    TIP_2017,
    TIP_2018,
    TIP_2019,
    TIP_2020,
    TIP_2021,
    TIP_2022,
    TIP_2023,
)
from stats.published.types import Codes, Figure, FigureKind, FigureUnit, cell, with_note

# Every code of `exploitation` but SEXUAL and LABOUR.
NEITHER = (
    "CRIMINAL", "SLAVERY", "ORGAN", "BEGGING", "MARRIAGE", "ADOPTION", "SURROGACY", "DOMESTIC", "MILITARY", "_O", "_U",
)  # fmt: skip


def _final(year: int, count: int, source: str, **codes: Codes) -> Figure:
    return Figure(year, year, cell(**codes), count, source)


def _early(year: int, count: int, source: str) -> Figure:
    return Figure(year, year, (), count, source, FigureKind.EARLY)


def _derivation(year: int, count: int, **codes: Codes) -> Figure:
    return Figure(year, year, cell(**codes), count, SUBTRACTION, FigureKind.DERIVED)


def _other(measure: FigureUnit, year: int, count: int, source: str) -> Figure:
    return Figure(year, year, (), count, source, FigureKind.FINAL, measure)


TOTALS = (
    _final(2015, 93, LOCAL),
    _final(2016, 121, TIP_2017),
    _final(2017, 98, SAMEKSISTENS),
    _final(2018, 97, CENTRE_2018),
    _final(2019, 64, CENTRE_2019),
    _final(2020, 77, CENTRE_2021),
    _final(2021, 80, CENTRE_2021),
    _final(2022, 73, CENTRE_2022),
    _final(2023, 112, CENTRE_2023),
)
EARLY_TOTALS = (_early(2020, 64, TIP_2021), _early(2021, 68, TIP_2022), _early(2022, 72, TIP_2023))
BY_GENDER = (
    _final(2017, 86, TIP_2018, gender="F"),
    _final(2017, 8, TIP_2018, gender="M"),
    _final(2017, 4, TIP_2018, gender="X"),
    _final(2018, 61, CENTRE_2018, gender="M"),
    _final(2018, 35, TIP_2019, gender="F"),
    _final(2018, 1, TIP_2019, gender="X"),
    _final(2019, 41, NEWEST, gender="F"),
    _final(2019, 22, NEWEST, gender="M"),
    _final(2019, 1, NEWEST, gender="X"),
    _final(2020, 21, NEWEST, gender="M"),
    _final(2021, 37, CENTRE_2021_EN, gender="M"),
    _final(2021, 42, CENTRE_2021_EN, gender="F"),
    _final(2022, 48, CENTRE_2022, gender="F"),
    _final(2022, 24, CENTRE_2022, gender="M"),
)
BY_EXPLOITATION = (
    _final(2017, 86, TIP_2018, exploitation="SEXUAL"),
    _final(2017, 1, TIP_2018, exploitation="LABOUR"),
    _final(2017, 5, TIP_2018, exploitation="CRIMINAL"),
    _final(2017, 3, TIP_2018, exploitation="_O"),
    _final(2017, 3, TIP_2018, exploitation="_U"),
    _final(2018, 46, CENTRE_2018, exploitation="LABOUR"),
    _final(2018, 8, CENTRE_2018, exploitation="CRIMINAL"),
    _final(2019, 38, CENTRE_2019, exploitation="SEXUAL"),
    _final(2019, 17, CENTRE_2019, exploitation="LABOUR"),
    _final(2019, 5, CENTRE_2019, exploitation="CRIMINAL"),
    _final(2019, 4, CENTRE_2019, exploitation="_U"),
    _final(2020, 45, BOARD_2020, exploitation="SEXUAL"),
    _final(2020, 3, COMMISSION_2020, exploitation="SLAVERY"),
    _final(2020, 18, BOARD_2021, exploitation=("LABOUR", "CRIMINAL")),
    _final(2021, 19, CENTRE_2021, exploitation="LABOUR"),
    _final(2021, 18, CENTRE_2021, exploitation="CRIMINAL"),
    _final(2021, 3, REPORT_2021, exploitation="SLAVERY"),
    _final(2021, 37, BOARD_2021, exploitation=("LABOUR", "CRIMINAL")),
    _final(2023, 58, CENTRE_2023, exploitation="SEXUAL"),
    _final(2023, 23, CENTRE_2023, exploitation="LABOUR"),
)
BY_EXPLOITATION_AND_GENDER = (
    _final(2017, 80, SAMEKSISTENS, exploitation="SEXUAL", gender="F"),
    _final(2018, 29, CENTRE_2018, exploitation="SEXUAL", gender="F"),
    _final(2018, 45, CENTRE_2018, exploitation="LABOUR", gender="M"),
    _final(2019, 2, BOARD_2019, exploitation="LABOUR", gender="F"),
    _final(2022, 36, CENTRE_2022, exploitation="SEXUAL", gender="F"),
    _final(2023, 14, CENTRE_2023, exploitation="LABOUR", gender="M"),
    _final(2023, 9, CENTRE_2023, exploitation="LABOUR", gender="F"),
)
BY_DETAIL = (
    _final(2018, 6, CENTRE_2018, exploitation_detail="CRIMINAL_THEFT", age_band="Y_LT18"),
    _final(2018, 1, CENTRE_2018, exploitation_detail="CRIMINAL_CANNABIS", gender="M"),
    _final(2018, 1, CENTRE_2018, exploitation_detail="CRIMINAL_FRAUD", gender="F"),
    _final(2019, 3, BOARD_2019, exploitation_detail="CRIMINAL_THEFT"),
    with_note(
        _final(2019, 1, BOARD_2019, exploitation_detail="CRIMINAL_DRUGS"),
        "Udgivet som salg af stoffer og tyveri: én person ud over de tre, der kun er handlet til tyveri.",
        "Published as sale of drugs and theft: one person beside the three of theft alone.",
    ),
    _final(2023, 10, CENTRE_2023, exploitation_detail="LABOUR_F", gender="M"),
    _final(2023, 2, CENTRE_2023, exploitation_detail="LABOUR_F", gender="F"),
    with_note(
        _final(2023, 3, CENTRE_2023, exploitation_detail=("LABOUR_CLEANING", "LABOUR_T"), gender="F"),
        "Udgivet som omsorg og rengøring i private hjem: private husholdninger som arbejdsgivere, eller rengøring.",
        "Published as care and cleaning in private homes: households as employers, or cleaning.",
    ),
)
BY_AGE = (
    _final(2015, 6, LOCAL, age_band="Y_LT18"),
    _final(2016, 8, TIP_2017, age_band="Y_LT18"),
    _final(2017, 3, TIP_2018, age_band="Y_LT18"),
    _final(2018, 10, TIP_2019, age_band="Y_LT18"),
    _final(2019, 6, NEWEST, age_band="Y_LT18"),
    _final(2019, 58, NEWEST, age_band="Y_GE18"),
    _final(2021, 5, NEWEST, age_band="Y_LT18"),
    _final(2021, 18, NEWEST, age_band="Y_LT25"),
    _final(2022, 6, CENTRE_2022, age_band="Y_LT18"),
    _final(2022, 27, CENTRE_2022, age_band="Y_LT25"),
    _final(2023, 3, CENTRE_2023, age_band="Y_LT18"),
    _final(2023, 26, CENTRE_2023, age_band="Y_LT25"),
    _final(2016, 5, TIP_2017, exploitation="SEXUAL", age_band="Y_LT18"),
    _final(2016, 1, TIP_2017, exploitation="CRIMINAL", age_band="Y_LT18"),
    _final(2016, 2, TIP_2017, exploitation="_O", age_band="Y_LT18"),
    _final(2023, 58, CENTRE_2023, exploitation="SEXUAL", age_band="Y_GE18"),
    _final(2023, 23, CENTRE_2023, exploitation="LABOUR", age_band="Y_GE18"),
)
BY_CITIZENSHIP = (
    _final(2016, 0, TIP_2017, citizenship="DK"),
    _final(2017, 1, TIP_2018, citizenship="DK"),
    _final(2017, 61, SAMEKSISTENS, citizenship="NG", gender="F", exploitation="SEXUAL"),
    _final(2018, 8, CENTRE_2018, citizenship="MA"),
    _final(2018, 4, CENTRE_2018, citizenship="LK"),
    _final(2018, 0, TIP_2019, citizenship="DK"),
    _final(2019, 0, TIP_2020, citizenship="DK"),
    _final(2020, 5, TIP_2021, citizenship="DK"),
    _final(2022, 4, NEWEST, citizenship="UA", gender="F", exploitation="SEXUAL"),
)
COMPUTED = (
    _derivation(2018, 31, exploitation="SEXUAL"),
    _derivation(2018, 12, exploitation=("_O", "_U")),
    _derivation(2020, 8, exploitation="LABOUR"),
    _derivation(2020, 10, exploitation="CRIMINAL"),
    _derivation(2020, 11, exploitation=("_O", "_U")),
    _derivation(2023, 31, exploitation=NEITHER),
    _derivation(2020, 55, gender="F"),
    _derivation(2020, 1, gender="X"),
    _derivation(2021, 1, gender="X"),
    _derivation(2022, 1, gender="X"),
)
OF_OTHER_MEASURES = (
    _other(FigureUnit.ASSESSED, 2020, 182, REPORT_2020),
    _other(FigureUnit.ASSESSED, 2021, 193, REPORT_2021),
    _other(FigureUnit.CITIZENSHIPS, 2021, 26, NEWEST),
    _other(FigureUnit.CITIZENSHIPS, 2022, 28, NEWEST),
)

FIGURES: tuple[Figure, ...] = (
    *TOTALS,
    *EARLY_TOTALS,
    *BY_GENDER,
    *BY_EXPLOITATION,
    *BY_EXPLOITATION_AND_GENDER,
    *BY_DETAIL,
    *BY_AGE,
    *BY_CITIZENSHIP,
    *COMPUTED,
    *OF_OTHER_MEASURES,
)
