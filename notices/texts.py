"""The texts of a notice: how far and how easy to read each is, and what staff do about them and about crises.

Nothing of how far they are is stored: it follows from the rows. How easy a Danish text is to read is LIX, words in a sentence plus
long words in a hundred (Björnsson 1968). The database looks who may, what counts and whether a second person has read it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from core.refusals import raised_as
from core.text import Text
from notices.choices import TextState
from notices.errors import NoticeRefused
from notices.languages import LANGUAGES
from notices.models import (
    Crisis,
    CrisisEnd,
    Notice,
    NoticePublication,
    NoticeReview,
    NoticeText,
    NoticeWithdrawal,
)
from partners import audit, jobs
from partners.audit import Actor

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
SENTENCE_END = re.compile(r"[.!?:](?=\s|$)|\n+")
LONG = 6
# A notice that is harder than this is rewritten: it is what a newspaper's easy texts have.
EASY = 35
BANDS = (
    (25, Text("let for alle", "easy for everybody")),
    (35, Text("let", "easy")),
    (45, Text("middel", "middling")),
    (55, Text("svær", "hard")),
)
HARDEST = Text("meget svær", "very hard")


@dataclass(frozen=True, slots=True)
class Lix:
    """The figure, and what it means."""

    value: int

    @property
    def is_easy(self) -> bool:
        """Whether a notice may be as hard as this."""
        return self.value <= EASY

    @property
    def words(self) -> Text:
        """How easy the text is."""
        return next((words for most, words in BANDS if self.value <= most), HARDEST)


def lix_of(text: str) -> Lix | None:
    """The figure of a text, rounded; None for a text without words."""
    words = WORD.findall(text)
    if not words:
        return None
    sentences = sum(1 for part in SENTENCE_END.split(text) if WORD.search(part))
    long_words = sum(1 for word in words if len(word) > LONG)
    return Lix(round(len(words) / sentences + 100 * long_words / len(words)))


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


def end_crisis(*, by: User, crisis: Crisis, ended_on: date) -> None:
    """Say until which day a crisis lasted. Raises `NoticeRefused` for a day before its first one."""
    with transaction.atomic():
        with raised_as(NoticeRefused):
            CrisisEnd.objects.create(of=crisis, ended_on=ended_on, user=by)
        audit.record(by=Actor.of(by), action="crisis.end", subject=crisis.subject, day=ended_on.isoformat())


def write_text(
    *, by: User, notice: Notice, language: str, title: str, text: str, sms: str, is_finished: bool
) -> NoticeText:
    """Write the text of a language anew. A translation is of the text that counts now in the first language.

    Raises `NoticeRefused` where the notice is withdrawn, and where there is nothing to translate yet.
    """
    with transaction.atomic():
        source = None if language == notice.language else latest_text(notice, notice.language)
        with raised_as(NoticeRefused):
            text_written = NoticeText.objects.create(
                notice=notice,
                language=language,
                title=title,
                text=text,
                sms=sms,
                is_finished=is_finished,
                source=source,
                user=by,
            )
        audit.record(by=Actor.of(by), action="notice.write", subject=notice.subject, language=language)
    return text_written


def review(*, by: User, text: NoticeText, by_speaker: bool = False) -> None:
    """Say that a text is right. `by_speaker`: as one who speaks its language, which readers are told.

    Raises `NoticeRefused` for its author, for a draft, and for a text that does not count any more.
    """
    with transaction.atomic():
        with raised_as(NoticeRefused):
            NoticeReview.objects.create(of=text, user=by, by_speaker=by_speaker)
        audit.record(by=Actor.of(by), action="notice.review", subject=str(text.notice_id), language=text.language)


def publish(*, by: User, text: NoticeText) -> None:
    """Make a reviewed text public. Raises `NoticeRefused` where it is not reviewed, and where it does not count any more."""
    with transaction.atomic():
        with raised_as(NoticeRefused):
            # The number is the database's, which knows how many there are.
            NoticePublication.objects.create(
                of=text, notice_id=text.notice_id, language=text.language, number=1, user=by
            )
        audit.record(by=Actor.of(by), action="notice.publish", subject=str(text.notice_id), language=text.language)
        jobs.defer("notices.work")


def withdraw(*, by: User, notice: Notice, replacement: Notice | None) -> None:
    """Say that a notice no longer holds, and which one does. Raises `NoticeRefused` where readers do not get either of them."""
    with transaction.atomic():
        with raised_as(NoticeRefused):
            NoticeWithdrawal.objects.create(of=notice, replacement=replacement, user=by)
        detail = {"other_notice": replacement.subject} if replacement else {}
        audit.record(by=Actor.of(by), action="notice.withdraw", subject=notice.subject, **detail)
