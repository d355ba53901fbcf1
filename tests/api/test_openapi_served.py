"""openapi.json as it is served, and what generators of clients need of it."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from django.http import HttpResponse

from api.docs.description import document
from api.openapi.schemas import BASE
from core.text import Text
from tests.api.test_openapi_size import allowance
from tests.callers import Browser
from tests.described import document as described
from tests.described import nodes


def fetched(**headers: str) -> HttpResponse:
    """The description as it is served."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer: Any = Browser().get("/openapi.json", headers=named)
    assert answer.status_code == 200
    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("application/json", "*")
    assert "Accept-Encoding" in answer["Vary"]
    found: HttpResponse = answer
    return found


def test_the_generated_one_is_served() -> None:
    assert fetched().content.decode() == document().replace(BASE, "http://testserver")


def test_what_is_served_is_small_and_packed_for_who_takes_that() -> None:
    plain, packed = fetched(), fetched(Accept_Encoding="br;q=1.0, gzip;q=0.8")
    number = sum(len(methods) for methods in json.loads(plain.content)["paths"].values())
    assert len(plain.content) < allowance(number) and b"\n" not in plain.content
    assert packed["Content-Encoding"] == "gzip" and len(packed.content) * 5 < allowance(number)
    assert gzip.decompress(packed.content) == plain.content
    for header in ("identity", "gzip;q=0", "br, gzip; q=0.000", "xgzip"):
        assert "Content-Encoding" not in fetched(Accept_Encoding=header)
    assert plain["ETag"] != packed["ETag"]
    for answer, accepted in ((plain, ""), (packed, "gzip")):
        asked = {"If-None-Match": answer["ETag"], "Accept-Encoding": accepted}
        again = Browser().get("/openapi.json", headers=asked)
        assert (again.status_code, again["ETag"]) == (304, answer["ETag"])


def test_its_addresses_are_those_at_which_it_was_asked_for(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for proto, host in (("http", "one.example:8080"), ("https", "one.example"), ("https", "two.example")):
        served = json.loads(fetched(Host=host, X_Forwarded_Proto=proto).content)
        flow = served["components"]["securitySchemes"]["oauth2"]["flows"]["clientCredentials"]
        base = f"{proto}://{host}"
        assert [server["url"] for server in served["servers"]] == [base]
        assert (served["info"]["contact"]["url"], flow["tokenUrl"]) == (f"{base}/docs/", f"{base}/oauth/token")
        assert served == json.loads(json.dumps(described()).replace(BASE, base))
    assert Browser().get("/openapi.json", headers={"Host": "three.example"}).status_code == 400


def without_examples(node: Any) -> Any:
    """The node without what is no schema: an example has members of any name."""
    if isinstance(node, dict):
        return {name: without_examples(member) for name, member in node.items() if name != "examples"}
    return [without_examples(item) for item in node] if isinstance(node, list) else node


def test_clients_can_be_made_of_it() -> None:
    schemas = described()["components"]["schemas"]
    for node in nodes(without_examples(described()["components"])):
        choices = node.get("anyOf", [])
        assert not choices or (len(choices) == 2 and {"type": "null"} in choices), (
            "only `null` may stand beside a schema"
        )
        assert node.get("type") != "array" or "items" in node
        assert not isinstance(node.get("title"), str), "generators take names from titles"
    constants = [name for schema in schemas.values() for name in schema.get("x-enum-varnames", ())]
    assert len(set(constants)) == len(constants) == sum(len(schema.get("enum", ())) for schema in schemas.values())
    assert all(re.fullmatch(r"[A-Z][A-Z0-9_]*", name) for name in constants)


def test_names_do_not_depend_on_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    before = without_prose(json.loads(document()))
    monkeypatch.setattr(Text, "en", property(lambda text: f"In other words, {text[1][::-1]}"))
    document.cache_clear()
    try:
        reworded = json.loads(document())
    finally:
        document.cache_clear()
    assert "In other words" in reworded["components"]["schemas"]["GenderCode"]["description"]
    assert without_prose(reworded) == before


def without_prose(node: Any) -> Any:
    """The document without what no name is made of: descriptions, summaries and examples."""
    if isinstance(node, list):
        return [without_prose(each) for each in node]
    if not isinstance(node, dict):
        return node
    prose = {name for name in ("description", "summary") if isinstance(node.get(name), str)} | {"examples", "example"}
    return {name: without_prose(member) for name, member in node.items() if name not in prose}
