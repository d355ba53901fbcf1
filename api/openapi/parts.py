"""The parts of a description that `@extend_schema` is given on a view: answers, problems, parameters, headers, examples.

An endpoint is a view, a route and its struct:

    class CompletionBody(Body):                                 # bodies.py of the room: what is answered
        month: Month
        declared_at: Moment

    COMPLETION = Example("Completion", "Ten in March", lambda: CompletionBody("2025-03", …))   # examples.py of the room

    class MonthReport(APIView):                                       # the description stands on the method
        scopes = {"PUT": Scope.REFERRALS_WRITE}

        @extend_schema(
            operation_id="putCompletion",
            tags=["Reports"],
            summary="Declare a month complete",
            description="All its referrals are sent. Safe to repeat.",
            parameters=[MONTH_IN_PATH, ACCEPT_LANGUAGE],
            request=None,
            responses=Responses(
                Answer(200, "Declared already.", CompletionBody, [examples.COMPLETION]),
                Answer(201, "Declared.", CompletionBody, [examples.COMPLETION]),
                problems=("referrals_differ",),
            ),
        )
        def put(self, request: Request, month: str) -> Response:
            …
            return Response(CompletionBody(month_id(stored.month), stored.recorded_at.isoformat()))

    path("reports/<str:month>", reports.MonthReport.as_view())   # urls.py

* Each struct, and each type that is made with `value`, is a component; a struct is called by its name without `Body`.
* What is sent is `request=RequestBody(ReferralInput, [examples.REFERRAL])`, and its struct has `forbid_unknown_fields=True`.
* A `RecordView` is described on `read`. A view that is none of the REST framework is described on its function.
* `problems` names those of this operation alone. Those that any request can meet, those of tokens and those of bodies are added in
  `api.openapi.operation`, as security and the scope in words are. So is what makes `$ref`s of parts that operations share.
* `tests/api/test_openapi.py` holds every example against its schema, and what is sent against the view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiRequest
from msgspec import to_builtins

from api.http.bodies import Schema
from api.http.parameters import NAMES
from api.openapi import headers as header_words
from api.openapi.headers import Header

JSON = "application/json"


class Example(OpenApiExample):
    """An example of a body, made when it is asked for: a struct, or plain values. `name` is that of the component."""

    def __init__(self, name: str, summary: str, make: Callable[[], Any]) -> None:
        super().__init__(name, summary=summary)
        self.make = make

    def node(self) -> Schema:
        """The Example Object."""
        words = {"summary": self.summary} if self.summary else {}
        return {**words, "value": to_builtins(self.make())}


class RequestBody(OpenApiRequest):
    """What is sent, with examples. `is_required`: it may not be left out."""

    def __init__(self, of: Any, examples: Sequence[Example], *, is_required: bool = True) -> None:
        super().__init__(of, examples=examples)
        self.is_required = is_required


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

    @property
    def has_parts(self) -> bool:
        """Whether it is a file that is the same for everybody, and answered in parts (`api.http.ranges`)."""
        is_kept = any(each.status == 304 and header_words.ETAG not in each.headers for each in self.answers)
        return is_kept and any(header_words.CONTENT_DISPOSITION in each.headers for each in self.answers)


# Answers without a body that several operations give: a record's version, a list, and what pages of any site may read.
UNCHANGED = Answer(304, "You have the current version.", headers=[header_words.ETAG], key="Unchanged")
KEPT_ALREADY = Answer(304, "You have it.", headers=header_words.KEPT, key="Unchanged.list")
SHARED_ALREADY = Answer(304, "You have it.", headers=header_words.SHARED, key="Unchanged.shared")
PART = Answer(
    206,
    "The part that `Range` asks for, in the media type of the whole.",
    headers=[header_words.ETAG_CONTENT, header_words.CONTENT_RANGE],
    key="Part",
)
NEW_ID = Answer(308, "Its id is `2017.x1`: of `2017.e1` programs made a number.", key="NewId")
