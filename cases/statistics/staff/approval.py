"""Publishing a release, and withdrawing one: acts of staff, decided and logged by functions of the database.

The web server may not write what is published, and not even the proof of a draft is in its reach: it asks.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from cases.statistics.errors import ReleaseRefused
from partners.audit import Actor
from partners.refusals import raised_as

PUBLISH = "SELECT henvis_publish(%s, %s)"
WITHDRAW = "SELECT henvis_withdraw(%s, %s, %s, %s)"
PROOF = "SELECT passed, stale, margins FROM henvis_proof(%s)"


@dataclass(frozen=True, slots=True)
class Audited:
    """What may be told of a draft's proof. `stale`: other releases were published since, which it does not know."""

    passed: bool
    stale: bool
    margins: dict[str, Any]


def publish(*, by: Actor, release_id: str) -> None:
    """Publish a draft, for ever. Raises `ReleaseRefused` with the reason.

    The draft's proof has passed and knows every release that is published now; who approves is active staff with the right, and
    somebody else than who had it built.
    """
    ask(PUBLISH, release_id, by.user_id)


def withdraw(*, by: Actor, release_id: str, replacement: str, reason: str) -> None:
    """Say that a published release should be used no more. Raises `ReleaseRefused` with the reason.

    The replacement is published, of the same period and audience, and not withdrawn itself. What was published stays readable:
    it cannot be taken back.
    """
    ask(WITHDRAW, release_id, replacement, reason, by.user_id)


def proof_of(release_id: str) -> Audited | None:
    """The outcome of a release's audit; None where it has none."""
    with connection.cursor() as cursor:
        cursor.execute(PROOF, [release_id])
        row = cursor.fetchone()
    return Audited(row[0], row[1], json.loads(row[2])) if row else None


def ask(statement: str, *parameters: str | int | None) -> None:
    """Run one of the database's functions in a transaction of its own. Raises `ReleaseRefused` where it refuses."""
    with raised_as(ReleaseRefused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
