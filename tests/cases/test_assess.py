"""Assessing below HTTP: each authority's series of versions on a case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cases import dictionary as d
from cases import tokens
from cases.errors import NotFound, PreconditionRequired, RulesBroken
from cases.intake import assess, rules
from cases.models import Assessment, Case
from cases.versions import Condition
from partners.kinds import Mode
from tests.callers import Caller, make_caller

pytestmark = pytest.mark.django_db


def values(**changes: object) -> dict[str, Any]:
    """The example as the shape hands it on."""
    return {**rules.example(d.ASSESSMENT), "decided_in": date(2025, 5, 1), **changes}


def test_an_authoritys_versions_follow_each_other(centre: Caller) -> None:
    by, token = centre.principal, tokens.mint()
    first = assess.put(by=by, token=token, values=values())
    assert (first.created, first.changed) == (True, True)
    again = assess.put(by=by, token=token, values=values())
    assert (again.created, again.changed, again.assessment.pk) == (False, False, first.assessment.pk)
    with pytest.raises(PreconditionRequired):
        assess.put(by=by, token=token, values=values(outcome="DECLINED"))
    second = assess.put(by=by, token=token, values=values(outcome="DECLINED"), condition=Condition(anything=True))
    assert (second.created, second.changed, second.assessment.version) == (False, True, 2)
    kept = list(Assessment.objects.order_by("version"))
    assert kept[0].superseded_at == kept[1].recorded_at > kept[0].recorded_at
    for column in Assessment._meta.concrete_fields:
        assert getattr(second.assessment, column.attname) == getattr(kept[1], column.attname), column.attname
    assert (kept[1].partner_id, kept[1].client_id, str(kept[1])) == (centre.partner.pk, centre.client.pk, "version 2")


def test_two_authorities_on_one_case_are_two_series(centre: Caller, immigration: Caller) -> None:
    token = tokens.mint()
    for who in (centre, immigration):
        assert assess.put(by=who.principal, token=token, values=values()).assessment.version == 1
    assert Case.objects.count() == 1
    assert assess.get(by=centre.principal, token=token).partner_id == centre.partner.pk


def test_nothing_of_anothers_or_of_nobodys_case(centre: Caller, immigration: Caller) -> None:
    token = tokens.mint()
    assess.put(by=centre.principal, token=token, values=values())
    for hidden in (token, tokens.mint()):
        with pytest.raises(NotFound):
            assess.get(by=immigration.principal, token=hidden)


def test_test_mode_assesses_cases_of_its_own(centre: Caller) -> None:
    tester, token = make_caller("CENTRE", mode=Mode.TEST), tokens.mint()
    assess.put(by=centre.principal, token=token, values=values())
    with pytest.raises(NotFound):
        assess.get(by=tester.principal, token=token)
    assess.put(by=tester.principal, token=token, values=values())
    assert set(Case.objects.values_list("token", "test")) == {(token, False), (token, True)}


def test_what_breaks_a_rule_opens_no_case(centre: Caller) -> None:
    with pytest.raises(RulesBroken):
        assess.put(by=centre.principal, token=tokens.mint(), values=values(decided_by="_Z"))
    assert Case.objects.count() == 0
