"""Notices by the API: as JSON in each language with its fallback, as a feed and as CAP; withdrawn with the replacement."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.conf import settings
from django.utils import timezone

from cases.invented import MARK
from notices.choices import CERTAINTY, SEVERITY, URGENCY
from notices.languages import LANGUAGES
from notices.models import Notice, NoticePublication, NoticeSheet
from tests.api.asserts import body, findings, problem
from tests.callers import Browser
from tests.invented import ask_anew
from tests.notices import atom_rules, world
from tests.notices.cap_tables import NAMESPACE, faults_of

pytestmark = pytest.mark.django_db
NOTICES = "/api/v1/notices"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def notice() -> Notice:
    """A notice in Danish, English and Arabic."""
    made = world.create(regions=["DK01"])
    world.make_public(made, "da", "en", "ar")
    return made


def get(path: str, **headers: str) -> Any:
    """An answer for everybody."""
    return Browser().get(path, headers=headers)


def cap(number: int) -> tuple[Any, list[str]]:
    """The message of a notice, with what of the tables of CAP it breaks."""
    answer = get(f"{NOTICES}/{number}/cap")
    assert answer["Content-Type"] == "application/cap+xml"
    return fromstring(answer.content), faults_of(answer.content)


def said(element: Any, *path: str) -> str | None:
    """The text of an element of CAP."""
    found: str | None = element.findtext("/".join(f"{{{NAMESPACE}}}{each}" for each in path))
    return found


def test_a_notice_is_read_in_the_language_that_is_asked_for(notice: Notice) -> None:
    arabic = body(get(f"{NOTICES}/{notice.pk}?language=ar"))["text"]
    assert (arabic["title"], arabic["direction"]) == (world.ARABIC["title"], "rtl")
    assert (arabic["is_fallback"], arabic["fallback_note"]) == (False, None)
    assert body(get(f"{NOTICES}/{notice.pk}", accept_language="ar;q=0.9, xx"))["text"]["language"] == "ar"


def test_a_language_that_is_missing_is_replaced_in_a_stated_order_and_says_so(notice: Notice) -> None:
    text = body(get(f"{NOTICES}/{notice.pk}?language=th"))["text"]
    assert (text["language"], text["requested_language"], text["is_fallback"]) == ("en", "th", True)
    assert text["fallback_note"] == f"{LANGUAGES['th'].missing} ↓ อังกฤษ"
    only_danish = world.create()
    world.make_public(only_danish)
    assert body(get(f"{NOTICES}/{only_danish.pk}?language=th"))["text"]["language"] == "da"


def test_the_list_has_what_holds_and_the_languages_that_there_are(notice: Notice) -> None:
    past = world.create(valid_from=timezone.now() - timedelta(days=3), valid_to=timezone.now() - timedelta(days=1))
    world.make_public(past)
    world.write(world.create())
    [item] = body(get(NOTICES))["items"]
    assert item["id"] == notice.pk
    assert [each["language"] for each in item["languages"]] == ["da", "en", "ar"]
    assert body(get(f"{NOTICES}/{past.pk}"))["id"] == past.pk


def test_a_region_gets_its_own_notices_and_those_of_the_country(notice: Notice) -> None:
    everywhere = world.create()
    world.make_public(everywhere)
    ids = {each["id"] for each in body(get(f"{NOTICES}?region=DK01"))["items"]}
    assert ids == {notice.pk, everywhere.pk}
    assert [each["id"] for each in body(get(f"{NOTICES}?region=DK05"))["items"]] == [everywhere.pk]
    assert findings(get(f"{NOTICES}?region=DK09"), "invalid_parameter") == [("region", "value_not_allowed")]
    assert findings(get(f"{NOTICES}?language=xx"), "invalid_parameter") == [("language", "value_not_allowed")]


def test_a_withdrawn_notice_is_gone_and_names_its_replacement(notice: Notice) -> None:
    new = world.create()
    world.make_public(new)
    world.withdraw(notice, new)
    for end in ("", "/en/pdf"):
        answer = get(f"{NOTICES}/{notice.pk}{end}")
        place = f"http://testserver{NOTICES}/{new.pk}"
        assert problem(answer, "notice_withdrawn")["errors"][0]["replaced_by"] == [place]
        assert (answer.status_code, answer["Link"]) == (410, f'<{place}>; rel="successor-version"')
    world.withdraw(new)
    for each in (notice, new):
        assert "errors" not in problem(get(f"{NOTICES}/{each.pk}"), "notice_withdrawn")


def test_what_is_not_published_is_not_there() -> None:
    text = world.write(world.create())
    for path in (f"{NOTICES}/{text.notice_id}", f"{NOTICES}/{text.notice_id}/cap", f"{NOTICES}/x", f"{NOTICES}/0"):
        problem(get(path), "not_found")


def test_the_message_of_cap_keeps_the_tables(notice: Notice) -> None:
    root, faults = cap(notice.pk)
    assert faults == []
    infos = root.findall(f"{{{NAMESPACE}}}info")
    assert [said(each, "language") for each in infos] == ["da", "en", "ar"]
    assert said(infos[2], "headline") == world.ARABIC["title"]
    assert said(infos[2], "parameter", "value") == world.ARABIC["sms"]
    assert said(infos[0], "area", "geocode", "value") == "DK01"
    assert [said(root, each) for each in ("status", "msgType", "scope")] == ["Actual", "Update", "Public"]
    assert len((said(root, "references") or "").split()) == 2


@pytest.mark.parametrize("regions", [[], ["DK01", "DK05"]])
def test_every_degree_and_place_that_staff_may_choose_keeps_the_tables(regions: list[str]) -> None:
    degrees = zip(SEVERITY, URGENCY, CERTAINTY, strict=True)
    for severity, urgency, certainty in degrees:
        notice = world.create(severity=severity, urgency=urgency, certainty=certainty, regions=regions)
        world.make_public(notice)
        root, faults = cap(notice.pk)
        assert faults == []
        assert len(root.findall(f".//{{{NAMESPACE}}}area")) == max(1, len(regions))


def test_the_first_message_is_an_alert_and_a_withdrawal_cancels_all(notice: Notice) -> None:
    first = world.create()
    world.make_public(first)
    root, faults = cap(first.pk)
    assert (said(root, "msgType"), said(root, "references"), faults) == ("Alert", None, [])
    world.withdraw(notice)
    root, faults = cap(notice.pk)
    assert (said(root, "msgType"), faults) == ("Cancel", [])
    # What was withdrawn may have told too much.
    assert root.findall(f"{{{NAMESPACE}}}info") == []
    assert len((said(root, "references") or "").split()) == 3


def test_a_notice_that_comes_in_place_of_another_updates_its_messages(notice: Notice) -> None:
    later = world.create(supersedes=notice)
    world.make_public(later)
    root, faults = cap(later.pk)
    assert (said(root, "msgType"), faults) == ("Update", [])
    assert f"notice-{notice.pk}-3" in (said(root, "references") or "")
    # What is sent does not change: a message names none that came after it.
    before = get(f"{NOTICES}/{later.pk}/cap").content
    world.withdraw(notice, later)
    assert get(f"{NOTICES}/{later.pk}/cap").content == before


def test_invented_records_alarm_nobody(notice: Notice) -> None:
    ask_anew()
    root, faults = cap(notice.pk)
    assert (said(root, "status"), said(root, "note"), faults) == ("Test", " ".join(MARK), [])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<scope>Public</scope>", "", "alert/scope: missing"),
        ("<urgency>Expected</urgency>", "<urgency>Soon</urgency>", "alert/info/urgency: value"),
        ("<category>Health</category>", "<category>Health</category><event>x</event>", "alert/info/event: repeated"),
        ("<language>da</language>", "<language>en</language>", "alert/info: language repeated"),
        ("<msgType>Update</msgType>", "<msgType>Update</msgType><color>red</color>", "alert/color: unknown"),
        ("</sent>", "Z</sent>", "alert/sent: form"),
        ("<sender>", "<sender>a b", "alert/sender: form"),
        ("<status>Actual</status>", "<status>Trial</status>", "alert/status: value"),
        ("<scope>Public</scope>", "<scope>Private</scope>", "alert/addresses: missing"),
        ("<scope>Public</scope>", "<scope>Restricted</scope>", "alert/restriction: missing"),
        ("<references>", "<references>nobody ", "alert/references: form"),
        ("<msgType>Update</msgType>", "<scope>Public</scope><msgType>Update</msgType>", "alert: order"),
        ("<category>Health</category>", "", "alert/info/category: missing"),
        ("<web>", "<web>see ", "alert/info/web: form"),
        ("<valueName>henvis:sms</valueName>", "", "alert/info/parameter/valueName: missing"),
        ("<area>", "<area><circle>55,12</circle>", "alert/info/area/circle: form"),
        ("<area>", "<area><polygon>55,12 56,12 56,13 55,13</polygon>", "alert/info/area/polygon: form"),
        ("</geocode>", "</geocode><ceiling>9</ceiling>", "alert/info/area/altitude: missing"),
        ("<info>", '<info id="1">', "alert/info: more than elements"),
    ],
)
def test_the_tables_find_what_is_wrong(notice: Notice, old: str, new: str, fault: str) -> None:
    content = get(f"{NOTICES}/{notice.pk}/cap").content.decode()
    assert old in content
    assert fault in faults_of(content.replace(old, new, 1).encode())


def test_the_feed_has_what_rfc_4287_asks_for(notice: Notice) -> None:
    gone = world.create()
    world.make_public(gone, "da", "en")
    world.withdraw(gone, notice)
    answer = get(f"{NOTICES}.atom?language=ar")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = fromstring(answer.content)
    assert atom_rules.faults_of(answer.content) == []
    entries = feed.findall(f"{ATOM}entry")
    titles = [each.findtext(f"{ATOM}title") or "" for each in entries]
    assert titles == [f"Withdrawn: {world.ENGLISH['title']}", world.ARABIC["title"]]
    assert len({each.findtext(f"{ATOM}id") for each in entries}) == 2
    assert [each.get(LANG) for each in entries] == ["en", "ar"]
    summary = entries[0].findtext(f"{ATOM}summary") or ""
    assert LANGUAGES["ar"].missing in summary and world.ENGLISH["text"] not in summary


def test_a_feed_is_one_of_a_language_also_while_it_is_empty() -> None:
    feeds = [get(f"{NOTICES}.atom?language={tag}").content for tag in LANGUAGES]
    assert [atom_rules.faults_of(each) for each in feeds] == [[]] * len(LANGUAGES)
    assert len({fromstring(each).findtext(f"{ATOM}id") for each in feeds}) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<updated>", "<updated>on ", "feed/updated: form"),
        ("<title>", "<title>x</title><title>", "feed/title: repeated"),
        ('<summary type="html">', '<summary type="html"><b>x</b>', "entry/summary: markup"),
        ('rel="alternate"', 'rel="related"', "entry/link: no alternate"),
        ('rel="self"', 'rel="alternate"', "feed/link: two alternates alike"),
        ('rel="self"', 'rel="next"', "feed/link: no self"),
        ("<id>http://", "<id>", "feed/id: form"),
        ("<author>", "<writer/><author>", "feed/writer: unknown"),
        ("<name>", "<nick>x</nick><name>", "feed/author/nick: unknown"),
    ],
)
def test_the_rules_find_what_is_wrong(notice: Notice, old: str, new: str, fault: str) -> None:
    content = get(f"{NOTICES}.atom?language=da").content.decode()
    assert old in content
    assert fault in atom_rules.faults_of(content.replace(old, new).encode())


def test_the_sheet_is_there_once_it_is_made(notice: Notice) -> None:
    path = f"{NOTICES}/{notice.pk}/ar/pdf"
    problem(get(path), "not_found")
    row = NoticePublication.objects.get(notice=notice, language="ar")
    NoticeSheet.objects.create(of=row, pdf=b"%PDF-1.7 x", digest="0" * 64)
    answer = get(path)
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.7 x", "application/pdf")
    assert get(path, if_none_match=answer["ETag"]).status_code == 304
    pdfs = {each["language"]: each["pdf"] for each in body(get(f"{NOTICES}/{notice.pk}"))["languages"]}
    assert (pdfs["da"], pdfs["ar"]) == (None, f"http://testserver{path}")


def test_a_page_stands_at_the_address_of_the_service(notice: Notice) -> None:
    pages = [each["page"] for each in body(get(f"{NOTICES}/{notice.pk}"))["languages"]]
    assert pages[2] == f"{settings.HENVIS_ADDRESS}/en/notices/{notice.pk}/ar/"


def test_crises_say_which_forms_they_ask_for() -> None:
    crisis = world.declare()
    [item] = body(get("/api/v1/crises"))["items"]
    assert (item["code"], item["forms"], item["ended_on"]) == (crisis.code, ["SITUATION"], None)


def test_markup_in_a_text_is_no_markup_in_a_feed_or_a_message() -> None:
    notice = world.create()
    text = world.write(notice, title="a < b & c", text="<b>x</b>\ny")
    world.review(text)
    world.publish(text)
    entry = fromstring(get(f"{NOTICES}.atom?language=da").content).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "a < b & c"
    assert entry.findtext(f"{ATOM}summary") == "<p>&lt;b&gt;x&lt;/b&gt;<br>y</p>"
    root, faults = cap(notice.pk)
    assert (said(root, "info", "description"), faults) == ("<b>x</b>\ny", [])
