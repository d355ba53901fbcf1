"""What waits on the staff's first page: each role sees what it may do something about, by one statement for each item."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.linking.conflicts import unresolved_conflicts
from cases.months import today
from core.text import Text
from partners.models import Secret
from partners.roles import STAFF_ROLES
from partners.staff import waiting
from partners.staff.waiting import ITEMS, items_for
from tests.callers import Caller, as_web_server
from tests.oversight.subject_requests.world import answer, receive
from tests.people.visitors import signed_in, staff
from tests.people.waits import disagreement, everything
from tests.stats.drafts import built

pytestmark = pytest.mark.django_db
NOTICES = {"notice_reviews", "notice_publications"}
# Who sees which items, where something of each waits.
SEEN = {
    "statistician": {
        *("facts_to_confirm", "facts_refused", "drafts_refused", "errata", "reports_stale"),
        *("dates", "files_due", "files_changed", "orders", "plan_unobserved", "report_orders", "report_sections"),
        *("stuck_jobs", "failed_jobs", "silent_upkeep", "silent_publisher"),
    },
    "approver": {
        "dates",
        "drafts",
        "withdrawals",
        "plans_failed",
        "plans_overdue",
        "errata",
        "facts_to_confirm",
        "reports",
        "files_abroad",
        "plan_indicators",
        "plan_observations",
    }
    | NOTICES,
    "case_manager": {"duplicates", "conflicts", "revalidations", "returns", "returns_answered"},
    "data_protection": {"subject_requests", "restrictions", "restrictions_to_lift"},
    "partner_manager": {
        "requests",
        "secrets",
        "invitations",
        "failed_jobs",
        "stuck_jobs",
        "silent_intake",
        "successions",
        "agreements",
        "bounces",
        "idle_accounts",
        "unsent_mail",
        "receipts",
        "notice_reviews",
    },
    "auditor": {"rights"},
}


def shown(user: User) -> set[str]:
    """The items on the first page."""
    return set(re.findall(r'id="waiting-(\w+)"', signed_in(user).get("/admin/").content.decode()))


def test_each_role_sees_what_it_may_do_something_about(ngo: Caller) -> None:
    who = {role: staff(role, role) for role in STAFF_ROLES}
    everything(ngo, *who.values())
    assert set().union(*SEEN.values()) == set(ITEMS)
    assert {role: shown(user) for role, user in who.items()} == SEEN
    assert shown(staff("nobody")) == set()
    boss = staff("boss", is_superuser=True)
    assert shown(boss) == set(ITEMS) - {"orders", "report_orders", "facts_refused", "drafts_refused", "reports_stale"}


def test_an_item_costs_one_statement_and_one_that_is_not_seen_none(ngo: Caller) -> None:
    who = {role: staff(role, role) for role in STAFF_ROLES}
    everything(ngo, *who.values())
    for role, user in {**who, "boss": staff("boss", is_superuser=True)}.items():
        user.get_all_permissions()
        asked = [item for item in ITEMS.values() if user.has_perms(item.rights)]
        with as_web_server(), CaptureQueriesContext(connection) as statements:
            items_for(user)
        reading = [each["sql"] for each in statements if each["sql"].startswith(("SELECT", "WITH", "\nWITH"))]
        # An auditor sees jobs, dates, errata and decisions on figures, and acts on none: then nothing is asked.
        unasked = ("_jobs", "dates", "errata", "facts_to_confirm")
        silent = [item for item in asked if role == "auditor" and item.name.endswith(unasked)]
        assert len(reading) == len(asked) - len(silent), (role, reading)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_item_leads_to_a_list_and_its_rows_to_their_pages(ngo: Caller, language: str) -> None:
    everything(ngo)
    boss = signed_in(staff("boss", is_superuser=True))
    page = boss.get("/admin/", headers={"Accept-Language": language}).content.decode()
    section = page.partition('<section class="waiting"')[2].partition("</section>")[0]
    links = set(re.findall(r'href="([^"]+)"', section))
    assert len(links) > 15
    for link in links:
        answered = boss.get(html.unescape(link), headers={"Accept-Language": language})
        # The report's draft of this test is empty: its page says so on the list.
        assert answered.status_code == (302 if re.search(r"/reportdraft/\d", link) else 200), link
        assert "?e=1" not in answered.get("Location", ""), link
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", re.sub(r'href="[^"]*"', "", section))


def test_who_has_nothing_to_do_is_told_so(db: None) -> None:
    browser = signed_in(staff("keeper", "data_protection"))
    assert "Nothing waits for you." in browser.get("/admin/").content.decode()
    assert "Intet venter på dig." in browser.get("/admin/", headers={"Accept-Language": "da"}).content.decode()


def test_what_is_late_comes_first_and_says_how_late(ngo: Caller) -> None:
    keeper = staff("keeper", "data_protection")
    answer(receive())
    for _ in range(6):
        receive(by=keeper)
    late = receive("ERASURE", today() - timedelta(days=60), by=keeper)
    page = html.unescape(signed_in(keeper).get("/admin/").content.decode())
    assert "7 persons' requests must be answered" in page
    assert "and more: 2" in page
    item = page.partition('id="waiting-subject_requests"')[2]
    assert 0 < item.index(str(late)) < item.index("days overdue") < item.index("due in")
    assert "waiting-late" in page


def test_an_approver_is_not_asked_to_approve_the_own_draft(ngo: Caller) -> None:
    approver = staff("both", "approver")
    built("public", "2023", user=approver)
    assert shown(approver) == set()
    assert shown(staff("another", "approver")) == {"drafts"}


def test_a_secret_that_was_replaced_waits_for_nobody(ngo: Caller) -> None:
    manager = staff("manager", "partner_manager")
    first = Secret.objects.get(client=ngo.client)
    Secret.objects.update(expires_at=timezone.now() + timedelta(days=3))
    assert shown(manager) == {"secrets"}
    Secret.objects.create(
        client=ngo.client, digest="0" * 64, hint="abcd", expires_at=timezone.now() + timedelta(days=90)
    )
    assert shown(manager) == set()
    Secret.objects.exclude(pk=first.pk).update(revoked_at=timezone.now())
    assert shown(manager) == {"secrets"}


def test_unresolved_conflicts_are_those_that_a_decision_is_missing_of(ngo: Caller) -> None:
    assert unresolved_conflicts(size=5) == (0, [])
    disagreement(ngo)
    number, pairs = unresolved_conflicts(size=5)
    assert (number, [field for _, field in pairs]) == (1, ["citizenship"])


def test_an_item_has_a_name_of_its_own_and_a_right() -> None:
    words: Any = (Text("a", "a"), Text("b", "b"))
    for name, rights in (("drafts", ["x.y"]), ("something-new", [])):
        with pytest.raises(ValueError, match="is there already, or names no right"):
            waiting.add(name, *words, rights=rights, find=lambda user: waiting.NOTHING, address=str)


def test_shortcuts_lead_each_role_to_what_its_day_begins_with(ngo: Caller) -> None:
    seen = {}
    for role in STAFF_ROLES:
        browser = signed_in(staff(role, role))
        page = browser.get("/admin/").content.decode().partition('<ul class="ways">')[2].partition("</nav>")[0]
        seen[role] = re.findall(r'href="/admin/(\w+/\w+)/', page)
        assert all(browser.get(each).status_code == 200 for each in re.findall(r'href="([^"]+)"', page)), role
    assert "quality/ruletally" in seen["partner_manager"]
    assert "subject_requests/subjectrequest" in seen["data_protection"]
    assert "cases/case" in seen["case_manager"]
    assert "partners/auditevent" in seen["auditor"]
    assert "ways" not in signed_in(staff("nobody")).get("/admin/").content.decode()


def test_monday_s_mail_comes_exactly_where_the_first_page_has_something(ngo: Caller) -> None:
    who = {role: staff(role, role) for role in STAFF_ROLES}
    assert [role for role, user in who.items() if waiting.something_waits(user)] == []
    everything(ngo, *who.values())
    for role, user in who.items():
        fresh = User.objects.get(pk=user.pk)
        assert waiting.something_waits(fresh) == bool(shown(fresh)) is True, role


def test_the_page_of_an_app_has_its_lists_alone(ngo: Caller) -> None:
    browser = signed_in(staff("approver", "approver"))
    built("public", "2023", user=staff("builder"))
    page = browser.get("/admin/statistics/").content.decode()
    assert "/admin/statistics/release/" in page
    assert [each for each in ("Waiting for you", "Shortcuts", "All lists") if each in page] == []


def test_a_superuser_has_shortcuts_a_short_page_and_a_role(ngo: Caller) -> None:
    boss = signed_in(staff("boss", is_superuser=True))
    page = boss.get("/admin/").content.decode()
    ways = page.partition('<nav aria-labelledby="ways">')[2].partition("</nav>")[0]
    assert re.findall("<h3>(.+?)</h3>", ways) == ["Statistics", "Partners", "Cases and persons", "Operation and audit"]
    for path in ("auth/user/?is_staff__exact=1", "people/invitation/", "mail/mailing/", "jobs/job/?status=open"):
        assert f'href="/admin/{path}"' in ways, path
    assert '<details class="all-lists"><summary>' in page
    few = signed_in(staff("one", "approver")).get("/admin/").content.decode()
    assert '<details class="all-lists" open>' in few
    assert "<h3>" not in few.partition('<nav aria-labelledby="ways">')[2].partition("</nav>")[0]
    account = boss.get("/account/").content.decode()
    assert ", Superuser." in account
    assert "The centre&#x27;s pages" in account
    assert "Administration" not in account
