"""The screen of what partners have said of their services, on which an address that is false or secret is taken down."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from core.text import lazily
from notices import status
from notices.errors import NoticeRefused
from notices.models import ServiceStatus
from notices.staff.words import (
    DONE,
    EMPTY_SERVICES,
    IN_FORCE,
    NO_UNTIL,
    TAKE_DOWN,
    TAKE_DOWN_WARNING,
    TAKEN_DOWN,
    UNTIL,
)
from notices.words import FIELDS
from partners.staff.filters import BY_PARTNER
from partners.staff.links import column
from partners.staff.naming import NOTHING, day_of, moment_of
from partners.staff.screens import ReadOnly, actor

MAY_TAKE_DOWN = "notices.take_address_down"


class ServiceScreen(ReadOnly):
    """What partners have said of their services, the latest in front. The latest of a service is in force."""

    list_display = fields = ("partner", "service", "open", "address_shown", "moment")
    readonly_fields = ("service", "open", "address_shown", "moment")
    list_filter = ("place", "region", "state", BY_PARTNER)
    list_select_related = ("partner", "address_taken_by")
    ordering = ("-id",)
    empty_words = EMPTY_SERVICES
    actions = ("take_address_down",)
    warnings = {"take_address_down": TAKE_DOWN_WARNING}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows with `is_latest`."""
        return status.with_latest(super().get_queryset(request))

    def acts_on(self, request: HttpRequest, row: Any) -> Collection[str]:
        """An address that is there is taken down."""
        return ("take_address_down",) if row.address else ()

    def has_take_down_permission(self, request: HttpRequest) -> bool:
        """Whether the user may take addresses down."""
        return bool(request.user.has_perm(MAY_TAKE_DOWN))

    @admin.action(description=lazily(TAKE_DOWN), permissions=["take_down"])
    def take_address_down(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take down the address of each chosen row, or say why not."""
        for row in queryset:
            try:
                status.take_address_down(by=actor(request), row=row)
                messages.success(request, format_html("{}. {}", row, DONE["take_down"]))
            except NoticeRefused as refusal:
                messages.error(request, format_html("{}. {}", row, refusal))

    service = column(FIELDS["place"], lambda row: f"{row.get_place_display()}, {row.get_region_display()}")

    @admin.display(description=lazily(FIELDS["state"]))
    def open(self, row: ServiceStatus) -> str:
        """Whether it is open, and until when."""
        until = str(UNTIL).format(day=day_of(row.until)) if row.until else NO_UNTIL
        return f"{row.get_state_display()}, {until}"

    moment = column(FIELDS["said_at"], lambda row: f"{moment_of(row.said_at)}, {IN_FORCE[row.is_latest]}")

    @admin.display(description=lazily(FIELDS["address"]))
    def address_shown(self, row: ServiceStatus) -> str:
        """The address, or who has taken it down. What was replaced has none any more."""
        user = row.address_taken_by
        return row.address or (str(TAKEN_DOWN).format(user=user) if user else NOTHING)
