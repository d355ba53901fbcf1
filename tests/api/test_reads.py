"""Every read of records leaves a row: which client, what, how many; in the same transaction, or nothing is read."""

from __future__ import annotations

import gc
import inspect
import json
from typing import Any

import pytest
from django.db import connection
from django.urls import get_resolver

from api.records.read_words import READS as WORDS
from api.records.reads import RecordView, address_of
from partners.kinds import Scope
from partners.models import RecordRead
from partners.staff.audit_words import words_of_operation
from tests.api.count_paths import report, with_period
from tests.api.test_tenancy import OPERATIONS
from tests.callers import Caller, assessment, make_caller, referral
from tests.notices.world import create, make_public
from tests.people.visitors import member, signed_in

LIST = "/api/v1/referrals"
# Whoever needs one of these for a GET reads records.
OF_RECORDS = frozenset({Scope.REFERRALS_READ, Scope.ASSESSMENTS_WRITE})
READS = [each for each in OPERATIONS if each.method == "GET" and each.scopes & {str(scope) for scope in OF_RECORDS}]


def rows(caller: Caller) -> list[tuple[str, int]]:
    """What a client has read, the oldest first."""
    found = RecordRead.objects.filter(client=caller.client).order_by("id")
    return list(found.values_list("operation", "rows"))


def filled(path: str, reference: str, token: str) -> str:
    """The path of an operation with its names filled in."""
    return with_period(path).replace("{reference}", reference).replace("{token}", token)


@pytest.mark.django_db
@pytest.mark.parametrize("operation", READS, ids=lambda each: each.path)
def test_every_operation_that_reads_records_leaves_a_row(operation: Any) -> None:
    """New operations are walked as soon as they are described."""
    caller = make_caller("IMMIGRATION")
    path, stored = caller.referral(consent="GIVEN")
    caller.put(f"/api/v1/cases/{stored['case_token']}/assessment", assessment())
    report(caller, operation.path)
    assert rows(caller) == []  # what a write answers is what was sent
    notice = create()
    make_public(notice)
    asked = filled(operation.path, path.rpartition("/")[2], stored["case_token"]).replace("{notice_id}", str(notice.pk))
    assert caller.get(asked).status_code == 200
    name = operation.path.removeprefix("/api/v1/")
    [(said, number)] = rows(caller)
    assert said == name
    assert number == (0 if name in {"reports", "returns", "counts"} else 1)
    assert stored["case_token"] not in said
    assert caller.call("HEAD", asked).status_code == 200
    assert rows(caller)[1:] == [(name, number)]  # the length of an outcome, for one, tells which it is


def test_every_view_whose_get_needs_a_right_to_records_is_one_that_writes_it_down() -> None:
    assert len(READS) >= 7
    views = [found.callback.view_class for found in patterns(get_resolver()) if hasattr(found.callback, "view_class")]
    reading = [view for view in views if getattr(view, "scopes", {}).get("GET") in OF_RECORDS]
    assert len(reading) == len(READS)
    for view in reading:
        assert issubclass(view, RecordView)
        assert view.get is RecordView.get
        assert "head" not in vars(view)


def test_every_view_that_reads_records_is_called_by_words_on_the_pages_of_reads() -> None:
    """An address would tell the people of a partner nothing."""
    routes = [
        (address_of(str(found.pattern)), found.callback.view_class)
        for found in patterns(get_resolver())
        if hasattr(found.callback, "view_class")
    ]
    reading = {
        name for name, view in routes if issubclass(view, RecordView) or "write_down(request" in inspect.getsource(view)
    }
    assert len(reading) >= len(READS) and reading == {*WORDS}
    words = [each for name in reading for each in words_of_operation(name)]
    assert not [each for each in words if any(sign in each for sign in "{}/")]
    assert len({*words}) == len(words)


def patterns(resolver: Any) -> list[Any]:
    """Every route below a resolver."""
    return [
        each
        for found in resolver.url_patterns
        for each in (patterns(found) if hasattr(found, "url_patterns") else [found])
    ]


@pytest.mark.django_db
def test_a_row_says_how_many_records_were_told_of(ngo: Caller, other_ngo: Caller) -> None:
    paths = [ngo.referral()[0] for _ in range(3)]
    ngo.put(paths[0], referral(gender="M"), If_Match='"1"')
    tag = ngo.get(paths[0]).headers["ETag"]
    assert ngo.get(paths[0], If_None_Match=tag).status_code == 304
    ngo.get(f"{paths[0]}/versions")
    ngo.get(f"{LIST}?limit=2")
    for form in ("csv", "ndjson"):
        answer: Any = ngo.get(f"{LIST}?format={form}")
        assert b"".join(answer.streaming_content)
    ngo.get(f"{LIST}?gender=M")
    ngo.get(f"{LIST}/summary?by=gender")
    one = "referrals/{reference}"
    assert rows(ngo) == [
        (one, 1), (one, 0), (f"{one}/versions", 2), ("referrals", 2), ("referrals", 3), ("referrals", 3), ("referrals", 1),
        ("referrals/summary", 3),
    ]  # fmt: skip
    assert rows(other_ngo) == []


@pytest.mark.django_db
def test_a_withdrawal_is_answered_with_what_was_not_sent(ngo: Caller) -> None:
    """Again with the same reason it changes nothing, and would be a way to read without a row."""
    end = f"{ngo.referral()[0]}/withdrawal"
    for _ in range(2):
        assert "region" in json.loads(ngo.post(end, {"reason_code": "DUPLICATE"}).content)
    ngo.post(end, {"reason_code": "DUPLICATE"}, Prefer="return=minimal")
    assert ngo.post(end, {"reason_code": "no such"}).status_code == 400
    assert rows(ngo) == [("referrals/{reference}/withdrawal", 1)] * 2


@pytest.mark.django_db
def test_what_is_refused_is_no_read(ngo: Caller, other_ngo: Caller) -> None:
    path, _ = ngo.referral(consent="NOT_GIVEN")
    assert other_ngo.get(path).status_code == 404
    assert ngo.get(f"{path}/outcome").status_code == 403
    assert ngo.get(f"{LIST}?limit=0").status_code == 400
    assert not RecordRead.objects.exists()


# The driver's, of the file's cursor, which went with the transaction.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.django_db(transaction=True)
def test_a_read_that_cannot_be_written_down_is_no_read() -> None:
    caller = make_caller("NGO")
    path, _ = caller.referral()
    with connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON partners_recordread FROM henvis_web")
    try:
        for asked in (path, f"{path}/versions", f"{LIST}?format=csv"):
            answer = caller.get(asked)
            assert answer.status_code >= 500
            assert b"region" not in answer.content
            gc.collect()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_cursors WHERE name LIKE '\\_django%%'")
            assert cursor.fetchone() == (0,)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("GRANT INSERT ON partners_recordread TO henvis_web")
    assert rows(caller) == []
    assert caller.get(path).status_code == 200
    assert len(rows(caller)) == 1


@pytest.mark.django_db
def test_the_people_of_the_partner_see_what_was_read_and_no_other_partner_does(ngo: Caller, other_ngo: Caller) -> None:
    path, _ = ngo.referral()
    for _ in range(101):
        RecordRead.objects.create(client=ngo.client, operation="referrals", rows=7)
    ngo.get(path)
    page = signed_in(member(ngo.partner).user).get("/account/reads/").content.decode()
    assert ngo.client.client_id in page
    assert "707" in page  # the sum of the day
    assert path.rpartition("/")[2] not in page
    first = RecordRead.objects.earliest("id")
    older = signed_in(member(ngo.partner).user).get(f"/account/reads/?before={first.pk + 2}").content.decode()
    assert older.count(">API: The list of referrals</td>") == 2
    for odd in ("x", "9" * 30, "-1", "%F0"):
        assert signed_in(member(ngo.partner).user).get(f"/account/reads/?before={odd}").status_code == 200
    assert "Nothing was read" in signed_in(member(other_ngo.partner).user).get("/account/reads/").content.decode()
