"""With which databases the web server, the commands and the demo do not start, and what they say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.serving import free_port
from config import demands, env
from config.serve import command
from tests.serving.deployment import Deployment
from tests.serving.service import environment, manage, ran

SERVE = [sys.executable, "-m", "config.serve"]
ANOTHER = {"HENVIS_PEPPER": "another-one-9876543210-zyxwvutsrqponmlkjihgfedcba"}


def refused(line: list[str], env: dict[str, str], *words: str) -> None:
    """The program ends with a sentence that has these words, and without a traceback."""
    done = ran(line, env)
    assert done.returncode == 1, done.stdout + done.stderr
    assert [word for word in words if word not in done.stderr] == [], done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_starts_with_another_pepper(deployed: Deployment) -> None:
    owner, web = environment(deployed.url, **ANOTHER), environment(deployed.web_url, **ANOTHER)
    sentence = "HENVIS_PEPPER is not the one that this database was made with"
    refused(SERVE, web, sentence)
    refused(command("--port=1"), web, sentence)
    for words in (["migrate"], ["tidy"], ["add_partner", "Name", "--kind", "NGO"], ["work", "--queues", "upkeep"]):
        refused([sys.executable, "manage.py", *words], owner, sentence)


def test_the_web_server_does_not_start_where_it_is_told_of_the_keys(tmp_path: Path) -> None:
    refused(
        SERVE, environment("postgresql:///henvis", HENVIS_KEYS=str(tmp_path)), "signs receipts", "docs/deploying.md"
    )


def test_no_server_starts_whose_writing_a_build_would_not_see(deployed: Deployment) -> None:
    deployed.sql("REVOKE henvis_web FROM henvis")
    try:
        refused(SERVE, environment(deployed.web_url), "is no member of henvis_web", "deploy/postgresql.sql")
    finally:
        deployed.sql("GRANT henvis_web TO henvis")


def test_a_demo_whose_pepper_is_lost_says_what_to_do(deployed: Deployment, tmp_path: Path) -> None:
    """It makes new secrets where the file is gone, and the database knows that they are not its own."""
    given = environment(deployed.url, HENVIS_HOME=str(tmp_path / "home"))
    del given["HENVIS_PEPPER"]
    refused([sys.executable, "-m", "deploy.demo.start"], given, "secrets.json", "remove the home")


def test_what_needs_no_database_needs_no_pepper_of_one(tmp_path: Path) -> None:
    nowhere = f"postgresql:///henvis?host={tmp_path}"
    for words in (["makemigrations", "--check", "--dry-run"], ["codelist", "check"], ["check"]):
        manage(nowhere, *words, **ANOTHER)
    asked = [
        sys.executable,
        "manage.py",
        "check_proxy",
        f"https://127.0.0.1:{free_port()}",
        "--plain=http://127.0.0.1:9",
    ]
    refused(asked, environment(nowhere, **ANOTHER), "The service does not answer by TLS.")


def test_the_fingerprint_is_one_row_that_nobody_changes(deployed: Deployment) -> None:
    with env.connect(deployed.web_url) as web:
        assert web.execute("SELECT count(*) FROM partners_pepperfingerprint").fetchone() == (1,)
    for statement in (
        "INSERT INTO partners_pepperfingerprint (fingerprint) VALUES ('x')",
        "UPDATE partners_pepperfingerprint SET fingerprint = 'x'",
        "DELETE FROM partners_pepperfingerprint",
        "TRUNCATE partners_pepperfingerprint",
    ):
        with pytest.raises(Exception, match=r"append-only|pepperfingerprint_one"):
            deployed.sql(statement)


@pytest.mark.parametrize(
    "option", ["statement_timeout=0", "lock_timeout=0", "lock_timeout=1h", "idle_in_transaction_session_timeout=0"]
)
def test_no_server_starts_that_may_wait_for_ever(deployed: Deployment, option: str) -> None:
    url = f"{deployed.web_url}&options=-c%20{option.replace('=', '%3D')}"
    refused(SERVE, environment(url), option.partition("=")[0], "0 is for ever")


def test_what_is_set_for_role_or_database_loosens_no_limit(deployed: Deployment) -> None:
    loose = "ALTER {} SET statement_timeout = 0"
    deployed.sql(loose.format("ROLE henvis_web"), loose.format("DATABASE henvis"))
    try:
        with env.connect(deployed.web_url) as web:
            assert web.execute("SHOW statement_timeout").fetchone() == ("30s",)
    finally:
        deployed.sql("ALTER ROLE henvis_web RESET ALL", "ALTER DATABASE henvis RESET statement_timeout")


@pytest.mark.parametrize(
    "setting",
    [
        "log_error_verbosity = 'default'",
        "log_min_messages = 'warning'",
        "log_min_error_statement = 'error'",
        "log_statement = 'all'",
        "log_parameter_max_length = -1",
        "log_parameter_max_length_on_error = 100",
    ],
)
def test_no_server_starts_where_the_log_would_keep_a_refused_row(deployed: Deployment, setting: str) -> None:
    deployed.sql(f"ALTER ROLE henvis_web SET {setting}")
    try:
        refused(SERVE, environment(deployed.web_url), setting.partition(" ")[0], "docs/deploying.md")
    finally:
        deployed.sql("ALTER ROLE henvis_web RESET ALL")


def test_on_the_loopback_a_telling_log_is_allowed_and_nothing_else(deployed: Deployment) -> None:
    deployed.sql("ALTER ROLE henvis_web SET log_statement = 'all'")
    try:
        with pytest.MonkeyPatch.context() as patch, env.connect(deployed.web_url) as web:
            patch.setenv("HENVIS_INSECURE_LOOPBACK", "1")
            demands.refuse_log_of_rows(web)
            patch.setenv("HENVIS_INSECURE_LOOPBACK", "0")
            with pytest.raises(SystemExit, match="log_statement = all"):
                demands.refuse_log_of_rows(web)
    finally:
        deployed.sql("ALTER ROLE henvis_web RESET ALL")


def test_an_unmigrated_database_has_no_pepper_yet(deployed: Deployment) -> None:
    with env.connect(deployed.admin_url.replace("/henvis?", "/postgres?")) as empty:
        assert demands.knows_pepper(empty) is False


def test_nothing_starts_where_the_fingerprint_is_lost(deployed: Deployment) -> None:
    """As where a part of a backup was restored: any pepper would be right there."""
    with env.connect(deployed.admin_url) as admin:
        admin.execute("ALTER TABLE partners_pepperfingerprint DISABLE TRIGGER USER")
        admin.execute("DELETE FROM partners_pepperfingerprint")
        with pytest.raises(SystemExit, match="has lost the fingerprint"):
            demands.knows_pepper(admin)
        admin.rollback()
