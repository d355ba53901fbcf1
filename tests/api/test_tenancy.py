"""Every operation of openapi.json as another partner with the first one's ids, as nobody, and without the scope that it names.

New operations are walked as soon as they are described; a test holds that every route of the API is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.conf import settings as program
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoDbBlocker

from partners.kinds import Mode, Scope
from stats.models import PUBLIC as PUBLISHED
from tests.api.asserts import LIST, body, problem
from tests.api.batches.sending import BATCHES, MAPPING, row, send, whole
from tests.api.count_paths import with_period
from tests.callers import Browser, Caller, assessment, make_caller, referral
from tests.stats.published import publish
from tests.worlds import rolled_back

# The only operations that anybody may call. A new one is a decision, not a slip.
PUBLIC = {
    ("GET", "/api/v1"),
    ("GET", "/api/v1/codelists"),
    ("GET", "/api/v1/codelists/changes"),
    ("GET", "/api/v1/codelists/{list_id}"),
    ("GET", "/api/v1/plans"),
    ("GET", "/api/v1/plans/{plan_id}"),
    ("GET", "/livez"),
    ("GET", "/readyz"),
    ("GET", "/openapi.json"),
    ("GET", "/api/v1/templates/referrals.{form}"),
    ("GET", "/api/v1/counts/forms"),
    ("GET", "/api/v1/templates/counts/{form_id}/{period}.{kind}"),
    ("GET", "/api/v1/receipts"),
    ("GET", "/api/v1/receipts/{digest}"),
    ("GET", "/api/v1/notices"),
    ("GET", "/api/v1/notices.atom"),
    ("GET", "/api/v1/notices/{notice_id}"),
    ("GET", "/api/v1/notices/{notice_id}/cap"),
    ("GET", "/api/v1/notices/{notice_id}/{tag}/pdf"),
    ("GET", "/api/v1/crises"),
    ("GET", "/api/v1/services"),
}
# What is said there depends on the token; without one it is what is published.
IN_TEST_MODE = {"/api/v1/rehearsal", "/api/v1/templates/rehearsal.{form}"}
OPEN = {
    ("GET", "/api/v1/statistics"),
    ("GET", "/api/v1/statistics/{dataset_id}"),
    ("GET", "/api/v1/releases"),
    ("GET", "/api/v1/releases/{release_id}"),
    ("GET", "/api/v1/releases/{release_id}/certificate"),
    ("GET", "/api/v1/releases/{release_id}/changes"),
    ("GET", "/api/v1/releases/{release_id}/citation"),
    ("POST", "/api/v1/public/check"),
}
# Codes that only the first partner's records have.
OWN = {"age_band": "Y0T11", "minor_when_exploited": "YES", "citizenship": "KZ", "setting": "BORDER"}
OWN_WORD = "Mødested"
CODES = {'"Y0T11"', '"KZ"', '"BORDER"'}


JSON = "application/json"


class Operation(NamedTuple):
    """One operation of the description."""

    method: str
    path: str
    security: tuple[dict[str, list[str]], ...]
    media: str
    example: Any

    @property
    def raw(self) -> bytes:
        """The example as it is sent."""
        if self.media == JSON:
            return b"" if self.example is None else json.dumps(self.example).encode()
        return str(self.example).encode()

    @property
    def names_a_record(self) -> bool:
        """Whether an id in the path is a partner's."""
        return any(name in self.path for name in ("{reference}", "{token}", "{batch_id}"))

    @property
    def scopes(self) -> set[str]:
        """The scopes that it asks for."""
        return {scope for need in self.security for scope in need.get("oauth2", [])}


DESCRIBED = json.loads((program.BASE_DIR / "openapi.json").read_text())


def example_of(operation: dict[str, Any]) -> tuple[str, Any]:
    """The first example of the body with its type, JSON before lines; None where there is none."""
    contents = operation.get("requestBody", {}).get("content", {})
    for media in (JSON, "text/csv"):
        for each in contents.get(media, {}).get("examples", {}).values():
            name = each.get("$ref", "").rpartition("/")[2]
            return media, (DESCRIBED["components"]["examples"][name] if name else each)["value"]
    return JSON, contents.get(JSON, {}).get("example")


def operations() -> Iterator[Operation]:
    """Every operation of the description."""
    for path, methods in DESCRIBED["paths"].items():
        for method, operation in methods.items():
            if method in {"get", "put", "post", "patch", "delete"}:
                yield Operation(method.upper(), path, tuple(operation.get("security", ())), *example_of(operation))


OPERATIONS = list(operations())
pytestmark = pytest.mark.django_db
EACH = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: f"{each.method} {each.path}")


class Owner(NamedTuple):
    """The first partner, what is its own, and what must not be told."""

    caller: Caller
    path: str
    token: str
    batch: str

    @property
    def secrets(self) -> set[str]:
        """What no answer to another may hold."""
        caller = self.caller
        answers = [self.caller.get(self.path), self.caller.get(f"/api/v1/cases/{self.token}/assessment")]
        moments = {body(answer)["recorded_at"] for answer in answers}
        names = {str(caller.partner.pk), caller.partner.name, caller.client.client_id, caller.secret, caller.token}
        names |= {self.batch, OWN_WORD}
        return names | moments

    def state(self) -> list[Any]:
        """All that it can read of its own."""
        paths = [self.path, f"{self.path}/versions", LIST, f"/api/v1/cases/{self.token}/assessment"]
        paths += [f"{BATCHES}/{self.batch}", f"{BATCHES}/{self.batch}/results", MAPPING]
        return [body(self.caller.get(path)) for path in paths]


@pytest.fixture(scope="module")
def owner(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Owner]:
    with rolled_back(django_db_blocker):
        yield owner_of_all(make_caller("CENTRE"))


def owner_of_all(centre: Caller) -> Owner:
    path, stored = centre.referral(**OWN)
    centre.put(f"/api/v1/cases/{stored['case_token']}/assessment", assessment(verified_citizenship="KZ"))
    first = publish(PUBLISHED, "2023", {"": {"": 73}})
    publish(PUBLISHED, "2023", {"": {"": 84}}, 2, changes=(first, {"": {"": (73, 84)}}))
    delivery = whole(send(centre, [row(**OWN), row(gender="wrong")], dry_run=True))
    centre.put(MAPPING, {"columns": {OWN_WORD: "setting"}})
    return Owner(centre, path, stored["case_token"], delivery["id"])


def fill(operation: Operation, owner: Owner) -> str:
    values = {
        "reference": owner.path.rsplit("/")[-1],
        "token": owner.token,
        "list_id": "gender",
        "plan_id": "2022-2025",
    }
    values |= {
        "dataset_id": "persons",
        "release_id": "2023.p2",
        "month": "2024-01",
        "batch_id": owner.batch,
        "form": "csv",
        "form_id": "OUTREACH",
        "period": "2024-01",
        "kind": "csv",
    }
    path = with_period(operation.path)
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def call(caller: Caller | None, operation: Operation, owner: Owner, **headers: str) -> HttpResponse:
    sent = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324", **headers}
    if caller is not None:
        sent["Authorization"] = f"Bearer {caller.token}"
    browser = Browser()
    return browser.generic(  # type: ignore[return-value]
        operation.method, fill(operation, owner), operation.raw, content_type=operation.media, headers=sent
    )


@EACH
@pytest.mark.parametrize("other", ["CENTRE", "NGO", "test mode"])
def test_anothers_ids_open_nothing(owner: Owner, operation: Operation, other: str) -> None:
    before, hidden = owner.state(), owner.secrets
    # Codes are data where records are answered, and words of a code list elsewhere.
    hidden |= CODES if operation.names_a_record or operation.path == LIST else set()
    stranger = make_caller("CENTRE", mode=Mode.TEST) if other == "test mode" else make_caller(other)
    for headers in ({}, {"If-Match": "*"}, {"If-None-Match": "*"}):
        response = call(stranger, operation, owner, **headers)
        told = response.content.decode() + str(dict(response.headers)) if not response.streaming else ""
        assert [word for word in hidden if word in told] == []
        assert response.status_code < 500
        if operation.names_a_record and operation.method != "PUT":
            assert response.status_code in {403, 404}
    assert owner.state() == before


@EACH
def test_nobody_gets_in_but_where_everybody_may(owner: Owner, operation: Operation) -> None:
    response = call(None, operation, owner)
    if (operation.method, operation.path) in PUBLIC:
        assert not operation.security
        # A receipt is known to who has its digest, and the example's is nobody's; nor is the example's notice there.
        is_there = not re.search(r"\{(digest|notice_id)\}", operation.path)
        assert response.status_code in ({200, 304} if is_there else {404})
    elif (operation.method, operation.path) in OPEN:
        assert operation.security == ({}, {"oauth2": []})
        assert response.status_code == 200
    elif operation.path.startswith("/oauth/"):
        assert response.status_code in {400, 401}
    else:
        problem(response, "not_authenticated")


@pytest.mark.parametrize(
    "operation", [each for each in OPERATIONS if each.scopes], ids=lambda each: f"{each.method} {each.path}"
)
def test_an_operation_needs_the_scope_that_it_names(owner: Owner, operation: Operation) -> None:
    [needed] = operation.scopes
    without = make_caller("CENTRE", scopes=[str(scope) for scope in Scope if scope != needed])
    response = call(without, operation, owner)
    problem(response, "insufficient_scope")
    assert f'scope="{needed}"' in response.headers["WWW-Authenticate"]
    mode = Mode.TEST if operation.path in IN_TEST_MODE else Mode.LIVE
    only = make_caller("CENTRE", scopes=[needed], mode=mode)
    assert call(only, operation, owner).status_code not in {401, 403}


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, path)
        elif isinstance(each, URLPattern):
            yield "/" + path.replace("<str:", "{").replace(">", "}")


def test_every_route_of_the_api_is_described_and_so_walked() -> None:
    api = {path for path in routes(get_resolver()) if path.startswith(("/api/", "/oauth/"))}
    assert api == {each.path for each in OPERATIONS if each.path.startswith(("/api/", "/oauth/"))}


def test_a_list_holds_own_rows_only_whatever_is_asked(owner: Owner) -> None:
    stranger = make_caller("NGO")
    own = stranger.referral(**OWN)[1]["reference"]
    for query in ("", "?citizenship=KZ", "?status=reported", "?limit=500", "?referred_from=2000-01"):
        assert [row["reference"] for row in body(stranger.get(LIST + query))["items"]] == [own]


def test_a_case_shared_by_a_token_shows_nothing_of_the_other_partner(owner: Owner) -> None:
    """Handing the token on links the two referrals; it opens neither to the other partner."""
    stranger = make_caller("NGO")
    path, stored = stranger.referral(case_token=owner.token)
    assert {name: stored[name] for name in referral()} == referral()
    told = "".join(stranger.get(each).content.decode() for each in (path, f"{path}/versions", LIST))
    assert [word for word in owner.secrets | CODES if word in told] == []
    problem(stranger.get(f"/api/v1/cases/{owner.token}/assessment"), "insufficient_scope")
    problem(make_caller("IMMIGRATION").get(f"/api/v1/cases/{owner.token}/assessment"), "not_found")
