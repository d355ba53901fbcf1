"""Submitting below HTTP: what one transaction writes, and what callers other than HTTP rely on."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from cases import dictionary as d
from cases import tokens
from cases.errors import NotFound, PreconditionRequired, RulesBroken, Stale
from cases.intake import rules, submit
from cases.intake.templates.columns import EXAMPLE_REFERENCE, REHEARSAL
from cases.models import Case, Referral
from cases.versions import NONE, Condition, Status
from partners import locks
from partners.kinds import Mode
from tests.callers import Caller, make_caller, referral

pytestmark = pytest.mark.django_db
VERSIONS = Condition(versions=frozenset({1}))


def values(**changes: object) -> dict[str, Any]:
    """The example as the shape hands it on: months as dates, no case token."""
    example = {**rules.example(d.REFERRAL), "referred_in": date(2025, 3, 1), **changes}
    return {name: value for name, value in example.items() if name != "case_token" or name in changes}


def test_written_says_what_happened(ngo: Caller) -> None:
    by, reference = ngo.principal, uuid4()
    first = submit.put(by=by, reference=reference, values=values())
    assert (first.created, first.changed, first.referral.status) == (True, True, Status.REPORTED)
    again = submit.put(by=by, reference=reference, values=values())
    assert (again.created, again.changed, again.referral.pk) == (False, False, first.referral.pk)
    corrected = submit.put(by=by, reference=reference, values=values(gender="M"), condition=VERSIONS)
    assert (corrected.created, corrected.changed, corrected.referral.status) == (False, True, Status.CORRECTED)
    withdrawn = submit.withdraw(by=by, reference=reference, reason_code="DUPLICATE")
    assert (withdrawn.created, withdrawn.changed, withdrawn.referral.status) == (False, True, Status.WITHDRAWN)
    assert not submit.withdraw(by=by, reference=reference, reason_code="DUPLICATE").changed


def test_a_version_is_what_the_database_holds(ngo: Caller) -> None:
    """The row is answered without being read back, so the two must be the same."""
    written = submit.put(by=ngo.principal, reference=uuid4(), values=values()).referral
    kept = Referral.objects.get()
    for column in Referral._meta.concrete_fields:
        assert getattr(written, column.attname) == getattr(kept, column.attname), column.attname
    assert (kept.partner_id, kept.client_id) == (ngo.partner.pk, ngo.client.pk)
    assert (kept.case.opened_by_id, kept.case.opened_at) == (ngo.partner.pk, kept.recorded_at)
    assert written._state.adding is False


def test_the_earlier_version_is_kept_and_ends_when_the_next_begins(ngo: Caller) -> None:
    by, reference = ngo.principal, uuid4()
    submit.put(by=by, reference=reference, values=values())
    submit.put(by=by, reference=reference, values=values(gender="M"), condition=VERSIONS)
    first, second = Referral.objects.order_by("version")
    assert (first.gender, second.gender) == ("F", "M")
    assert first.recorded_at < first.superseded_at == second.recorded_at
    assert list(Referral.objects.as_of(first.recorded_at)) == [first]
    assert list(Referral.objects.as_of(second.recorded_at)) == [second]
    assert list(Referral.objects.current()) == [second]
    assert list(Referral.objects.of(uuid4())) == []


def test_the_partner_is_the_principals_and_nothing_in_the_values_changes_it(ngo: Caller, other_ngo: Caller) -> None:
    sent = values(
        partner_id=other_ngo.partner.pk, status="withdrawn", version=9, recorded_at=None, reason_code="DUPLICATE"
    )
    row = submit.put(by=ngo.principal, reference=uuid4(), values=sent).referral
    assert (row.partner_id, row.status, row.version, row.reason_code) == (ngo.partner.pk, "reported", 1, "_Z")


@pytest.mark.parametrize(
    ("condition", "error"),
    [
        (NONE, PreconditionRequired),
        (Condition(absent=True), Stale),
        (Condition(versions=frozenset({2})), Stale),
        (Condition(versions=frozenset()), Stale),
    ],
)
def test_conditions_on_what_is_there(ngo: Caller, condition: Condition, error: type[Exception]) -> None:
    by, reference = ngo.principal, uuid4()
    submit.put(by=by, reference=reference, values=values())
    with pytest.raises(error) as refused:
        submit.put(by=by, reference=reference, values=values(gender="M"), condition=condition)
    assert vars(refused.value) == {"version": 1}
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("condition", [Condition(anything=True), VERSIONS])
def test_conditions_on_what_is_not_there(ngo: Caller, condition: Condition) -> None:
    with pytest.raises(Stale) as refused:
        submit.put(by=ngo.principal, reference=uuid4(), values=values(), condition=condition)
    assert refused.value.version == 0
    assert Case.objects.count() == 0


def test_what_breaks_a_rule_opens_no_case(ngo: Caller) -> None:
    token = tokens.mint()
    with pytest.raises(RulesBroken):
        submit.put(by=ngo.principal, reference=uuid4(), values=values(residence_basis="DK_CITIZEN", case_token=token))
    assert (Case.objects.count(), Referral.objects.count()) == (0, 0)


def test_rules_are_looked_at_before_conditions(ngo: Caller) -> None:
    by, reference = ngo.principal, uuid4()
    submit.put(by=by, reference=reference, values=values())
    with pytest.raises(RulesBroken):
        submit.put(by=by, reference=reference, values=values(residence_basis="DK_CITIZEN"))


def test_withdrawing_nothing_is_not_found(ngo: Caller, other_ngo: Caller) -> None:
    reference = uuid4()
    submit.put(by=ngo.principal, reference=reference, values=values())
    with pytest.raises(NotFound):
        submit.withdraw(by=other_ngo.principal, reference=reference, reason_code="DUPLICATE")
    with pytest.raises(Stale):
        submit.withdraw(
            by=ngo.principal, reference=reference, reason_code="DUPLICATE", condition=Condition(absent=True)
        )


def test_a_minted_token_that_is_taken_is_drawn_again(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = submit.put(by=ngo.principal, reference=uuid4(), values=values()).referral.case.token
    fresh = tokens.mint()
    draws = iter([taken, taken, fresh])
    monkeypatch.setattr("cases.tokens.mint", lambda: next(draws))
    assert submit.put(by=ngo.principal, reference=uuid4(), values=values()).referral.case.token == fresh
    assert Case.objects.count() == 2


def test_live_and_test_cases_never_meet(ngo: Caller) -> None:
    tester, token = make_caller("NGO", mode=Mode.TEST), tokens.mint()
    for caller in (ngo, tester):
        submit.put(by=caller.principal, reference=uuid4(), values=values(case_token=token))
    assert set(Case.objects.values_list("token", "test")) == {(token, False), (token, True)}


def test_the_lock_is_of_a_partner_that_exists() -> None:
    with pytest.raises(LookupError):
        locks.serialise(uuid4())


def test_records_say_little_of_themselves(ngo: Caller) -> None:
    row = submit.put(by=ngo.principal, reference=uuid4(), values=values()).referral
    assert (str(row), str(row.case)) == ("version 1", str(row.case_id))
    assert str(row.reference) not in repr(row)


@pytest.mark.parametrize("reference", [str(EXAMPLE_REFERENCE), f"{REHEARSAL}111-8111-1a2b3c4d5e6f"])
def test_a_live_partner_reports_no_person_who_was_invented(ngo: Caller, reference: str) -> None:
    answer = ngo.put(f"/api/v1/referrals/{reference}", referral())
    assert answer.status_code == 400
    assert not Referral.objects.exists()
