"""Every page of the admin is reached by the roles that need it, with the web server's rights, and by no others."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override

from cases.months import today
from oversight.reporting.models import MonthCompletion
from pages.desk.reads import READS, operation_of
from partners.audit import COMMAND
from partners.credentials import register
from partners.models import Client, RecordRead
from partners.roles import STAFF_ROLES
from partners.staff.screens import ReadOnly
from tests.callers import Browser, Caller
from tests.people.own_pages import address
from tests.people.staff_pages import OWN, SCREENS, SEEN, USUAL, every_page
from tests.people.visitors import Elements, signed_in, staff, text

pytestmark = pytest.mark.django_db
NO_HISTORY = "The audit says nothing of what was done here."


def test_every_screen_and_every_page_of_its_own_is_in_the_tables() -> None:
    assert set(SCREENS) == set(SEEN)
    routes = {url.name for screen in SCREENS.values() for url in screen.get_urls() if url.name}
    everyones = {f"{label.replace('.', '_')}_{page}" for label in SEEN for page in USUAL}
    assert routes - everyones == set(OWN)


def test_each_page_is_reached_by_the_roles_that_need_it_and_refused_to_others(ngo: Caller) -> None:
    pages = every_page(ngo.partner)
    assert len(pages) > 60
    for role in STAFF_ROLES:
        browser = signed_in(staff(f"one-{role}", role))
        answers = {path: browser.get(path).status_code for path, who in pages.items() if role in who}
        assert {path for path, status in answers.items() if status != 200} == set(), role
    # A right only ever adds: what is refused to somebody with all the other roles is refused to each of them.
    for number, allowed in enumerate({frozenset(who) for who in pages.values()}):
        others = staff(f"others-{number}")
        others.groups.set(Group.objects.filter(name__in=set(STAFF_ROLES) - allowed))
        browser = signed_in(others)
        refused = [path for path, who in pages.items() if who == allowed]
        sent = {(path, ask(path).status_code) for path in refused for ask in (browser.get, browser.post)}
        assert {answer for answer in sent if answer[1] != 403} == set(), sorted(allowed)


def test_the_page_of_a_row_that_is_only_read_shows_what_the_list_shows(ngo: Caller) -> None:
    """Django leaves out what no form takes: when a thing was done, of all things."""
    month = today().replace(day=1)
    MonthCompletion.objects.create(partner=ngo.partner, client=ngo.client, month=month, recorded_at=timezone.now())
    rows = {
        (label, path)
        for path in every_page(ngo.partner)
        for label, screen in SCREENS.items()
        if isinstance(screen, ReadOnly) and re.fullmatch(address(label, r"[^/]+/change/"), path)
    }
    boss = signed_in(staff("boss", is_superuser=True))
    pages = {(label, path): told_by(boss, path) for label, path in rows}
    left_out = {
        (label, str(name))
        for (label, _), page in pages.items()
        for name in {*map(str, SCREENS[label].list_display)} - {"__str__"}
        if 'class="readonly"' in page and f"field-{name}" not in page
    }
    assert left_out == set()


@pytest.mark.parametrize(
    ("language", "desk", "may"), [("da", "Indberetningssiderne", "Læse egne"), ("en", "The desk", "Read own")]
)
def test_clients_and_what_they_read_are_told_in_words(
    ngo: Caller, boss: Browser, language: str, desk: str, may: str
) -> None:
    Client.objects.filter(pk=ngo.client.pk).update(name="the machine")
    own = register(by=COMMAND, partner=ngo.partner, scopes=[], is_desk=True)
    for client, operation in ((ngo.client, "referrals/{reference}"), (own, operation_of("records"))):
        RecordRead.objects.create(client=client, operation=operation, rows=2)

    def page(path: str) -> str:
        return text(boss.get(f"/admin/partners/{path}", headers={"Accept-Language": language}))

    reads, words = page("recordread/"), str(READS["records"](language))
    assert desk in reads and "the machine" in reads and escape(words) in reads and own.client_id not in reads
    only = page(f"recordread/?operation={operation_of('records')}")
    assert "the machine" not in only and desk in only
    row = page(f"recordread/{RecordRead.objects.earliest('pk').pk}/change/")
    assert ngo.partner.name in row and "field-at" in row
    of_client = page(f"client/{ngo.client.pk}/change/")
    assert may in of_client and "referrals:read" not in page("client/") + of_client
    assert "the machine" in page("secret/") and ngo.partner.name in page("secret/")


def test_without_the_right_no_history_tells_whether_there_is_a_row() -> None:
    browser = signed_in(staff("nobody"))
    answers = {label: browser.get(address(label, "0/history/")).status_code for label in SCREENS}
    assert set(answers.values()) == {403}, answers


def test_the_front_page_leads_each_role_to_every_list_that_it_may_see(ngo: Caller) -> None:
    """A list whose permission belongs to another app is as easy to find as any."""
    lists = {path: who for path, who in every_page(ngo.partner).items() if re.fullmatch(r"/admin/\w+/\w+/", path)}
    assert len(lists) > 10
    for role in STAFF_ROLES:
        found = links(signed_in(staff(f"front-{role}", role)).get("/admin/").content.decode())
        assert {path for path, who in lists.items() if role in who} <= found, role


def links(page: str) -> set[str]:
    """Where the links of a page lead, within the staff's pages."""
    found = {given["href"] or "" for tag, given in Elements(page).found if tag == "a" and "href" in given}
    return {address.partition("?")[0] for address in found if address.startswith("/admin/")}


def test_a_page_of_a_screen_s_own_says_below_which_app_and_list_it_stands(ngo: Caller) -> None:
    pages = [path for path in every_page(ngo.partner) if re.fullmatch(r"/admin/\w+/\w+/.+", path)]
    boss = signed_in(staff("boss", is_superuser=True))
    shown = {path: boss.get(path) for path in pages if "/password/" not in path}
    for path, answer in shown.items():
        app, screen = path.split("/")[2:4]
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            crumbs = answer.content.decode().partition('<ol class="breadcrumbs">')[2].partition("</ol>")[0]
            opts = apps.get_model(app, screen)._meta
            # An app that has the name of its list is not named beside it.
            is_named = str(opts.app_config.verbose_name).lower() != str(opts.verbose_name_plural).lower()
            assert f"/admin/{app}/{screen}/" in links(crumbs), path
            assert (f"/admin/{app}/" in links(crumbs)) == is_named, path


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_of_an_app_has_the_app_s_name(boss: Browser, language: str) -> None:
    with override(language):
        names = {label: str(apps.get_app_config(label).verbose_name) for label in {each.split(".")[0] for each in SEEN}}
    assert len(set(names.values())) == len(names)
    for label, name in names.items():
        page = boss.get(f"/admin/{label}/", headers={"Accept-Language": language}).content.decode()
        assert f"<h1>{escape(name)}</h1>" in page
        assert f"<title>{escape(name)} | Henvis" in page.replace("\n", "")


def test_no_page_of_any_role_has_a_link_that_leads_nowhere(ngo: Caller) -> None:
    """Neither to a row that the reader may not see, nor to a history without a line."""
    pages = every_page(ngo.partner)
    for role in STAFF_ROLES:
        browser = signed_in(staff(f"one-{role}", role))
        read = {address for address, who in pages.items() if role in who and not address.endswith("/history/")}
        shown = {address: browser.get(address).content.decode() for address in ["/admin/", *read]}
        lead = {link: address for address, page in shown.items() for link in links(page)}
        # What the role reads was read just now, and answers as another test says.
        dead = {
            link: address
            for link, address in lead.items()
            # The page of a person whose processing is restricted says so, and nothing else.
            if link not in shown and browser.get(link, follow=True).status_code not in (200, 423)
        }
        assert dead == {}, role
        empty = [link for link in lead if link.endswith("/history/") and NO_HISTORY in told_by(browser, link)]
        assert empty == [], role
        assert browser.get("/admin/").status_code == 200


def told_by(browser: Browser, address: str) -> str:
    """The text of a page."""
    return str(browser.get(address).content.decode())
