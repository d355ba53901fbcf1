"""The list of cases: its columns and its filters."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from cases.linking.models import CaseLink
from cases.models import Case
from cases.words import FIELDS
from core.text import say, short
from partners.staff.filters import PartnerFilter
from partners.staff.links import column
from partners.staff.screens import ReadOnly


class CaseList(ReadOnly):
    """The list of cases, without their tokens: real ones first, then those of test mode.

    A filter finds cases opened by a token that the centre had not issued.
    """

    list_display = ("short_id", "opened_at", "opened_by", "unknown", "in_test", "person")
    list_filter = ("token_unknown", "test", ("opened_by", PartnerFilter))
    date_hierarchy = "opened_at"
    list_select_related = ("opened_by",)
    ordering = ("test", "-opened_at")
    change_list_template = "admin/cases/case/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """Every case, annotated with the case that stands for its person, where that is another."""
        link = CaseLink.objects.current().filter(case=OuterRef("pk")).values("person")
        rows: QuerySet[Case] = super().get_queryset(request).annotate(of=Subquery(link))
        return rows

    # The first digits of the id: a case has no name.
    short_id = column(say("sag", "case"), lambda case: short(case.pk), ordering="id")
    unknown = column(
        say("ukendt sagskode", "unknown token"),
        lambda case: str(say("ja", "yes")) if case.token_unknown else "",
        ordering="token_unknown",
    )
    in_test = column(FIELDS["test"], lambda case: "test" if case.test else "", ordering="test")

    @admin.display(description=say("lagt sammen under", "merged into"))
    def person(self, case: Case) -> str:
        """The case that stands for the person, where that is another."""
        of = cast(Any, case).of
        return short(of) if of else ""
