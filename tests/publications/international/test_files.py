"""What stands in a file: what is published and nothing else, zero beside blank, and what no release has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.audit import COMMAND, Actor
from publications.international import files
from publications.international.bodies import BODIES
from publications.international.fields import SOURCES
from publications.international.files import InternationalRefused, content_of, csv_of, json_of
from publications.international.models import InternationalFile
from publications.international.shapes import FieldSource, FigureState
from stats.models import PUBLIC, PublishedTable
from tests.callers import as_web_server
from tests.people.visitors import staff
from tests.publications.international.world import YEAR, cells, lines, made, publish_year
from tests.stats.published import publish, withdraw

pytestmark = pytest.mark.django_db
EACH_BODY = pytest.mark.parametrize("body", BODIES)
# All that a file may be drawn from, and what the making of one writes.
OF_RELEASES = {
    *("statistics_release", "statistics_publication", "statistics_withdrawal", "statistics_erratum"),
    *("statistics_erratumdecision", "statistics_reviewsign", "statistics_reviewsignend"),
    *("statistics_publishedtable", "statistics_publishedtold", "reporting_coveragenote"),
    *("statistics_publishedsumtable", "statistics_publishedsumtold", "statistics_publishedsumcoverage"),
}
WRITTEN = {"international_internationalfile", "partners_auditevent"}


def test_what_a_release_shows_hides_and_does_not_have() -> None:
    publish_year()
    file = made(staff("ida", "statistician"), "eu-19a")
    by_sex = cells(file, "a-identified", "gender")
    assert (by_sex["F"]["value"], by_sex["F"]["status"]) == (72, FigureState.KNOWN)
    men = by_sex["M"]
    assert (men["value"], men["at_least"], men["at_most"], men["status"]) == (None, 31, 40, FigureState.NOT_SHOWN)
    assert (by_sex["X"]["at_least"], by_sex["X"]["at_most"]) == (0, 9)
    assert (by_sex["_U"]["value"], by_sex["_U"]["status"]) == (0, FigureState.NONE)
    countries = cells(file, "a-identified", "citizenship.main")
    assert (countries["NG"]["value"], countries["TH"]["status"]) == (40, FigureState.NOT_SHOWN)
    absent = {each["breakdown"]: each["status"] for each in file.content["figures"] if each["field"] == "a-identified"}
    assert absent["registering organisation"] == FigureState.NO_TABLE
    # The finest table that the release has, and no coarser one beside it.
    assert cells(file, "a-identified", "citizenship.continent") == {}
    # The figures of the file are those of its release, which it names.
    assert {each["release"] for each in file.content["figures"]} == {"2023.p1", None}


def test_the_csv_says_not_shown_zero_and_blank_apart() -> None:
    publish_year()
    by_cell = {(each["field"], each["cell"]): each for each in lines(made(staff("ida", "statistician")))}
    assert by_cell["a-identified", "gender=F"]["value"] == "72"
    assert by_cell["a-identified", "gender=_U"]["value"] == "0"
    assert by_cell["a-identified", "gender=_U"]["status"] == "known none"
    hidden = by_cell["a-identified", "gender=M"]
    assert (hidden["value"], hidden["at_least"], hidden["at_most"]) == ("not shown", "31", "40")
    # An end that is not published is blank.
    child = by_cell["a-identified", "age_band.age18=Y_LT18"]
    assert (child["value"], child["at_least"], child["at_most"]) == ("not shown", "1", "")
    presumed = by_cell["a-presumed", ""]
    assert (presumed["value"], presumed["status"]) == ("", "not in any release")
    assert (hidden["release"], hidden["vintage"], hidden["unit"]) == ("2023.p1", "1", "persons")
    assert hidden["labels"] == "Gender: Male"
    assert "earliest positive decision" in hidden["definition"]
    assert hidden["coverage"] == "No coverage note was kept with the release."


def test_the_file_of_the_directive_says_that_denmark_is_not_bound() -> None:
    publish_year()
    file = made(staff("ida", "statistician"))
    words = "Compatibility target; Denmark is not bound by Art. 19a"
    assert all(words in each["statement"] for each in lines(file))
    assert words in json.loads(json_of(file.content))["statement"]
    assert file.content["due"] == {"in_principle": "2024-09-30", "latest": "2024-12-31"}


@EACH_BODY
def test_who_is_presumed_and_who_declined_stand_beside_those_identified(body: str) -> None:
    publish_year()
    rows = [each for each in lines(made(staff("ida", "statistician"), body)) if each["period"] == str(YEAR)]
    fields = {each["field"].rpartition("-")[2]: each["status"] for each in rows}
    assert fields["presumed"] == fields["declined"] == "not in any release"
    # The release has no sums of what police and prosecution report.
    assert fields["suspects"] == fields["convicted"] == "no such table in the release"


@EACH_BODY
def test_the_json_says_what_the_csv_says(body: str) -> None:
    publish_year()
    content = json.loads(json_of(made(staff("ida", "statistician"), body).content))
    rows = lines(InternationalFile.objects.get())
    assert [(each["field"], each["period"], each["status"]) for each in rows] == [
        (each["field"], each["period"], each["status"]) for each in content["figures"]
    ]
    assert csv_of(content).decode().startswith("body,year,field")
    assert {each["id"] for each in content["fields"]} == {each["field"] for each in rows}


def is_published(figure: Mapping[str, Any]) -> bool:
    """Whether a figure is a cell of a published table, found here without the program's own reading."""
    if figure["release"] is None:
        return figure["value"] is figure["at_least"] is figure["at_most"] is None
    table = PublishedTable.objects.get(
        release=figure["release"], dataset=figure["dataset"], axes=figure["table"], release__publication__isnull=False
    )
    if figure["codes"] in table.hidden:
        return figure["value"] is None and figure["status"] == "not shown"
    counts = dict(zip(table.codes, table.counts, strict=True))
    return bool(figure["value"] == counts.get(figure["codes"], 0))


@EACH_BODY
def test_every_figure_sent_is_a_published_cell_or_a_hidden_one(body: str) -> None:
    """So what is sent adds nothing to what everybody knows, and the audit of a later release needs to know no more."""
    publish_year()
    publish_year(2022)
    publish(PUBLIC, "2019-2023", {"": {"": 400}, "gender": {"F": 390, "M": None, "X": None}})
    figures = made(staff("ida", "statistician"), body).content["figures"]
    assert [each for each in figures if not is_published(each)] == []
    assert {each["status"] for each in figures} >= {"known", "known none", "not shown", "not in any release"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM international_internationalfile i, jsonb_array_elements(i.content -> 'figures') f "
            "WHERE NOT henvis_is_published_figure(f)"
        )
        assert cursor.fetchone() == (0,)


@EACH_BODY
def test_making_a_file_reads_releases_and_nothing_else(body: str) -> None:
    publish_year()
    ida = staff("ida", "statistician")
    with as_web_server(), CaptureQueriesContext(connection) as statements:
        made(ida, body)
    text = " ".join(each["sql"] for each in statements)
    tables = {
        name
        for name in connection.introspection.table_names()
        if name in text.replace('"', " ").replace(".", " ").split()
    }
    assert tables - {"published"} <= OF_RELEASES | WRITTEN
    assert "statistics_publishedtable" in tables


def test_greta_s_file_has_five_years_and_them_together() -> None:
    for year in (2022, 2023):
        publish_year(year)
    publish(PUBLIC, "2019-2023", {"": {"": 400}})
    file = made(staff("ida", "statistician"), "greta")
    assert file.content["periods"] == ["2019", "2020", "2021", "2022", "2023", "2019-2023"]
    totals = {
        each["period"]: (each["value"], each["status"])
        for each in file.content["figures"]
        if each["field"] == "identified" and each["breakdown"] == "in all"
    }
    assert totals["2023"] == (112, "known")
    assert totals["2019-2023"] == (400, "known")
    assert totals["2020"] == (None, "no release of the period")


def test_what_others_published_is_not_taken_for_a_release() -> None:
    """Of 2022 there is an external release, which stands at its own address and is not ours to send again."""
    publish_year()
    file = made(staff("ida", "statistician"), "greta")
    before = [each for each in file.content["figures"] if each["period"] == "2022" and each["release"]]
    assert before == []
    with pytest.raises(InternationalRefused, match="2022"):
        made(staff("ole", "statistician"), "eu-19a", 2022)


def test_a_withdrawn_release_is_not_drawn_from() -> None:
    first = publish_year()
    second = publish(PUBLIC, "2023", {"": {"": 113}}, 2)
    withdraw(first, second)
    file = made(staff("ida", "statistician"))
    assert cells(file, "a-identified", "")[""]["value"] == 113
    assert {each["release"] for each in file.content["figures"]} == {"2023.p2", None}


def test_eurostat_s_own_names_stand_beside_the_codes() -> None:
    publish(PUBLIC, "2023", {"": {"": 9}, "exploitation.form": {"SEX": 9}, "citizenship.eu": {"NON_EU": 9}})
    file = made(staff("ida", "statistician"), "eurostat")
    assert cells(file, "victims-identified", "exploitation.form")["SEX"]["terms"] == "sexual"
    assert cells(file, "victims-identified", "citizenship.eu")["NON_EU"]["terms"] == "non EU country"


def test_a_dataset_is_added_to_a_source_in_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every field of the source is filled, where a release has its tables."""
    publish_year()
    source = SOURCES["presumed"]
    dataset = SOURCES["identified"].dataset
    monkeypatch.setitem(SOURCES, "presumed", FieldSource(source.about, source.unit, dataset))
    figures = content_of(BODIES["eu-19a"], YEAR)["figures"]
    assert [each["value"] for each in figures if each["field"] == "a-presumed"] == [112]


def test_what_is_told_later_narrows_the_ends() -> None:
    release = publish_year()
    narrowed = {(release.pk, "gender"): {"M": (33, 38), "X": (0, 9)}}
    publish(PUBLIC, "2022", {"": {"": 70}}, narrowed=narrowed)
    men = cells(made(staff("ida", "statistician")), "a-identified", "gender")["M"]
    assert (men["at_least"], men["at_most"]) == (33, 38)


def test_the_command_writes_both_files_and_keeps_one_for_a_second_person(tmp_path: Any) -> None:
    publish_year()
    call_command("international", 2023, "--for", "glotip", "--folder", str(tmp_path))
    assert InternationalFile.objects.count() == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["henvis-glotip-2023.csv", "henvis-glotip-2023.json"]
    staff("ida", "statistician")
    call_command("international", 2023, "--for", "eu-19a", "--user", "ida", "--folder", str(tmp_path))
    file = InternationalFile.objects.get()
    assert (tmp_path / "henvis-eu-19a-2023.csv").read_bytes() == csv_of(file.content)
    assert json.loads((tmp_path / "henvis-eu-19a-2023.json").read_bytes()) == file.content


def test_the_command_refuses_in_words(tmp_path: Any) -> None:
    with pytest.raises(CommandError, match="no public release of 2021"):
        call_command("international", 2021, "--for", "glotip", "--folder", str(tmp_path))
    publish_year()
    with pytest.raises(CommandError, match="no such active member"):
        call_command("international", 2023, "--for", "glotip", "--user", "nobody", "--folder", str(tmp_path))
    with pytest.raises(InternationalRefused, match="member of staff"):
        files.make(by=COMMAND, body="glotip", year=2023)
    with pytest.raises(InternationalRefused, match="2021"):
        files.make(by=Actor.of(staff("ida", "statistician")), body="glotip", year=2021)
