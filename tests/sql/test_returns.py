"""Returning a referral, and how that ends.

Of `henvis_return_state`, `henvis_check_return`, `henvis_check_return_end`, `henvis_check_return_review`, `henvis_shorten_openings`
and `henvis_erase_returns`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from cases.erased import digests
from cases.models import Referral
from cases.windows.models import RecordOpening
from oversight.returns.models import Return, ReturnEnd, ReturnReview
from partners.models import Partner
from partners.roles import MemberRole
from tests.callers import Caller, as_web_server, make_caller, referral
from tests.oversight.returns.world import case_manager, current
from tests.people.visitors import member, staff
from tests.sql.calls import refusal, rows, setting, value, violation, web_value

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(db: None) -> Caller:
    """Who sent it."""
    return make_caller("NGO")


@pytest.fixture
def record(sender: Caller) -> Referral:
    """A referral that stands."""
    return current(sender.referral()[0])


def store(shown: Referral, by: User | None = None, **changes: Any) -> Return:
    """A return as the web server's role writes it."""
    named = {"partner_id": shown.partner_id, "reference": shown.reference, "version": shown.version}
    said = {"reason_code": "UNLIKELY", "due": date(2100, 1, 1), "asked_by": by or case_manager()}
    row = {**named, **said, **changes}
    with transaction.atomic(), as_web_server():
        return Return.objects.create(**row)


def end(inquiry: Return, code: str = "RIGHT_AS_IT_IS", **whose: Any) -> ReturnEnd:
    """The end of a return as the web server's role writes it."""
    with transaction.atomic(), as_web_server():
        return ReturnEnd.objects.create(of_id=inquiry.pk, code=code, **whose)


def look(inquiry: Return, by: User | None = None, code: str = "SETTLED") -> ReturnReview:
    """A review of an answer as the web server's role writes it."""
    user = by or case_manager()
    with transaction.atomic(), as_web_server():
        return ReturnReview.objects.create(of_id=inquiry.pk, code=code, user=user)


def state(inquiry: Return) -> str:
    """How a return stands, as the web server's role reads it."""
    found: str = web_value("SELECT henvis_return_state(%s)", inquiry.pk)
    return found


def test_only_who_may_returns_a_referral(record: Referral) -> None:
    for user in (staff("auditor", "auditor"), User.objects.create(username="nobody")):
        with refusal("RETURN_RIGHT_MISSING"):
            store(record, user)
    former = staff("former", "case_manager")
    User.objects.filter(pk=former.pk).update(is_active=False)
    with refusal("RETURN_RIGHT_MISSING"):
        store(record, former)
    assert store(record).pk


def test_only_the_version_that_stands_is_returned(sender: Caller, record: Referral) -> None:
    for wrong in ({"version": 2}, {"partner_id": make_caller("NGO").partner.pk}):
        with refusal("RETURN_CHANGED"):
            store(record, **wrong)
    path = f"/api/v1/referrals/{record.reference}"
    sender.put(path, referral(gender="M"), If_Match='"1"')
    with refusal("RETURN_CHANGED"):
        store(record)
    sender.post(f"{path}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"}, If_Match='"2"')
    with refusal("RETURN_CHANGED"):
        store(current(path))


def test_a_reason_is_given_once_unless_it_was_taken_back(sender: Caller, record: Referral) -> None:
    first = store(record)
    with refusal("RETURN_ASKED"):
        store(record, field="gender")
    end(first, "TAKEN_BACK", user=case_manager())
    second = store(record)
    end(second, client=sender.client)
    with refusal("RETURN_ASKED"):
        store(record)
    assert store(record, reason_code="TOO_GENERAL").pk


def test_it_ends_once_and_by_who_may(sender: Caller, record: Referral) -> None:
    inquiry, stranger = store(record), make_caller("NGO").client
    for client in (stranger, None):
        with refusal("RETURN_NOT_THEIRS"):
            end(inquiry, client=client)
    with refusal("RETURN_RIGHT_MISSING"):
        end(inquiry, "TAKEN_BACK", user=staff("auditor", "auditor"))
    end(inquiry, client=sender.client)
    for code, whose in (("RIGHT_AS_IT_IS", {"client": sender.client}), ("TAKEN_BACK", {"user": case_manager()})):
        with refusal("RETURN_ENDED"):
            end(inquiry, code, **whose)


def test_a_person_answers_who_submits_for_the_partner(sender: Caller, record: Referral) -> None:
    inquiry, own = store(record), member(sender.partner, MemberRole.CASEWORKER).user
    reader, stranger = member(sender.partner, MemberRole.READER).user, member(make_caller("NGO").partner).user
    for user in (reader, stranger, case_manager()):
        with refusal("RETURN_NOT_THEIRS"):
            end(inquiry, client=sender.client, user=user)
    assert end(inquiry, client=sender.client, user=own).pk


def test_a_later_version_has_ended_it(sender: Caller, record: Referral) -> None:
    inquiry = store(record)
    sender.put(f"/api/v1/referrals/{record.reference}", referral(gender="M"), If_Match='"1"')
    for code, whose in (("RIGHT_AS_IT_IS", {"client": sender.client}), ("TAKEN_BACK", {"user": case_manager()})):
        with refusal("RETURN_ENDED"):
            end(inquiry, code, **whose)


def test_a_field_is_answered_once_it_says_something_else(sender: Caller, record: Referral) -> None:
    path, asked = f"/api/v1/referrals/{record.reference}", store(record, field="gender")
    whole = store(record, reason_code="TOO_GENERAL")
    stated = []
    for version, values in enumerate(({"region": "DK05"}, {"gender": "M"}, {}), start=1):
        sender.put(path, referral(**values), If_Match=f'"{version}"')
        stated.append((state(asked), state(whole)))
    assert stated == [("OPEN", "CORRECTED"), ("CORRECTED", "CORRECTED"), ("OPEN", "CORRECTED")]


def test_a_closed_partner_answers_nothing(sender: Caller, record: Referral) -> None:
    inquiry = store(record)
    Partner.objects.filter(pk=sender.partner.pk).update(active=False)
    with refusal("RETURN_NOT_THEIRS"):
        end(inquiry, client=sender.client)


def test_an_answer_is_reviewed_once_by_who_may(sender: Caller, record: Referral) -> None:
    inquiry = store(record)
    with refusal("RETURN_UNANSWERED"):
        look(inquiry)
    end(inquiry, client=sender.client)
    with refusal("RETURN_RIGHT_MISSING"):
        look(inquiry, staff("auditor", "auditor"))
    with refusal("RETURN_ASKED"):
        store(record)
    look(inquiry, code="ASKED_AGAIN")
    with refusal("RETURN_REVIEWED"):
        look(inquiry)
    second = store(record)
    end(second, "TAKEN_BACK", user=case_manager())
    with refusal("RETURN_UNANSWERED"):
        look(second)


def test_an_opening_gets_shorter_with_the_last_answer_and_ends_with_its_review(
    sender: Caller, record: Referral
) -> None:
    digest, now = digests.of_reference(record.reference), timezone.now()
    opening = {"partner": sender.partner, "digest": digest, "until": now + timedelta(days=80), "user": case_manager()}
    with as_web_server():
        RecordOpening.objects.create(**opening)

    def shorten() -> timedelta:
        """How long the record is open after a further call."""
        call = "SELECT henvis_shorten_openings(%s, ARRAY[%s]::uuid[], ARRAY[%s]::text[], NULL, %s, interval '7 days')"
        web_value(call, sender.partner.pk, record.reference, digest, now)
        until: timedelta = value("SELECT henvis_open_until(%s, %s)", sender.partner.pk, digest) - now
        return until

    first, second = store(record), store(record, reason_code="TOO_GENERAL")
    end(first, client=sender.client)
    assert shorten() == timedelta(days=80)
    end(second, client=sender.client)
    for _ in range(2):
        assert shorten() == timedelta(days=7)
    look(first)
    assert shorten() == timedelta(days=7)
    look(second)
    assert shorten() == timedelta(0)


def test_what_was_asked_of_some_referrals_goes_and_nothing_else(sender: Caller, record: Referral) -> None:
    kept = store(current(sender.referral()[0]))
    answered = store(record)
    end(answered, client=sender.client)
    look(answered)
    erase = "SELECT henvis_erase_returns(ARRAY[%s]::uuid[], ARRAY[%s]::uuid[])"
    with violation():
        rows(erase, record.partner_id, record.reference)
    for word in ("erase", "purge"):
        with transaction.atomic():
            setting(word)
            assert value(erase, record.partner_id, record.reference) == 1
            assert list(Return.objects.all()) == [kept]
            assert value(erase, record.partner_id, record.reference) == 0
            transaction.set_rollback(True)


def test_the_web_server_s_role_erases_none(record: Referral) -> None:
    store(record)
    rights = "has_function_privilege('henvis_web', 'henvis_erase_returns(uuid[], uuid[])', 'EXECUTE')"
    assert value(f"SELECT {rights}") is False
    assert value("SELECT has_table_privilege('henvis_web', 'returns_return', 'UPDATE, DELETE')") is False
