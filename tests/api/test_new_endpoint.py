"""An endpoint is a view, a route and its struct: with these three it is described, and answered as it is described."""

from __future__ import annotations

import json
from typing import Annotated, Any

import pytest
from django.urls import include, path
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.utils import extend_schema
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import urls
from api.http.authentication import principal
from api.http.bodies import Body, Count, about
from api.http.reading import Reader
from api.openapi import describe
from api.openapi.parts import Answer, Example, RequestBody, Responses
from cases.intake.values import FieldRefused, Input
from partners.kinds import Scope
from tests.callers import Caller


# The structs: what is sent, and what is answered.
class GreetingInput(Body, forbid_unknown_fields=True):
    """A greeting that is sent."""

    times: Annotated[int, about("How often.")]


class GreetingBody(Body):
    """A greeting that is answered."""

    partner: str
    times: Annotated[Count, about("How often it was said.")]


def read_times(data: object) -> int:
    """A small number."""
    if type(data) is not int or not 0 <= data < 10:
        raise FieldRefused("required")
    return data


GREETING_INPUT = Reader(GreetingInput, {"times": Input(read_times)})


# The view, with its description.
class Greeting(APIView):
    """Greetings."""

    # Its purpose is that of the room where it stands.
    __module__ = "api.greetings"
    scopes = {"POST": Scope.REFERRALS_WRITE}

    @extend_schema(
        operation_id="greet",
        tags=["Service"],
        summary="Greet",
        description="A greeting comes back.",
        parameters=[],
        request=RequestBody(GreetingInput, [Example("GreetingInput", "Twice", lambda: GreetingInput(2))]),
        responses=Responses(
            Answer(200, "A greeting.", GreetingBody, [Example("Greeting", "Twice", lambda: GreetingBody("NGO", 2))])
        ),
    )
    def post(self, request: Request) -> Response:
        """The caller's name, and what was sent."""
        times = GREETING_INPUT.read(request.data)["times"]
        return Response(GreetingBody(principal(request).partner_name, times))


# The route.
ADDRESS = "/api/v1/greetings"
urlpatterns = [path("api/v1/greetings", Greeting.as_view()), path("", include(urls.urlpatterns))]


@pytest.fixture
def described() -> dict[str, Any]:
    """The description of the API with this endpoint."""
    reset_generator_stats()
    generator: Any = describe.Generator(patterns=urlpatterns)
    document: dict[str, Any] = json.loads(json.dumps(generator.get_schema(public=True)))
    assert not GENERATOR_STATS
    return document


def test_it_is_described(described: dict[str, Any]) -> None:
    operation, schemas = described["paths"][ADDRESS]["post"], described["components"]["schemas"]
    assert operation["operationId"] == "greet"
    assert operation["security"] == [{"oauth2": [Scope.REFERRALS_WRITE]}]
    assert operation["description"].endswith(f"Needs the scope `{Scope.REFERRALS_WRITE}`.")
    assert {"200", "400", "401", "403", "405", "413", "415", "500", "503"} <= operation["responses"].keys()
    sent = operation["requestBody"]["content"]["application/json"]
    assert sent["schema"] == {"$ref": "#/components/schemas/GreetingInput"}
    assert schemas["GreetingInput"]["additionalProperties"] is False
    assert schemas["Greeting"] == {
        "type": "object",
        "description": "A greeting that is answered.",
        "properties": {
            "partner": {"type": "string"},
            "times": {"type": "integer", "minimum": 0, "format": "int32", "description": "How often it was said."},
        },
        "required": ["partner", "times"],
    }


def test_the_description_of_the_others_is_the_same(described: dict[str, Any]) -> None:
    generator: Any = describe.Generator(patterns=urls.urlpatterns)
    others = json.loads(json.dumps(generator.get_schema(public=True)))
    del described["paths"][ADDRESS], described["components"]["schemas"]["Greeting"]
    del described["components"]["schemas"]["GreetingInput"]
    assert described["paths"].keys() == others["paths"].keys()
    assert described["components"]["schemas"] == others["components"]["schemas"]


@pytest.mark.urls(__name__)
def test_it_is_answered_as_it_is_described(ngo: Caller, described: dict[str, Any]) -> None:
    answer = ngo.post(ADDRESS, {"times": 2})
    assert answer.status_code == 200, answer.content
    assert json.loads(answer.content) == {"partner": ngo.partner.name, "times": 2}
    schema = {"$ref": "#/components/schemas/Greeting", "components": described["components"]}
    Draft202012Validator(schema).validate(json.loads(answer.content))


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    "sent", [b"{}", b'{"times": 2, "times": 2}', b'{"times": "2"}', b'{"times": 2, "colour": 1}', b"["]
)
def test_what_is_not_its_struct_is_a_problem(ngo: Caller, sent: bytes) -> None:
    answer = ngo.call("POST", ADDRESS, sent)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
