"""The sections on sums of what services report: as everybody reads them, with the reports behind, and nothing of hidden ones."""

from __future__ import annotations

import json

import pytest

from publications.annual.actions import PLACES
from publications.annual.content.compose import compose
from publications.annual.content.topics import TOPICS
from publications.annual.document import KeyFigures, Picture, Section, Table, as_json, data_of, from_json
from publications.annual.drafting import shown_in
from publications.annual.numbers import foreign_numbers
from publications.annual.places import places_of, proposals_of
from stats.models import PUBLIC, Release
from tests.publications.annual.test_content import section, words
from tests.stats.published import Sums, publish

pytestmark = pytest.mark.django_db
YEAR = 2023
CALLS, CONTACTS, RETURNS = "hotline.calls", "outreach.contacts", "assistance.returns"
# Of 2022 nothing is hidden. Of 2023 the referrals are, and the contacts of two regions.
SUMS_2022: Sums = {
    (CALLS, "calls", ""): {"": 353},
    (CALLS, "suspicions", ""): {"": 120},
    (CALLS, "referrals_made", ""): {"": 41},
}
SUMS_2023: Sums = {
    (CALLS, "calls", ""): {"": 358},
    (CALLS, "calls", "caller"): {"POLICE": 162, "NGO": 96, "SELF": 100},
    (CALLS, "suspicions", ""): {"": 117},
    (CALLS, "referrals_made", ""): {"": None},
    (CONTACTS, "contacts", ""): {"": 2280},
    (CONTACTS, "contacts", "region"): {"DK01": 1300, "DK02": None, "DK03": None, "DK04": 700},
    (RETURNS, "returns", ""): {"": 63},
    (RETURNS, "returns", "stage"): {"OFFERED": 41, "ACCEPTED": 22},
    **{(CONTACTS, name, ""): {"": 40} for name in ("first_contacts", "informed", "suspicions", "referrals_made")},
}
SECRET = {"DK02": (31, 249), "DK03": (31, 249)}


def publish_sums(*, whole: bool = True) -> Release:
    """The releases of 2022 and 2023. Of `whole` ones each report came, and has every number."""
    publish(PUBLIC, "2022", {"": {"": 70}}, sums=SUMS_2022, whole=True)
    told = {(CONTACTS, "contacts", "region"): SECRET}
    return publish(PUBLIC, "2023", {"": {"": 112}}, sums=SUMS_2023, told_sums=told, whole=whole)


def table(of: Section, name: str) -> Table:
    """A table of a section by its id, also that of a chart."""
    blocks = (each.table if isinstance(each, Picture) else each for each in of.blocks)
    return next(each for each in blocks if isinstance(each, Table) and each.id == name)


def rows(of: Section, name: str) -> list[tuple[str, ...]]:
    """The rows of a table in words."""
    return [(row.heading, *(cell.text for cell in row.cells)) for row in table(of, name).grid.rows]


def test_what_is_counted_stands_year_by_year_with_the_reports_behind_it() -> None:
    publish_sums()
    da, en = (compose(YEAR).documents[language] for language in ("da", "en"))
    calls = section(da, "contacts")
    assert calls.heading == "Hotlinen fik 358 opkald i 2023"
    assert section(en, "contacts").heading == "The hotline received 358 calls in 2023"
    assert rows(calls, "hotline-calls") == [
        ("Opkald", "353", "358"),
        ("Mistanker om menneskehandel", "120", "117"),
        ("Henvisninger", "41", "[c]"),
    ]
    assert table(calls, "hotline-calls").source.startswith("Kilde: ")
    assert rows(calls, "contacts-reports") == [("Centrets hotline", "12", "12", "0")]
    assert "Om »Henvisninger« vises ingen tal for 2023" in words(calls)
    assert "mindst" not in "".join(cell for row in rows(calls, "hotline-calls") for cell in row)


def test_where_reports_or_numbers_are_missing_each_figure_is_at_least_so_much() -> None:
    publish_sums(whole=False)
    da, en = (compose(YEAR).documents[language] for language in ("da", "en"))
    assert section(da, "contacts").heading == "Hotlinen fik mindst 358 opkald i 2023"
    assert section(en, "contacts").heading == "The hotline received at least 358 calls in 2023"
    assert rows(section(en, "contacts"), "hotline-calls")[0] == ("Calls", "353", "at least 358")
    picture = next(each for each in section(da, "contacts").blocks if isinstance(each, Picture))
    assert picture.caption == "Opkald, 2023: hvem henvendte sig (mindst)"
    assert rows(section(en, "contacts"), "contacts-reports") == [("Hotline", "12", "11", "1")]
    assert "“Calls”: not all reports have the number." in words(section(en, "contacts"))


def test_a_hidden_number_is_in_no_sentence_and_no_chart_of_its_own() -> None:
    publish_sums()
    composition = compose(YEAR)
    en = composition.documents["en"]
    outreach = section(en, "outreach")
    assert outreach.heading == "Outreach made 2,280 contacts in 2023"
    cells = {row[0]: row[1] for row in rows(outreach, "outreach-contacts-contacts-region")}
    assert cells["Region Zealand"] == "[c] 31–249"
    assert "The same person may be counted several times." in words(outreach)
    charts = [each for each in outreach.blocks if isinstance(each, Picture)]
    assert [each.id for each in charts] == ["outreach-contacts-contacts-region"]
    assert "hidden (31–249)" in charts[0].alt
    shown = shown_in(composition)["outreach"]
    assert foreign_numbers("2,280 contacts, of these 1,300", "en", shown) == []
    assert foreign_numbers("31 contacts", "en", shown) == ["31"]


def test_stages_that_one_person_goes_through_have_no_total() -> None:
    publish_sums(whole=False)
    support = section(compose(YEAR).documents["en"], "support")
    assert rows(support, "assistance-returns") == [
        ("Offered", "at least 41"),
        ("Accepted", "at least 22"),
        *((name, "at least 0") for name in ("Left for home", "In a programme at home", "Programme completed")),
    ]
    chart = rows(support, "assistance-returns-returns-stage")
    assert next(iter(chart))[0] == "Offered" and "Total" not in {row[0] for row in chart}
    assert foreign_numbers("63 returns", "en", shown_in(compose(YEAR))["support"]) == ["63"]


def test_from_contact_to_support_stand_numbers_of_five_units_with_no_ratio_of_two() -> None:
    publish_sums(whole=False)
    funnel = section(compose(YEAR).documents["en"], "funnel")
    assert [row[0] for row in rows(funnel, "funnel")] == [
        "Contact (contacts)",
        "Suspicion (suspicions)",
        "Referral (referrals)",
        "Identified (persons)",
        "Support (grants)",
    ]
    assert [row[-1] for row in rows(funnel, "funnel")] == [
        "at least 2,280",
        "at least 40",
        "at least 40",
        "112",
        ":",
    ]
    (numbers,) = (each for each in funnel.blocks if isinstance(each, KeyFigures))
    assert [each.label for each in numbers.figures][-1] == "Identified (persons)"
    assert "none can be divided by another" in words(funnel)
    assert "%" not in json.dumps(as_json(compose(YEAR).documents["en"])["sections"][-2])
    assert not [each for each in funnel.blocks if isinstance(each, Picture)]


def test_of_what_is_not_published_the_section_says_so_and_without_anything_the_method_does() -> None:
    publish_sums()
    en = compose(YEAR).documents["en"]
    names = [each.id for each in en.sections]
    assert names[1] == "contacts" and "outreach" in names
    assert "There are no published figures of 2023 on visits of outreach, drop-in centres" in words(
        section(en, "outreach")
    )
    method = words(section(en, "method"))
    assert "Investigation and prosecution" in method and "Enquiries and hotline" not in method
    assert "what one organisation alone reported" in method
    earlier = compose(2022).documents["en"]
    assert "Outreach and health services" in words(section(earlier, "method"))
    assert rows(section(earlier, "contacts"), "hotline-calls")[0] == ("Calls", "353")


def test_each_topic_of_sums_says_what_it_is_about_in_both_languages() -> None:
    for topic in TOPICS:
        assert all(topic.about) == bool(topic.sums)


def test_whatever_is_proposed_can_stand_as_it_is_and_every_place_has_words() -> None:
    publish_sums(whole=False)
    composition = compose(YEAR)
    shown = shown_in(composition)
    for language, document in composition.documents.items():
        for each in document.sections:
            for text in proposals_of(each).values():
                assert foreign_numbers(text, language, shown[each.id]) == []
        assert data_of(from_json(as_json(document))) == data_of(document)
        assert set(places_of(document)) <= PLACES.keys()
