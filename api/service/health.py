"""Is the process alive, and is it ready to serve.

`config.serve` has `/livez` answered before it comes here; this one is for whoever serves us otherwise.
"""

from __future__ import annotations

from contextlib import suppress

from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema

from api.http.bodies import Body
from api.http.renderers import json_answer
from api.openapi.headers import CACHE_CONTROL
from api.openapi.parts import Answer, Responses
from api.service import bodies
from cases.intake import spool

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
    return answer(bodies.AliveBody("ok"))


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
    return answer(body, 200 if ready else 503)


def answer(body: Body, status: int = 200) -> HttpResponse:
    """An answer that nobody keeps."""
    return json_answer(body, status, NO_STORE)


def try_a_write() -> None:
    """Write a row and take it back. Raises Django's database error where the database is read-only, or full."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WRITE)
        transaction.set_rollback(True)
