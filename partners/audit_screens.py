"""Admin screens of what was done and what was read: the audit in sentences, and the reads of clients."""

from __future__ import annotations

import csv
from io import StringIO
from itertools import batched
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from partners import audit
from partners.models import AuditEvent, Partner, RecordRead
from partners.people import operations
from partners.people.pages.words import WORDS
from partners.spreadsheets import harmless
from partners.staff import audit_words, subjects
from partners.staff.filters import AddressFilter, WordedFilter
from partners.staff.naming import NOTHING
from partners.staff.screens import ReadOnly, actor
from partners.staff.words import AUDIT_HEAD, FIELDS, MODELS
from partners.text import lazily, number_in, say

OPERATION = MODELS["recordread"].fields["operation"]
# So many events of a file are named at once.
CHUNK = 500


class ActionFilter(WordedFilter):
    """Filters the audit by what was done: of what occurs."""

    title = say("handling", "action")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every action that was done, in the order of its words."""
        actions = AuditEvent.objects.order_by().values_list("action", flat=True).distinct()
        return sorted(((each, str(audit_words.words_of_action(each))) for each in actions), key=lambda each: each[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """The events of the action."""
        return queryset.filter(action=self.value()) if self.value() else queryset


class WhoFilter(WordedFilter):
    """Filters the audit by who did it: of the users who did anything.

    Its parameter is no column: `user__password` would be one through it.
    """

    title = say("bruger", "user")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every user who did anything."""
        did = Exists(AuditEvent.objects.filter(user=OuterRef("pk")))
        return [(str(each.pk), str(each)) for each in User.objects.filter(did).order_by("username")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """The events of the user."""
        number = number_in(self.value() or "")
        return queryset if number is None else queryset.filter(user=number)


class AboutPartnerFilter(WordedFilter):
    """Filters the audit by the partner that an event is about, whose client acted, or that a detail names."""

    title = lazily(FIELDS["partner"])
    parameter_name = "partner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every partner."""
        return [(str(each.pk), str(each)) for each in Partner.objects.order_by("name", "mode")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """The events of the partner."""
        key = subjects.uuid_of(self.value() or "")
        if key is None:
            return queryset
        of_details = Q(*((f"detail__{name}", str(key)) for name in subjects.PARTNER_DETAILS), _connector=Q.OR)
        return queryset.filter(Q(subject=str(key)) | Q(client__partner=key) | of_details)


class AboutUserFilter(AddressFilter):
    """Filters the audit by the account that an event is about."""

    title = say("handlet ved kontoen", "done to the account")
    parameter_name = "about"

    def find(self, text: str) -> User | None:
        """The account of a number."""
        number = number_in(text)
        return User.objects.filter(pk=number).first() if number is not None else None

    def rows_of(self, queryset: QuerySet[AuditEvent], row: User) -> QuerySet[AuditEvent]:
        """The events about the account."""
        of_users = Q(*(("action__startswith", each) for each in subjects.OF_USERS), _connector=Q.OR)
        return queryset.filter(of_users, subject=str(row.pk))


def with_words(events: list[Any]) -> list[Any]:
    """Events, each with the name of its subject and its details in words. A few statements for all of them."""
    names = subjects.names_of(events)
    for event, detail in zip(events, subjects.details_with_names(each.detail for each in events), strict=True):
        event.subject_name = names[event.pk]
        event.words = audit_words.details_in_words(detail)
    return events


class AuditList(ChangeList):
    """The list of the audit, whose events know their names."""

    def get_results(self, request: HttpRequest) -> None:
        """The rows of the page."""
        super().get_results(request)
        self.result_list = with_words(list(self.result_list))


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly):
    """The audit in sentences, newest first, filtered by day, person, partner and act, and as a file of what is filtered."""

    list_display = ("at", "who", "sentence")
    list_filter = (WhoFilter, ActionFilter, AboutPartnerFilter, AboutUserFilter, ("at", admin.DateFieldListFilter))
    date_hierarchy = "at"
    list_select_related = ("client__partner", "user")
    fields = ("at", "who", "sentence", "about", "details")

    def heading(self, row: AuditEvent) -> str:
        """The words of what was done, and not the code of its action."""
        return self.action_in_words(row)

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        """The class of the list."""
        return AuditList

    @admin.display(description=say("hvem", "who"), ordering="user__username")
    def who(self, event: AuditEvent) -> str:
        """Who acted."""
        return subjects.who_did(event)

    @admin.display(description=say("hvad", "what"), ordering="action")
    def sentence(self, event: Any) -> str:
        """What was done, to what, and how: one sentence, without the details that say nothing."""
        event = event if hasattr(event, "words") else with_words([event])[0]
        details = "; ".join(f"{name}: {value}" for name, value in event.words if value != NOTHING)
        return f"{self.action_in_words(event)}: {event.subject_name}{f' ({details})' if details else ''}"

    @admin.display(description=lazily(FIELDS["action"]))
    def action_in_words(self, event: AuditEvent) -> str:
        """What was done."""
        return str(audit_words.words_of_action(event.action))

    @admin.display(description=lazily(FIELDS["subject"]))
    def about(self, event: AuditEvent) -> str:
        """The name of what it was done to."""
        return subjects.names_of([event])[event.pk]

    @admin.display(description=lazily(FIELDS["detail"]))
    def details(self, event: AuditEvent) -> SafeString:
        """Every detail with its name."""
        lines = audit_words.details_in_words(subjects.with_names(event.detail))
        return format_html_join("", "<p>{}: {}</p>", lines) or format_html("{}", NOTHING)

    def get_urls(self) -> list[URLPattern]:
        """The addresses, with the one of the file."""
        return [path("csv/", self.admin_site.admin_view(self.csv), name="partners_auditevent_csv"), *super().get_urls()]

    def csv(self, request: HttpRequest) -> HttpResponse:
        """The filtered events as CSV, in words and with their codes. That somebody took them is an event too."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        events = self.get_changelist_instance(request).get_queryset(request).select_related("client__partner", "user")
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(map(str, AUDIT_HEAD))
        number = 0
        for some in batched(events.iterator(CHUNK), CHUNK, strict=False):
            writer.writerows(map(self.cells, with_words(list(some))))
            number += len(some)
        audit.record(by=actor(request), action="audit.export", subject="audit", rows=number)
        disposition = {"Content-Disposition": 'attachment; filename="audit.csv"'}
        return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=disposition)

    def cells(self, event: Any) -> list[str]:
        """The cells of an event, none of which a spreadsheet computes."""
        at = localtime(event.at).isoformat(timespec="seconds")
        details = "; ".join(f"{name}: {value}" for name, value in event.words)
        what = (self.action_in_words(event), event.action, event.subject_name, event.subject, details)
        return [harmless(each) for each in (at, self.who(event), *what)]


class OperationFilter(WordedFilter):
    """Filters reads by what was asked for: of what occurs."""

    title = lazily(OPERATION)
    parameter_name = "operation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every operation that has read, in words."""
        names = RecordRead.objects.order_by("operation").values_list("operation", flat=True).distinct()
        return [(each, str(operations.words_of(each))) for each in names]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RecordRead]) -> QuerySet[RecordRead]:
        """The reads of the operation."""
        return queryset.filter(operation=self.value()) if self.value() else queryset


class ReadsOfPartnerFilter(AddressFilter):
    """Filters reads by the partner whose client read."""

    title = lazily(FIELDS["partner"])
    parameter_name = "partner"

    def find(self, text: str) -> Partner | None:
        """The partner of an id."""
        key = subjects.uuid_of(text)
        return Partner.objects.filter(pk=key).first() if key is not None else None

    def rows_of(self, queryset: QuerySet[RecordRead], row: Partner) -> QuerySet[RecordRead]:
        """The reads of its clients."""
        return queryset.filter(client__partner=row)


@admin.register(RecordRead)
class RecordReadAdmin(ReadOnly):
    """Which client read how many records, newest first. Partners see their own reads at `/account/reads/`."""

    def heading(self, row: RecordRead) -> str:
        """The words of what was asked for."""
        return str(operations.words_of(row.operation))

    fields = list_display = ("at", "partner", "by_client", "user", "operation_in_words", "rows")
    list_filter = (OperationFilter, ReadsOfPartnerFilter, ("at", admin.DateFieldListFilter))
    list_select_related = ("client__partner", "user")
    show_full_result_count = False

    @admin.display(description=say("partner", "partner"))
    def partner(self, read: RecordRead) -> str:
        """Whose client it is."""
        return str(read.client.partner)

    @admin.display(description=say("klient", "client"))
    def by_client(self, read: RecordRead) -> str:
        """The name of the client; of the one of the desk, what people call the desk."""
        return str(WORDS["desk"]) if read.client.is_desk else read.client.name or read.client.client_id

    @admin.display(description=lazily(OPERATION), ordering="operation")
    def operation_in_words(self, read: RecordRead) -> str:
        """What was asked for."""
        return str(operations.words_of(read.operation))
