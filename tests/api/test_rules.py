"""Every cross-field rule and the calendar, as a partner meets them: code, place and words in both languages, and nothing stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from cases import dictionary as d
from cases import months, tokens
from cases.codelists.types import CodeList
from cases.fields import CodedField, CodeSetField
from cases.intake import rules
from cases.models import Assessment, Referral
from cases.rules import ASSESSMENT_RULES, REFERRAL_RULES, Rule
from tests.api.asserts import body, findings, new_path
from tests.callers import Caller, assessment, referral
from tests.code_changes import altered

LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


def assessment_path() -> str:
    return f"/api/v1/cases/{tokens.mint()}/assessment"


@LANGUAGES
@pytest.mark.parametrize("rule", REFERRAL_RULES, ids=lambda rule: rule.code)
def test_a_referral_rule_is_told_by_its_code_in_both_languages(ngo: Caller, rule: Rule, language: str) -> None:
    response = ngo.put(new_path(), referral(**rule.example), Accept_Language=language)
    assert findings(response) == [(f"#/{rule.field}", rule.code)]
    [row] = body(response, 400)["errors"]
    assert row["detail"] == getattr(rule.detail, language)
    assert response.headers["Content-Language"] == language
    assert Referral.objects.count() == 0


@LANGUAGES
@pytest.mark.parametrize("rule", ASSESSMENT_RULES, ids=lambda rule: rule.code)
def test_an_assessment_rule_is_told_by_its_code_in_both_languages(centre: Caller, rule: Rule, language: str) -> None:
    changes = {name: ... if value is None else value for name, value in rule.example.items()}
    response = centre.put(assessment_path(), assessment(**changes), Accept_Language=language)
    assert findings(response) == [(f"#/{rule.field}", rule.code)]
    assert body(response, 400)["errors"][0]["detail"] == getattr(rule.detail, language)
    assert Assessment.objects.count() == 0


def test_the_examples_of_the_dictionary_break_no_rule(ngo: Caller, centre: Caller) -> None:
    assert ngo.put(new_path(), rules.example(d.REFERRAL)).status_code == 201
    assert centre.put(assessment_path(), rules.example(d.ASSESSMENT)).status_code == 201


def test_broken_rules_are_told_together(ngo: Caller) -> None:
    response = ngo.put(
        new_path(), referral(referred_in="1999-12", residence_basis="DK_CITIZEN", exploitation_also=["SEXUAL"])
    )
    assert sorted(code for _, code in findings(response)) == [
        "danish_citizen_is_danish",
        "exploitation_not_repeated",
        "month_before_2000",
    ]


def test_a_correction_is_held_to_the_rules(ngo: Caller) -> None:
    path, _ = ngo.referral()
    refused = ngo.put(path, referral(residence_basis="DK_CITIZEN"), If_Match='"1"')
    assert findings(refused) == [("#/residence_basis", "danish_citizen_is_danish")]
    assert Referral.objects.count() == 1


def freeze(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Stop the rules' clock."""
    monkeypatch.setattr("cases.months.timezone", type("Clock", (), {"now": staticmethod(lambda: moment)}))


# Copenhagen is an hour ahead of UTC in winter and two in summer: a month begins there before it does in UTC.
@pytest.mark.parametrize(
    ("moment", "month", "allowed"),
    [
        (datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC), "2026-01", False),
        (datetime(2025, 12, 31, 23, 0, 0, tzinfo=UTC), "2026-01", True),
        (datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC), "2026-07", False),
        (datetime(2026, 6, 30, 22, 0, 0, tzinfo=UTC), "2026-07", True),
        (datetime(2026, 6, 30, 22, 0, 0, tzinfo=UTC), "2026-06", True),
        (datetime(2026, 6, 30, 22, 0, 0, tzinfo=UTC), "2026-08", False),
        (datetime(2026, 6, 30, 22, 0, 0, tzinfo=UTC), "9999-12", False),
    ],
)
def test_a_month_is_one_of_copenhagen_and_not_in_the_future(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, moment: datetime, month: str, allowed: bool
) -> None:
    freeze(monkeypatch, moment)
    response = ngo.put(new_path(), referral(referred_in=month))
    if allowed:
        assert body(response, 201)["referred_in"] == month
    else:
        assert findings(response) == [("#/referred_in", "month_in_future")]


@pytest.mark.parametrize(("month", "allowed"), [("2000-01", True), ("1999-12", False), ("0001-01", False)])
def test_no_month_lies_before_2000(ngo: Caller, centre: Caller, month: str, allowed: bool) -> None:
    answers = (
        (ngo.put(new_path(), referral(referred_in=month)), "referred_in"),
        (centre.put(assessment_path(), assessment(decided_in=month)), "decided_in"),
    )
    for response, name in answers:
        if allowed:
            assert response.status_code == 201
        else:
            assert findings(response) == [(f"#/{name}", "month_before_2000")]


def retire(monkeypatch: pytest.MonkeyPatch, codelist: CodeList, code: str, day: date) -> None:
    """Retire a code on a day, for this test."""
    for name, value in altered(codelist, replace(codelist.by_code[code], valid_to=day)).items():
        monkeypatch.setitem(vars(codelist), name, value)


@pytest.mark.parametrize(
    ("field", "code"), [(d.SETTING, "DROP_IN"), (d.DURATION, "M7T12"), (d.SERVICES_GIVEN, "ACCOMMODATION")]
)
def test_a_retired_code_stays_readable_and_is_refused_for_new_data(
    ngo: Caller, monkeypatch: pytest.MonkeyPatch, field: CodedField | CodeSetField, code: str
) -> None:
    path, stored = ngo.referral()
    retire(monkeypatch, field.codelist, code, date(2020, 12, 31))
    refused = findings(ngo.put(new_path(), referral()))
    assert (f"#/{field.name}", "code_retired") in refused
    assert {code for _, code in refused} == {"code_retired"}
    assert body(ngo.get(path)) == stored
    assert body(ngo.get(f"/api/v1/referrals?{field.name}={code}"))["items"] == [stored]
    assert body(ngo.put(path, referral())) == stored  # a lost answer is still to be had
    assert body(ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}))["status"] == "withdrawn"


def test_a_code_is_good_on_its_last_day_in_copenhagen(ngo: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    retire(monkeypatch, d.SETTING.codelist, "DROP_IN", date(2026, 6, 30))
    freeze(monkeypatch, datetime(2026, 6, 30, 21, 59, 59, tzinfo=UTC))
    assert ngo.put(new_path(), referral()).status_code == 201
    freeze(monkeypatch, datetime(2026, 6, 30, 22, 0, 0, tzinfo=UTC))
    assert findings(ngo.put(new_path(), referral())) == [("#/setting", "code_retired")]


def test_the_rules_clock_is_the_real_one(ngo: Caller) -> None:
    now = timezone.now().astimezone(months.COPENHAGEN)
    following = f"{now.year + now.month // 12}-{now.month % 12 + 1:02d}"
    assert ngo.put(new_path(), referral(referred_in=f"{now.year}-{now.month:02d}")).status_code == 201
    assert findings(ngo.put(new_path(), referral(referred_in=following))) == [("#/referred_in", "month_in_future")]
