"""What others have published, made into releases: each figure once, under names that never change."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pandas
import pytest

from core.text import Text
from stats import published
from stats.models import AUTHORITY, EXACT, PUBLIC
from stats.periods import Period
from stats.published import Figure, FigureKind, SourceDocument
from stats.published.sources import cell
from stats.reading import catalogue, external, external_words
from stats.reading.entries import CatalogueEntry, Provenance
from stats.reading.external import STATUS_OF
from stats.reading.measures import EXTERNAL, CellStatus, weakest

# A name that was given is kept: somebody may have cited it.
NAMES = [
    "2007.x1", "2007-2013.x1", "2007-2013.x2", "2007-2014.x1", "2007-2015.x1", "2007-2016.x1", "2007-2019.x1",
    "2007-2020.x1", "2007-2021.x1", "2007-2022.x1", "2007-2023.x1", "2008.x1", "2009.x1", "2009-2016.x1",
    "2009-2020.x1", "2010.x1", "2010-2020.x1", "2011.x1", "2012.x1", "2013.x1", "2014.x1", "2015.x1", "2016.x1", "2016.x2",
    "2017.x1", "2018.x1", "2019.x1", "2020.x1", "2020.x2", "2020-2024.x1",
    "2021.x1", "2021.x2", "2022.x1", "2022.x2", "2023.x1", "2024.x1",
]  # fmt: skip


def named(release_id: str) -> CatalogueEntry:
    """A release."""
    return next(one for one in external.releases() if one.id == release_id)


def test_names_are_kept() -> None:
    assert sorted(one.id for one in external.releases()) == sorted(NAMES)
    assert all(catalogue.RELEASE_ID.fullmatch(name) for name in NAMES)


def test_no_program_takes_an_id_for_a_number() -> None:
    """`2017.e1` is 20170 to Python, pandas, R, DuckDB and LibreOffice. The ids of all audiences are texts to all of them."""
    ids = [*NAMES, *(f"{period}.{letter}{n}" for period in ("2017", "2017-Q4") for letter in "pav" for n in (1, 10))]
    for each in ids:
        (read,) = pandas.read_csv(io.StringIO(f"release\n{each}\n"))["release"]
        assert read == each


def test_every_figure_is_of_one_release() -> None:
    told = Counter(figure for one in external.releases() for figure in one.provenance.figures)
    assert told == Counter(published.EVERY_FIGURE)


def test_they_are_made_once() -> None:
    assert external.releases() is external.releases()
    assert external.cells("2019.x1") is external.cells("2019.x1")


def test_the_latest_vintage_of_a_period_comes_first() -> None:
    assert [one.id for one in external.releases() if one.period.id == "2020"] == ["2020.x2", "2020.x1"]


def test_they_are_everybodys_and_no_exact_release() -> None:
    assert all(one.audience == PUBLIC for one in external.releases())
    assert catalogue.find("2020.x1", (PUBLIC,)) is not None
    for audiences in ((AUTHORITY,), (EXACT,)):
        assert catalogue.find("2020.x1", audiences) is None
    assert catalogue.find("2020.x9", (PUBLIC,)) is None


def test_moments_of_publication() -> None:
    first, second = named("2020.x1"), named("2020.x2")
    assert (first.provenance.kinds, second.provenance.kinds) == (
        (FigureKind.EARLY,),
        (FigureKind.FINAL, FigureKind.DERIVED),
    )
    totals = [
        {f.count for f in one.provenance.figures if not f.cell and f.measure == "persons_identified"}
        for one in (first, second)
    ]
    assert totals == [{64}, {77}]
    assert [one.provenance.publication_date for one in (first, second, named("2007.x1"), named("2008.x1"))] == [
        "2021", None, "2016-07-06", None,
    ]  # fmt: skip
    assert first.notes == ("PUBLISHED_ELSEWHERE", "EARLY")
    assert named("2016.x1").provenance.kinds == (FigureKind.ALTERNATIVE,)


def test_a_moment_is_told_only_where_the_day_is_known() -> None:
    told = {one.id: one.published_at and one.published_at.isoformat() for one in external.releases()}
    assert {name: moment for name, moment in told.items() if moment} == {
        "2007.x1": "2016-07-06T00:00:00+02:00",
        "2007-2015.x1": "2016-07-06T00:00:00+02:00",
        "2015.x1": "2016-07-06T00:00:00+02:00",
        "2007-2021.x1": "2022-05-04T00:00:00+02:00",
        **dict.fromkeys(("2009.x1", "2010.x1", "2011.x1", "2013.x1", "2014.x1"), "2025-04-14T00:00:00+02:00"),
    }


def test_it_has_been_there_from_the_moment_that_is_told_and_not_before() -> None:
    """Both are midnight in Copenhagen, where the day is a day."""
    told = [one for one in external.releases() if one.published_at]
    assert told
    for one in told:
        assert one.published_at is not None
        assert one.published_at == one.as_of == one.since
        assert one.is_in_force(one.published_at)
        assert not one.is_in_force(one.published_at - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("dates", "published", "since"),
    [
        (("2022-05-04", "2022"), "2022", "2023-01-01T00:00:00+01:00"),
        (("2022-05-04", "2021"), "2022-05-04", "2022-05-04T00:00:00+02:00"),
        (("2023-01-01", "2022"), "2023-01-01", "2023-01-01T00:00:00+01:00"),
        (("2021", "2022"), "2022", "2023-01-01T00:00:00+01:00"),
        (("2022-05-04", "2022-11-04"), "2022-11-04", "2022-11-04T00:00:00+01:00"),
        (("2022", None), None, None),
        ((), None, None),
    ],
)
def test_a_source_of_a_year_counts_at_its_end(
    monkeypatch: pytest.MonkeyPatch, dates: tuple[str | None, ...], published: str | None, since: str | None
) -> None:
    sources = [SourceDocument(str(number), str(number), "", said) for number, said in enumerate(dates)]
    monkeypatch.setattr("stats.published.sources.SOURCES", {source.url: source for source in sources})
    figures = tuple(Figure(2020, 2020, (), 3, source.url) for source in sources)
    for given in (figures, figures[::-1]):
        made = Provenance(given)
        assert (made.publication_date, made.since and made.since.isoformat()) == (published, since)
        assert made.day == (date.fromisoformat(published) if published and len(published) > 4 else None)


def test_a_figure_is_in_every_table_that_means_the_same() -> None:
    tables = external.cells("2017.x1")
    assert tables["exploitation"].of("SEXUAL") == tables["exploitation.form"].of("SEX") == 86
    assert set(tables["exploitation.form"].codes) == {"SEX", "_U"}
    assert tables["gender,citizenship,exploitation"].of("F|NG|SEXUAL") == 61
    assert set(external.cells("2021.x2")["age_band.age25"].codes) == {"Y_LT25"}
    # Of the countries of a continent a few are published, and nationals of Denmark are from Greenland and the Faroes too.
    tables_of_2018 = external.cells("2018.x1")
    assert {table for table in tables_of_2018 if "citizenship" in table} == {"citizenship", "citizenship.main"}
    assert (tables_of_2018["citizenship"].of("LK"), tables_of_2018["citizenship.main"].of("MA")) == (4, 8)
    assert "OTHER_ASIA" not in tables_of_2018["citizenship.main"].codes


def test_what_no_code_means_is_in_no_table() -> None:
    """Labour and criminal acts together, or a dimension that persons are not counted by."""
    period = Period.parse("2020")
    assert period is not None
    for codes in ({"exploitation": ("LABOUR", "CRIMINAL")}, {"exploitation_detail": "LABOUR_F"}):
        figure = Figure(2020, 2020, cell(**codes), 3, "")
        assert external.tables_of([figure], period) == {}
    assert sum(figure.measure != "persons_identified" for figure in named("2021.x2").provenance.figures) == 2


def test_two_figures_of_one_cell_are_an_error() -> None:
    period = Period.parse("2020")
    assert period is not None
    with pytest.raises(LookupError, match="two figures of one cell"):
        external.tables_of([Figure(2020, 2020, (), count, "") for count in (3, 4)], period)


def test_a_figure_of_no_period_and_one_of_no_year_are_errors() -> None:
    with pytest.raises(LookupError):
        list(external.of_period(1914, 1914))
    with pytest.raises(LookupError):
        external.total(2011)


def test_other_figures_are_another_answer() -> None:
    first = external.releases()[0]
    figures = first.provenance.figures
    others = tuple(replace(figure, count=18) for figure in figures)
    assert first.key == external.release_of(first.period, 1, figures).key
    assert first.key != external.release_of(first.period, 1, others).key


def test_statuses() -> None:
    assert set(STATUS_OF) == set(FigureKind)
    assert set(STATUS_OF.values()) | {CellStatus.NOT_PUBLISHED, CellStatus.BREAK} == EXTERNAL | {CellStatus.NORMAL}
    assert weakest(CellStatus.NORMAL, CellStatus.DERIVED) == CellStatus.DERIVED
    assert weakest(CellStatus.PROVISIONAL, CellStatus.DERIVED) == CellStatus.PROVISIONAL
    assert weakest(CellStatus.NOT_PUBLISHED, CellStatus.PROVISIONAL) == CellStatus.NOT_PUBLISHED
    assert weakest(CellStatus.HIDDEN, CellStatus.NOT_PUBLISHED) == CellStatus.HIDDEN


def test_what_a_source_states_is_told_with_the_settled_figures() -> None:
    told = {
        one.id: [(each.percent, external.computed_percent(each)) for each in one.provenance.stated_changes]
        for one in external.releases()
    }
    assert {name: stated for name, stated in told.items() if stated} == {"2016.x2": [(30, 30)], "2023.x1": [(35, 53)]}


def test_who_published_a_total_is_who_counted_persons_and_nobody_published_what_was_computed() -> None:
    publishers = {each.id: external_words.authors(each) for each in external.releases()}
    assert publishers["2021.x2"] == Text(
        "Center mod Menneskehandel", "Center mod Menneskehandel"
    )  # HopeNow counted others
    assert publishers["2024.x1"] is None
