"""What the centre and others have published, typed in with its source: persons by year, and cross-tabulations of them.

The published history cannot be recomputed from records (418 persons of 2007–2014 have none here), so it is data. A figure names
codes of the dictionary, or of a code list's level (`Y_LT18`); a category that sums several codes names them all. Figures that a
later report replaced are kept as `EARLY`, figures computed from others as `DERIVED`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# The years whose final totals are published one by one without a gap.
YEARS = range(2015, 2024)


class Kind(StrEnum):
    """How firm a figure is."""

    FINAL = "final"
    EARLY = "early"
    DERIVED = "derived"


class Measure(StrEnum):
    """What is counted. The units are never mixed."""

    IDENTIFIED = "persons_identified"
    ASSESSED = "persons_assessed"
    CITIZENSHIPS = "distinct_citizenships"


Cell = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number: the years it covers, its cell (dimension → codes that it sums), the count, and where it stands."""

    first: int
    last: int
    cell: Cell
    count: int
    source: str
    kind: Kind = Kind.FINAL
    measure: Measure = Measure.IDENTIFIED

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of the cell; none for a total."""
        return tuple(name for name, _ in self.cell)


_TIP = "https://www.state.gov/reports/{}-trafficking-in-persons-report{}/denmark/"
_TIP_2017, _TIP_2018, _TIP_2019 = _TIP.format(2017, ""), _TIP.format(2018, ""), _TIP.format(2019, "-2")
_TIP_2020, _TIP_2021, _TIP_2022, _TIP_2023 = (_TIP.format(year, "") for year in range(2020, 2024))
_CMM_2018 = "https://www.cmm.dk/statistik/udvalgte-tal-og-tendenser-fra-2017"
_CMM_2019 = "https://www.cmm.dk/statistik/udvalgte-tal-og-tendenser-fra-2019"
_CMM_2021 = "https://cmm.dk/statistik/tal-og-statistik-2021"
_CMM_2022 = "https://cmm.dk/statistik/tal-og-statistik-2022"
_CMM_2023 = "https://admin.cmm.dk/statistik/tal-og-statistik-2023"
_CMM_ENGLISH = "https://cmm.dk/english/human-trafficking-in-denmark-2021"
_LOCAL = "https://www.thelocal.dk/20160706/record-number-of-human-trafficking-victims-in-denmark/"
_SAMEKSISTENS = "https://www.sameksistens.com/post/danske-myndigheder-registrerede-98-ofre-for-menneskehandel-i-2017"
_NEWEST = "https://www.humantrafficking.dk/nyeste-tal"
_REPORT_2019 = "https://www.sbst.dk/nyheder/2020/aarsrapport-om-menneskehandel"
_REPORT_2020 = "https://www.sbst.dk/nyheder/2021/aarsrapport-om-menneskehandel-2020"
_REPORT_2021 = "https://9pdf.org/document/qmj8vv25-menneskehandel-i-danmark.html"
_REPORT_2020_COPY = "https://9pdf.org/document/q5mr9rkw-menneskehandel-i-danmark.html"
_MORE_LABOUR = "https://www.sbst.dk/nyheder/2022/flere-handles-til-tvangsarbejde-og-kriminalitet"
_EU = (
    "https://home-affairs.ec.europa.eu/policies/internal-security/organised-crime-and-human-trafficking/"
    "together-against-trafficking-human-beings/eu-countries/denmark_en"
)
_SUBTRACTION = "computed from the other figures"

# Every code of `exploitation` but SEXUAL and LABOUR.
_NEITHER = (
    "CRIMINAL", "SLAVERY", "ORGAN", "BEGGING", "MARRIAGE", "ADOPTION", "SURROGACY", "DOMESTIC", "MILITARY", "_O", "_U",
)  # fmt: skip


def _cell(**codes: str | tuple[str, ...]) -> Cell:
    return tuple((name, (code,) if isinstance(code, str) else code) for name, code in codes.items())


def _final(year: int, count: int, source: str, **codes: str | tuple[str, ...]) -> Figure:
    return Figure(year, year, _cell(**codes), count, source)


def _early(year: int, count: int, source: str) -> Figure:
    return Figure(year, year, (), count, source, Kind.EARLY)


def _derived(year: int, count: int, **codes: str | tuple[str, ...]) -> Figure:
    return Figure(year, year, _cell(**codes), count, _SUBTRACTION, Kind.DERIVED)


def _other(measure: Measure, year: int, count: int, source: str) -> Figure:
    return Figure(year, year, (), count, source, Kind.FINAL, measure)


TOTALS = (
    _final(2015, 93, _LOCAL),
    _final(2016, 121, _TIP_2017),
    _final(2017, 98, _SAMEKSISTENS),
    _final(2018, 97, _CMM_2018),
    _final(2019, 64, _CMM_2019),
    _final(2020, 77, _CMM_2021),
    _final(2021, 80, _CMM_2021),
    _final(2022, 73, _CMM_2022),
    _final(2023, 112, _CMM_2023),
)
EARLY_TOTALS = (_early(2020, 64, _TIP_2021), _early(2021, 68, _TIP_2022), _early(2022, 72, _TIP_2023))
BY_GENDER = (
    _final(2017, 86, _TIP_2018, gender="F"),
    _final(2017, 8, _TIP_2018, gender="M"),
    _final(2017, 4, _TIP_2018, gender="X"),
    _final(2018, 61, _CMM_2018, gender="M"),
    _final(2018, 35, _TIP_2019, gender="F"),
    _final(2018, 1, _TIP_2019, gender="X"),
    _final(2019, 41, _NEWEST, gender="F"),
    _final(2019, 22, _NEWEST, gender="M"),
    _final(2019, 1, _NEWEST, gender="X"),
    _final(2020, 21, _NEWEST, gender="M"),
    _final(2021, 37, _CMM_ENGLISH, gender="M"),
    _final(2021, 42, _CMM_ENGLISH, gender="F"),
    _final(2022, 48, _CMM_2022, gender="F"),
    _final(2022, 24, _CMM_2022, gender="M"),
)
BY_EXPLOITATION = (
    _final(2017, 86, _TIP_2018, exploitation="SEXUAL"),
    _final(2017, 1, _TIP_2018, exploitation="LABOUR"),
    _final(2017, 5, _TIP_2018, exploitation="CRIMINAL"),
    _final(2017, 3, _TIP_2018, exploitation="_O"),
    _final(2017, 3, _TIP_2018, exploitation="_U"),
    _final(2018, 46, _CMM_2018, exploitation="LABOUR"),
    _final(2018, 8, _CMM_2018, exploitation="CRIMINAL"),
    _final(2019, 38, _CMM_2019, exploitation="SEXUAL"),
    _final(2019, 17, _CMM_2019, exploitation="LABOUR"),
    _final(2019, 5, _CMM_2019, exploitation="CRIMINAL"),
    _final(2019, 4, _CMM_2019, exploitation="_U"),
    _final(2020, 45, _REPORT_2020, exploitation="SEXUAL"),
    _final(2020, 3, _EU, exploitation="SLAVERY"),
    _final(2020, 18, _MORE_LABOUR, exploitation=("LABOUR", "CRIMINAL")),
    _final(2021, 19, _CMM_2021, exploitation="LABOUR"),
    _final(2021, 18, _CMM_2021, exploitation="CRIMINAL"),
    _final(2021, 3, _REPORT_2021, exploitation="SLAVERY"),
    _final(2021, 37, _MORE_LABOUR, exploitation=("LABOUR", "CRIMINAL")),
    _final(2023, 58, _CMM_2023, exploitation="SEXUAL"),
    _final(2023, 23, _CMM_2023, exploitation="LABOUR"),
)
BY_EXPLOITATION_AND_GENDER = (
    _final(2017, 80, _SAMEKSISTENS, exploitation="SEXUAL", gender="F"),
    _final(2018, 29, _CMM_2018, exploitation="SEXUAL", gender="F"),
    _final(2018, 45, _CMM_2018, exploitation="LABOUR", gender="M"),
    _final(2019, 2, _REPORT_2019, exploitation="LABOUR", gender="F"),
    _final(2022, 36, _CMM_2022, exploitation="SEXUAL", gender="F"),
    _final(2023, 14, _CMM_2023, exploitation="LABOUR", gender="M"),
    _final(2023, 9, _CMM_2023, exploitation="LABOUR", gender="F"),
)
BY_DETAIL = (
    _final(2018, 6, _CMM_2018, exploitation_detail="CRIMINAL_THEFT", age_band="Y_LT18"),
    _final(2018, 1, _CMM_2018, exploitation_detail="CRIMINAL_CANNABIS", gender="M"),
    _final(2018, 1, _CMM_2018, exploitation_detail="CRIMINAL_FRAUD", gender="F"),
    _final(2019, 3, _REPORT_2019, exploitation_detail="CRIMINAL_THEFT"),
    # Published as "sale of drugs and theft": one person, kept apart from the three of theft alone.
    _final(2019, 1, _REPORT_2019, exploitation_detail="CRIMINAL_DRUGS"),
    _final(2023, 10, _CMM_2023, exploitation_detail="LABOUR_F", gender="M"),
    _final(2023, 2, _CMM_2023, exploitation_detail="LABOUR_F", gender="F"),
    # "Care and cleaning in private homes": households as employers, or cleaning.
    _final(2023, 3, _CMM_2023, exploitation_detail=("LABOUR_CLEANING", "LABOUR_T"), gender="F"),
)
BY_AGE = (
    _final(2015, 6, _LOCAL, age_band="Y_LT18"),
    _final(2016, 8, _TIP_2017, age_band="Y_LT18"),
    _final(2017, 3, _TIP_2018, age_band="Y_LT18"),
    _final(2018, 10, _TIP_2019, age_band="Y_LT18"),
    _final(2019, 6, _NEWEST, age_band="Y_LT18"),
    _final(2019, 58, _NEWEST, age_band="Y_GE18"),
    _final(2021, 5, _NEWEST, age_band="Y_LT18"),
    _final(2021, 18, _NEWEST, age_band="Y_LT25"),
    _final(2022, 6, _CMM_2022, age_band="Y_LT18"),
    _final(2022, 27, _CMM_2022, age_band="Y_LT25"),
    _final(2023, 3, _CMM_2023, age_band="Y_LT18"),
    _final(2023, 26, _CMM_2023, age_band="Y_LT25"),
    _final(2016, 5, _TIP_2017, exploitation="SEXUAL", age_band="Y_LT18"),
    _final(2016, 1, _TIP_2017, exploitation="CRIMINAL", age_band="Y_LT18"),
    _final(2016, 2, _TIP_2017, exploitation="_O", age_band="Y_LT18"),
    _final(2023, 58, _CMM_2023, exploitation="SEXUAL", age_band="Y_GE18"),
    _final(2023, 23, _CMM_2023, exploitation="LABOUR", age_band="Y_GE18"),
)
BY_CITIZENSHIP = (
    _final(2016, 0, _TIP_2017, citizenship="DK"),
    _final(2017, 1, _TIP_2018, citizenship="DK"),
    _final(2017, 61, _SAMEKSISTENS, citizenship="NG", gender="F", exploitation="SEXUAL"),
    _final(2018, 8, _CMM_2018, citizenship="MA"),
    _final(2018, 4, _CMM_2018, citizenship="LK"),
    _final(2018, 0, _TIP_2019, citizenship="DK"),
    _final(2019, 0, _TIP_2020, citizenship="DK"),
    _final(2020, 5, _TIP_2021, citizenship="DK"),
    _final(2022, 4, _NEWEST, citizenship="UA", gender="F", exploitation="SEXUAL"),
)
COMPUTED = (
    _derived(2018, 31, exploitation="SEXUAL"),
    _derived(2018, 12, exploitation=("_O", "_U")),
    _derived(2020, 8, exploitation="LABOUR"),
    _derived(2020, 10, exploitation="CRIMINAL"),
    _derived(2020, 11, exploitation=("_O", "_U")),
    _derived(2023, 31, exploitation=_NEITHER),
    _derived(2020, 55, gender="F"),
    _derived(2020, 1, gender="X"),
    _derived(2021, 1, gender="X"),
    _derived(2022, 1, gender="X"),
)
OF_OTHER_MEASURES = (
    _other(Measure.ASSESSED, 2020, 182, _REPORT_2020_COPY),
    _other(Measure.ASSESSED, 2021, 193, _REPORT_2021),
    _other(Measure.CITIZENSHIPS, 2021, 26, _NEWEST),
    _other(Measure.CITIZENSHIPS, 2022, 28, _NEWEST),
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


def of_year(year: int, *kinds: Kind, measure: Measure = Measure.IDENTIFIED) -> Iterator[Figure]:
    """The figures of one year alone (none that sums several); of every kind where none is named."""
    return (
        figure
        for figure in FIGURES
        if figure.first == figure.last == year and figure.measure == measure and (not kinds or figure.kind in kinds)
    )


def total(year: int, *, kind: Kind = Kind.FINAL, measure: Measure = Measure.IDENTIFIED) -> int | None:
    """The total of a year, or None where none is published."""
    return next((figure.count for figure in of_year(year, kind, measure=measure) if not figure.cell), None)
