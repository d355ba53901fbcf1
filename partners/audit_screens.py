"""Admin screens of what was done and what was read: the audit in sentences, and the reads of clients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched, chain
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from partners import audit
from partners.audit_filters import (
    OPERATION,
    AboutPartnerFilter,
    AboutUserFilter,
    ActionFilter,
    OperationFilter,
    ReadsOfPartnerFilter,
    WhoFilter,
)
from partners.models import AuditEvent, RecordRead
from partners.people import operations
from partners.people.pages.words import WORDS
from partners.spreadsheets import csv_for_people
from partners.staff import audit_words, subjects
from partners.staff.naming import NOTHING, short_name
from partners.staff.questions import question_page
from partners.staff.screens import ReadOnly, StaffList, actor
from partners.staff.words import AUDIT_HEAD, EXPORT_WARNING, FIELDS, NOTHING_FOUND
from partners.text import Text, lazily, say

LIST = "admin:partners_auditevent_changelist"
# So many events of a file are named at once, and so many a file has at most.
CHUNK, MOST = 500, 10_000
TOO_MANY = Text(
    f"En fil har højst {MOST:,} hændelser. Vælg færre dage, en bruger, en partner eller en handling på listen.".replace(
        ",", ".", 1
    ),
    f"A file has at most {MOST:,} events. Choose fewer days, a user, a partner or an action on the list.",
)


def with_words(events: list[Any]) -> list[Any]:
    """Events, each with the name of its subject and its details in words. A few statements for all of them."""
    names = subjects.names_of(events)
    for event, detail in zip(events, subjects.details_with_names(each.detail for each in events), strict=True):
        event.subject_name = names[event.pk]
        event.words = audit_words.details_in_words(detail)
    return events


class AuditList(StaffList):
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
        """The filtered events as CSV, behind a question: that somebody took them is an event, and no link makes one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            events = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{reverse(LIST)}?{ERROR_FLAG}=1")
        keys = list(events.values_list("pk", flat=True)[: MOST + 1])
        if request.method == "POST" and keys and len(keys) <= MOST:
            audit.record(by=actor(request), action="audit.export", subject="audit", rows=len(keys))
            return csv_for_people(chain([AUDIT_HEAD], self.lines(keys)), "audit")
        return self.question(request, len(keys))

    def question(self, request: HttpRequest, number: int) -> HttpResponse:
        """What the file will have, and that the audit tells of it; of too many events and of none that there is no file."""
        page = {
            "opts": self.opts,
            "title": say("Hent revisionssporet som CSV?", "Download the audit as CSV?"),
            "warning": TOO_MANY if number > MOST else EXPORT_WARNING if number else NOTHING_FOUND,
            "facts": [(say("Hændelser", "Events"), number)] if 0 < number <= MOST else [],
            "submit": say("Hent som CSV", "Download as CSV") if 0 < number <= MOST else "",
            "back": f"{reverse(LIST)}?{request.GET.urlencode()}",
        }
        return question_page(request, page)

    def lines(self, keys: Sequence[UUID]) -> Iterator[list[str]]:
        """The events of some keys in their order, some at once."""
        for some in batched(keys, CHUNK, strict=False):
            events = AuditEvent.objects.select_related("client__partner", "user").in_bulk(some)
            yield from map(self.cells, with_words([events[key] for key in some]))

    def cells(self, event: Any) -> list[str]:
        """The cells of an event. Its subject by its first digits, as on pages: those of cases and returns stand for persons."""
        at = localtime(event.at).isoformat(timespec="seconds")
        details = "; ".join(f"{name}: {value}" for name, value in event.words)
        what = (self.action_in_words(event), event.action, event.subject_name, short_name(event.subject), details)
        return [at, self.who(event), *what]


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
