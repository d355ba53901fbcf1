"""How drf-spectacular gets at the description: the class of every view's schema, and the hook that completes the document.

Nothing is guessed from code: `api.openapi.operations` has a row for each route, and `api.openapi` the parts that it names.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.drainage import error
from drf_spectacular.openapi import AutoSchema

from api.openapi import assemble, examples, failures, headers, parameters
from api.openapi.operations import OPERATIONS, OUTSIDE, TAGS
from api.openapi.words import BASE, used, with_constants
from api.openapi.words import Schema as Node
from api.own import schemas as own
from api.records import schemas as records
from api.service import schemas as others
from api.statistics import parameters as queries
from api.statistics import schemas as tables
from partners.kinds import SCOPE_TEXTS

ABOUT = (
    "Partner organisations hand in anonymous referrals of presumed victims of human trafficking; the national centre publishes "
    "statistics made of them. Start at `/docs/`: five minutes to a first referral. Errors are `application/problem+json` "
    "(RFC 9457) in Danish or English, listed at `/problems/`."
)
OPERATOR = "The operator of this service"


class Schema(AutoSchema):
    """The description of one operation."""

    def get_operation(self, path: str, *args: Any, **kwargs: Any) -> Node | None:
        """The row of the table, completed; a route without one is an error of the generator."""
        method = str(args[2])
        row = OPERATIONS.get((method, path))
        if row is None:
            error(f"api.openapi.operations has no row for {method} {path}")
            return None
        return assemble.operation(row, getattr(self.view, "scopes", {}).get(method))


def complete(result: Node, **_: Any) -> Node:
    """Postprocessing hook: the operations that are no DRF views, the components, and the head of the document."""
    paths = dict(result["paths"])
    for (method, path), row in OUTSIDE.items():
        paths.setdefault(path, {})[method.lower()] = assemble.operation(row, None)
    return {
        "openapi": result["openapi"],
        "info": {**result["info"], "description": ABOUT, "contact": {"name": OPERATOR, "url": f"{BASE}/docs/"}},
        "servers": [{"url": BASE, "description": "The machine that serves this description."}],
        "tags": [{"name": name, "description": about} for name, about in TAGS.items()],
        "paths": in_order(paths),
        "components": {**used(components(), paths), "securitySchemes": security_schemes()},
    }


def in_order(paths: Node) -> Node:
    """The paths as a reader wants them: by tag, and within a tag as the tables have them."""
    tags, rows = list(TAGS), {**OUTSIDE, **OPERATIONS}
    places = {
        path: (tags.index(row.tag), number) for number, ((_, path), row) in reversed(list(enumerate(rows.items())))
    }
    return {path: paths[path] for path in sorted(paths, key=lambda path: places[path])}


def components() -> dict[str, Node]:
    """Everything that operations share."""
    parts = (records, others, queries, tables, own)
    schemas = {name: schema for part in parts for name, schema in part.schemas().items()}
    return {
        "schemas": {name: with_constants(name, schemas[name]) for name in sorted(schemas)},
        "responses": failures.components((*OPERATIONS.values(), *OUTSIDE.values())),
        "parameters": {**parameters.components(), **queries.components(), **own.parameters()},
        "headers": {**headers.components(), **own.headers()},
        "examples": examples.components(),
    }


def security_schemes() -> Node:
    """OAuth 2 client credentials, and the client's secret at the token endpoint alone."""
    flow = {"tokenUrl": f"{BASE}/oauth/token", "scopes": {str(scope): text for scope, text in SCOPE_TEXTS.items()}}
    return {
        "oauth2": {
            "type": "oauth2",
            "description": "An opaque bearer token that lasts 10 minutes.",
            "flows": {"clientCredentials": flow},
        },
        "clientSecret": {
            "type": "http",
            "scheme": "basic",
            "description": "The client's id and secret. They are used at `/oauth/token` and `/oauth/revoke` and nowhere else.",
        },
    }
