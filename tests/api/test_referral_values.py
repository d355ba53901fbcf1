"""Values as they are sent, stored and answered: sets, absence, case tokens."""

from __future__ import annotations

import pytest

from cases import dictionary as d
from cases import tokens
from cases.fields import CodedField, CodeSetField
from cases.models import Case, Referral
from partners.kinds import Mode
from tests.api.asserts import body, findings, new_path
from tests.callers import Caller, assessment, make_caller, referral

SETS = [field.name for field in d.REFERRAL if isinstance(field, CodeSetField)]
OPTIONAL = [field for field in d.coded_fields(d.REFERRAL) if not field.required]
REQUIRED = [field.name for field in d.REFERRAL if field.required]


def a_token() -> str:
    """A well-formed token that nobody issued."""
    return tokens.mint()


def test_order_and_repeats_in_a_set_mean_nothing(ngo: Caller) -> None:
    path, stored = ngo.referral(services_needed=["LEGAL", "HEALTH", "LEGAL"])
    assert stored["services_needed"] == ["HEALTH", "LEGAL"]
    again = ngo.put(path, referral(services_needed=["HEALTH", "HEALTH", "LEGAL"]))
    assert body(again) == stored


@pytest.mark.parametrize("name", SETS)
def test_absent_none_and_codes_are_three_things(ngo: Caller, name: str) -> None:
    path, absent = ngo.referral(**{name: ...})
    assert absent[name] == ["_N"]
    assert body(ngo.put(path, referral(**{name: ["_N"]})))["version"] == 1
    none = body(ngo.put(path, referral(**{name: []}), If_Match='"1"'))
    assert (none["version"], none[name]) == (2, [])
    some = body(ngo.put(path, referral(**{name: ["_O"]}), If_Match='"2"'))
    assert (some["version"], some[name]) == (3, ["_O"])


@pytest.mark.parametrize("name", SETS)
def test_not_asked_stands_alone_in_a_set(ngo: Caller, name: str) -> None:
    assert findings(ngo.put(new_path(), referral(**{name: ["_N", "_O"]}))) == [(f"#/{name}", "not_asked_stands_alone")]


@pytest.mark.parametrize("field", OPTIONAL, ids=lambda field: field.name)
def test_an_absent_optional_code_is_stored_as_not_asked(ngo: Caller, field: CodedField) -> None:
    path, stored = ngo.referral(**{field.name: ...})
    assert stored[field.name] == "_N"
    assert body(ngo.put(path, referral(**{field.name: "_N"})))["version"] == 1


@pytest.mark.parametrize("name", REQUIRED)
def test_a_required_field_is_required(ngo: Caller, name: str) -> None:
    assert findings(ngo.put(new_path(), referral(**{name: ...}))) == [(f"#/{name}", "required")]


@pytest.mark.parametrize("name", [field.name for field in d.REFERRAL])
def test_null_is_what_is_left_out(ngo: Caller, name: str) -> None:
    path = new_path()
    answers = ngo.put(path, referral(**{name: None})), ngo.put(path, referral(**{name: ...}))
    if name in {field.name for field in d.REFERRAL if field.required}:
        assert [findings(each) for each in answers] == [[(f"#/{name}", "required")]] * 2
    else:
        assert [each.status_code for each in answers] == [201, 200]


@pytest.mark.parametrize("month", ["2025-3", "2025-03-01", "2025-03\n", "٢٠٢٥-٠٣", "03-04-2025", "202503"])
def test_a_month_is_four_digits_and_two(ngo: Caller, month: str) -> None:
    assert findings(ngo.put(new_path(), referral(referred_in=month))) == [("#/referred_in", "month_expected")]


@pytest.mark.parametrize("month", ["2025-13", "2025-00", "31-13-2025", "32/03/2025", "2025.13.01", "0000-01"])
def test_of_a_month_that_no_calendar_has_it_is_said_that_there_is_none(ngo: Caller, month: str) -> None:
    answer = ngo.put(new_path(), referral(referred_in=month))
    assert findings(answer) == [("#/referred_in", "month_not_real")]
    assert "months are 01 to 12" in str(answer.content)


def test_the_place_of_a_wrong_code_in_a_set_is_named(ngo: Caller) -> None:
    refused = ngo.put(new_path(), referral(services_needed=["LEGAL", "_U"]))
    assert findings(refused) == [("#/services_needed/1", "code_unknown")]
    too_many = ngo.put(new_path(), referral(services_needed=["LEGAL"] * 65))
    assert findings(too_many) == [("#/services_needed", "too_many_codes")]


def test_every_wrong_field_is_named_at_once_with_its_codes(ngo: Caller) -> None:
    response = ngo.put(new_path(), referral(gender="female", consent=..., age_band=31))
    assert sorted(findings(response)) == [
        ("#/age_band", "code_expected"),
        ("#/consent", "required"),
        ("#/gender", "code_unknown"),
    ]
    rows = {row["pointer"]: row for row in body(response, 400)["errors"]}
    assert rows["#/gender"]["allowed"] == list(d.GENDER.allowed)
    assert rows["#/consent"]["allowed"] == list(d.CONSENT.allowed)


SET_HERE = dict.fromkeys(["status", "reason_code", "recorded_at", "schema_version"], "read_only")
EXPECTED = {"reference": "reference_not_uuid4", "version": "version_expected", **SET_HERE}


@pytest.mark.parametrize(("name", "rule"), EXPECTED.items())
def test_what_the_service_sets_is_refused_by_name(ngo: Caller, name: str, rule: str) -> None:
    assert findings(ngo.put(new_path(), referral(**{name: "x"}))) == [(f"#/{name}", rule)]


def test_a_new_referral_opens_a_case_and_is_answered_its_token(ngo: Caller) -> None:
    _, first = ngo.referral()
    _, second = ngo.referral()
    assert tokens.canonical(first["case_token"]) == first["case_token"] != second["case_token"]
    assert not Case.objects.filter(token_unknown=True).exists()


def test_a_token_handed_on_links_and_an_absent_one_keeps_the_link(ngo: Caller, police: Caller) -> None:
    path, first = ngo.referral()
    theirs, linked = police.referral(case_token=first["case_token"])
    assert linked["case_token"] == first["case_token"]
    assert len(set(Referral.objects.values_list("case_id", flat=True))) == 1
    corrected = body(police.put(theirs, referral(gender="M"), If_Match='"1"'))
    assert corrected["case_token"] == first["case_token"]
    moved = body(
        police.put(theirs, referral(gender="M", case_token=police.referral()[1]["case_token"]), If_Match='"2"')
    )
    assert (moved["version"], moved["case_token"] != first["case_token"]) == (3, True)
    assert body(ngo.get(path))["case_token"] == first["case_token"]


def test_own_foreign_and_unknown_tokens_have_the_same_answer(ngo: Caller, other_ngo: Caller) -> None:
    own, foreign, unknown = ngo.referral()[1]["case_token"], other_ngo.referral()[1]["case_token"], a_token()
    answers = []
    for token in (own, foreign, unknown):
        response = ngo.put(new_path(), referral(case_token=token))
        said = body(response, 201)
        assert said.pop("case_token") == token
        for name in ("reference", "recorded_at"):
            del said[name]
        hidden = {"X-Request-Id", "Location"}
        answers.append((said, {n: v for n, v in response.headers.items() if n not in hidden}))
    assert answers[0] == answers[1] == answers[2]
    assert list(Case.objects.filter(token_unknown=True).values_list("token", flat=True)) == [unknown]


@pytest.mark.parametrize(
    "token",
    [
        "",
        "7KQ2M8XW4A",
        "7KQ2M8XW4A40",
        "7KQ2M\t8XW4A4",
        "7KQ2M8XW4A4\n",
        "UUUUUUUUUUU",
        "７KQ2M8XW4A4",
        "-" * 11,
        "A" * 9,
    ],
)
def test_a_token_of_the_wrong_shape_is_refused(ngo: Caller, token: str) -> None:
    assert findings(ngo.put(new_path(), referral(case_token=token))) == [("#/case_token", "case_token_expected")]
    assert Case.objects.count() == 0


def test_every_wrong_check_character_is_refused(ngo: Caller) -> None:
    # A wrong one may look like an identifier, which is refused as such: so it is no random one.
    token = "01HZ01QKM9" + tokens.check_symbol("01HZ01QKM9")
    others = [token[:-1] + symbol for symbol in tokens.CHECK_SYMBOLS if symbol != token[-1]]
    for other in others:
        assert findings(ngo.put(new_path(), referral(case_token=other))) == [("#/case_token", "case_token_expected")]
    assert Case.objects.count() == 0


def test_a_token_is_read_as_crockford_says(ngo: Caller) -> None:
    body_, check = "01HZ01QKM9", tokens.check_symbol("01HZ01QKM9")
    path, stored = ngo.referral(case_token=body_ + check)
    for spelling in ("olhzoiqkm9", "o1hz-0l-qkm9-", "O-I-H-Z-O-L-Q-K-M9-", "01HZ01QKM9"):
        again = ngo.put(path, referral(case_token=spelling + check.lower()))
        assert body(again) == stored
    assert Case.objects.count() == 1


def test_test_mode_has_cases_of_its_own(ngo: Caller) -> None:
    tester = make_caller("NGO", mode=Mode.TEST)
    _, live = ngo.referral()
    _, test = tester.referral(case_token=live["case_token"])
    assert test["case_token"] == live["case_token"]
    assert sorted(Case.objects.values_list("token", "test", "token_unknown")) == [
        (live["case_token"], False, False),
        (live["case_token"], True, True),
    ]


def test_an_assessments_token_is_read_as_crockford_says(centre: Caller) -> None:
    token = a_token()
    assert centre.put(f"/api/v1/cases/{token.lower()}/assessment", assessment()).status_code == 201
    assert body(centre.get(f"/api/v1/cases/{token[:5]}-{token[5:]}/assessment"))["case_token"] == token
