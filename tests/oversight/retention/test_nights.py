"""Six years of nights: what goes in which month, by the one table, and what stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from cases import invented
from cases.duplicates.models import LinkageCode
from cases.models import Case, Referral
from cases.months import later, this_month, today
from notices.models import Acknowledgement
from oversight.retention import nightly
from oversight.retention.outlook import STAYS, outlook
from oversight.retention.rules import BY_ID, FORGOTTEN, RULES, goes_on, months_of
from oversight.subject_requests.models import RequestStep, SubjectRequest
from partners.jobs.registry import TASKS
from partners.mail.models import Mailing, MailOutcome
from partners.models import AuditEvent, RecordRead
from tests.callers import Caller
from tests.cases.duplicates.world import add_linkage_code
from tests.invented import ask_anew
from tests.notices import world as notices
from tests.oversight.rights.restricting import restrict
from tests.oversight.rights.world import arrive, staff
from tests.oversight.subject_requests.world import answer, identify, receive
from tests.stats import records

pytestmark = pytest.mark.django_db
# A class is looked at by the rows of one table that it is of.
ROWS: dict[str, QuerySet[Any]] = {
    "codes": LinkageCode.objects.all(),
    "requests": SubjectRequest.objects.all(),
    "audit": AuditEvent.objects.filter(action__startswith="subjectrequest."),
    "reads": RecordRead.objects.all(),
    "mails": Mailing.objects.all(),
    "receipts": Acknowledgement.objects.all(),
}


@pytest.fixture
def rows(ngo: Caller) -> None:
    """Something of each class, written now, and a person who is kept by a restriction."""
    path, _ = ngo.referral()
    ngo.get(path)
    add_linkage_code(Referral.objects.get())
    Mailing.objects.create(user=staff("told"), kind="staff", key="2026-W48", language="da")
    MailOutcome.objects.create(mailing=Mailing.objects.get(), code="SENT")
    answer(identify(receive()))
    notices.one_of_each(ngo)


def nights() -> Iterator[date]:
    """The first night of each month of seven years."""
    for number in range(85):
        yield later(this_month(), number)


def test_each_class_goes_in_its_month(rows: None) -> None:
    """The month of today is whole: what was written on its last day is kept for as long as what was on its first."""
    went = dict.fromkeys(FORGOTTEN, date.max)
    for night in nights():
        nightly.run(night)
        for name, left in ROWS.items():
            if not left.exists():
                went[name] = min(went[name], night)
    assert went == {name: later(this_month(), months_of(name) + 1) for name in FORGOTTEN}


def test_a_person_goes_in_january_and_no_sooner_than_her_record_said(rows: None, ngo: Caller) -> None:
    record = Case.objects.get().referral_set.get()
    told = goes_on(record.referred_in, record.recorded_at)
    gone = next(night for night in nights() if nightly.run(night)["persons"])
    assert gone == date(today().year + 1 + months_of("persons") // 12, 1, 1) and told <= gone


def test_what_makes_partners_accounts_and_releases_what_they_are_stays(rows: None) -> None:
    records.partner()
    before = set(AuditEvent.objects.filter(action__in=["partner.add", "client.add"]).values_list("pk", flat=True))
    assert before
    nightly.run(date(2199, 1, 1))
    assert set(AuditEvent.objects.values_list("pk", flat=True)) >= before
    assert not AuditEvent.objects.filter(action__startswith="subjectrequest.").exists()


def test_a_request_whose_restriction_holds_is_not_over(ngo: Caller) -> None:
    request = restrict(arrive(ngo).token)
    answer(request, "RESTRICTED")
    nightly.run(date(2199, 1, 1))
    assert SubjectRequest.objects.get().pk == request.pk and RequestStep.objects.exists()


def test_each_class_is_one_statement_or_that_of_its_room() -> None:
    assert set(FORGOTTEN) == {each for each in BY_ID if BY_ID[each].months} - {"persons", "no_victims"}


def test_the_trigger_lets_nothing_go_but_by_the_rule(rows: None) -> None:
    for name, left in ROWS.items():
        if name == "codes":
            continue
        with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
            cursor.execute("SAVEPOINT here")
            try:
                cursor.execute(f"DELETE FROM {left.model._meta.db_table}")
            finally:
                cursor.execute("ROLLBACK TO here")


def test_the_worker_leaves_invented_records_alone(rows: None) -> None:
    assert TASKS["retention.run"].function() == nightly.each_night
    ask_anew()
    assert nightly.each_night() == {} and STAYS.en in outlook().en
    invented.KNOWN.answer = False
    assert set(nightly.each_night()) == {"persons", *FORGOTTEN}


def test_the_command_shows_the_rules_and_who_goes_next(rows: None) -> None:
    out = StringIO()
    call_command("retention", stdout=out)
    told = out.getvalue()
    assert all(rule.words.en in told for rule in RULES)
    assert f"1 Jan {today().year + 6}: 1 person." in told and STAYS.en not in told
    call_command("retention", "--run", stdout=out)
    assert "persons: 0" in out.getvalue()
