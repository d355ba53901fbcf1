"""The pairs of codes that the rules of the dictionary forbid are those that no record can have."""

from __future__ import annotations

import random

import pytest

from cases import dictionary as d
from cases import rules
from cases.rules import (
    MINOR_BANDS,
    REFERRAL_RULES,
    Rule,
    Values,
    breaking_codes,
    fields_read,
    forbidden_pairs,
    rules_of_codes,
)
from core.text import Text


def rule(broken: object) -> Rule:
    """A rule that nobody has written yet."""
    assert callable(broken)
    return Rule("new", "gender", Text("Ny.", "New."), broken, {})


def test_they_are_of_minors_and_of_danish_citizens() -> None:
    minors = {(band, code) for band in MINOR_BANDS for code in ("NO", "_U")}
    danish = {(code, "DK_CITIZEN") for code in rules.CODED["citizenship"].codelist.names if code != "DK"}
    assert forbidden_pairs() == {
        ("age_band", "minor_when_exploited"): minors,
        ("citizenship", "residence_basis"): danish,
    }


def test_no_record_that_keeps_the_rules_has_one() -> None:
    rng, kept = random.Random(5), 0
    for _ in range(20_000):
        codes: Values = {
            **{field.name: [] for field in d.REFERRAL},
            **{name: rng.choice(field.allowed) for name, field in rules.CODED.items()},
            "citizenship": rng.choice(["DK", "RO"]),
            "exploitation_detail": "_U",
            "unaccompanied_minor": "_Z",
            "guardian_assigned": "_Z",
        }
        if any(each.is_broken_by(codes) for each in REFERRAL_RULES):
            continue
        kept += 1
        for (one, other), pairs in forbidden_pairs().items():
            assert (codes[one], codes[other]) not in pairs
    assert kept > 1_000


def test_what_a_third_field_can_mend_is_not_forbidden() -> None:
    """A minor may be `_Z` beside `minor_when_exploited`, where exploitation has not begun."""
    pairs = forbidden_pairs()["age_band", "minor_when_exploited"]
    assert ("Y15T17", "_Z") not in pairs
    assert ("Y15T17", "YES") not in pairs


def test_a_new_rule_is_known_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    made = rule(lambda values: values["gender"] == "X" and values["region"] == "ABROAD")
    assert fields_read(made) == frozenset({"gender", "region"})
    found = set(breaking_codes(("region", "gender"), [*rules_of_codes(), (made, frozenset({"gender", "region"}))]))
    assert found == {("ABROAD", "X")}


def test_a_rule_on_a_set_or_a_month_forbids_nothing() -> None:
    by_code = {each.code: each for each in REFERRAL_RULES}
    assert fields_read(by_code["exploitation_not_repeated"]) is None
    assert fields_read(rule(lambda values: values["gender"] == "X" and values["referred_in"] is None)) is None
