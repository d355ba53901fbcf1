"""Admin screens of what was done and what was read: the audit in sentences, and the reads of clients."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from core.text import Text, lazily, say
from partners import audit
from partners.models import AuditEvent, RecordRead
from partners.screens import event_filters
from partners.screens.event_filters import (
    OPERATION,
    AboutPartnerFilter,
    AboutUserFilter,
    ActionFilter,
    FindEventsForm,
    OperationFilter,
    ReaderFilter,
    ReadsOfPartnerFilter,
    SameSubjectFilter,
    WhoFilter,
)
from partners.staff import audit_words, subjects
from partners.staff.audit_words import details_of, head_of, with_words
from partners.staff.links import column, page_at
from partners.staff.lists import AUDIT_FILE, READS_FILE, FileOfList
from partners.staff.naming import NOTHING, short_name
from partners.staff.screens import StaffList, actor
from partners.staff.words import FIELDS

LIST = "admin:partners_auditevent_changelist"
LEAD = Text(
    "Vælg nedenfor en bruger, en handling, en partner eller en måned. Otte tegn, såsom 02eae3e0, står for en sag, en leverance "
    "eller en afgørelse. Find den med dem, eller tryk på det, der er gjort: så ses alt om den, såsom hvem i centret der så en sag.",
    "Choose a user, an action, a partner or a month below. Eight characters, such as 02eae3e0, stand for a case, a delivery or a "
    "decision. Find it by them, or press what was done, to see all about it: who at the centre saw a case, for example.",
)


def way_to_same(event: AuditEvent) -> str:
    """The address of every event about the same as an event."""
    return f"{reverse(LIST)}?same={event.pk}"


class AuditList(StaffList):
    """The list of the audit, whose events know their names."""

    def get_results(self, request: HttpRequest) -> None:
        """The rows of the page."""
        super().get_results(request)
        self.result_list = with_words(list(self.result_list))


class ReadsList(StaffList):
    """The list of reads, which knows how many records they are together."""

    def get_results(self, request: HttpRequest) -> None:
        """The rows of the page, and the sum of all rows of the list. Of all reads that there ever were it would take too long."""
        super().get_results(request)
        self.records = (self.queryset.order_by().aggregate(sum=Sum("rows"))["sum"] or 0) if self.params else None


@admin.register(AuditEvent)
class AuditEventAdmin(FileOfList):
    """The audit in sentences, newest first, filtered by day, person, partner and act, and as a file of what is filtered."""

    # What was done comes second: on a telephone the third column is beside the screen.
    list_display = ("at", "sentence", "who")
    list_filter = (
        WhoFilter,
        ActionFilter,
        AboutPartnerFilter,
        AboutUserFilter,
        SameSubjectFilter,
        ("at", admin.DateFieldListFilter),
    )
    date_hierarchy = "at"
    list_select_related = ("client__partner", "user")
    fields = ("at", "who", "sentence", "about", "details", "same")
    file = AUDIT_FILE

    def heading(self, row: AuditEvent) -> str:
        """The words of what was done, and not the code of its action."""
        return str(self.action_in_words(row))

    def list_lead(self, request: HttpRequest) -> Text:
        """How to ask the list."""
        return LEAD

    @page_at("find/")
    def find(self, request: HttpRequest) -> HttpResponse:
        """Asks for the eight characters of a thing, and leads to every event about it. The address names an event, no key."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = FindEventsForm(request.POST or None)
        if form.is_valid():
            return HttpResponseRedirect(way_to_same(form.cleaned_data["event"]))
        page = {
            "title": event_filters.TITLE,
            "warning": event_filters.LEAD,
            "form": form,
            "submit": say("Vis hændelserne", "Show the events"),
            "back": reverse(LIST),
        }
        return self.pose(request, page)

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        return AuditList

    who = column(say("hvem", "who"), subjects.who_did, ordering="user__username")

    @admin.display(description=say("hvad", "what"), ordering="action")
    def sentence(self, event: Any) -> SafeString:
        """What was done, to what, and how: one sentence, whose head leads to every event about the same."""
        event = event if hasattr(event, "words") else with_words([event])[0]
        way = format_html('<a href="{}">{}</a>', way_to_same(event), head_of(event))
        return format_html("{}{}", way, details_of(event))

    action_in_words = column(FIELDS["action"], lambda event: str(audit_words.words_of_action(event.action)))
    about = column(FIELDS["subject"], lambda event: subjects.names_of([event])[event.pk])

    def field_shown(self, request: HttpRequest, name: Any) -> Any:
        """The field; what an event is about with the way to its page, where the reader may see that."""
        if name != "about":
            return super().field_shown(request, name)

        @admin.display(description=lazily(FIELDS["subject"]))
        def about(event: AuditEvent) -> str:
            return self.link_to(request, subjects.row_of(event), self.about(event))

        return about

    @admin.display(description=say("i revisionssporet", "in the audit"))
    def same(self, event: AuditEvent) -> SafeString:
        """The way to every event about the same."""
        words = say("Alle hændelser om det samme", "All events about the same")
        return format_html('<a href="{}">{}</a>', way_to_same(event), words)

    @admin.display(description=lazily(FIELDS["detail"]))
    def details(self, event: AuditEvent) -> SafeString:
        lines = audit_words.details_in_words(subjects.with_names(event.detail))
        return format_html_join("", "<p>{}: {}</p>", lines) or format_html("{}", NOTHING)

    def note_taken(self, request: HttpRequest, number: int) -> None:
        """Write down that somebody took so many events."""
        audit.record(by=actor(request), action="audit.export", subject="audit", rows=number)

    def with_names(self, rows: list[Any]) -> list[Any]:
        """The events with the names of their subjects and their details in words."""
        return with_words(rows)

    def cells(self, event: Any) -> list[str]:
        """The cells of an event. Its subject by its first digits, as on pages: those of cases and returns stand for persons."""
        at = localtime(event.at).isoformat(timespec="seconds")
        details = "; ".join(f"{name}: {value}" for name, value in event.words)
        what = (self.action_in_words(event), event.action, event.subject_name, short_name(event.subject), details)
        return [at, self.who(event), *what]


@admin.register(RecordRead)
class RecordReadAdmin(FileOfList):
    """Which client read how many records, newest first, how many that is together, and as a file.

    Partners see their own reads at `/account/reads/`.
    """

    def heading(self, row: RecordRead) -> str:
        """The words of what was asked for."""
        return str(audit_words.words_of_operation(row.operation))

    fields = list_display = ("at", "partner", "by_client", "user", "operation_in_words", "rows")
    list_filter = (OperationFilter, ReadsOfPartnerFilter, ReaderFilter, ("at", admin.DateFieldListFilter))
    list_select_related = ("client__partner", "user")
    show_full_result_count = False
    file = READS_FILE

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[ChangeList]:
        return ReadsList

    def note_taken(self, request: HttpRequest, number: int) -> None:
        """Write down that somebody took so many reads."""
        audit.record(by=actor(request), action="read.export", subject="reads", rows=number)

    def cells(self, read: RecordRead) -> list[str]:
        at = localtime(read.at).isoformat(timespec="seconds")
        what = (self.operation_in_words(read), read.operation, str(read.rows))
        return [at, self.partner(read), self.by_client(read), str(read.user or NOTHING), *what]

    partner = column(say("partner", "partner"), lambda read: str(read.client.partner))
    # The name of the client; of the one of the desk, what people call the desk.
    by_client = column(say("klient", "client"), lambda read: subjects.own_name_of(read.client))
    operation_in_words = column(
        OPERATION, lambda read: str(audit_words.words_of_operation(read.operation)), ordering="operation"
    )
