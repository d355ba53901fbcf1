"""A partner's own referrals: submit, correct, withdraw, read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http import idempotency, moments, parameters
from api.http import paging as pages
from api.http.authentication import principal
from api.http.conditions import unchanged, write_condition
from api.http.problems import Finding, ProblemError, etag
from api.http.renderers import CsvKnown, FormNegotiation, JSONRenderer, NdjsonKnown
from api.records import filters, retirement
from api.records import rows as own_rows
from api.records.reads import Read, RecordView, write_down
from api.records.shape import build, represent
from cases import dictionary as d
from cases.erased import lookup
from cases.fields import Field
from cases.intake import assess, submit
from cases.models import Referral
from partners.kinds import Scope
from partners.text import Text

SERVER_SET = ("reference", "version", "status", "reason_code", "recorded_at", "schema_version")
ReferralSerializer = build("ReferralInput", d.REFERRAL, read_only=SERVER_SET)
WithdrawalSerializer = build("WithdrawalInput", d.WITHDRAWAL)
PAGING = ("limit", "cursor")
LIST_FORMATS = (JSONRenderer.format, *own_rows.FORMS)
REFERRAL_SHAPE, WITHDRAWAL_SHAPE = ReferralSerializer(), WithdrawalSerializer()

# RFC 7240 §2: preferences with commas between, parameters after semicolons, the value a token or quoted, names in any case.
MINIMAL = re.compile(r'(?:^|,)\s*return\s*=\s*(?:minimal|"minimal")\s*(?:[,;]|$)', re.IGNORECASE)
UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII)
UUID4_EXPECTED = Text(
    "Referencen er en UUID af version 4 med små bogstaver.", "The reference is a UUID of version 4 in lower case."
)


def reference_of(text: str) -> UUID:
    """The reference in a path. Raises `ProblemError` 400."""
    if not UUID4.fullmatch(text):
        place = ("parameter", "reference")
        raise ProblemError("invalid_parameter", [Finding(place, "reference_not_uuid4", UUID4_EXPECTED)])
    return UUID(text)


def body_of(referral: Referral) -> dict[str, object]:
    """A referral as it is answered: what was submitted, and what the service added."""
    return {
        "reference": str(referral.reference),
        "version": referral.version,
        "status": referral.status,
        "case_token": referral.case.token,
        **represent(referral, d.REFERRAL),
        "reason_code": referral.reason_code,
        "schema_version": referral.schema_version,
        "recorded_at": referral.recorded_at.isoformat(),
    }


def answer(
    request: Request, referral: Referral, *, status: int, sent: tuple[Field, ...] = (), **headers: str
) -> Response:
    """The referral with its strong ETag. `Prefer: return=minimal` (RFC 7240) leaves the body out of a write's answer.

    `sent`: the fields that a write has sent; whose codes are going to be retired, that is told in headers.
    """
    headers |= {"ETag": etag(referral.version), **retirement.headers(request, sent, referral)}
    if request.method != "GET" and is_minimal(request):
        headers["Preference-Applied"] = "return=minimal"
        return Response({"reference": str(referral.reference), "version": referral.version}, status, headers=headers)
    return Response(body_of(referral), status, headers=headers)


def is_minimal(request: Request) -> bool:
    """Whether the caller does without the body of a write's answer."""
    return MINIMAL.search(request.headers.get("Prefer", "")) is not None


def location(request: Request, referral: Referral) -> str:
    """The absolute address of a referral."""
    return request.build_absolute_uri(f"/api/v1/referrals/{referral.reference}")


class ReferralList(RecordView):
    """The collection."""

    scopes = {"GET": Scope.REFERRALS_READ, "POST": Scope.REFERRALS_WRITE}

    renderer_classes = (JSONRenderer, CsvKnown, NdjsonKnown)
    content_negotiation_class = FormNegotiation

    def get_renderers(self) -> list[BaseRenderer]:
        """Files are read; what is written is answered as JSON."""
        return super().get_renderers() if self.request.method in {"GET", "HEAD"} else [JSONRenderer()]

    def read(self, request: Request) -> Read:
        """Own referrals: a page of them, or all of them as a file."""
        form = own_rows.FORMS.get(request.accepted_renderer.format)
        asked = parameters.read(request, (*filters.NAMES, moments.NAME, "format", *(() if form else PAGING)))
        if asked.get("format", "json") not in LIST_FORMATS:
            raise parameters.wrong("format", LIST_FORMATS)
        since = moments.since(asked.get(moments.NAME))
        rows = own(principal(request).partner_id, asked, since)
        if form:
            return own_rows.answer(rows, form, since, body_of)
        return paged(request, rows, asked, since)

    def post(self, request: Request) -> Response:
        """A new referral; the service gives it a reference."""
        parameters.read(request, ())
        by, key = principal(request), idempotency.key_of(request)
        values = REFERRAL_SHAPE.parse(request.data)

        def work() -> submit.ReferralResult:
            return submit.put(by=by, reference=uuid4(), values=values)

        referral, replayed = idempotency.once(by=by, key=key, values=values, work=work)
        headers = {"Idempotency-Replayed": "true"} if replayed else {}
        headers["Location"] = location(request, referral)
        return answer(request, referral, status=201, sent=d.REFERRAL, **headers)


def own(partner_id: UUID, asked: Mapping[str, str], since: datetime | None) -> QuerySet[Referral]:
    """The partner's current versions, withdrawn ones too, as the filters say. Raises `ProblemError` 400."""
    rows = filters.apply(
        Referral.objects.of(partner_id).current().select_related("case"),
        {name: value for name, value in asked.items() if name in filters.NAMES},
    )
    return rows.filter(recorded_at__gte=since) if since else rows


def paged(request: Request, rows: QuerySet[Referral], asked: dict[str, str], since: datetime | None) -> Read:
    """A page, with the address of the next one, and the moment from which to go on another time."""
    cursor, limit = asked.pop("cursor", None), asked.get("limit")
    found, following = pages.page(rows, limit=limit, cursor=cursor)
    address = pages.next_address(request, asked, following) if following else None
    latest = found[-1].recorded_at if found else since
    told = moments.said(latest) if latest else None
    headers = {"Link": f'<{address}>; rel="next"'} if address else {}
    headers |= {own_rows.SINCE: told} if told else {}
    items = [body_of(row) for row in found]
    return Response({"items": items, "next": address, moments.NAME: told}, headers=headers), len(items)


class ReferralDetail(RecordView):
    """One referral."""

    scopes = {"GET": Scope.REFERRALS_READ, "PUT": Scope.REFERRALS_WRITE}

    def read(self, request: Request, reference: str) -> Read:
        """The current version, also where it is withdrawn."""
        parameters.read(request, ())
        key = principal(request).partner_id, reference_of(reference)
        referral = submit.REFERRALS.current(*key)
        if referral is None:
            raise lookup.missing_error(*key)
        if unchanged(request, etag(referral.version)):
            return Response(None, 304, headers={"ETag": etag(referral.version)}), 0
        return answer(request, referral, status=200), 1

    def put(self, request: Request, reference: str) -> Response:
        """Create or correct. The same again changes nothing."""
        parameters.read(request, ())
        key, condition = reference_of(reference), write_condition(request)
        values = REFERRAL_SHAPE.parse(request.data)
        written = submit.put(by=principal(request), reference=key, values=values, condition=condition)
        headers = {"Location": location(request, written.referral)} if written.created else {}
        status = 201 if written.created else 200
        return answer(request, written.referral, status=status, sent=d.REFERRAL, **headers)


class ReferralWithdrawal(APIView):
    """The end of a referral."""

    scopes = {"POST": Scope.REFERRALS_WRITE}

    def post(self, request: Request, reference: str) -> Response:
        """Withdraw; again with the same reason, nothing changes. What it answers was not sent, so that is a read as well."""
        parameters.read(request, ())
        key, condition = reference_of(reference), write_condition(request)
        reason = WITHDRAWAL_SHAPE.parse(request.data)["reason_code"]
        with transaction.atomic():
            written = submit.withdraw(by=principal(request), reference=key, reason_code=reason, condition=condition)
            if not is_minimal(request):
                write_down(request, 1)
        return answer(request, written.referral, status=200, sent=d.WITHDRAWAL)


class ReferralVersions(RecordView):
    """What a referral has been."""

    scopes = {"GET": Scope.REFERRALS_READ}

    def read(self, request: Request, reference: str) -> Read:
        """Every version, the first one first: who, when, and what changed."""
        parameters.read(request, ())
        partner, key = principal(request).partner_id, reference_of(reference)
        rows = Referral.objects.of(partner).filter(reference=key)
        versions = list(rows.select_related("case", "client").order_by("version"))
        if not versions:
            raise lookup.missing_error(partner, key)
        earlier: list[Referral | None] = [None, *versions]
        items = [history(row, before) for row, before in zip(versions, earlier, strict=False)]
        return Response({"items": items}), len(items)


class ReferralOutcome(RecordView):
    """What came of it."""

    scopes = {"GET": Scope.REFERRALS_READ}

    def read(self, request: Request, reference: str) -> Read:
        """The outcome of the case, where the referral's consent is GIVEN."""
        parameters.read(request, ())
        outcome = assess.outcome_for(by=principal(request), reference=reference_of(reference))
        return Response({"reference": reference, "outcome": outcome}), 1


def history(row: Referral, before: Referral | None) -> dict[str, Any]:
    """One version: who wrote it, when, and which fields it changed."""
    return {
        "version": row.version,
        "status": row.status,
        "recorded_at": row.recorded_at.isoformat(),
        "client_id": row.client.client_id,
        "changes": [] if before is None else list(changes(values(before), values(row))),
    }


def values(row: Referral) -> dict[str, object]:
    """What a version says."""
    return {"case_token": row.case.token, **represent(row, d.REFERRAL), "reason_code": row.reason_code}


def changes(before: dict[str, object], after: dict[str, object]) -> list[dict[str, object]]:
    """The fields in which two versions differ."""
    return [{"field": name, "from": before[name], "to": after[name]} for name in after if before[name] != after[name]]
