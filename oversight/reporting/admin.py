"""The staff page of partners with their missing reports of the last twelve months, and the list of completions. Read-only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cases.months import today
from cases.windows import partner_years
from core.text import Text, say
from oversight.reporting import states
from oversight.reporting.models import MonthCompletion
from oversight.reporting.periods import label_of
from oversight.reporting.receipts import status
from partners.kinds import Mode, Reporting
from partners.models import EXPECTED_TO_REPORT, Partner
from partners.screens.partner import PartnerAdmin, PartnerList
from partners.staff.links import column
from partners.staff.lists import BY_PARTNER
from partners.staff.naming import NOTHING, moment_of
from partners.staff.screens import ReadOnly

NONE_MISSING = Text("ingen", "none")


def missing_of(partners: Iterable[Partner]) -> dict[UUID, list[str]]:
    """The missing periods of each live, active partner that is expected to report. In test mode nothing is."""
    live = (each for each in partners if each.active and each.mode == Mode.LIVE)
    calendars = {each.pk: each.calendar for each in live if each.reporting != Reporting.NONE}
    return states.missing_periods(calendars, timezone.now())


def signs_last_year(partner: Partner) -> bool:
    """Whether a partner of the list is to sign last year: reports are expected of it (`missing`), and were then."""
    is_expected = getattr(partner, "missing", None) is not None
    return is_expected and partner.reporting_since is not None and partner.reporting_since.year < today().year


class LateFilter(admin.SimpleListFilter):
    """Filters partners with a missing report."""

    title = say("indberetninger", "reports")
    parameter_name = "reports"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The one choice: partners with a missing report."""
        return [("missing", say("Mangler", "Missing"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Partner]) -> QuerySet[Partner]:
        if self.value() != "missing":
            return queryset
        return queryset.filter(pk__in=[key for key, those in missing_of(queryset).items() if those])


class SignedFilter(admin.SimpleListFilter):
    """Filters partners that report by whether last year is signed."""

    title = say("sidste års underskrift", "signature of last year")
    parameter_name = "signed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Signed, or not."""
        return [("yes", say("Underskrevet", "Signed")), ("no", say("Ikke underskrevet", "Not signed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Partner]) -> QuerySet[Partner]:
        """The partners with or without a signature that holds, of those that are expected to report."""
        if self.value() not in {"yes", "no"}:
            return queryset
        reporting = queryset.filter(EXPECTED_TO_REPORT)
        last = today().year - 1
        keys = {key for key, _ in status.signed_years(list(reporting.values_list("pk", flat=True)), [last])}
        due = reporting.filter(reporting_since__lte=date(last, 12, 31))
        return due.filter(pk__in=keys) if self.value() == "yes" else due.exclude(pk__in=keys)


class ReportingChangeList(PartnerList):
    """The list of partners. For a whole page one statement finds the missing periods, one the signatures of last year, and one the
    deadlines of those that are not there.
    """

    def get_results(self, request: HttpRequest) -> None:
        """The rows of the page, each with its missing periods, None where none is expected."""
        super().get_results(request)
        missing = missing_of(self.result_list)
        for partner in self.result_list:
            partner.missing = missing.get(partner.pk)
        last = today().year - 1
        signatures = status.signed_years([partner.pk for partner in self.result_list], [last])
        for partner in self.result_list:
            partner.signed_at = signatures.get((partner.pk, last))
        owing = [each for each in self.result_list if each.signed_at is None and signs_last_year(each)]
        windows = partner_years.years_of_many(each.pk for each in owing)
        for partner in owing:
            partner.lack = status.words_if_unsigned(windows[partner.pk].window(last).deadline_on, today())


class ReportingPartnerAdmin(PartnerAdmin):
    """Partners with their calendars and missing reports."""

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """The columns of a partner, and those of its reports."""
        return (*super().get_list_display(request), "missing_reports", "last_year")

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        """The filters of partners, and those by reports."""
        return (*super().get_list_filter(request), "reporting", LateFilter, SignedFilter)

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        return ReportingChangeList

    @admin.display(description=say("manglende indberetninger", "missing reports"))
    def missing_reports(self, partner: Partner) -> str:
        """The missing periods in words; a dash where nothing is expected."""
        missing = getattr(partner, "missing", None)
        return NOTHING if missing is None else "; ".join(str(label_of(each)) for each in missing) or str(NONE_MISSING)

    @admin.display(description=say("sidste år underskrevet", "last year signed"))
    def last_year(self, partner: Partner) -> str:
        """When last year was signed, where the signature holds; else by when it is awaited, or that it is missing. A dash where
        none is expected.
        """
        lack = getattr(partner, "lack", None)
        return str(lack.words) if lack else moment_of(getattr(partner, "signed_at", None))


@admin.register(MonthCompletion)
class MonthCompletionAdmin(ReadOnly):
    """The list of completions."""

    fields = list_display = ("partner", "of_month", "recorded_at")
    list_filter = (BY_PARTNER, "month")
    list_select_related = ("partner",)

    # The month in words: a day of it was never told.
    of_month = column(say("måned", "month"), str, ordering="month")


admin.site.unregister(Partner)
admin.site.register(Partner, ReportingPartnerAdmin)
