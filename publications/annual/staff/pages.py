"""What the staff pages of a report show: its sections with what is finished, one section as readers will see it, and its orders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from core.text import Text, say
from partners.staff.naming import moment_by
from publications.annual.document import Document, Section
from publications.annual.drafts import is_stale, texts_of
from publications.annual.labels import address_of, block_numbers, labels_in
from publications.annual.models import (
    DONE,
    FAILED,
    ReportDraft,
    ReportEdition,
    ReportOrder,
    ReportPublication,
    ReportText,
)
from publications.annual.places import COMMENT, Texts, of_section
from publications.annual.publishing import document_of, failures, is_open, missing_places
from publications.annual.staff.forms import ReportOrderForm, Suggestion, suggestions_of
from publications.annual.staff.words import ACTS, ALTERNATIVE, DRAFT_SOON, ORDER_HELPS, ORDER_WARNING, STATES
from stats.staff.order_base import OrderScreen


@dataclass(frozen=True)
class SectionLine:
    """A section in the list: what it is of, its heading in each language, whether it is finished, whether it has a comment."""

    id: str
    topic: str
    headings: tuple[tuple[str, str], ...]
    finished: bool
    commented: bool
    address: str


class DraftPages:
    """A draft with what was written in it, in both languages."""

    def __init__(self, draft: ReportDraft) -> None:
        self.draft = draft
        self.texts: Texts = texts_of(draft)
        self.documents = {language: document_of(draft, language, self.texts) for language in Text._fields}

    def lines(self) -> Iterator[SectionLine]:
        missing = set(missing_places(self.draft, self.texts))
        for both in zip(*(self.documents[language].sections for language in Text._fields), strict=True):
            one = both[0]
            yield SectionLine(
                one.id,
                str(Text(*(each.topic for each in both))),
                tuple((language, each.heading) for language, each in zip(Text._fields, both, strict=True)),
                missing.isdisjoint(of_section(one)),
                any(self.texts.get(f"{one.id}:{COMMENT}", ())),
                reverse("admin:annual_reportdraft_section", args=[self.draft.pk, one.id]),
            )

    def section(self, name: str) -> dict[str, Any]:
        """A section in each language, with its place among the others. Raises `Http404`."""
        names = [each.id for each in self.documents["da"].sections]
        if name not in names:
            raise Http404
        n = names.index(name)
        around = {
            "before": names[n - 1] if n else None,
            "after": names[n + 1] if n + 1 < len(names) else None,
            "waiting": next((each for each in (*names[n + 1 :], *names[:n]) if self.waits(each)), None),
        }
        addresses = {
            where: reverse("admin:annual_reportdraft_section", args=[self.draft.pk, each]) if each else None
            for where, each in around.items()
        }
        return {
            "sections": [
                (language, find(document, name), block_numbers(document), labels_of(language))
                for language, document in self.documents.items()
            ],
            "number": n + 1,
            "count": len(names),
            **addresses,
        }

    def whole(self) -> dict[str, Any]:
        """Every section in the reader's language, in order."""
        language = str(Text(*Text._fields))
        document = self.documents[language]
        return {"document": document, "numbers": block_numbers(document), "labels": labels_of(language)}

    def next_to_write(self) -> list[tuple[Text, str]]:
        """The way to the first section with something that is not finished; nothing where there is none."""
        name = next((each.id for each in self.documents["da"].sections if self.waits(each.id)), None)
        address = reverse("admin:annual_reportdraft_section", args=[self.draft.pk, name]) if name else ""
        return [(ACTS["write"], address)] if name else []

    def waits(self, name: str) -> bool:
        """Whether a section has something that is not finished."""
        return not set(missing_places(self.draft, self.texts)).isdisjoint(self.places(name))

    def places(self, name: str) -> list[str]:
        return [*of_section(find(self.documents["da"], name))]

    def proposals(self) -> dict[str, Suggestion]:
        """What stands in fields that nobody has written in, by place."""
        return suggestions_of(self.draft)


def labels_of(language: str) -> dict[str, str]:
    """The words of a renderer, and one that has staff see the alternative texts of charts, which they answer for."""
    return {**labels_in(language), "alternative": ALTERNATIVE(language)}


def find(document: Document, name: str) -> Section:
    return next(each for each in document.sections if each.id == name)


def state_of(draft: ReportDraft) -> Text:
    """How far a draft is."""
    publication = ReportPublication.objects.filter(pk=draft.pk).first()
    if publication is None:
        return STATES["superseded" if not is_open(draft) else "stale" if is_stale(draft) else "draft"]
    if not ReportEdition.objects.filter(publication=publication).exists():
        return STATES["failing" if failures(publication) else "waiting"]
    return Text(*(each.format(version=publication.version) for each in STATES["published"]))


def authors_of(draft: ReportDraft) -> str:
    texts = ReportText.objects.filter(draft=draft).select_related("user")
    return ", ".join(sorted({str(each.user) for each in texts}))


def publication_of(draft: ReportDraft) -> list[tuple[object, object]]:
    """When a report was published and by whom, and where it is read, in the reader's language. Nothing of a draft."""
    row = ReportPublication.objects.select_related("user").filter(pk=draft.pk).first()
    if row is None:
        return []
    address = address_of(row.year, row.version, str(Text(*Text._fields)))
    link = format_html('<a href="{}">{}</a>', address.removeprefix(settings.HENVIS_ADDRESS), address)
    is_there = ReportEdition.objects.filter(publication=row).exists()
    return [
        (say("Udgivet", "Published"), moment_by(row.published_at, row.user)),
        *([(say("Hvor den kan læses", "Where it is read"), link)] if is_there else []),
    ]


class ReportOrderScreen(OrderScreen):
    """Orders of drafts. The server makes them; who ordered one cannot publish it."""

    form = ReportOrderForm
    list_display = ("ordered_at", "year", "state", "outcome", "user")
    list_filter = ("state",)
    helps = ORDER_HELPS
    act = Text("Bestil et udkast til en årsrapport", "Order a draft of an annual report")
    warning = ORDER_WARNING
    task, soon = "reports.work", DRAFT_SOON

    def heading(self, row: ReportOrder) -> str:
        """What was ordered, and of which year."""
        return str(Text(f"Udkast til årsrapport {row.year}", f"Draft of the annual report {row.year}"))

    def get_fields(self, request: HttpRequest, obj: ReportOrder | None = None) -> tuple[str, ...]:
        """A form without an order; of an order its content."""
        content = ("year", "correction_da", "correction_en")
        return content if obj is None else (*content, "ordered_at", "user", "state", "outcome")

    def acts_after(self, order: ReportOrder) -> list[tuple[Text, str]]:
        """Write in the draft, or order anew."""
        draft = ReportDraft.objects.filter(year=order.year).order_by("pk").only("pk").last()
        if order.state == DONE and draft is not None:
            return [(ACTS["open"], reverse(change_address(draft), args=[draft.pk]))]
        return [(ACTS["again"], order_address(order.year))] if order.state == FAILED else []


def order_address(year: int) -> str:
    """The form of an order of a draft of a year."""
    return f"{reverse('admin:annual_reportorder_add')}?{urlencode({'year': year})}"


def change_address(draft: ReportDraft) -> str:
    """The name of the address of a report."""
    return f"admin:{draft._meta.app_label}_{draft._meta.model_name}_change"
