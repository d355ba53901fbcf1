"""Who am I, code lists and health."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cases.codelists import CODELISTS
from partners.audit import COMMAND
from partners.credentials import rotate
from partners.kinds import Mode
from tests.api.asserts import body, etag, findings, problem
from tests.callers import Browser, Caller, make_caller

CODES = "/api/v1/codelists"


def test_me_names_the_partner_its_rights_and_when_they_end(ngo: Caller) -> None:
    said = body(ngo.get("/api/v1/me"))
    assert said["partner"] == {"id": str(ngo.partner.pk), "name": ngo.partner.name, "kind": "NGO", "mode": "LIVE"}
    assert (said["client_id"], said["scopes"]) == (ngo.client.client_id, ["referrals:read", "referrals:write"])
    ends = parse_datetime(said["token_expires_at"])
    assert ends is not None
    assert timedelta(minutes=9) < ends - timezone.now() <= timedelta(minutes=10)
    [secret] = said["secrets"]
    assert secret["hint"] == ngo.secret[-4:]


def test_me_lists_both_secrets_while_rotating_and_never_a_secret(ngo: Caller) -> None:
    plain = rotate(by=COMMAND, client=ngo.client)
    response = ngo.get("/api/v1/me")
    assert [secret["hint"] for secret in body(response)["secrets"]] == [ngo.secret[-4:], plain[-4:]]
    for hidden in (plain, ngo.secret, ngo.token):
        assert hidden.encode() not in response.content


def test_me_needs_no_scope_but_a_token() -> None:
    problem(Browser().get("/api/v1/me"), "not_authenticated")  # type: ignore[arg-type]


@pytest.mark.django_db
def test_me_works_with_any_scope_and_in_test_mode() -> None:
    caller = make_caller("CENTRE", mode=Mode.TEST, scopes=["statistics:exact"])
    assert body(caller.get("/api/v1/me"))["partner"]["mode"] == "TEST"


def test_code_lists_are_public_and_cacheable() -> None:
    browser = Browser()
    response = browser.get(CODES)
    assert [row["id"] for row in response.json()["items"]] == list(CODELISTS)
    assert "max-age" in response.headers["Cache-Control"]


@pytest.mark.parametrize("list_id", CODELISTS)
def test_a_code_list_gives_every_code_in_both_languages_and_its_levels(list_id: str) -> None:
    browser, codelist = Browser(), CODELISTS[list_id]
    response = browser.get(f"{CODES}/{list_id}")
    said = response.json()
    assert [row["code"] for row in said["codes"]] == list(codelist.names)
    assert all(row["label"]["da"] and row["label"]["en"] for row in said["codes"])
    assert [level["id"] for level in said["levels"]] == [level.id for level in codelist.levels]
    unchanged = browser.get(f"{CODES}/{list_id}", headers={"If-None-Match": response.headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert browser.get(f"{CODES}/{list_id}", headers={"If-None-Match": '"x"'}).status_code == 200


def test_each_code_says_to_which_code_of_every_level_it_belongs() -> None:
    """With the first month where it has belonged elsewhere. What a code belongs to is what a table of the level counts it as."""
    for list_id, codelist in CODELISTS.items():
        said = Browser().get(f"{CODES}/{list_id}").json()
        levels = {level["id"]: {code["code"] for code in level["codes"]} for level in said["levels"]}
        for row in said["codes"]:
            of_levels = {each["level"]: each["code"] for each in row["groups"]}
            last = {level.id: level.parent_of(row["code"], date(2030, 1, 1)) for level in codelist.levels}
            assert of_levels == last and all(code in levels[name] for name, code in of_levels.items())
    countries = {row["code"]: row["groups"] for row in Browser().get(f"{CODES}/citizenship").json()["codes"]}
    assert [(each["code"], each["since"]) for each in countries["GB"] if each["level"] == "eu"] == [
        ("OTHER_EU", None),
        ("NON_EU", "2020-02"),
    ]
    assert {each["level"]: each["code"] for each in countries["NG"]} == {
        "continent": "AFRICA",
        "eu": "NON_EU",
        "main": "NG",
    }


def test_an_unknown_code_list_is_404_and_a_parameter_400() -> None:
    browser = Browser()
    problem(browser.get(f"{CODES}/nothing"), "not_found")  # type: ignore[arg-type]
    assert findings(browser.get(f"{CODES}?colour=red"), "invalid_parameter") == [("?", "unknown_parameter")]  # type: ignore[arg-type]


def test_a_bad_token_does_not_shut_out_of_what_is_public() -> None:
    assert Browser().get(CODES, headers={"Authorization": "Bearer nonsense"}).status_code == 200


def test_the_process_lives_without_a_database() -> None:
    assert Browser().get("/livez").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_with_a_database_and_every_migration() -> None:
    response = Browser().get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "checks": {"database": "ok", "migrations": "ok", "spool": "ok"}},
    )
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.service.views.MigrationExecutor.migration_plan", lambda *_: [("cases", "0099")])
    response = Browser().get("/readyz")
    assert (response.status_code, response.json()["checks"]) == (
        503,
        {"database": "ok", "migrations": "behind", "spool": "ok"},
    )


def test_not_ready_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object) -> None:
        raise OperationalError("MARKER")

    monkeypatch.setattr("api.service.views.MigrationExecutor", down)
    response = Browser().get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"database": "unreachable", "migrations": "unknown", "spool": "ok"}


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_probes_come_by_address_and_only_read(path: str) -> None:
    browser = Browser()
    refused = browser.post(path)
    problem(refused, "method_not_allowed")
    assert refused.headers["Allow"] == "GET, HEAD"
    assert Browser(headers={"host": "10.0.0.7"}).get("/livez").status_code == 200


def test_codes_of_a_list_have_an_entity_tag_of_their_own() -> None:
    browser = Browser()
    tags = {etag(browser.get(f"{CODES}/{list_id}")) for list_id in CODELISTS}  # type: ignore[arg-type]
    assert len(tags) == len(CODELISTS)
