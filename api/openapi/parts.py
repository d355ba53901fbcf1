"""The parts of a description that `@extend_schema` is given on a view: answers, problems, parameters, headers, examples.

An endpoint is a view, a route and its struct:

    class NilReportBody(Body):                                  # bodies.py of the room: what is answered
        \"\"\"The answer that there was nothing.\"\"\"

        month: Month
        recorded_at: Moment

    class NilReport(APIView):                                   # views: the description stands on the method
        scopes = {"PUT": Scope.REFERRALS_WRITE}

        @extend_schema(
            operation_id="putNilReport",
            tags=["Reports"],
            summary="Say that there were no referrals in a month",
            description="That is an answer. …",
            parameters=[MONTH, ACCEPT_LANGUAGE],
            responses=Responses(
                Answer(200, "Said already.", NilReportBody, [NIL_REPORT]),
                Answer(201, "Said.", NilReportBody, [NIL_REPORT]),
                problems=("referrals_reported",),
            ),
        )
        def put(self, request: Request, month: str) -> Response:
            …
            return Response(NilReportBody(month_text(stored.month), stored.recorded_at.isoformat()))

    path("reports/<str:month>/nil", NilReport.as_view())        # urls.py

What is sent is `request=Sent(ReferralInput, [EXAMPLE])`. `examples.py` of the room has the examples, made of the same structs, and
`tests/api/test_openapi.py` holds each against its schema. Parts that several operations use are `$ref`s in the document: that is
decided in `api.openapi.describe` alone. So are the problems that any request can meet, security, and the scope in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiRequest
from msgspec import to_builtins

from api.http.bodies import Schema
from api.http.parameters import NAMES
from api.openapi import headers as shared
from api.openapi.headers import Header

JSON = "application/json"


class Example(OpenApiExample):
    """An example of a body, made when it is asked for: a struct, or plain values. `name` is that of the component."""

    def __init__(self, name: str, summary: str, make: Callable[[], Any]) -> None:
        super().__init__(name, summary=summary)
        self.make = make

    def node(self) -> Schema:
        """The Example Object."""
        return {"summary": self.summary, "value": to_builtins(self.make())}


class Sent(OpenApiRequest):
    """What is sent, with examples."""

    def __init__(self, of: Any, examples: Sequence[Example]) -> None:
        super().__init__(of, examples=examples)


class Parameter(OpenApiParameter):
    """A parameter of path, query or header. `of` is a type, or a schema; `key` the component's name where it differs.

    Optional headers have no example: pages that let requests be tried would send it.
    """

    def __init__(
        self,
        name: str,
        about: str,
        of: Any,
        *,
        place: Any = "query",
        key: str = "",
        example: object = None,
        **form: Any,
    ) -> None:
        super().__init__(name, location=place, description=about, **{"required": place == "path", **form})
        self.of, self.key, self.example = of, key or name, example
        if place == "query":
            NAMES.add(name)

    def node(self, schema: Schema) -> Schema:
        """The Parameter Object."""
        words = {
            "name": self.name,
            "in": self.location,
            "required": self.required or None,
            "description": self.description,
            "schema": schema,
            "style": self.style,
            "explode": self.explode,
            "example": self.example,
        }
        return {name: word for name, word in words.items() if word is not None}


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """An answer that is no error. `of` is its struct, or another type; `also` has the forms beside JSON by media type.

    One that several operations give has a `key`, the name of its component.
    """

    status: int
    about: str
    of: Any = None
    examples: Sequence[Example] = ()
    headers: Sequence[Header] = ()
    key: str = ""
    also: Mapping[str, tuple[Any, Example]] = field(default_factory=dict)


class Responses:
    """Every answer of an operation: those that are no errors, and the codes of the problems that are its own.

    `ours`: the program itself answers, with an id and with its problems.
    """

    def __init__(self, *answers: Answer, problems: Sequence[str] = (), ours: bool = True) -> None:
        self.answers, self.problems, self.ours = answers, problems, ours


# Answers without a body that several operations give: a record's version, a list, and what pages of any site may read.
UNCHANGED = Answer(304, "You have the current version.", headers=[shared.ETAG], key="Unchanged")
KEPT_ALREADY = Answer(304, "You have it.", headers=shared.KEPT, key="Unchanged.list")
SHARED_ALREADY = Answer(304, "You have it.", headers=shared.SHARED, key="Unchanged.shared")
