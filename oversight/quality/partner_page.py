"""What the staff's page of a partner tells of the quality of its reports, and the ways to what else is known of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from cases.months import today
from core.text import Text
from oversight.quality.deadlines import SEES_QUALITY
from oversight.quality.looks import pages_for
from oversight.quality.matrix import words_of
from oversight.quality.words import LOOK_PAGES
from oversight.reminders.people import MAY_REMIND
from oversight.reporting.states import MONTHS_SHOWN, PeriodReport, State, reports_of_partner
from partners.kinds import Mode
from partners.models import Partner
from partners.staff import partner_page
from partners.staff.naming import day_of
from partners.staff.partner_page import PartnerLine, Reader, Stage

# So many of the latest periods are named.
LATEST = 3


def address_of_period(partner: Partner, report: PeriodReport) -> str:
    """The page of a period, from which one reminds."""
    return reverse("admin:quality_ruletally_period", args=[partner.pk, report.period.id])


def line_of_period(partner: Partner, report: PeriodReport) -> PartnerLine:
    label, words = report.period.label, words_of(report)
    return PartnerLine(Text(f"{label.da}: {words.da}", f"{label.en}: {words.en}"), address_of_period(partner, report))


def lines(partner: Partner, reader: Reader) -> Iterator[PartnerLine]:
    """The latest periods, the pages of the year, and who has looked at its desk or read its feedback."""
    if partner.mode != Mode.LIVE:
        return
    reports = reports_of_partner(partner.pk, partner.calendar, timezone.now(), rows_shown=MONTHS_SHOWN)
    for report in reversed(reports[-LATEST:]):
        yield line_of_period(partner, report)
    year = today().year
    yield PartnerLine(
        Text("Alle partneres indberetninger", "The reports of all partners"),
        f"{reverse('admin:quality_ruletally_changelist')}?year={year}",
    )
    yield PartnerLine(
        Text("Alle partneres frister", "The deadlines of all partners"), reverse("admin:quality_ruletally_deadlines")
    )
    for page in pages_for(reader):
        words = LOOK_PAGES[page]
        yield PartnerLine(
            Text(f"Se det, partneren ser: {words.da}", f"See what the partner sees: {words.en}"),
            reverse("admin:quality_ruletally_look", args=[partner.pk, page.lower()]),
        )
    of_partner_alone = f"?partner__id__exact={partner.pk}"
    yield PartnerLine(
        Text("Hvem der har læst tilbagemeldingen", "Who has read the feedback"),
        reverse("admin:quality_feedbackread_changelist") + of_partner_alone,
        "quality.view_feedbackread",
    )
    yield PartnerLine(
        Text("Hvem i centret der har set partnerens sider", "Who at the centre has looked at its desk"),
        reverse("admin:quality_desklook_changelist") + of_partner_alone,
        "quality.view_desklook",
    )


def steps(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """The missing reports of the last twelve months: the latest, each with the page from which one reminds, and how many more."""
    if not partner.active or partner.mode != Mode.LIVE:
        return
    reports = reports_of_partner(partner.pk, partner.calendar, timezone.now(), rows_shown=MONTHS_SHOWN)
    missing = [each for each in reversed(reports) if each.state == State.MISSING]
    for report in missing[:LATEST]:
        label, day = report.period.label, day_of(report.period.last_day)
        words = Text(
            f"Indberetningen for {label.da} mangler; fristen var {day}. Send en påmindelse.",
            f"The report of {label.en} is missing; it was due {day}. Send a reminder.",
        )
        yield PartnerLine(words, address_of_period(partner, report))
    if more := len(missing[LATEST:]):
        words = Text(
            f"Af det sidste års indberetninger mangler {more} ældre.",
            f"Of the last year's reports {more} older are missing.",
        )
        yield PartnerLine(words, reverse("admin:quality_ruletally_changelist"))


partner_page.add(Text("Kvalitet", "Quality"), right=SEES_QUALITY, find=lines)
partner_page.add_steps(Stage.REPORTS, right=MAY_REMIND, find=steps)
