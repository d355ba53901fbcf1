"""Publishing and withdrawing a release: acts of staff that functions of the database decide and log.

The web server may not write what is published, nor read the proof of a draft. It asks the database.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from core.refusals import raised_as
from core.text import NO_TEXT, Text, both
from partners import jobs
from partners.audit import Actor
from stats.errors import ReleaseRefused
from stats.models import Release
from stats.refusals import REFUSALS

DRAW = "charts.paint"
PUBLISH = "SELECT henvis_publish(%s, %s, %s, %s)"
REFUSE = "SELECT henvis_refuse_draft(%s, %s, %s)"
GROUNDS = "SELECT henvis_grounds(%s, %s)"
WITHDRAW = "SELECT henvis_withdraw(%s, %s, %s, %s)"
ASK_WITHDRAWAL = "SELECT henvis_ask_withdrawal(%s, %s, %s)"
DECIDE_WITHDRAWAL = "SELECT henvis_decide_withdrawal(%s, %s, %s)"
PROOF = "SELECT passed, stale, margins, behind FROM henvis_proof(%s)"


@dataclass(frozen=True, slots=True)
class DraftProof:
    """What staff may know of a draft's proof. `stale`: it does not reckon with something that was published or decided since.

    `behind`: of persons and of each dataset of sums how many reports were expected and came.
    """

    passed: bool
    stale: bool
    margins: dict[str, Any]
    behind: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PublishingObstacle:
    """Why the database would refuse to publish a draft, in words with `{subject}`.

    `needs_order`: another build removes the obstacle. `needs_choice`: of other tables, since the same ones would fail again.
    """

    words: Text
    needs_order: bool
    needs_choice: bool


def obstacle_of(release: Release, by: Actor) -> PublishingObstacle | None:
    """What keeps somebody from publishing a draft, as far as can be said before. The database decides."""
    proof = proof_of(release.pk)
    if proof is None or not proof.passed:
        code = "PROOF_NOT_PASSED"
    elif hasattr(release, "refusal"):
        code = "DRAFT_REFUSED"
    elif proof.stale:
        code = "PROOF_STALE"
    elif release.user_id in {None, by.user_id}:
        code = "APPROVED_BY_BUILDER"
    else:
        return None
    return PublishingObstacle(
        REFUSALS[code], needs_order=code != "APPROVED_BY_BUILDER", needs_choice=code == "PROOF_NOT_PASSED"
    )


def publish(*, by: Actor, release_id: str, reason: Text = NO_TEXT) -> None:
    """Publish a draft, for ever. Raises `ReleaseRefused` with the reason.

    The proof of the draft must have passed, and reckon with every release that is published now. The approver must be active staff
    with the right, and another person than the one who had it built. `reason`: of what speaks against it (`grounds_of`), why it is
    right all the same; the order says so too, and everybody reads both.
    """
    call_database(PUBLISH, release_id, by.user_id, *reason, defer=DRAW)


def refuse(*, by: Actor, release_id: str, reason: str) -> None:
    """Say no to a draft, for good. Raises `ReleaseRefused`."""
    call_database(REFUSE, release_id, reason, by.user_id)


def grounds_of(release_id: str, at: datetime) -> list[str]:
    """What would speak against publishing a release at a moment, as codes."""
    with connection.cursor() as cursor:
        cursor.execute(GROUNDS, [release_id, at])
        (grounds,) = cursor.fetchone() or ([],)
    return list(grounds)


def withdraw(*, by: Actor, release_id: str, replacement: str, reason: Text) -> None:
    """Withdraw a published release in favour of another. Raises `ReleaseRefused` with the reason.

    The replacement must be published, of the same period and audience, and not withdrawn itself. The withdrawn release stays
    readable, since what was read cannot be taken back.
    """
    call_database(WITHDRAW, release_id, replacement, both(reason), by.user_id, defer=DRAW)


def ask_withdrawal(*, by: Actor, release_id: str, reason: Text) -> None:
    """Ask a second approver to withdraw a release that nothing replaces. Raises `ReleaseRefused` with the reason."""
    call_database(ASK_WITHDRAWAL, release_id, both(reason), by.user_id)


def decide_withdrawal(*, by: Actor, request_id: int, agreed: bool) -> None:
    """Agree to a withdrawal as the second approver, or say no. Raises `ReleaseRefused` with the reason.

    Once it is withdrawn its tables are no longer answered. Audits still reckon with its figures: they were read.
    """
    call_database(DECIDE_WITHDRAWAL, request_id, agreed, by.user_id, defer=DRAW)


def proof_of(release_id: str) -> DraftProof | None:
    """The outcome of the audit of a release. None: it has no proof."""
    with connection.cursor() as cursor:
        cursor.execute(PROOF, [release_id])
        row = cursor.fetchone()
    return DraftProof(row[0], row[1], json.loads(row[2]), json.loads(row[3])) if row else None


def call_database(statement: str, *parameters: str | int | datetime | None, defer: str | None = None) -> None:
    """Run one of the database's functions in a transaction of its own, and add a job of the task `defer`, if one is named.

    Raises `ReleaseRefused` where the database refuses.
    """
    with raised_as(ReleaseRefused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        if defer:
            jobs.defer(defer)
