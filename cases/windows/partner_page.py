"""What the staff's page of a partner tells of the windows of its years."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from cases.months import today
from cases.windows import partner_years
from cases.windows.words import STATES
from cases.windows.years import WindowState, YearWindow
from core.text import Text, in_one
from partners.models import Partner
from partners.staff import partner_page
from partners.staff.naming import day_of
from partners.staff.partner_page import Effect, PartnerLine, Reader


def days_in_words(window: YearWindow) -> Text:
    """The days of a window that are still to be kept."""
    deadline, new, corrections = map(day_of, (window.deadline_on, window.new_until, window.corrections_until))
    parts = (
        (window.deadline_on, Text(f"Frist {deadline}.", f"Deadline {deadline}.")),
        (window.new_until, Text(f"Nye henvisninger til og med {new}.", f"New referrals until {new}.")),
        (window.corrections_until, Text(f"Rettelser til og med {corrections}.", f"Corrections until {corrections}.")),
    )
    texts = [text for day, text in parts if day is not None]
    return in_one(*texts) if texts else Text("Året lukker ikke.", "The year does not close.")


def lines(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """How the present and the last year stand, and the ways to set its days and to reopen one."""
    years, day = partner_years.years_of(partner.pk), today()
    for year in (day.year, day.year - 1):
        state, until = years.state(year, day), day_of(years.reopened_until(year, day))
        end = Text(f" til og med {until}", f" until {until}") if state == WindowState.REOPENED else Text("", "")
        words, days, own = STATES[state], days_in_words(years.window(year)), year in years.own
        mark = Text(" Fristen er partnerens egen.", " These days are its own.") if own else Text("", "")
        yield PartnerLine(
            Text(
                f"{year}: {words.da}{end.da}. {days.da}{mark.da}",
                f"{year}: {words.en}{end.en}. {days.en}{mark.en}",
            )
        )
    of_partner = f"?partner={partner.pk}&year={day.year}"
    yield PartnerLine(
        Text("Sæt partnerens egne frister", "Set its own days"),
        reverse("admin:windows_windowchange_add") + of_partner,
        "windows.add_windowchange",
    )
    yield PartnerLine(
        Text("Genåbn et år", "Reopen a year"),
        f"{reverse('admin:windows_reopening_add')}?partner={partner.pk}",
        "windows.add_reopening",
    )


def effects(partner: Partner) -> Iterator[Effect]:
    """The years with days of its own, or reopened by staff: they go on, whether or not it can send."""
    years, day = partner_years.years_of(partner.pk), today()
    number = sum(years.reopened_until(year, day) is not None for year in years.events)
    if years.own or number:
        own = len(years.own)
        yield Effect(
            Text("Frister", "Deadlines"),
            Text(
                f"År med partnerens egne frister: {own}. Genåbnede år: {number}. Fristerne løber videre, mens den er slået fra.",
                f"Years with its own days: {own}. Reopened years: {number}. The days go on while it is switched off.",
            ),
        )


partner_page.add(Text("Frister", "Deadlines"), right="windows.view_windowchange", find=lines)
partner_page.add_effect(right="windows.view_windowchange", find=effects)
