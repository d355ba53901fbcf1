"""Counts of services on the desk: which forms are expected, and a form that is filled in, corrected, or answered with nothing."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest

from cases.months import later, month_id, this_month
from cases.services.forms import FORMS, OUTREACH, SHELTER
from cases.services.models import CountReport
from cases.services.periods import CountPeriod
from cases.services.shapes import CountPeriodKind
from partners.models import AuditEvent, Partner, RecordRead
from partners.roles import MemberRole
from tests.callers import Browser, Caller, make_caller
from tests.cases.services.world import assign
from tests.cases.windows.world import set_window
from tests.pages.desk.conftest import at, renew_agreement
from tests.people.visitors import strict, text

pytestmark = pytest.mark.django_db
LIST = "/send/counts/"
MARCH = f"{LIST}OUTREACH/2025-03/"
VISIT = {"region": "DK01", "setting": "STREET", "activity": "VISIT"}
NOTHING = {"visits": "nothing", "contacts": "nothing"}


def lines(table: str, *rows: dict[str, Any]) -> dict[str, str]:
    """Lines of a table, as the form sends them."""
    fields = {f"{table}-{place}-{name}": str(value) for place, row in enumerate(rows) for name, value in row.items()}
    return {table: "lines", f"{table}-lines": str(len(rows)), **fields}


def said(page: str, language: str = "en") -> str:
    """The words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def sent(browser: Browser, data: dict[str, str], path: str = MARCH) -> Any:
    """The answer to a form that was sent."""
    return browser.post(f"{path}send/", data)


def content() -> Any:
    """The numbers of the one report that holds."""
    return CountReport.objects.current().get().content


def test_a_form_is_filled_in_and_seen_again(caseworker: Browser, reader: Browser) -> None:
    visits = lines("visits", {**VISIT, "visits": 12, "addresses": ""}, {**VISIT, "region": "DK02", "visits": 0})
    answer = sent(caseworker, {**visits, "contacts": "unknown"})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert content() == {
        "visits": [
            {**VISIT, "visits": 12, "addresses": None},
            {**VISIT, "region": "DK02", "visits": 0, "addresses": None},
        ]
    }
    assert "The form is reported: Outreach, March 2025." in text(caseworker.get(LIST))
    form = text(caseworker.get(MARCH))
    assert 'value="12"' in form and 'name="version" value="1"' in form
    assert re.search(r'id="contacts-unknown"[^>]*checked', form)
    page = said(text(reader.get(MARCH)))
    assert "12 not known" in page and "We do not know the numbers" in page


def test_the_lines_of_the_report_before_are_copied_without_their_numbers(caseworker: Browser, reader: Browser) -> None:
    visits = lines("visits", {**VISIT, "visits": 12, "addresses": 7}, {**VISIT, "region": "DK02", "visits": 13})
    sent(caseworker, {**visits, "contacts": "nothing"})
    april, copy = f"{LIST}OUTREACH/2025-04/", f"{LIST}OUTREACH/2025-04/?lines=earlier"
    assert "Use the same lines as in March 2025" in said(text(caseworker.get(april)))
    assert "Use the same lines" not in text(caseworker.get(f"{LIST}OUTREACH/2025-02/"))
    for browser in (reader, caseworker):
        RecordRead.objects.filter(operation="desk/count").delete()
        page = text(browser.get(copy))
        chosen = re.findall(r'name="visits-(\d)-region".*?<option value="(\w+)" selected>', page, re.DOTALL)
        assert chosen == ([("0", "DK01"), ("1", "DK02")] if browser is caseworker else [])
        assert 'value="12"' not in page and 'value="13"' not in page and 'value="7"' not in page
        assert RecordRead.objects.filter(operation="desk/count").count() == len(chosen[:1])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_form_has_a_page_made_from_the_table(caseworker: Browser, form: str, language: str) -> None:
    shape = FORMS[form]
    period = CountPeriod.holding(shape.period, date(2025, 3, 12)).id
    answer = caseworker.get(f"{LIST}{form}/{period}/", headers={"Accept-Language": language})
    strict(answer)
    page = said(text(answer))
    for table, measure in shape.measures():
        assert table.label(language) in page and measure.label(language) in page
        for dimension in table.dimensions:
            assert dimension.label(language) in page
            assert all(code.label(language) in page for code in dimension.codelist.codes if code.valid_to is None)


def test_a_line_is_added_and_removed_without_a_script_and_nothing_is_stored(caseworker: Browser) -> None:
    data = {**lines("visits", {**VISIT, "visits": 7}), "contacts": "nothing", "contacts-lines": "0"}
    answer = sent(caseworker, {**data, "add": "visits"})
    page = text(answer)
    assert answer.status_code == 200
    assert 'name="visits-lines" value="2"' in page and 'id="visits-1-region"' in page and 'value="7"' in page
    page = text(sent(caseworker, {**data, **lines("visits", {"visits": 1}, {"visits": 2}), "remove": "visits-0"}))
    assert 'name="visits-lines" value="1"' in page and 'value="2"' in page
    assert not CountReport.objects.exists()


def test_enter_in_a_field_sends_the_form_and_removes_no_line(caseworker: Browser) -> None:
    """A browser presses the first button of a form."""
    page = text(caseworker.get(MARCH))
    form = page[page.index(f'action="{MARCH}send/"') :]
    first = re.search(r"<button[^>]*>", form)
    assert first and "name=" not in first[0] and "formaction" not in first[0]


def test_every_fault_is_told_at_its_field_in_words(caseworker: Browser) -> None:
    blank = {"region": "", "visits": ""}
    wrong = {"region": "Mette", "setting": "STREET", "visits": "12345678", "addresses": "x"}
    contact = {**VISIT, "gender": "F", "citizenship_group": "NON_EU"}
    twice = [{**contact, "contacts": 1}, {**contact, "contacts": 2}]
    answer = sent(caseworker, {**lines("visits", blank, wrong), **lines("contacts", *twice)})
    page = text(answer)
    assert answer.status_code == 200
    for field in ("visits-1-region", "visits-1-activity", "visits-1-visits", "visits-1-addresses"):
        assert f'href="#{field}"' in page and f'id="{field}-error"' in page
    assert 'href="#line-contacts-1"' in page and "Two lines have the same answers" in page
    assert "visits-0-region-error" not in page  # a line of which every field is empty is none
    assert "Mette" not in page and "12345678" not in page
    assert "allowed" not in said(page)
    assert not CountReport.objects.exists()


def test_the_rules_of_the_api_hold_on_the_page(caseworker: Browser) -> None:
    path = f"{LIST}SHELTER/2025-02/"
    place = {"region": "DK01", "places_for": "WOMEN", "places": 1, "nights": 29}
    page = text(sent(caseworker, {**lines("places", place), "moves": "nothing"}, path))
    assert 'href="#places-0-nights"' in page and SHELTER.checks[0].detail.en in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"contacts": "nothing"}, "Fill in a line, or choose"),
        ({**lines("visits", VISIT), "visits": "nothing", "contacts": "nothing"}, "There are lines below"),
        ({"visits": "unknown", "contacts": "unknown"}, "a form of which nothing is known cannot be sent"),
    ],
)
def test_what_is_known_of_a_table_is_said_and_never_guessed(
    caseworker: Browser, data: dict[str, str], words: str
) -> None:
    assert words in said(text(sent(caseworker, data)))
    assert not CountReport.objects.exists()


def test_a_correction_names_its_version_and_a_conflict_is_told(caseworker: Browser, manager: Browser) -> None:
    sent(caseworker, NOTHING)
    first = {**lines("visits", {**VISIT, "visits": 3}), "contacts": "nothing", "version": "1"}
    assert sent(manager, first).status_code == 302
    second = {**lines("visits", {**VISIT, "visits": 4}), "contacts": "nothing", "version": "1"}
    answer = sent(caseworker, second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The form has changed meanwhile" in page and 'name="version" value="2"' in page and 'value="4"' in page
    assert content()["visits"][0]["visits"] == 3
    assert sent(caseworker, {**second, "version": "2"}).status_code == 302
    assert content()["visits"][0]["visits"] == 4
    new = {name: value for name, value in second.items() if name != "version"}
    assert sent(caseworker, {**new, "visits-0-visits": "5"}).status_code == 409  # it looked empty when it was opened


def test_nothing_to_report_is_said_after_a_question(caseworker: Browser) -> None:
    asked = caseworker.post(f"{MARCH}nil/", {})
    assert "Is there nothing to report?" in text(asked) and not CountReport.objects.exists()
    caseworker.sure(f"{MARCH}nil/", {})
    assert content() == {"visits": [], "contacts": []}
    caseworker.sure(f"{MARCH}nil/", {})  # the same again changes nothing
    assert "Nothing to report" not in text(caseworker.get(MARCH))
    sent(caseworker, {**NOTHING, "visits": "unknown", "version": "1"})
    assert caseworker.sure(f"{MARCH}nil/", {}).status_code == 409
    assert CountReport.objects.count() == 2


def test_readers_read_and_others_reach_nothing(
    caseworker: Browser, manager: Browser, reader: Browser, ngo: Caller
) -> None:
    assert "not reported yet" in text(reader.get(MARCH))
    for act in ("send/", "nil/"):
        assert reader.sure(f"{MARCH}{act}", NOTHING).status_code == 403
        assert caseworker.get(f"{MARCH}{act}").status_code == 405
    assert not CountReport.objects.exists()
    assert sent(manager, NOTHING).status_code == 302
    stranger = at(ngo.partner, MemberRole.MANAGER)
    assert 'name="version"' not in text(stranger.get(MARCH))
    assert "March 2025" not in said(text(stranger.get(LIST)).partition("Another form")[0])
    assert Browser().get(MARCH).status_code in {302, 403}


def test_who_reported_and_who_read_is_written_down(caseworker: Browser, reader: Browser, shelter: Partner) -> None:
    reader.get(MARCH)
    assert not RecordRead.objects.exists()  # there was nothing to read
    sent(caseworker, NOTHING)
    sent(caseworker, {**NOTHING, "visits": "unknown", "version": "1"})
    sent(caseworker, {**NOTHING, "visits": "unknown", "version": "2"})  # says nothing new
    events = AuditEvent.objects.filter(action__startswith="count.").order_by("at", "id")
    assert [each.action for each in events] == ["count.send", "count.correct"]
    assert events[0].detail == {"form": "OUTREACH", "period": "2025-03"} and events[0].subject == str(shelter.pk)
    reader.get(MARCH)
    assert list(RecordRead.objects.values_list("operation", "rows", "user__username")) == [("desk/count", 1, "rolf")]


def test_the_list_and_the_overview_tell_what_is_missing(caseworker: Browser, reader: Browser, shelter: Partner) -> None:
    month = later(this_month(), -2)
    if OUTREACH.expected_from < month:
        assign(shelter, OUTREACH, OUTREACH.expected_from, reports=False)
    assign(shelter, OUTREACH, month)
    words = CountPeriod(month, CountPeriodKind.MONTH).words("en")
    for browser in (caseworker, reader):
        page = said(text(browser.get(LIST)))
        assert f"{words} Missing" in page
    assert f"{LIST}OUTREACH/{month_id(later(this_month(), -1))}/" in text(caseworker.get(LIST))
    assert "Counts are missing: Outreach" in text(caseworker.get("/send/"))
    assert "Counts are missing" not in text(reader.get("/send/"))
    for back in (0, -1, -2):
        sent(caseworker, NOTHING, f"{LIST}OUTREACH/{month_id(later(this_month(), back))}/")
    assert "Counts are missing" not in text(caseworker.get("/send/"))
    assert f"{words} Received late" in said(text(caseworker.get(LIST)))


def test_another_form_and_period_is_chosen(caseworker: Browser) -> None:
    answer = caseworker.get(f"{LIST}open/?sheet=OUTREACH/2025-03")
    assert answer["Location"] == MARCH
    for wrong in ("", "?sheet=NONE/2025-03", "?sheet=OUTREACH/2025"):
        assert caseworker.get(f"{LIST}open/{wrong}")["Location"] == LIST
    assert "Choose a form and a period." in text(caseworker.get(LIST))


@pytest.mark.parametrize(
    "path", ["NONE/2025-03/", "OUTREACH/2025/", "OUTREACH/2014-12/", f"OUTREACH/{later(this_month(), 1):%Y-%m}/"]
)
def test_what_is_no_form_or_no_period_of_it_is_not_there(caseworker: Browser, path: str) -> None:
    assert caseworker.get(f"{LIST}{path}").status_code == 404
    assert sent(caseworker, NOTHING, f"{LIST}{path}").status_code == 404


def test_a_closed_year_and_a_missing_agreement_are_told(
    caseworker: Browser, shelter: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_window(shelter, 2025, new_until=date(2025, 2, 1), corrections_until=date(2025, 3, 1))
    assert "The year is closed" in text(sent(caseworker, NOTHING))
    assert caseworker.sure(f"{MARCH}nil/", {}).status_code == 409
    renew_agreement(monkeypatch)
    answer = sent(caseworker, NOTHING, f"{LIST}OUTREACH/2026-03/")
    assert answer.status_code == 409 and "agreement is not confirmed" in answer.content.decode()
    assert not CountReport.objects.exists()


def test_a_report_that_is_too_long_for_the_page_is_shown_and_not_cut(caseworker: Browser, shelter: Partner) -> None:
    """The server reads a thousand fields of a form: a page that sends more would lose lines."""
    caller = make_caller("NGO")
    places = OUTREACH.tables[0].dimensions
    rows = [
        dict(zip(OUTREACH.tables[0].dimension_names, (a, b, c), strict=True)) | {"visits": 1}
        for a in places[0].codelist.names
        for b in places[1].codelist.names
        for c in places[2].codelist.names
    ]
    assert len(rows) * 5 > 900
    assert caller.put("/api/v1/counts/OUTREACH/2025-03", {"visits": rows}).status_code == 201
    browser = at(caller.partner, MemberRole.CASEWORKER)
    page = text(browser.get(MARCH))
    assert "more lines than the page can correct" in page and page.count("<tr>") == len(rows) + 1
    assert "visits-lines" not in page


def test_in_test_mode_every_form_can_be_tried(caseworker: Browser) -> None:
    page = text(caseworker.get("/send/test/counts/"))
    assert "In test mode no form is expected" in page
    path = "/send/test/counts/OUTREACH/2025-03/"
    assert sent(caseworker, NOTHING, path)["Location"] == "/send/test/counts/"
    assert 'name="version"' not in text(caseworker.get(MARCH))
