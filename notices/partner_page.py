"""Notices and services on the staff's page of a partner: what it has not seen, what a crisis waits for, and what is open."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from cases.codelists import NOTICE_SUBJECT
from cases.months import today
from core.text import Text
from notices import acknowledgements, crises, reading, status
from partners.kinds import Mode
from partners.models import Partner
from partners.staff import partner_page
from partners.staff.partner_page import NAMED, PartnerLine, Reader


def lines_of_notices(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """The notices that it has not seen, and the forms of weeks that are missing. In test mode nothing is expected."""
    if partner.mode != Mode.LIVE:
        return
    notices = reading.current()
    answers = acknowledgements.answers_of([each.id for each in notices], partner.pk)
    for each in notices:
        if answers[each.id].seen_at is None:
            subject = NOTICE_SUBJECT.by_code[each.subject].label
            words = Text(f"Har ikke set varsel {each.id}: {subject.da}", f"Has not seen notice {each.id}: {subject.en}")
            yield PartnerLine(words, reverse("admin:notices_notice_change", args=[each.id]))
    for report in crises.missing_of(partner)[:NAMED]:
        form, week = report.form.label, report.period
        words = Text(f"Mangler: {form.da}, {week.words('da')}", f"Is missing: {form.en}, {week.words('en')}")
        yield PartnerLine(words, reverse("admin:notices_crisis_change", args=[report.crisis.pk]))


def lines_of_services(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """What it has said last of each of its services."""
    for row in status.own(partner.pk):
        line = status.line_of(row, today())
        place, region, state = line.place_words, line.region_words, line.state_words
        yield PartnerLine(Text(f"{place.da}, {region.da}: {state.da}", f"{place.en}, {region.en}: {state.en}"))


partner_page.add(Text("Varsler", "Notices"), right="notices.view_notice", find=lines_of_notices)
partner_page.add(Text("Åbne tilbud", "Services"), right="notices.view_servicestatus", find=lines_of_services)
