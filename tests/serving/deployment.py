"""A deployment as docs/deploying.md makes one: its lines, on a stock PostgreSQL that trusts nobody without a password."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tools.embedded.places import Place
from tools.embedded.postgres import OPTIONS, EmbeddedPostgres

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/deploying.md").read_text()
OWNER, WEB = "owner-password-1f6c", "web-password-9b3e"
# Where it listens, and speed. All else is as PostgreSQL comes, the log above all.
STOCK = {name: OPTIONS[name] for name in ("port", "listen_addresses", "unix_socket_permissions")}
ACCESS = "local all postgres trust\nlocal all all scram-sha-256\n"


def block(name: str) -> str:
    """The lines of the page that have this name."""
    found = re.search(rf"<!-- deploy: {name} -->\n```sh\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None, name
    return found[1]


class StockPostgres(EmbeddedPostgres):
    """The programs of the embedded server, with a cluster in which nothing of ours is."""

    options = STOCK

    def _make_cluster(self, place: Place) -> None:
        super()._make_cluster(place)
        (place.data / "pg_hba.conf").write_text(ACCESS)

    def _provide_roles(self) -> None:
        self._connection().close()


@dataclass(frozen=True)
class Deployment:
    """A database and the addresses of its three roles."""

    server: EmbeddedPostgres
    url: str
    web_url: str
    admin_url: str

    def sql(self, *statements: str) -> list[Any]:
        """Run statements as the superuser of PostgreSQL; the rows of the last."""
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def shell(self, script: str, answers: str = "") -> None:
        """Run lines as a superuser of PostgreSQL does in a clone."""
        host = str(self.server._socket)
        programs = Path(self.server._place().argv("psql")[-1]).parent
        environment = {"PATH": f"{programs}:{os.environ['PATH']}", "PGHOST": host, "PGUSER": "postgres"}
        done = subprocess.run(
            ["sh", "-euc", script],
            cwd=ROOT,
            env=environment,
            input=answers,
            capture_output=True,
            text=True,
            start_new_session=True,  # without a terminal, passwords are asked for on standard input
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def made(server: EmbeddedPostgres) -> Deployment:
    """Make the roles and the database as the page says, but for its last line."""
    where = urlsplit(server.url)

    def url(role: str, password: str) -> str:
        return where._replace(netloc=f"{role}:{password}@" if password else f"{role}@", path="/henvis").geturl()

    deployment = Deployment(server, url("henvis", OWNER), url("henvis_web", WEB), url("postgres", ""))
    lines = block("postgres").splitlines()
    assert lines[-1].startswith("psql henvis --file deploy/postgresql.sql")
    for line, password in zip(lines[:-1], (OWNER, WEB, ""), strict=True):
        deployment.shell(line, f"{password}\n{password}\n")
    return deployment


def quieten(deployment: Deployment) -> None:
    """The last line of what the page says of PostgreSQL."""
    deployment.shell(block("postgres").splitlines()[-1])
