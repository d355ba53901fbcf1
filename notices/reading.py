"""What readers get of notices: what is published and not withdrawn, where, with the text of each language, and the marks beside it.

A sheet on a wall carries an address for as long as it hangs there, so that this is the only place that makes one. Marks say to a
reader of any language whom to call, from when to when a notice holds, and where. A pictogram says what each of them is, since
nobody who speaks the language has read a word of ours for it. Only in the languages of our pages a word stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.codelists import REGION
from cases.errors import NotFound
from cases.months import COPENHAGEN
from core.text import Text
from notices.errors import NoticeWithdrawn
from notices.languages import LANGUAGES, stand_in
from notices.models import Notice, NoticePublication, NoticeSheet, NoticeWithdrawal

# For how long a feed tells that a notice was withdrawn.
IN_FEED_FOR = timedelta(days=30)


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
    return newest(published(Notice.objects.filter(holds | Q(withdrawal__withdrawn_at__gt=moment - IN_FEED_FOR))))


def get(number: int) -> PublishedNotice:
    """A notice that stands, be it past its time. Raises `NotFound`, and `NoticeWithdrawn` with its replacement."""
    notice = get_any(number)
    if notice.withdrawn_at is not None:
        raise NoticeWithdrawn(successor_of(notice.replacement))
    return notice


def successor_of(number: int | None) -> int | None:
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


PATH = Text("varsler", "notices")


def page_path(number: int, tag: str, language: str) -> str:
    """The page of a notice with the text of a language (`tag`), in the frame of Danish or English (`language`)."""
    return f"/{language}/{PATH(language)}/{number}/{tag}/"


def sheet_path(number: int, tag: str) -> str:
    return f"/api/v1/notices/{number}/{tag}/pdf"


def sms_link(text: str) -> str:
    """What opens a telephone's own messages with a text in it (RFC 5724), for whoever hands it on."""
    return f"sms:?body={quote(text, safe='')}"


def page_address(number: int, tag: str, language: str) -> str:
    """The same with the address of the service."""
    return f"{settings.HENVIS_ADDRESS}{page_path(number, tag, language)}"


# Paths of SVG on a field of 24 by 24.
PICTOGRAMS = {
    "call": "M5 2h4l2 6-3 2c1 3 3 5 6 6l2-3 6 2v4q0 3-3 3C10 22 2 14 2 5q0-3 3-3z",
    "days": "M3 4h4V2h2v2h6V2h2v2h4v18H3zm2 5v11h14V9zm2 2h4v4H7z",
    "regions": "M12 1a8 8 0 0 1 8 8q0 5-8 14Q4 14 4 9a8 8 0 0 1 8-8zm0 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6z",
}
LABELS = {"call": Text("Ring", "Call"), "days": Text("Gælder", "Valid"), "regions": Text("Hvor", "Where")}


def pictogram(name: str, colour: str) -> str:
    """A pictogram as a file."""
    path = f'<path d="{PICTOGRAMS[name]}" fill="{colour}" fill-rule="evenodd"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">{path}</svg>'


def labels(tag: str) -> dict[str, str]:
    """What stands beside the pictograms for a reader of a language."""
    return {name: f"{words(tag)}: " if LANGUAGES[tag].is_of_pages else "" for name, words in LABELS.items()}


def days_of(notice: PublishedNotice, tag: str) -> str:
    """The days on which a notice holds, as a language writes them."""
    days = (each.astimezone(COPENHAGEN).date() for each in (notice.valid_from, notice.valid_to))
    return " – ".join(dict.fromkeys(LANGUAGES[tag].day(each) for each in days))


def name_tag(tag: str) -> str:
    """The language in which an authority and a region are named for a reader of a language: else the one that signs have here."""
    return tag if LANGUAGES[tag].is_of_pages else "da"


def regions_of(notice: PublishedNotice, tag: str) -> str:
    """Where a notice holds; empty where that is the whole country."""
    return ", ".join(REGION.by_code[code].label(name_tag(tag)) for code in notice.regions)
