"""What partners say by the API: seen, handed on, open or closed; and how far a notice has come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cases.months import later, month_id, this_month, today
from notices.acknowledgements import reach_of
from notices.models import Acknowledgement, Notice, NoticePublication, NoticeSheet, ServiceStatus
from partners.kinds import Mode
from partners.models import AuditEvent
from tests.api.asserts import body, findings, problem
from tests.callers import Browser, Caller, as_web_server, make_caller
from tests.notices import world
from tests.people.visitors import text

pytestmark = pytest.mark.django_db
SERVICE = "/api/v1/services/DROP_IN/DK01"


@pytest.fixture
def notice() -> Notice:
    """A notice that holds."""
    made = world.create()
    world.make_public(made)
    return made


def path_of(notice: Notice, end: str) -> str:
    """An address of what is said of a notice."""
    return f"/api/v1/notices/{notice.pk}/{end}"


def test_seen_is_said_once_and_stays(ngo: Caller, notice: Notice) -> None:
    assert body(ngo.get(path_of(notice, "acknowledgement")))["seen_at"] is None
    first = body(ngo.put(path_of(notice, "seen"), {}))
    assert first == body(ngo.put(path_of(notice, "seen"), {})) == body(ngo.get(path_of(notice, "acknowledgement")))
    assert Acknowledgement.objects.count() == 1
    assert AuditEvent.objects.filter(action="notice.seen", client=ngo.client).count() == 1


def test_handed_on_is_said_by_month_and_channel_and_means_seen(ngo: Caller, notice: Notice) -> None:
    month = month_id(this_month())
    for channel in ("TALK", "SMS", "TALK"):
        said = body(ngo.put(path_of(notice, f"handed-on/{month}/{channel}"), {}))
    assert said["seen_at"]
    assert said["handed_on"] == [
        {"month": month, "channel_code": "SMS"},
        {"month": month, "channel_code": "TALK"},
    ]


@pytest.mark.parametrize(
    ("end", "place", "code"),
    [
        (month_id(later(this_month(), 1)) + "/TALK", "month", "month_not_then"),
        ("2020-01/TALK", "month", "month_not_then"),
        ("2020-13/TALK", "month", "month_expected"),
        (month_id(this_month()) + "/PIGEON", "channel", "value_not_allowed"),
    ],
)
def test_a_month_and_a_channel_must_be_possible(ngo: Caller, notice: Notice, end: str, place: str, code: str) -> None:
    assert findings(ngo.put(path_of(notice, f"handed-on/{end}"), {}), "invalid_parameter") == [(place, code)]


def test_nothing_is_said_of_what_is_not_there_or_withdrawn(ngo: Caller, notice: Notice) -> None:
    problem(ngo.put("/api/v1/notices/999/seen", {}), "not_found")
    world.withdraw(notice)
    problem(ngo.put(path_of(notice, "seen"), {}), "notice_withdrawn")
    problem(ngo.get(path_of(notice, "acknowledgement")), "notice_withdrawn")


def test_who_may_only_read_says_nothing(notice: Notice) -> None:
    reader = make_caller("NGO", scopes=["referrals:read"])
    problem(reader.put(path_of(notice, "seen"), {}), "insufficient_scope")
    problem(reader.put(SERVICE, {"state_code": "OPEN"}), "insufficient_scope")


def test_how_far_a_notice_has_come_counts_live_partners_alone(ngo: Caller, other_ngo: Caller, notice: Notice) -> None:
    test = make_caller("NGO", mode=Mode.TEST)
    for caller in (ngo, test):
        caller.put(path_of(notice, f"handed-on/{month_id(this_month())}/TALK"), {})
    reach = reach_of(notice.pk)
    assert reach.words.en == "1 of 2 partners"
    assert (reach.seen_by, reach.handed_on, reach.missing) == ((ngo.partner,), (ngo.partner,), (other_ngo.partner,))
    assert [(words.en, number) for words, number in reach.channels] == [("In a talk", 1)]


def test_another_partner_s_word_is_not_seen(ngo: Caller, other_ngo: Caller, notice: Notice) -> None:
    ngo.put(path_of(notice, "seen"), {})
    assert body(other_ngo.get(path_of(notice, "acknowledgement")))["seen_at"] is None


def services(query: str = "") -> list[dict[str, object]]:
    """The list for everybody."""
    answer: Any = Browser().get(f"/api/v1/services{query}")
    items: list[dict[str, object]] = body(answer)["items"]
    return items


def test_a_service_is_on_the_list_for_everybody(ngo: Caller) -> None:
    sent = {
        "state_code": "LIMITED",
        "until": today().isoformat(),
        "address": "Vesterbrogade 12, 2. 4, 1620 København V",
    }
    assert body(ngo.put(SERVICE, sent))["state_code"] == "LIMITED"
    [line] = services()
    assert (line["partner"], line["state_code"]) == (ngo.partner.name, "LIMITED")
    assert line["address"] == "Vesterbrogade 12, 2. 4, 1620 København V"
    assert services("?region=DK02") == []
    ngo.put(SERVICE, sent)
    assert ServiceStatus.objects.count() == 1


def test_a_place_that_is_kept_unknown_has_no_address_anywhere(ngo: Caller) -> None:
    for sent in ({}, {"address": None, "until": None}, {"address": ""}):
        assert ngo.put(SERVICE, {"state_code": "OPEN", **sent}).status_code == 200
    [line] = services()
    assert line["address"] is None
    assert ServiceStatus.objects.get().address == ""


def test_what_was_said_until_a_day_is_not_known_after_it(ngo: Caller) -> None:
    day_before = (today() - timedelta(days=1)).isoformat()
    ngo.put(SERVICE, {"state_code": "CLOSED", "until": day_before, "address": "Algade 1"})
    [line] = services()
    assert (line["state_code"], line["address"]) == ("_Z", None)
    assert "Algade 1" not in text(Browser().get("/en/services/"))


def test_test_mode_is_not_on_the_list() -> None:
    make_caller("NGO", mode=Mode.TEST).put(SERVICE, {"state_code": "OPEN"})
    assert services() == []


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"state_code": "AJAR"}, ("#/state_code", "code_unknown")),
        ({"state_code": "OPEN", "until": "soon"}, ("#/until", "day_expected")),
        ({"state_code": "OPEN", "address": "one\ntwo"}, ("#/address", "line_expected")),
        ({"state_code": "OPEN", "address": "Ring 70 20 25 50"}, ("#/address", "line_expected")),
        ({"state_code": "OPEN", "address": "Ane 010190-1234"}, ("#/address", "line_expected")),
        ({"state_code": "OPEN", "address": "ane@example.org"}, ("#/address", "line_expected")),
        ({}, ("#/state_code", "required")),
    ],
)
def test_what_is_wrong_is_told_by_member(ngo: Caller, sent: dict[str, str], code: tuple[str, str]) -> None:
    assert findings(ngo.put(SERVICE, sent)) == [code]


@pytest.mark.parametrize(("path", "place"), [("X/DK01", "place"), ("DROP_IN/DK09", "region")])
def test_a_service_is_of_a_known_place_and_region(ngo: Caller, path: str, place: str) -> None:
    answer = ngo.put(f"/api/v1/services/{path}", {"state_code": "OPEN"})
    assert findings(answer, "invalid_parameter") == [(place, "value_not_allowed")]


@pytest.mark.parametrize(
    "said", [{"kind": "HANDED_ON"}, {"kind": "SEEN", "channel": "TALK"}, {"kind": "HANDED_ON", "channel": "TALK"}]
)
def test_what_is_handed_on_has_a_month_and_a_channel(ngo: Caller, notice: Notice, said: dict[str, str]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Acknowledgement.objects.create(notice=notice, partner=ngo.partner, client=ngo.client, **said)


def test_the_web_server_makes_no_sheet(notice: Notice) -> None:
    publication = NoticePublication.objects.get(notice=notice)
    with pytest.raises(DatabaseError), transaction.atomic(), as_web_server():
        NoticeSheet.objects.create(of=publication, pdf=b"%PDF", digest="0" * 64)
