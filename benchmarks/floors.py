"""Bare WSGI applications: what the same statements cost without a framework. They check nothing and are no service."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from uuid import UUID, uuid4

import django
import psycopg

django.setup()

from cases import tokens  # noqa: E402 (needs Django)
from cases.dimensions import PRINCIPAL  # noqa: E402
from partners.credentials import WHO  # noqa: E402
from partners.locks import LOCK  # noqa: E402
from stats.models import EXACT  # noqa: E402
from stats.reading.catalogue import OF_PERIODS, with_places  # noqa: E402
from stats.reading.datasets import ANSWERED_BY  # noqa: E402
from stats.reading.exact_figures import CELLS  # noqa: E402

StartResponse = Callable[[str, list[tuple[str, str]]], object]
Environ = dict[str, Any]

RELEASES = with_places(OF_PERIODS, len(ANSWERED_BY[EXACT]), 2)
local = threading.local()
FLOOR = json.loads(os.environ.get("HENVIS_FLOOR", "{}"))


def connection() -> psycopg.Connection:
    """This thread's connection; every statement is prepared at its first use."""
    if not hasattr(local, "connection"):
        local.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        local.connection.prepare_threshold = 0
    raw: psycopg.Connection = local.connection
    return raw


def answer(start_response: StartResponse, status: str, body: bytes) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def body_of(environ: Environ) -> tuple[UUID, dict[str, Any], list[Any]]:
    """The reference in the path, and the body in the order of the INSERT's coded columns."""
    values = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    values["referred_in"] += "-01"
    return UUID(environ["PATH_INFO"].rsplit("/", 1)[1]), values, [values[name] for name in FLOOR["coded"]]


def same_statements(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """A first PUT: who, BEGIN, lock, what stands, case and referral, COMMIT; each is answered before the next is sent."""
    return put(environ, start_response, nullcontext())


def same_trips(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The same statements, sent as ours are. It waits for BEGIN, for the turn, for COMMIT, and for the end of the pipeline."""
    return put(environ, start_response, connection().pipeline())


def put(environ: Environ, start_response: StartResponse, trips: AbstractContextManager[object]) -> Iterable[bytes]:
    """A first PUT, in a transaction within `trips`."""
    checksum = hashlib.sha256(environ["HTTP_AUTHORIZATION"][7:].encode()).hexdigest()
    reference, values, codes = body_of(environ)
    who = connection().execute(WHO, [checksum]).fetchone()
    assert who is not None
    with trips, connection().transaction():
        lock = connection().execute(LOCK, [who[0]])
        turn = connection().execute(FLOOR["turn"], [who[0], who[0], checksum, who[0], reference])
        (at,), row = lock.fetchone() or (None,), turn.fetchone() or ()
        was_erased, *current = row[FLOOR["width"] :]
        assert was_erased is False and not any(current)
        token, case = tokens.mint(), uuid4()
        of_case = [case, token, False, False, at, who[0]]
        connection().execute(FLOOR["first"], [*of_case, uuid4(), who[0], who[4], reference, case, at, *codes])
    values["reference"], values["case_token"] = str(reference), token
    return answer(start_response, "201 Created", json.dumps(values).encode())


def one_insert(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The lowest floor: parse the body and run one prepared INSERT."""
    reference, values, codes = body_of(environ)
    row = [uuid4(), FLOOR["partner"], FLOOR["client"], reference, FLOOR["case"], FLOOR["at"], *codes]
    connection().execute(FLOOR["insert"], row)
    return answer(start_response, "201 Created", json.dumps(values).encode())


def one_select(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The floor of reading: one prepared SELECT that fetches the very bytes."""
    row = connection().execute("SELECT body FROM bench_answer WHERE id = 1").fetchone()
    assert row is not None
    return answer(start_response, "200 OK", row[0])


def same_reads(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """What reading exact figures takes: who, which release, the function that logs; then the bytes, which ours keeps."""
    who = connection().execute(WHO, [hashlib.sha256(environ["HTTP_AUTHORIZATION"][7:].encode()).hexdigest()]).fetchone()
    assert who is not None
    assert connection().execute(RELEASES, [*ANSWERED_BY[EXACT], "2023", "2022"]).fetchall()
    arguments = ["by=gender,exploitation", PRINCIPAL.id, ["2023.v1"], [], ["gender,exploitation"]]
    assert connection().execute(CELLS, [who[4], None, "quality-control", *arguments]).fetchall()
    if not hasattr(local, "answer"):
        (local.answer,) = connection().execute("SELECT body FROM bench_answer WHERE id = 1").fetchone() or (b"",)
    return answer(start_response, "200 OK", local.answer)
