"""Signs of life of the server's services that do jobs. Their workers give them every ten seconds, and leave the last one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from partners.install import WEB
from partners.jobs.registry import INTAKE, QUEUES, UPKEEP, right_of
from partners.staff.naming import moment_of
from partners.text import Text, in_one

# A service that begins again after an upgrade or a fault is back within this.
SILENT = timedelta(minutes=5)
SIGNS = "SELECT henvis_role = %s, henvis_queues, last_heartbeat, henvis_ended FROM procrastinate_workers ORDER BY 3"


class WorkerSign(NamedTuple):
    """The last sign of life of a worker: its right, its queues, and whether it was stopped in order then."""

    right: str
    queues: list[str]
    at: datetime
    has_ended: bool


def read_signs() -> list[WorkerSign]:
    """The last sign of life of each worker, the latest last. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(SIGNS, [WEB])
        return [WorkerSign(INTAKE if is_web else UPKEEP, *rest) for is_web, *rest in cursor.fetchall()]


def latest_of(right: str, signs: Iterable[WorkerSign]) -> datetime | None:
    """The last sign of life of the workers of a right; None where there never was one."""
    return max((each.at for each in signs if each.right == right), default=None)


def dead_queues(right: str, signs: list[WorkerSign]) -> dict[str, datetime]:
    """The queues of a right that lives whose last worker is silent and was not stopped in order, each with its last sign."""
    latest = latest_of(right, signs)
    if latest is None or is_silent(latest):
        return {}
    last_by_queue = {queue: each for each in signs for queue in each.queues if right_of(queue) == right}
    return {queue: last.at for queue, last in last_by_queue.items() if is_silent(last.at) and not last.has_ended}


def is_silent(at: datetime) -> bool:
    """Whether a service should have given a sign of life since."""
    return at < timezone.now() - SILENT


def words_of_sign(queue: str, at: datetime | None) -> Text:
    """The last sign of life of the workers of a queue, in a sentence."""
    name, moment = Text(*map(str.capitalize, QUEUES[queue])), moment_of(at)
    if at is None:
        return Text(f"{name.da}: intet livstegn endnu.", f"{name.en}: no sign of life yet.")
    if is_silent(at):
        return Text(f"{name.da}: intet livstegn siden {moment}.", f"{name.en}: no sign of life since {moment}.")
    return Text(f"{name.da}: sidste livstegn {moment}.", f"{name.en}: last sign of life {moment}.")


def words_of_signs() -> Text:
    """The last signs of life of both services, and of each queue whose worker died."""
    signs = read_signs()
    dead = {queue: at for right in (UPKEEP, INTAKE) for queue, at in dead_queues(right, signs).items()}
    services = (words_of_sign(right, latest_of(right, signs)) for right in (UPKEEP, INTAKE))
    return in_one(*services, *(one_died(queue, at) for queue, at in dead.items()))


def one_died(queue: str, at: datetime) -> Text:
    """That the worker of one queue is silent while others are not."""
    words = QUEUES[queue]
    moment = moment_of(at)
    return Text(
        f"Køen »{words.da}« udføres ikke: dens tjeneste har intet livstegn givet siden {moment}.",
        f"The queue “{words.en}” is not worked: its service gave no sign of life since {moment}.",
    )
