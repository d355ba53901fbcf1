"""Typed reading of the environment. Settings and the demo ask here, and nothing outside `config` reads a variable.

A value that cannot be meant is an error with the variable's name, never a silent default. ``HENVIS_MAIL`` is the server through
which mail is sent; only the worker of upkeep needs it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

import psycopg
from django.core.exceptions import ImproperlyConfigured

OLDEST_POSTGRES = 17
# `build` holds what the web server must not read. To a role that may not enter a schema, its name in the path means nothing.
SEARCH_PATH = "-c search_path=public,build"
WEB_ROLE = "henvis_web"
# Whoever is not answered gives up: a server that is away is noticed in half a minute, even without a word from its kernel.
PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "25000",
}
# The web server waits for nothing longer than this, so that no thread of it is lost. Commands may: a build takes its time.
LIMITS = "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
# What would let a role past the guarded functions: to be superuser, to enter the schema, or to make schemas, as the database's
# owner may; and to put temporary tables before ours, which a database that was restored from a dump allows to everybody again.
# `role`: who connected, or whom a connection option put in its place.
TOO_MUCH = """
SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = {role} AND rolsuper)
    OR EXISTS (SELECT FROM pg_namespace WHERE nspname = 'build' AND has_schema_privilege({role}, oid, 'USAGE'))
    OR has_database_privilege({role}, current_database(), 'CREATE')
    OR EXISTS (SELECT FROM pg_namespace WHERE nspname = 'build')
        AND has_database_privilege({role}, current_database(), 'TEMPORARY')
"""
TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
# What a DATABASE_URL may add behind the question mark; anything else is more likely a slip than a wish.
CONNECTION_OPTIONS = {
    "sslmode", "sslrootcert", "sslcert", "sslkey", "sslpassword", "sslnegotiation", "channel_binding", "gssencmode",
    "target_session_attrs", "application_name", "connect_timeout", "options", "passfile", "service",
    "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
}  # fmt: skip


def require(name: str) -> str:
    """The variable's text; raise `ImproperlyConfigured` where it is missing or empty."""
    if value := os.environ.get(name, "").strip():
        return value
    raise ImproperlyConfigured(f"{name} is not set. Henvis does not start without it.")


def text(name: str, default: str = "") -> str:
    """The variable's text, or the default where it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    """1/true/yes/on or 0/false/no/off, whatever the case; without it no."""
    value = text(name, "0").lower()
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} is neither true nor false; write 1 or 0.")


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number between `least` and `most`."""
    value = text(name, str(default))
    if value.isascii() and value.isdigit() and least <= int(value) and (most is None or int(value) <= most):
        return int(value)
    limits = f"of at least {least}" if most is None else f"between {least} and {most}"
    raise ImproperlyConfigured(f"{name} must be a whole number {limits}.")


# A hundred years.
MOST_MONTHS = 1200


def months(name: str, classes: dict[str, tuple[int, int]]) -> dict[str, int]:
    """Months by class, such as `persons=120,reads=12`; a class that is not named has its default. `classes`: default and fewest."""
    words = dict(part.partition("=")[::2] for part in listing(name))
    if unknown := sorted(words.keys() - classes.keys()):
        raise ImproperlyConfigured(f"{name} has no {', '.join(unknown)}; it has {', '.join(classes)}.")
    return {
        each: whole(f"{each} of {name}", words.get(each, str(default)), least)
        for each, (default, least) in classes.items()
    }


def whole(name: str, value: str, least: int) -> int:
    if value.isascii() and value.isdigit() and least <= int(value) <= MOST_MONTHS:
        return int(value)
    raise ImproperlyConfigured(f"{name} must be a whole number between {least} and {MOST_MONTHS}.")


def choice(name: str, *choices: str) -> str:
    """One of some words; the first where the variable is missing or empty."""
    if (value := text(name, choices[0]).upper()) in choices:
        return value
    raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}.")


def listing(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A comma-separated list; blanks around and empty entries are dropped."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or list(default)


def path(name: str, default: Path) -> Path:
    """A path, absolute, with `~` expanded."""
    value = text(name)
    return (Path(value).expanduser() if value else default).absolute()


def database(url: str) -> dict[str, Any]:
    """Django's database settings of ``postgresql://user:password@host:port/name?host=/socket/dir&sslmode=…``.

    Connections persist for each worker; statements are prepared on the server at their first use. The web server's role gets limits
    on how long it waits; the URL's own options go before them.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://; Henvis runs on PostgreSQL only.")
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = query.pop("host", "") or unquote(parts.hostname or "")
    port = query.pop("port", "") or _port(parts)
    name = query.pop("dbname", "") or unquote(parts.path.lstrip("/"))
    user = query.pop("user", "") or unquote(parts.username or "")
    password = query.pop("password", "") or unquote(parts.password or "")
    if not name:
        raise ImproperlyConfigured("DATABASE_URL names no database.")
    if unknown := sorted(set(query) - CONNECTION_OPTIONS):
        raise ImproperlyConfigured(f"DATABASE_URL has options that are not known: {', '.join(unknown)}.")
    options = query.get("options", "")
    limits = LIMITS if user == WEB_ROLE or f"role={WEB_ROLE}" in options else ""
    query["options"] = " ".join(filter(None, (limits, options, SEARCH_PATH)))
    return {
        "ENGINE": "config.database",
        "NAME": name,
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 1, **PATIENCE, **query},
    }


def connect(url: str) -> psycopg.Connection:
    """A connection with the options that Django's has. Raises `psycopg.OperationalError` where there is none."""
    settings_found = database(url)
    options = {name: value for name, value in settings_found["OPTIONS"].items() if name != "server_side_binding"}
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return psycopg.connect(
        **{name: settings_found[key] for name, key in names.items() if settings_found[key]}, **options
    )


def acting_as_web(url: str) -> str:
    """The URL of an owner's role, which puts the web server's role in its place as it connects. For the demo and the tests."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    query["options"] = f"{query.get('options', '')} -c role={WEB_ROLE}".strip()
    return urlunsplit(parts._replace(query=urlencode(query, quote_via=quote)))


def _port(parts: SplitResult) -> str:
    try:
        return str(parts.port or "")
    except ValueError:  # its message quotes the URL's tail, which may hold a password's
        raise ImproperlyConfigured("DATABASE_URL has a port that is no number; percent-encode the password.") from None


def refuse_old(connection: psycopg.Connection) -> None:
    """End the program with a sentence where PostgreSQL is too old."""
    version = connection.info.server_version
    if version // 10_000 < OLDEST_POSTGRES:
        version_found = f"{version // 10_000}.{version % 10_000}"
        raise SystemExit(f"Henvis needs PostgreSQL {OLDEST_POSTGRES} or newer; DATABASE_URL leads to {version_found}.")


def refuse_powerful_role(connection: psycopg.Connection) -> None:
    """End the program with a sentence where the web server is about to run with a role that can read what it must not."""
    if too_powerful(connection):
        raise SystemExit(
            f"DATABASE_URL connects with a role that can enter the schema build, owns the database, is a superuser or makes "
            f"temporary tables. The web server runs with the role {WEB_ROLE}; the owner's role is for commands; and temporary "
            f"tables are taken back from everybody after a restore, too (see docs/deploying.md)."
        )


def too_powerful(connection: psycopg.Connection) -> bool:
    """Whether the role that connected, or the one that it acts as, can get past the guarded functions of the database.

    On the loopback (the demo on a database that was given, and the tests) the owner may act as the web server's role.
    """
    roles = ["current_user"] if flag("HENVIS_INSECURE_LOOPBACK") else ["current_user", "session_user"]
    return any(connection.execute(TOO_MUCH.format(role=role)).fetchone() != (False,) for role in roles)


CONSOLE = "console"
MAIL_PATIENCE = 20
# Implicit TLS, and TLS that is begun by STARTTLS. Neither sends a word of a mail before.
PORTS = {"smtps": 465, "smtp": 587}
# A relay on the same machine: what does not leave it needs no TLS.
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def mailers(url: str) -> dict[str, dict[str, Any]]:
    """Django's setting of the same name for ``smtps://user:password@host:port``, ``smtp://…`` or ``console``. Empty: none.

    Raises `ImproperlyConfigured`, without a word of the value, which holds a password.
    """
    if not url:
        return {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    if url == CONSOLE:
        return {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise ImproperlyConfigured("HENVIS_MAIL must be smtps://…, smtp://… or console, and name a host and no path.")
    is_near = parts.scheme == "smtp" and parts.hostname in THIS_MACHINE
    options = {
        "host": parts.hostname,
        "port": port_of(parts) or (25 if is_near else PORTS[parts.scheme]),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp" and not is_near,
        "timeout": MAIL_PATIENCE,
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def port_of(parts: SplitResult) -> int | None:
    """The port. Raises `ImproperlyConfigured` for one that is no number."""
    try:
        return parts.port
    except ValueError:
        raise ImproperlyConfigured("HENVIS_MAIL has a port that is no number; percent-encode the password.") from None
