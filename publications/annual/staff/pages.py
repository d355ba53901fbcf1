"""What the staff pages of a report show: its sections with what is finished, and one section as readers will see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html

from core.text import Text, say
from partners.staff.naming import moment_by
from publications.annual.attempts import failures
from publications.annual.colophon import address_of
from publications.annual.document import Document, Section
from publications.annual.drafts import is_stale
from publications.annual.labels import numbers, words
from publications.annual.models import ReportDraft, ReportEdition, ReportPublication, ReportText
from publications.annual.places import COMMENT, Texts, of_section
from publications.annual.publishing import document_of, is_open, missing_places
from publications.annual.staff.suggestions import Suggestion, suggestions_of
from publications.annual.staff.words import ACTS, ALTERNATIVE, STATES
from publications.annual.texts import texts_of


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
                (language, find(document, name), numbers(document), labels_of(language))
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
        return {"document": document, "numbers": numbers(document), "labels": labels_of(language)}

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
    return {**words(language), "alternative": ALTERNATIVE(language)}


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
