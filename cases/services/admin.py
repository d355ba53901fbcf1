"""The staff screen of who reports which form. What is added stays: a change is a further row."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest

from cases.services.models import CountAssignment
from cases.services.words import ASSIGN, ASSIGN_WARNING, HELPS
from partners.kinds import Mode
from partners.models import Partner
from partners.staff.lists import BY_PARTNER
from partners.staff.screens import SignedScreen


@admin.register(CountAssignment)
class CountAssignmentAdmin(SignedScreen):
    """What staff have said of who reports which form, the newest first."""

    list_display = ("form", "partner", "since", "reports", "user", "assigned_at")
    list_filter = ("form", "reports", BY_PARTNER)
    list_select_related = ("partner", "user")
    helps = HELPS
    act = ASSIGN
    warning = ASSIGN_WARNING

    def get_fields(self, request: HttpRequest, obj: CountAssignment | None = None) -> tuple[str, ...]:
        """The form; of a row who set it too."""
        form = ("partner", "form", "since", "reports")
        return form if obj is None else (*form, "user", "assigned_at")

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Partners in live mode: in test mode nothing is expected."""
        live = {"queryset": Partner.objects.filter(mode=str(Mode.LIVE))} if db_field.name == "partner" else {}
        return super().formfield_for_foreignkey(db_field, request, **{**live, **kwargs})
