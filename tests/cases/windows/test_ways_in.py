"""A closed year is closed on every way in: a referral by itself, a delivery and its dry run, a withdrawal, a nil report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.erased import digests
from cases.models import Referral
from cases.months import today
from cases.windows.models import RecordOpening
from cases.windows.partner_years import open_record
from partners.kinds import Mode
from tests.api.asserts import findings, problem
from tests.api.batches.sending import BATCHES, send, whole
from tests.callers import Caller, make_caller, referral
from tests.cases.windows.world import (
    LAST_YEAR,
    TOMORROW,
    YESTERDAY,
    close,
    close_for_new,
    expected,
    keeper,
    month,
    reopened,
    set_window,
)

pytestmark = pytest.mark.django_db
NEW, CORRECTIONS, SIGNED = "period_closed_for_new", "period_closed_for_corrections", "period_signed"
THIS_YEAR = today().year


def path() -> str:
    """A new reference."""
    return f"/api/v1/referrals/{uuid4()}"


def deliver(ngo: Caller, row: dict[str, Any], *, dry_run: bool = False) -> list[tuple[str, list[str]]]:
    """Send a row as a delivery: what became of it, with the rules that it broke."""
    batch = whole(send(ngo, [row], dry_run=dry_run, Prefer="handling=lenient"))
    return [(each["outcome"], [found["rule"] for found in each.get("findings", [])]) for each in batch["results"]]


def test_a_year_that_is_closed_for_new_ones_takes_corrections(ngo: Caller) -> None:
    where, _ = ngo.referral(referred_in=month(3))
    close_for_new(ngo)
    assert findings(ngo.put(path(), referral(referred_in=month(3)))) == [("#/referred_in", NEW)]
    assert ngo.put(where, referral(referred_in=month(4)), If_Match='"1"').status_code == 200
    assert Referral.objects.count() == 2


def test_a_year_that_is_closed_takes_nothing_but_what_is_stored(ngo: Caller) -> None:
    where, _ = ngo.referral(referred_in=month(3))
    close(ngo)
    assert ngo.put(where, referral(referred_in=month(3))).status_code == 200
    changed = referral(referred_in=month(3), gender="M")
    assert findings(ngo.put(where, changed, If_Match='"1"')) == [("#/referred_in", CORRECTIONS)]
    withdrawal = ngo.post(f"{where}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"})
    assert findings(withdrawal) == [("#/reason_code", CORRECTIONS)]
    assert Referral.objects.count() == 1


def test_a_correction_neither_leaves_a_closed_year_nor_enters_it(ngo: Caller) -> None:
    old, _ = ngo.referral(referred_in=month(3))
    new, _ = ngo.referral(referred_in=month(1, THIS_YEAR))
    close(ngo)
    out = ngo.put(old, referral(referred_in=month(1, THIS_YEAR)), If_Match='"1"')
    assert findings(out) == [("#/referred_in", CORRECTIONS)]
    into = ngo.put(new, referral(referred_in=month(3)), If_Match='"1"')
    assert findings(into) == [("#/referred_in", NEW)]


def test_what_was_withdrawn_is_new_when_it_is_reported_again(ngo: Caller) -> None:
    where, _ = ngo.referral(referred_in=month(3))
    assert ngo.post(f"{where}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"}).status_code == 200
    close_for_new(ngo)
    again = ngo.put(where, referral(referred_in=month(3)), If_Match='"2"')
    assert findings(again) == [("#/referred_in", NEW)]


def test_a_nil_report_of_a_closed_year_is_refused_and_one_that_was_said_stays(ngo: Caller) -> None:
    assert ngo.put(f"/api/v1/reports/{month(3)}", {"referrals": 0}).status_code == 201
    close(ngo)
    assert ngo.put(f"/api/v1/reports/{month(3)}", {"referrals": 0}).status_code == 200
    problem(ngo.put(f"/api/v1/reports/{month(4)}", {"referrals": 0}), "invalid_parameter")
    assert findings(ngo.put(f"/api/v1/reports/{month(4)}", {"referrals": 0}), "invalid_parameter") == [("month", NEW)]


def test_a_delivery_says_what_a_single_referral_is_told_and_so_does_its_dry_run(ngo: Caller) -> None:
    stored = [ngo.referral(referred_in=month(3)) for _ in range(3)]
    current, _ = ngo.referral(referred_in=month(1, THIS_YEAR))
    gone, _ = ngo.referral(referred_in=month(5))
    ngo.post(f"{gone}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"})
    close(ngo)
    close(ngo, LAST_YEAR - 1)
    open_record(
        by=keeper(),
        partner_id=ngo.partner.pk,
        reference=UUID(stored[2][0].rpartition("/")[2]),
        until=timezone.now() + timedelta(hours=1),
    )
    cases = [
        (path(), referral(referred_in=month(3)), None, NEW),
        (path(), referral(referred_in=month(1, THIS_YEAR)), None, None),
        (stored[0][0], referral(referred_in=month(3)), None, None),
        (stored[0][0], referral(referred_in=month(3), gender="M"), 1, CORRECTIONS),
        (stored[1][0], referral(referred_in=month(1, THIS_YEAR)), 1, CORRECTIONS),
        (current, referral(referred_in=month(3)), 1, NEW),
        (gone, referral(referred_in=month(5)), 2, CORRECTIONS),
        (stored[2][0], referral(referred_in=month(3, LAST_YEAR - 1)), 1, NEW),
        (stored[2][0], referral(referred_in=month(4)), 1, None),
    ]
    for where, values, version, rule in cases:
        row = {**values, "reference": where.rpartition("/")[2], **({"version": version} if version else {})}
        real = deliver(ngo, row, dry_run=True)
        assert deliver(ngo, row) == real
        assert real[0][1] == ([rule] if rule else []), (values, version)
        condition = {"If_Match": f'"{version}"'} if version else {}
        alone = ngo.put(where, values, **condition)
        assert (findings(alone) == [("#/referred_in", rule)]) if rule else (alone.status_code < 300)


def test_a_commit_finds_that_the_year_was_closed_meanwhile(ngo: Caller) -> None:
    row = {**referral(referred_in=month(3)), "reference": str(uuid4())}
    batch = whole(send(ngo, [row], dry_run=True))
    assert [each["outcome"] for each in batch["results"]] == ["created"]
    close(ngo)
    answer = ngo.post(f"{BATCHES}/{batch['id']}/commit", {}, Idempotency_Key=str(uuid4()))
    assert [found["rule"] for found in whole(answer)["results"][0]["findings"]] == [NEW]
    assert not Referral.objects.exists()


def test_a_reopening_opens_for_everything(ngo: Caller) -> None:
    close(ngo)
    assert ngo.put(path(), referral(referred_in=month(3))).status_code == 400
    reopened(ngo)
    assert ngo.put(path(), referral(referred_in=month(3))).status_code == 201
    # Who made it has left the staff since. That makes it no reopening of the partner's own, which would open no window.
    User.objects.filter(username="keeper").update(is_staff=False)
    assert ngo.put(path(), referral(referred_in=month(3))).status_code == 201


def test_a_window_is_of_one_partner(ngo: Caller, other_ngo: Caller) -> None:
    close(ngo)
    assert other_ngo.put(path(), referral(referred_in=month(3))).status_code == 201


def test_the_default_closes_to_whom_something_is_expected_of(ngo: Caller, other_ngo: Caller) -> None:
    year = THIS_YEAR - 2
    expected(ngo, since=year)
    assert findings(ngo.put(path(), referral(referred_in=month(3, year)))) == [("#/referred_in", NEW)]
    assert ngo.put(path(), referral(referred_in=month(3, year - 1))).status_code == 201
    assert other_ngo.put(path(), referral(referred_in=month(3, year))).status_code == 201
    set_window(None, year, new_until=TOMORROW, corrections_until=TOMORROW)
    assert ngo.put(path(), referral(referred_in=month(3, year))).status_code == 201


def test_the_latest_change_holds_and_an_empty_one_takes_an_exception_away(ngo: Caller) -> None:
    set_window(ngo.partner, new_until=YESTERDAY)
    set_window(ngo.partner, new_until=TOMORROW)
    assert ngo.put(path(), referral(referred_in=month(3))).status_code == 201
    set_window(ngo.partner, new_until=YESTERDAY)
    assert ngo.put(path(), referral(referred_in=month(3))).status_code == 400
    set_window(ngo.partner)
    assert ngo.put(path(), referral(referred_in=month(3))).status_code == 201


def test_a_partner_in_test_mode_is_closed_by_what_is_set_for_it_alone(db: None) -> None:
    tester = make_caller("NGO", mode=Mode.TEST)
    expected(tester, since=LAST_YEAR - 3)
    assert tester.put(path(), referral(referred_in=month(3, LAST_YEAR - 3))).status_code == 201
    close(tester)
    assert findings(tester.put(path(), referral(referred_in=month(3)))) == [("#/referred_in", NEW)]


def test_one_record_is_opened_by_itself_and_only_for_its_time(ngo: Caller) -> None:
    where, _ = ngo.referral(referred_in=month(3))
    other, _ = ngo.referral(referred_in=month(3))
    close(ngo)
    reference, changed = UUID(where.rpartition("/")[2]), referral(referred_in=month(3), gender="M")
    for until in (timezone.now() - timedelta(seconds=1), timezone.now() + timedelta(hours=1)):
        assert ngo.put(where, changed, If_Match='"1"').status_code == 400
        open_record(by=keeper(), partner_id=ngo.partner.pk, reference=reference, until=until)
    assert ngo.put(where, changed, If_Match='"1"').status_code == 200
    assert ngo.put(other, changed, If_Match='"1"').status_code == 400
    again = ngo.post(f"{where}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"}, If_Match='"2"')
    assert findings(again) == [("#/reason_code", CORRECTIONS)]


def test_what_is_open_by_itself_is_closed_once_the_correction_is_stored(ngo: Caller) -> None:
    """The same content is no correction; a withdrawal and a row of a delivery are."""
    paths = [ngo.referral(referred_in=month(3))[0] for _ in range(3)]
    close(ngo)
    same, changed = referral(referred_in=month(3)), referral(referred_in=month(3), gender="M")
    hour = timezone.now() + timedelta(hours=1)
    references = [path.rpartition("/")[2] for path in paths]
    for reference in references:
        open_record(by=keeper(), partner_id=ngo.partner.pk, reference=UUID(reference), until=hour)
    rows = [{**same, "reference": references[0]}, {**changed, "reference": references[0], "version": 1}]
    assert [deliver(ngo, row)[0][0] for row in rows] == ["unchanged", "corrected"]
    assert deliver(ngo, {**same, "reference": references[0], "version": 2}) == [("rejected", [CORRECTIONS])]
    closed = RecordOpening.objects.filter(partner=ngo.partner, until__lte=F("opened_at"))
    assert [(each.digest, each.user_id) for each in closed] == [(digests.of_reference(UUID(references[0])), None)]
    assert ngo.put(paths[1], same).status_code == 200
    gone = ngo.post(f"{paths[1]}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"}, If_Match='"1"')
    assert gone.status_code == 200
    assert findings(ngo.put(paths[1], changed, If_Match='"2"')) == [("#/referred_in", CORRECTIONS)]
    assert ngo.put(paths[2], changed, If_Match='"1"').status_code == 200


def test_a_delivery_to_a_partner_without_open_records_writes_nothing_more(ngo: Caller) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert deliver(ngo, {**referral(), "reference": str(uuid4())})[0][0] == "created"
    assert not [each for each in queries if "henvis_shorten_openings" in each["sql"]]


def test_the_check_costs_one_small_statement(ngo: Caller) -> None:
    close(ngo, LAST_YEAR - 3)
    ngo.put(path(), referral())
    with CaptureQueriesContext(connection) as queries:
        assert ngo.put(path(), referral()).status_code == 201
    assert len([each for each in queries if "windows_windowchange" in each["sql"]]) == 1
