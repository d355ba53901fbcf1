"""What a partner says by the API: that it has seen a notice or handed it on, and whether a service of its own is open."""

from __future__ import annotations

import re
from datetime import date

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http import parameters
from api.http.authentication import principal
from api.http.bodies import Month, invented_mark
from api.http.problems import ProblemError, ProblemFinding
from api.http.public import PublicView, public_answer
from api.http.reading import DETAILS, Reader
from api.notices import examples
from api.notices.bodies import (
    AcknowledgementBody,
    NoticeRegion,
    ServiceLinesBody,
    ServiceStatusBody,
    ServiceStatusInput,
    acknowledgement_body,
    line_body,
    status_body,
)
from api.notices.parts import NOTICE_ID, REGION, number_of, region_of, replacement_named
from api.openapi.headers import KEPT
from api.openapi.parts import KEPT_ALREADY, Answer, Parameter, RequestBody, endpoint
from api.records.reads import Read, RecordView
from api.reference.members import codes
from cases.codelists import NOTICE_CHANNEL, SERVICE_PLACE, SERVICE_STATE
from cases.errors import RulesBroken
from cases.intake.values import FieldRefused, Input
from cases.months import first_day
from notices import acknowledgements, status
from notices.choices import regions
from partners.kinds import Scope

DAY = re.compile(r"2\d{3}-\d{2}-\d{2}", re.ASCII)
MONTH = Parameter(
    "month", "The month in which it was handed on.", Month, place="path", key="notice-month", example="2025-03"
)
CHANNEL = Parameter("channel", "How it was handed on.", codes(NOTICE_CHANNEL.id), place="path", example="TALK")
PLACE = Parameter("place", "The kind of service.", codes(SERVICE_PLACE.id), place="path", example="DROP_IN")
REGION_IN_PATH = Parameter("region", "Where it is.", NoticeRegion, place="path", key="service-region", example="DK01")
SAID = Answer(200, "What you have said.", AcknowledgementBody, [examples.ACKNOWLEDGEMENT])
OF_ONE = ("not_found", "notice_withdrawn")


class NoticeAcknowledgement(RecordView):
    """What the caller has said of a notice."""

    scopes = {"GET": Scope.REFERRALS_READ}

    @endpoint(
        "readAcknowledgement",
        "What you have said of a notice",
        "Whether you have seen it, and in which months you have handed it on.",
        SAID,
        parameters=[NOTICE_ID],
        problems=OF_ONE,
    )
    def read(self, request: Request, notice_id: str) -> Read:
        """Seen, and handed on."""
        return answer_of_partner(request, number_of(notice_id)), 1


class NoticeSeen(APIView):
    """That the caller has seen a notice."""

    scopes = {"PUT": Scope.REFERRALS_WRITE}

    @endpoint(
        "putNoticeSeen",
        "Say that you have seen a notice",
        "For good. Again, nothing changes.",
        SAID,
        parameters=[NOTICE_ID],
        problems=OF_ONE,
    )
    def put(self, request: Request, notice_id: str) -> Response:
        """Store it."""
        number = number_of(notice_id)
        with replacement_named(request):
            acknowledgements.see(by=principal(request), number=number)
        return answer_of_partner(request, number)


class NoticeHandedOn(APIView):
    """That the caller has handed a notice on."""

    scopes = {"PUT": Scope.REFERRALS_WRITE}

    @endpoint(
        "putNoticeHandedOn",
        "Say that you have handed a notice on",
        "In a month, by a channel; how many people it reached is not asked. For good. Again, nothing changes.",
        SAID,
        parameters=[NOTICE_ID, MONTH, CHANNEL],
        problems=OF_ONE,
    )
    def put(self, request: Request, notice_id: str, month: str, channel: str) -> Response:
        """Store it."""
        number, first = number_of(notice_id), first_day(month)
        if first is None:
            raise parameters.value_problem("month", detail=DETAILS["month_expected"], code="month_expected")
        if channel not in NOTICE_CHANNEL.names:
            raise parameters.value_problem("channel", NOTICE_CHANNEL.names)
        try:
            with replacement_named(request):
                acknowledgements.hand_on(by=principal(request), number=number, month=first, channel=channel)
        except RulesBroken as error:
            rows = [ProblemFinding(("parameter", each.field), each.code, each.detail) for each in error.violations]
            raise ProblemError("invalid_parameter", rows) from None
        return answer_of_partner(request, number)


def answer_of_partner(request: Request, number: int) -> Response:
    """What the caller has said of a notice."""
    with replacement_named(request):
        return Response(acknowledgement_body(number, acknowledgements.answer_of(principal(request), number)))


class ServiceList(PublicView):
    """Which services are open."""

    @endpoint(
        "listServices",
        "Which services are open",
        "As each organisation said last. One that keeps a place unknown shows no address.",
        Answer(200, "The services.", ServiceLinesBody, [examples.SERVICES], KEPT),
        KEPT_ALREADY,
        parameters=[REGION],
    )
    def get(self, request: Request) -> HttpResponse:
        """Every service of live partners."""
        region = region_of(parameters.read(request, ("region",)))
        body = ServiceLinesBody([line_body(each) for each in status.public(region=region)], invented_mark())
        return public_answer(request, body)


def read_state(data: object) -> str:
    if not isinstance(data, str) or data not in SERVICE_STATE.names:
        raise FieldRefused("code_unknown", SERVICE_STATE.names)
    return data


def read_day(data: object) -> date | None:
    """A day, or null."""
    if data is None:
        return None
    try:
        if isinstance(data, str) and DAY.fullmatch(data):
            return date.fromisoformat(data)
    except ValueError:
        pass
    raise FieldRefused("day_expected")


def read_address(data: object) -> str:
    """An address of a house, with nothing else in it."""
    address = status.as_address(data) if isinstance(data, str) else None
    if address is None:
        raise FieldRefused("line_expected")
    return address


STATUS_INPUT = Reader(
    ServiceStatusInput,
    {
        "state_code": Input(read_state, allowed=lambda: SERVICE_STATE.names),
        "until": Input(read_day, required=False),
        "address": Input(read_address, required=False),
    },
    is_guarded=False,
)


class ServiceDetail(APIView):
    """Whether a service of the caller's is open."""

    scopes = {"PUT": Scope.REFERRALS_WRITE}

    @endpoint(
        "putService",
        "Say whether a service of yours is open",
        (
            "Everybody reads it at once. The same again changes nothing. After the centre has taken an "
            "address down, a person of yours says it again on the desk, and no client."
        ),
        Answer(200, "Said.", ServiceStatusBody, [examples.SERVICE]),
        parameters=[PLACE, REGION_IN_PATH],
        request=RequestBody(ServiceStatusInput, [examples.SERVICE_INPUT]),
        problems=("address_taken_down",),
    )
    def put(self, request: Request, place: str, region: str) -> Response:
        """Store it."""
        codes_known = [code for code, _ in regions()]
        if place not in SERVICE_PLACE.names:
            raise parameters.value_problem("place", SERVICE_PLACE.names)
        if region not in codes_known:
            raise parameters.value_problem("region", codes_known)
        values = STATUS_INPUT.read(request.data)
        row = status.say(
            by=principal(request),
            place=place,
            region=region,
            state=values["state_code"],
            until=values.get("until"),
            address=values.get("address") or "",
        )
        return Response(status_body(row))
