"""Notices on the staff pages: created, written, reviewed and published by who may, and how far they have come."""

from __future__ import annotations

import html
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from notices import acknowledgements, reading, texts
from notices.choices import AcknowledgementKind
from notices.models import Crisis, Notice, NoticeText, ServiceStatus
from notices.staff.forms import tidy
from partners.models import AuditEvent
from partners.roles import MemberRole
from tests.api.asserts import body, problem
from tests.callers import Browser, Caller, as_web_server, make_caller
from tests.notices import world
from tests.pages.desk.conftest import at
from tests.people.visitors import signed_in, strict, text

pytestmark = pytest.mark.django_db
NOTICES, CRISES, SERVICES = (f"/admin/notices/{name}/" for name in ("notice", "crisis", "servicestatus"))
FORM = {
    "issuer_da": "Styrelsen <1>",
    "issuer_en": "The agency <2>",
    "subject_code": "TEST",
    "audience": "EVERYBODY",
    "severity": "Minor",
    "urgency": "Future",
    "certainty": "Likely",
    "regions": ["DK01", "DK02"],
    "language": "da",
    "valid_from": "2026-03-11T12:00",
    "valid_to": "2026-04-11T12:00",
}


def page(browser: Browser, path: str) -> str:
    """What a page says."""
    answer: Any = browser.get(path)
    assert answer.status_code == 200
    strict(answer)
    return html.unescape(answer.content.decode())


def test_a_notice_is_created_after_a_question_and_goes_back_to_what_was_typed() -> None:
    crisis, browser = world.declare(), signed_in(world.writer())
    form = {**FORM, "crisis": str(crisis.pk)}
    asked = browser.post(f"{NOTICES}add/", form).content.decode()
    assert "cannot be changed or deleted" in asked
    assert html.escape(FORM["issuer_da"]) in asked  # type: ignore[arg-type]
    assert not Notice.objects.exists()
    again = browser.post(f"{NOTICES}add/", {**form, "edit": "yes"}).content.decode()
    assert 'value="2026-03-11T12:00"' in again
    assert again.count("checked") == 2
    browser.sure(f"{NOTICES}add/", form)
    assert (Notice.objects.get().regions, Notice.objects.get().user) == (["DK01", "DK02"], world.writer())


def test_a_text_goes_through_the_pages_of_three_people() -> None:
    notice = world.create()
    writer, reader, publisher = (signed_in(each()) for each in (world.writer, world.reader, world.publisher))
    write = f"{NOTICES}{notice.pk}/write/da/"
    long = "Sundhedsmyndighederne anbefaler selvisolation."
    writer.sure(write, {**world.DANISH, "text": long, "is_finished": "on"})
    shown = page(writer, f"{NOTICES}{notice.pk}/change/")
    assert "too hard to read" in shown and "written, waiting for review" in shown
    writer.sure(write, {**world.DANISH, "is_finished": "on"})
    assert "LIX 12, easy for everybody" in page(writer, f"{NOTICES}{notice.pk}/change/")
    text = f"{NOTICES}text/{NoticeText.objects.latest('pk').pk}/"
    assert "I have read the text" not in page(writer, text)
    assert "so another person reviews it" in html.unescape(
        writer.post(text, {"act": "review"}, follow=True).content.decode()
    )
    assert "I have read the text" in page(reader, text)
    assert "The text is reviewed" in reader.post(text, {"act": "review"}, follow=True).content.decode()
    assert "Not read by a person who speaks the language" in page(reader, text)
    assert reader.post(text, {"act": "publish"}).status_code == 403
    assert "Publish the text" in page(publisher, text)
    assert "The text is published" in publisher.post(text, {"act": "publish"}, follow=True).content.decode()
    assert [*reading.get(notice.pk).texts] == ["da"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"by_speaker": "yes"}, "Læst af en person, der taler sproget."),
        ({}, "Ikke læst af en person, der taler sproget."),
    ],
)
def test_readers_are_told_whether_a_person_who_speaks_the_language_has_read_a_text(
    said: dict[str, str], told: str
) -> None:
    text = world.write(world.create())
    address = f"{NOTICES}text/{text.pk}/"
    signed_in(world.reader()).post(address, {"act": "review", **said})
    world.publish(text)
    assert f"<dd>{told}</dd>" in Browser().get(f"/da/varsler/{text.notice_id}/da/").content.decode()
    body = Browser().get(f"/api/v1/notices/{text.notice_id}?language=da").json()
    assert body["text"]["by_speaker"] == bool(said)


def test_whoever_translates_reads_the_first_text_in_its_lines() -> None:
    notice = world.create()
    world.write(notice, text="Ring først.\n<b>Kom</b> ikke.")
    answer: Any = signed_in(world.writer()).get(f"{NOTICES}{notice.pk}/write/en/")
    assert '<span lang="da" dir="ltr">Ring først.<br>&lt;b&gt;Kom&lt;/b&gt; ikke.</span>' in answer.content.decode()


def test_a_text_that_changed_meanwhile_is_not_published() -> None:
    text = world.write(world.create())
    world.review(text)
    world.write(text.notice)
    publisher = signed_in(world.publisher())
    answer = publisher.post(f"{NOTICES}text/{text.pk}/", {"act": "publish"}, follow=True)
    assert "a later text since you opened the page" in html.unescape(answer.content.decode())


def test_the_page_says_how_many_partners_have_seen_it(ngo: Caller, other_ngo: Caller) -> None:
    notice = world.create()
    browser = signed_in(world.writer())
    assert "partners" not in page(browser, f"{NOTICES}{notice.pk}/change/").partition("Languages")[2]
    world.make_public(notice)
    with as_web_server():
        acknowledgements.see(by=ngo.principal, number=notice.pk)
    make_caller("CENTRE")
    shown = page(browser, f"{NOTICES}{notice.pk}/change/")
    assert "<strong>1 of 2 partners</strong>" in shown
    assert other_ngo.partner.name in shown.partition("Have not seen the notice")[2]
    assert "1 of 2 partners" in page(browser, NOTICES)


def test_withdrawing_asks_which_notice_holds_instead() -> None:
    old, new, draft = world.create(), world.create(), world.create()
    for each in (old, new):
        world.make_public(each)
    browser, path = signed_in(world.publisher()), f"{NOTICES}{old.pk}/withdraw/"
    asked = page(browser, path)
    assert f'<option value="{new.pk}">{new}: {world.DANISH["title"]}</option>' in asked
    assert f'{old}: <span lang="da" dir="ltr">{world.DANISH["title"]}</span>' in asked
    assert f'value="{draft.pk}"' not in asked
    assert "The notice is withdrawn" in browser.sure(path, {"replacement": new.pk}, follow=True).content.decode()
    assert reading.get_any(old.pk).replacement == new.pk
    assert browser.get(path).status_code == 302


def test_a_crisis_shows_who_has_reported_and_is_ended(ngo: Caller) -> None:
    crisis = world.declare()
    browser = signed_in(world.writer())
    assert "0 of 1" in page(browser, f"{CRISES}{crisis.pk}/change/")
    # It is told by its title.
    assert f'<a href="{CRISES}{crisis.pk}/change/">Epidemic</a>' in page(browser, CRISES)
    assert f'<option value="{crisis.pk}">Epidemic</option>' in page(browser, f"{NOTICES}add/")
    path = f"{CRISES}{crisis.pk}/end/"
    assert "no forms of the crisis are expected" in page(browser, path)
    browser.sure(path, {"ended_on": crisis.started_on.isoformat()})
    assert Crisis.objects.get().end.ended_on == crisis.started_on
    assert browser.get(path).status_code == 302
    assert signed_in(world.publisher()).get(path).status_code == 403


@pytest.mark.parametrize(
    ("typed", "is_one_line", "kept"),
    [
        ("a\r\nb\x0bc", False, "a\nb\nc"),
        ("a\x00\x07b", True, "ab"),
        ("a\ufffe\ud800\u202eb\u200fc", True, "ab\u200fc"),
        ("  a\n\n b ", True, "a b"),
        ("a\n\nb\n", False, "a\n\nb"),
    ],
)
def test_texts_have_no_control_characters(typed: str, is_one_line: bool, kept: str) -> None:
    assert tidy(typed, is_one_line=is_one_line) == kept


def test_what_is_nothing_but_signs_that_nobody_sees_is_missing() -> None:
    notice = world.create()
    answer = signed_in(world.writer()).sure(f"{NOTICES}{notice.pk}/write/da/", {**world.DANISH, "title": "\x01\x02"})
    assert "This field is required" in answer.content.decode()
    assert not NoticeText.objects.exists()


def test_who_reads_a_text_through_sees_whose_it_is_and_where_it_leads() -> None:
    earlier = world.create()
    world.make_public(earlier)
    notice = world.create(source="https://www.sst.dk/virus", supersedes=earlier)
    path = f"{NOTICES}text/{world.write(notice).pk}/"
    for user in (world.reader(), world.publisher()):
        shown = page(signed_in(user), path)
        assert "Danish Health Authority" in shown and "https://www.sst.dk/virus" in shown
        assert str(earlier) in shown.partition("Comes in place of")[2]


def test_a_crisis_and_an_authority_have_names_that_every_file_takes() -> None:
    browser = signed_in(world.writer())
    form = {"code": "virus", "title_da": "Epi\x0bdemi", "title_en": "Epi\ufffedemic", "started_on": "2026-03-11"}
    browser.sure(f"{CRISES}add/", form)
    crisis = Crisis.objects.get()
    assert (crisis.title_da, crisis.title_en) == ("Epi demi", "Epidemic")
    browser.sure(f"{NOTICES}add/", {**FORM, "crisis": str(crisis.pk), "issuer_da": "Styrel\x1bsen"})
    assert Notice.objects.get().issuer_da == "Styrelsen"


def test_an_address_that_a_partner_took_away_is_shown_to_nobody(ngo: Caller) -> None:
    place = "/api/v1/services/SHELTER/DK01"
    ngo.put(place, {"state_code": "OPEN", "address": "Skjulte Gade 1"})
    browser = signed_in(world.publisher())
    assert "Skjulte Gade 1" in page(browser, SERVICES)
    ngo.put(place, {"state_code": "OPEN"})
    assert [*ServiceStatus.objects.values_list("address", flat=True)] == ["", ""]
    assert page(browser, SERVICES).count("in force") == page(browser, SERVICES).count("replaced") == 1
    assert "until further notice" in page(browser, SERVICES)
    shown = [page(browser, f"{SERVICES}{row.pk}/change/") for row in ServiceStatus.objects.all()]
    assert "Skjulte" not in "".join([page(browser, SERVICES), *shown])


def test_staff_take_an_address_down_until_the_partner_says_it_anew(ngo: Caller) -> None:
    place, sent = "/api/v1/services/SHELTER/DK01", {"state_code": "OPEN", "address": "Skjulte Gade 1"}
    ngo.put(place, sent)
    row = ServiceStatus.objects.get()
    form = {"action": "take_address_down", "_selected_action": str(row.pk)}
    assert "Take the address down" not in page(signed_in(world.publisher()), f"{SERVICES}{row.pk}/change/")
    browser = signed_in(world.writer())
    assert "Take the address down" in page(browser, f"{SERVICES}{row.pk}/change/")
    signed_in(world.publisher()).sure(SERVICES, form)
    assert "Skjulte Gade 1" in text(browser.get("/en/services/"))
    done = html.unescape(browser.sure(SERVICES, form, follow=True).content.decode())
    assert f"{ngo.partner}, " in done and "The address is taken down." in done and "taken down by wanda" in done
    assert "Address: not shown, call the hotline" in text(browser.get("/en/services/"))
    assert "Skjulte" not in str([*ServiceStatus.objects.values()])
    event = AuditEvent.objects.get(action="service.take_down")
    assert (event.subject, event.user, event.detail) == (
        str(ngo.partner.pk),
        world.writer(),
        {"service_place": "SHELTER", "service_region": "DK01"},
    )
    desk = at(ngo.partner, MemberRole.CASEWORKER, "mette")
    assert '<a href="/send/services/">The centre has taken the address of a service down' in page(desk, "/send/")
    assert "The centre has taken the address down, and it is deleted." in page(desk, "/send/services/")
    again = browser.sure(SERVICES, form, follow=True).content.decode()
    assert "The address is not there any more." in html.unescape(again)
    # A program that sends the same each night does not bring it back, whatever it says in between.
    problem(ngo.put(place, sent), "address_taken_down")
    assert body(ngo.put(place, {"state_code": "CLOSED"}))["address_taken_down"] is True
    problem(ngo.put(place, sent), "address_taken_down")
    assert "Skjulte" not in text(browser.get("/en/services/")) + str([*ServiceStatus.objects.values()])
    assert "address of a service down" in page(desk, "/send/")
    # A person who says it without the address has answered; who says the address opens the way for the program.
    said = {"place": "SHELTER", "region": "DK01", "state": "CLOSED", "until": "", "address": ""}
    desk.post("/send/services/", said)
    assert "address of a service down" not in page(desk, "/send/")
    problem(ngo.put(place, sent), "address_taken_down")
    desk.post("/send/services/", {**said, "address": "Skjulte Gade 1"})
    assert body(ngo.put(place, sent))["address_taken_down"] is False
    assert "Skjulte Gade 1" in text(browser.get("/en/services/"))
    # A second time staff are heard again.
    browser.sure(SERVICES, {**form, "_selected_action": str(ServiceStatus.objects.latest("pk").pk)})
    assert "address of a service down" in page(desk, "/send/")


def test_every_kind_of_acknowledgement_is_one_of_the_two() -> None:
    assert {*map(str, AcknowledgementKind)} == {"SEEN", "HANDED_ON"}


def test_a_notice_is_of_a_crisis_that_lasts_and_comes_in_place_of_one_that_was_read() -> None:
    notice, draft = world.create(), world.create()
    world.make_public(notice)
    browser = signed_in(world.writer())
    shown = page(browser, f"{NOTICES}add/")
    assert f'<option value="{notice.pk}">' in shown
    assert f'<option value="{draft.pk}">' not in shown.partition('name="supersedes"')[2].partition("</select>")[0]
    crisis = notice.crisis
    with as_web_server():
        texts.end_crisis(by=world.writer(), crisis=crisis, ended_on=crisis.started_on)
    answer = browser.sure(f"{NOTICES}add/", {**FORM, "crisis": str(crisis.pk)})
    assert answer.status_code == 200
    assert "errornote" in answer.content.decode()
    assert Notice.objects.count() == 2


def test_after_a_restore_every_address_is_taken_down_at_once(ngo: Caller, other_ngo: Caller) -> None:
    sent = {"state_code": "OPEN", "address": "Skjulte Gade 1"}
    for caller in (ngo, other_ngo):
        caller.put("/api/v1/services/SHELTER/DK01", sent)
    other_ngo.put("/api/v1/services/DROP_IN/DK02", {"state_code": "OPEN"})
    for name in ("nobody", world.publisher().username):
        with pytest.raises(CommandError):
            call_command("services", "take-addresses-down", user=name)
    assert ServiceStatus.objects.filter(address="").count() == 1
    out = StringIO()
    call_command("services", "take-addresses-down", user=world.writer().username, stdout=out)
    assert out.getvalue().startswith("2 addresses are taken down.")
    assert "Skjulte" not in str([*ServiceStatus.objects.values()])
    assert AuditEvent.objects.filter(action="service.take_down", user=world.writer()).count() == 2
    problem(ngo.put("/api/v1/services/SHELTER/DK01", sent), "address_taken_down")
