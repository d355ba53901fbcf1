"""Tables are ticked among proposals that say what each costs; nobody types JSON."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User

from core.text import both
from partners.models import AuditEvent
from stats.choices import words_of_fact
from stats.errors import ReleaseRefused
from stats.models import (
    AUTHORITY,
    FAILED,
    PROPOSE,
    PUBLIC,
    TAKEN_BACK,
    BuildOrder,
    ScheduledPublication,
    ScheduleEnd,
)
from stats.publishing.facts import check_facts, known_facts
from tests.callers import Browser
from tests.people.visitors import numbers, signed_in, staff, words
from tests.stats.drafts import built
from tests.stats.proposed import ANSWER, OWN, answered

pytestmark = pytest.mark.django_db
ORDERS = "/admin/statistics/buildorder/"
ORDER = {"period": "2023", "audience": PUBLIC}
DANISH = {"Accept-Language": "da"}


@pytest.fixture
def browser(statistician: User) -> Browser:
    """The browser of who orders."""
    return signed_in(statistician)


def ticks(page: str) -> list[str]:
    """The tables that a form offers."""
    return re.findall(r'<input type="checkbox" name="tables" value="([^"]*)"', page)


def test_proposals_are_ordered_by_a_period_and_an_audience(browser: Browser, statistician: User) -> None:
    assert f"{ORDERS}propose/" in browser.get(ORDERS).content.decode()
    for wrong, why in (
        ({"period": "2023-Q4", "audience": PUBLIC}, "The public reads years"),
        ({"period": "23", "audience": PUBLIC}, "A period is written"),
        ({"period": "2030", "audience": PUBLIC}, "has not begun"),
        ({"audience": PUBLIC}, "This field is required"),
    ):
        assert why in words(browser.post(f"{ORDERS}propose/", wrong))
    assert not BuildOrder.objects.exists()
    page = words(browser.post(f"{ORDERS}propose/", ORDER, follow=True))
    assert "The server works on the proposals." in page
    found = BuildOrder.objects.get()
    assert (found.kind, found.period, found.audience, found.user, found.state, found.choice) == (
        PROPOSE, "2023", PUBLIC, statistician, "OPEN", None
    )  # fmt: skip
    event = AuditEvent.objects.get(action="buildorder.propose")
    assert (event.user_id, event.subject) == (statistician.pk, "2023 public OPEN")


def test_the_form_offers_what_was_proposed_with_what_it_costs(browser: Browser, statistician: User) -> None:
    answered(statistician)
    answer = browser.get(f"{ORDERS}add/?period=2023&audience=public")
    assert ticks(answer.content.decode()) == ["*", "TOTAL", "gender", "region"]
    assert rows(answer) == [
        ["Table", "Persons in exact figures", "Share", "Figures hidden", "Doubt", "Remark"],
        ["Gender", "54", "90%", "1", "0.13", ""],
        ["Region", "12", "20%", "1", "without bound", "not offered to readers by itself"],
    ]
    assert names_of_cells(answer)[:5] == ["Persons in exact figures", "Share", "Figures hidden", "Doubt", "Remark"]
    danish = browser.get(f"{ORDERS}add/?period=2023&audience=public", headers=DANISH)
    assert rows(danish)[1] == ["Køn", "54", "90 %", "1", "0,13", ""]


def test_of_figures_for_authorities_no_doubt_is_told_and_they_have_noise(browser: Browser, statistician: User) -> None:
    answered(statistician, audience=AUTHORITY)
    head, *_ = rows(browser.get(f"{ORDERS}add/?period=2023&audience=authority"))
    assert head == ["Table", "Persons in figures with noise", "Share", "Figures hidden", "Remark"]


def rows(answer: Any) -> list[list[str]]:
    """The cells of the table of a page, row by row."""
    table = answer.content.decode().partition('<table class="figures">')[2].partition("</table>")[0]
    lines = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in table.split("<tr>")[1:]]
    return [[" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in row] for row in lines]


def names_of_cells(answer: Any) -> list[str]:
    """What the cells of a page are called on a telephone."""
    return re.findall(r'<td\b[^>]*\bdata-name="([^"]+)"', answer.content.decode())


def test_ticked_tables_and_numbers_are_the_order_s_choice(browser: Browser, statistician: User) -> None:
    answered(statistician)
    form = {**ORDER, "tables": ["gender", "region"], "threshold": "6", "deviation": "9"}
    asked = browser.post(f"{ORDERS}add/", form).content.decode()
    assert "2: Gender: 54 persons" in asked and "; Region: 12 persons" in asked
    assert re.findall(r'name="tables" value="([^"]*)"', asked) == ["gender", "region"]
    browser.sure(f"{ORDERS}add/", form)
    found = BuildOrder.objects.get(kind="BUILD")
    assert (found.choice, found.user) == ({"tables": ["gender", "region"], "threshold": 6}, statistician)
    page = words(browser.get(f"{ORDERS}{found.pk}/change/"))
    assert "Tables: Gender; Region" in page
    assert "Threshold (T): fewer persons are hidden: 6" in page


def test_who_orders_is_told_what_is_scheduled(browser: Browser, statistician: User) -> None:
    answered(statistician)
    form = {**ORDER, "tables": "gender"}
    assert "Scheduled release" not in words(browser.post(f"{ORDERS}add/", form))
    plan = ScheduledPublication.objects.create(
        release=built(PUBLIC, "2022", user=statistician),
        due_at=datetime(2101, 6, 14, 10, tzinfo=UTC),
        user=statistician,
    )
    why = "A draft that is built before becomes stale when that release is published, and must be ordered again."
    for page in (words(browser.post(f"{ORDERS}add/", form)), words(browser.get(f"{ORDERS}propose/"))):
        assert f"Scheduled release Vintage 1 of 2022 for the public is scheduled for 14 Jun 2101, 12:00. {why}" in page
        assert "Order nothing in the last hour before." in page
    danish = words(browser.post(f"{ORDERS}add/", form, headers=DANISH))
    assert re.search(
        r"Udgave 1 af 2022 for offentligheden er planlagt til udgivelse 14\. juni? 2101 kl\. 12\.00\.", danish
    )
    ScheduleEnd.objects.create(schedule=plan, outcome=TAKEN_BACK, user=statistician)
    assert "Scheduled release" not in words(browser.get(f"{ORDERS}propose/"))


def test_an_order_without_change_notes_has_no_line_for_them(browser: Browser, statistician: User) -> None:
    first, later = (
        BuildOrder.objects.create(**ORDER, user=statistician, choice={"tables": ["gender"]}, **notes)
        for notes in ({}, {"change_notes_da": "Sene svar er med.", "change_notes_en": "Late answers are included."})
    )
    assert "hat changed, English" not in words(browser.get(f"{ORDERS}{first.pk}/change/"))
    assert "hat changed, English: Late answers are included." in words(browser.get(f"{ORDERS}{later.pk}/change/"))


def test_a_draft_cannot_be_ordered_that_shows_what_others_hide(browser: Browser, statistician: User) -> None:
    """With a lower threshold it would show small figures; drafts with other noise would together tell the noise."""
    answered(statistician)
    assert "greater than or equal to 5" in words(
        browser.sure(f"{ORDERS}add/", {**ORDER, "tables": "gender", "threshold": "4"})
    )
    assert not BuildOrder.objects.filter(kind="BUILD").exists()


def test_a_table_that_was_not_proposed_for_the_period_is_refused(browser: Browser, statistician: User) -> None:
    answered(statistician)
    for wrong in ({**ORDER, "tables": "citizenship"}, {**ORDER, "period": "2022", "tables": "gender"}):
        assert "not one of the available choices" in words(browser.sure(f"{ORDERS}add/", wrong))
    assert not BuildOrder.objects.filter(kind="BUILD").exists()


@pytest.mark.parametrize(
    ("language", "why", "none", "told"),
    [
        ("en", "Tick the tables to order, or let the server choose.", "no proposals to choose from", "at most the 2"),
        ("da", "Sæt kryds ved de tabeller, der skal bestilles", "ingen forslag at vælge imellem", "højst de 2"),
    ],
)
def test_whoever_changes_the_period_orders_no_more_than_what_is_told_of_the_other_one(
    browser: Browser, statistician: User, language: str, why: str, none: str, told: str
) -> None:
    answered(statistician)
    answered(statistician, [{"axes": "gender", **OWN}, {"axes": "age_band", **OWN}], period="2022")

    def order(**form: Any) -> Any:
        return browser.post(f"{ORDERS}add/", {**ORDER, **form}, headers={"Accept-Language": language})

    for period, said in (("2023", why), ("2022", why), ("2021", none)):
        for sure in ({}, {"sure": "yes"}):
            assert said in words(order(period=period, **sure))
    assert ticks(order(period="2022").content.decode()) == ["*", "TOTAL", "gender", "age_band"]
    for period, tables in (("2021", "*"), ("2021", ""), ("2022", ["*", "gender"]), ("2022", ["TOTAL", "gender"])):
        order(period=period, tables=tables, sure="yes")
    assert not BuildOrder.objects.filter(kind="BUILD").exists()
    asked = words(order(period="2022", tables="*"))
    assert told in asked and re.search(r"2: (Gender|Køn); \w", asked)
    order(period="2022", tables="*", threshold="6", sure="yes")
    found = BuildOrder.objects.get(kind="BUILD")
    assert found.choice == {"among": ["gender", "age_band"], "threshold": 6}
    page = words(browser.get(f"{ORDERS}{found.pk}/change/", headers={"Accept-Language": language}))
    assert re.search(r"(the server chooses among: Gender|serveren vælger blandt: Køn);", page)


def test_the_last_answer_counts_and_that_of_others_does_not(browser: Browser, statistician: User) -> None:
    answered(statistician)
    answered(statistician, [{"axes": "region", **OWN}])
    answered(statistician, None, state=FAILED)
    answered(statistician, ANSWER, period="2022")
    answered(statistician, ANSWER, audience=AUTHORITY)
    assert ticks(browser.get(f"{ORDERS}add/?period=2023&audience=public").content.decode()) == ["*", "TOTAL", "region"]


def test_an_order_begins_with_proposals_and_those_that_exist_are_offered(browser: Browser, statistician: User) -> None:
    listing = browser.get(ORDERS).content.decode()
    assert (
        f'href="{ORDERS}propose/"' in listing and f'<a href="{ORDERS}add/' not in listing.partition("object-tools")[2]
    )
    assert browser.get(f"{ORDERS}add/")["Location"] == f"{ORDERS}propose/"
    assert browser.get(f"{ORDERS}add/?period=2023")["Location"] == f"{ORDERS}propose/?period=2023"
    choices = browser.get(f"{ORDERS}propose/").content.decode()
    assert '<option value="2023-Q4">2023, quarter 4</option>' in choices and 'value="2030"' not in choices
    assert "Use the proposals" not in words(browser.get(f"{ORDERS}propose/"))
    answered(statistician, period="2023-Q4", audience=AUTHORITY)
    answered(statistician)
    answered(statistician)
    answered(statistician, None, state="OPEN", period="2022")
    page = browser.get(f"{ORDERS}propose/", headers=DANISH).content.decode()
    offers = re.findall(r'<th scope="row">([^<]+)</th><td><a href="([^"]+)">Brug forslagene fra \d', page)
    assert [name for name, _ in offers] == ["2023, offentligheden", "4. kvartal 2023, myndigheder"]
    assert ticks(browser.get(unescape(offers[0][1])).content.decode()) == ["*", "TOTAL", "gender", "region"]


def test_without_proposals_the_form_leads_to_them(browser: Browser) -> None:
    page = browser.get(f"{ORDERS}add/?period=2023&audience=public").content.decode()
    assert ticks(page) == []
    link = re.search(r'<a href="([^"]+)">Ask for proposals first\.</a>', page)
    assert link and unescape(link[1]) == f"{ORDERS}propose/?period=2023&audience=public"
    asked = browser.get(unescape(link[1])).content.decode()
    assert 'value="2023"' in asked and '<option value="public" selected>' in asked


def test_nothing_in_the_form_is_typed_as_json(browser: Browser, statistician: User) -> None:
    answered(statistician)
    page = browser.get(f"{ORDERS}add/?period=2023&audience=public").content.decode()
    texts = ["change_notes_da", "change_notes_en", "reason_da", "reason_en"]
    assert re.findall(r'<textarea[^>]* name="(\w+)"', page) == texts
    assert set(re.findall(r'<input type="number" name="(\w+)"', page)) == {"threshold"}
    assert 'name="choice"' not in page


def test_an_answer_has_a_page_that_says_all_and_leads_to_the_form(browser: Browser, statistician: User) -> None:
    order = answered(statistician)
    page = browser.get(f"{ORDERS}{order.pk}/change/")
    text = words(page)
    assert "Citizenship – – – – There are too many figures." in text
    assert "Der er for mange tal." not in text
    assert "Table Persons in exact figures Share Figures hidden Doubt" in text
    assert "Gender 54 90% 1 0.13" in text
    assert "Region 12 20% 1 without bound not offered to readers by itself" in text
    assert f"{ORDERS}add/?period=2023&amp;audience=public" in page.content.decode()
    open_order = answered(statistician, None, state="OPEN")
    assert "add/?period" not in browser.get(f"{ORDERS}{open_order.pk}/change/").content.decode()


def test_who_only_looks_is_shown_no_figure_of_proposals(statistician: User) -> None:
    order = answered(statistician)
    auditor = signed_in(staff("ole", "auditor"))
    page = words(auditor.get(f"{ORDERS}{order.pk}/change/"))
    assert "54" not in numbers(page)
    assert f"{ORDERS}propose/" not in auditor.get(ORDERS).content.decode()
    for role in ("auditor", "approver", "case_manager", None):
        other = signed_in(staff(f"one-{role}", role))
        assert other.get(f"{ORDERS}propose/").status_code == 403
        assert other.post(f"{ORDERS}propose/", ORDER).status_code == 403
    assert BuildOrder.objects.count() == 1


def test_a_refused_order_leads_to_the_figures_that_are_to_be_decided(browser: Browser, statistician: User) -> None:
    fact = next(each for each in known_facts() if ";" in each.id and each.low)
    with pytest.raises(ReleaseRefused) as refused:
        check_facts([fact], [])
    order = BuildOrder.objects.create(**ORDER, user=statistician, state=FAILED, message=both(refused.value))
    page = browser.get(f"{ORDERS}{order.pk}/change/").content.decode()
    link = re.search(r'<a href="(/admin/statistics/factdecision/add/[^"]+)">Decide ([^<]+)</a>', page)
    assert link and unescape(link[2]) == words_of_fact(fact.id).en
    assert re.search(rf'<option value="{re.escape(fact.id)}" selected', browser.get(unescape(link[1])).content.decode())
