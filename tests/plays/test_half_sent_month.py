"""The half-sent month: it is complete once its partner says so or it is due, and what is published before that says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from cases.errors import ReferralsDiffer
from cases.intake import submit
from cases.months import COPENHAGEN
from core.text import Text
from oversight.quality.feedback import feedback
from oversight.quality.matrix import matrix
from oversight.reminders import plan
from oversight.reporting import completion, states
from oversight.reporting.coverage import coverage
from oversight.reporting.receipts.signing import open_points
from oversight.reporting.states import PeriodReport
from partners.models import Partner
from partners.roles import MemberRole
from stats.models import PUBLIC, Publication
from tests.api.asserts import body
from tests.api.calendars import expect, shaped, stopped
from tests.api.open_figures import get
from tests.callers import Browser, Caller, make_caller
from tests.oversight.reminders.conftest import mail_on, team
from tests.pages.tables import rows
from tests.plays import stage
from tests.stats.publishing.town import Town, build
from tests.stats.records import START

__all__ = ["mail_on", "team"]

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)
# A Monday, a week before the deadline; the last day; and the moment after it.
MONDAY, LAST_DAY, AFTER = "2025-04-07T12:00", "2025-04-14T12:00", "2025-04-15T00:00"


def send(caller: Caller, number: int) -> None:
    """Send referrals of March."""
    for _ in range(number):
        submit.put(by=caller.principal, reference=uuid4(), values=shaped(referred_in="2025-03"))


def march(caller: Caller, now: datetime) -> PeriodReport:
    """How March stands."""
    partner = Partner.objects.get(pk=caller.partner.pk)
    return states.reports_of_partner(partner.pk, partner.calendar, now)[0]


def told(now: datetime) -> set[tuple[str, str]]:
    """Who would be told which kind."""
    names = dict(User.objects.values_list("pk", "username"))
    return {(names[each.user_id], each.kind) for each in plan.occasions(now)}


def row(now: datetime) -> dict[str, object]:
    """The one row of March's coverage note."""
    [only] = coverage(MARCH, MARCH, now).rows
    return only.as_json


@pytest.fixture
def others(ngo: Caller) -> list[Caller]:
    """Five NGOs beside the one of the story; all report monthly since March."""
    others = [make_caller("NGO") for _ in range(5)]
    for caller in (ngo, *others):
        expect(caller, since=MARCH)
    Partner.objects.update(created_at=datetime(2025, 1, 1, tzinfo=COPENHAGEN))
    return others


def begin(ngo: Caller, others: list[Caller]) -> None:
    """The others say that there was nothing; the one of the story sends three."""
    for other in others:
        completion.declare(by=other.principal, month=MARCH, referrals=0)
    send(ngo, 3)


def test_a_half_sent_month_is_begun_until_its_partner_says_that_that_was_all(
    team: dict[MemberRole, User], ngo: Caller, others: list[Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = stopped(monkeypatch)
    clock("2025-04-03T09:00")
    begin(ngo, others)
    now = clock(MONDAY)
    report = march(ngo, now)
    assert (report.state, report.referrals, report.declared_at, report.is_open) == ("BEGUN", 3, None, True)
    assert row(now) == {"kinds": ["NGO"], "expected": 6, "complete": 5, "late": 0, "begun": 1, "missing": 0}
    assert {("caseworker", "due_soon"), ("caseworker", "digest"), ("manager", "due_soon")} <= told(now)
    partner = Partner.objects.get(pk=ngo.partner.pk)
    [begun] = [each.about for each in open_points(partner, 2025, now) if each.code == "periods_begun"]
    assert begun == (report.period.label,)
    (year,) = matrix(2025, now, [partner])
    assert year.cells[2].words.en == "begun, not complete"
    with pytest.raises(ReferralsDiffer):
        completion.declare(by=ngo.principal, month=MARCH, referrals=10)
    send(ngo, 7)
    assert march(ngo, now).state == "BEGUN"
    assert completion.declare(by=ngo.principal, month=MARCH, referrals=10).referrals == 10
    report = march(ngo, now)
    assert (report.state, report.referrals, report.late, report.is_open) == ("REPORTED", 10, False, False)
    assert (row(now)["complete"], row(now)["begun"]) == (6, 0)
    assert {kind for _, kind in told(now)} == set()


def test_a_month_that_nobody_declares_is_complete_when_it_is_due_and_says_so(
    team: dict[MemberRole, User], ngo: Caller, others: list[Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = stopped(monkeypatch)
    clock("2025-04-03T09:00")
    begin(ngo, others)
    now = clock(LAST_DAY)
    assert march(ngo, now).state == "BEGUN"
    assert ("caseworker", "due_now") in told(now)
    now = clock(AFTER)
    report = march(ngo, now)
    assert (report.state, report.late, report.lacks_completion) == ("REPORTED", False, True)
    assert row(now)["complete"] == 6
    assert not {"overdue", "due_now"} & {kind for _, kind in told(now)}
    partner = Partner.objects.get(pk=ngo.partner.pk)
    (year,) = matrix(2025, now, [partner])
    assert year.cells[2].words.en == "received; not declared complete"
    sentence = "These periods are past due and not declared complete: March 2025."
    assert sentence in [text.en for text in feedback(partner, 2025, now).sentences]
    completion.declare(by=ngo.principal, month=MARCH)
    assert (march(ngo, now).lacks_completion, march(ngo, now).late) == (False, False)
    assert sentence not in [text.en for text in feedback(partner, 2025, now).sentences]


DECEMBER = date(2025, 12, 1)
# Of 2025 December alone is expected. The year has ended; it is not due before the 14th of January.
THIRD, SEVENTH, TENTH, TWENTIETH = (f"2026-01-{day}T12:00" for day in ("03", "07", "10", "20"))
NOTES = Text("Hele december er med.", "All of December is included.")
FEW = "many of the expected reports were missing"


def refer(ngo: Caller, number: int, clock: Callable[[str], datetime], moment: str) -> None:
    """Persons of December whom an NGO refers at a moment, and who are identified."""
    minutes = int((clock(moment) - START).total_seconds() // 60)
    Town((ngo.partner,)).enter(number, "2025-12", minutes=minutes)


@pytest.fixture
def eight(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Caller]]:
    """Eight NGOs report since December. Five say that there was nothing, two are silent, and one sends nine of its thirteen."""
    callers = [ngo, *(make_caller("NGO") for _ in range(7))]
    for caller in callers:
        expect(caller, since=DECEMBER)
    Partner.objects.update(created_at=datetime(2025, 1, 1, tzinfo=COPENHAGEN))
    with monkeypatch.context() as patch:
        clock = stopped(patch)
        refer(ngo, 9, clock, THIRD)
        for other in callers[1:6]:
            completion.declare(by=other.principal, month=DECEMBER, referrals=0)
        refer(ngo, 4, clock, TENTH)
        completion.declare(by=ngo.principal, month=DECEMBER, referrals=13)
        completion.declare(by=callers[6].principal, month=DECEMBER, referrals=0)
    yield callers


def as_of(moment: str) -> datetime:
    """A moment by the clocks of Copenhagen."""
    return datetime.fromisoformat(moment).replace(tzinfo=COPENHAGEN)


def check_note(release: str, complete: int, begun: int, missing: int) -> None:
    """What every surface says of who had answered."""
    note = body(get(f"/api/v1/releases/{release}"))["coverage"]
    of_ngos = {"expected": 8, "complete": complete, "late": 0, "begun": begun, "missing": missing}
    # Five said that there was nothing, and too few did not: it is not told.
    assert note == {"expected": 8, "rows": [{"kinds": ["NGO"], **of_ngos}], "nil": None, "undeclared": None}
    cells = ["NGO", *map(str, (8, complete, 0, begun, missing))]
    for path in ("en/releases", "da/udgivelser"):
        assert cells in rows(Browser().get(f"/{path}/{release}/").content.decode())


def test_a_year_that_is_published_half_sent_says_why_and_what_is_safe(eight: list[Caller]) -> None:
    order = Text(*stage.REASONS.values())
    build("2025", PUBLIC, [""], as_of=as_of(SEVENTH), reason=order, change_notes=None)
    ole = stage.approver()
    asked = ole.acts("2025.p1", "publish")
    assert "Too few of the expected reports have come." in asked and "5 of 8 expected have come." in asked
    assert "Complete: 5. Late: 0. Begun: 1. Missing: 2." in asked and not Publication.objects.exists()
    own = {"reason_da": "Folketinget venter på tallet.", "reason_en": "Parliament waits for this figure."}
    assert "is published" in ole.acts("2025.p1", "publish", {**own, **stage.UNANNOUNCED})
    assert stage.total(2025) == 9
    for page in (stage.front(), stage.public_page("/en/releases/2025.p1/")):
        assert FEW in page and order.en in page and own["reason_en"] in page
    assert "FEW_REPORTS" in body(get("/api/v1/releases/2025.p1"))["notes"]
    check_note("2025.p1", complete=5, begun=1, missing=2)

    # Thirteen days later all of it has come, and nothing speaks against the figure. What was said of the first one stays.
    build("2025", PUBLIC, [""], as_of=as_of(TWENTIETH), change_notes=NOTES)
    asked = ole.acts("2025.p2", "publish")
    assert "7 of 8 expected have come." in asked and "Too few" not in asked
    assert "is published" in ole.acts("2025.p2", "publish", stage.UNANNOUNCED)
    assert stage.total(2025) == 13 and FEW not in stage.front()
    check_note("2025.p2", complete=7, begun=0, missing=1)
    check_note("2025.p1", complete=5, begun=1, missing=2)
    assert FEW in stage.public_page("/en/releases/2025.p1/")
