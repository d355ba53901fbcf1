"""What people do on the pages, by a real browser.

A code is taken once in half a minute: whoever comes again comes after others, and need not wait for the next one.
"""

from __future__ import annotations

import base64
import json
import secrets
from datetime import datetime
from http.client import HTTPConnection
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.browser.conftest import Stage
from tests.callers import referral

pytestmark = pytest.mark.browser


def some(what: str) -> str:
    """A name that nobody has, in data that may be kept for the next run."""
    return f"{what}-{secrets.token_hex(4)}"


def partners(stage: Stage) -> list[dict[str, str]]:
    """The clients of the demo."""
    found: list[dict[str, str]] = json.loads((stage.home / "demo.json").read_text())["partners"]
    return found


def test_signing_in_the_language_and_a_form_need_no_script(stage: Stage) -> None:
    found = stage.walk("without_scripts", stage.secure, who="demo-manager")
    assert found == {"at": "/send/", "language": "da", "invitation": True}


def test_a_superuser_adds_a_partner_and_corrects_it(stage: Stage) -> None:
    assert stage.walk("staff", stage.secure, partner=some("Safe House")) == 1


def test_the_page_to_try_on_stores_with_a_client_in_test_mode_and_refuses_a_live_one(stage: Stage) -> None:
    ngo = {each["mode"]: each for each in partners(stage) if each["kind"] == "NGO"}
    said = stage.walk("try_it", clients=ngo, operation="Create a referral, the service gives the reference")
    assert said["TEST"].startswith("201")
    assert said["LIVE"].startswith("403") and "nothing was sent" in said["LIVE"]


def test_a_passkey_is_added_shown_and_taken_away(stage: Stage) -> None:
    local = stage.loopback.replace("127.0.0.1", "localhost")  # no passkey for a number
    found = stage.walk("passkey", local, who="demo-case-manager")
    assert found == {"alone": "/account/", "second": "/account/", "removed": 1}


def test_signing_in_needs_no_mouse(stage: Stage) -> None:
    found = stage.walk("by_keyboard", who="demo-data-protection")
    assert found == {"at": "/account/", "skip": {"text": "skipnav", "seen": True}}


def test_a_manager_looks_after_secrets_and_people_and_an_invitee_sets_up_an_app(stage: Stage) -> None:
    invitee = some("ida")
    found = stage.walk("partner", stage.secure, invitee=invitee)
    assert found == {
        "languages": ["en", "da", "en"],
        "kept": 1,
        "revoked": True,
        "hidden": True,
        "greets": invitee,
        "listed": True,
        "faults": [],
    }


def test_two_of_staff_add_a_person_and_a_client_which_the_partner_is_told_of(stage: Stage) -> None:
    invitee, client = some("sam"), some("machine")
    partner = partners(stage)[0]["name"]
    assert stage.walk("two_of_staff", stage.secure, partner=partner, invitee=invitee, client=client) == {
        "invited": ["/account/invitation/", "/account/setup/"],
        "announced": 1,
        "announcedStill": 0,
        "made": True,
        "faults": [],
    }


def test_the_page_of_reads_is_readable_on_a_telephone(stage: Stage) -> None:
    read_records(stage, partners(stage)[0])
    page = {"rows": True, "narrow": [], "broken": [], "faults": []}
    assert stage.walk("telephone", who="demo-manager", at="/account/reads/") == {"da": page, "en": page}


def test_the_day_of_data_protection_on_a_telephone(stage: Stage) -> None:
    """From the request to its answer. The clicks are those that docs/persons-rights.md counts."""
    client = next(each for each in partners(stage) if (each["kind"], each["mode"]) == ("NGO", "LIVE"))
    tokens = {language: new_case(stage, client) for language in ("da", "en")}
    done = {"mistyped": True, "steps": 4, "clicks": 12, "faults": [], "holds": True}
    today = datetime.now(ZoneInfo("Europe/Copenhagen")).date().isoformat()
    later = f"{int(today[:4]) + 1}{today[4:7]}-01"
    found = stage.walk("register", who="demo-data-protection", tokens=tokens, today=today, later=later)
    assert found == {"da": {**done, "file": "anmodning-N.html"}, "en": {**done, "file": "request-N.html"}}


def read_records(stage: Stage, client: dict[str, str]) -> None:
    """Read referrals with a client of the demo, which leaves a row on its partner's page of reads."""
    status, content = api(stage, client, "GET", "/api/v1/referrals?limit=2")
    assert (status, len(content["items"])) == (200, 2)


def new_case(stage: Stage, client: dict[str, str]) -> str:
    """The token of a case that a client of the demo opens."""
    status, content = api(stage, client, "POST", "/api/v1/referrals", referral())
    assert status == 201, content
    return str(content["case_token"])


def api(stage: Stage, client: dict[str, str], method: str, path: str, body: object = None) -> tuple[int, Any]:
    """The answer to a request of a client of the demo."""
    host, port = stage.loopback.removeprefix("http://").split(":")
    connection = HTTPConnection(host, int(port))
    pair = base64.b64encode(f"{client['client_id']}:{client['client_secret']}".encode()).decode()
    form = {"Authorization": f"Basic {pair}", "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/oauth/token", "grant_type=client_credentials", form)
    token = json.loads(connection.getresponse().read())["access_token"]
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": secrets.token_hex(16),
    }
    connection.request(method, path, json.dumps(body) if body else None, headers)
    answer = connection.getresponse()
    content = json.loads(answer.read())
    connection.close()
    return answer.status, content
