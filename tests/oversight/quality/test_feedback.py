"""The feedback to a partner: its own figures in plain sentences, what has changed, and nothing of another partner."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from cases.intake.rulebook import RULES
from core.text import Text
from oversight.quality.comparison import Comparison
from oversight.quality.export import feedback_lines
from oversight.quality.feedback import (
    change_in_referrals_sentence,
    change_sentence,
    feedback,
    field_sentence,
    note_read,
    readers,
)
from oversight.quality.looks import part_of
from oversight.quality.models import FeedbackRead, FieldComparison
from oversight.quality.shares import Share
from oversight.quality.words import FEEDBACK
from oversight.quality.words import YEAR as CHOICE_OF_YEAR
from partners import audit
from partners.models import AuditEvent, Partner
from partners.roles import MemberRole
from tests.oversight.quality.world import NOW, YEAR, referred, reporting, tally
from tests.people.visitors import member

pytestmark = pytest.mark.django_db
AGE = Text("Alder", "Age")


@pytest.fixture
def shelter() -> Partner:
    """A partner with a year of reports, and one before."""
    made = reporting(since=date(YEAR - 1, 1, 1))
    referred(made, 10, f"{YEAR - 1}-03", gender="F", recruiter="BROKER")
    referred(made, 15, f"{YEAR}-01", gender="F", recruiter="BROKER")
    referred(made, 5, f"{YEAR}-02", gender="_U", recruiter="_U", recorded_at=datetime(YEAR, 5, 1, tzinfo=UTC))
    return made


def test_the_feedback_has_the_own_figures_of_the_year_and_says_what_has_changed(shelter: Partner) -> None:
    other = reporting()
    referred(other, 40, gender="_U")
    tally(shelter, "code_unknown", 7)
    tally(shelter, "code_unknown", 2, tried=True)
    tally(other, "code_unknown", 99)
    FieldComparison.objects.create(year=YEAR, field="recruiter", low=5, high=10)
    page = feedback(shelter, YEAR, NOW)
    said = [each.en for each in page.sentences]
    assert said[0] == f"You have 20 referrals of {YEAR}."
    assert said[1].startswith(f"These reports came late: February {YEAR}. These are still missing: March {YEAR}; ")
    assert said[2] == f"These periods are past due and not declared complete: January {YEAR}; February {YEAR}."
    assert said[3] == "Errors in rows that you sent: 7. Files that were refused: 0."
    assert "not known in 25% of your referrals; in 5–10% of all partners' referrals." in " ".join(said)
    changes = [each.en for each in page.changes]
    assert changes[0] == f"10 more referrals than in {YEAR - 1}."
    assert f"not known in 25%, against 0% in {YEAR - 1}." in " ".join(changes)
    (rule,) = page.rules
    assert (rule.rows_sent, rule.rows_tried) == (7, 2)
    text = " ".join(str(each) for line in feedback_lines(page) for each in line)
    assert other.name not in text and not re.search(r"\b99\b", text)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_rule_says_on_the_page_itself_what_to_do(shelter: Partner, language: str) -> None:
    """The page about it is for who writes programs: it names the rule by its code, and is outside of the desk."""
    tally(shelter, "version_needed", 2)
    tally(shelter, "rule_of_before", 1)
    with override(language):
        part = part_of(FEEDBACK, shelter, YEAR, NOW)
        page = unescape(render_to_string(part["part"], part))
    assert RULES["version_needed"].about(language).replace("`", "") in page
    assert page.count("<summary>") == 1
    assert "/problems/" not in page and "bånd" not in page and "band" not in page


def test_a_year_that_goes_on_is_not_counted_against_a_whole_one(shelter: Partner) -> None:
    """Its shares are compared: these do not grow with the year."""
    changes = [each.en for each in feedback(shelter, YEAR, datetime(YEAR, 12, 31, 22, tzinfo=UTC)).changes]
    assert changes
    assert not [each for each in changes if "referrals than" in each or "Late or missing" in each]
    assert "referrals than" in feedback(shelter, YEAR, datetime(YEAR, 12, 31, 23, tzinfo=UTC)).changes[0].en


@pytest.mark.parametrize(
    ("now", "before", "da", "en"),
    [
        (5, 4, "1 henvisning mere end i 2023.", "1 referral more than in 2023."),
        (4, 5, "1 henvisning færre end i 2023.", "1 referral fewer than in 2023."),
        (4, 6, "2 færre henvisninger end i 2023.", "2 fewer referrals than in 2023."),
    ],
)
def test_one_referral_more_or_fewer_is_one(now: int, before: int, da: str, en: str) -> None:
    assert [*change_in_referrals_sentence(now, before, 2024)] == [Text(da, en)]
    assert [*change_in_referrals_sentence(now, now, 2024)] == []


def test_the_year_as_staff_look_at_it_names_its_months(shelter: Partner) -> None:
    part = part_of(CHOICE_OF_YEAR, shelter, YEAR, NOW)
    with override("da"):
        page = render_to_string(part["part"], part)
    assert f">februar {YEAR}<" in page and f"{YEAR}-02" not in page


def test_a_partner_without_anything_has_a_feedback_too() -> None:
    page = feedback(reporting(since=date(2025, 3, 1)), YEAR, NOW)
    assert [each.da for each in page.sentences] == [
        f"I har ingen henvisninger fra {YEAR}.",
        "Ingen indberetning kom for sent.",
        "Ingen række og ingen fil blev afvist.",
    ]
    assert (page.fields, page.changes) == ([], [])


@pytest.mark.parametrize(
    ("compared", "words"),
    [
        (None, "Alder: ukendt i 12 % af jeres henvisninger."),
        (Comparison(5, 10), "Alder: ukendt i 12 % af jeres henvisninger; hos alle partnere i 5–10 %."),
        (
            Comparison(8, 8),
            "Alder: ukendt i 12 % af jeres henvisninger; hos alle partnere i 8 % af personerne i den udgivne statistik.",
        ),
    ],
)
def test_a_field_is_said_in_a_sentence(compared: Comparison | None, words: str) -> None:
    assert field_sentence(AGE, Share(3, 25), compared).da == words


@pytest.mark.parametrize(
    ("now", "before", "is_said"),
    [
        (Share(5, 50), Share(2, 50), True),
        (Share(4, 50), Share(2, 50), False),
        (Share(5, 9), Share(1, 50), False),
        (Share(5, 50), Share(0, 9), False),
        (Share(0, 0), Share(9, 50), False),
    ],
)
def test_a_change_is_said_where_it_is_no_chance_of_small_numbers(now: Share, before: Share, is_said: bool) -> None:
    assert bool([*change_sentence(AGE, now, before, YEAR)]) is is_said


def test_the_receipt_is_written_once_and_counts_active_managers(shelter: Partner) -> None:
    first, second = member(shelter), member(shelter)
    gone = member(shelter)
    caseworker = member(shelter, MemberRole.CASEWORKER)
    for each in (first, first, gone, caseworker):
        note_read(user=each.user, partner=shelter, year=YEAR)
    gone.user.is_active = False
    gone.user.save()
    assert FeedbackRead.objects.count() == 3 == AuditEvent.objects.filter(action="feedback.read").count()
    assert (readers(YEAR)[shelter.pk].read, readers(YEAR)[shelter.pk].managers) == (1, 2)
    assert readers(YEAR - 1)[shelter.pk].read == 0
    assert second.user_id not in FeedbackRead.objects.values_list("user_id", flat=True)


def test_a_receipt_without_its_audit_row_is_none(shelter: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(audit, "record", away)
    with pytest.raises(ConnectionError):
        note_read(user=member(shelter).user, partner=shelter, year=YEAR)
    assert not FeedbackRead.objects.exists()
