"""The pages that each statistics office has. What they state is what the program does, and what the installation has said."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from cases.codelists import CLINIC_SERVICE, DECIDED_BY, SERVICE, SERVICE_PLACE
from cases.codelists.types import NOT_APPLICABLE, OTHER
from cases.services.expectations import DUE_DAYS
from cases.services.shapes import CountPeriodKind
from notices.languages import LANGUAGES
from partners.roles import STAFF_ROLES
from stats.models import PUBLIC
from stats.reading.marks import MARKS, SUFFIXES
from tests.notices import world as notices
from tests.pages.test_public import page
from tests.stats.published import publish

pytestmark = pytest.mark.django_db
MARCH = datetime(2024, 3, 1, 12, tzinfo=UTC)
ADDRESSES = {
    "/da/om-tallene/": "/en/about-the-figures/",
    "/da/om/": "/en/about/",
    "/da/kontakt/": "/en/contact/",
    "/da/privatliv/": "/en/privacy/",
    "/da/beredskab/": "/en/crisis-readiness/",
}
CONTACTS = ("contact", "telephone", "postal_address", "press", "data_protection", "security")


@pytest.mark.parametrize(("danish", "english"), ADDRESSES.items())
def test_each_page_is_there_in_both_languages_and_every_page_leads_to_it(danish: str, english: str) -> None:
    assert f'<a href="{danish}">' in page("/da/statistik/") and f'<a href="{english}">' in page("/en/statistics/")
    assert f'href="{english}" lang="en"' in page(danish) and f'href="{danish}" lang="da"' in page(english)
    assert f"http://testserver{danish}</loc>" in Client().get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("address", [*ADDRESSES, *ADDRESSES.values(), "/da/tilbud/", "/en/services/"])
def test_a_page_has_one_title_named_parts_and_no_word_left_to_fill_in(address: str) -> None:
    text = page(address)
    main = text[text.index("<main") : text.index("</main>")]
    assert main.count("<h1>") == 1
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids)) and set(re.findall(r'aria-labelledby="([^"]+)"', text)) <= set(ids)
    assert not re.search(r"\{\w*\}|_Z|_O\b|Text\(", main)


@pytest.mark.parametrize("address", [*ADDRESSES, *ADDRESSES.values()])
def test_every_link_of_a_page_leads_somewhere(address: str) -> None:
    main = page(address).split("<main")[1].split("</main>")[0]
    links = [each for each in re.findall(r'href="(/[^"]*)"', main) if each != "/was"]
    assert {Client().get(each).status_code for each in links} <= {200}


def test_a_contact_that_nobody_has_set_is_not_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in CONTACTS:
        monkeypatch.setitem(settings.HENVIS_SITE, name, "")
    monkeypatch.setattr(settings, "HENVIS_HELP_NUMBERS", [])
    text = page("/da/kontakt/")
    main = text.split("<main")[1].split("</main>")[0]
    assert re.findall('href="(?:tel|mailto):([^"]*)"', main) == ["112"]
    assert [main.count(f"<dt>{name}</dt><dd>ikke oplyst her</dd>") for name in ("Mail", "Telefon", "Presse")] == [
        1,
        1,
        1,
    ]
    assert "Adresse" not in main and "Databeskyttelse" not in main
    assert "ikke oplyst her" in page("/da/om-tallene/") and "<dt>Databeskyttelse" not in page("/da/privatliv/")


def test_what_an_installation_says_of_itself_stands_there_and_can_be_called(monkeypatch: pytest.MonkeyPatch) -> None:
    contacts = (
        "tal@example.dk",
        "12 34 56 78",
        "Gade 1, 1000 By",
        "presse@example.dk",
        "dpo@example.dk",
        "https://sikkerhed.example.dk",
    )
    for name, contact in zip(CONTACTS, contacts, strict=True):
        monkeypatch.setitem(settings.HENVIS_SITE, name, contact)
    text = page("/en/contact/")
    for address, words in (
        ("mailto:tal@example.dk", "tal@example.dk"),
        ("tel:12345678", "12 34 56 78"),
        ("mailto:presse@example.dk",) * 2,
    ):
        assert f'<a href="{address}">{words.removeprefix("mailto:")}</a>' in text
    assert "<dd>Gade 1, 1000 By</dd>" in text and "not named here" not in text
    assert "dpo@example.dk" in page("/en/privacy/") and "presse@example.dk" in page("/en/about-the-figures/")


def test_about_the_figures_has_the_thresholds_of_the_releases_and_all_marks() -> None:
    assert (
        "færre end" not in page("/da/om-tallene/").split("Hvorfor nogle tal er skjult</h2>")[1].split("</section>")[0]
    )
    publish(PUBLIC, "2022", {"": {"": 73}}, when=MARCH, settings={"threshold": 7})
    text = page("/da/om-tallene/")
    assert "kunne pege på færre end 7 personer" in text
    assert {f"<dt>{mark}</dt>" for mark in (*MARKS.values(), *SUFFIXES.values())} <= {
        *re.findall("<dt>[^<]*</dt>", text)
    }
    assert all(f"<li>{each.label.da}</li>" in text for each in DECIDED_BY.codes if each.code != NOT_APPLICABLE)
    assert "Ingen afgørelse" not in text


def test_the_share_of_reports_is_that_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HENVIS_LEAST_REPORTS", 65)
    assert "under 65 pct. af de forventede indberetninger" in page("/da/om-tallene/")


def test_privacy_says_what_is_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HENVIS_SESSION_IDLE", timedelta(minutes=20))
    text = page("/da/privatliv/")
    assert "efter 20 minutter uden brug, og altid efter 8 timer" in text
    assert "inden for 1 måned" in text and "i alt 3 måneder" in text and "Datatilsynet" in text
    assert "<dt>Koblingskoder</dt><dd>2 år efter at henvisningen sidst blev ændret</dd>" in text
    assert not Client().get("/da/privatliv/").cookies


def test_readiness_names_the_roles_days_and_languages_of_the_program() -> None:
    text = page("/da/beredskab/")
    assert f"Fristen er {DUE_DAYS[CountPeriodKind.WEEK]} dage" in text
    assert all(each.name.da in text for each in LANGUAGES.values())
    may = {
        name: [*re.findall(rf"<dt>([^<]*)</dt><dd>{name}", text)] for name in ("erklærer", "læser teksten", "udgiver")
    }
    manager, approver = STAFF_ROLES["partner_manager"].title.da, STAFF_ROLES["approver"].title.da
    assert may == {
        "erklærer": [manager],
        "læser teksten": [f"{approver} eller {manager.lower()}"],
        "udgiver": [approver],
    }


def test_readiness_tells_of_a_crisis_that_lasts() -> None:
    assert "Der er ingen krise" in page("/da/beredskab/")
    notices.make_public(notices.create(), "da")
    text = page("/da/beredskab/")
    assert "Der er ingen krise" not in text and "Der er udsendt varsler om:" in text


def test_services_say_what_is_offered_to_whom_and_in_which_languages_notices_are() -> None:
    text = page("/da/tilbud/")
    offers = text[text.index('id="offers"') :]
    assert all(
        each.label.da.lower() in offers.lower()
        for each in (*CLINIC_SERVICE.codes, *SERVICE.codes)
        if each.code != OTHER
    )
    assert all(
        each.label.da.lower() in offers.lower() for each in SERVICE_PLACE.codes if each.code not in {OTHER, "HOTLINE"}
    )
    assert "hreflang" not in offers.split("</section>")[0]
    notices.make_public(notices.create(), "da", "ar")
    languages = page("/da/tilbud/").split('id="offers"')[1].split("</section>")[0]
    assert re.findall(r'href="(/da/varsler/\?language=\w+)"', languages) == [
        "/da/varsler/?language=da",
        "/da/varsler/?language=ar",
    ]
