"""A report is drafted, written by people, published by two, and kept: what is refused on the way, and what its readers get."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from pikepdf import Pdf

from core.text import Text
from partners.audit import Actor
from partners.models import AuditEvent
from publications.annual import drafts, editions, publishing
from publications.annual.document import Bullets, Heading, Paragraph, Picture, as_json, digest_of, from_json
from publications.annual.models import ReportDraft, ReportText
from publications.annual.places import proposals
from publications.annual.refusals import ReportRefused
from stats.models import PUBLIC
from tests.publications.annual.reading import elements
from tests.publications.annual.world import (
    CORRECTION,
    HIDDEN_MEN,
    YEAR,
    approve_all,
    draft_by,
    publish_report,
    publish_years,
    write,
)
from tests.stats.published import publish

pytestmark = pytest.mark.django_db
# Seen by nobody, or upon another character.
UNSEEN = ("\u00ad", "\u200b", "\u200d", "\ufeff", "\u202e", "\u0332")
COMMENT = Text(
    "Der var 72 kvinder.\n\nÅrsager:\n\n- flere findes\n- flere kommer\n\n1. først\n2. så",
    "There were 72 women.\n\nCauses:\n\n- more are found\n- more come\n\n1. first\n2. then",
)


def test_readers_get_what_was_approved_with_the_comment_at_the_end_of_its_section(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    approve_all(draft, writer)
    write(draft, writer, "gender:heading", Text("Kvinder udgør 64 pct.", "Women are 64%"))
    write(draft, writer, "gender:comment", COMMENT)
    publication = publish_report(draft, publisher)
    assert (publication.version, editions.years()) == (1, [YEAR])
    document = editions.document(YEAR, "da")
    assert document is not None
    gender = next(each for each in document.sections if each.id == "gender")
    assert gender.heading == "Kvinder udgør 64 pct."
    end = gender.blocks[-5:]
    assert end[0] == Heading("Kommentar")
    assert end[1:3] == (Paragraph("Der var 72 kvinder."), Paragraph("Årsager:"))
    assert end[3:] == (Bullets(("flere findes", "flere kommer")), Bullets(("først", "så")))
    first = next(each for each in document.sections if each.id == "key-figures")
    assert first.heading == from_json(draft.documents["da"]).sections[0].heading


def test_page_and_pdf_are_recognised_by_their_digests_and_the_pdf_by_that_of_the_data(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    approve_all(draft, writer)
    publish_report(draft, publisher)
    (version,) = editions.versions(YEAR)
    for language in ("da", "en"):
        pdf, data = editions.pdf(YEAR, language, 1), editions.data(YEAR, language, 1)
        assert pdf is not None and data is not None
        assert pdf.startswith(b"%PDF")
        assert (digest_of(pdf), digest_of(data)) == (version.pdf_digests[language], version.data_digests[language])
        document = editions.document(YEAR, language)
        assert document is not None and version.data_digests[language] in dict(document.colophon).values()
        assert document.published_on == version.published_on
        assert "colophon" not in json.loads(data)
    assert editions.document(2022, "da") is None
    assert editions.pdf(YEAR, "da", 2) is None


def test_a_correction_is_a_new_version_with_its_note_and_the_earlier_one_stays(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    approve_all(draft, writer)
    publish_report(draft, publisher)
    with pytest.raises(ReportRefused, match="what the new version corrects"):
        draft_by(writer)
    before = editions.data(YEAR, "en", 1)
    later = draft_by(writer, correction=CORRECTION)
    approve_all(later, writer)
    publish_report(later, publisher)
    newest = editions.document(YEAR, "en")
    assert newest is not None
    assert (newest.version, newest.correction) == (2, CORRECTION.en)
    assert [(each.version, each.correction) for each in editions.versions(YEAR)] == [
        (1, Text("", "")),
        (2, CORRECTION),
    ]
    assert editions.data(YEAR, "en", 1) == before
    assert dict(newest.colophon)["Permanent address"].endswith("/2023/2/")


def test_a_correction_names_figures_of_the_old_report_and_of_the_new_one_alone(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    approve_all(draft, writer)
    publish_report(draft, publisher)
    publish(PUBLIC, "2023", {"": {"": 113}}, vintage=2)
    with pytest.raises(ReportRefused, match="does not show 114"):
        draft_by(writer, correction=Text("112 blev til 114.", "112 became 114."))
    later = draft_by(writer, correction=Text("112 blev til 113.", "112 became 113."))
    assert later.correction_en == "112 became 113."


@pytest.mark.parametrize("sign", UNSEEN)
def test_a_correction_has_only_characters_that_readers_see(
    draft: ReportDraft, writer: User, publisher: User, sign: str
) -> None:
    approve_all(draft, writer)
    publishing.publish(by=Actor.of(publisher), draft_id=draft.pk, last_text=drafts.last_text(draft))
    with pytest.raises(ReportRefused, match="cannot be shown"):
        draft_by(writer, correction=Text(f"Rettet{sign}.", "Corrected."))


def test_a_correction_tells_no_small_number_and_is_checked_as_the_line_that_readers_see(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    approve_all(draft, writer)
    publishing.publish(by=Actor.of(publisher), draft_id=draft.pk, last_text=drafts.last_text(draft))
    for words, number in (("4 became many", "4"), ("Now\n16) of them", "16"), ("11\u20282", "11")):
        with pytest.raises(ReportRefused, match=f"does not show {number}"):
            draft_by(writer, correction=Text("Rettet.", words))
    later = draft_by(writer, correction=Text("Rettet\ni  dag.", "Corrected, a\u030ah."))
    assert (later.correction_da, later.correction_en) == ("Rettet i dag.", "Corrected, åh.")


def test_a_section_tells_its_own_numbers_and_those_of_all_persons_alone(draft: ReportDraft, writer: User) -> None:
    for place, words in (
        (
            "gender:comment",
            "Of 112, 72 were women (64%), 26 more than in 2022, where there were 70; others 0–9 or 31–40.",
        ),
        ("exploitation:comment", "58 and 10."),
        ("overview:comment", "4 in 2019 and 1 later."),
        ("gender:alt", "In 2022: 70. Women. Male hidden (31–40), Not known 0."),
        ("years:alt", "Bars. 2022 70, 2023 112."),
    ):
        write(draft, writer, place, Text("Tal", words))
    for place, words, number in (
        ("gender:comment", "58 persons", "58"),  # of another section
        ("gender:comment", "42 victims", "42"),  # a change
        ("gender:comment", "10 fewer", "10"),  # a change of another section
        ("gender:comment", "4 were exploited", "4"),  # small, and shown elsewhere
        ("gender:comment", "3 more", "3"),
        ("gender:comment", "52% were men", "52"),
        ("exploitation:comment", "Others 0–9", "0–9"),
        ("overview:comment", "26 more", "26"),
        ("gender:alt", "2023 112", "2023"),
    ):
        with pytest.raises(ReportRefused, match=f"does not show {number}"):
            write(draft, writer, place, Text("Tal", words))


def test_there_is_nothing_to_correct_before_the_first_version(writer: User) -> None:
    publish_years()
    with pytest.raises(ReportRefused, match="no published report to correct"):
        draft_by(writer, correction=CORRECTION)


@pytest.mark.parametrize(
    ("place", "text", "why"),
    [
        ("gender:heading", Text("Der var 35 mænd", "Many were men"), "does not show 35"),
        ("gender:heading", Text("Mange var mænd", "There were 35 men"), "does not show 35"),
        ("gender:comment", Text("40 mænd og andre", "40 men and others"), "does not show 40"),
        ("gender:heading", Text(" ", ""), "Write the text"),
        ("gender:heading", Text("Kun dansk", ""), "both languages"),
        ("gender:comment", Text("", "English only"), "both languages"),
        ("gender:heading", Text("Langt " * 50, "long"), "at most 250 characters"),
        ("gender:comment", Text("i alt\n16) ofre", "Many"), "does not show 16"),
        ("gender:comment", Text("Mange", "19 may have been exploited"), "does not show 19"),
        *(
            (place, Text("Tal", f"3{sign}"), "cannot be shown")
            for place in ("gender:heading", "gender:comment")
            for sign in UNSEEN
        ),
        ("nothing:heading", Text("Intet", "Nothing"), "no such field"),
    ],
)
def test_a_text_that_breaks_a_rule_is_refused_with_the_rule(
    draft: ReportDraft, writer: User, place: str, text: Text, why: str
) -> None:
    with pytest.raises(ReportRefused, match=why):
        write(draft, writer, place, text)
    assert not ReportText.objects.exists()


def test_every_proposal_can_be_approved_as_it_is(draft: ReportDraft, writer: User) -> None:
    approve_all(draft, writer)
    assert ReportText.objects.count() == len([place for place in draft.places if not place.endswith(":comment")])
    event = AuditEvent.objects.filter(action="report.write").first()
    assert event is not None and set(event.detail) == {"draft", "place"}


def test_a_chart_has_a_place_for_its_alternative_text_which_readers_get(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    assert {"years:alt", "gender:alt", "exploitation-form:alt"} <= {*draft.places}
    proposed = proposals(from_json(draft.documents["en"]))["gender:alt"]
    assert "Female 72" in proposed and "hidden (31–40)" in proposed
    approve_all(draft, writer)
    write(draft, writer, "gender:alt", Text("Søjler: 72 kvinder", "Bars: 72 women"))
    publish_report(draft, publisher)
    document = editions.document(YEAR, "en")
    assert document is not None
    blocks = (each for section in document.sections for each in section.blocks)
    charts = {each.id: each for each in blocks if isinstance(each, Picture)}
    assert charts["gender"].alt == "Bars: 72 women"
    assert charts["years"].alt.startswith("Bar chart")
    pdf = editions.pdf(YEAR, "en")
    with Pdf.open(io.BytesIO(pdf or b"")) as content:
        told = {str(each.Alt) for each in elements(content) if "/Alt" in each}
    assert "Bars: 72 women" in told
    everything = json.dumps([as_json(document), *told], ensure_ascii=False)
    assert "Female 72" not in everything  # what was proposed is nowhere
    for chart in charts.values():
        assert not re.search("<title|<desc|aria-labelledby", chart.svg + chart.portrait)
        assert ElementTree.fromstring(chart.svg).tag == ElementTree.fromstring(chart.portrait).tag
        assert str(HIDDEN_MEN) not in {*re.findall(r">(\d+)<", chart.svg + chart.portrait)}


def test_a_draft_is_closed_once_a_later_one_is_made_or_it_is_published(
    draft: ReportDraft, writer: User, publisher: User
) -> None:
    later = draft_by(writer)
    with pytest.raises(ReportRefused, match="later draft"):
        write(draft, writer, "gender:heading", Text("Kvinder", "Women"))
    with pytest.raises(ReportRefused, match="later draft"):
        publish_report(draft, publisher)
    approve_all(later, writer)
    publish_report(later, publisher)
    with pytest.raises(ReportRefused, match="published"):
        write(later, writer, "gender:heading", Text("Kvinder", "Women"))


def test_a_report_of_an_older_year_knows_nothing_of_later_ones(writer: User) -> None:
    publish_years()
    draft = draft_by(writer, 2022)
    assert set(draft.basis) == {"2022.p1"}
    for shown in draft.numbers.values():
        assert shown["counts"] and 112 not in shown["counts"]
    publish(PUBLIC, "2024", {"": {"": 90}})
    assert draft_by(writer, 2022).basis == draft.basis
