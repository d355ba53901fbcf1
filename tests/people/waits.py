"""Something of each item that waits on the staff's first page."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from cases.intake.models import RevalidationReport
from cases.months import today
from oversight.reporting.receipts import signing
from oversight.reporting.receipts.status import FAILURE, FAILURES_TO_REPORT
from partners import audit, jobs
from partners.access.requests import ask_invitation
from partners.audit import COMMAND, Actor
from partners.jobs.attempts import note_failure
from partners.mail import sending
from partners.models import Secret
from partners.organisations import successions
from partners.people.invitations import invite
from partners.people.models import Invitation
from partners.roles import MemberRole
from publications.annual.drafts import basis_of
from publications.annual.models import ReportDraft, ReportOrder
from publications.international.files import make as make_file
from publications.international.files import send as send_file
from stats.models import (
    PUBLIC,
    AnnouncedDate,
    BuildOrder,
    DraftRefusal,
    Erratum,
    ScheduledPublication,
    ScheduleEnd,
    WithdrawalRequest,
)
from stats.staff.fact_decisions import may_decide
from tests.callers import Caller, make_caller
from tests.cases.duplicates.world import crowd, rare, run_search
from tests.cases.windows.world import LAST_YEAR
from tests.jobs.test_working import sql
from tests.mail.boxes import ended, give_address
from tests.notices import world
from tests.oversight.returns.world import send_back
from tests.oversight.rights.restricting import inform, restrict
from tests.oversight.subject_requests.world import receive
from tests.partners.accounts.world import unused
from tests.people.visitors import member, staff
from tests.publications.plans.world import a_computed, a_manual, observed, stored
from tests.stats import records
from tests.stats.drafts import built
from tests.stats.facts_decided import refuse, undecided
from tests.stats.published import publish, say_erratum


def everything(ngo: Caller, *orderers: User) -> None:
    """Something of each item, made by somebody else; and finished orders of some."""
    other = staff("somebody-else", is_superuser=True)
    audit.record(by=Actor.of(other), action="person.roles", subject=str(other.pk), roles=["auditor"])
    file_abroad(other)
    publications(other)
    for user in orderers:
        BuildOrder.objects.create(period="2023", audience="public", user=user)
        ReportOrder.objects.create(year=2023, user=user)
        if may_decide(user):
            refuse(undecided("2019", by=user), other)
        if user.has_perm("statistics.add_buildorder"):
            refused_draft(user, other)
        BuildOrder.objects.update(state="DONE")
        ReportOrder.objects.update(state="DONE")
    crowd(ngo.partner)
    for _ in range(2):
        rare(ngo.partner)
    run_search()
    disagreement(ngo)
    RevalidationReport.objects.create(referrals=3, refused=1, held=0, schema_version="1")
    receive()
    token = ngo.referral()[1]["case_token"]
    inform(restrict(token, until=today()))
    ask_invitation(by=Actor.of(other), role="READER", partner=ngo.partner)
    invite(by=COMMAND, role="READER", partner=ngo.partner)
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    Secret.objects.update(expires_at=timezone.now() + timedelta(days=20))
    stopped_jobs()
    organisations(ngo, other)
    late_return(ngo)
    unmade_receipt(ngo)
    texts_of_notices()
    undecided("2020", by=other)
    stored(a_manual("WAITS"), approve=None)
    observed(stored(a_manual()), value=17, approve=None)
    stored(a_computed("ALL", filters={}, baseline_year=2019))
    reports(other, *orderers)


def refused_draft(of: User, by: User) -> None:
    """A draft that somebody had built by the command, and that another refused."""
    release = built("authority", "2019-Q1", user=of)
    DraftRefusal.objects.create(release=release, reason="A sheet was counted twice.", user=by)


def texts_of_notices() -> None:
    """A text that waits for its review, and one that waits for its publication."""
    notice = world.create()
    world.review(world.write(notice))
    world.write(notice, "en")


def file_abroad(by: User) -> None:
    """A published year of which one file was sent before an erratum, and another one is made after it."""
    release = publish(PUBLIC, "2020", {"": {"": 70}})
    sent = make_file(by=Actor.of(by), body="greta", year=2020)
    send_file(by=Actor.of(staff("who-sends", is_superuser=True)), file=sent.pk)
    say_erratum(release, "Titlen er forkert.", "The title is wrong.", by)
    Erratum.objects.create(release_id=release.pk, text_da="Endnu en fejl.", text_en="Another error.", user=by)
    WithdrawalRequest.objects.create(release_id=release.pk, reason="Forkert.\nWrong.", user=by)
    make_file(by=Actor.of(by), body="glotip", year=2020)


def organisations(ngo: Caller, by: User) -> None:
    """A succession that somebody else asked for, a partner without the agreement, and a mail; a person whose mail comes back, and
    who has not signed in for long.
    """
    heir = make_caller("NGO", name="Heir").partner
    successions.ask(by=Actor.of(by), old=ngo.partner, new=heir, since=today())
    make_caller("NGO", name="Newcomer", agreed=False)
    reader = member(ngo.partner, MemberRole.READER, "reader").user
    unused(reader, 500)
    give_address(reader)
    sending.mark(reader.pk)
    ended(reader, "FAILED")


def late_return(ngo: Caller) -> None:
    """A referral that went back, and whose day has passed without an answer; and one that was answered."""
    path, _ = ngo.referral()
    send_back(path, days=-1)
    answered = send_back(ngo.referral()[0])
    ngo.put(f"/api/v1/returns/{answered.pk}/answer", {"answer_code": "RIGHT_AS_IT_IS"})


def unmade_receipt(ngo: Caller) -> None:
    """A receipt whose PDFs a worker has tried to make again and again."""
    receipt, _ = signing.sign(member(ngo.partner), LAST_YEAR)
    for _ in range(FAILURES_TO_REPORT):
        note_failure(FAILURE, str(receipt.pk), ValueError())


def publications(by: User) -> None:
    """A draft whose publication failed at its moment, one that is planned, one whose moment has passed, and a date."""
    moment = timezone.now() + timedelta(days=3)
    announced = timezone.now() + timedelta(days=3)
    AnnouncedDate.objects.create(period="2023", month=announced.date().replace(day=1), moment=announced, user=by)
    late, planned = built("public", "2023", user=by), built("public", "2022", user=by)
    failed = ScheduledPublication.objects.create(release=late, due_at=moment, user=by)
    ScheduleEnd.objects.create(schedule=failed, outcome="FAILED", code="PROOF_STALE")
    ScheduledPublication.objects.create(release=planned, due_at=moment, user=by)
    passed = timezone.now() - timedelta(minutes=5)
    ScheduledPublication.objects.create(release=built("public", "2021", user=by), due_at=passed, user=by)


def reports(by: User, *orderers: User) -> None:
    """A report that is finished, one that is not, and of each orderer one that is stale."""
    content: dict[str, object] = {"documents": {}, "numbers": {}, "software": "0"}
    for year, place in ((2022, "gender:comment"), (2021, "gender:heading")):
        ReportDraft.objects.create(year=year, user=by, places=[place], basis=basis_of(year), **content)
    for year, user in enumerate(orderers, 1990):
        ReportDraft.objects.create(year=year, user=user, places=["gender:heading"], basis={"1990.p1": {}}, **content)


def stopped_jobs() -> None:
    """A job of either right that failed, and one to which nothing happened for an hour, as nothing was heard of the workers."""
    for status in ("failed", "todo"):
        for number in (jobs.defer("charts.paint"), jobs.defer("intake.work_batch", lock=status, batch_id=status)):
            sql(f"UPDATE procrastinate_jobs SET status = '{status}' WHERE id = {number}")
    sql("UPDATE procrastinate_events SET at = now() - interval '1 hour'")
    for role in ("current_user", "'henvis_web'"):
        values = f"(now() - interval '1 hour', {role})"
        sql(f"INSERT INTO procrastinate_workers (last_heartbeat, henvis_role) VALUES {values}")


def disagreement(ngo: Caller) -> None:
    """A person of whom two referrals of the same rank say different things."""
    person = records.identified(ngo.partner, decided_in="2023-03")
    for country in ("NG", "RO"):
        records.referral(person, ngo.partner, citizenship=country)
