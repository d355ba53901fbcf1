"""The page of a release: how far it is, where it is read and what to do next; why one is withdrawn is said in both languages."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.codelists import CALL_LANGUAGE
from core.text import both
from stats.counting.cube import Options
from stats.models import AUTHORITY, PUBLIC, BuildOrder, DraftRefusal, Withdrawal
from stats.publishing.orders import FAILED_AUDIT
from tests.callers import Browser
from tests.people.visitors import signed_in, words
from tests.stats.drafts import MARGINS, built, look_at
from tests.stats.proposed import answered

pytestmark = pytest.mark.django_db
RELEASES, ORDERS = "/admin/statistics/release/", "/admin/statistics/buildorder/"
REASON = {"reason_da": "Sene afgørelser manglede.", "reason_en": "Late decisions were missing."}
LANGUAGES = pytest.mark.parametrize(
    ("language", "mine", "other"), [("da", *REASON.values()), ("en", *[*REASON.values()][::-1])]
)


def publish_two(statistician: User, approver: User) -> Browser:
    """Two published vintages of a year; the approver's browser."""
    browser = signed_in(approver)
    for vintage in (1, 2):
        built(PUBLIC, "2023", user=statistician, vintage=vintage, against=["2023.p1"][: vintage - 1])
        look_at(browser, f"2023.p{vintage}").post(f"{RELEASES}2023.p{vintage}/publish/", {"off_calendar": "on"})
    return browser


def test_a_published_release_says_who_published_it_when_and_where_it_is(statistician: User, approver: User) -> None:
    built(PUBLIC, "2023", user=statistician)
    browser = signed_in(approver)
    look_at(browser, "2023.p1").post(f"{RELEASES}2023.p1/publish/", {"off_calendar": "on"})
    for language, by in (("da", "af anna"), ("en", "by anna")):
        answer = browser.get(f"{RELEASES}2023.p1/change/", headers={"Accept-Language": language})
        page = reverse(f"release-{language}", args=["2023.p1"])
        assert f'<a href="{page}">{settings.HENVIS_ADDRESS}{page}</a>' in answer.content.decode()
        assert re.search(rf"\d {by}\b", words(answer))
        assert browser.get(page).status_code == 200
    built(AUTHORITY, "2023-Q4", user=statistician, against=["2023.p1"])
    look_at(browser, "2023-Q4.a1").post(f"{RELEASES}2023-Q4.a1/publish/", {"off_calendar": "on"})
    assert "Authorities read it in the API" in words(browser.get(f"{RELEASES}2023-Q4.a1/change/"))


def test_a_statistician_goes_on_from_a_published_release(statistician: User, approver: User) -> None:
    built(PUBLIC, "2023", user=statistician)
    look_at(signed_in(approver), "2023.p1").post(f"{RELEASES}2023.p1/publish/", {"off_calendar": "on"})
    browser = signed_in(statistician)
    page = browser.get(f"{RELEASES}2023.p1/change/").content.decode()
    for label in ("Write an erratum", "Order the next vintage"):
        link = re.search(rf'<a href="([^"]+)">{label}</a>', page)
        assert link
        assert re.search(r'value="2023(\.p1" selected)?', browser.get(unescape(link[1])).content.decode())


def test_a_next_vintage_is_offered_where_one_can_come(statistician: User, approver: User) -> None:
    """A closed year has two for authorities, and the first says what the second waits for."""
    ole, ida, against = signed_in(approver), signed_in(statistician), list[str]()
    for vintage, offered, hint in (
        (1, True, "once at least 10 records have changed"),
        (2, False, "No vintage comes after"),
    ):
        name = f"2022-Q4.a{vintage}"
        built(AUTHORITY, "2022-Q4", user=statistician, vintage=vintage, against=against)
        look_at(ole, name).post(f"{RELEASES}{name}/publish/", {"off_calendar": "on"})
        page = words(ida.get(f"{RELEASES}{name}/change/"))
        assert (("Order the next vintage" in page), hint in page) == (offered, True)
        against = [name]


def test_code_lists_stand_by_their_labels_those_of_services_too(
    statistician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Options, "codelists", lambda _: {"gender": "1.0", "call_language": "1.0"})
    built(PUBLIC, "2023", user=statistician)
    page = words(signed_in(statistician).get(f"{RELEASES}2023.p1/change/"))
    assert f"{CALL_LANGUAGE.label.en} 1.0, Gender 1.0" in page and "call_language" not in page


def test_a_built_draft_of_which_the_audit_failed_is_not_called_built(statistician: User) -> None:
    release = built(PUBLIC, "2023", user=statistician, passed=False)
    order = BuildOrder.objects.create(period="2023", audience=PUBLIC, user=statistician)
    BuildOrder.objects.filter(pk=order.pk).update(state="RUNNING")
    BuildOrder.objects.filter(pk=order.pk).update(state="DONE", release=release, message=both(FAILED_AUDIT))
    browser = signed_in(statistician)
    for path in ("/admin/", ORDERS, f"{ORDERS}{order.pk}/change/"):
        assert "built, but the disclosure check failed" in words(browser.get(path)), path
    assert "draft, but the disclosure check failed" in words(browser.get(RELEASES))
    page = browser.get(f"{ORDERS}{order.pk}/change/").content.decode()
    assert f'<a href="{ORDERS}add/?period=2023&amp;audience=public">Order with other tables</a>' in page
    assert "waiting-late" in browser.get("/admin/").content.decode()


def test_finished_orders_say_what_was_ordered_and_lead_on(statistician: User) -> None:
    release = built(PUBLIC, "2023", user=statistician)
    for kind, built_release in (("BUILD", release), ("PROPOSE", None)):
        order = BuildOrder.objects.create(kind=kind, period="2023", audience=PUBLIC, user=statistician)
        BuildOrder.objects.filter(pk=order.pk).update(state="RUNNING")
        BuildOrder.objects.filter(pk=order.pk).update(state="DONE", release=built_release)
    browser = signed_in(statistician)
    shown = words(browser.get("/admin/"))
    assert re.search(r"Draft: 2023, the public : ordered [^;]+; built ", shown)
    assert re.search(r"Proposals of tables: 2023, the public : ordered [^;]+; ready: choose tables", shown)
    build, propose = BuildOrder.objects.order_by("pk")
    assert f"{RELEASES}2023.p1/preview/" in browser.get(f"{ORDERS}{build.pk}/change/").content.decode()
    page = words(browser.get(f"{ORDERS}{build.pk}/change/"))
    assert "Draft: 2023, the public" in page and "Release: 2023, the public, vintage 1 (2023.p1)" in page
    assert "Result: –" in page
    assert "Choose tables and order" in words(browser.get(f"{ORDERS}{propose.pk}/change/"))


def test_an_order_whose_release_is_published_no_longer_waits(statistician: User, approver: User) -> None:
    release = built(PUBLIC, "2023", user=statistician)
    for kind, period, of_order in (("BUILD", "2023", release), ("PROPOSE", "2023", None), ("PROPOSE", "2022", None)):
        order = BuildOrder.objects.create(kind=kind, period=period, audience=PUBLIC, user=statistician)
        BuildOrder.objects.filter(pk=order.pk).update(state="RUNNING")
        BuildOrder.objects.filter(pk=order.pk).update(state="DONE", release=of_order)
    look_at(signed_in(approver), "2023.p1").post(f"{RELEASES}2023.p1/publish/", {"off_calendar": "on"})
    browser = signed_in(statistician)
    shown = words(browser.get("/admin/"))
    assert "2023, the public" not in shown and "Proposals of tables: 2022, the public" in shown
    # What is ordered after it waits.
    again = BuildOrder.objects.create(kind="PROPOSE", period="2023", audience=PUBLIC, user=statistician)
    BuildOrder.objects.filter(pk=again.pk).update(state="RUNNING")
    BuildOrder.objects.filter(pk=again.pk).update(state="DONE")
    assert "Proposals of tables: 2023, the public" in words(browser.get("/admin/"))


def test_the_parameters_of_noise_stand_where_there_is_noise_alone(statistician: User) -> None:
    built(PUBLIC, "2023", user=statistician)
    built(AUTHORITY, "2023-Q4", user=statistician)
    browser = signed_in(statistician)
    public, authorities = (
        re.sub(
            r"<details>.*?</details>", "", browser.get(f"{RELEASES}{each}/change/").content.decode(), flags=re.DOTALL
        )
        for each in ("2023.p1", "2023-Q4.a1")
    )
    assert "Threshold (T)" in public and "Threshold (T)" in authorities
    assert "Noise: none." in public and "of the noise" not in public
    assert "Greatest deviation of the noise (D): 5" in authorities and "Noise: none." not in authorities


def test_what_needs_no_protection_is_said_to_need_none(statistician: User, monkeypatch: pytest.MonkeyPatch) -> None:
    audit: Any = MARGINS["audit"]
    monkeypatch.setitem(audit, "region", {"cells": {}, "public": {}})
    built(PUBLIC, "2023", user=statistician)
    page = signed_in(statistician).get(f"{RELEASES}2023.p1/preview/").content.decode()
    assert re.search(r"<dt>Room to spare, Region</dt>\s*<dd>no figures here need protection</dd>", page)
    assert not re.search(r"<d[td]>\s*</d[td]>", page)


def test_withdrawing_asks_for_a_replacement_and_a_reason_in_both_languages(statistician: User, approver: User) -> None:
    browser, address = publish_two(statistician, approver), f"{RELEASES}2023.p1/withdraw/"
    assert "2023, the public, vintage 2 (2023.p2)" in words(browser.get(address))
    for wrong in (
        {},
        {"replacement": "2023.p2"},
        {"replacement": "2023.p1", **REASON},
        {"replacement": "2023.p2", "reason_da": REASON["reason_da"]},
        {"replacement": "2023.p2", **REASON, "reason_en": "Late\u200b decisions were missing."},
    ):
        words(browser.post(address, wrong))
        assert not Withdrawal.objects.exists()
    page = words(browser.post(address, {"replacement": "2023.p2", **REASON}, follow=True))
    assert "Vintage 1 of 2023 for the public is withdrawn and replaced by vintage 2 of 2023 for the public." in page
    assert "Replaced by 2023, the public, vintage 2 (2023.p2)" in page
    assert Withdrawal.objects.get().user == approver
    assert address not in browser.get(f"{RELEASES}2023.p1/change/").content.decode()


def test_no_earlier_vintage_is_offered_in_place_of_the_newest(statistician: User, approver: User) -> None:
    browser, address = publish_two(statistician, approver), f"{RELEASES}2023.p2/withdraw/"
    assert "(2023.p1)" not in words(browser.get(address))
    browser.post(address, {"replacement": "2023.p1", **REASON})
    assert not Withdrawal.objects.exists()
    page = words(browser.sure(address, {"replacement": "", **REASON}, follow=True))
    assert "waits for a second approver" in page and not Withdrawal.objects.exists()


@LANGUAGES
def test_readers_and_staff_read_the_reason_in_their_language(
    statistician: User, approver: User, language: str, mine: str, other: str
) -> None:
    browser = publish_two(statistician, approver)
    browser.post(f"{RELEASES}2023.p1/withdraw/", {"replacement": "2023.p2", **REASON})
    for path in (f"{RELEASES}2023.p1/change/", reverse(f"release-{language}", args=["2023.p1"])):
        shown = words(browser.get(path, headers={"Accept-Language": language}))
        assert (mine in shown, other in shown) == (True, False), path


def test_a_figure_that_there_is_not_is_refused_with_those_near_it(statistician: User) -> None:
    browser, path = signed_in(statistician), "/admin/statistics/factdecision/add/"
    assert "A decision is needed only where the server refuses an order" in words(
        browser.get(path.removesuffix("add/"))
    )
    form = browser.get(path).content.decode()
    assert re.search(r'<optgroup label="2020">\s*<option value="2020">2020, in all \(\d+', form)
    answer = browser.post(path, {"fact": "2020;gender=Q", "decision": "superseded", "reason": "Two counts."})
    assert re.search(r"No figure that others published has that name. Do you mean: 2020, Gender: \w+", words(answer))
    for name in ("reason", "text_da"):
        page = form if name == "reason" else browser.get("/admin/statistics/erratum/add/").content.decode()
        assert re.search(rf'<textarea name="{name}"', page)
        assert re.search(r"At most \d+ characters\.", page)


def test_who_ordered_is_told_who_goes_on_with_a_draft(statistician: User, approver: User) -> None:
    built(PUBLIC, "2023", user=statistician)
    path = f"{RELEASES}2023.p1/change/"
    assert "The draft is ready. Look through its tables; then an approver" in words(signed_in(statistician).get(path))
    assert "The draft is ready." not in words(signed_in(approver).get(path))


def test_a_form_that_a_question_follows_has_one_button_and_an_order_says_what_comes(statistician: User) -> None:
    browser, path = signed_in(statistician), f"{ORDERS}add/?period=2023&audience=public"
    answered(statistician)
    for language, button in (("da", "Videre"), ("en", "Continue")):
        page = browser.get(path, headers={"Accept-Language": language}).content.decode()
        assert re.findall(r'<input type="submit" value="([^"]+)"', page) == [button]
    wrong = browser.post(path, {"period": "23", "audience": "public"}).content.decode()
    assert re.findall(r'<input type="submit" value="([^"]+)"', wrong) == ["Continue"]
    done = browser.sure(path, {"period": "2023", "audience": "public", "tables": "*"}, follow=True)
    assert "it stands under “Waiting for you” on the first page" in words(done)


def test_releases_stand_in_words_and_acts_by_what_they_do(statistician: User, approver: User) -> None:
    built(AUTHORITY, "2023-Q4", user=statistician)
    publish_two(statistician, approver)
    browser, danish = signed_in(statistician), {"Accept-Language": "da"}
    table = browser.get(RELEASES, headers=danish).content.decode().partition('id="result_list"')[2]
    name = r'<th class="field-period_in_words[^>]*><a href="[^"]+">([^<]+)</a>'
    assert set(re.findall(name, table)) == {"2023, udgave 1", "2023, udgave 2", "4. kvartal 2023, udgave 1"}
    assert "af anna" in table and ">–</td>" in table
    page = browser.get(f"{RELEASES}2023-Q4.a1/change/", headers=danish)
    assert "4. kvartal 2023, myndigheder, udgave 1 (2023-Q4.a1)" in words(page)
    path = "/admin/statistics/erratum/add/"
    form = browser.get(path, headers=danish)
    assert "2023, offentligheden, udgave 2 (2023.p2)" in words(form) and "Skriv en rettelse" in words(form)
    sent = {"release": "2023.p1", "text_da": "Fejl.", "text_en": "Error."}
    asked = browser.post(path, sent, headers=danish)
    assert "Skriv en rettelse?" in words(asked) and 'value="yes">Skriv en rettelse</button>' in asked.content.decode()
    assert "2023, offentligheden, udgave 1 (2023.p1)" in words(asked)
    assert "Skriv en rettelse" in words(browser.get("/admin/statistics/erratum/", headers=danish))
    assert "Tal:" in words(browser.get("/admin/statistics/factdecision/add/", headers=danish))


def test_the_list_is_filtered_by_the_audiences_that_it_has(statistician: User) -> None:
    for audience, period in ((PUBLIC, "2023"), (AUTHORITY, "2023-Q4")):
        built(audience, period, user=statistician)
    browser = signed_in(statistician)
    page = browser.get(f"{RELEASES}?audience=authority").content.decode()
    assert "2023-Q4.a1" in page and "2023.p1" not in page
    assert "the centre (" not in page


def test_who_goes_back_from_a_planned_moment_finds_it_in_the_form(statistician: User, approver: User) -> None:
    built(PUBLIC, "2023", user=statistician)
    browser, path = look_at(signed_in(approver), "2023.p1"), f"{RELEASES}2023.p1/schedule/"
    asked = browser.post(path, {"due_at": "2101-06-14T12:00"}).content.decode()
    assert '<button class="button" name="edit" value="yes">Edit</button>' in asked
    kept = re.search(r'name="due_at" value="([^"]+)"', asked)
    assert kept
    again = browser.post(path, {"due_at": kept[1], "edit": "yes"}).content.decode()
    assert re.search(r'<input [^>]*name="due_at"[^>]*value="2101-06-14T12:00', again)
    assert 'name="exact"' not in again
    assert "errorlist" not in again


def test_no_order_asks_for_its_own_refusal(statistician: User, approver: User) -> None:
    """The first page and the list ask the same number of questions of one refused draft and of three."""
    browser, numbers = signed_in(statistician), []
    for vintage in (1, 2, 3):
        release = built(PUBLIC, "2023", user=statistician, vintage=vintage)
        order = BuildOrder.objects.create(kind="BUILD", period="2023", audience=PUBLIC, user=statistician)
        BuildOrder.objects.filter(pk=order.pk).update(state="RUNNING")
        BuildOrder.objects.filter(pk=order.pk).update(state="DONE", release=release)
        DraftRefusal.objects.create(release=release, reason="The total cannot be right.", user=approver)
        for page in ("/admin/", ORDERS):
            with CaptureQueriesContext(connection) as asked:
                assert words(browser.get(page)).count("refused by an approver") == vintage
            numbers.append(len(asked))
    assert numbers[2:4] == numbers[4:]
