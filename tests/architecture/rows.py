"""A row of every append-only table."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.contrib.auth.models import User
from django.utils import timezone

from cases import dictionary as d
from cases import tokens
from cases.duplicates.models import DuplicateDecision
from cases.intake.models import Confirmation
from cases.intake.revalidation import revalidate
from cases.linking import decisions
from cases.linking.models import RestrictedCase
from cases.models import Assessment, Case, Referral
from cases.months import today
from cases.services.forms import OUTREACH
from cases.windows.models import ReceiptFile
from cases.windows.partner_years import open_record
from oversight.quality.models import FieldComparison
from oversight.reporting.models import CoverageNote
from oversight.reporting.receipts import keys, signing
from oversight.retention.models import RetentionHold
from oversight.returns import inquiries
from partners.audit import COMMAND, Actor
from partners.mail.models import Mailing, MailOutcome
from partners.models import AccessDecision, AccessRequest, Partner
from partners.organisations.models import Mandate, MandateEnd, SuccessionDecision, SuccessionRequest
from publications.annual.models import ReportDraft, ReportEdition, ReportPublication, ReportText
from publications.international import files
from publications.international.models import FileDispatch
from stats.models import (
    PUBLIC,
    AnnouncedDate,
    BuildOrder,
    Certificate,
    CountedFact,
    DraftRefusal,
    OrderFiling,
    PreReleaseAccess,
    Publication,
    PublishedChange,
    PublishedSumCoverage,
    PublishedSumTable,
    PublishedSumTold,
    PublishedTable,
    PublishedTold,
    Release,
    ReviewSign,
    ReviewSignEnd,
    ScheduledPublication,
    ScheduleEnd,
    WithdrawalDecision,
    WithdrawalRequest,
)
from tests.callers import Caller, assessment, referral
from tests.cases.services.world import assign
from tests.cases.windows.world import keeper, reopened, set_window
from tests.notices.world import one_of_each
from tests.oversight.quality.world import some_of_each
from tests.oversight.retention.waiving import waive_every_year
from tests.oversight.rights.world import store_tombstone
from tests.oversight.subject_requests.world import answer, identify, receive
from tests.partners.organisations.world import begin_life
from tests.people import visitors
from tests.people.visitors import member
from tests.publications.plans.world import a_computed, observed, publish_year
from tests.publications.plans.world import stored as plan_indicator
from tests.stats import records
from tests.stats.drafts import CELLS, CHANGES, COVERAGE, SUMS, TOLD_OF_SUMS, built, exact
from tests.stats.facts_decided import confirm, undecided
from tests.stats.published import editor, say_erratum, staff, withdraw


def store_rows(ngo: Caller, centre: Caller) -> None:
    """Store what there is of each."""
    path, row_stored = ngo.referral()
    ngo.put(path, referral(gender="M"), If_Match='"1"')
    assessed = f"/api/v1/cases/{row_stored['case_token']}/assessment"
    centre.put(assessed, assessment())
    centre.put(assessed, assessment(outcome="DECLINED"), If_Match='"1"')
    first, second = (
        built(PUBLIC, "2025", vintage=vintage, user=staff("builder"), sums_of=ngo.partner) for vintage in (1, 2)
    )
    for release in (first, second):
        PublishedTable.objects.create(release=release, **CELLS)
        PublishedTold.objects.create(
            release=release, of=release, dataset="persons", axes="gender", codes=["X"], least=[0], most=[9]
        )
        PublishedSumTable.objects.create(release=release, **SUMS)
        PublishedSumTold.objects.create(release=release, of=release, **TOLD_OF_SUMS, least=[0], most=[9])
        PublishedSumCoverage.objects.create(release=release, **COVERAGE)
        Certificate.objects.create(release=release, body={})
        if release is second:
            PublishedChange.objects.create(release=second, since=first, **CHANGES)
        PreReleaseAccess.objects.create(release=release, user=staff("builder"), roles="", may_see=True, looks=1)
        Publication.objects.create(release=release, user=staff("approver"))
    say_erratum(first)
    store_acts(first, second)
    withdraw(first, second)
    confirm(undecided("2025"))
    CountedFact.objects.create(fact="2025", persons=9)
    store_dates(first)
    exact()
    ngo.get(path)
    access_request = AccessRequest.objects.create(act="CLIENT", partner=ngo.partner, asked_by=staff("asker"))
    AccessDecision.objects.create(request=access_request, approved=False, user=staff("decider"))
    ngo.put("/api/v1/reports/2024-01", {"referrals": 0})
    store_tombstone(ngo.partner)
    waive_every_year()
    RetentionHold.objects.create(
        until_on=today(), reason_code="INQUIRY", user=visitors.staff("holder", "data_protection")
    )
    Confirmation.objects.create(partner=ngo.partner, rule="rule", digest="0" * 64, reason_code="CHECKED")
    revalidate(by=COMMAND)
    store_year(ngo)
    store_counts(ngo)
    begin_life(ngo.partner)
    store_ends(ngo.partner)
    store_report()
    store_file()
    return_referral(ngo)
    mailing = Mailing.objects.create(user=staff("told"), kind="staff", key="2026-W48", language="da")
    MailOutcome.objects.create(mailing=mailing, code="SENT")
    answer(identify(receive()))
    CoverageNote.objects.create(release=first, content={})
    decide_links(Case.objects.get())
    some_of_each(ngo.partner)
    FieldComparison.objects.create(year=2025, field="recruiter", low=5, high=10)
    decide_duplicates(ngo)
    one_of_each(ngo)
    RestrictedCase.objects.create(
        restriction=uuid4(), case=Case.objects.earliest("opened_at"), recorded_at=timezone.now()
    )
    publish_year()
    observed(plan_indicator(a_computed()))


def return_referral(ngo: Caller) -> None:
    """A referral that was returned, with its answer, which was looked at."""
    current = Referral.objects.get(version=2)
    asker = User.objects.create_superuser("asker-of-returns")
    inquiry = inquiries.ask(by=asker, shown=current, reason_code="UNLIKELY", due=today())
    inquiries.answer(by=ngo.principal, key=inquiry.pk, code="RIGHT_AS_IT_IS")
    inquiries.settle(by=asker, inquiry=inquiry)


def store_ends(partner: Partner) -> None:
    """The end of a mandate, and a succession that was refused."""
    MandateEnd.objects.create(mandate=Mandate.objects.get(giver=partner), user=staff("builder"))
    SuccessionDecision.objects.create(request=SuccessionRequest.objects.get(), approved=False, user=staff("decider"))


def store_report() -> None:
    """A published annual report with a text."""
    texts = {"places": ["gender:heading"], "documents": {}, "numbers": {}, "basis": {}, "software": "0"}
    draft = ReportDraft.objects.create(year=2025, user=staff("builder"), **texts)
    words = {"text_da": "Flest kvinder", "text_en": "Mostly women"}
    text = ReportText.objects.create(draft=draft, place="gender:heading", user=staff("builder"), **words)
    publication = ReportPublication.objects.create(
        draft=draft, year=2025, version=1, last_text=text, user=staff("approver")
    )
    ReportEdition.objects.create(
        publication=publication,
        language="da",
        document={},
        data="{}",
        data_digest="d" * 64,
        pdf=b"%PDF",
        pdf_digest="d" * 64,
    )


def store_file() -> None:
    """A file for an international organisation that was sent."""
    file = files.make(by=Actor.of(visitors.staff("maker", "statistician")), body="eu-19a", year=2025)
    FileDispatch.objects.create(file=file, user=staff("approver"))


def store_year(ngo: Caller) -> None:
    """A year whose window was changed, that was signed and reopened, and a record that is open by itself."""
    who = member(ngo.partner)
    receipt, _ = signing.sign(who, 2024)
    keys.sign(receipt)
    ReceiptFile.objects.create(receipt=receipt, language="da", content=b"%PDF")
    reopened(ngo, 2024)
    set_window(ngo.partner, 2024)
    open_record(by=keeper(), partner_id=ngo.partner.pk, reference=uuid4(), until=timezone.now())


def store_counts(ngo: Caller) -> None:
    """A count report in two versions, and staff's word that it is expected."""
    month = "/api/v1/counts/OUTREACH/2025-03"
    ngo.put(month, {"contacts": []})
    ngo.put(month, {"contacts": [], "visits": []}, If_Match='"1"')
    assign(ngo.partner, OUTREACH, date(2025, 1, 1))


def decide_duplicates(ngo: Caller) -> None:
    """Two cases told apart."""
    first, second = sorted((records.case(ngo.partner) for _ in range(2)), key=lambda each: each.pk)
    alike = {"case_a": first, "case_b": second, "reasons": ["pattern"], "score": 1, "user": staff("decider")}
    DuplicateDecision.objects.create(decision="DIFFERENT", reason_code="TWO_KNOWN", **alike)


def decide_links(case: Case) -> None:
    """A merge, a split, an undoing, and an attribute decided."""
    by, reason = COMMAND, "CONFIRMED"
    other = Case.objects.create(token=tokens.mint(), opened_at=timezone.now(), opened_by_id=case.opened_by_id)
    original = decisions.merge(by=by, cases=[case.pk, other.pk], reason_code=reason)
    decisions.undo(by=by, decision=original.pk, reason_code=reason)
    assessor = Assessment.objects.get(version=2).partner_id
    decisions.split(by=by, case=case.pk, referrals=[], assessments=[assessor], reason_code=reason)
    decisions.merge(by=by, cases=[case.pk, other.pk], reason_code=reason)
    decisions.decide_attribute(by=by, case=case.pk, field=d.GENDER.name, code="F", reason_code=reason)


def store_acts(first: Release, second: Release) -> None:
    """A draft that was refused, an order put away, a sign that was taken down, and a withdrawal to which somebody said no."""
    approver = staff("approver")
    DraftRefusal.objects.create(release=first, reason="The total cannot be right.", user=approver)
    order = BuildOrder.objects.create(period="2025", audience=PUBLIC, choice={"tables": []}, user=staff("builder"))
    OrderFiling.objects.create(order=order, user=staff("builder"))
    sign = ReviewSign.objects.create(release=second, user=editor("approver"))
    ReviewSignEnd.objects.create(sign=sign, user=approver)
    withdrawal = WithdrawalRequest.objects.create(release=second, reason="Forkert.\nWrong.", user=approver)
    WithdrawalDecision.objects.create(request=withdrawal, approved=False, user=approver)


def store_dates(release: Release) -> None:
    """A date in the calendar, and a publication that was scheduled and taken back."""
    AnnouncedDate.objects.create(period="2030", month=date(2100, 3, 1), user=staff("builder"))
    plan = ScheduledPublication.objects.create(release=release, due_at=timezone.now(), user=staff("approver"))
    ScheduleEnd.objects.create(schedule=plan, outcome="TAKEN_BACK", user=staff("approver"))
