"""What readers get of notices: what is published and not withdrawn, with the text of each language that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.errors import NotFound
from core.text import Text
from notices.errors import NoticeWithdrawn
from notices.languages import stand_in
from notices.models import Notice, NoticePublication, NoticeSheet, NoticeWithdrawal

# For how long a feed tells that a notice was withdrawn.
TOLD_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PublishedText:
    """A published text. `message`: how many texts of its notice were published then. `has_sheet`: its PDF is made.

    `by_speaker`: a person who speaks its language has read it.
    """

    id: int
    language: str
    title: str
    text: str
    sms: str
    message: int
    published_at: datetime
    has_sheet: bool
    by_speaker: bool = False


@dataclass(frozen=True)
class PublishedNotice:
    """A notice with its published texts by language. `messages`: when each of them, and those that others replaced, came out.

    `withdrawn_at`, `replacement`: of one that no longer holds. `supersedes`: the number of the notice in whose place it came.
    """

    id: int
    crisis: str
    crisis_title: Text
    issuer: Text
    subject: str
    audience: str
    severity: str
    urgency: str
    certainty: str
    regions: tuple[str, ...]
    original: str
    valid_from: datetime
    valid_to: datetime
    source: str
    supersedes: int | None
    texts: dict[str, PublishedText] = field(default_factory=dict)
    messages: tuple[datetime, ...] = ()
    withdrawn_at: datetime | None = None
    replacement: int | None = None

    @property
    def changed_at(self) -> datetime:
        """When readers got something else last."""
        return self.withdrawn_at or self.messages[-1]

    @property
    def first_at(self) -> datetime:
        """When it came out."""
        return self.messages[0]

    @property
    def title(self) -> Text:
        """What readers of Danish and of English see as its title."""
        return Text(*(self.text_for(language).title for language in Text._fields))

    def text_for(self, tag_wanted: str) -> PublishedText:
        """The text that a reader of a language gets (`notices.languages.stand_in`)."""
        return self.texts[stand_in(tag_wanted, self.original, {**self.texts}) or ""]


def current(at: datetime | None = None, *, region: str | None = None) -> list[PublishedNotice]:
    """The notices that hold at a moment or later, the one that changed last in front. `region`: those of it and of the country."""
    moment = at or timezone.now()
    rows = Notice.objects.filter(withdrawal=None, valid_to__gt=moment)
    if region is not None:
        rows = rows.filter(Q(regions=[]) | Q(regions__contains=[region]))
    return newest(published(rows))


def for_feed(at: datetime | None = None) -> list[PublishedNotice]:
    """The notices of a feed: those that hold, and those that were withdrawn lately."""
    moment = at or timezone.now()
    holds = Q(withdrawal=None, valid_to__gt=moment)
    return newest(published(Notice.objects.filter(holds | Q(withdrawal__withdrawn_at__gt=moment - TOLD_FOR))))


def get(number: int) -> PublishedNotice:
    """A notice that stands, be it past its time. Raises `NotFound`, and `NoticeWithdrawn` with its replacement."""
    notice = get_any(number)
    if notice.withdrawn_at is not None:
        raise NoticeWithdrawn(standing(notice.replacement))
    return notice


def standing(number: int | None) -> int | None:
    """The notice that stands in the place of one: that itself, or its replacement's replacement. One statement for each step."""
    while number is not None:
        end = NoticeWithdrawal.objects.filter(of=number).first()
        if end is None:
            return number
        number = end.replacement_id
    return None


def get_any(number: int) -> PublishedNotice:
    """A notice that was published, be it withdrawn. Raises `NotFound`."""
    notices = published(Notice.objects.filter(pk=number))
    if not notices:
        raise NotFound
    return notices[0]


def superseded_by(notice: PublishedNotice) -> PublishedNotice | None:
    """The notice in whose place another came, if it was published."""
    earlier = published(Notice.objects.filter(pk=notice.supersedes)) if notice.supersedes else []
    return next(iter(earlier), None)


def sheet(number: int, language: str) -> NoticeSheet:
    """The sheet of a language of a notice that stands. Raises `NotFound`, also where it is not made yet, and `NoticeWithdrawn`."""
    text = get(number).texts.get(language)
    row = NoticeSheet.objects.filter(of_id=text.id).first() if text is not None else None
    if row is None:
        raise NotFound
    return row


def newest(notices: Iterable[PublishedNotice]) -> list[PublishedNotice]:
    """Notices, the one that changed last in front."""
    return sorted(notices, key=lambda each: (each.changed_at, each.id), reverse=True)


def published(rows: QuerySet[Notice]) -> list[PublishedNotice]:
    """The published ones of some notices. Three statements."""
    notices = [*rows.select_related("crisis")]
    has_sheet = Exists(NoticeSheet.objects.filter(of=OuterRef("pk")))
    publications = NoticePublication.objects.filter(notice__in=notices).select_related("of__review").order_by("number")
    by_notice: dict[int, list[NoticePublication]] = {}
    for row in publications.annotate(has_sheet=has_sheet):
        by_notice.setdefault(row.notice_id, []).append(row)
    ends = {row.of_id: row for row in NoticeWithdrawal.objects.filter(of__in=by_notice)}
    return [notice_of(each, by_notice[each.pk], ends.get(each.pk)) for each in notices if each.pk in by_notice]


def notice_of(row: Notice, publications: list[NoticePublication], end: NoticeWithdrawal | None) -> PublishedNotice:
    """A notice by its row, its publications in the order of their numbers, and the withdrawal if there is one."""
    return PublishedNotice(
        id=row.pk,
        crisis=row.crisis.code,
        crisis_title=Text(row.crisis.title_da, row.crisis.title_en),
        issuer=Text(row.issuer_da, row.issuer_en),
        subject=row.subject_code,
        audience=row.audience,
        severity=row.severity,
        urgency=row.urgency,
        certainty=row.certainty,
        regions=tuple(row.regions),
        original=row.language,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=row.source,
        supersedes=row.supersedes_id,
        texts={each.language: text_of(each) for each in publications},
        messages=tuple(each.published_at for each in publications),
        withdrawn_at=end.withdrawn_at if end else None,
        replacement=end.replacement_id if end else None,
    )


def text_of(row: NoticePublication) -> PublishedText:
    """A text as it was published. The row must be annotated with `has_sheet`."""
    has_sheet: bool = row.has_sheet  # type: ignore[attr-defined]
    of = row.of
    return PublishedText(
        of.pk,
        of.language,
        of.title,
        of.text,
        of.sms,
        row.number,
        row.published_at,
        has_sheet=has_sheet,
        by_speaker=of.review.by_speaker,
    )
