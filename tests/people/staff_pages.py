"""Every page of the staff with something on it, and the roles that reach it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.utils import timezone

from cases.intake.revalidation import revalidate
from cases.months import today
from cases.services.forms import OUTREACH
from cases.windows.partner_years import reopen
from oversight.reporting.receipts import signing
from partners import jobs
from partners.access.requests import ask_invitation
from partners.audit import COMMAND, Actor
from partners.mail.models import Mailing
from partners.mail.sending import mark
from partners.models import Partner
from partners.people.invitations import invite
from stats.models import PUBLIC, AnnouncedDate, ScheduledPublication
from tests.cases.services.world import assign
from tests.cases.windows.world import keeper, set_window
from tests.mail.boxes import give_address
from tests.partners.organisations.world import begin_life
from tests.people.own_pages import address, decided, file_pages, own_pages, quality_pages, report_pages
from tests.people.visitors import member, staff
from tests.publications.plans.world import a_manual, observed, stored
from tests.stats.drafts import built
from tests.stats.facts_decided import undecided
from tests.stats.published import publish, say_erratum

SCREENS = {model._meta.label_lower: screen for model, screen in admin.site._registry.items()}
# What the address of a form must say: without it the form leads to where it is chosen.
ASKED = {"statistics.buildorder": "?period=2023&audience=public"}
STATISTICS, MANAGER = {"statistician", "approver", "auditor"}, {"partner_manager"}
ACCOUNTS = {"auditor", "data_protection"}
PARTNERS = MANAGER | {"auditor"}
QUALITY = PARTNERS | {"statistician", "approver", "case_manager"}
# Who sees a model's list and each of its rows, and who adds one. A screen that is not here is an error.
SEEN: dict[str, tuple[set[str], set[str]]] = {
    "annual.reportdraft": (STATISTICS, set()),
    "annual.reportorder": ({"statistician", "auditor"}, {"statistician"}),
    "international.internationalfile": (STATISTICS, {"statistician"}),
    "auth.group": ({"auditor"}, set()),
    "auth.user": (ACCOUNTS, set()),
    "statistics.buildorder": ({"statistician", "auditor"}, {"statistician"}),
    "cases.case": ({"case_manager"}, set()),
    "duplicates.duplicate": ({"case_manager"}, set()),
    "duplicates.duplicatedecision": ({"case_manager"}, set()),
    "statistics.announceddate": (STATISTICS, {"statistician"}),
    "statistics.erratum": (STATISTICS, {"statistician"}),
    "statistics.factdecision": (STATISTICS, {"statistician"}),
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
    "reporting.monthcompletion": (PARTNERS, set()),
    "quality.ruletally": (QUALITY, set()),
    "quality.feedbackread": (PARTNERS | {"case_manager"}, set()),
    "quality.desklook": ({"case_manager", "auditor"}, set()),
    "statistics.release": (STATISTICS, set()),
    "retention.retentionhold": ({"data_protection", "auditor"}, {"data_protection"}),
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
    "auth_user_on_day": ACCOUNTS,
    "auth_user_review": ACCOUNTS | MANAGER,
    "auth_user_review_file": ACCOUNTS | MANAGER,
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
    "quality_ruletally_count": QUALITY,
    "quality_ruletally_counts": QUALITY,
    "quality_ruletally_deadlines": QUALITY,
    "quality_ruletally_period": QUALITY,
    "quality_ruletally_rule": QUALITY,
    "quality_ruletally_field": {"case_manager"},
    "quality_ruletally_waits": {"case_manager"},
    "quality_ruletally_look": {"case_manager"},
    "statistics_buildorder_propose": {"statistician"},
    "statistics_factdecision_end": {"statistician", "approver"},
    "statistics_release_preview": {"statistician", "approver"},
    "statistics_release_publish": {"approver"},
    "statistics_release_withdraw": {"approver"},
    "statistics_release_schedule": {"approver"},
    "statistics_release_refuse": {"approver"},
    "statistics_release_review": {"statistician", "approver"},
    "statistics_release_end_review": {"statistician", "approver"},
    "statistics_release_agree_withdrawal": {"approver"},
    "statistics_release_refuse_withdrawal": {"approver"},
    "statistics_buildorder_file": {"statistician"},
    "statistics_release_take_back": {"approver"},
    "erased_tombstone_person": {"data_protection"},
    "erased_tombstone_lift": {"data_protection"},
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
    "subject_requests_subjectrequest_inform": {"data_protection"},
}
USUAL = ("changelist", "add", "history", "delete", "change")


def row(label: str) -> Model | None:
    """A stored row of a model."""
    stored: Model | None = SCREENS[label].model._default_manager.order_by("pk").first()
    return stored


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
    tables = {"": {"": 70}, "gender": {"F": 46, "M": 24, "X": 0}}
    earlier = [publish(PUBLIC, "2022", tables, vintage).pk for vintage in (1, 2)]
    release, planner = built("public", "2023", user=staff("builder"), against=earlier), staff("planner", "statistician")
    ScheduledPublication.objects.create(release=release, due_at=timezone.now() + timedelta(days=1), user=planner)
    say_erratum(earlier[0], by=planner)
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
    undecided("2020", reason="Test test test test test")
    own = own_pages(decided(partner), release) | report_pages(planner) | quality_pages(partner) | file_pages(planner)
    assert set(own) == set(OWN)
    return {**dict(usual()), **{own[name]: who for name, who in OWN.items()}}
