"""How far the texts of a notice are, by language. Nothing of it is stored: it follows from the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from notices.choices import TextState
from notices.languages import LANGUAGES
from notices.lix import Lix, lix_of
from notices.models import Notice, NoticeText


@dataclass(frozen=True, slots=True)
class CurrentText:
    """The text of a language that counts, if there is one. `is_stale`: what it translates has changed since."""

    language: str
    text: NoticeText | None
    is_stale: bool = False
    was_published: bool = False

    @property
    def state(self) -> TextState:
        """How far it is."""
        if self.text is None:
            return TextState.MISSING
        if hasattr(self.text, "publication"):
            return TextState.PUBLISHED
        if hasattr(self.text, "review"):
            return TextState.REVIEWED
        return TextState.TRANSLATED if self.text.is_finished else TextState.DRAFT

    @property
    def lix(self) -> Lix | None:
        """How easy it is to read, for a Danish text alone."""
        return lix_of(self.text.text) if self.text is not None and self.language == "da" else None


def latest_text(notice: Notice, language: str) -> NoticeText | None:
    """The text of a language that counts."""
    return NoticeText.objects.filter(notice=notice, language=language).order_by("id").last()


def current_texts(notice: Notice) -> list[CurrentText]:
    """Every language of the table, that of the first text in front. One statement."""
    rows = [*notice.texts.select_related("review", "publication", "user", "review__user").order_by("id")]
    latest = {row.language: row for row in rows}
    published = {row.language for row in rows if hasattr(row, "publication")}
    original = latest.get(notice.language)
    order = sorted(LANGUAGES, key=lambda tag: tag != notice.language)
    return [
        CurrentText(
            tag,
            latest.get(tag),
            is_stale=tag in latest and tag != notice.language and latest[tag].source_id != (original and original.pk),
            was_published=tag in published,
        )
        for tag in order
    ]


def with_title(rows: QuerySet[Notice]) -> QuerySet[Any]:
    """Notices with `first_title`: their title in the first language, or null."""
    texts = NoticeText.objects.filter(notice=OuterRef("pk"), language=OuterRef("language")).order_by("-pk")
    return rows.annotate(first_title=Subquery(texts.values("title")[:1]))


def full_name(notice: Any) -> str:
    """A notice with `first_title` by its number, its subject and its title, where it is told from others."""
    return f"{notice}: {notice.first_title}" if notice.first_title else str(notice)
