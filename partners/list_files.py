"""Lists of staff as files of what is filtered, behind a question: that somebody took one is an event, and no link makes one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched, chain
from typing import Any, ClassVar

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from core.spreadsheets import csv_for_people
from core.text import Text, say
from partners.staff.links import page_at
from partners.staff.screens import ReadOnly

# So many rows of a file are named at once, and so many a file has at most.
CHUNK, MOST = 500, 10_000


@dataclass(frozen=True, slots=True)
class FileWords:
    """What a file is called, its head, of what it has lines, and what the question says: of one, a long and an empty one."""

    name: str
    head: Sequence[Text]
    title: Text
    unit: Text
    warning: Text
    too_many: Text
    none: Text


AUDIT_FILE = FileWords(
    "audit",
    (
        Text("tidspunkt", "time"),
        Text("hvem", "who"),
        Text("handling", "action"),
        Text("handlingens kode", "code of the action"),
        Text("vedrører", "subject"),
        Text("nøgle", "key"),
        Text("detaljer", "detail"),
    ),
    Text("Hent revisionssporet som CSV?", "Download the audit as CSV?"),
    Text("Hændelser", "Events"),
    Text(
        "Filen har de filtrerede hændelser. At du henter den, og hvor mange linjer den har, skrives i revisionssporet.",
        "The file has the filtered events. That you take it, and how many lines it has, is written in the audit.",
    ),
    Text(
        "En fil har højst 10.000 hændelser. Vælg færre dage, en bruger, en partner eller en handling på listen.",
        "A file has at most 10,000 events. Choose fewer days, a user, a partner or an action on the list.",
    ),
    Text("Listen har ingen hændelser at hente.", "The list has no events to download."),
)
READS_FILE = FileWords(
    "reads",
    (
        Text("tidspunkt", "time"),
        Text("partner", "partner"),
        Text("klient", "client"),
        Text("bruger", "user"),
        Text("forespørgsel", "operation"),
        Text("forespørgslens kode", "code of the operation"),
        Text("antal oplysninger", "records"),
    ),
    Text("Hent læsningerne som CSV?", "Download the reads as CSV?"),
    Text("Læsninger", "Reads"),
    Text(
        "Filen har de filtrerede læsninger. At du henter den, og hvor mange linjer den har, skrives i revisionssporet.",
        "The file has the filtered reads. That you take it, and how many lines it has, is written in the audit.",
    ),
    Text(
        "En fil har højst 10.000 læsninger. Vælg færre dage, en bruger, en partner eller en forespørgsel på listen.",
        "A file has at most 10,000 reads. Choose fewer days, a user, a partner or an operation on the list.",
    ),
    Text("Listen har ingen læsninger at hente.", "The list has no reads to download."),
)


class FileOfList(ReadOnly):
    """A screen whose list is taken as CSV. Its rows are named some at once."""

    file: ClassVar[FileWords]
    list_select_related: ClassVar[Any] = ()

    def note_taken(self, request: HttpRequest, number: int) -> None:
        """Write an audit row: somebody took so many rows."""
        raise NotImplementedError

    def cells(self, row: Any) -> list[str]:
        raise NotImplementedError

    def with_names(self, rows: list[Any]) -> list[Any]:
        """Rows with what their cells need."""
        return rows

    @page_at("csv/")
    def csv(self, request: HttpRequest) -> HttpResponse:
        """The question; once it is answered, the filtered rows as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{self.address_of_list()}?{ERROR_FLAG}=1")
        keys = list(rows.values_list("pk", flat=True)[: MOST + 1])
        if request.method == "POST" and keys and len(keys) <= MOST:
            self.note_taken(request, len(keys))
            return csv_for_people(chain([self.file.head], self.lines(keys)), self.file.name)
        return self.question(request, len(keys))

    def address_of_list(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def question(self, request: HttpRequest, number: int) -> HttpResponse:
        """What the file will have, and that the audit tells of it; of too many rows and of none that there is no file."""
        page = {
            "title": self.file.title,
            "warning": self.file.too_many if number > MOST else self.file.warning if number else self.file.none,
            "facts": [(self.file.unit, number)] if 0 < number <= MOST else [],
            "submit": say("Hent som CSV", "Download as CSV") if 0 < number <= MOST else "",
            "back": f"{self.address_of_list()}?{request.GET.urlencode()}",
        }
        return self.pose(request, page)

    def lines(self, keys: Sequence[Any]) -> Iterator[list[str]]:
        """The rows of some keys in their order, some at once."""
        for some in batched(keys, CHUNK, strict=False):
            rows = self.model._default_manager.select_related(*self.list_select_related).in_bulk(some)
            yield from map(self.cells, self.with_names([rows[key] for key in some]))
