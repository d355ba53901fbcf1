"""From a row of the table of operations to an Operation Object."""

from __future__ import annotations

from api.openapi import failures, headers
from api.openapi.rows import OAUTH, OPEN, PUBLIC, Answer, Operation
from api.openapi.words import FORM, JSON, Schema, ref, schema_ref


def operation(row: Operation, scope: str | None) -> Schema:
    """The whole description of an operation. `scope` is what the view asks of the token."""
    needs = f"\n\nNeeds the scope `{scope}`." if scope else ""
    body = {"requestBody": request_body(row)} if row.body else {}
    return {
        "operationId": row.id,
        "tags": [row.tag],
        "summary": row.summary,
        "description": row.about + needs,
        "parameters": [ref("parameters", name) for name in row.parameters],
        **body,
        "responses": responses(row),
        "security": security(row, scope),
    }


def responses(row: Operation) -> Schema:
    """Every answer. Where a status is an error of another form as well, such as RFC 6749's, it may be either."""
    answers = {str(answer.status): response(answer, ours=row.ours) for answer in row.answers}
    failed = failures.responses(row.problems) if row.ours else {}
    both = {status: failures.beside(answers[status], row.problems, status) for status in answers.keys() & failed.keys()}
    return dict(sorted({**failed, **answers, **both}.items()))


def security(row: Operation, scope: str | None) -> list[Schema]:
    """Public, an access token that may be left out, a client's own secret, or an access token with its scope."""
    if row.access == PUBLIC:
        return []
    if row.access == OPEN:
        return [{}, {"oauth2": []}]
    if row.access == OAUTH:
        return [{"clientSecret": []}]
    return [{"oauth2": [scope] if scope else []}]


def request_body(row: Operation) -> Schema:
    """The body, with its examples."""
    kind = FORM if row.access == OAUTH else JSON
    return {"required": True, "content": {kind: content(row.body, row.examples)}}


def response(answer: Answer, *, ours: bool = True) -> Schema:
    """One answer that is no error."""
    described: Schema = {"description": answer.about, "headers": headers.of(*answer.headers, ours=ours)}
    if answer.schema:
        described["content"] = {kind: content(answer.schema, answer.examples) for kind in answer.media}
    if answer.texts:
        described.setdefault("content", {}).update(
            {
                kind: {"schema": {"type": "string"}, "examples": {name: ref("examples", name)}}
                for kind, name in answer.texts
            }
        )
    for kind, schema, example in answer.more:
        described.setdefault("content", {})[kind] = content(schema, (example,))
    return described


def content(schema: str, examples: tuple[str, ...]) -> Schema:
    """A schema, and examples of it."""
    return {"schema": schema_ref(schema), "examples": {name: ref("examples", name) for name in examples}}
