"""Checks of a whole delivery: what each asks about, what it lets pass, and that only the sender's own referrals count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import months
from cases.intake.checks.content import content_digest
from cases.intake.checks.counts import History
from cases.intake.checks.delivery import DeliveryTally
from cases.intake.findings import Finding
from cases.intake.rulebook.rule import Rows
from oversight.reporting import completion
from partners.kinds import Calendar, Reporting
from tests.callers import Caller, make_caller, referral
from tests.cases.intake.rows import history_of, reference, row, tally_of
from tests.cases.windows.world import set_window

BANDS, COUNTRIES, REGIONS = ("Y18T24", "Y25T34", "Y35T44"), ("NG", "RO", "TH", "UG"), ("DK01", "DK02", "DK03", "DK04")
# As many kinds of rows as there are rows: nothing is alike, and nothing is missing.
KINDS = [
    {"age_band": band, "citizenship": country, "region": region}
    for band, country, region in product(BANDS, COUNTRIES, REGIONS)
]


def mixed(count: int, **changes: object) -> Rows:
    """So many different rows."""
    return tuple((1, {**KINDS[number % len(KINDS)], **changes}) for number in range(count))


def rules(rows: Rows, history: History | None = None, *, is_new: bool = True) -> list[tuple[str, str | None]]:
    """What a delivery is asked about: rule and field."""
    found = tally_of(rows, is_new=is_new).findings(history or History())
    return [(each.rule, each.field) for each in found]


def test_a_delivery_in_which_nothing_is_odd_is_asked_nothing() -> None:
    assert rules(mixed(48)) == []
    assert rules(mixed(48), history_of(mixed(48, referred_in="2024-03"))) == []
    assert tally_of(()).findings(History()) == []


@pytest.mark.parametrize(("unknown", "is_asked"), [(15, False), (17, False), (18, True), (20, True)])
def test_twenty_rows_are_asked_where_more_than_half_is_unknown_by_no_chance(unknown: int, is_asked: bool) -> None:
    rows = (*mixed(unknown, exploited_in="_U"), *mixed(48)[unknown:20])
    assert rules(rows) == ([("unknown_share_high", "exploited_in")] if is_asked else [])


def test_fewer_than_twenty_rows_are_not_looked_at_but_for_their_months() -> None:
    assert rules(((19, {"exploited_in": "_U", "citizenship": "_U"}),)) == []


def test_an_optional_field_may_be_left_out_as_long_as_it_always_was() -> None:
    rows = mixed(40, duration="_N", services_needed=["_N"])
    before = {"referred_in": "2024-03"}
    assert rules(rows) == []
    assert rules(rows, history_of(mixed(40, **before, duration="_N", services_needed=["_N"]))) == []
    assert rules(rows, history_of(mixed(40, **before))) == [
        ("unknown_share_rose", "duration"),
        ("unknown_share_rose", "services_needed"),
    ]


def test_a_share_that_rises_a_little_or_among_few_is_no_rise() -> None:
    some = (*mixed(7, duration="_U"), *mixed(48)[7:40])
    before = history_of(mixed(40, referred_in="2024-03"))
    assert rules(some, before) == []
    assert rules(mixed(30, duration="_U"), history_of(mixed(19, referred_in="2024-03"))) == []


def test_what_only_minors_are_asked_is_no_unknown() -> None:
    rows = mixed(40, unaccompanied_minor="_N", guardian_assigned="_N")
    assert rules(rows, history_of(mixed(40, referred_in="2024-03"))) == []


def test_one_value_is_asked_about_where_the_partner_s_own_referrals_vary() -> None:
    before = {"referred_in": "2024-03"}
    women = mixed(30, gender="F")
    assert rules(women, history_of(mixed(30, **before, gender="F"))) == []
    varied = (*mixed(20, **before, gender="F"), *mixed(48, **before, gender="M")[20:40])
    assert rules(women, history_of(varied)) == [("one_value", "gender")]
    nearly = (*mixed(19, **before, gender="M"), *mixed(40, **before, gender="F")[19:])
    assert rules(mixed(21, gender="F"), history_of(nearly)) == [("one_value", "gender")]
    rare = (*mixed(1, **before, gender="M"), *mixed(40, **before, gender="F")[1:])
    assert rules(mixed(30, gender="F"), history_of(rare)) == []


def test_of_a_new_partner_only_age_and_citizenship_are_known_to_vary() -> None:
    one = tuple((1, {**kind, "citizenship": "TH"}) for kind in KINDS[:20])
    assert [each for each in rules(one) if each[0] == "one_value"] == [("one_value", "citizenship")]
    assert rules(one[:19]) == []


@pytest.mark.parametrize(
    ("here", "before", "is_asked"), [(40, 20, False), (48, 12, True), (20, 48, True), (40, 30, False), (21, 12, False)]
)
def test_a_count_jumps_where_chance_would_not_make_it(here: int, before: int, is_asked: bool) -> None:
    found = rules(mixed(here), history_of(mixed(before, referred_in="2024-03")))
    assert found == ([("count_jump", None)] if is_asked else [])


def test_what_is_stored_already_is_no_further_referral() -> None:
    stored = (*mixed(12, referred_in="2024-03"), *mixed(14))
    again = rules(mixed(48), history_of(stored), is_new=False)
    assert again == []
    assert ("count_jump", None) in rules(mixed(48), history_of(stored))


def test_a_partner_that_began_last_year_is_compared_from_its_first_month_on() -> None:
    early = tuple((1, {**kind, "referred_in": "2025-01"}) for kind in KINDS[:40])
    late = tuple((1, {**kind, "referred_in": "2025-09"}) for kind in KINDS[:12])
    before = history_of(mixed(12, referred_in="2024-09"))
    assert ("count_jump", None) not in rules((*early, *late), before)


def test_the_present_month_is_not_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.intake.checks.delivery.this_month", lambda: date(2025, 3, 1))
    assert rules(mixed(20), history_of(mixed(48, referred_in="2024-03"))) == []


@pytest.mark.parametrize(("since", "rule"), [("2024-01", "month_missing"), ("2025-03", None), (None, None)])
def test_a_month_is_missing_where_the_partner_reports_monthly(since: str | None, rule: str | None) -> None:
    ends: Rows = ((1, {"referred_in": "2025-01"}), (1, {"referred_in": "2025-03"}))
    monthly = date.fromisoformat(f"{since}-01") if since else None
    found = tally_of(ends).findings(History(monthly_since=monthly))
    assert found == ([Finding(rule, period="2025-02")] if rule else [])


def test_a_month_that_is_stored_or_reported_empty_is_not_missing() -> None:
    ends: Rows = ((1, {"referred_in": "2025-01"}), (1, {"referred_in": "2025-03"}))
    monthly: Mapping[str, object] = {"monthly_since": date(2024, 1, 1)}
    assert rules(ends, history_of(((1, {"referred_in": "2025-02"}),), **monthly)) == []
    assert rules(ends, history_of((), **monthly, nil=frozenset({date(2025, 2, 1)}))) == []


def test_a_month_is_empty_by_no_chance_where_the_others_have_many() -> None:
    few = (*mixed(8, referred_in="2025-01"), *mixed(8, referred_in="2025-03"))
    assert rules(few) == []
    many = (*mixed(20, referred_in="2025-01"), *mixed(20, referred_in="2025-03"))
    assert tally_of(many).findings(History()) == [Finding("month_empty", period="2025-02")]


def test_at_most_twenty_four_months_are_named() -> None:
    ends: Rows = ((1, {"referred_in": "2015-01"}), (1, {"referred_in": "2025-03"}))
    assert len(rules(ends, History(monthly_since=date(2000, 1, 1)))) == 24


def test_rows_are_alike_by_chance_where_they_say_little() -> None:
    copies = (*mixed(48), *mixed(12))
    assert rules(copies) == [("rows_identical", None)]
    assert rules((*mixed(48), *mixed(9))) == []
    unsaid = ("setting", "detected_by", "residence_basis", "exploitation", "exploitation_detail", "exploited_in")
    little = dict.fromkeys(unsaid, "_U")
    little |= {"minor_when_exploited": "_U", "recruiter": "_N", "duration": "_N", "previously_referred": "_N"}
    sets = {name: ["_N"] for name in ("exploitation_also", "means_of_control", "services_needed", "services_given")}
    assert ("rows_identical", None) not in rules((*mixed(48, **little, **sets), *mixed(12, **little, **sets)))


def test_what_is_stored_as_it_is_is_asked_nothing() -> None:
    before = History({date(2024, 3, 1): 400, date(2024, 5, 1): 400}, monthly_since=date(2024, 1, 1))
    rows = (*mixed(24, citizenship="NG"), (1, {"referred_in": "2025-05", "citizenship": "NG"}))
    asked = {each.rule for each in tally_of(rows, is_new=False).findings(before)}
    assert asked == {"count_jump", "month_missing", "one_value", "rows_identical"}
    assert tally_of(rows, is_new=False, is_change=False).findings(before) == []
    few = mixed(19, exploited_in="_U", citizenship="NG")
    apart = (*few, *((count, {**each, "referred_in": "2024-03"}) for count, each in few))
    assert None in {each.period for each in tally_of(apart).findings(History())}
    assert tally_of(apart, is_change=False).findings(History()) == []


def test_years_are_looked_at_apart_and_together_where_each_is_small() -> None:
    apart = (*mixed(20, exploited_in="_U"), *mixed(20, referred_in="2024-03", exploited_in="_U"))
    found = [each for each in tally_of(apart).findings(History()) if each.rule == "unknown_share_high"]
    assert [each.period for each in found] == ["2024", "2025"]
    small = (*mixed(12, exploited_in="_U"), *mixed(24, referred_in="2024-03", exploited_in="_U")[12:])
    assert [(each.rule, each.period) for each in tally_of(small).findings(History())] == [("unknown_share_high", None)]


def test_a_confirmation_is_of_the_rule_the_field_the_period_and_the_rows() -> None:
    values = [row(**kind) for kind in KINDS[:25]]
    digests = [content_digest(reference(number), each) for number, each in enumerate(values)]

    def digest_of(order: list[int], finding: Finding) -> str:
        tally = DeliveryTally()
        for number in order:
            tally.add(values[number], digests[number])
        return tally.digest_of(finding)

    finding = Finding("unknown_share_high", "region", period="2025")
    first = digest_of(list(range(25)), finding)
    assert digest_of(list(reversed(range(25))), finding) == first
    others = [
        digest_of(list(range(24)), finding),
        digest_of([*range(24), 0], finding),
        digest_of(list(range(25)), Finding("one_value", "region", period="2025")),
        digest_of(list(range(25)), Finding("unknown_share_high", "setting", period="2025")),
        digest_of(list(range(25)), Finding("unknown_share_high", "region", period="2024")),
    ]
    assert len({first, *others}) == 6


@pytest.mark.django_db
def test_history_is_of_the_partner_s_own_current_referrals_by_two_statements(ngo: Caller) -> None:
    other = make_caller("NGO", name="Another")
    for caller, gender in ((ngo, "F"), (other, "M")):
        caller.referral(referred_in="2025-03", gender=gender)
    path, _ = ngo.referral(referred_in="2024-05", gender="X")
    ngo.post(f"{path}/withdrawal", {"reason_code": "DUPLICATE"}, If_Match='"1"')
    corrected, _ = ngo.referral(referred_in="2025-04", gender="M")
    ngo.put(corrected, {**referral(), "referred_in": "2025-04", "gender": "X"}, If_Match='"1"')
    with CaptureQueriesContext(
        connection,
    ) as queries:
        history = History.of(ngo.partner.pk, [2024, 2025])
    assert len(queries) == 2
    assert history.months == {date(2025, 3, 1): 1, date(2025, 4, 1): 1}
    assert {year: dict(fields["gender"]) for year, fields in history.values.items()} == {2025: {"F": 1, "X": 1}}
    assert dict(history.values[2025]["means_of_control"]) == {"DEBT_BONDAGE|THREATS": 2}
    assert (history.monthly_since, history.nil) == (None, frozenset())


@pytest.mark.django_db
def test_history_knows_the_calendar_and_the_months_that_were_reported_empty(ngo: Caller) -> None:
    calendar = Calendar(Reporting.MONTHLY, since=date(2024, 1, 1))
    partner = ngo.partner
    partner.reporting, partner.reporting_since = str(calendar.frequency), calendar.since
    partner.save()
    set_window(partner, 2025, new_until=months.today())
    completion.declare(by=ngo.principal, month=date(2025, 2, 1))
    tally = tally_of(((1, {"referred_in": "2025-01"}), (1, {"referred_in": "2025-04"})))
    history = tally.history_of(partner.pk)
    assert (history.monthly_since, history.nil) == (date(2024, 1, 1), frozenset({date(2025, 2, 1)}))
    assert tally.findings(history) == [Finding("month_missing", period="2025-03")]
    assert DeliveryTally().history_of(uuid4()) == History()
    assert months.this_month() > date(2025, 4, 1)
