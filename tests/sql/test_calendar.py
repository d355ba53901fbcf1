"""The calendar of releases, function by function; its pages are in tests/pages.

Of `henvis_announced_release`, `henvis_has_ended` and `henvis_check_announced_date`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from stats.models import AUTHORITY, PUBLIC, AnnouncedDate
from tests.callers import as_web_server
from tests.sql.calls import refusal, rows, value
from tests.stats.published import publish, staff

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2101, 3, 1), date(2101, 4, 1)
NOON = datetime(2101, 3, 14, 11, tzinfo=UTC)
WHY = {"reason_da": "Sene tal.", "reason_en": "Late figures."}
DATES = (
    "Årsrapport 2026",
    "Tal for 2026-Q1, 1. kvartal 2026 og 2021–2025",
    "14. marts 2026, 2026-03-14 og 2026-03",
    "2026, quarter 1; 31 May 2026 – “Søren’s”",
)
FIGURES = (
    "3 mænd og 47 kvinder",
    "47",
    "20267",
    "1 2026",
    "Q47",
    "Q5",
    "47 marts",
    "5. kvartal 2026",
    "3. kvartal",
    "2026-13",
    "1947",
)


def announce(**columns: Any) -> UUID:
    """A notice, as the web server writes it. Returns its entry."""
    row = {"period": "2024", "month": MARCH, "user": staff("statistician"), "entry": uuid4(), **columns}
    with as_web_server():
        return AnnouncedDate.objects.create(**row).entry


def latest(entry: UUID) -> AnnouncedDate:
    """The notice that holds."""
    return AnnouncedDate.objects.filter(entry=entry).order_by("sequence").last()  # type: ignore[return-value]


def test_a_date_becomes_exact_and_keeps_its_name_and_its_numbers() -> None:
    entry = announce()
    announce(entry=entry, period="1999", title_da="", month=APRIL, moment=NOON, status="CONFIRMED")
    notice = latest(entry)
    assert (notice.sequence, notice.period, notice.month, notice.moment) == (1, "2024", MARCH, NOON)


def test_a_moment_belongs_to_the_month_of_copenhagen() -> None:
    last_hour = datetime(2101, 3, 31, 22, 30, tzinfo=UTC)  # half past midnight in April
    assert latest(announce(moment=last_hour)).month == APRIL


def test_a_date_moves_with_a_reason_alone() -> None:
    entry = announce(moment=NOON, status="CONFIRMED")
    for columns in ({"month": APRIL}, {"moment": NOON.replace(hour=12)}, {"month": MARCH}):
        with refusal("DATE_MOVED_WITHOUT_REASON"):
            announce(entry=entry, status="ANNOUNCED", **columns)
    with pytest.raises(IntegrityError, match="announceddate_reasons"), transaction.atomic():
        announce(entry=entry, status="POSTPONED", month=APRIL)
    with refusal("DATE_NOT_MOVED"):
        announce(entry=entry, status="POSTPONED", moment=NOON, **WHY)
    announce(entry=entry, status="POSTPONED", month=APRIL, **WHY)
    assert (latest(entry).month, latest(entry).moment) == (APRIL, None)


def test_an_entry_begins_with_its_announcement_and_ends_once() -> None:
    with refusal("DATE_NOT_ANNOUNCED"):
        announce(status="CANCELLED", **WHY)
    entry = announce()
    assert value("SELECT henvis_has_ended(%s)", entry) is False
    announce(entry=entry, status="CANCELLED", month=APRIL, **WHY)
    assert latest(entry).month == MARCH
    assert value("SELECT henvis_has_ended(%s)", entry) is True
    with refusal("DATE_ENDED"):
        announce(entry=entry, moment=NOON, status="CONFIRMED")
    announce()  # of the period another entry may begin


def test_of_a_period_one_entry_is_open() -> None:
    announce()
    with refusal("DATE_OF_PERIOD_OPEN", "2024"):
        announce()
    announce(period="2025")
    announce(period="", title_da="Rapport", title_en="Report")
    announce(period="", title_da="Rapport", title_en="Report")


def test_a_date_that_has_passed_is_not_announced() -> None:
    with refusal("DATE_PAST"):
        announce(month=date(2026, 1, 1))
    with refusal("DATE_PAST"):
        announce(moment=datetime(2026, 1, 1, tzinfo=UTC))
    announce(month=datetime.now(UTC).date().replace(day=1), period="2023")  # the month is not over


def test_the_release_of_its_period_ends_an_entry() -> None:
    publish(PUBLIC, "2024", {"": {"": 7}}, when=datetime(2025, 1, 1, tzinfo=UTC))
    entry = announce()
    publish(AUTHORITY, "2024", {"": {"": 7}})
    publish(PUBLIC, "2023", {"": {"": 7}})
    assert rows("SELECT * FROM henvis_announced_release(%s)", entry) == []
    assert value("SELECT henvis_has_ended(%s)", entry) is False
    with refusal("DATE_OF_PERIOD_PUBLISHED"):
        announce(entry=entry, status="PUBLISHED")
    publish(PUBLIC, "2024", {"": {"": 7}}, vintage=2)
    assert value("SELECT release_id FROM henvis_announced_release(%s)", entry) == "2024.p2"
    with refusal("DATE_ENDED"):
        announce(entry=entry, moment=NOON, status="CONFIRMED")


def test_what_is_no_release_is_said_to_be_published() -> None:
    entry = announce(period="", title_da="Rapport", title_en="Report")
    announce(entry=entry, status="PUBLISHED", month=APRIL)
    assert (latest(entry).status, latest(entry).month, latest(entry).title_en) == ("PUBLISHED", MARCH, "Report")


@pytest.mark.parametrize("text", DATES)
def test_years_periods_and_dates_are_no_figures(text: str) -> None:
    entry = announce(period="", title_da=text, title_en=text)
    announce(entry=entry, status="CANCELLED", reason_da=text, reason_en=text)
    assert latest(entry).reason_da == text


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"title_da": "Rapport", "title_en": "Report"}, "period_or_title"),
        ({"period": "", "title_da": "Rapport"}, "period_or_title"),
        ({"status": "CONFIRMED"}, "confirmed_exactly"),
        ({"month": date(2101, 3, 2)}, "first_day"),
        ({"reason_en": "A\nB"}, "one_line"),
        *(
            ({"reason_da": f"Tal{each}er sene."}, "one_line")
            for each in "\u202e\u200b\u2028\u2066\u00ad\ufeff\u0663\u00b2\u00bd"
        ),
        ({"period": "", "title_da": "Tallet bliver 3 mænd", "title_en": "Report"}, "without_figures"),
        *(({"reason_en": text}, "without_figures") for text in FIGURES),
    ],
)
def test_a_notice_is_whole(columns: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        announce(**columns)
