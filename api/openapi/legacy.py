"""Rows of the table of operations as parts, until their views describe themselves."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from api.http.bodies import VALUES, LabelBody, Schema
from api.openapi import examples, headers, types
from api.openapi import legacy_parameters as parameters
from api.openapi.headers import Header
from api.openapi.operations import OPERATIONS
from api.openapi.parts import Answer, Example, Parameter, Responses, Sent
from api.openapi.rows import Operation
from api.openapi.words import schema_ref
from api.statistics import parameters as queries
from api.statistics import schemas as tables

SCHEMAS = {name: schema for part in (queries, tables) for name, schema in part.schemas().items()}
for name, made in SCHEMAS.items():
    VALUES[name] = partial(dict, made)
VALUES["Label"] = partial(dict, types.described(LabelBody)[1]["Label"])
HEADERS = {each.key or each.name: each for each in vars(headers).values() if isinstance(each, Header)}
PARAMETERS: dict[str, Schema] = {**parameters.components(), **queries.components()}


@cache
def shown() -> dict[str, Example]:
    return {
        name: Example(name, each["summary"], partial(each.get, "value")) for name, each in examples.components().items()
    }


class Given(Parameter):
    def __init__(self, key: str, node: Schema) -> None:
        super().__init__(node["name"], node["description"], node["schema"], place=node["in"], key=key)
        self.whole = node

    def node(self, schema: Schema) -> Schema:
        return self.whole


GIVEN = {key: Given(key, node) for key, node in PARAMETERS.items()}


def row(method: str, path: str) -> Operation | None:
    return OPERATIONS.get((method, path))


def responses(found: Operation) -> Responses:
    answers = [
        Answer(
            each.status,
            each.about,
            schema_ref(each.schema) if each.schema else None,
            [shown()[name] for name in each.examples],
            [HEADERS[name] for name in each.headers],
            also={
                **{kind: ({"type": "string"}, shown()[name]) for kind, name in each.texts},
                **{kind: (schema_ref(name), shown()[example]) for kind, name, example in each.more},
            },
        )
        for each in found.answers
    ]
    return Responses(*answers, problems=found.problems)


def sent(found: Operation) -> Any:
    return Sent(schema_ref(found.body), [shown()[name] for name in found.examples]) if found.body else None


def given(found: Operation) -> list[Parameter]:
    return [GIVEN[name] for name in found.parameters]
