"""The staff pages of files for international organisations, in both languages: what each role sees and may do, and what waits."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from cases.months import today
from partners.audit import Actor
from partners.models import AuditEvent
from partners.staff.waiting import ITEMS
from publications.international import dispatches, files
from publications.international.files import csv_of
from publications.international.models import FileDispatch, InternationalFile
from stats.models import PUBLIC
from tests.callers import Browser
from tests.people.visitors import signed_in, staff, strict
from tests.publications.international.world import made, publish_year
from tests.stats.published import publish, withdraw

pytestmark = pytest.mark.django_db
LIST = "/admin/international/internationalfile/"
ADD = f"{LIST}add/"


def page(browser: Browser, path: str, language: str = "en") -> str:
    """A page that is there."""
    answer = browser.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, path
    strict(answer)
    return html.unescape(answer.content.decode())


def text_of(content: str) -> str:
    """A page's words without its elements."""
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())


@pytest.fixture
def ida() -> User:
    """Who makes files, of a year that is published."""
    publish_year()
    return staff("ida", "statistician")


@pytest.fixture
def ole() -> User:
    """Who sends them."""
    return staff("ole", "approver")


def test_a_statistician_makes_a_file_and_an_approver_marks_it_as_sent(ida: User, ole: User) -> None:
    maker, sender = signed_in(ida), signed_in(ole)
    form = {"body": "eu-19a", "year": "2023"}
    asked = maker.post(ADD, form)
    assert "cannot be changed or deleted" in asked.content.decode()
    assert not InternationalFile.objects.exists()
    assert maker.post(ADD, {**form, "sure": "yes"}).status_code == 302
    file = InternationalFile.objects.get()
    assert (file.user, AuditEvent.objects.get(action="internationalfile.add").subject) == (ida, "eu-19a 2023")
    path = f"{LIST}{file.pk}/"
    assert "Mark as sent" not in page(maker, f"{path}change/")
    assert "Now somebody else reads it" in page(maker, f"{path}change/")
    assert "Mark as sent" in page(sender, f"{path}change/")
    assert "Say yes only once the file is sent" in page(sender, f"{path}send/")
    assert not FileDispatch.objects.exists()
    after = sender.post(f"{path}send/", {"sure": "yes"}, follow=True)
    assert "The file is marked as sent." in after.content.decode()
    assert FileDispatch.objects.get().user == ole
    assert "Marked as sent" in page(maker, f"{path}change/")
    again = sender.post(f"{path}send/", {"sure": "yes"}, follow=True)
    assert "marked as sent already" in again.content.decode()


@pytest.mark.parametrize("role", ["statistician", "auditor"])
def test_who_may_only_see_is_offered_no_sending_and_refused_it(ida: User, role: str) -> None:
    path = f"{LIST}{made(ida).pk}/"
    browser = signed_in(staff("one", role))
    assert "Mark as sent" not in page(browser, f"{path}change/")
    for answer in (browser.get(f"{path}send/"), browser.post(f"{path}send/", {"sure": "yes"})):
        assert answer.status_code == 403
    assert not FileDispatch.objects.exists()


@pytest.mark.parametrize("role", ["case_manager", "data_protection", "partner_manager", None])
def test_others_see_no_file(ida: User, role: str | None) -> None:
    path = f"{LIST}{made(ida).pk}/"
    browser = signed_in(staff("one", role))
    for each in (LIST, ADD, f"{path}change/", f"{path}csv/", f"{path}json/", f"{path}send/"):
        assert browser.get(each).status_code == 403, each


def test_approvers_and_auditors_make_no_file(ida: User, ole: User) -> None:
    for user in (ole, staff("auditor", "auditor")):
        assert signed_in(user).post(ADD, {"body": "eu-19a", "year": "2023", "sure": "yes"}).status_code == 403
    assert not InternationalFile.objects.exists()


def test_who_made_a_file_with_both_roles_reads_why_another_sends_it(ida: User) -> None:
    both = staff("both", is_superuser=True)
    file = made(both)
    shown = page(signed_in(both), f"{LIST}{file.pk}/change/")
    assert "You made the file, so another approver sends it." in shown
    assert "Mark as sent" not in shown


def test_a_file_of_other_releases_says_so_before_it_is_sent(ida: User, ole: User) -> None:
    file = made(ida)
    publish_year(2023, 2)
    shown = page(signed_in(ole), f"{LIST}{file.pk}/change/")
    assert "Releases or errata are others now." in shown
    assert "Mark as sent" not in shown


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_of_a_file_shows_what_is_published_and_what_no_release_has(ida: User, language: str) -> None:
    file = made(ida)
    shown = text_of(page(signed_in(ida), f"{LIST}{file.pk}/change/", language))
    words = {
        "da": (
            "vises ikke (31–40)",
            "Ikke i nogen udgivelse: i alt",
            "Ingen sådan tabel i udgivelsen: registrerende organisation",
            "Formålet er sammenlignelighed; Danmark er ikke bundet af artikel 19a",
            "Art. 19a, litra a:",
            "Her er tallet nul (",
            "delvis opfyldt",
            "Køn: Mand",
            "31. december 2024 (den sidste dag er passeret)",
        ),
        "en": (
            "not shown (31–40)",
            "Not in any release: in all",
            "No such table in the release: registering organisation",
            "Compatibility target; Denmark is not bound by Art. 19a",
            "Art. 19a, point (a):",
            "Here the figure is zero (",
            "partly met",
            "not met. The releases have no figures for it.",
            "Gender: Male",
            "31 December 2024 at the latest (the last day has passed)",
        ),
    }
    for each in (*words[language], "72", "2023.p1"):
        assert each in shown, each


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_telephone_scrolls_the_tables_alone(ida: User, language: str) -> None:
    shown = page(signed_in(ida), f"{LIST}{made(ida).pk}/change/", language)
    tables = re.findall(r'(<div[^>]*>)\s*<table class="figures">', shown)
    assert len(tables) == shown.count('<table class="figures">') > 0
    assert all(
        each.startswith('<div class="wide" tabindex="0" role="region" aria-labelledby="field-') for each in tables
    )


def test_the_files_are_saved_as_they_are_kept(ida: User) -> None:
    file, browser = made(ida), signed_in(ida)
    answer = browser.get(f"{LIST}{file.pk}/csv/")
    assert answer.content == csv_of(file.content)
    assert answer["Content-Disposition"] == 'attachment; filename="henvis-eu-19a-2023.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert json.loads(browser.get(f"{LIST}{file.pk}/json/").content) == file.content
    assert browser.get(f"{LIST}{file.pk + 9}/json/").status_code == 404


def test_a_year_without_a_release_is_refused_at_the_form(ida: User) -> None:
    answer = signed_in(ida).post(ADD, {"body": "eu-19a", "year": "2021"})
    assert "There is no public release of 2021." in html.unescape(answer.content.decode())


def test_the_list_has_states_and_what_is_due(ida: User, ole: User) -> None:
    browser = signed_in(ida)
    first, _ = made(ida), made(ida)
    shown = text_of(page(browser, LIST))
    assert "30 September 2024 in principle, 31 December 2024 at the latest" in shown
    assert "superseded by a later file" in shown
    assert "made, not sent" in shown
    assert str(timezone.localdate(first.made_at).year) in shown
    assert "30. september 2024 i princippet" in text_of(page(browser, LIST, "da"))
    for state in ("made", "superseded"):
        assert text_of(page(browser, f"{LIST}?state={state}")).count("EU, article 19a") >= 1
    assert "Nothing matches what was chosen." in page(browser, f"{LIST}?state=sent")


def send(file: InternationalFile, by: User) -> None:
    """Mark a file as sent."""
    files.send(by=Actor.of(by), file=file.pk)


def names(user: User, of: str) -> list[str]:
    """What waits for somebody, in English."""
    found = ITEMS[of].find(user)
    return [f"{entry.name}, {entry.note}" for entry in found.entries]


def test_a_file_waits_from_the_release_until_it_is_sent(ida: User, ole: User) -> None:
    assert [each.body.id for each in dispatches.due_files()] == ["eu-19a", "eurostat", "glotip"]
    file = made(ida, "glotip")
    assert len(names(ida, "files_due")) == 3
    assert len(names(ole, "files_abroad")) == 1
    # Who made it is not asked to send it.
    assert names(ida, "files_abroad") == []
    signed_in(ole).post(f"{LIST}{file.pk}/send/", {"sure": "yes"})
    assert [each.body.id for each in dispatches.due_files()] == ["eu-19a", "eurostat"]
    assert names(ole, "files_abroad") == []


def test_only_the_newest_published_year_waits(ida: User) -> None:
    publish_year(2022)
    # Early figures of a year that goes on take away nothing that is due.
    publish_year(today().year)
    assert {each.year for each in dispatches.due_files()} == {2023}
    assert dispatches.due_files()[0].in_principle == date(2024, 9, 30)
    assert dispatches.due_files()[0].latest == date(2024, 12, 31)


def test_a_year_waits_once_it_has_ended_in_copenhagen(ida: User) -> None:
    year = today().year
    for each in (year - 1, year):
        publish_year(each)
    assert {each.year for each in dispatches.due_files()} == {year - 1}


def test_an_older_year_waits_until_it_is_sent(ida: User, ole: User) -> None:
    publish_year(2024)
    publish_year(2022)
    assert [each.year for each in dispatches.due_files()] == [2024] * 3
    send(made(ida, "eu-19a", 2022), ole)
    assert [(each.body.id, each.year) for each in dispatches.due_files()][3:] == [("eu-19a", 2023)]
    # Published on the last day of its bodies.
    publish(PUBLIC, "2021", {"": {"": 70}}, when=datetime(2022, 12, 31, 12, tzinfo=UTC))
    assert [(each.body.id, each.year) for each in dispatches.due_files()][6:] == [
        *(("eurostat", 2022), ("glotip", 2022)),
        *((body, 2021) for body in ("eu-19a", "eurostat", "glotip")),
    ]


def test_a_sent_file_waits_once_its_figures_have_changed(ida: User, ole: User) -> None:
    file, other = made(ida, "greta"), made(ida, "glotip")
    for each in (file, other):
        send(each, ole)
    assert names(ida, "files_changed") == []
    second = publish_year(2023, 2)
    withdraw(type(second).objects.get(pk="2023.p1"), second)
    said = [
        f"Council of Europe, GRETA, 2023, {(words := 'sent, and figures have changed since')}",
        f"UNODC, GLOTIP and SDG 16.2.2, 2023, {words}",
    ]
    assert names(ida, "files_changed") == said
    path = f"{LIST}{file.pk}/change/"
    for browser, hint in ((signed_in(ida), True), (signed_in(ole), False)):
        assert words in page(browser, path) and ("Make it again" in page(browser, path)) == hint
        assert [page(browser, f"{LIST}{asked}").count(f">{words}</td>") for asked in ("", "?state=stale")] == [2, 2]
    again = made(ida, "greta")
    assert names(ida, "files_changed") == [f"{said[0]}; made again, not sent", said[1]]
    send(again, ole)
    assert names(ida, "files_changed") == said[1:]


def test_nothing_waits_without_a_release(ida: User) -> None:
    second = publish_year(2023, 2)
    withdraw(type(second).objects.get(pk="2023.p1"), second)
    assert {each.year for each in dispatches.due_files()} == {2023}
    other: Any = publish_year(2021)
    withdraw(second, other)
    assert {each.year for each in dispatches.due_files()} == {2021}


def test_the_first_page_tells_the_days_and_says_what_is_late(ida: User) -> None:
    for language, words in (
        ("da", "30. sept. 2024, senest 31. dec. 2024"),
        ("en", "30 Sep 2024, at the latest 31 Dec 2024"),
    ):
        first = page(signed_in(ida), "/admin/", language)
        assert words in first
        assert "waiting-late" in first
