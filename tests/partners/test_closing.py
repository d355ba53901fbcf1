"""Before a partner is switched off a page says what happens to its programs, people, mandates, returns and deadlines."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from partners.audit import COMMAND
from partners.kinds import Mode, Reporting
from partners.models import AuditEvent, Partner
from partners.people.invitations import invite
from tests.callers import Browser, Caller, make_caller
from tests.cases.windows.world import LAST_YEAR, expected, reopened, set_window
from tests.oversight.returns.world import send_back
from tests.partners.organisations.world import begin_life
from tests.people.visitors import signed_in, staff, strict

pytestmark = pytest.mark.django_db
ROWS = re.compile(r'<tr><th scope="row">([^<]+)</th><td>([^<]*)</td></tr>')


def close(browser: Browser, partner: Partner, language: str = "en", **form: str) -> Any:
    """Send the form of a partner with the tick taken away."""
    path = f"/admin/partners/partner/{partner.pk}/change/"
    answer: Any = browser.post(path, form, headers={"Accept-Language": language})
    strict(answer)
    return answer


def facts(answer: Any) -> dict[str, str]:
    """The lines of a question."""
    return dict(ROWS.findall(html.unescape(answer.content.decode())))


def rich(caller: Caller) -> Partner:
    """A partner of which every room has something that switching it off touches."""
    begin_life(caller.partner)
    invite(by=COMMAND, role="READER", partner=caller.partner)
    set_window(caller.partner)
    reopened(caller)
    path, _ = caller.referral()
    send_back(path)
    expected(caller)
    return caller.partner


# The calendar of a partner of which monthly reports are expected, as its form sends it.
MONTHLY = {"reporting": "MONTHLY", "report_due_days": "14", "reporting_since": f"{LAST_YEAR}-01-01"}


@pytest.mark.parametrize(
    ("language", "title", "named"),
    [
        (
            "en",
            "Switch {name} off?",
            {
                "Programs with a secret that holds": "1. They no longer get access",
                "People": "1 with an account that is on. They can still sign in",
                "Open invitations": "1. Their links do not work",
                "Mandates": "1. Nobody sends for the partner",
                "Deadlines": "Years with its own days: 1. Reopened years: 1.",
                "Reports": "Nothing more is expected",
                "Open returns": "1. Nobody can answer them",
            },
        ),
        (
            "da",
            "Slå {name} fra?",
            {
                "Programmer med en gyldig API-nøgle": "1. De får ikke længere adgang",
                "Brugere": "1 med åben adgang. De kan stadig logge ind",
                "Åbne invitationer": "1. Deres links virker ikke",
                "Fuldmagter": "1. Ingen sender for partneren",
                "Frister": "År med partnerens egne frister: 1. Genåbnede år: 1.",
                "Indberetning": "Der forventes ikke mere fra partneren",
                "Returneringer, der ikke er besvaret": "1. Ingen kan besvare dem",
            },
        ),
    ],
)
def test_the_question_says_what_each_room_loses(ngo: Caller, language: str, title: str, named: dict[str, str]) -> None:
    partner, boss = rich(ngo), signed_in(staff("boss", is_superuser=True))
    before = AuditEvent.objects.count()
    asked = close(boss, partner, language, **MONTHLY)
    assert title.format(name=partner) in html.unescape(asked.content.decode())
    lines = facts(asked)
    for name, words in named.items():
        assert lines[name].startswith(words), (name, lines)
    assert Partner.objects.get(pk=partner.pk).active and AuditEvent.objects.count() == before
    assert ngo.get("/api/v1/me").status_code == 200


def test_who_knows_nothing_of_returns_is_told_no_number_of_them(ngo: Caller) -> None:
    partner = rich(ngo)
    lines = facts(close(signed_in(staff("office", "partner_manager")), partner, **MONTHLY))
    assert "Mandates" in lines and "Open returns" not in lines


def test_yes_closes_it_with_the_other_changes_and_edit_leads_back_to_them(ngo: Caller) -> None:
    office = signed_in(staff("office", "partner_manager"))
    typed = {"umbrella": "Nordlys", "reporting": str(Reporting.NONE)}
    asked = close(office, ngo.partner, **typed)
    assert facts(asked)["Umbrella organisation"] == "Nordlys"
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', asked.content.decode()))
    again.pop("csrfmiddlewaretoken", None)
    page = close(office, ngo.partner, **again, edit="yes").content.decode()
    assert 'value="Nordlys"' in page and "errornote" not in page
    assert not re.search(r'name="active"[^>]* checked', page)
    assert "Switched off:" not in page
    stored = Partner.objects.get(pk=ngo.partner.pk)
    assert (stored.active, stored.umbrella) == (True, "")
    assert close(office, ngo.partner, **again, sure="yes").status_code == 302
    stored.refresh_from_db()
    assert (stored.active, stored.umbrella) == (False, "Nordlys")
    assert ngo.get("/api/v1/me").status_code == 401
    # What is off already is changed unasked, and switched on as before.
    assert close(office, ngo.partner, umbrella="").status_code == 302
    assert close(office, ngo.partner, active="on").status_code == 302
    assert ngo.get("/api/v1/me").status_code == 200


def test_the_row_in_test_mode_closes_by_itself() -> None:
    twin = make_caller("NGO", mode=Mode.TEST).partner
    lines = facts(close(signed_in(staff("office", "partner_manager")), twin))
    assert "Reports" not in lines and "Its row in test mode" not in lines
