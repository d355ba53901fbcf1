"""Admin screens of what was done and what was read: the audit in words, and the reads of clients."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partners.models import AuditEvent, RecordRead
from partners.people import operations
from partners.people.pages.words import WORDS
from partners.staff import audit_words, subjects
from partners.staff.filters import WordedFilter
from partners.staff.naming import NOTHING
from partners.staff.screens import ReadOnly
from partners.staff.words import FIELDS, MODELS
from partners.text import lazily, number_in, say

OPERATION = MODELS["recordread"].fields["operation"]


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


class AuditList(ChangeList):
    """The list of the audit. Two statements find the names of what the events of a page are about."""

    def get_results(self, request: HttpRequest) -> None:
        """The rows of the page, each with the name of its subject."""
        super().get_results(request)
        names = subjects.names_of(self.result_list)
        for event in self.result_list:
            event.subject_name = names[event.pk]


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly):
    """The audit in words, newest first."""

    list_display = ("at", "user", "action_in_words", "about", "client")
    list_filter = (WhoFilter, ActionFilter, ("at", admin.DateFieldListFilter))
    list_select_related = ("client", "user")
    fields = ("at", "action_in_words", "about", "client", "user", "details")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """An event under the words of what was done, and not under the code of its action."""
        context["subtitle"] = self.action_in_words(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        """The class of the list."""
        return AuditList

    @admin.display(description=lazily(FIELDS["action"]), ordering="action")
    def action_in_words(self, event: AuditEvent) -> str:
        """What was done."""
        return str(audit_words.words_of_action(event.action))

    @admin.display(description=lazily(FIELDS["subject"]))
    def about(self, event: Any) -> str:
        """The name of what it was done to."""
        name: str = getattr(event, "subject_name", None) or subjects.names_of([event])[event.pk]
        return name

    @admin.display(description=lazily(FIELDS["detail"]))
    def details(self, event: AuditEvent) -> SafeString:
        """Every detail with its name."""
        lines = audit_words.details_in_words(subjects.with_names(event.detail))
        return format_html_join("", "<p>{}: {}</p>", lines) or format_html("{}", NOTHING)


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


@admin.register(RecordRead)
class RecordReadAdmin(ReadOnly):
    """Which client read how many records, newest first. Partners see their own reads at `/account/reads/`."""

    fields = list_display = ("at", "partner", "by_client", "user", "operation_in_words", "rows")
    list_filter = (OperationFilter,)
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
