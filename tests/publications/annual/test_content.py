"""What a draft says: the published figures in the order of the topics, nothing of hidden ones, and what there is nothing of."""

from __future__ import annotations

import json
import re

import pytest

from cases.dimensions import PERSONS
from publications.annual.content.compose import compose
from publications.annual.content.topics import TOPICS
from publications.annual.document import (
    Bullets,
    Document,
    KeyFigures,
    Paragraph,
    Picture,
    Section,
    Table,
    as_json,
    data_of,
    from_json,
)
from publications.annual.labels import block_numbers
from publications.annual.places import places_of
from publications.annual.refusals import ReportRefused
from publications.annual.sentences import PHRASES
from stats.models import PUBLIC
from tests.publications.annual.world import HIDDEN_MEN, YEAR, publish_years
from tests.stats.published import publish, say_erratum

pytestmark = pytest.mark.django_db


def section(document: Document, name: str) -> Section:
    """A section by its id."""
    return next(each for each in document.sections if each.id == name)


def table(of: Section) -> Table:
    """The first table of a section."""
    blocks = (each.table if isinstance(each, Picture) else each for each in of.blocks)
    return next(each for each in blocks if isinstance(each, Table))


def words(of: Section) -> str:
    """The sentences and lists of a section."""
    texts = [each.text for each in of.blocks if isinstance(each, Paragraph)]
    return "\n".join([*texts, *(item for each in of.blocks if isinstance(each, Bullets) for item in each.items)])


def test_the_sections_stand_in_the_order_of_the_topics_and_the_method_names_the_others() -> None:
    publish_years()
    document = compose(YEAR).documents["da"]
    names = [each.id for each in document.sections]
    assert names == ["key-figures", "gender", "exploitation", "overview", "method"]
    assert [each.id for each in TOPICS if each.id in names] == names
    absent = [each.title.da for each in TOPICS if each.id not in names]
    assert words(section(document, "method")).splitlines()[-len(absent) :] == absent
    assert set(block_numbers(document)) == {"years", "gender", "exploitation-form", "all"}


def test_headings_and_sentences_say_what_the_figures_say_in_both_languages() -> None:
    publish_years()
    da, en = (compose(YEAR).documents[language] for language in ("da", "en"))
    first = section(da, "key-figures")
    assert first.heading == "112 personer blev vurderet udsat for menneskehandel i 2023, 42 flere end i 2022"
    assert "Antallet steg med 60 pct. i forhold til 2022." in words(first)
    shown = next(each for each in first.blocks if isinstance(each, KeyFigures))
    assert [(each.number, each.label) for each in shown.figures] == [
        ("112", "personer vurderet udsat for menneskehandel i 2023"),
        ("42", "flere end i 2022"),
        ("64 pct.", "kvinder"),
        ("52 pct.", "handlet til seksuel udnyttelse"),
    ]
    assert section(da, "gender").heading == "Omkring to ud af tre ofre var kvinder"
    assert section(en, "gender").heading == "About two in three victims were women"
    assert words(section(en, "exploitation")) == (
        "Of the 112 persons, 58 were trafficked for sexual exploitation (52%) and 44 for forced labour or services (39%). "
        "For 10 persons it is not known. That is 17 more victims trafficked for sexual exploitation and 15 more for forced "
        "labour or services than in 2022."
    )
    assert [each.topic for each in da.sections] != [each.topic for each in en.sections]


def test_of_a_hidden_number_the_report_tells_what_everybody_is_told_and_nothing_is_computed_from_it() -> None:
    publish_years()
    composition = compose(YEAR)
    for language, document in composition.documents.items():
        gender = section(document, "gender")
        rows = {row.heading: [cell.text for cell in row.cells] for row in table(gender).grid.rows}
        men, others = [*rows.values()][2:4]
        assert men == ["[c] 31–40", "[c]", "[c]"]
        assert others == ["0–9", "[c]", "[c]"]
        hidden = {"da": "Tallet for mænd og transkønnede", "en": "The number of men and transgender"}[language]
        assert hidden in words(gender)
        # Neither what is hidden nor what 112 less the women would be.
        stored = json.dumps(as_json(document))
        assert f'"{HIDDEN_MEN}"' not in stored and f" {HIDDEN_MEN} " not in stored and '"40"' not in stored
    for each in composition.materials.values():
        assert (each.counts | each.changes).isdisjoint({HIDDEN_MEN, 112 - 72})


def test_without_a_bound_on_what_is_hidden_no_group_is_called_the_largest() -> None:
    publish(PUBLIC, "2023", {"": {"": 112}, "gender": {"F": 50, "M": None}})
    gender = section(compose(YEAR).documents["en"], "gender")
    assert gender.heading == "Gender"
    assert "50 were women (45%)" in words(gender)


def test_a_hidden_total_is_said_to_be_hidden_and_no_share_is_told() -> None:
    publish(PUBLIC, "2023", {"": {"": None}, "gender": {"F": 50, "M": 30}})
    document = compose(YEAR).documents["en"]
    assert section(document, "key-figures").heading == "The number of victims in 2023 is not shown as one number."
    assert section(document, "gender").heading == "Gender"
    assert "%" not in words(section(document, "gender"))


def test_errata_come_first_and_what_changed_since_the_vintage_before_follows() -> None:
    publish_years()
    later = publish(PUBLIC, "2023", {"": {"": 113}}, vintage=2)
    say_erratum(later, "En fejl.", "An error.")
    document = compose(YEAR).documents["en"]
    assert words(section(document, "method")).startswith(
        "Errata to published figures:\nChanged since the vintage before:"
    )
    items = [each.items for each in section(document, "method").blocks if isinstance(each, Bullets)]
    assert items[0] == ("Erratum to 2023.p2: An error.",)
    assert items[1] == ("2023.p2: Late decisions are included.",)


@pytest.mark.parametrize(("language", "difference"), [("da", "end i 2022"), ("en", "than in 2022")])
def test_a_year_of_ours_is_not_compared_with_one_of_another_producer(language: str, difference: str) -> None:
    publish(PUBLIC, "2023", {"": {"": 112}, "gender": {"F": 72, "M": 40}})
    document = compose(YEAR).documents[language]
    figures = next(each for each in section(document, "key-figures").blocks if isinstance(each, Picture)).table
    changes = {row.heading: cell for row in figures.grid.rows for cell in row.cells[1:2]}
    assert (changes["2023 [b]"].text, changes["2023 [b]"].value) == ("[b]", None)
    said = json.dumps([each.heading for each in document.sections] + [*map(words, document.sections)])
    assert difference not in said and "I forhold til" not in said.casefold() and " on 2022" not in said
    shown = next(each for each in section(document, "key-figures").blocks if isinstance(each, KeyFigures))
    assert not any("2022" in each.label for each in shown.figures)


@pytest.mark.parametrize(
    ("language", "heading", "label"),
    [
        (
            "da",
            "1 person blev vurderet udsat for menneskehandel i 2023",
            "person vurderet udsat for menneskehandel i 2023",
        ),
        ("en", "1 person was identified as a victim in 2023", "person identified as a victim in 2023"),
    ],
)
def test_one_victim_is_a_person(language: str, heading: str, label: str) -> None:
    publish(PUBLIC, "2023", {"": {"": 1}})
    first = section(compose(YEAR).documents[language], "key-figures")
    assert first.heading == heading
    shown = next(each for each in first.blocks if isinstance(each, KeyFigures))
    assert (shown.figures[0].number, shown.figures[0].label) == ("1", label)


def test_the_method_tells_the_threshold_of_our_releases_and_that_others_have_their_own_rules() -> None:
    publish_years()
    method = words(section(compose(YEAR).documents["en"], "method"))
    assert "In our releases, figures that could point at fewer than 5 persons are not shown" in method
    assert "Where a value is not known, the number is not hidden for being small" in method
    assert "Each release has a proof" in method
    assert "Figures that others have published stand as they were published, small ones among them." in method
    publish(PUBLIC, "2024", {"": {"": 90}}, settings={"threshold": 7})
    method = words(section(compose(2024).documents["da"], "method"))
    assert "færre end 5 (2022.p1, 2023.p1) eller 7 (2024.p1) personer" in method


def test_the_source_of_a_table_names_who_published_what_is_not_ours_and_of_which_years() -> None:
    publish_years()
    of_years = compose(YEAR).documents["en"]
    source = table(section(of_years, "overview")).source
    assert source.startswith("Source: Henvis, releases 2022.p1, 2023.p1; other sources: ")
    assert "U.S. Department of State, " in source
    first = next(each for each in section(of_years, "key-figures").blocks if isinstance(each, Picture)).table.source
    assert re.search(r"; U\.S\. Department of State, [\d–, ]+ \((\d{4}\.x\d, )*\d{4}\.x\d\)", first), first
    assert re.search(r"other sources: Center mod Menneskehandel, [\d–, ]*\d{4}–\d{4}", first), first


def test_the_assessed_stand_beside_the_identified_as_stages_where_both_are_known() -> None:
    publish(PUBLIC, "2021", {"": {"": 80}})
    document = compose(2021).documents["en"]
    stages = section(document, "stages")
    first, second = words(stages).splitlines()
    assert first == "193 persons were assessed, and 80 were identified as victims."
    assert second.startswith("The number of persons assessed was published by others (Center mod Menneskehandel: ")
    assert [row.cells[0].value for row in table(stages).grid.rows] == [193, 80]
    chart = next(each for each in stages.blocks if isinstance(each, Picture))
    assert chart.alt == (
        "Funnel: From examination to identification. "
        "Persons assessed 193 (from another source), Persons identified as victims 80."
    )
    assert "193" in chart.svg and "80" in chart.portrait and block_numbers(document)["stages"] == "Figure 2"
    assert "stages:alt" in places_of(document)


def test_more_victims_than_persons_assessed_are_no_stages() -> None:
    publish(PUBLIC, "2021", {"": {"": 194}})
    stages = section(compose(2021).documents["en"], "stages")
    assert "so the one number is no part of the other" in words(stages) and "were identified" not in words(stages)
    assert not any(isinstance(each, Picture) for each in stages.blocks)
    assert [row.cells[0].value for row in table(stages).grid.rows] == [193, 194]


def test_without_a_public_release_of_the_year_there_is_no_draft() -> None:
    publish_years()
    for year in (2015, 2024):
        with pytest.raises(ReportRefused, match="no public release"):
            compose(year)


def test_the_colophon_names_the_releases_the_place_and_the_licence() -> None:
    publish_years()
    colophon = dict(compose(YEAR).documents["en"].colophon)
    assert [part.split(" ")[0] for part in colophon["Releases"].split("), ")] == ["2022.p1", "2023.p1"]
    assert colophon["Permanent address"].endswith("/en/report/2023/1/")
    assert colophon["Edition"] == "1"  # the word of the page and of the names of its files
    assert colophon["Licence"].startswith("CC BY 4.0")


def test_a_report_comes_back_from_its_json_and_the_same_report_is_the_same_bytes() -> None:
    publish_years()
    for document in compose(YEAR).documents.values():
        assert from_json(json.loads(json.dumps(as_json(document)))) == document
        assert data_of(document) == data_of(from_json(as_json(document)))


def test_every_phrase_is_of_an_axis_and_of_codes_that_there_are() -> None:
    for name, phrase in PHRASES.items():
        assert set(phrase.names) <= PERSONS.axes[name].names
