"""A build waits for transactions that began before its moment: they may still commit a version of before it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from partners.audit import COMMAND
from stats.counting import build as release
from stats.counting import moments
from stats.errors import ReleaseRefused, StillOpen
from tests.stats.reading import total
from tests.stats.records import case, partner, referral
from tools.embedded import postgres

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("zero_is_known")]


SHORT = timedelta(seconds=0.3)


def address(**changes: str) -> dict[str, str]:
    """Where the tests' database is."""
    known = connection.get_connection_params()
    named = {name: known[name] for name in ("dbname", "user", "password", "host", "port") if known.get(name)}
    return {**named, **changes}


@contextmanager
def other() -> Iterator[psycopg.Connection]:
    """A second session of the same database, in a transaction that has begun."""
    with psycopg.connect(psycopg.conninfo.make_conninfo(**address())) as session:
        session.execute("SELECT 1")
        yield session


def superuser() -> psycopg.Connection:
    """A session of another role in the same database."""
    try:
        return psycopg.connect(psycopg.conninfo.make_conninfo(**address(user="postgres")))
    except psycopg.OperationalError:
        pytest.skip("no second role to connect as: the database is not the embedded one")


def test_a_build_gives_up_while_a_transaction_is_open_and_stores_nothing() -> None:
    told: list[str] = []
    with other(), pytest.raises(StillOpen, match="1 transaction"):
        release.build(by=COMMAND, period="2023", longest_wait=SHORT, tell=told.append)
    assert len(told) == 1
    assert told[0].startswith("waiting for 1 transaction")


def test_a_build_waits_for_the_end_and_counts_what_was_committed() -> None:
    ngo = partner()
    referral(case(ngo), ngo, referred_in="2023-03", recorded_at=timezone.now())
    ended = threading.Event()
    with other() as writer:
        # A version with a time before the release's moment, in a transaction that ends after it.
        writer.execute("CREATE TEMPORARY TABLE one AS SELECT * FROM cases_referral")
        writer.execute("UPDATE one SET id = gen_random_uuid(), reference = gen_random_uuid()")
        writer.execute("INSERT INTO cases_referral SELECT * FROM one")

        def end() -> None:
            writer.commit()
            ended.set()

        timer = threading.Timer(0.6, end)
        timer.start()
        built = release.build(by=COMMAND, period="2023", depth=1, longest_wait=timedelta(seconds=20)).release
        assert ended.is_set()
        timer.join()
    assert total(built.pk, "referrals") == 2
    assert release.build(by=COMMAND, period="2023", depth=1, as_of=built.as_of).created is False


def test_a_transaction_that_began_after_the_moment_is_not_waited_for() -> None:
    moment = timezone.now()
    with other():
        assert release.build(by=COMMAND, period="2023", depth=1, as_of=moment, longest_wait=SHORT).created


def test_a_session_without_a_transaction_is_not_waited_for() -> None:
    with other() as session:
        session.rollback()
        assert release.build(by=COMMAND, period="2023", depth=1, longest_wait=SHORT).created


def test_a_session_of_another_role_counts_once_it_has_written() -> None:
    with superuser() as session:
        session.execute("SELECT 1")
        assert moments.count_open(timezone.now()) == 0
        session.execute("CREATE TEMPORARY TABLE written AS SELECT 1")
        assert moments.count_open(timezone.now()) == 1
        session.rollback()
        assert moments.count_open(timezone.now()) == 0


def test_nothing_is_built_where_sessions_do_not_show_their_transactions() -> None:
    role = address()["user"]
    with superuser() as admin:
        admin.execute(f'GRANT SET ON PARAMETER track_activities TO "{role}"')
        admin.commit()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET track_activities = off")
            with pytest.raises(ReleaseRefused, match="track_activities is off"):
                release.build(by=COMMAND, period="2023", longest_wait=SHORT)
        finally:
            connection.close()
            admin.execute(f'REVOKE SET ON PARAMETER track_activities FROM "{role}"')


def test_a_prepared_transaction_is_open_until_it_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(postgres.OPTIONS, "max_prepared_transactions", "1")
    with postgres.EmbeddedPostgres(tmp_path, fast=True) as server, closing(connection.copy()) as there:
        known = psycopg.conninfo.conninfo_to_dict(server.url)
        there.settings_dict.update(NAME=known["dbname"], USER=known["user"], HOST=known["host"], PORT=known["port"])
        monkeypatch.setattr(moments, "connection", there)
        before = timezone.now()
        with psycopg.connect(server.url, autocommit=True) as session:
            session.execute("BEGIN")
            session.execute("CREATE TABLE written AS SELECT 1")
            session.execute("PREPARE TRANSACTION 'one'")
            assert moments.count_open(before) == 1
            session.execute("COMMIT PREPARED 'one'")
            assert moments.count_open(before) == 0
