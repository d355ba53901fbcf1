"""What the tests of the HTTP layer say about an answer."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django.http import HttpResponse

from api.http.problem_catalogue import PROBLEMS

LIST = "/api/v1/referrals"


def new_path() -> str:
    """The path of a referral that is not there yet."""
    return f"{LIST}/{uuid4()}"


def body(response: HttpResponse, status: int = 200) -> Any:
    """The JSON of an answer with this status."""
    assert response.status_code == status, (response.status_code, response.content)
    return json.loads(response.content)


def problem(response: HttpResponse, code: str) -> dict[str, Any]:
    """The problem document of this code: media type, status, every member that RFC 9457 and we promise."""
    kind = PROBLEMS[code]
    assert response.status_code == kind.status, (response.status_code, response.content)
    assert response.headers["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = json.loads(response.content)
    assert found["code"] == code
    assert found["status"] == kind.status
    assert found["type"].endswith(f"/problems/{code}")
    assert found["instance"] == f"urn:uuid:{response.headers['X-Request-Id']}"
    assert (found["title"], found["detail"]) in {(kind.title(text), kind.about(text)) for text in ("da", "en")}
    assert set(found) <= {"type", "title", "status", "detail", "instance", "code", "errors", "total"}
    return found


def findings(response: HttpResponse, code: str = "validation_failed") -> list[tuple[str, str]]:
    """The place and code of every row of `errors`."""
    rows = problem(response, code).get("errors", [])
    return [(row.get("pointer") or row.get("parameter") or row.get("header"), row["code"]) for row in rows]


def etag(response: HttpResponse) -> str:
    """The entity tag."""
    return str(response.headers["ETag"])
