"""Is the process alive, and is it ready to serve.

`config.serve` has `/livez` answered before it comes here; this one is for whoever serves us otherwise.
"""

from __future__ import annotations

from contextlib import suppress

from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

NO_STORE = {"Cache-Control": "no-store"}
# A row of the counters of guesses, which no guess has: it is rolled back.
WRITE = "INSERT INTO people_cacheentry (key, value, expires_at) VALUES (gen_random_uuid()::text, '1', now())"


@csrf_exempt
@require_safe
def livez(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"}, headers=NO_STORE)


@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers, takes a row and has every migration; 503 otherwise."""
    checks = {"database": "unreachable", "migrations": "unknown"}
    with suppress(Error):
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        checks = {"database": "refuses_writes", "migrations": "behind" if behind else "ok"}
        try_a_write()
        checks["database"] = "ok"
    ready = set(checks.values()) == {"ok"}
    body = {"status": "ok" if ready else "unavailable", "checks": checks}
    return JsonResponse(body, status=200 if ready else 503, headers=NO_STORE)


def try_a_write() -> None:
    """Write a row and take it back. Raises Django's database error where the database is read-only, or full."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WRITE)
        transaction.set_rollback(True)
