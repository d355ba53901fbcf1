"""A code that is going to be retired, one that is, and one that is to come: what partners are told, and what is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.utils.http import parse_http_date
from msgspec import UNSET

from api.statistics.formats.json_stat import category
from cases import dictionary as d
from cases.codelists import CODELISTS
from cases.codelists.changes import label_with_validity
from cases.codelists.common import code, introduce, notice, retire, reword
from tests.api.asserts import LIST, body, findings, new_path, problem
from tests.api.test_rules import assessment_path, freeze
from tests.callers import Browser, Caller, assessment, referral
from tests.code_changes import LAST, NOTICE, Alter, alter

__all__ = ["alter"]

CHANGES = "/api/v1/codelists/changes"
BEFORE, AFTER = datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
SETTING = d.SETTING.codelist
DROP_IN = retire(SETTING.by_code["DROP_IN"], LAST, NOTICE, "SHELTER", "STREET")
TOLD = ("Deprecation", "Sunset", "Link")


def public(path: str, data: dict[str, str] | None = None, headers: dict[str, str] | None = None) -> HttpResponse:
    """What everybody reads."""
    answer: HttpResponse = Browser().get(path, data, headers=headers)  # type: ignore[assignment]
    return answer


def told(response: HttpResponse) -> dict[str, str]:
    """The headers that announce a retirement."""
    return {name: response.headers[name] for name in TOLD if name in response.headers}


def moment(header: str) -> datetime:
    """The moment in Deprecation or Sunset."""
    seconds = int(header[1:]) if header.startswith("@") else parse_http_date(header)
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize("prefer", [{}, {"Prefer": "return=minimal"}])
def test_a_code_going_to_be_retired_is_accepted_and_told(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, alter: Alter, prefer: dict[str, str]
) -> None:
    freeze(monkeypatch, BEFORE)
    alter(SETTING, DROP_IN)
    path = new_path()
    created = ngo.put(path, referral(), **prefer)
    again = ngo.put(path, referral(), **prefer)
    posted = ngo.post(LIST, referral(), **{"Idempotency-Key": str(uuid4()), **prefer})
    assert [response.status_code for response in (created, again, posted)] == [201, 200, 201]
    for response in (created, again, posted):
        said = told(response)
        # Midnights of Copenhagen, in summer and in winter.
        assert moment(said["Deprecation"]) == datetime(2026, 8, 31, 22, tzinfo=UTC)
        assert moment(said["Sunset"]) == datetime(2026, 12, 31, 23, tzinfo=UTC)
        assert said["Link"] == f'<http://testserver{CHANGES}>; rel="deprecation"; type="application/json"'
    assert told(ngo.get(path)) == {}
    assert told(ngo.put(path, referral(setting="SHELTER"), **{"If-Match": '"1"'})) == {}
    assert told(ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})) == {}


def test_the_first_end_of_several_codes_is_told(ngo: Caller, monkeypatch: pytest.MonkeyPatch, alter: Alter) -> None:
    freeze(monkeypatch, BEFORE)
    later = notice("1.1", date(2026, 9, 15), "Ud.", "Out.")
    service = d.SERVICES_NEEDED.codelist
    alter(SETTING, DROP_IN)
    alter(service, retire(service.by_code["ACCOMMODATION"], date(2026, 11, 30), later))
    said = told(ngo.put(new_path(), referral()))
    assert moment(said["Deprecation"]) == datetime(2026, 8, 31, 22, tzinfo=UTC)
    assert moment(said["Sunset"]) == datetime(2026, 11, 30, 23, tzinfo=UTC)


def test_assessments_and_withdrawals_are_told_too(
    ngo: Caller, centre: Caller, monkeypatch: pytest.MonkeyPatch, alter: Alter
) -> None:
    freeze(monkeypatch, BEFORE)
    reasons = d.WITHDRAWAL_REASON.codelist
    alter(reasons, retire(reasons.by_code["DUPLICATE"], LAST, NOTICE))
    alter(d.OUTCOME.codelist, retire(d.OUTCOME.codelist.by_code["IDENTIFIED"], LAST, NOTICE))
    path, _ = ngo.referral()
    withdrawn = ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"})
    assessed = centre.put(assessment_path(), assessment())
    assert (withdrawn.status_code, assessed.status_code) == (200, 201)
    assert told(withdrawn).keys() == told(assessed).keys() == set(TOLD)
    freeze(monkeypatch, AFTER)
    assert body(ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}))["status"] == "withdrawn"
    other, _ = ngo.referral()
    assert findings(ngo.post(f"{other}/withdrawal", {"reason_code": "DUPLICATE"})) == [
        ("#/reason_code", "code_retired")
    ]
    assert findings(centre.put(assessment_path(), assessment())) == [("#/outcome", "code_retired")]


def row(response: HttpResponse) -> Mapping[str, Any]:
    """The one row of `errors`."""
    (found,) = problem(response, "validation_failed")["errors"]
    return dict(found)


def test_a_retired_code_is_refused_with_its_successors(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, alter: Alter
) -> None:
    freeze(monkeypatch, AFTER)
    alter(SETTING, DROP_IN)
    found = row(ngo.put(new_path(), referral()))
    assert (found["pointer"], found["code"]) == ("#/setting", "code_retired")
    assert found["replaced_by"] == ["SHELTER", "STREET"]
    assert found["allowed"][:2] == ["SHELTER", "STREET"]
    assert sorted(found["allowed"]) == sorted(set(SETTING.names) - {"DROP_IN"})
    assert "DROP_IN" not in row(ngo.put(new_path(), referral(setting="NOWHERE")))["allowed"]
    assert "DROP_IN" not in row(ngo.put(new_path(), referral(setting=...)))["allowed"]


def test_a_successor_that_is_retired_gives_way_to_its_own(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, alter: Alter
) -> None:
    freeze(monkeypatch, AFTER)
    alter(SETTING, DROP_IN, retire(SETTING.by_code["SHELTER"], date(2027, 1, 31), NOTICE, "STREET", "BORDER"))
    assert row(ngo.put(new_path(), referral()))["replaced_by"] == ["STREET", "BORDER"]


def test_a_code_without_a_successor_names_none(ngo: Caller, monkeypatch: pytest.MonkeyPatch, alter: Alter) -> None:
    freeze(monkeypatch, AFTER)
    alter(SETTING, retire(SETTING.by_code["DROP_IN"], LAST, NOTICE))
    assert "replaced_by" not in row(ngo.put(new_path(), referral()))


def test_a_code_to_come_is_refused_until_its_first_day(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, alter: Alter
) -> None:
    alter(SETTING, introduce(SETTING.by_code["DROP_IN"], date(2027, 1, 1), NOTICE))
    freeze(monkeypatch, BEFORE)
    found = row(ngo.put(new_path(), referral()))
    assert found["code"] == "code_not_yet_valid"
    assert "DROP_IN" not in found["allowed"]
    freeze(monkeypatch, AFTER)
    assert ngo.put(new_path(), referral()).status_code == 201


def test_an_old_record_is_corrected_and_keeps_its_code(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, alter: Alter
) -> None:
    """The decision: a correction in another field needs no new answer to a question of old. It takes up no retired code."""
    service = d.SERVICES_NEEDED.codelist
    path, stored = ngo.referral(services_needed=["LEGAL"])
    other, _ = ngo.referral(setting="SHELTER", services_needed=["HEALTH"])
    alter(SETTING, DROP_IN)
    alter(service, retire(service.by_code["LEGAL"], LAST, NOTICE, "HEALTH"))
    freeze(monkeypatch, AFTER)
    first, second = {"If-Match": '"1"'}, {"If-Match": '"2"'}
    both = ["HEALTH", "LEGAL"]
    corrected = ngo.put(path, referral(gender="X", services_needed=both), **first)
    assert body(corrected)["setting"] == stored["setting"] == "DROP_IN"
    assert body(corrected)["services_needed"] == both
    assert moment(told(corrected)["Sunset"]) < AFTER  # it is over, and that is told
    assert findings(ngo.put(other, referral(services_needed=["HEALTH"]), **first)) == [("#/setting", "code_retired")]
    taken_up = ngo.put(other, referral(setting="SHELTER", services_needed=both), **first)
    assert findings(taken_up) == [("#/services_needed", "code_retired")]
    # Once it is given up, it is gone.
    assert ngo.put(path, referral(setting="SHELTER", services_needed=["HEALTH"]), **second).status_code == 200
    refused = ngo.put(path, referral(services_needed=["HEALTH"]), **{"If-Match": '"3"'})
    assert findings(refused) == [("#/setting", "code_retired")]


def test_an_old_assessment_is_corrected_and_keeps_its_code(
    centre: Caller, monkeypatch: pytest.MonkeyPatch, alter: Alter
) -> None:
    path = assessment_path()
    assert centre.put(path, assessment()).status_code == 201
    alter(d.OUTCOME.codelist, retire(d.OUTCOME.codelist.by_code["IDENTIFIED"], LAST, NOTICE))
    freeze(monkeypatch, AFTER)
    assert centre.put(path, assessment(verified_gender="X"), **{"If-Match": '"1"'}).status_code == 200


def feed(alter: Alter) -> None:
    """One change of each kind."""
    first = notice("1.1", date(2026, 3, 1), "Ny kode.", "A new code.")
    words = notice("1.2", date(2026, 4, 1), "Andre ord.", "Other words.")
    alter(
        SETTING,
        DROP_IN,
        introduce(code("CAMP", "Lejr", "Camp"), date(2026, 5, 1), first),
        reword(SETTING.by_code["BORDER"], words, "Grænse", "Border"),
        retire(SETTING.by_code["STREET"], LAST, NOTICE, "CAMP"),
    )


def test_the_changes_are_told_in_the_order_of_their_announcement(alter: Alter) -> None:
    real = body(public(CHANGES))["items"]
    feed(alter)
    found = [each for each in body(public(CHANGES))["items"] if each not in real]
    assert [(each["announced"], each["kind"], each["code"]) for each in found] == [
        ("2026-03-01", "added", "CAMP"),
        ("2026-04-01", "relabelled", "BORDER"),
        ("2026-09-01", "retired", "STREET"),
        ("2026-09-01", "split", "DROP_IN"),
    ]
    new, reworded_, _, split = found
    assert (new["replaces"], new["valid_from"], new["was"]) == (["STREET"], "2026-05-01", None)
    assert reworded_["was"] == {"da": "Grænse", "en": "Border"}
    assert reworded_["version"] == "1.2"
    assert split == {
        "codelist": "setting",
        "version": "1.1",
        "kind": "split",
        "code": "DROP_IN",
        "label": DROP_IN.label._asdict(),
        "was": None,
        "replaces": [],
        "replaced_by": ["SHELTER", "STREET"],
        "valid_from": None,
        "valid_to": "2026-12-31",
        "announced": "2026-09-01",
        "text": {"da": "Koden deles.", "en": "The code is split."},
    }


def test_the_changes_since_a_day_and_their_tag(alter: Alter) -> None:
    real = body(public(CHANGES))["items"]
    feed(alter)
    answer = public(CHANGES, {"since": "2026-04-01"})
    assert [each["code"] for each in body(answer)["items"] if each not in real] == ["BORDER", "STREET", "DROP_IN"]
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    tag = answer.headers["ETag"]
    same = public(CHANGES, {"since": "2026-04-01"}, headers={"If-None-Match": tag})
    assert (same.status_code, same.headers["ETag"], same.content) == (304, tag, b"")
    assert public(CHANGES, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("given", ["", "2026", "2026-13-01", "2026-02-30", "20260401", "2026-04-01T00:00", "today"])
@pytest.mark.parametrize(("path", "name"), [(CHANGES, "since"), ("/api/v1/codelists/gender", "on")])
def test_a_day_is_a_date(path: str, name: str, given: str) -> None:
    assert findings(public(path, {name: given}), "invalid_parameter") == [(name, "date_expected")]


def test_a_list_tells_of_successors_and_of_a_day(alter: Alter) -> None:
    feed(alter)
    path = "/api/v1/codelists/setting"
    codes = {each["code"]: each for each in body(public(path))["codes"]}
    assert (codes["DROP_IN"]["replaced_by"], codes["DROP_IN"]["valid_to"]) == (["SHELTER", "STREET"], "2026-12-31")
    assert (codes["CAMP"]["replaces"], codes["CAMP"]["valid_from"]) == (["STREET"], "2026-05-01")
    there = {day: {each["code"] for each in body(public(path, {"on": day}))["codes"]} for day in DAYS}
    assert [{"DROP_IN", "CAMP"} & there[day] for day in DAYS] == [{"DROP_IN"}, {"DROP_IN", "CAMP"}, {"CAMP"}]
    tags = {public(path, {"on": day}).headers["ETag"] for day in DAYS}
    assert len(tags) == 3


DAYS = ("2026-04-30", "2026-05-01", "2027-01-01")


def test_a_table_tells_when_a_code_is_in_use() -> None:
    first = introduce(code("CAMP", "Lejr", "Camp"), date(2026, 5, 1), NOTICE)
    notes = category((first, DROP_IN, SETTING.by_code["BORDER"]), "en").note
    assert notes == {
        "CAMP": ["In use from 2026-05-01.", "Outside of that time 0 does not mean none."],
        "DROP_IN": [
            "In use until 2026-12-31, replaced by SHELTER, STREET.",
            "Outside of that time 0 does not mean none.",
        ],
    }
    assert category(d.GENDER.codelist.codes, "en").note is UNSET
    assert label_with_validity(DROP_IN).en == "Drop-in centre. In use until 2026-12-31, replaced by SHELTER, STREET."
    assert label_with_validity(SETTING.by_code["BORDER"]) == SETTING.by_code["BORDER"].label
    danish = category((DROP_IN,), "da").note
    assert danish and "I brug til og med 2026-12-31" in danish["DROP_IN"][0]


def test_no_code_is_retired_without_a_notice() -> None:
    """Otherwise nobody would be told: the headers and the feed are made of notices."""
    for codelist in CODELISTS.values():
        assert all((each.valid_to is None) == (each.retired is None) for each in codelist.codes)


def test_labels_that_meant_two_things_in_two_languages_have_other_words() -> None:
    rows = {(each["codelist"], each["code"]): each for each in body(public(CHANGES, {"since": "2026-11-27"}))["items"]}
    for key, was, label in (
        (("means_of_control", "USES_CHILDREN"), "Uses children", "Uses children as a means of pressure"),
        (("recruiter", "_N"), "Not asked or refused", "Not asked or not answered"),
    ):
        assert (rows[key]["kind"], rows[key]["was"]["en"], rows[key]["label"]["en"]) == ("relabelled", was, label)
