"""Every page of the admin is reached by the roles that need it, with the web server's rights, and by no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override

from cases.annual.drafting import make_draft
from cases.duplicates.models import Decision, Duplicate
from cases.intake.revalidation import revalidate
from cases.linking.models import LinkDecision
from cases.models import Case
from cases.statistics.models import PUBLIC, AnnouncedDate, Release, ScheduledPublication
from partners import jobs, roles
from partners.access.requests import ask_invitation
from partners.audit import COMMAND, Actor
from partners.models import AccessRequest, Partner
from partners.people.invitations import invite
from partners.roles import STAFF_ROLES
from tests.callers import Browser, Caller
from tests.cases.annual.world import approve_all
from tests.cases.duplicates.world import crowd, decide_pair, rare, run_search
from tests.cases.linking.world import merge_cases
from tests.cases.statistics.drafts import built
from tests.cases.statistics.published import publish
from tests.people.visitors import Elements, member, signed_in, staff

pytestmark = pytest.mark.django_db
SCREENS = {model._meta.label_lower: screen for model, screen in admin.site._registry.items()}
STATISTICS, MANAGER = {"statistician", "approver", "auditor"}, {"partner_manager"}
PARTNERS = MANAGER | {"auditor"}
# Who sees a model's list and each of its rows, and who adds one. A screen that is not here is an error.
SEEN: dict[str, tuple[set[str], set[str]]] = {
    "annual.reportdraft": (STATISTICS, set()),
    "annual.reportorder": ({"statistician", "auditor"}, {"statistician"}),
    "auth.group": ({"auditor"}, set()),
    "auth.user": ({"auditor"}, set()),
    "statistics.buildorder": ({"statistician", "auditor"}, {"statistician"}),
    "cases.case": ({"case_manager"}, set()),
    "duplicates.duplicate": ({"case_manager"}, set()),
    "duplicates.duplicatedecision": ({"case_manager"}, set()),
    "statistics.announceddate": (STATISTICS, {"statistician"}),
    "statistics.erratum": (STATISTICS, {"statistician"}),
    "statistics.factdecision": ({"statistician", "auditor"}, {"statistician"}),
    "jobs.job": ({"statistician", "partner_manager", "auditor"}, set()),
    "intake.revalidationreport": ({"case_manager"}, set()),
    "reporting.nilreport": (PARTNERS, set()),
    "statistics.release": (STATISTICS, set()),
    "erased.tombstone": ({"data_protection", "auditor"}, set()),
    "partners.accessrequest": (PARTNERS, set()),
    "partners.auditevent": ({"auditor"}, set()),
    "partners.client": (PARTNERS, MANAGER),
    "people.invitation": (PARTNERS, MANAGER),
    "people.membership": (PARTNERS, set()),
    "partners.partner": (PARTNERS, MANAGER),
    "partners.recordread": ({"auditor"}, set()),
    "partners.secret": (PARTNERS, set()),
}
# Pages beside those that every model has.
OWN: dict[str, set[str]] = {
    "annual_reportdraft_publish": {"approver"},
    "annual_reportdraft_section": STATISTICS,
    "auth_user_password_change": set(),
    "cases_case_attribute": {"case_manager"},
    "cases_case_conflicts": {"case_manager"},
    "cases_case_find": {"case_manager"},
    "cases_case_merge": {"case_manager"},
    "cases_case_split": {"case_manager"},
    "cases_case_undo": {"case_manager"},
    "statistics_buildorder_propose": {"statistician"},
    "statistics_release_preview": {"statistician", "approver"},
    "statistics_release_publish": {"approver"},
    "statistics_release_withdraw": {"approver"},
    "statistics_release_schedule": {"approver"},
    "statistics_release_approve": {"approver"},
    "statistics_release_take_back": {"approver"},
    "erased_tombstone_person": {"data_protection"},
    "partners_accessrequest_decide": PARTNERS,
}
USUAL = ("changelist", "add", "history", "delete", "change")


def address(label: str, rest: str = "") -> str:
    """A page of a model."""
    return f"/admin/{label.replace('.', '/')}/{rest}"


def row(label: str) -> Model | None:
    """A stored row of a model."""
    stored: Model | None = SCREENS[label].model._default_manager.order_by("pk").first()
    return stored


def decided(by: Partner) -> LinkDecision:
    """Three alike, of whom two were told apart and the others wait, and a merge."""
    crowd(by)
    for _ in range(3):
        rare(by)
    run_search()
    decide_pair(Decision.DIFFERENT, "TWO_KNOWN", Duplicate.objects.first())
    return merge_cases(*Case.objects.order_by("opened_at", "id")[:2])


def own_pages(merged: LinkDecision, release: Release) -> dict[str, str]:
    """The pages that not every model has, by the names of their routes."""
    case = Case.objects.order_by("pk").first()
    asked = AccessRequest.objects.earliest("asked_at")
    assert case is not None
    return {
        "auth_user_password_change": address("auth.user", f"{merged.user_id}/password/"),
        "cases_case_attribute": address("cases.case", f"{case.pk}/attribute/gender/"),
        "cases_case_conflicts": address("cases.case", "conflicts/"),
        "cases_case_find": address("cases.case", "find/"),
        "cases_case_merge": address("cases.case", "merge/"),
        "cases_case_split": address("cases.case", f"{case.pk}/split/"),
        "cases_case_undo": address("cases.case", f"decision/{merged.pk}/undo/"),
        "statistics_buildorder_propose": address("statistics.buildorder", "propose/"),
        "statistics_release_preview": address("statistics.release", f"{release.pk}/preview/"),
        "statistics_release_publish": address("statistics.release", f"{release.pk}/publish/"),
        "statistics_release_withdraw": address("statistics.release", f"{release.pk}/withdraw/"),
        **{
            f"statistics_release_{act}": address("statistics.release", f"{release.pk}/{act}/")
            for act in ("schedule", "approve", "take_back")
        },
        "erased_tombstone_person": address("erased.tombstone", "person/"),
        "partners_accessrequest_decide": address("partners.accessrequest", f"{asked.pk}/decide/"),
    }


def report_pages(author: User) -> dict[str, str]:
    """The pages of a report that waits for its publication. Each shows both languages."""
    report = make_draft(by=Actor.of(author), year=2022)
    approve_all(report, author)
    return {
        "annual_reportdraft_publish": address("annual.reportdraft", f"{report.pk}/publish/"),
        "annual_reportdraft_section": address("annual.reportdraft", f"{report.pk}/gender/"),
    }


def usual() -> Iterator[tuple[str, set[str]]]:
    """The pages that every model has."""
    for label, (seen, added) in SEEN.items():
        stored = row(label)
        yield address(label), seen
        yield address(label, "add/"), added
        if stored is not None:
            yield address(label, f"{stored.pk}/change/"), seen
            yield address(label, f"{stored.pk}/history/"), seen
            yield address(label, f"{stored.pk}/delete/"), set()


def every_page(partner: Partner) -> dict[str, set[str]]:
    """Every page of the staff, with something on it, and the roles that reach it."""
    roles.sync()
    earlier = publish(PUBLIC, "2022", {"": {"": 70}, "gender": {"F": 46, "M": 24, "X": 0}})
    release, planner = built("public", "2023", user=staff("builder"), against=[earlier.pk]), staff("planner")
    ScheduledPublication.objects.create(release=release, due_at=timezone.now() + timedelta(days=1), user=planner)
    AnnouncedDate.objects.create(period="2023", month=date(2101, 3, 1), user=planner)
    jobs.defer("charts.paint")
    member(partner)
    invite(by=COMMAND, role="READER", partner=partner)
    ask_invitation(by=Actor.of(staff("asker", "partner_manager")), role="READER", partner=partner)
    revalidate(by=COMMAND)
    own = own_pages(decided(partner), release) | report_pages(planner)
    assert set(own) == set(OWN)
    return {**dict(usual()), **{own[name]: who for name, who in OWN.items()}}


def test_every_screen_and_every_page_of_its_own_is_in_the_tables() -> None:
    assert set(SCREENS) == set(SEEN)
    routes = {url.name for screen in SCREENS.values() for url in screen.get_urls() if url.name}
    everyones = {f"{label.replace('.', '_')}_{page}" for label in SEEN for page in USUAL}
    assert routes - everyones == set(OWN)


def test_each_page_is_reached_by_the_roles_that_need_it_and_refused_to_others(ngo: Caller) -> None:
    pages = every_page(ngo.partner)
    assert len(pages) > 60
    for role in [*STAFF_ROLES, None]:
        browser = signed_in(staff(f"one-{role}", role))
        answers = {path: browser.get(path).status_code for path in pages}
        assert {path for path, status in answers.items() if status not in {200, 403}} == set(), role
        assert {path for path, status in answers.items() if status == 200} == {
            path for path, who in pages.items() if role in who
        }, role
        sent = {path: browser.post(path).status_code for path, who in pages.items() if role not in who}
        assert set(sent.values()) == {403}, (role, {path for path, status in sent.items() if status != 403})


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
        if answer.status_code == 200:
            crumbs = answer.content.decode().partition('<ol class="breadcrumbs">')[2].partition("</ol>")[0]
            assert {f"/admin/{app}/", f"/admin/{app}/{screen}/"} <= links(crumbs), path


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
        read = [address for address, who in pages.items() if role in who and not address.endswith("/history/")]
        shown = {address: browser.get(address).content.decode() for address in ["/admin/", *read]}
        lead = {link: address for address, page in shown.items() for link in links(page)}
        dead = {link: address for link, address in lead.items() if browser.get(link).status_code != 200}
        assert dead == {}, role
        empty = [link for link in lead if link.endswith("/history/") and "a change history" in told_by(browser, link)]
        assert empty == [], role
        assert browser.get("/admin/").status_code == 200


def told_by(browser: Browser, address: str) -> str:
    """The text of a page."""
    return str(browser.get(address).content.decode())
