"""The page on deploying, as far as a test may follow it: the database, the commands and the services."""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from benchmarks.serving import free_port
from config import demands, env
from partners.jobs.registry import LARGE, OF_INTAKE
from tests.running import lacks, until
from tests.serving.deployment import PAGE, ROOT, Deployment, block, quieten
from tests.serving.service import ENVIRONMENT, Service, environment, ran
from tools.embedded.processes import Child

UNITS = sorted((ROOT / "deploy/systemd").glob("*"))
SERVE = [sys.executable, "-m", "config.serve"]
ROW = "INSERT INTO partners_auditevent (id, action, subject, detail) VALUES (%s, %s, repeat('payload', 50), '{}')"


def unit(name: str) -> ConfigParser:
    """A file of systemd's."""
    found = ConfigParser(strict=False, interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read(ROOT / "deploy/systemd" / name)
    return found


def test_a_stock_log_keeps_refused_rows_the_server_refuses_it_and_the_page_s_file_mends_it(
    deployed: Deployment,
) -> None:
    kept = deployed.sql("SELECT setconfig FROM pg_db_role_setting WHERE setdatabase <> 0")
    assert len(kept) == 1
    deployed.sql("ALTER DATABASE henvis RESET ALL")
    try:
        assert "payload" in logged_by_a_refused_row(deployed)
        refused = ran(SERVE, environment(deployed.web_url))
        assert refused.returncode == 1
        assert [name for name in demands.QUIET if "." not in name and name not in refused.stderr] == [
            "log_statement",
            "log_parameter_max_length_on_error",
        ], "PostgreSQL has these two right by itself"
    finally:
        quieten(deployed)
    assert "payload" not in logged_by_a_refused_row(deployed)
    with env.connect(deployed.web_url) as web:
        demands.refuse_log_of_rows(web)


def logged_by_a_refused_row(deployed: Deployment) -> str:
    """What the server's log gains by a row that is refused."""
    before = len(deployed.server.log.read_text())
    with psycopg.connect(deployed.web_url) as web, pytest.raises(psycopg.Error):
        web.execute(ROW, [str(uuid4()), "x" * 65])
    return deployed.server.log.read_text()[before:]


def test_a_restored_database_needs_the_file_again(deployed: Deployment) -> None:
    deployed.sql("GRANT TEMPORARY ON DATABASE henvis TO PUBLIC")
    try:
        assert "temporary tables" in ran(SERVE, environment(deployed.web_url)).stderr
    finally:
        quieten(deployed)
    with env.connect(deployed.web_url) as web:
        env.refuse_powerful_role(web)


@pytest.fixture
def etc(deployed: Deployment, tmp_path: Path) -> Path:
    """/etc/henvis as somebody filled it in."""
    for file in (ROOT / "deploy/environment").glob("*.env"):
        shutil.copy(file, tmp_path)
    given = {**ENVIRONMENT, "HENVIS_KEYS": str(tmp_path / "keys"), "HENVIS_SPOOL": str(tmp_path / "spool")}
    for name, url in (("henvis", ""), ("web", deployed.web_url), ("commands", deployed.url)):
        path = tmp_path / f"{name}.env"
        lines = path.read_text().splitlines()
        values = {**given, "DATABASE_URL": url}
        names = [line.partition("=")[0] for line in lines if "=" in line and not line.startswith("#")]
        path.write_text("".join(f"{each}='{values[each]}'\n" for each in names))
    return tmp_path


def test_the_page_s_commands_run(etc: Path) -> None:
    """As whoever owns the clone: becoming another user is the machine's matter."""
    lines = [line for line in block("start").splitlines() if line.startswith("deploy/manage")]
    assert [line.split()[1] for line in lines] == ["migrate", "check", "roles", "invite"]
    script = (ROOT / "deploy/manage").read_text().replace("runuser -u henvis -- ", "")
    copy = etc / "manage"
    copy.write_text(script.replace('"$(dirname "$0")/.."', shlex.quote(str(ROOT))))
    for line in lines:
        words = [str(copy), *shlex.split(line, comments=True)[1:]]
        done = ran(["sh", *words], {"PATH": "/usr/bin:/bin", "HENVIS_ETC": str(etc)})
        assert done.returncode == 0, done.stdout + done.stderr


def of_service(name: str, etc: Path) -> tuple[list[str], dict[str, str]]:
    """The command of a service and its environment, here instead of in /opt/henvis."""
    service = unit(name)["Service"]
    assert service["WorkingDirectory"] == "/opt/henvis"
    files = [
        line.partition("=")[2]
        for line in (ROOT / "deploy/systemd" / name).read_text().splitlines()
        if line.startswith("EnvironmentFile=")
    ]
    told = "".join(Path(file.replace("/etc/henvis", str(etc))).read_text() for file in files)
    pairs = (line.partition("=") for line in told.splitlines())
    given = {name: value.strip("'") for name, _, value in pairs}
    return shlex.split(service["ExecStart"].replace("/opt/henvis", str(ROOT))), {"PATH": "/usr/bin:/bin", **given}


def test_the_services_run_with_their_files(etc: Path, ngo_client: tuple[str, str]) -> None:
    web, given = of_service("henvis-web.service", etc)
    assert "HENVIS_KEYS" not in given, "keys are for commands"
    port = web.index("--port=8000")
    web[port] = f"--port={free_port()}"
    intake, reading = of_service("henvis-worker@.service", etc)
    assert reading == given and intake[-1] == "%i"
    upkeep, owner = of_service("henvis-upkeep.service", etc)
    assert owner["HENVIS_KEYS"]
    publisher, _ = of_service("henvis-publisher.service", etc)
    with (
        Child(web, stop_by=signal.SIGTERM, patience=20, env=given, cwd=ROOT) as server,
        Child(upkeep, stop_by=signal.SIGTERM, patience=20, env=owner, cwd=ROOT) as worker,
        Child([*intake[:-1], LARGE], stop_by=signal.SIGTERM, patience=20, env=reading, cwd=ROOT) as reader,
        Child(publisher, stop_by=signal.SIGTERM, patience=20, env=owner, cwd=ROOT) as other_worker,
    ):
        service = Service(int(web[port].partition("=")[2]), server, ngo_client)
        until(service.answers)
        assert service.fetch_token().status == 200
        assert service.ask("GET", "/livez").status == 200
        assert worker.running and reader.running and other_worker.running
    for words, environment_given in ((upkeep, owner), ([*intake[:-1], *OF_INTAKE], reading)):
        done = ran([*words, "--once"], environment_given)
        assert done.returncode == 0, done.stderr[-3000:]
    done = ran(upkeep, reading)
    assert done.returncode == 1 and "worked with the role henvis_web" in done.stderr


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_takes_the_units(path: Path, tmp_path: Path) -> None:
    """With our Python in the place of the one that only a server has."""
    if shutil.which("systemd-analyze") is None:
        lacks("no systemd on this machine, so the units were not verified")
    for each in UNITS:
        text = each.read_text().replace("/opt/henvis/.venv/bin/python", sys.executable)
        (tmp_path / each.name).write_text(text)
    line = ["systemd-analyze", "verify", "--man=no", str(tmp_path / path.name)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    ours = [told for told in done.stderr.splitlines() if "henvis" in told and "postgresql.service" not in told]
    assert ours == []


def test_the_page_names_every_unit_and_every_variable() -> None:
    (line,) = [each for each in block("start").splitlines() if each.startswith("systemctl enable")]
    started = line.split()
    for path in UNITS:
        name = path.name.removesuffix(".service")
        for unit_name in [f"{name}{queue}" for queue in OF_INTAKE] if name.endswith("@") else [name]:
            assert unit_name in started
    for file in (ROOT / "deploy/environment").glob("*.env"):
        for line in file.read_text().splitlines():
            assert line.startswith("#") or f"| `{line.partition('=')[0]}` |" in PAGE


def test_a_later_version_has_its_units_before_they_are_started() -> None:
    """Else systemd knows none of those that have come."""
    update = PAGE.partition("## A later version")[2].partition("\n## ")[0]
    (start,) = [each for each in block("start").splitlines() if each.startswith("systemctl enable")]
    steps = ["systemctl stop", "git pull", "manage migrate", "cp deploy/systemd/", "daemon-reload", f"`{start}`"]
    places = [update.index(each) for each in steps]
    assert places == sorted(places)
