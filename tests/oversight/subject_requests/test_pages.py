"""The register's pages: a request is registered, checked, answered, found by its state, and counted."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest

from cases.months import today
from oversight.subject_requests import register
from oversight.subject_requests.deadlines import EXTENDED_MONTHS, due_on
from oversight.subject_requests.models import RequestStep, SubjectRequest
from partners.audit import Actor
from partners.models import AuditEvent
from partners.staff.naming import day_of
from tests.callers import Browser
from tests.oversight.subject_requests.world import LIST, answer, identify, keeper, page, receive
from tests.people.visitors import signed_in, staff, strict, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Browser:
    """The browser of somebody of data protection."""
    return signed_in(keeper())


def words(answer_of_page: Any) -> str:
    """The text of a page, with its entities."""
    return html.unescape(text(answer_of_page))


def test_a_request_is_registered_with_its_due_date(browser: Browser) -> None:
    form = {"kind": "ERASURE", "channel": "TELEPHONE", "received_on": today().isoformat()}
    assert "cannot be changed or deleted" in words(browser.post(f"{LIST}add/", form))
    assert not SubjectRequest.objects.exists()
    done = browser.sure(f"{LIST}add/", form, follow=True)
    strict(done)
    row = SubjectRequest.objects.get()
    assert row.due_on > row.received_on == today()
    assert f"Erasure (Article 17) no. {row.pk}" in words(done)
    assert AuditEvent.objects.filter(action="subjectrequest.add", subject=str(row.pk)).count() == 1


@pytest.mark.parametrize("days", [-1, 365 * 20])
def test_a_day_of_tomorrow_or_before_the_regulation_is_refused(browser: Browser, days: int) -> None:
    form = {"kind": "ACCESS", "channel": "MAIL", "received_on": (today() - timedelta(days=days)).isoformat()}
    assert "This day is" in words(browser.sure(f"{LIST}add/", form))
    assert not SubjectRequest.objects.exists()


def test_identity_comes_first_and_the_answer_last(browser: Browser) -> None:
    row = receive("ACCESS")
    assert f"/person/?request={row.pk}" not in words(browser.get(page(row)))
    assert "it is written down" in words(browser.post(page(row, "identify"), {"code": "MITID"}, follow=True)).lower()
    assert f"/person/?request={row.pk}" in words(browser.get(page(row)))
    asked = words(browser.get(page(row, "answer")))
    assert "The data were produced" not in asked  # nothing was produced yet
    assert "The data were erased" not in asked
    assert "can be chosen once it was done from the request" in asked
    said = {"code": "NOTHING_HELD", "day": today().isoformat()}
    assert "Nothing is held" in words(browser.post(page(row, "answer"), said, follow=True))
    shown = words(browser.get(page(row)))
    assert "answered" in shown and page(row, "answer") not in shown
    refused = browser.post(page(row, "identify"), {"code": "CARD"})
    assert "The request is answered." in words(refused)
    assert [step.act for step in RequestStep.objects.order_by("pk")] == ["IDENTIFIED", "ANSWERED"]


@pytest.mark.parametrize("kind", ["RESTRICTION", "OBJECTION"])
def test_nobody_answers_that_processing_was_restricted_before_it_is(browser: Browser, kind: str) -> None:
    row = identify(receive(kind))
    asked = words(browser.get(page(row, "answer")))
    assert "The processing was restricted" not in asked
    assert "Produced, erased and restricted can be chosen once it was done from the request." in asked
    browser.post(page(row, "answer"), {"code": "RESTRICTED", "day": today().isoformat()})
    with pytest.raises(register.RegisterRefused, match="was not done from this request"):
        answer(row, "RESTRICTED")
    assert not RequestStep.objects.filter(act="ANSWERED").exists()


def test_what_comes_next_stands_first_and_its_act_is_the_button(browser: Browser) -> None:
    row = receive("ACCESS")
    acts = {"identify": page(row, "identify"), "person": f"/admin/erased/tombstone/person/?request={row.pk}"}
    acts |= {act: page(row, act) for act in ("answer", "extend")}

    def offers() -> list[tuple[str, str]]:
        shown = words(browser.get(page(row))).partition("What to do next")[2].partition("<table>")[0]
        found = re.findall(r'<a (class="button" )?href="([^"]+)"', shown)
        assert shown.index('class="button"') < shown.index("Or:")
        return [(address, "button" if button else "link") for button, address in found]

    assert offers() == [(acts["identify"], "button"), (acts["answer"], "link"), (acts["extend"], "link")]
    identify(row)
    assert offers() == [(acts["person"], "button"), (acts["answer"], "link"), (acts["extend"], "link")]
    register.note_production(by=Actor.of(keeper()), request_id=row.pk, code="NAMES")
    assert offers() == [(acts["answer"], "button"), (acts["person"], "link"), (acts["extend"], "link")]


def test_a_refusal_has_a_ground_and_nothing_else_has_one(browser: Browser) -> None:
    row, day = receive(), today().isoformat()
    assert "needs a ground" in words(browser.post(page(row, "answer"), {"code": "REFUSED", "day": day}))
    both = {"code": "WITHDRAWN", "ground": "OTHERS", "day": day}
    assert "needs a ground" in words(browser.post(page(row, "answer"), both))
    tomorrow = {"code": "WITHDRAWN", "day": (today() + timedelta(days=1)).isoformat()}
    assert "in the future" in words(browser.post(page(row, "answer"), tomorrow))
    whole = {"code": "REFUSED", "ground": "OTHERS", "day": day}
    assert "The rights of others (Article 15(4))" in words(browser.post(page(row, "answer"), whole, follow=True))


def test_the_time_limit_is_extended_once_and_before_it_is_over(browser: Browser) -> None:
    row, late = receive(), receive(received_on=today() - timedelta(days=60))
    assert page(row, "extend") in words(browser.get(page(row)))
    browser.post(page(row, "extend"), {"code": "MANY"})
    found = register.requests().get(pk=row.pk)
    assert found.due == due_on(row.received_on, EXTENDED_MONTHS) > row.due_on
    assert page(row, "extend") not in words(browser.get(page(row)))
    assert "extended once" in words(browser.post(page(row, "extend"), {"code": "MANY"}))
    assert page(late, "extend") not in words(browser.get(page(late)))
    assert "no longer be extended" in words(browser.post(page(late, "extend"), {"code": "MANY"}))


def test_lists_are_filtered_by_state_and_begin_with_what_is_due(browser: Browser) -> None:
    done, open_, late = answer(receive("OBJECTION")), receive(), receive("ERASURE", today() - timedelta(days=90))
    soon = receive("RECTIFICATION", received_to_be_due_soon())
    names = {"OVERDUE": late, "SOON": soon, "OPEN": open_, "ANSWERED": done}
    for state, row in names.items():
        assert re.findall(r"/subjectrequest/(\d+)/change/", words(browser.get(f"{LIST}?state={state}"))) == [
            str(row.pk)
        ]
    listed = re.findall(r"/subjectrequest/(\d+)/change/", words(browser.get(LIST)))
    assert listed == [str(row.pk) for row in (late, soon, open_, done)]
    page_of_list = words(browser.get(LIST))
    assert re.search(r"<strong>\d+ days overdue</strong>", page_of_list)
    assert f">answered {day_of(today())}: Nothing is held<" in page_of_list
    assert ">due in " in page_of_list and "frist om" not in page_of_list
    columns = re.findall(r'class="field-(\w+)', page_of_list)
    assert columns[:5] == ["name", "state", "due", "received_on", "channel"]
    heads = re.findall(r"column-(\w+) sorted ascending", page_of_list)
    assert heads == ["name", "due"]


def received_to_be_due_soon() -> date:
    """A day whose requests are due within a week. From one working day to the next it is less than that."""
    days = (today() - timedelta(days=back) for back in range(50))
    return next(day for day in days if today() <= due_on(day) <= today() + timedelta(days=register.SOON))


def test_the_figures_of_a_year(browser: Browser) -> None:
    year, day = today().year - 1, today().replace(year=today().year - 1, day=15)
    answer(receive("ACCESS", day), day=day + timedelta(days=3))
    answer(receive("ACCESS", day), "REFUSED", "EXCESSIVE", day=day + timedelta(days=60))
    answer(receive("ERASURE", day), "MISTAKE", day=day)
    receive("ERASURE", day)
    shown = words(browser.get(f"{LIST}figures/?year={year}"))
    turned = [row for row in map(cells, shown.partition('<div class="wide"')[2].split("<tr>")) if row]
    lines = {row[0]: row[1:] for row in map(list, zip(*turned, strict=True))}
    assert turned[-1][0] == "Registered by mistake" and "count in the last line alone" in shown
    assert lines["Access (Article 15)"][:5] == ["2", "0", "0", "1", "1"]
    assert lines["Erasure (Article 17)"][:5] == ["1", "1", "1", "0", "0"]
    assert lines["All"] == ["3", "1", "1", "1", "1", "0", "0", "0", "0", "1", "1", "0", "1"]
    assert "2 Access" not in words(browser.get(f"{LIST}figures/?year=nonsense"))


def cells(line: str) -> list[str]:
    """The texts of a row of a table."""
    return re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", line)


def test_auditors_read_and_others_see_nothing() -> None:
    row = identify(receive())
    auditor = signed_in(staff("auditor", "auditor"))
    assert page(row, "identify") not in words(auditor.get(page(row)))
    assert auditor.get(f"{LIST}figures/").status_code == 200
    for act in ("identify", "extend", "answer"):
        assert auditor.post(page(row, act), {"code": "CARD"}).status_code == 403
    assert auditor.get(f"{LIST}add/").status_code == 403
    for role in ("case_manager", "partner_manager", "statistician", "approver"):
        other = signed_in(staff(role, role))
        assert {other.get(path).status_code for path in (LIST, page(row), f"{LIST}figures/")} == {403}
    assert signed_in(keeper()).get(f"{LIST}999999/change/").status_code == 404
    assert signed_in(keeper()).get(f"{LIST}{'9' * 30}/change/").status_code == 404
