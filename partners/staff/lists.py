"""Lists of staff: filters by state, in words, and a list as a file of what is filtered.

A filter names the states, and says what each means in the database. A file stands behind a question: that somebody took one is an
event, and no link makes one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, chain
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from core.formats import csv_for_people
from core.text import Text, lazily, say
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


# In the address of a list: what waits for whoever reads it.
FOR_READER = "mine"
WAITS_FOR_YOU = Text("venter på dig", "waits for you")


class PartnerFilter(admin.RelatedOnlyFieldListFilter):
    """Filters by a partner, of those that have a row. The page of any partner leads to lists that are filtered so."""

    def has_output(self) -> bool:
        """Whether there is something to choose, or somebody chose. Django drops a choice where there is one partner or none."""
        return super().has_output() or self.lookup_val is not None


BY_PARTNER = ("partner", PartnerFilter)


class WordedFilter(admin.SimpleListFilter):
    """Filters a list by one of some words. `choices_offered`: each with its words and its condition, asked when it is used."""

    title = say("tilstand", "state")
    parameter_name = "state"
    choices_offered: ClassVar[Mapping[str, tuple[Text, Callable[[], Q]]]] = {}

    def waits_for(self, user: Any) -> Q | None:
        """What waits for the reader, to which the first page leads; None where a list has no such rows."""
        return None

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        own = [(FOR_READER, lazily(WAITS_FOR_YOU))] if self.waits_for(request.user) is not None else []
        return [*own, *((name, lazily(words)) for name, (words, _) in self.choices_offered.items())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the chosen one; all of them where none is chosen, or one that is not offered."""
        if self.value() == FOR_READER and (condition := self.waits_for(request.user)) is not None:
            return queryset.filter(condition)
        offer = self.choices_offered.get(self.value() or "")
        return queryset.filter(offer[1]()) if offer else queryset


class AddressFilter(WordedFilter):
    """Filters a list by one row that the address names.

    Pages of that row lead here. The list offers no choice: it would be as long as the table.
    """

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        """Find the row first: a list without one does not show the filter."""
        self.row = self.find(request.GET.get(self.parameter_name, ""))
        super().__init__(request, *args)

    def find(self, text: str) -> Any:
        """The row of a text from the address, or None."""
        raise NotImplementedError

    def rows_of(self, queryset: QuerySet[Any], row: Any) -> QuerySet[Any]:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The row by its name."""
        return [(str(self.row.pk), str(self.row))] if self.row is not None else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What belongs to the row; everything where the address names none."""
        return self.rows_of(queryset, self.row) if self.row is not None else queryset
