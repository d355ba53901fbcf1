"""Every page of the staff with something on it, and the roles that reach it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.utils import timezone

from cases.annual.drafting import make_draft
from cases.duplicates.models import Decision, Duplicate
from cases.intake.revalidation import revalidate
from cases.international.making import make as make_file
from cases.linking.models import LinkDecision
from cases.models import Case, Referral
from cases.months import month_id, this_month, today
from cases.reporting.receipts import signing
from cases.returns import asking
from cases.services.forms import OUTREACH
from cases.statistics.models import PUBLIC, AnnouncedDate, Release, ScheduledPublication
from cases.windows.opening import reopen
from partners import jobs, roles
from partners.access.requests import ask_invitation
from partners.audit import COMMAND, Actor
from partners.mail.bounces import mark
from partners.mail.models import Mailing
from partners.models import AccessRequest, Partner
from partners.organisations.models import SuccessionRequest
from partners.people.invitations import invite
from tests.cases.annual.world import approve_all
from tests.cases.duplicates.world import crowd, decide_pair, rare, run_search
from tests.cases.linking.world import merge_cases
from tests.cases.plans.world import a_manual, observed, stored
from tests.cases.quality.world import some_of_each
from tests.cases.services.world import assign
from tests.cases.statistics.drafts import built
from tests.cases.statistics.published import publish
from tests.cases.subject_requests.world import identify, receive
from tests.cases.windows.world import keeper, set_window
from tests.mail.boxes import give_address
from tests.partners.organisations.world import begin_life
from tests.people.notice_pages import notice_pages
from tests.people.visitors import member, staff

SCREENS = {model._meta.label_lower: screen for model, screen in admin.site._registry.items()}
# What the address of a form must say: without it the form leads to where it is chosen.
ASKED = {"statistics.buildorder": "?period=2023&audience=public"}
STATISTICS, MANAGER = {"statistician", "approver", "auditor"}, {"partner_manager"}
PARTNERS = MANAGER | {"auditor"}
QUALITY = PARTNERS | {"statistician", "approver", "case_manager"}
# Who sees a model's list and each of its rows, and who adds one. A screen that is not here is an error.
SEEN: dict[str, tuple[set[str], set[str]]] = {
    "annual.reportdraft": (STATISTICS, set()),
    "annual.reportorder": ({"statistician", "auditor"}, {"statistician"}),
    "international.internationalfile": (STATISTICS, {"statistician"}),
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
    "mail.mailbox": (PARTNERS, set()),
    "mail.mailing": (PARTNERS, set()),
    "notices.crisis": (PARTNERS | {"approver"}, MANAGER),
    "notices.notice": (PARTNERS | {"approver"}, MANAGER),
    "notices.servicestatus": (PARTNERS | {"approver"}, set()),
    "plans.planindicator": (STATISTICS, {"statistician"}),
    "plans.planobservation": (STATISTICS, {"statistician"}),
    "organisations.agreementconfirmation": (PARTNERS, set()),
    "organisations.mandate": (PARTNERS, set()),
    "organisations.partnername": (PARTNERS, MANAGER),
    "organisations.successionrequest": (PARTNERS, MANAGER),
    "reporting.nilreport": (PARTNERS, set()),
    "quality.ruletally": (QUALITY, set()),
    "quality.feedbackread": (PARTNERS | {"case_manager"}, set()),
    "quality.desklook": ({"case_manager", "auditor"}, set()),
    "statistics.release": (STATISTICS, set()),
    "returns.return": ({"case_manager"}, set()),
    "subject_requests.subjectrequest": ({"data_protection", "auditor"}, {"data_protection"}),
    "erased.tombstone": ({"data_protection", "auditor"}, set()),
    "partners.accessrequest": (PARTNERS, set()),
    "partners.auditevent": ({"auditor"}, set()),
    "partners.client": (PARTNERS, MANAGER),
    "people.invitation": (PARTNERS, MANAGER),
    "people.membership": (PARTNERS, set()),
    "partners.partner": (PARTNERS, MANAGER),
    "partners.recordread": ({"auditor"}, set()),
    "partners.secret": (PARTNERS, set()),
    "services.countassignment": (PARTNERS, MANAGER),
    "windows.yearreceipt": (PARTNERS, set()),
    "windows.reopening": (PARTNERS, MANAGER),
    "windows.windowchange": (PARTNERS | {"statistician"}, MANAGER),
}
# Pages beside those that every model has.
OWN: dict[str, set[str]] = {
    # Who publishes has read the whole before.
    "annual_reportdraft_whole": STATISTICS,
    "annual_reportdraft_publish": {"approver"},
    "annual_reportdraft_section": STATISTICS,
    "international_internationalfile_csv": STATISTICS,
    "international_internationalfile_json": STATISTICS,
    "international_internationalfile_send": {"approver"},
    "auth_user_on_day": {"auditor"},
    "auth_user_password_change": set(),
    "cases_case_attribute": {"case_manager"},
    "cases_case_conflicts": {"case_manager"},
    "cases_case_find": {"case_manager"},
    "cases_case_merge": {"case_manager"},
    "cases_case_merge_with": {"case_manager"},
    "cases_case_split": {"case_manager"},
    "cases_case_undo": {"case_manager"},
    "notices_crisis_end": MANAGER,
    "notices_notice_text": PARTNERS | {"approver"},
    "notices_notice_write": MANAGER,
    "notices_notice_withdraw": {"approver"},
    "quality_ruletally_csv": QUALITY,
    "quality_ruletally_deadlines": QUALITY,
    "quality_ruletally_period": QUALITY,
    "quality_ruletally_rule": QUALITY,
    "quality_ruletally_field": {"case_manager"},
    "quality_ruletally_waits": {"case_manager"},
    "quality_ruletally_look": {"case_manager"},
    "statistics_buildorder_propose": {"statistician"},
    "statistics_release_preview": {"statistician", "approver"},
    "statistics_release_publish": {"approver"},
    "statistics_release_withdraw": {"approver"},
    "statistics_release_schedule": {"approver"},
    "statistics_release_approve": {"approver"},
    "statistics_release_take_back": {"approver"},
    "erased_tombstone_person": {"data_protection"},
    "partners_accessrequest_decide": PARTNERS,
    "partners_auditevent_csv": {"auditor"},
    "partners_auditevent_find": {"auditor"},
    "partners_recordread_csv": {"auditor"},
    "returns_return_find": {"case_manager"},
    "returns_return_ask": {"case_manager"},
    "returns_return_take_back": {"case_manager"},
    "returns_return_settle": {"case_manager"},
    "returns_return_ask_again": {"case_manager"},
    "organisations_successionrequest_decide": PARTNERS,
    "subject_requests_subjectrequest_answer": {"data_protection"},
    "subject_requests_subjectrequest_extend": {"data_protection"},
    "subject_requests_subjectrequest_figures": {"data_protection", "auditor"},
    "subject_requests_subjectrequest_identify": {"data_protection"},
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
    referral = Referral.objects.current().order_by("pk").first()
    succession = SuccessionRequest.objects.get()
    assert case is not None
    assert referral is not None
    returned = asking.ask(
        by=staff("person-returns", is_superuser=True), shown=referral, reason_code="UNLIKELY", due=today()
    )
    return {
        "auth_user_password_change": address("auth.user", f"{merged.user_id}/password/"),
        "cases_case_attribute": address("cases.case", f"{case.pk}/attribute/gender/"),
        "cases_case_conflicts": address("cases.case", "conflicts/"),
        "cases_case_find": address("cases.case", "find/"),
        "cases_case_merge": address("cases.case", "merge/"),
        "cases_case_merge_with": address("cases.case", f"{case.pk}/merge/"),
        "cases_case_split": address("cases.case", f"{case.pk}/split/"),
        "cases_case_undo": address("cases.case", f"decision/{merged.pk}/undo/"),
        "statistics_buildorder_propose": address("statistics.buildorder", "propose/"),
        "statistics_release_preview": address("statistics.release", f"{release.pk}/preview/"),
        "statistics_release_publish": address("statistics.release", f"{release.pk}/publish/"),
        "statistics_release_withdraw": address("statistics.release", "2022.p1/withdraw/"),
        **{
            f"statistics_release_{act}": address("statistics.release", f"{release.pk}/{act}/")
            for act in ("schedule", "approve", "take_back")
        },
        "erased_tombstone_person": address("erased.tombstone", "person/"),
        "auth_user_on_day": address("auth.user", "on-day/"),
        "partners_auditevent_csv": address("partners.auditevent", "csv/"),
        "partners_auditevent_find": address("partners.auditevent", "find/"),
        "partners_recordread_csv": address("partners.recordread", "csv/"),
        "partners_accessrequest_decide": address("partners.accessrequest", f"{asked.pk}/decide/"),
        **notice_pages(referral.partner),
        "returns_return_find": address("returns.return", "find/"),
        "returns_return_ask": address("returns.return", f"ask/{referral.pk}/"),
        "returns_return_take_back": address("returns.return", f"{returned.pk}/take-back/"),
        "returns_return_settle": address("returns.return", f"{returned.pk}/settle/"),
        "returns_return_ask_again": address("returns.return", f"{returned.pk}/ask-again/"),
        "organisations_successionrequest_decide": address(
            "organisations.successionrequest", f"{succession.pk}/decide/"
        ),
        **request_pages(),
    }


def request_pages() -> dict[str, str]:
    """The pages of a person's request, which was checked and waits."""
    request, label = identify(receive()), "subject_requests.subjectrequest"
    return {
        "subject_requests_subjectrequest_figures": address(label, "figures/"),
        **{
            f"subject_requests_subjectrequest_{act}": address(label, f"{request.pk}/{act}/")
            for act in ("answer", "extend", "identify")
        },
    }


def report_pages(author: User) -> dict[str, str]:
    """The pages of a report that waits for its publication. Each shows both languages."""
    report = make_draft(by=Actor.of(author), year=2022)
    approve_all(report, author)
    return {
        "annual_reportdraft_publish": address("annual.reportdraft", f"{report.pk}/publish/"),
        "annual_reportdraft_whole": address("annual.reportdraft", f"{report.pk}/whole/"),
        "annual_reportdraft_section": address("annual.reportdraft", f"{report.pk}/gender/"),
    }


def file_pages(maker: User) -> dict[str, str]:
    """The pages of a file for a body abroad that waits to be sent."""
    file, label = make_file(by=Actor.of(maker), body="eu-19a", year=2022), "international.internationalfile"
    return {
        f"international_internationalfile_{act}": address(label, f"{file.pk}/{act}/") for act in ("csv", "json", "send")
    }


def quality_pages(partner: Partner) -> dict[str, str]:
    """The pages of the quality of a partner's reports, with a count, a receipt and a look of it."""
    Partner.objects.filter(pk=partner.pk).update(reporting="MONTHLY", reporting_since=this_month())
    some_of_each(partner)
    pages = {
        "csv": "csv",
        "deadlines": "deadlines",
        "waits": "waits",
        "period": f"{partner.pk}/period/{month_id(this_month())}",
        "rule": f"{partner.pk}/rule/code_unknown",
        "field": f"{partner.pk}/field/gender",
        "look": f"at/{partner.pk}/feedback",
    }
    return {f"quality_ruletally_{name}": address("quality.ruletally", f"{path}/") for name, path in pages.items()}


def usual() -> Iterator[tuple[str, set[str]]]:
    """The pages that every model has."""
    for label, (seen, added) in SEEN.items():
        stored = row(label)
        yield address(label), seen
        yield address(label, f"add/{ASKED.get(label, '')}"), added
        if stored is not None:
            yield address(label, f"{stored.pk}/change/"), seen
            yield address(label, f"{stored.pk}/history/"), seen
            yield address(label, f"{stored.pk}/delete/"), set()


def tell_and_hear_back(user: User) -> None:
    """A mail that was sent and came back."""
    Mailing.objects.create(user=user, kind="staff", key="2026-W48", language="da")
    give_address(user)
    mark(user.pk)


def every_page(partner: Partner) -> dict[str, set[str]]:
    """Every page of the staff, with something on it, and the roles that reach it."""
    roles.sync()
    tables = {"": {"": 70}, "gender": {"F": 46, "M": 24, "X": 0}}
    earlier = [publish(PUBLIC, "2022", tables, vintage).pk for vintage in (1, 2)]
    release, planner = built("public", "2023", user=staff("builder"), against=earlier), staff("planner", "statistician")
    ScheduledPublication.objects.create(release=release, due_at=timezone.now() + timedelta(days=1), user=planner)
    AnnouncedDate.objects.create(period="2023", month=date(2101, 3, 1), user=planner)
    jobs.defer("charts.paint")
    signing.sign(member(partner), 2024)
    reopen(by=keeper(), partner_id=partner.pk, year=2024, until=today(), reason_code="NIL_WRONG")
    set_window(partner)
    assign(partner, OUTREACH, date(2025, 1, 1))
    invite(by=COMMAND, role="READER", partner=partner)
    ask_invitation(by=Actor.of(staff("asker", "partner_manager")), role="READER", partner=partner)
    revalidate(by=COMMAND)
    tell_and_hear_back(staff("bounced"))
    begin_life(partner)
    observed(stored(a_manual()), value=17)
    own = own_pages(decided(partner), release) | report_pages(planner) | quality_pages(partner) | file_pages(planner)
    assert set(own) == set(OWN)
    return {**dict(usual()), **{own[name]: who for name, who in OWN.items()}}
