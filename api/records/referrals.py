"""A partner's own referrals: submit, correct, withdraw, read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from msgspec import UNSET
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http import idempotency, parameters
from api.http.authentication import principal
from api.http.negotiation import CsvOnly, FormNegotiation, JSONRenderer, NdjsonOnly, json_answer
from api.http.problems import etag
from api.http.reading import record_reader
from api.http.request_headers import is_minimal, is_unchanged, write_condition
from api.openapi.failures import CONDITION
from api.openapi.headers import CONTENT_DISPOSITION, ETAG, IDEMPOTENCY_REPLAYED, LINK, LOCATION, WRITTEN
from api.openapi.parts import (
    IF_ABSENT,
    IF_MATCH,
    IF_NONE_MATCH,
    ON_BEHALF,
    PREFER,
    UNCHANGED,
    Answer,
    Example,
    RequestBody,
    endpoint,
)
from api.records import examples, filters, writes
from api.records import rows as own_rows
from api.records.bodies import (
    ReferralBody,
    ReferralInput,
    ReferralPageBody,
    ReferralWrittenBody,
    RestrictedReferralBody,
    WithdrawalInput,
    referral_body,
)
from api.records.list_words import AS_A_FILE, CATCHING_UP, LISTED, RESTRICTED
from api.records.parameters import (
    CHANGED_SINCE,
    CURSOR,
    IDEMPOTENCY_KEY,
    LIMIT,
    LIST_FORMAT,
    LIST_FORMATS,
    REFERENCE,
    new_reference_of,
    reference_of,
)
from api.records.reads import Read, RecordView, write_down
from cases import dictionary as d
from cases.erased import digests
from cases.errors import RestrictionHolds
from cases.fields import Field
from cases.intake import submit
from cases.intake.additions import SET_BY_SERVICE
from cases.intake.own import own_versions, without_restricted
from cases.models import Referral
from cases.rules import REFERRAL_RULES
from partners.kinds import Scope

REFERRAL = record_reader(
    ReferralInput, d.REFERRAL, never=("reference", "version", *SET_BY_SERVICE), rules=REFERRAL_RULES
)
WITHDRAWAL = record_reader(WithdrawalInput, d.WITHDRAWAL)
PAGING = ("limit", "cursor")

CREATE = (
    "For systems that cannot keep a reference of their own; with one, `PUT /api/v1/referrals/{reference}` is simpler. "
    "Safe to repeat under the same Idempotency-Key."
)
PUT = (
    "The first PUT creates. The same again changes nothing and answers 200 with the same ETag, so a lost answer can be asked "
    "for again. To correct, send the whole referral with the ETag of the current version in If-Match. After a withdrawal, "
    "If-Match reports it again. A GET's answer may be sent back: what only the service sets is passed over, and "
    "`version` stands for a missing If-Match."
)
FILES = {
    CsvOnly.media_type: (str, examples.REFERRALS_CSV),
    NdjsonOnly.media_type: (str, examples.REFERRALS_NDJSON),
}
SENT = RequestBody(ReferralInput, [examples.REFERRAL_INPUT, examples.REFERRAL_INPUT_MINIMAL])
OF_ONE = ("not_found", "erased")
READ_ONE = (*OF_ONE, "restricted")
ENTITLED = ("agreement_missing", "on_behalf_refused")


def answer(
    request: Request, referral: Referral, *, status: int, request_body: tuple[Field, ...] = (), **headers: str
) -> HttpResponse:
    """The referral with its strong ETag. `Prefer: return=minimal` (RFC 7240) leaves the body out of a write's answer. So does a
    restriction: what is stored is not read.

    `request_body`: the fields that a write has sent; whose codes are going to be retired, that is told in headers.
    """
    headers |= {"ETag": etag(referral.version), **writes.retirement_headers(request, request_body, referral)}
    if request.method != "GET" and (is_minimal(request) or referral.is_restricted):
        headers |= {"Preference-Applied": "return=minimal"} if is_minimal(request) else {}
        body = ReferralWrittenBody(reference=str(referral.reference), version=referral.version)
        return json_answer(body, status, headers)
    return json_answer(referral_body(referral), status, headers)


def location(request: Request, referral: Referral) -> str:
    """The absolute address of a referral."""
    return f"{request.scheme}://{request.get_host()}/api/v1/referrals/{referral.reference}"


def write_answer(status: int, about: str, *example: Example, more: tuple[Any, ...] = ()) -> Answer:
    return Answer(status, about, ReferralWrittenBody, [*example, examples.REFERRAL_WRITTEN], [*more, *WRITTEN])


class ReferralList(RecordView):
    """The collection."""

    scopes = {"GET": Scope.REFERRALS_READ, "POST": Scope.REFERRALS_WRITE}
    on_behalf = True

    renderer_classes = (JSONRenderer, CsvOnly, NdjsonOnly)
    content_negotiation_class = FormNegotiation

    def get_renderers(self) -> list[BaseRenderer]:
        """Files are read; what is written is answered as JSON."""
        return super().get_renderers() if self.request.method in {"GET", "HEAD"} else [JSONRenderer()]

    @endpoint(
        "listReferrals",
        "List your own referrals",
        "\n\n".join((LISTED, AS_A_FILE, CATCHING_UP, RESTRICTED)),
        Answer(
            200,
            "A page, or everything as a file.",
            ReferralPageBody,
            [examples.REFERRAL_PAGE],
            [LINK, own_rows.SINCE_HEADER, own_rows.ROWS_HEADER, CONTENT_DISPOSITION],
            also=FILES,
        ),
        parameters=[LIMIT, CURSOR, *filters.PARAMETERS, CHANGED_SINCE, LIST_FORMAT, ON_BEHALF],
        problems=("on_behalf_refused",),
    )
    def read(self, request: Request) -> Read:
        """Own referrals: a page of them, or all of them as a file."""
        form = own_rows.FORMS.get(request.accepted_renderer.format)
        texts = parameters.read(
            request, (*filters.NAMES, parameters.CHANGED_SINCE, "format", *(() if form else PAGING))
        )
        if texts.get("format", "json") not in LIST_FORMATS:
            raise parameters.value_problem("format", LIST_FORMATS)
        since = parameters.moment_since(texts.get(parameters.CHANGED_SINCE))
        rows = own(principal(request).partner_id, texts, since)
        if form:
            return own_rows.answer(rows, form, since, referral_body)
        return page_answer(request, rows, texts, since)

    @endpoint(
        "createReferral",
        "Create a referral, the service gives the reference",
        CREATE,
        write_answer(
            201,
            "Created, or created earlier under this key.",
            examples.REFERRAL,
            more=(LOCATION, IDEMPOTENCY_REPLAYED),
        ),
        parameters=[IDEMPOTENCY_KEY, ON_BEHALF, PREFER],
        request=SENT,
        problems=(
            *("invalid_header", *OF_ONE, *ENTITLED),
            *("idempotency_key_missing", "idempotency_in_flight", "idempotency_key_reused"),
        ),
    )
    def post(self, request: Request) -> HttpResponse:
        """A new referral; the service gives it a reference."""
        by, key = principal(request), idempotency.key_of(request)
        values = REFERRAL.read(request.data)

        def work() -> submit.ReferralResult:
            return submit.put(by=by, reference=uuid4(), values=values)

        referral, is_replay = idempotency.answer_once(by=by, key=key, values=values, work=work)
        headers = {"Idempotency-Replayed": "true"} if is_replay else {}
        headers["Location"] = location(request, referral)
        return answer(request, referral, status=201, request_body=d.REFERRAL, **headers)


def own(partner_id: UUID, texts: Mapping[str, str], since: datetime | None) -> QuerySet[Referral]:
    """The partner's current versions, withdrawn ones too, as the filters say. Raises `ProblemError` 400.

    Those of whom the processing is restricted are marked. A filter would tell what they say, so with one they are left out.
    """
    narrowing = {name: value for name, value in texts.items() if name in filters.NAMES}
    rows = filters.apply(own_versions(partner_id).current().select_related("case"), narrowing)
    if narrowing:
        rows = without_restricted(rows)
    return rows.filter(recorded_at__gte=since) if since else rows


def page_answer(request: Request, rows: QuerySet[Referral], texts: dict[str, str], since: datetime | None) -> Read:
    """A page, with the address of the next one, and the moment from which to go on another time."""
    cursor, limit = texts.pop("cursor", None), texts.get("limit")
    rows_of_page, following = parameters.page_of(rows, limit=limit, cursor=cursor)
    address = parameters.next_address(request, texts, following) if following else None
    latest = rows_of_page[-1].recorded_at if rows_of_page else since
    moment = parameters.moment_text(latest) if latest else None
    headers = {"Link": f'<{address}>; rel="next"'} if address else {}
    headers |= {own_rows.SINCE: moment} if moment else {}
    items = [referral_body(row) for row in rows_of_page if not row.is_restricted]
    locks = [RestrictedReferralBody(str(row.reference), row.version) for row in rows_of_page if row.is_restricted]
    return Response(ReferralPageBody(items, address, moment, locks or UNSET), headers=headers), len(items)


class ReferralDetail(RecordView):
    """One referral."""

    scopes = {"GET": Scope.REFERRALS_READ, "PUT": Scope.REFERRALS_WRITE}
    on_behalf = True

    @endpoint(
        "readReferral",
        "Read a referral",
        "The current version, also where it is withdrawn.",
        Answer(200, "The referral.", ReferralBody, [examples.REFERRAL], [ETAG]),
        UNCHANGED,
        parameters=[REFERENCE, IF_NONE_MATCH, ON_BEHALF],
        problems=(*READ_ONE, "on_behalf_refused"),
    )
    def read(self, request: Request, reference: str) -> Read:
        """The current version, also where it is withdrawn."""
        key = principal(request).partner_id, reference_of(reference)
        referral = submit.REFERRALS.current(*key)
        if referral is None:
            raise digests.missing_error(*key)
        if referral.is_restricted:
            raise RestrictionHolds(referral.version)
        if is_unchanged(request, etag(referral.version)):
            return Response(None, 304, headers={"ETag": etag(referral.version)}), 0
        return answer(request, referral, status=200), 1

    @endpoint(
        "putReferral",
        "Create or correct a referral",
        PUT,
        write_answer(200, "Corrected, or already stored just so.", examples.REFERRAL),
        write_answer(201, "Created.", examples.REFERRAL, more=(LOCATION,)),
        parameters=[REFERENCE, IF_MATCH, IF_ABSENT, ON_BEHALF, PREFER],
        request=SENT,
        problems=(*CONDITION, "precondition_required", *OF_ONE, *ENTITLED),
    )
    def put(self, request: Request, reference: str) -> HttpResponse:
        """Create or correct. The same again changes nothing."""
        key, condition = new_reference_of(reference), write_condition(request)
        result = writes.put(by=principal(request), reference=key, data=request.data, condition=condition)
        headers = {"Location": location(request, result.referral)} if result.created else {}
        status = 201 if result.created else 200
        return answer(request, result.referral, status=status, request_body=d.REFERRAL, **headers)


class ReferralWithdrawal(APIView):
    """The end of a referral."""

    scopes = {"POST": Scope.REFERRALS_WRITE}
    on_behalf = True

    @endpoint(
        "withdrawReferral",
        "Withdraw a referral",
        "It is counted no more; its versions stay. Again with the same reason, nothing changes.",
        write_answer(200, "Withdrawn.", examples.REFERRAL_WITHDRAWN),
        parameters=[REFERENCE, IF_MATCH, ON_BEHALF, PREFER],
        request=RequestBody(WithdrawalInput, [examples.WITHDRAWAL_INPUT]),
        problems=(*CONDITION, *OF_ONE, "on_behalf_refused"),
    )
    def post(self, request: Request, reference: str) -> HttpResponse:
        """Withdraw; again with the same reason, nothing changes. What it answers was not sent, so that is a read as well."""
        key, condition = reference_of(reference), write_condition(request)
        reason = WITHDRAWAL.read(request.data)["reason_code"]
        with transaction.atomic():
            result = submit.withdraw(by=principal(request), reference=key, reason_code=reason, condition=condition)
            if not (is_minimal(request) or result.referral.is_restricted):
                write_down(request, 1)
        return answer(request, result.referral, status=200, request_body=d.WITHDRAWAL)
