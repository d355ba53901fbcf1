"""Confirmations: they last as long as the content, are the partner's own, and are of checks alone."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import override_settings

from cases.errors import RulesBroken
from cases.intake.checks.confirmations import confirm, confirmed_pairs
from cases.intake.checks.content import content_digest
from cases.intake.models import Confirmation
from tests.callers import Caller, as_web_server, make_caller
from tests.cases.intake.rows import reference, row, tally_of

RULE, REASON = "unaccompanied_without_guardian", "RARE_BUT_TRUE"


@pytest.mark.parametrize(
    "changes",
    [
        {"gender": "M"},
        {"referred_in": "2025-04"},
        {"services_given": []},
        {"services_given": ["_N"]},
        {"consent": "NOT_ASKED"},
    ],
)
def test_any_other_content_has_another_digest(changes: dict[str, object]) -> None:
    assert content_digest(reference(1), row(**changes)) != content_digest(reference(1), row())


def test_the_same_content_has_the_same_digest_under_one_reference_and_one_pepper() -> None:
    first = content_digest(reference(1), row(means_of_control=["THREATS", "DEBT_BONDAGE"]))
    assert content_digest(reference(1), row(means_of_control=["DEBT_BONDAGE", "THREATS", "THREATS"])) == first
    assert content_digest(reference(2), row()) != content_digest(reference(1), row())
    with override_settings(HENVIS_PEPPER="another"):
        assert content_digest(reference(1), row(means_of_control=["THREATS", "DEBT_BONDAGE"])) != first


@pytest.mark.django_db
def test_a_confirmation_lasts_as_long_as_the_content_and_is_the_partner_s_own(ngo: Caller) -> None:
    other = make_caller("NGO", name="Another")
    kept, changed = content_digest(reference(1), row()), content_digest(reference(1), row(gender="M"))
    with as_web_server():
        assert confirm(ngo.principal, [(RULE, kept)], REASON) == 1
    pairs = [(RULE, kept), (RULE, changed), ("young_child_consented", kept)]
    assert confirmed_pairs(ngo.partner.pk, pairs) == {(RULE, kept)}
    assert confirmed_pairs(other.partner.pk, pairs) == set()
    assert confirmed_pairs(ngo.partner.pk, []) == set()


@pytest.mark.django_db
def test_a_repeat_keeps_the_first_confirmation(ngo: Caller) -> None:
    pair = (RULE, content_digest(reference(1), row()))
    confirm(ngo.principal, [pair, pair], REASON)
    assert confirm(ngo.principal, [pair], "CHECKED_WITH_SOURCE") == 0
    stored = Confirmation.objects.get()
    assert (stored.rule, stored.reason_code, stored.client_id) == (RULE, REASON, ngo.client.pk)
    assert stored.confirmed_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "reason", "field"),
    [(RULE, "BECAUSE", "reason_code"), ("code_unknown", REASON, "rule"), ("token_would_link", REASON, "rule")],
)
def test_only_a_check_is_confirmed_and_with_a_reason_of_the_list(
    ngo: Caller, rule: str, reason: str, field: str
) -> None:
    with pytest.raises(RulesBroken) as refusal:
        confirm(ngo.principal, [(rule, "0" * 64)], reason)
    assert [(each.field, each.code) for each in refusal.value.violations] == [(field, "code_unknown")]
    assert refusal.value.violations[0].allowed
    assert not Confirmation.objects.exists()


@pytest.mark.django_db
def test_a_delivery_is_confirmed_as_a_row_is(ngo: Caller) -> None:
    tally = tally_of([(30, {"exploited_in": "_U"})])
    finding = next(
        each for each in tally.findings(tally.history_of(ngo.partner.pk)) if each.rule == "unknown_share_high"
    )
    pair = (finding.rule, tally.digest_of(finding))
    confirm(ngo.principal, [pair], "SOURCE_LACKS_IT")
    assert confirmed_pairs(ngo.partner.pk, [pair]) == {pair}
    tally.add(row(), content_digest(uuid4(), row()))
    assert confirmed_pairs(ngo.partner.pk, [(finding.rule, tally.digest_of(finding))]) == set()
