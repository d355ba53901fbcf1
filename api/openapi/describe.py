"""The whole description: which views are described, in which order, and the head of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from threading import RLock
from typing import Any, NamedTuple

from drf_spectacular.generators import EndpointEnumerator, SchemaGenerator

from api.http.bodies import Schema
from api.openapi.operation import Outside
from api.openapi.schemas import BASE, TAGS, references
from partners.kinds import SCOPE_TEXTS

ONE_AT_A_TIME = RLock()
# Their methods have no types.
Enumerator: Any = EndpointEnumerator
Maker: Any = SchemaGenerator
ABOUT = (
    "Partner organisations hand in anonymous referrals of presumed victims of human trafficking; the national centre publishes "
    "statistics made of them. Start at `/docs/`: five minutes to a first referral. Errors are `application/problem+json` "
    "(RFC 9457) in Danish or English, listed at `/problems/`."
)
OPERATOR = "The operator of this service"


def schemas_of(callback: Callable[..., Any]) -> dict[str, Any]:
    """What is described of a view that is none of the REST framework, by method."""
    view = getattr(callback, "view_class", None)
    handlers = (
        {"get": callback} if view is None else {name: getattr(view, name, None) for name in view.http_method_names}
    )
    schemas = {name.upper(): getattr(handler, "kwargs", {}).get("schema") for name, handler in handlers.items()}
    return {method: schema for method, schema in schemas.items() if schema is not None}


class Endpoints(Enumerator):
    """The routes of every view that is described."""

    def should_include_endpoint(self, path: str, callback: Any) -> bool:
        """A view of the REST framework, or another one that is described."""
        return bool(super().should_include_endpoint(path, callback) or schemas_of(callback))

    def get_allowed_methods(self, callback: Any) -> list[str]:
        methods: list[str] = (
            super().get_allowed_methods(callback) if hasattr(callback, "cls") else [*schemas_of(callback)]
        )
        return methods


class Generator(Maker):
    """Makes the document."""

    endpoint_inspector_cls = Endpoints

    def get_schema(self, *args: Any, **options: Any) -> Schema:
        """The description. The library keeps what it goes through beside the generator, so that one thread makes it at a time."""
        with ONE_AT_A_TIME:
            schema: Schema = super().get_schema(*args, **options)
            return schema

    def create_view(self, callback: Any, method: str, request: Any = None) -> Any:
        """The view of an operation, with the schema that its method has."""
        if hasattr(callback, "cls"):
            view = super().create_view(callback, method, request)
            # The GET of a view of records is described where it reads.
            options = getattr(getattr(view, "read", None), "kwargs", {}) if method == "GET" else {}
            if "schema" in options:
                self._set_schema_to_view(view, options["schema"]())
            return view
        view = Outside(args=(), kwargs={})
        view.place = callback.__module__
        self._set_schema_to_view(view, schemas_of(callback)[method]())
        return view


class OperationSummary(NamedTuple):
    """One operation in short."""

    method: str
    path: str
    id: str
    summary: str


@cache
def summaries() -> tuple[OperationSummary, ...]:
    """Every operation, in the order of the document."""
    document = Generator().get_schema(public=True)
    operations = (
        (method, path, each) for path, methods in document["paths"].items() for method, each in methods.items()
    )
    return tuple(
        OperationSummary(method.upper(), path, each["operationId"], each["summary"])
        for method, path, each in operations
    )


def complete(result: Schema, **_: Any) -> Schema:
    """Postprocessing hook: the paths in order, the head of the document, and components for what is used more than once."""
    return inline_single_uses(
        {
            "openapi": result["openapi"],
            "info": {**result["info"], "description": ABOUT, "contact": {"name": OPERATOR, "url": f"{BASE}/docs/"}},
            "servers": [{"url": BASE, "description": "The machine that serves this description."}],
            "tags": [{"name": name, "description": about} for name, about in TAGS.items()],
            "paths": in_order(result["paths"]),
            "components": {**result["components"], "securitySchemes": security_schemes()},
        }
    )


def inline_single_uses(document: Schema) -> Schema:
    """The document in which parameters, examples and answers that are used once stand where they are used."""
    uses = Counter(references(document))
    alone = {
        f"#/components/{kind}/{name}": node
        for kind in ("parameters", "examples", "responses")
        for name, node in document["components"].get(kind, {}).items()
        if uses[f"#/components/{kind}/{name}"] == 1
    }

    def place(node: Any) -> Any:
        if isinstance(node, dict):
            at_home = alone.get(str(node.get("$ref")))
            return {name: place(each) for name, each in node.items()} if at_home is None else place(at_home)
        return [place(each) for each in node] if isinstance(node, list) else node

    whole: Schema = place(document)
    components = {
        kind: {name: node for name, node in parts.items() if f"#/components/{kind}/{name}" not in alone}
        for kind, parts in whole["components"].items()
    }
    return {**whole, "components": components}


def in_order(paths: Schema) -> Schema:
    """The paths as a reader wants them: by tag, and within a tag as they are routed."""
    tags = list(TAGS)
    places = {path: min(map(tags.index, tags_of(methods))) for path, methods in paths.items()}
    return {path: paths[path] for path in sorted(paths, key=lambda path: places[path])}


def tags_of(methods: Schema) -> Iterator[str]:
    """The tags of a path's operations."""
    return (tag for operation in methods.values() for tag in operation["tags"])


def security_schemes() -> Schema:
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
