"""The pages of sums: of each dataset its quantities beside each other, and the funnel with where its figures are from."""

from __future__ import annotations

import pytest
from django.test import Client

from cases.codelists import REGION
from stats.counting.build import NOT_ENDED, UNRESOLVED
from stats.models import PUBLIC, ReviewSign
from tests.api.sums import Shown, publish_sums
from tests.pages.tables import rows
from tests.pages.test_public import page
from tests.stats.published import editor, publish

pytestmark = pytest.mark.django_db
CONTACTS = "outreach.contacts"


@pytest.fixture
def released() -> dict[str, Shown]:
    """The sums of 2024, by dataset."""
    return publish_sums()[1]


def test_a_page_has_a_row_for_each_code_and_a_column_for_each_quantity(released: dict[str, Shown]) -> None:
    text = page(f"/en/statistics/{CONTACTS}/?by=region&period=2024")
    assert "<h1>Outreach: contacts by region</h1>" in text
    for code in REGION.codes:
        (row,) = [each for each in rows(text) if each[0] == code.label.en]
        shown = [
            released[CONTACTS][name, "region", code.code]
            for name in ("contacts", "first_contacts", "informed", "suspicions")
        ]
        assert row[1:5] == ["[c] 0–17" if count is None else str(count) for count in shown]
        assert row[5] == "[c] 0–17"
    assert "or reveal another hidden figure. Where two numbers stand there, it is between them" in text
    # Beside the figures, and not once more among the notes.
    assert text.count("<p>2024: reports that were due: 12. Of these came: 11.") == 1
    assert text.index("Of these came: 11.") < text.index('<table class="figures">')
    several = page(f"/en/statistics/{CONTACTS}/")
    # Of several periods those stand above of which some are missing.
    assert several.index("<p>2024: reports that were due: 12. Of these came: 11.") < several.index(
        '<table class="figures">'
    )
    assert "Units:" not in text and "counted under “Not known”" not in text
    for each in (text, several):
        assert each.count("<p>The same person may be counted several times.</p>") == 1
        assert each.index("counted several times") < each.index('<table class="figures">')
    one = page(f"/da/statistik/{CONTACTS}/?by=region&period=2024&quantity=suspicions")
    assert "<p>Kun <strong>Mistanker om menneskehandel</strong>" in one
    assert '<option value="suspicions" selected>' in one
    assert rows(one)[0] == ["Region", "Mistanker"]
    assert '<th scope="col">Of these, given information (contacts)</th>' in text
    assert '<th scope="col">Contacts with persons</th>' in text


def test_sums_say_what_speaks_against_their_release_and_nothing_of_records() -> None:
    release, _ = publish_sums(notes=[NOT_ENDED, f"{UNRESOLVED}:gender"])
    address = f"/en/statistics/{CONTACTS}/?by=region&period=2024"
    text = page(address)
    assert "The period had not ended when it was counted." in text and "counted under “Not known”" not in text
    assert "The release is under review." not in text
    ReviewSign.objects.create(release=release, user=editor("statistician"))
    assert "The release is under review." in page(address)


def test_of_several_years_what_is_missing_stands_above_the_table_and_all_else_behind_a_fold() -> None:
    for year, count, whole in (("2023", 250, True), ("2024", 310, False)):
        publish(PUBLIC, year, {"": {"": 70}}, sums={(CONTACTS, "contacts", ""): {"": count}}, whole=whole)
    text = page(f"/en/statistics/{CONTACTS}/")
    table = text.index('<table class="figures">')
    assert text.index("<p>2024: reports that were due: 12. Of these came: 11.") < table
    assert (
        table
        < text.index("Reports behind the figures")
        < text.index("<p>2023: reports that were due: 12. Of these came: 12.")
    )


@pytest.mark.usefixtures("released")
def test_the_funnel_says_of_each_figure_its_unit_and_where_it_is_from() -> None:
    text = page("/da/statistik/funnel/?period=2024")
    assert "<h1>Fra kontakt til støtte</h1>" in text
    assert [row[0] for row in rows(text)[1:]] == [
        "Kontakt (kontakter)",
        "Mistanke (mistanker)",
        "Henvisning (henvisninger)",
        "Identificeret (personer)",
        "Støtte (bevillinger)",
    ]
    assert '<dt>Støtte</dt><dd>Bevillinger. <a href="/da/statistik/assistance.grants/">' in text
    assert text.index("de kan ikke deles med hinanden. En kontakt er ikke en person") < text.index("<table")
    assert "<p>Kontakt, Mistanke, Henvisning, Støtte: den samme person kan være talt flere gange.</p>" in text


@pytest.mark.usefixtures("released")
def test_sums_are_found_among_the_subjects_and_in_the_sitemap_and_by_a_short_address() -> None:
    subjects = page("/en/statistics/")
    assert subjects.count("Sums of what the services reported.") == 1 and "What is counted" not in subjects
    assert subjects.count("In total, without breakdown") == subjects.count("<h3>")
    assert (
        subjects.index('<h2 id="sums">')
        < subjects.index("<h3>From contact to support</h3>")
        < subjects.index("<h3>Outreach")
    )
    assert subjects.count("Published for 2024:") == subjects.count("<h3>")
    assert f'href="/en/statistics/{CONTACTS}/?by=region"' in subjects and 'href="/en/statistics/funnel/"' in subjects
    assert "From contact to support" in page("/en/statistics/?q=support")
    assert f"/en/statistics/{CONTACTS}/?by=region" in Client().get("/sitemap.xml").content.decode()
    text = page(f"/en/statistics/{CONTACTS}/?by=region&period=2024")
    short = text.partition('Short link, always to the newest figures: <a href="')[2].partition('"')[0]
    answer = Client(headers={"accept-language": "en"}).get(short.removeprefix("http://testserver"))
    assert answer["Location"].startswith(f"/en/statistics/{CONTACTS}/?")
    assert f'href="/en/statistics/{CONTACTS}/?by=region&release=2024.p1"' in page("/en/releases/2024.p1/")
    assert 'href="/en/statistics/funnel/?release=2024.p1"' in page("/en/releases/2024.p1/")
    assert '"temporalCoverage": "2024/2024"' in text
