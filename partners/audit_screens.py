"""Admin screens of what was done and what was read: the audit in words, and the reads of clients."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partners.models import AuditEvent, RecordRead
from partners.staff import audit_words, subjects
from partners.staff.filters import WordedFilter
from partners.staff.naming import NOTHING
from partners.staff.screens import ReadOnly
from partners.staff.words import FIELDS
from partners.text import lazily, say


class ActionFilter(WordedFilter):
    """Filters the audit by what was done."""

    title = say("handling", "action")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every action that has words, in the order of its words."""
        return sorted(((name, str(words)) for name, words in audit_words.ACTIONS.items()), key=lambda each: each[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """The events of the action."""
        return queryset.filter(action=self.value()) if self.value() in audit_words.ACTIONS else queryset


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
    list_filter = (ActionFilter,)
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


@admin.register(RecordRead)
class RecordReadAdmin(ReadOnly):
    """Which client read how many records, newest first. Partners see their own reads at `/account/reads/`."""

    list_display = ("at", "partner", "client", "user", "operation", "rows")
    list_filter = ("operation",)
    list_select_related = ("client__partner", "user")
    show_full_result_count = False

    @admin.display(description=say("partner", "partner"))
    def partner(self, read: RecordRead) -> str:
        """Whose client it is."""
        return str(read.client.partner)
