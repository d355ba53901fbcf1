"""The pages of the staff that not every model has, each with something on it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.contrib.auth.models import User
from django.utils import timezone

from cases.duplicates.models import Decision, Duplicate
from cases.linking.models import LinkDecision, RestrictedCase
from cases.models import Case, Referral
from cases.months import month_id, this_month, today
from oversight.returns import inquiries
from oversight.subject_requests.models import RequestStep
from partners.audit import Actor
from partners.models import AccessRequest, Partner
from partners.organisations.models import SuccessionRequest
from publications.annual.drafting import make_draft
from publications.international.files import make as make_file
from stats.models import BuildOrder, FactDecision, Release, WithdrawalRequest
from tests.cases.duplicates.world import crowd, decide_pair, rare, run_search
from tests.cases.linking.world import merge_cases
from tests.oversight.quality.world import some_of_each
from tests.oversight.subject_requests.world import identify, keeper, receive
from tests.people.notice_pages import notice_pages
from tests.people.visitors import staff
from tests.publications.annual.world import approve_all


def address(label: str, rest: str = "") -> str:
    """A page of a model."""
    return f"/admin/{label.replace('.', '/')}/{rest}"


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
    succession, waits = SuccessionRequest.objects.get(), FactDecision.objects.get()
    orderer = staff("orderer", "statistician")
    filed = BuildOrder.objects.create(period="2021", audience="public", user=orderer)
    BuildOrder.objects.filter(pk=filed.pk).update(state="RUNNING")
    BuildOrder.objects.filter(pk=filed.pk).update(state="FAILED", message="Nej.\nNo.")
    for each in Release.objects.filter(pk="2022.p1"):
        WithdrawalRequest.objects.create(release=each, reason="Forkert.\nWrong.", user=orderer)
    assert case is not None
    assert referral is not None
    returned = inquiries.ask(
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
        "statistics_factdecision_end": address("statistics.factdecision", f"{waits.pk}/end/refuse/"),
        "statistics_release_preview": address("statistics.release", f"{release.pk}/preview/"),
        "statistics_release_publish": address("statistics.release", f"{release.pk}/publish/"),
        "statistics_release_withdraw": address("statistics.release", "2022.p1/withdraw/"),
        **{
            f"statistics_release_{act}": address("statistics.release", f"{release.pk}/{act}/")
            for act in ("schedule", "refuse", "take_back")
        },
        **{
            f"statistics_release_{act}": address("statistics.release", f"2022.p1/{act}/")
            for act in ("review", "end_review", "agree_withdrawal", "refuse_withdrawal")
        },
        "statistics_buildorder_file": address("statistics.buildorder", f"{filed.pk}/file/"),
        "erased_tombstone_person": address("erased.tombstone", "person/"),
        "auth_user_on_day": address("auth.user", "on-day/"),
        "auth_user_review": address("auth.user", "review/"),
        "auth_user_review_file": address("auth.user", "review/file/"),
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
        **request_pages(referral.partner),
    }


def request_pages(opened_by: Partner) -> dict[str, str]:
    """The pages of a person's request, which was checked and waits, and of one whose restriction holds."""
    request, label = identify(receive()), "subject_requests.subjectrequest"
    case = Case.objects.create(token="restriction", opened_at=timezone.now(), opened_by=opened_by)
    restriction = identify(receive("RESTRICTION"))
    # Older than the drafts of these pages, which would be stale.
    row = RestrictedCase.objects.create(
        restriction=uuid4(), case=case, recorded_at=timezone.now() - timedelta(days=4000)
    )
    RequestStep.objects.create(
        request=restriction, act="RESTRICTED", code="CLAIMS", restriction=row.restriction, user=keeper()
    )
    return {
        "subject_requests_subjectrequest_figures": address(label, "figures/"),
        **{
            f"subject_requests_subjectrequest_{act}": address(label, f"{request.pk}/{act}/")
            for act in ("answer", "extend", "identify")
        },
        "subject_requests_subjectrequest_inform": address(label, f"{restriction.pk}/inform/"),
        "erased_tombstone_lift": address("erased.tombstone", f"lift/{restriction.pk}/"),
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
    """The pages of a file for an international organisation that waits to be sent."""
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
        "counts": "counts",
        "count": f"counts/{partner.pk}/OUTREACH/{month_id(this_month())}",
        "deadlines": "deadlines",
        "waits": "waits",
        "period": f"{partner.pk}/period/{month_id(this_month())}",
        "rule": f"{partner.pk}/rule/code_unknown",
        "field": f"{partner.pk}/field/gender",
        "look": f"at/{partner.pk}/feedback",
    }
    return {f"quality_ruletally_{name}": address("quality.ruletally", f"{path}/") for name, path in pages.items()}
