"""Submitting, correcting and withdrawing a referral, by who may. Each is one transaction under the lock of the partner's row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db import IntegrityError, connection

from cases import dictionary as d
from cases.codelists.types import NOT_APPLICABLE
from cases.erased import digests
from cases.erased.digests import ERASED
from cases.errors import AgreementMissing, Erased, NotFound, OnBehalfRefused, RulesBroken, Violation
from cases.fields import TokenField, to_stored
from cases.intake import rules
from cases.intake.additions import READ_ONLY, SENT_AS_WITHDRAWN, STILL_WITHDRAWN, agrees, wrong_end
from cases.intake.templates.columns import NO_PERSON, no_person
from cases.intake.values import SHAPES
from cases.intake.versions import VersionTable
from cases.linking.restriction import restriction_of_case
from cases.models import Referral
from cases.opening import find_or_open, is_token_taken, new_case
from cases.rules import REFERRAL_RULES
from cases.versions import NONE, Condition, Status
from cases.windows import partner_years
from cases.windows.partner_years import shorten_opening
from cases.windows.words import PERIODS
from cases.windows.years import PartnerYears, PeriodRule, day_of
from partners import locks
from partners.credentials import Principal
from partners.kinds import Mode
from partners.models import Client
from partners.organisations import agreements


def demand_agreement(by: Principal) -> None:
    """Raise `AgreementMissing` where no record of the partner may be stored."""
    if not agreements.may_store(by):
        raise AgreementMissing


def demand_entitled(by: Principal, current: Referral | None) -> None:
    """Raise where whoever acts for another partner may not write the version after this one.

    A successor corrects what there is: `OnBehalfRefused` for a new referral. A mandate is for what the caller's own clients send:
    `NotFound` for a referral whose current version another has sent.
    """
    if by.sender_id is None:
        return
    if by.is_successor:
        if current is None:
            raise OnBehalfRefused
    elif current is not None and not Client.objects.filter(pk=current.client_id, partner_id=by.sender_id).exists():
        raise NotFound


REFERRALS = VersionTable(Referral, "partner_id", "reference")
FIELDS = {field.name: field for field in d.REFERRAL if not isinstance(field, TokenField)}
COLUMNS = tuple(FIELDS)
# Whether the person of the case that a token names is restricted.
OF_CASE = restriction_of_case("one.id")
# The month that says to which year a record belongs.
MONTH = d.REFERRED_IN.name
ENDS = {READ_ONLY: SHAPES[READ_ONLY], SENT_AS_WITHDRAWN: STILL_WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Turn:
    """A partner's turn to write a referral: the moment, its current version, whether it was erased, and which years are open."""

    at: datetime
    current: Referral | None
    erased: bool
    years: PartnerYears

    def closed_by(self, month: date, reference: UUID) -> PeriodRule | None:
        """The rule of a closed year by which nothing can be written in a month, or None."""
        before = self.current.referred_in if self.current is not None else None
        counts, is_opened = end_of(self.current) is None, self.is_opened(reference)
        return self.years.refusal_of_write(month, before, day_of(self.at), counts=counts, is_opened=is_opened)

    def is_opened(self, reference: UUID) -> bool:
        """Whether the record is open by itself."""
        return bool(self.years.open_digests) and digests.of_reference(reference) in self.years.open_digests

    def shorten_opening(self, by: Principal, reference: UUID) -> None:
        """Let the record that was open by itself for what is stored now be so no longer than it must."""
        if self.is_opened(reference):
            shorten_opening(user_id=by.user_id, partner_id=by.partner_id, reference=reference, at=self.at)


@dataclass(frozen=True, slots=True)
class ReferralResult:
    """The result of a write. `changed` is false where the same content was stored already."""

    referral: Referral
    created: bool
    changed: bool


def put(
    *,
    by: Principal,
    reference: UUID,
    values: Mapping[str, object],
    condition: Condition = NONE,
    withdrawn_for: str | None = None,
) -> ReferralResult:
    """Create the referral, correct it, or find that the same content is stored already.

    `values` have the dictionary's form (codes, sets, months as first days, `case_token` canonical or absent). Content equal to the
    current version writes nothing, whatever the condition, so that a client can repeat a request whose answer was lost. An absent
    token leaves the link to the case unchanged. `withdrawn_for`: the reason for which the record says that it is withdrawn; that
    can be said of what is stored so, and changes nothing. Raises `AgreementMissing`, `RulesBroken`, `Stale`,
    `PreconditionRequired`, `Erased`, and what `demand_entitled` does.
    """
    demand_agreement(by)
    if rule := no_person(str(reference), is_test=by.mode == Mode.TEST):
        raise RulesBroken([Violation("reference", rule, NO_PERSON[rule])])
    row = to_stored(d.REFERRAL, values)
    token = values.get("case_token")
    token = str(token) if token is not None else None
    while True:
        try:
            return store(by, reference, row, token, condition, withdrawn_for)
        except IntegrityError as error:
            if not is_token_taken(error):
                raise


def store(
    by: Principal,
    reference: UUID,
    row: Mapping[str, object],
    token: str | None,
    condition: Condition,
    withdrawn_for: str | None,
) -> ReferralResult:
    """Store a row as the current version of a referral. Raises what `put` does, and `IntegrityError` where a new token is taken."""
    with locks.few_trips() as wait:
        turn = take_turn(by, reference, wait)
        current = turn.current
        demand_entitled(by, current)
        if current is not None and is_same(current, row, token, withdrawn_for):
            return ReferralResult(current, created=False, changed=False)
        if current is None and turn.erased:
            raise Erased
        if withdrawn_for is not None:
            name, rule = wrong_end(withdrawn_for, end_of(current))
            raise RulesBroken([Violation(name, rule, ENDS[rule])])
        rules.check(d.REFERRAL, REFERRAL_RULES, row, current)
        demand_open(turn, row[MONTH], reference, MONTH)
        condition.check(current.version if current else None, replaces=True)
        values = {**row, **signature(by, reference), "status": next_status(current)}
        new_version = write_version(current, values, token, by=by, at=turn.at)
        turn.shorten_opening(by, reference)
    return ReferralResult(new_version, created=current is None, changed=True)


def write_version(
    current: Referral | None, values: Mapping[str, object], token: str | None, *, by: Principal, at: datetime
) -> Referral:
    """Append a version to the case that a token names, or without one to the case that the record has; else open a new case."""
    if token is not None:
        return REFERRALS.append(
            current, at=at, case=find_or_open(token, by=by, at=at, restriction=OF_CASE), values=values
        )
    if current is not None:
        return REFERRALS.append(current, at=at, case=current.case, values=values)
    return REFERRALS.begin(new_case(by=by, at=at), at=at, values=values)


@cache
def turn_sql() -> str:
    """The statement that reads what a turn begins with. It is sent behind the lock's: it must see what was stored meanwhile."""
    return f"SELECT y.*, t.* FROM ({partner_years.YEARS}) AS y CROSS JOIN ({REFERRALS.beside(ERASED)}) AS t"


def take_turn(by: Principal, reference: UUID, wait: Callable[[], None]) -> Turn:
    """Hold the partner's lock until the transaction ends, and read what stands there, in one trip (`wait` of `few_trips`)."""
    with connection.cursor() as lock, connection.cursor() as read:
        locks.ask_for_turn(lock, by.partner_id)
        partner = by.partner_id
        read.execute(turn_sql(), [partner, partner, digests.of_reference(reference), partner, reference])
        wait()
        at = locks.moment_of_turn(lock)
        row = read.fetchone()
    years, (was_erased, *version) = row[: partner_years.WIDTH], row[partner_years.WIDTH :]
    return Turn(at, REFERRALS.of_row(version), was_erased, partner_years.from_row(years))


def withdraw(*, by: Principal, reference: UUID, reason_code: str, condition: Condition = NONE) -> ReferralResult:
    """Withdraw the referral. Repeating it with the same reason writes nothing.

    Raises `NotFound`, `Erased`, `RulesBroken`, `Stale`.
    """
    with locks.few_trips() as wait:
        turn = take_turn(by, reference, wait)
        current = turn.current
        if current is None:
            raise Erased if turn.erased else NotFound
        demand_entitled(by, current)
        if current.status == Status.WITHDRAWN and current.reason_code == reason_code:
            return ReferralResult(current, created=False, changed=False)
        rules.check(d.WITHDRAWAL, (), {d.WITHDRAWAL_REASON.name: reason_code}, current)
        demand_open(turn, current.referred_in, reference, d.WITHDRAWAL_REASON.name)
        condition.check(current.version, replaces=False)
        row = {name: getattr(current, name) for name in COLUMNS}
        end = {"status": Status.WITHDRAWN, "reason_code": reason_code}
        new_version = REFERRALS.append(
            current, at=turn.at, case=current.case, values={**row, **signature(by, reference), **end}
        )
        turn.shorten_opening(by, reference)
    return ReferralResult(new_version, created=False, changed=True)


def demand_open(turn: Turn, month: object, reference: UUID, field: str) -> None:
    """Raise `RulesBroken` where the year of a month, or the one that the record would leave, is closed for this."""
    if isinstance(month, date) and (rule := turn.closed_by(month, reference)):
        raise RulesBroken([Violation(field, str(rule), PERIODS[rule])])


def is_same(current: Referral, row: Mapping[str, object], token: str | None, withdrawn_for: str | None) -> bool:
    """Whether the current version has exactly this content, and is withdrawn for this reason, or not at all (None)."""
    return (
        agrees(withdrawn_for, end_of(current))
        and (token is None or token == current.case.token)
        and all(getattr(current, name) == row[name] for name in COLUMNS)
    )


def end_of(current: Referral | None) -> str | None:
    """The reason for which the current version is withdrawn, if it is."""
    return current.reason_code if current is not None and current.status == Status.WITHDRAWN else None


def next_status(current: Referral | None) -> Status:
    """Reported for the first version and after a withdrawal; otherwise corrected."""
    return Status.REPORTED if current is None or current.status == Status.WITHDRAWN else Status.CORRECTED


def signature(by: Principal, reference: UUID) -> dict[str, object]:
    """The partner and the client of a version. With them, the version row is its own audit row."""
    return {
        "partner_id": by.partner_id,
        "client_id": by.client_pk,
        "reference": reference,
        "reason_code": NOT_APPLICABLE,
        "schema_version": d.SCHEMA_VERSION,
    }
