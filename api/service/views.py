"""The service of itself and of who asks: is it alive and ready, who am I, and every address that can be read.

`config.serve` has `/livez` answered before it comes here; this one is for whoever serves us otherwise.
"""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http.authentication import principal
from api.http.bodies import Body
from api.http.negotiation import json_answer
from api.http.public import HOUR, PublicView, public_answer
from api.openapi.describe import summaries
from api.openapi.headers import CACHE_CONTROL, KEPT
from api.openapi.parts import KEPT_ALREADY, Answer, Responses, endpoint
from api.own import reports
from api.service import bodies
from cases.intake.readers import spool
from partners.credentials import Principal, live_secrets
from partners.models import Client, Secret
from partners.organisations import agreements
from partners.organisations.agreements import AgreementState

NO_STORE = {"Cache-Control": "no-store"}
# A row of the counters of guesses, which no guess has: it is rolled back.
WRITE = "INSERT INTO people_cacheentry (key, value, expires_at) VALUES (gen_random_uuid()::text, '1', now())"


@extend_schema(
    operation_id="readLiveness",
    tags=["Service"],
    summary="Is the process alive",
    description="The server answers this by itself, and asks nothing of the program and its database.",
    responses=Responses(
        Answer(200, "Alive.", bodies.AliveBody, [bodies.ALIVE], [CACHE_CONTROL]),
        Answer(400, "The request is not HTTP. The answer has no body."),
        ours=False,
    ),
)
@csrf_exempt
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return health_answer(bodies.AliveBody("ok"))


@extend_schema(
    operation_id="readReadiness",
    tags=["Service"],
    summary="Is the service ready",
    description="Whether the database answers, can be written and has every migration, and the spool can keep files that are sent.",
    responses=Responses(
        Answer(200, "Ready.", bodies.ReadyBody, [bodies.READY], [CACHE_CONTROL]),
        Answer(503, "Not ready.", bodies.ReadyBody, [bodies.NOT_READY], [CACHE_CONTROL]),
    ),
)
@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers, takes a row and has every migration, and the spool takes a file; 503 otherwise."""
    database, migrations = "unreachable", "unknown"
    with suppress(Error):
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        database, migrations = "refuses_writes", "behind" if behind else "ok"
        try_a_write()
        database = "ok"
    spool_state = "ok" if spool.takes_files() else "refuses_writes"
    ready = {database, migrations, spool_state} == {"ok"}
    body = bodies.ReadyBody("ok" if ready else "unavailable", bodies.ReadyChecksBody(database, migrations, spool_state))
    return health_answer(body, 200 if ready else 503)


def health_answer(body: Body, status: int = 200) -> HttpResponse:
    """An answer that nobody keeps."""
    return json_answer(body, status, NO_STORE)


def try_a_write() -> None:
    """Write a row and take it back. Raises Django's database error where the database is read-only, or full."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WRITE)
        transaction.set_rollback(True)


POSTED = ("/oauth/token", "/oauth/revoke")


class Index(PublicView):
    """The index."""

    @endpoint(
        "readIndex",
        "Where to go from here",
        "A link to every address that can be read, and to where it is described.",
        Answer(200, "The links.", bodies.IndexBody, [bodies.INDEX], KEPT),
        KEPT_ALREADY,
    )
    def get(self, request: Request) -> HttpResponse:
        """Links, absolute as the caller reached us."""
        return public_answer(request, index_at(request.build_absolute_uri("/").rstrip("/")), cache=HOUR)


def index_at(base: str) -> bodies.IndexBody:
    """The index of the service at an address. A link whose `href` has braces is a template (RFC 6570)."""
    links = [
        bodies.IndexLinkBody(each.id, base + each.path, each.summary)
        for each in summaries()
        if each.method == "GET" or each.path in POSTED
    ]
    return bodies.IndexBody(
        service="Henvis",
        version=settings.HENVIS_VERSION,
        documentation=f"{base}/docs/",
        description=f"{base}/openapi.json",
        problems=f"{base}/problems/",
        links=links,
    )


class Me(APIView):
    """The caller's own partner, client and rights."""

    @endpoint(
        "readMe",
        "Who am I",
        "Your organisation, the scopes of this token, when it and your secrets end, your deadlines and limits.",
        Answer(200, "You.", bodies.MeBody, [bodies.ME]),
    )
    def get(self, request: Request) -> Response:
        """Partner, mode, scopes, when the token and the secrets end, and what is to be reported."""
        who = principal(request)
        secrets = live_secrets(Client(pk=who.client_pk)).order_by("expires_at")
        return Response(
            bodies.MeBody(
                partner=bodies.MePartnerBody(str(who.partner_id), who.partner_name, who.kind, who.mode),
                client_id=who.client_id,
                scopes=sorted(who.scopes),
                token_expires_at=who.token_expires.isoformat(),
                secrets=[caller_body(secret) for secret in secrets],
                agreement=agreement_of(who),
                reporting=reports.reporting_of(who.partner_id, timezone.now()),
                limits=bodies.LIMITS,
            )
        )


def agreement_of(who: Principal) -> bodies.MeAgreementBody | None:
    """How the caller's partner stands with the agreement; None where it needs none."""
    if agreements.needs_none(who):
        return None
    kind = agreements.kind_of(who)
    version, state = agreements.current(kind), agreements.state_of(kind, who.agreement)
    until = version.earlier_until.isoformat() if state == AgreementState.RENEWAL else None
    return bodies.MeAgreementBody(kind, state, who.agreement, version.number, until)


def caller_body(secret: Secret) -> bodies.MeSecretBody:
    last_use = secret.last_used_at
    return bodies.MeSecretBody(secret.hint, secret.expires_at.isoformat(), last_use.isoformat() if last_use else None)
