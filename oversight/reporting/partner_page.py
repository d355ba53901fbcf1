"""What the staff's page of a partner tells of its reports: what is expected, what came last, and whether last year is signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from cases.months import later, month_of, month_words
from core.text import Text
from oversight.reporting.receipts.status import YEAR_WORDS, YearState, year_state, year_to_sign
from oversight.reporting.states import MONTHS_SHOWN, MonthAnswers, answers_by_partner
from partners.kinds import REPORTING_WORDS, Mode, Reporting
from partners.models import Partner
from partners.staff import partner_page
from partners.staff.naming import day_of
from partners.staff.partner_page import Effect, PartnerLine, Reader, Stage

NOT_BEGUN = Text(
    f"I de sidste {MONTHS_SHOWN} måneder er intet indberettet.",
    f"Nothing was reported in the last {MONTHS_SHOWN} months.",
)


def words_of_calendar(partner: Partner) -> Text:
    if partner.reporting == Reporting.NONE or partner.reporting_since is None:
        return Text(
            "Ingen fast indberetning: den mindes ikke om noget.", "No regular reports: it is reminded of nothing."
        )
    often, days = REPORTING_WORDS[Reporting(partner.reporting)], partner.report_due_days
    since = Text(*(month_words(partner.reporting_since, language) for language in Text._fields))
    return Text(
        f"{often.da} siden {since.da}, senest {days} dage efter",
        f"{often.en} since {since.en}, at the latest {days} days after",
    )


def is_answered(month: MonthAnswers) -> bool:
    """Whether something was reported of a month, be it that there was nothing."""
    return bool(month.referrals or month.stood or month.declared_at)


def last_answered(partner: Partner, this: date) -> Text:
    """The last month of which something was reported."""
    months = answers_by_partner([partner.pk], later(this, 1 - MONTHS_SHOWN), this)[partner.pk]
    months_answered = [month for month, answers in months.items() if is_answered(answers)]
    if not months_answered:
        return NOT_BEGUN
    last = Text(*(month_words(max(months_answered), language) for language in Text._fields))
    return Text(f"Senest indberettet: {last.da}", f"Last reported: {last.en}")


def lines(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """What is expected, what came last, and how last year's signature stands."""
    now = timezone.now()
    this = month_of(now)
    yield PartnerLine(words_of_calendar(partner))
    yield PartnerLine(last_answered(partner, this))
    if partner.reporting_since is not None and partner.reporting_since.year < this.year:
        state, receipt = year_state(partner.pk, this.year - 1, looks_at_records=False)
        words, day = YEAR_WORDS[state], day_of(receipt.signed_at if receipt else None)
        since = f" {day}" if state == YearState.SIGNED else ""
        yield PartnerLine(Text(f"{this.year - 1}: {words.da}{since}", f"{this.year - 1}: {words.en}{since}"))


def steps(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """Last year, where nothing is open in it any more and nobody has signed it."""
    year = year_to_sign(partner, timezone.now()) if partner.active else None
    if year is not None:
        yield PartnerLine(
            Text(
                f"Bed partnerens leder om at underskrive året {year}: der mangler ikke andet.",
                f"Ask a manager of the partner to sign the year {year}: nothing else is missing.",
            )
        )


def effects(partner: Partner) -> Iterator[Effect]:
    """What is expected of it: nothing from now on. Its people are reminded of nothing, and releases do not wait for it."""
    if partner.mode == Mode.LIVE and partner.reporting != Reporting.NONE:
        yield Effect(
            Text("Indberetning", "Reports"),
            Text(
                "Der forventes ikke mere fra partneren, og dens brugere mindes ikke om noget. Nye udgivelser tæller den ikke med "
                "blandt dem, der skal indberette.",
                "Nothing more is expected, and its people are reminded of nothing. New releases do not count it among those "
                "that are to report.",
            ),
        )


partner_page.add(Text("Indberetning", "Reports"), right="reporting.view_monthcompletion", find=lines)
partner_page.add_steps(Stage.SIGNATURE, right="partners.change_partner", find=steps)
partner_page.add_effect(right="reporting.view_monthcompletion", find=effects)
