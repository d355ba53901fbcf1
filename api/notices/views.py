"""Notices for everybody: those that hold, one of them, the feed, the message of CAP, the sheet; and the crises."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from api.http import parameters
from api.http.bodies import BINARY, invented_mark
from api.http.language import language_of
from api.http.public import PublicView, public_answer
from api.http.renderers import AnyNegotiation
from api.notices import examples
from api.notices.bodies import CrisesBody, NoticeBody, NoticesBody, crisis_body, notice_body
from api.notices.feed import feed
from api.notices.parts import (
    LANGUAGE,
    LANGUAGE_IN_PATH,
    NOTICE_ID,
    REGION,
    number_of,
    place_of,
    region_of,
    telling_replacement,
    wanted_language,
)
from api.openapi.headers import CONTENT_DISPOSITION, KEPT
from api.openapi.parts import KEPT_ALREADY, Answer, endpoint
from notices import reading
from notices.cap.message import MEDIA_TYPE as CAP
from notices.cap.message import message
from notices.models import Crisis

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
        with telling_replacement(request):
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
        with telling_replacement(request):
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
