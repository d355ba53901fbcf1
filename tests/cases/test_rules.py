"""Each rule alone: its example breaks this rule and no other, and similar records do not."""

from __future__ import annotations

from datetime import date

import pytest

from cases import dictionary as d
from cases.errors import RulesBroken
from cases.fields import Field, to_stored
from cases.intake import rules
from cases.rules import ASSESSMENT_RULES, REFERRAL_RULES, Rule

RECORDS = {"referral": (d.REFERRAL, REFERRAL_RULES), "assessment": (d.ASSESSMENT, ASSESSMENT_RULES)}
EACH = pytest.mark.parametrize(
    ("record", "rule"),
    [(record, rule) for record, (_, all_rules) in RECORDS.items() for rule in all_rules],
    ids=lambda value: value if isinstance(value, str) else value.code,
)


def values(fields: tuple[Field, ...], **changes: object) -> dict[str, object]:
    """The stored form of the example with changes; months are left out, they are dates in stored form."""
    example = {name: value for name, value in {**rules.example(fields), **changes}.items() if value is not None}
    row = to_stored(fields, example)
    for name in ("referred_in", "decided_in"):
        month = row.get(name)
        if isinstance(month, str):
            row[name] = date.fromisoformat(f"{month}-01")
    return row


def broken(record: str, **changes: object) -> list[str]:
    fields, all_rules = RECORDS[record]
    try:
        rules.check(fields, all_rules, values(fields, **changes))
    except RulesBroken as refused:
        assert str(refused) == ", ".join(violation.code for violation in refused.violations)
        return [violation.code for violation in refused.violations]
    return []


@EACH
def test_the_example_of_a_rule_breaks_exactly_that_rule(record: str, rule: Rule) -> None:
    assert broken(record, **rule.example) == [rule.code]


@pytest.mark.parametrize("record", RECORDS)
def test_the_example_of_the_dictionary_breaks_none(record: str) -> None:
    assert broken(record) == []


def test_codes_are_unique_and_name_a_field_and_words_in_both_languages() -> None:
    everything = [*REFERRAL_RULES, *ASSESSMENT_RULES]
    assert len({rule.code for rule in everything}) == len(everything)
    for fields, all_rules in RECORDS.values():
        names = {field.name for field in fields}
        for rule in all_rules:
            assert rule.field in names
            assert set(rule.example) <= names
            assert rule.detail.da != rule.detail.en


MINOR = {
    "age_band": "Y15T17",
    "minor_when_exploited": "YES",
    "unaccompanied_minor": "NO",
    "guardian_assigned": "_U",
}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        # detail belongs to exploitation
        ({"exploitation": "LABOUR", "exploitation_detail": "LABOUR_F"}, []),
        ({"exploitation": "LABOUR", "exploitation_detail": "_U"}, []),
        ({"exploitation": "LABOUR", "exploitation_detail": "_N"}, []),
        ({"exploitation": "BEGGING", "exploitation_detail": "_Z"}, []),
        ({"exploitation": "_U", "exploitation_detail": "SEXUAL_CLINIC"}, ["detail_belongs_to_exploitation"]),
        # the minors' fields
        ({**MINOR, "unaccompanied_minor": "YES", "guardian_assigned": "NO"}, []),
        ({**MINOR, "age_band": "_U_MINOR", "guardian_assigned": "YES"}, []),
        ({"unaccompanied_minor": "_N", "guardian_assigned": "_Z"}, []),
        ({"unaccompanied_minor": "_U", "guardian_assigned": "_N"}, ["unaccompanied_minor_only_for_minors"]),
        ({"age_band": "_U", "unaccompanied_minor": "_U", "guardian_assigned": "_U"}, []),
        ({**MINOR, "unaccompanied_minor": "_N", "guardian_assigned": "_N"}, []),
        ({**MINOR, "unaccompanied_minor": "_Z", "guardian_assigned": "_Z"}, []),
        ({"age_band": "_U", "unaccompanied_minor": "NO"}, ["unaccompanied_minor_only_for_minors"]),
        ({"age_band": "_U_ADULT", "guardian_assigned": "YES"}, ["guardian_assigned_only_for_minors"]),
        ({"age_band": "Y18T24", "guardian_assigned": "NO"}, ["guardian_assigned_only_for_minors"]),
        # an under-18 at referral was under 18 when exploited
        *[({**MINOR, "age_band": band}, []) for band in ("Y0T11", "Y12T14", "Y15T17", "_U_MINOR")],
        *[
            ({**MINOR, "age_band": band, "minor_when_exploited": "_U"}, ["minor_at_referral_was_minor"])
            for band in ("Y0T11", "Y12T14", "Y15T17", "_U_MINOR")
        ],
        ({"age_band": "Y18T24", "minor_when_exploited": "YES"}, []),
        # not yet exploited
        ({"minor_when_exploited": "_Z", "exploited_in": "NOT_YET"}, []),
        ({**MINOR, "minor_when_exploited": "_Z", "exploited_in": "NOT_YET"}, []),
        ({"minor_when_exploited": "NO", "exploited_in": "NOT_YET"}, ["not_yet_exploited"]),
        # Danish citizens
        ({"residence_basis": "DK_CITIZEN", "citizenship": "DK"}, []),
        ({"residence_basis": "PERMIT_WORK", "citizenship": "DK"}, []),
        ({"residence_basis": "DK_CITIZEN", "citizenship": "GL"}, ["danish_citizen_is_danish"]),
        ({"residence_basis": "DK_CITIZEN", "citizenship": "_U"}, ["danish_citizen_is_danish"]),
        # further forms
        ({"exploitation_also": []}, []),
        ({"exploitation_also": ["_N"]}, []),
        ({"exploitation_also": ["CRIMINAL", "SEXUAL"]}, ["exploitation_not_repeated"]),
    ],
)
def test_referral_rules_at_their_edges(changes: dict[str, object], codes: list[str]) -> None:
    assert broken("referral", **changes) == codes


UNDECIDED = {"decided_in": None, "decided_by": "_Z"}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"outcome": "PENDING", **UNDECIDED}, []),
        ({"outcome": "PENDING", "decided_in": None}, ["pending_is_undecided"]),
        ({"outcome": "PENDING", "decided_by": "_Z"}, ["pending_is_undecided"]),
        ({"outcome": "LOST_CONTACT", **UNDECIDED}, []),
        ({"outcome": "TRANSFERRED"}, []),
        ({"outcome": "INSUFFICIENT", **UNDECIDED}, ["decision_has_month", "decision_has_authority"]),
        ({"outcome": "NOT_IDENTIFIED", "decided_in": None}, ["decision_has_month"]),
        ({"outcome": "IDENTIFIED", "decided_by": "_Z"}, ["decision_has_authority"]),
        ({"reflection": "RESTITUTION", "reflection_days": "D_GT120"}, []),
        ({"reflection": "OFFERED_DECLINED", "reflection_days": "D_LE30"}, ["days_need_period"]),
        ({"reflection": "_U", "reflection_days": "D_LE30"}, ["days_need_period"]),
        ({"reflection": "_N", "reflection_days": "_Z"}, []),
        ({"verified_exploitation": "_N", "verified_exploitation_detail": "_N"}, []),
        (
            {"verified_exploitation": "_N", "verified_exploitation_detail": "SEXUAL_CLINIC"},
            ["verified_detail_belongs_to_exploitation"],
        ),
    ],
)
def test_assessment_rules_at_their_edges(changes: dict[str, object], codes: list[str]) -> None:
    assert broken("assessment", **changes) == codes


def test_a_violation_carries_no_value() -> None:
    with pytest.raises(RulesBroken) as refused:
        rules.check(d.REFERRAL, REFERRAL_RULES, values(d.REFERRAL, **REFERRAL_RULES[0].example))
    [violation] = refused.value.violations
    assert "LABOUR_F" not in str(refused.value) + repr(violation)
