"""`henvis_append_only` and `henvis_refuse_truncate`: what is stored stays, with two exceptions that are the owner's."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from partners.models import AuditEvent
from tests.callers import as_web_server
from tests.sql.calls import rows, setting, undone, value, violation
from tests.stats.records import assessment, case, partner, referral
from tests.stats.web_role import refused

pytestmark = pytest.mark.django_db
END = "UPDATE cases_referral SET superseded_at = now()"


@pytest.fixture
def _records(db: None) -> None:
    """A referral, an assessment and an audit event."""
    ngo = partner()
    of = case(ngo)
    referral(of, ngo)
    assessment(of, ngo)
    AuditEvent.objects.create(action="a", subject="s", detail={})


@pytest.mark.usefixtures("_records")
def test_no_row_is_changed_or_deleted() -> None:
    for statement in ("UPDATE cases_case SET test = true", "DELETE FROM cases_case", "DELETE FROM partners_auditevent"):
        with violation():
            rows(statement)


@pytest.mark.usefixtures("_records")
def test_a_column_that_the_trigger_names_is_set_from_null_once_and_alone() -> None:
    with undone():
        rows(END)
        with violation():
            rows(END)
        with violation():
            rows("UPDATE cases_referral SET superseded_at = NULL")
    with violation():
        rows(f"{END}, gender = 'X'")


@pytest.mark.usefixtures("_records")
def test_an_erasure_deletes_records_and_unties_what_stays() -> None:
    with undone():
        setting("erase")
        rows("UPDATE partners_auditevent SET subject = 'tombstone', detail = '{}'")
        rows("DELETE FROM cases_assessment")
        rows("DELETE FROM cases_referral")
        rows("DELETE FROM cases_case")
        for statement in (
            "UPDATE partners_auditevent SET action = 'b', subject = 'c'",
            "DELETE FROM partners_auditevent",
        ):
            with violation():
                rows(statement)


@pytest.mark.usefixtures("_records")
def test_a_purge_deletes_referrals_alone() -> None:
    with undone():
        setting("purge")
        rows("DELETE FROM cases_referral")
        for table in ("cases_assessment", "cases_case", "partners_auditevent"):
            with violation():
                rows(f"DELETE FROM {table}")


@pytest.mark.usefixtures("_records")
@pytest.mark.parametrize("name", ["erase", "purge"])
def test_the_settings_are_of_no_use_to_another_role_even_with_the_right_to_write(name: str) -> None:
    with undone():
        rows("GRANT UPDATE, DELETE ON cases_referral TO henvis_web")
        setting(name)
        with as_web_server():
            for statement in ("DELETE FROM cases_referral", "UPDATE cases_referral SET case_id = gen_random_uuid()"):
                with violation():
                    rows(statement)


@pytest.mark.usefixtures("_records")
def test_no_table_is_emptied() -> None:
    emptied = value("SELECT count(*) FROM pg_trigger WHERE tgfoid = 'henvis_refuse_truncate'::regproc")
    assert emptied > 10
    with violation():
        rows("TRUNCATE statistics_publication CASCADE")


@pytest.mark.parametrize(
    ("words", "change", "erasing", "purging"),
    [
        ("", "DELETE FROM kept", False, False),
        ("'erase'", "DELETE FROM kept", True, False),
        ("'purge'", "DELETE FROM kept", False, True),
        ("'erase:person'", "DELETE FROM kept", False, False),
        ("'erase'", "UPDATE kept SET person = 2", False, False),
        ("'erase:person'", "UPDATE kept SET person = 2", True, False),
        ("'erase:person'", "UPDATE kept SET person = 2, word = 'b'", False, False),
        ("'erase:person', 'erase:word'", "UPDATE kept SET person = 2, word = 'b'", True, False),
    ],
)
def test_the_words_of_the_trigger_say_what_an_erasure_and_a_purge_may_do(
    words: str, change: str, erasing: bool, purging: bool
) -> None:
    """A table of the test's own: the function knows no table by its name."""
    for name, allowed in (("", False), ("erase", erasing), ("purge", purging)):
        with undone():
            rows("CREATE TABLE kept (person integer, word text)")
            rows("INSERT INTO kept VALUES (1, 'a')")
            rows(
                "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kept "
                f"FOR EACH ROW EXECUTE FUNCTION henvis_append_only({words})"
            )
            if name:
                setting(name)
            with nullcontext() if allowed else violation():
                rows(change)


def test_nobody_calls_a_trigger_s_function() -> None:
    for name in ("henvis_append_only", "henvis_refuse_truncate"):
        refused(f"SELECT {name}()", "permission denied|can only be called as triggers")
