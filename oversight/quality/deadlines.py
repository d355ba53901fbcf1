"""Which deadlines hold in a year: for all partners that are expected to report, and for whom there is an exception."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from cases.months import today
from cases.windows import partner_years
from cases.windows.models import WindowChange
from cases.windows.words import STATES
from cases.windows.years import PartnerYears, WindowState, YearWindow
from core.text import Text, say
from oversight.quality.matrix import expected_partners
from oversight.quality.pages import only_read, year_asked
from partners.kinds import DUE_DAYS, Calendar, Reporting
from partners.models import Partner
from partners.staff.links import page_at
from partners.staff.screens import Screen

SEES_QUALITY, SEES_WINDOWS = "quality.view_quality", "windows.view_windowchange"
# As many years are shown before the present one; one more comes after it, whose days are set before it begins.
YEARS_BACK = 4


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """The window of a year of a partner, or of all (None), and how the year stands. `until`: the end of a reopening."""

    partner: Partner | None
    window: YearWindow
    state: WindowState
    until: date | None = None

    @property
    def words(self) -> Text:
        """How the year stands, in words."""
        return STATES[self.state]

    @property
    def days(self) -> tuple[date | None, ...]:
        """The days of the window, in their order."""
        return self.window.opens_on, self.window.deadline_on, self.window.new_until, self.window.corrections_until


def years_of_everybody(year: int) -> PartnerYears:
    """The years of a partner that reports every month, with the usual time to do so, and has no window of its own."""
    changes = WindowChange.objects.filter(partner=None, year=year).order_by("-changed_at", "-id")
    row = changes.values_list("opens_on", "deadline_on", "new_until", "corrections_until").first()
    calendar = Calendar(Reporting.MONTHLY, DUE_DAYS, date(year, 1, 1))
    return PartnerYears(calendar, for_all={year: YearWindow(*row)} if row else {})


def deadlines(year: int, day: date) -> tuple[DeadlineRow, Sequence[DeadlineRow], int]:
    """The row of all partners, those of partners whose year differs from it, and how many follow it. Three statements."""
    usual, partners = years_of_everybody(year), [each for each in expected_partners() if is_expected(each, year)]
    every = DeadlineRow(None, usual.window(year), usual.state(year, day))
    of_partners = partner_years.years_of_many(each.pk for each in partners)
    rows = [row_of(each, of_partners[each.pk], year, day) for each in partners]
    exceptions = [row for row in rows if replace(row, partner=None) != every]
    return every, exceptions, len(rows) - len(exceptions)


def is_expected(partner: Partner, year: int) -> bool:
    """Whether a partner is expected to report of a year: the year of any other one does not close."""
    return partner.reporting_since is not None and partner.reporting_since.year <= year


def row_of(partner: Partner, years: PartnerYears, year: int, day: date) -> DeadlineRow:
    return DeadlineRow(partner, years.window(year), years.state(year, day), years.reopened_until(year, day))


class DeadlinePage(Screen):
    """Mixed into a screen: the page of the deadlines of a year. Whose year differs is for who sees windows."""

    @page_at("deadlines/")
    @only_read(SEES_QUALITY)
    def deadlines(self, request: HttpRequest) -> TemplateResponse:
        """The deadlines of a year: next year's too, whose days are set before it begins."""
        day = today()
        year = year_asked(request, last=day.year + 1)
        every, exceptions, others = deadlines(year, day)
        sees_exceptions = request.user.has_perm(SEES_WINDOWS)
        context: dict[str, Any] = {
            "title": say(f"Frister {year}", f"Deadlines {year}"),
            "year": year,
            "years": range(day.year + 1, day.year - YEARS_BACK, -1),
            "rows": [every, *exceptions] if sees_exceptions else [every],
            "sees_exceptions": sees_exceptions,
            "others": others,
            "sets": request.user.has_perm("windows.add_windowchange"),
            "reopens": request.user.has_perm("windows.add_reopening"),
            "sees_partners": request.user.has_perm("partners.view_partner"),
        }
        return self.frame(request, "admin/quality/deadlines.html", context)
