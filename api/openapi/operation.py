"""From a view and what `@endpoint` says on it to an Operation Object; what several operations use becomes a component."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from drf_spectacular.drainage import error
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentIdentity, ComponentRegistry, ResolvedComponent
from rest_framework.views import APIView

from api.http.bodies import Schema
from api.http.problems import MEDIA_TYPE, ProblemBody
from api.openapi import failures, schemas
from api.openapi.headers import MODE, REQUEST_ID, Header
from api.openapi.parts import (
    ACCEPT_LANGUAGE,
    IF_NONE_MATCH,
    JSON,
    PART,
    Answer,
    Example,
    Parameter,
    RequestBody,
    Responses,
)
from api.openapi.schemas import BASE, tag_of
from core.purposes import purpose_of
from partners.kinds import Scope


class Outside(APIView):
    """Stands for a view that is none of the REST framework, where one is described. `place`: the module of that view."""

    authentication_classes = ()
    place: str


class Operation(AutoSchema):
    """The description of one operation."""

    registry: ComponentRegistry

    def get_operation(self, *args: Any, **kwargs: Any) -> Schema | None:
        """The whole description; a view's method without one is an error of the generator."""
        self.path, _, _, self.method, *_ = args
        if not isinstance(self.get_response_serializers(), Responses):
            error(f"{self.method} {self.path} is not described")
            return None
        operation: Schema = super().get_operation(*args, **kwargs) or {}
        if self.scope:
            operation["description"] += f"\n\nNeeds the scope `{self.scope}`."
        purpose = purpose_of(getattr(self.view, "place", type(self.view).__module__))
        return {"parameters": [], "security": [], **operation, "x-purpose": str(purpose)}

    def get_response_serializers(self) -> Any:
        """Nothing is guessed."""
        return None

    def get_request_serializer(self) -> Any:
        """Nothing is guessed."""
        return None

    def get_tags(self) -> list[str]:
        return [tag_of(self.path)]

    @property
    def scope(self) -> Scope | None:
        """The scope that the view asks of the token."""
        scope: Scope | None = getattr(self.view, "scopes", {}).get(self.method)
        return scope

    def get_auth(self) -> list[Schema]:
        """Public, an access token that may be left out, or one with its scope."""
        if not self.view.authentication_classes:
            return []
        if not self.view.permission_classes:
            return [{}, {"oauth2": []}]
        return [{"oauth2": [str(self.scope)] if self.scope else []}]

    def problems(self, text: Responses) -> Iterable[str]:
        """The problems that an operation can meet: its own, and those that come with what it asks for."""
        part = ["range_not_satisfiable"] if text.has_parts else []
        if isinstance(self.view, Outside):
            return [*part, *text.problems]
        token = ["not_authenticated"] if self.view.authentication_classes else []
        scope = ["insufficient_scope"] if self.scope else []
        body = failures.OF_BODIES if self.get_request_serializer() else ()
        return [*failures.OF_VIEWS, *token, *scope, *body, *part, *text.problems]

    def _process_override_parameters(self, direction: str = "request") -> dict[tuple[str, str], Schema]:
        """Parameters, as references: those of the operation, If-None-Match where there is a 304, and the language of texts."""
        text = cast(Responses, self.get_response_serializers())
        is_ours = getattr(self.view, "has_texts", not isinstance(self.view, Outside))
        further = [IF_NONE_MATCH] if any(each.status == 304 for each in text.answers) else []
        scope = [*self.get_override_parameters(), *further, *([ACCEPT_LANGUAGE] if is_ours else [])]
        return {(each.name, each.location): self.parameter(each) for each in scope if isinstance(each, Parameter)}

    def parameter(self, text: Parameter) -> Schema:
        """One parameter, as a reference."""
        return self.share("parameters", text.key, text.node(self.schema_of(text.of)))

    def _get_request_for_media_type(self, serializer: Any, direction: str = "request") -> tuple[Schema | None, bool]:
        """What is sent, if anything is."""
        return (None, False) if serializer is None else (self.schema_of(serializer), True)

    def _get_request_body(self, direction: str = "request") -> Schema | None:
        """What is sent, and that it need not be where it may be left out."""
        body: Schema | None = super()._get_request_body(direction)  # type: ignore[no-untyped-call]
        request = self.get_request_serializer()
        if body is not None and isinstance(request, RequestBody) and not request.is_required:
            del body["required"]
        return body

    def _get_examples(self, *args: Any) -> Schema:
        return self.examples(args[-1] or ())

    def examples(self, shown: Iterable[Example]) -> Schema:
        """Examples, as references."""
        return {each.name: self.example(each) for each in shown}

    def example(self, shown: Example) -> Schema:
        """An example, as a reference."""
        return self.share("examples", shown.name, shown.node())

    def _get_response_bodies(self, direction: str = "response") -> Schema:
        """Every answer. Where a status is an error of another form as well, such as RFC 6749's, it may be either."""
        text = cast(Responses, self.get_response_serializers())
        whole = (*text.answers, PART) if text.has_parts else text.answers
        answers = {str(each.status): self.answer(each, ours=text.ours) for each in whole}
        for status, codes in failures.by_status(self.problems(text)) if text.ours else ():
            problem = self.failure(codes)
            if status in answers:
                answers[status] = failures.answer_or_problem(answers[status], problem)
            else:
                answers[status] = self.share("responses", failures.name(status, codes), problem)
        return dict(sorted(answers.items()))

    def answer(self, text: Answer, *, ours: bool) -> Schema:
        forms = {JSON: (text.of, text.examples), **{kind: (of, [shown]) for kind, (of, shown) in text.also.items()}}
        content = {kind: self.content(of, shown) for kind, (of, shown) in forms.items() if of is not None}
        answer_schema = {
            "description": text.about,
            "headers": self.headers([*text.headers, *([REQUEST_ID, MODE] if ours else [])]),
        }
        answer_schema |= {"content": content} if content else {}
        return self.share("responses", text.key, answer_schema) if text.key else answer_schema

    def failure(self, codes: list[str]) -> Schema:
        """One error response."""
        content = {"schema": self.schema_of(ProblemBody), "examples": {code: self.problem(code) for code in codes}}
        return {
            "description": failures.about(codes),
            "headers": self.headers([*failures.headers_of(codes), REQUEST_ID]),
            "content": {MEDIA_TYPE: content},
        }

    def problem(self, code: str) -> Schema:
        """The example of a problem, as a reference. Its title is in the body."""
        return self.example(Example(code, "", lambda: failures.example_problem(code, "en", BASE)))

    def content(self, of: Any, shown: Iterable[Example]) -> Schema:
        """A Media Type Object."""
        return {"schema": self.schema_of(of), "examples": self.examples(shown)}

    def headers(self, text: Iterable[Header]) -> Schema:
        """Headers, as references."""
        return {each.name: self.share("headers", each.key or each.name, each.node()) for each in text}

    def schema_of(self, of: Any) -> Schema:
        """The schema of a type; structs and values are references."""
        whole, components = schemas.schema_of(of)
        for name, component in components.items():
            self.share("schemas", name, component)
        return whole

    def share(self, kind: str, name: str, node: Schema) -> Schema:
        """A component. The generator warns where two that differ have one name."""
        component = ResolvedComponent(name, kind, node, ComponentIdentity(node))
        self.registry.register_on_missing(component)
        return component.ref
