"""Reporting a form of a period, and correcting it: one transaction under the lock of the partner's row, as for a referral."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cases.errors import AgreementMissing, RulesBroken, Violation
from cases.services import content, jumps
from cases.services.jumps import CountWarning
from cases.services.models import CountReport
from cases.services.periods import CountPeriod
from cases.services.shapes import CountForm
from cases.versions import NONE, Condition
from cases.windows import partner_years
from cases.windows.words import PERIODS
from cases.windows.years import PeriodRule, WindowAct, day_of
from core.text import Text
from partners import locks
from partners.credentials import Principal
from partners.organisations import agreements

PERIOD = "period"
FORM_NOT_OPEN = Text("Skemaet gælder ikke for denne periode.", "The form is not in use in this period.")
# The words of years speak of referrals where they are about what is new.
CLOSED: dict[str, Text] = {
    **PERIODS,
    PeriodRule.CLOSED_FOR_NEW: Text("Året er lukket for nye skemaer.", "The year is closed for new forms."),
}
IN_FUTURE = Text("Perioden er ikke begyndt.", "The period has not begun.")
TEXTS = {"form_not_in_use": FORM_NOT_OPEN, "period_in_future": IN_FUTURE}


@dataclass(frozen=True, slots=True)
class CountResult:
    """The result of a write. `changed` is false where the same content was stored already. `warnings`: what is asked of it."""

    report: CountReport
    created: bool
    changed: bool
    warnings: Sequence[CountWarning] = ()


def put(
    *, by: Principal, form: CountForm, period: CountPeriod, raw: object, condition: Condition = NONE
) -> CountResult:
    """Report, correct, or find that the same content is stored already, which writes nothing whatever the condition.

    Raises `ContentRefused`, `RulesBroken` for a period that cannot be reported, `AgreementMissing`, `Stale`,
    `PreconditionRequired`.
    """
    if not agreements.may_store(by):
        raise AgreementMissing
    with transaction.atomic():
        at = locks.serialise(by.partner_id)
        day = day_of(at)
        check_period(form, period, day)
        new_content = content.read(form, period, raw, day)
        current = current_report(by, form, period)
        same = current if current is not None and current.present_content == new_content else None
        if same is None:
            demand_open(by, period, day, is_new=current is None)
            condition.check(current.version if current else None, replaces=True)
        # Last, since it reads a year of reports: of what is refused nothing is asked.
        warnings = jumps.warnings_of(by.partner_id, form, period, new_content)
        if same is not None:
            return CountResult(same, created=False, changed=False, warnings=warnings)
        if current is not None:
            CountReport.objects.filter(pk=current.pk).update(superseded_at=at)
        report = CountReport.objects.create(
            partner_id=by.partner_id,
            client_id=by.client_pk,
            form=form.id,
            form_version=form.version,
            period=period.first,
            version=current.version + 1 if current else 1,
            content=new_content,
            recorded_at=at,
        )
    return CountResult(report, created=current is None, changed=True, warnings=warnings)


def current_report(by: Principal, form: CountForm, period: CountPeriod) -> CountReport | None:
    """The caller's report that no later version supersedes, or None."""
    report: CountReport | None = (
        CountReport.objects.of(by.partner_id).current().filter(form=form.id, period=period.first).first()
    )
    return report


def check_period(form: CountForm, period: CountPeriod, day: date) -> None:
    """Raise `RulesBroken` for a period that has not begun, and for one in which the form is not in use."""
    if period.first > day:
        raise RulesBroken([Violation(PERIOD, "period_in_future", IN_FUTURE)])
    if period.first < form.valid_from or (form.valid_to is not None and period.last > form.valid_to):
        raise RulesBroken([Violation(PERIOD, "form_not_in_use", FORM_NOT_OPEN)])


def demand_open(by: Principal, period: CountPeriod, day: date, *, is_new: bool) -> None:
    """Raise `RulesBroken` where the year of the period is closed for this."""
    act = WindowAct.NEW if is_new else WindowAct.CORRECT
    if rule := partner_years.years_of(by.partner_id).refusal(period.year, act, day):
        raise RulesBroken([Violation(PERIOD, str(rule), CLOSED[rule])])
