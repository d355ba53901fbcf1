"""Notices for everybody: those that hold, one of them, the feed, the message of CAP, the sheet; and the crises.

The feed is of Atom (RFC 4287), in one language, with the one that changed last in front; a withdrawn one says so for a while.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.html import linebreaks
from rest_framework.request import Request

from api.http import parameters
from api.http.bodies import BINARY, invented_mark
from api.http.negotiation import AnyNegotiation, language_of
from api.http.public import PublicView, public_answer
from api.notices import examples
from api.notices.bodies import CrisesBody, NoticeBody, NoticesBody, crisis_body, notice_body
from api.notices.parts import (
    LANGUAGE,
    LANGUAGE_IN_PATH,
    NOTICE_ID,
    REGION,
    number_of,
    place_of,
    region_of,
    replacement_named,
    wanted_language,
)
from api.openapi.headers import CONTENT_DISPOSITION, KEPT
from api.openapi.parts import KEPT_ALREADY, Answer, endpoint
from cases.invented import mark, with_mark
from core.formats import AtomFeed
from core.text import Text
from notices import reading
from notices.cap.message import MEDIA_TYPE as CAP
from notices.cap.message import message
from notices.languages import LANGUAGES
from notices.models import Crisis
from notices.reading import PATH, PublishedNotice, page_address
from stats.revisions.citation import operator

FEED_TITLE = Text("Varsler", "Notices")
FEED_LEAD = Text(
    "Varsler fra danske myndigheder til mennesker, der kan være ofre for menneskehandel.",
    "Notices of Danish authorities to people who may be victims of human trafficking.",
)
WITHDRAWN = Text("Trukket tilbage: {title}", "Withdrawn: {title}")


class NoticeAtom(AtomFeed):
    """A feed whose entries say their language: where another one stands in, it is not that of the feed."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """The language of an entry."""
        return {"xml:lang": item["tag"]}


def feed(notices: Iterable[PublishedNotice], tag_wanted: str, address: str) -> bytes:
    """The feed for readers of a language. `address`: where it is itself. A text that stands in says so in front."""
    language = "da" if tag_wanted == "da" else "en"
    atom = NoticeAtom(
        title=with_mark(FEED_TITLE(language), language),
        link=f"{settings.HENVIS_ADDRESS}/{language}/{PATH(language)}/",
        description=FEED_LEAD(language),
        language=tag_wanted,
        feed_url=address,
        feed_guid=f"{settings.HENVIS_ADDRESS}/api/v1/notices.atom?language={tag_wanted}",
        author_name=operator(settings.HENVIS_OPERATOR)(language),
    )
    marks = [invented(language)] if (invented := mark()) else []
    for notice in notices:
        text = notice.text_for(tag_wanted)
        notes = [
            *marks,
            *([LANGUAGES[text.language].over] if notice.withdrawn_at else []),
            *([LANGUAGES[tag_wanted].note(text.language)] if text.language != tag_wanted else []),
        ]
        # Django marks summaries as HTML, so that a text must be one. What was withdrawn may have told too much: it is not repeated.
        lines = notes if notice.withdrawn_at else [*notes, text.text]
        summary = linebreaks("\n\n".join(lines), autoescape=True)
        title = WITHDRAWN(language).format(title=text.title) if notice.withdrawn_at else text.title
        place = page_address(notice.id, text.language, language)
        atom.add_item(
            title=title,
            link=place,
            description=summary,
            tag=text.language,
            unique_id=page_address(notice.id, tag_wanted, language),
            pubdate=notice.first_at,
            updateddate=notice.changed_at,
            author_name=notice.issuer(language),
        )
    return atom.writeString("utf-8").encode()


ATOM, PDF = "application/atom+xml", "application/pdf"
LISTED = (
    "What Danish authorities tell people who may be victims, while it holds: each with its text in one language, and the languages "
    "that there are. A language comes as it is ready. What stands in for a missing one is marked."
)
OF_CAP = (
    "One alert with an info for each language. A text that is published later makes an Update, a withdrawal a Cancel: this address "
    "answers with it, since programs learn of a withdrawal by that message."
)


class NoticeList(PublicView):
    """The notices that hold."""

    @endpoint(
        "listNotices",
        "List the notices that hold",
        LISTED,
        Answer(200, "The notices.", NoticesBody, [examples.NOTICES], KEPT),
        KEPT_ALREADY,
        parameters=[LANGUAGE, REGION],
    )
    def get(self, request: Request) -> HttpResponse:
        """All that hold."""
        texts = parameters.read(request, ("language", "region"))
        tag_wanted, language, place = wanted_language(request, texts), language_of(request), place_of(request)
        notices = reading.current(region=region_of(texts))
        body = NoticesBody([notice_body(each, tag_wanted, language, place) for each in notices], invented_mark())
        return public_answer(request, body)


class NoticeDetail(PublicView):
    """One notice."""

    @endpoint(
        "readNotice",
        "Read a notice",
        "Also after its time. A withdrawn one is 410, with the address of the one that holds instead.",
        Answer(200, "The notice.", NoticeBody, [examples.NOTICE], KEPT),
        KEPT_ALREADY,
        parameters=[NOTICE_ID, LANGUAGE],
        problems=("not_found", "notice_withdrawn"),
    )
    def get(self, request: Request, notice_id: str) -> HttpResponse:
        """The notice with one of its texts."""
        tag_wanted = wanted_language(request, parameters.read(request, ("language",)))
        with replacement_named(request):
            notice = reading.get(number_of(notice_id))
        body = notice_body(notice, tag_wanted, language_of(request), place_of(request))
        body.invented = invented_mark()
        return public_answer(request, body)


class NoticeFeed(PublicView):
    """The feed."""

    content_negotiation_class = AnyNegotiation

    @endpoint(
        "readNoticeFeed",
        "Follow notices as a feed",
        "Atom. A notice that is withdrawn stays for thirty days, and says so.",
        Answer(200, "The feed.", headers=KEPT, also={ATOM: (str, examples.ATOM)}),
        KEPT_ALREADY,
        parameters=[LANGUAGE],
    )
    def get(self, request: Request) -> HttpResponse:
        """The feed of a language."""
        tag_wanted = wanted_language(request, parameters.read(request, ("language",)))
        content = feed(reading.for_feed(), tag_wanted, request.build_absolute_uri())
        return public_answer(request, content, f"{ATOM}; charset=utf-8")


class NoticeCap(PublicView):
    """The message of CAP."""

    content_negotiation_class = AnyNegotiation

    @endpoint(
        "readNoticeCap",
        "Read a notice as CAP 1.2",
        OF_CAP,
        Answer(200, "The message.", headers=KEPT, also={CAP: (str, examples.CAP)}),
        KEPT_ALREADY,
        parameters=[NOTICE_ID],
        problems=("not_found",),
    )
    def get(self, request: Request, notice_id: str) -> HttpResponse:
        """The latest message of a notice."""
        notice = reading.get_any(number_of(notice_id))
        return public_answer(request, message(notice, reading.superseded_by(notice)), CAP)


class NoticePdf(PublicView):
    """The sheet."""

    content_negotiation_class = AnyNegotiation

    @endpoint(
        "readNoticePdf",
        "Read a notice as a sheet of A4",
        "With a QR code that leads to its page. Made once, within a minute after publication: 404 until then.",
        Answer(
            200,
            "The sheet.",
            headers=(*KEPT, CONTENT_DISPOSITION),
            also={PDF: (BINARY, examples.PDF)},
        ),
        KEPT_ALREADY,
        parameters=[NOTICE_ID, LANGUAGE_IN_PATH],
        problems=("not_found", "notice_withdrawn"),
    )
    def get(self, request: Request, notice_id: str, tag: str) -> HttpResponse:
        """The bytes that the worker has made."""
        number = number_of(notice_id)
        with replacement_named(request):
            sheet = reading.sheet(number, tag)
        name = {"Content-Disposition": f'inline; filename="notice-{number}-{tag}.pdf"'}
        return public_answer(request, bytes(sheet.pdf), PDF, headers=name)


class CrisisList(PublicView):
    """The crises."""

    @endpoint(
        "listCrises",
        "List the crises that the centre has declared",
        "While one lasts, the forms that it names are reported for each week.",
        Answer(200, "The crises.", CrisesBody, [examples.CRISES], KEPT),
        KEPT_ALREADY,
    )
    def get(self, request: Request) -> HttpResponse:
        """All of them, the latest in front."""
        body = CrisesBody([crisis_body(each) for each in Crisis.objects.select_related("end")], invented_mark())
        return public_answer(request, body)
