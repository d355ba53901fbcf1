"""The parts of a description that `@endpoint` is given on a view: answers, problems, parameters, headers, examples.

An endpoint is a view, a route and its struct:

    class CompletionBody(Body):                                 # bodies.py of the room: what is answered
        month: Month
        declared_at: Moment

    COMPLETION = Example("Completion", "Ten in March", lambda: CompletionBody("2025-03", …))

    class MonthReport(APIView):                                       # the description stands on the method
        scopes = {"PUT": Scope.REFERRALS_WRITE}

        @endpoint(
            "putCompletion",
            "Declare a month complete",
            "All its referrals are sent. Safe to repeat.",
            Answer(200, "Declared already.", CompletionBody, [COMPLETION]),
            Answer(201, "Declared.", CompletionBody, [COMPLETION]),
            parameters=[MONTH_IN_PATH],
            problems=("referrals_differ",),
        )
        def put(self, request: Request, month: str) -> Response:
            …
            return Response(CompletionBody(month_id(stored.month), stored.recorded_at.isoformat()))

    path("reports/<str:month>", reports.MonthReport.as_view())   # urls.py

* Each struct, and each type that is made with `value`, is a component; a struct is called by its name without `Body`.
* What is sent is `request=RequestBody(ReferralInput, [examples.REFERRAL])`, and its struct has `forbid_unknown_fields=True`.
* A `RecordView` is described on `read`. A view that is none of the REST framework is described on its function, by `extend_schema`.
* `problems` names those of this operation alone. Those that any request can meet, those of tokens and those of bodies are added in
  `api.openapi.operation`, as security, the scope in words, Accept-Language and, where there is a 304, If-None-Match are; and the
  tag, which is that of the address (`api.openapi.schemas`). So is what makes `$ref`s of parts that operations share.
* `tests/api/test_openapi.py` holds every example against its schema, and what is sent against the view.

Request headers that several operations take.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Annotated, Any, Concatenate

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiRequest, extend_schema
from msgspec import to_builtins
from rest_framework.request import Request

from api.http.bodies import Schema, one_of, schema
from api.http.negotiation import LANGUAGES
from api.http.parameters import NAMES, read
from api.openapi import headers as header_words
from api.openapi.headers import Header

JSON = "application/json"


class Example(OpenApiExample):
    """An example of a body, made when it is asked for: a struct, or plain values. `name` is that of the component."""

    def __init__(self, name: str, summary: str, make: Callable[[], Any]) -> None:
        super().__init__(name, summary=summary)
        self.make = make

    def node(self) -> Schema:
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
        """Whether it is a file that is the same for everybody, and answered in parts (`api.http.files`)."""
        is_kept = any(each.status == 304 and header_words.ETAG not in each.headers for each in self.answers)
        return is_kept and any(header_words.CONTENT_DISPOSITION in each.headers for each in self.answers)


type Handler[**P, R] = Callable[Concatenate[Any, Request, P], R]


def endpoint[**P, R](
    operation_id: str,
    summary: str,
    description: str,
    *answers: Answer,
    parameters: Sequence[Parameter] = (),
    problems: Sequence[str] = (),
    **words: Any,
) -> Callable[[Handler[P, R]], Handler[P, R]]:
    """The description of a method of a view. Where it names no parameter of the query, whatever is asked there is refused."""
    describe = extend_schema(
        operation_id=operation_id,
        summary=summary,
        description=description,
        parameters=[*parameters],
        responses=Responses(*answers, problems=problems),
        **words,
    )

    def decorate(handler: Handler[P, R]) -> Handler[P, R]:
        @wraps(handler)
        def check(view: Any, request: Request, /, *args: P.args, **names: P.kwargs) -> R:
            read(request, ())
            return handler(view, request, *args, **names)

        has_query = any(each.location == "query" for each in parameters)
        method: Handler[P, R] = describe(handler if has_query else check)
        return method

    return decorate


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


TAGS = {"type": "string", "pattern": r'^(\*|(W/)?"[!#-~]*"(, *(W/)?"[!#-~]*")*)$'}

ACCEPT_LANGUAGE = Parameter("Accept-Language", "The language of texts: `da` or `en`.", str, place="header")
LANG = Parameter("lang", "The language, for people; it goes before Accept-Language.", Annotated[str, one_of(LANGUAGES)])
IF_NONE_MATCH = Parameter(
    "If-None-Match",
    "The ETag that you have: 304 while it is current.",
    str,
    place="header",
    key="If-None-Match-read",
)
IF_MATCH = Parameter(
    "If-Match",
    'The ETag of the version that you mean to replace, such as `"1"`. Where another one is stored: 412.',
    TAGS,
    place="header",
)
IF_ABSENT = Parameter(
    "If-None-Match",
    "`*` creates only: 412 where something else is stored.",
    {"type": "string", "enum": ["*"]},
    place="header",
    key="If-None-Match-write",
)
ON_BEHALF = Parameter(
    "Henvis-On-Behalf-Of",
    "The id of the organisation that you act for, by its mandate or as its successor.",
    Annotated[str, schema(format_="uuid")],
    place="header",
)
PREFER = Parameter("Prefer", "`return=minimal` leaves the body out (RFC 7240).", str, place="header")
