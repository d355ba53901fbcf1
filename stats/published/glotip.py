"""What UNODC publishes of persons detected in Denmark (GLOTIP), typed in by year: sex and age, form of exploitation, citizenship.

GLOTIP counts the persons of the year that is reported. Its totals are the centre's, so its rows are of the same persons.
"Forced labour" is our `LABOUR`: in 2019 and 2021 the numbers are the centre's, which counts slavery-like conditions apart.

A row is here where it says more than the figures of `stats.published.figures`. It is not here where the same cell stands there, or
where a wider cell has no more persons than the row allows. What is implausible is among `OMISSIONS`. Of the years before 2015 no
records are ours: their totals alone are taken, into the series (`figures.csv`). Of 2023 and later no rows are
known. See docs/published-history.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from stats.published.sources import GLOTIP
from stats.published.types import Codes, Figure, Omission, cell

YEARS = range(2015, 2023)
# Printed as "<5". None are among them: of 2007 and 2012 the adults are the total, and the children "<5".
FEW = "<5"
MOST_OF_FEW = 4
Entry = int | str | None

_MINOR, _ADULT = "Y_LT18", "Y_GE18"
# The columns of the tables below; None: both sexes, or others too.
_COLUMNS = tuple((sex, age) for sex in ("F", "M", None) for age in (_MINOR, _ADULT))
# By year; None: nothing that is not known otherwise.
_SEX_AND_AGE: dict[int, tuple[Entry, ...]] = {
    2015: (FEW, 50, 5, 37, None, 87),
    2016: (6, 108, FEW, FEW, None, None),
    2017: (None, 85, None, 6, None, 95),
    2018: (FEW, 35, 10, 51, None, 87),
    2019: (FEW, 40, 5, None, None, None),
    2020: (FEW, 54, 8, 13, 9, 68),
    2021: (None, 41, None, 33, None, 75),
    2022: (FEW, 47, 5, 19, None, 67),
}
_FORMS: dict[tuple[int, str], Entry] = {
    (2015, "SEXUAL"): 49,
    (2015, "LABOUR"): FEW,
    (2016, "SEXUAL"): 112,
    (2016, "LABOUR"): FEW,
    (2021, "SEXUAL"): 33,
    (2022, "SEXUAL"): 38,
    (2022, "LABOUR"): 12,
}
_FORM_SEX_AND_AGE: dict[tuple[int, str], tuple[Entry, ...]] = {
    (2017, "SEXUAL"): (None, 80, None, FEW, None, 86),
    (2018, "SEXUAL"): (FEW, None, FEW, FEW, FEW, 31),
    (2018, "LABOUR"): (FEW, FEW, FEW, 44, FEW, 45),
    (2020, "LABOUR"): (FEW, FEW, FEW, 6, FEW, 8),
    (2022, "SEXUAL"): (FEW, 36, FEW, FEW, None, 37),
    (2022, "LABOUR"): (FEW, FEW, FEW, 8, None, 12),
}
# The citizenships that are listed: with a number, and those printed as "<5".
_CITIZENSHIPS: dict[int, tuple[dict[str, int], str]] = {
    2015: ({"NG": 35, "RO": 41}, "AF CO MA NI PL TH MK TN UA VN"),
    2016: ({"NG": 99, "TH": 5}, "AF BD BG GQ ET KE MA MM RO RS SO SD UG"),
    2017: ({"NG": 63, "TH": 12}, "AL BR BI CM CN ET GM GH MA RO RS SL TZ VN ZM"),
    2018: ({"NG": 20, "PH": 26, "TH": 5, "VN": 8}, "BA BG CO DO EG GH KE LB ML PK RO SL SY UG"),
    2019: ({"MA": 6, "NG": 16, "RO": 13, "TH": 14}, "AL CM CD GM IN KE KG PL RU UG"),
    2020: ({"BR": 5, "MA": 8, "NG": 17, "TH": 8}, "DZ BD BG GM GH GN IN RO RS SY UG UA VN ZM"),
    2021: (
        {"CN": 5, "MA": 6, "NG": 16, "RO": 6, "VN": 6},
        "AF DZ BG KH CM DK PH GM GH HU IN IQ KE PK RU RS SR TZ UG UA",
    ),
    2022: (
        {"MA": 7, "NG": 13, "RO": 6, "TH": 9},
        "AF AL DZ BR CN CO ER PH GH LT MY PY PL RU RS SO ES SD TN US UG UA VE",
    ),
}


def _figure(year: int, entry: int | str, **codes: Codes) -> Figure:
    count, most = (0, MOST_OF_FEW) if isinstance(entry, str) else (entry, None)
    return Figure(year, year, cell(**codes), count, GLOTIP, most=most)


def _by_sex_and_age(year: int, row: tuple[Entry, ...], **codes: Codes) -> Iterator[Figure]:
    for (sex, age), entry in zip(_COLUMNS, row, strict=True):
        if entry is not None:
            yield _figure(year, entry, **codes, **({"gender": sex} if sex else {}), age_band=age)


def _figures() -> Iterator[Figure]:
    for year, row in _SEX_AND_AGE.items():
        yield from _by_sex_and_age(year, row)
    for (year, form), entry in _FORMS.items():
        if entry is not None:
            yield _figure(year, entry, exploitation=form)
    for (year, form), row in _FORM_SEX_AND_AGE.items():
        yield from _by_sex_and_age(year, row, exploitation=form)
    for year, (counts, few) in _CITIZENSHIPS.items():
        yield from (_figure(year, count, citizenship=code) for code, count in counts.items())
        yield from (_figure(year, FEW, citizenship=code) for code in few.split())


GLOTIP_FIGURES: tuple[Figure, ...] = tuple(_figures())

_TOTALS, _FORM, _SEXUAL, _LABOUR = "Total", "by form of exploitation", "Sexual exploitation", "Forced labour"
_NOBODY = "the minors and the adults are all persons of the year, so nobody is of unknown age"
_REPEATED = "repeats the table of 2018, and does not add up to the form's own total"
_OWN_TOTAL = "does not add up to the form's own total"
_BEYOND_TOTAL = "more persons than the year has"


def _by_sex(year: int, form: str, reason: str, *more: str) -> tuple[Omission, ...]:
    """The rows of a form by sex and age."""
    return tuple(
        Omission(year, _FORM, f"{form}/{sex}", reason) for sex in ("Female", "Male", "Total/0", "Total/18", *more)
    )


# Rows that are no facts, by the collection's own headings: category, sex and age. A shorter one stands for all that begin so.
GLOTIP_OMISSIONS: tuple[Omission, ...] = (
    Omission(2016, _TOTALS, "Total/Total/0 to 17 years", "9, and 8 by the report to the U.S. Department of State"),
    Omission(2016, _TOTALS, "Total/Total/18 years or over", "the rest of 121 beside the 9"),
    Omission(2017, "by citizenship", "Congo", "two countries have the name"),
    Omission(2018, _FORM, f"{_SEXUAL}/Female/18 years or over", "30 women, and 29 by the centre"),
    Omission(2019, _TOTALS, "Total/Male/18 years or over", "with 5 minors 23 men, and 22 and one other by the centre"),
    *_by_sex(2019, _SEXUAL, _REPEATED, "Other", "Unknown"),
    *_by_sex(2019, _LABOUR, _REPEATED, "Other", "Unknown"),
    Omission(2020, _FORM, f"{_LABOUR}/Total/Total", "9, and 8 by the cumulative figures"),
    Omission(2020, _FORM, f"{_SEXUAL}/Total/Total", "44, and 45 by the board"),
    *_by_sex(2020, _SEXUAL, _OWN_TOTAL, "Other", "Unknown"),
    Omission(2021, _TOTALS, "Total/Female/0 to 17 years", _BEYOND_TOTAL),
    Omission(2021, _TOTALS, "Total/Male/0 to 17 years", "more minors than the year has"),
    *_by_sex(2021, _SEXUAL, _BEYOND_TOTAL, "Other"),
    *_by_sex(2021, _LABOUR, _OWN_TOTAL),
    *(Omission(year, _TOTALS, "Total/Unknown", _NOBODY) for year in (2017, 2018, 2019, 2020, 2022)),
    *(Omission(year, _FORM, f"{_SEXUAL}/Unknown", _NOBODY) for year in (2017, 2018)),
    *(Omission(year, _FORM, f"{_LABOUR}/Unknown", _NOBODY) for year in (2017, 2018, 2020)),
    *(
        Omission(year, "by country of repatriation", "", "where persons went is no dimension of ours")
        for year in range(2015, 2021)
    ),
)
