"""The linkage code of one's own referral: said, replaced, deleted, never read, and stored as a digest under the pepper."""

from __future__ import annotations

import io
import json
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as program
from django.db import connection
from django.db.utils import ProgrammingError

from cases.duplicates import linkage
from cases.duplicates.linkage import digest
from cases.duplicates.models import LinkageCode
from partners.kinds import Mode
from partners.models import AuditEvent
from tests.api.asserts import LIST, findings, new_path, problem
from tests.callers import Caller, as_web_server, make_caller, referral

CODE, OTHER = "0123456789abcdef" * 4, "fedcba9876543210" * 4
BODY = {"linkage_code": CODE}


def said(caller: Caller, path: str, code: str = CODE) -> None:
    response = caller.put(f"{path}/linkage-code", {"linkage_code": code})
    assert (response.status_code, response.content) == (204, b"")


def digests() -> list[str]:
    return list(LinkageCode.objects.values_list("digest", flat=True))


def test_a_code_is_stored_replaced_and_deleted(ngo: Caller) -> None:
    path, _ = ngo.referral()
    said(ngo, path)
    said(ngo, path)
    assert digests() == [digest(CODE, mode=Mode.LIVE)]
    said(ngo, path, OTHER)
    assert digests() == [digest(OTHER, mode=Mode.LIVE)]
    for _ in range(2):
        response = ngo.call("DELETE", f"{path}/linkage-code")
        assert (response.status_code, response.content) == (204, b"")
        assert not LinkageCode.objects.exists()
    actions = AuditEvent.objects.filter(action__startswith="linkage_code").values_list("action", "subject", "detail")
    subject = str(ngo.partner.pk)
    assert sorted(actions) == [("linkage_code.delete", subject, {})] + [("linkage_code.put", subject, {})] * 3


def test_what_is_stored_is_neither_the_code_nor_the_same_in_test_mode_nor_under_another_pepper(settings: Any) -> None:
    live, test = digest(CODE, mode=Mode.LIVE), digest(CODE, mode=Mode.TEST)
    settings.HENVIS_PEPPER = "another"
    assert len({CODE, live, test, digest(CODE, mode=Mode.LIVE)}) == 4


def test_nobody_stores_another_writing_from_within_either(ngo: Caller) -> None:
    path, stored = ngo.referral()
    with pytest.raises(ValueError, match="no linkage code"):
        linkage.put(by=ngo.principal, reference=UUID(stored["reference"]), code=CODE.upper())
    said(ngo, path)
    assert CODE not in str(LinkageCode.objects.get())
    assert digests()[0] not in str(LinkageCode.objects.get())


def test_live_and_test_are_apart(ngo: Caller) -> None:
    tester = make_caller("NGO", mode=Mode.TEST)
    path, _ = ngo.referral()
    problem(tester.put(f"{path}/linkage-code", BODY), "not_found")
    tested, _ = tester.referral()
    said(ngo, path)
    said(tester, tested)
    assert set(digests()) == {digest(CODE, mode=Mode.LIVE), digest(CODE, mode=Mode.TEST)}


def test_only_of_one_s_own_referral(ngo: Caller, other_ngo: Caller) -> None:
    path, _ = ngo.referral()
    said(ngo, path)
    for theirs in (path, new_path()):
        problem(other_ngo.put(f"{theirs}/linkage-code", {"linkage_code": OTHER}), "not_found")
        problem(other_ngo.call("DELETE", f"{theirs}/linkage-code"), "not_found")
    assert digests() == [digest(CODE, mode=Mode.LIVE)]


def test_of_a_withdrawn_referral_it_can_be_deleted_and_not_said(ngo: Caller) -> None:
    path, _ = ngo.referral()
    said(ngo, path)
    ngo.post(f"{path}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"})
    problem(ngo.put(f"{path}/linkage-code", BODY), "not_found")
    assert ngo.call("DELETE", f"{path}/linkage-code").status_code == 204
    assert not LinkageCode.objects.exists()


@pytest.mark.parametrize("value", [CODE.upper(), CODE[:-1], CODE + "0", f"{CODE}\n", "g" * 64, "", 0, [CODE], {}])
def test_any_other_writing_is_refused_and_not_repeated(ngo: Caller, logged: io.StringIO, value: object) -> None:
    path, _ = ngo.referral()
    response = ngo.put(f"{path}/linkage-code", {"linkage_code": value})
    assert findings(response) == [("#/linkage_code", "linkage_code_expected")]
    assert not value or str(value) not in response.content.decode() + logged.getvalue()
    assert not LinkageCode.objects.exists()


def test_digits_of_another_script_are_a_number_of_a_person(ngo: Caller) -> None:
    path, _ = ngo.referral()
    response = ngo.put(f"{path}/linkage-code", {"linkage_code": "٣" * 64})
    assert findings(response, "identifier_in_body") == [("#/linkage_code", "identifier_phone")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, [("#/linkage_code", "required")]),
        ([], [("#", "object_expected")]),
        ({**BODY, "colour": "blue"}, [("#", "unknown_member")]),
    ],
)
def test_the_body_is_closed(ngo: Caller, body: object, expected: list[tuple[str, str]]) -> None:
    path, _ = ngo.referral()
    response = ngo.put(f"{path}/linkage-code", body)
    assert [(place or "#", code) for place, code in findings(response)] == expected
    assert CODE not in response.content.decode()


def test_the_address_is_strict(ngo: Caller) -> None:
    path, _ = ngo.referral()
    for method in ("PUT", "DELETE"):
        body = BODY if method == "PUT" else None
        problem(ngo.call(method, f"{path}/linkage-code?force=1", body), "invalid_parameter")


def test_nobody_reads_it(ngo: Caller, centre: Caller, logged: io.StringIO) -> None:
    path, stored = ngo.referral()
    before = [ngo.get(each).content for each in (path, f"{path}/versions", LIST, "/api/v1/me", f"{path}/outcome")]
    said(ngo, path)
    assert [ngo.get(each).content for each in (path, f"{path}/versions", LIST, "/api/v1/me", f"{path}/outcome")][
        :3
    ] == before[:3]
    for caller in (ngo, centre):
        for method in ("GET", "POST"):
            problem(caller.call(method, f"{path}/linkage-code"), "method_not_allowed")
    assert CODE not in logged.getvalue()
    assert digests()[0] not in logged.getvalue()
    assert stored["reference"] not in logged.getvalue()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT digest FROM duplicates_linkagecode",
        "SELECT * FROM duplicates_linkagecode",
        "SELECT FROM duplicates_linkagecode WHERE digest = 'a'",
        "UPDATE duplicates_linkagecode SET digest = 'a' RETURNING digest",
        "UPDATE duplicates_linkagecode SET reference = gen_random_uuid()",
        "TRUNCATE duplicates_linkagecode",
    ],
)
def test_the_web_server_cannot_read_a_digest(ngo: Caller, statement: str) -> None:
    path, _ = ngo.referral()
    said(ngo, path)
    with pytest.raises(ProgrammingError, match="permission denied"), as_web_server(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_code_follows_its_referral_through_corrections(ngo: Caller) -> None:
    path, _ = ngo.referral()
    said(ngo, path)
    ngo.put(path, referral(gender="M"), If_Match='"1"')
    assert len(digests()) == 1


def test_the_description_shows_no_way_to_read_it() -> None:
    described = json.loads((program.BASE_DIR / "openapi.json").read_text())["paths"]
    methods = described["/api/v1/referrals/{reference}/linkage-code"]
    assert set(methods) == {"put", "delete"}
    assert all("content" not in methods[method]["responses"]["204"] for method in methods)
    assert "schemas/LinkageCodeInput" in json.dumps(methods["put"]["requestBody"])
