"""A transaction has one moment, and it is the clock's.

Of `henvis_take_moment`, `henvis_moment` and `henvis_may_date`, and of the triggers' `henvis_set_moments` and `henvis_set_moment`.
"""

from __future__ import annotations

import pytest

from partners.models import AuditEvent
from tests.sql.calls import rows, setting, undone, value, web_value
from tests.stats.records import case, partner, referral

pytestmark = pytest.mark.django_db
LONG_AGO = "2001-02-03T00:00Z"
HISTORY = "history:public.cases_inventeddata"
MAY_DATE = "SELECT henvis_may_date('public.cases_case'::regclass, %s)"


@pytest.fixture(autouse=True)
def _history_off(db: None) -> None:
    """The setting by which tests date rows is off."""
    setting("history", "off")


def test_a_moment_that_was_taken_holds_until_it_is_taken_again() -> None:
    first = value("SELECT henvis_take_moment()")
    assert value("SELECT henvis_moment()") == value("SELECT henvis_moment()") == first
    assert value("SELECT henvis_take_moment()") > first


def test_without_one_the_clock_is_asked_each_time() -> None:
    assert value("SELECT henvis_moment()") < value("SELECT henvis_moment()")


@pytest.mark.parametrize("text", [LONG_AGO, "2999-01-01T00:00Z"])
def test_a_moment_outside_of_the_transaction_is_ignored(text: str) -> None:
    setting("moment", text)
    assert value("SELECT henvis_moment() BETWEEN transaction_timestamp() AND clock_timestamp()") is True


@pytest.mark.parametrize(
    ("name", "words", "allowed"),
    [
        ("", ["restore", HISTORY], False),
        ("erase", [], True),
        ("erase", None, True),
        ("restore", ["at", "restore"], True),
        ("restore", ["at", HISTORY], False),
        ("restore", None, False),
        ("history", ["at", "now", HISTORY], True),
        ("history", ["at", "restore"], False),
        ("history", None, False),
    ],
)
def test_who_may_date_a_row(name: str, words: list[str] | None, allowed: bool) -> None:
    """The tests' database says that its records are invented. Whatever is set, the web server's role may not."""
    if name:
        setting(name)
    assert value(MAY_DATE, words) is allowed
    assert web_value(MAY_DATE, words) is False


def test_a_tombstone_alone_comes_back_with_its_moment_and_every_history_may_be_made_up() -> None:
    triggers = dict(
        rows("SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'set_moment'")
    )
    assert len(triggers) >= 20
    assert {table for table, text in triggers.items() if "'restore'" in text} == {"erased_tombstone"}
    made_up = {table for table, text in triggers.items() if f"'{HISTORY}'" in text}
    # No invented history has rows of these rooms: what they say was said at that moment.
    of_today = ("mail_", "organisations_", "quality_", "returns_", "subject_requests_")
    assert [table for table in set(triggers) - made_up if not table.startswith(of_today)] == []


def test_without_invented_records_there_is_no_history() -> None:
    setting("history")
    with undone():
        rows("ALTER TABLE cases_inventeddata DISABLE TRIGGER append_only")
        rows("DELETE FROM cases_inventeddata")
        assert value(MAY_DATE, [HISTORY]) is False


def test_henvis_set_moments_dates_versions() -> None:
    ngo = partner()
    at = value("SELECT henvis_take_moment()")
    version = referral(case(ngo), ngo, recorded_at=LONG_AGO, superseded_at=LONG_AGO)
    version.refresh_from_db()
    assert (version.recorded_at, version.superseded_at) == (at, None)
    with undone():
        ended = rows("UPDATE cases_referral SET superseded_at = %s RETURNING superseded_at", LONG_AGO)
        assert ended == [(at,)]


@pytest.mark.parametrize(
    ("argument", "means"),
    [("", "henvis_moment()"), (", 'begun'", "transaction_timestamp()"), (", 'now'", "clock_timestamp()")],
)
def test_henvis_set_moment_dates_the_column_that_the_trigger_names(argument: str, means: str) -> None:
    value("SELECT henvis_take_moment()")
    with undone():
        rows("CREATE TABLE dated (id integer, at timestamptz)")
        rows(
            "CREATE TRIGGER set_moment BEFORE INSERT ON dated "
            f"FOR EACH ROW EXECUTE FUNCTION henvis_set_moment('at'{argument})"
        )
        ((at,),) = rows("INSERT INTO dated VALUES (1, %s) RETURNING at", LONG_AGO)
        meant = value(f"SELECT {means}")
        assert at <= meant if "clock" in means else at == meant
        assert at >= value("SELECT transaction_timestamp()")


def test_acts_of_one_transaction_stand_in_their_order() -> None:
    value("SELECT henvis_take_moment()")
    first, second = (AuditEvent.objects.create(action="a", subject="s", detail={}) for _ in range(2))
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.at < second.at
