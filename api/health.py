"""Is the process alive, and is it ready to serve."""

from __future__ import annotations

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

NO_STORE = {"Cache-Control": "no-store"}


@csrf_exempt
@require_safe
def livez(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"}, headers=NO_STORE)


@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers and has every migration; 503 otherwise."""
    try:
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        checks = {"database": "ok", "migrations": "behind" if behind else "ok"}
    except Error:
        checks = {"database": "unreachable", "migrations": "unknown"}
    ready = set(checks.values()) == {"ok"}
    body = {"status": "ok" if ready else "unavailable", "checks": checks}
    return JsonResponse(body, status=200 if ready else 503, headers=NO_STORE)
