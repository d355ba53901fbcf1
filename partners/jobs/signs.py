"""Signs of life of the server's services: workers of jobs give them every ten seconds, the publisher each minute.

Each leaves the last one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from core.install import WEB
from core.text import Text, in_one
from partners.jobs.registry import INTAKE, QUEUES, UPKEEP
from partners.staff.naming import moment_of

# A service that begins again after an upgrade or a fault is back within this.
SILENT = timedelta(minutes=5)
SIGNS = (
    "SELECT henvis_role = %s, henvis_queues, last_heartbeat, henvis_ended, henvis_gave_up FROM procrastinate_workers "
    "ORDER BY last_heartbeat"
)
# What publishes on time does no jobs: in the table of workers it stands for a queue that there is not.
PUBLISHER = "publisher"
# The web server's role, which reads strangers' files, gives no sign of it.
OF_PUBLISHER = f"FROM procrastinate_workers WHERE henvis_queues = ARRAY['{PUBLISHER}'] AND henvis_role <> '{WEB}'"
AGAIN = f"UPDATE procrastinate_workers SET last_heartbeat = now() WHERE id = (SELECT min(id) {OF_PUBLISHER})"
FIRST = f"INSERT INTO procrastinate_workers (henvis_queues) SELECT ARRAY['{PUBLISHER}'] WHERE NOT EXISTS (SELECT {OF_PUBLISHER})"
NAMES = {**QUEUES, PUBLISHER: Text("udgivelse til tiden", "publication on time")}


class WorkerSign(NamedTuple):
    """The last sign of life of a worker: its right (or the publisher), its queues, and whether it was stopped in order then or gave
    up because of an error.
    """

    right: str
    queues: list[str]
    at: datetime
    has_ended: bool
    gave_up: bool


def read_signs() -> list[WorkerSign]:
    """The last sign of life of each worker, the latest last. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(SIGNS, [WEB])
        rows = cursor.fetchall()
    return [WorkerSign(right_in_table(queues, is_web=is_web), queues, *rest) for is_web, queues, *rest in rows]


def right_in_table(queues: list[str], *, is_web: bool) -> str:
    """Of which right a worker of the table is."""
    return INTAKE if is_web else PUBLISHER if PUBLISHER in queues else UPKEEP


def give_publisher_sign() -> None:
    """Write down that the publisher lives. One row for however many publishers run."""
    with connection.cursor() as cursor:
        cursor.execute(AGAIN)
        if not cursor.rowcount:
            cursor.execute(FIRST)


def publisher_is_silent() -> RawSQL:
    """The condition that the publisher should have given a sign of life since its last, or never gave one."""
    lives = f"NOT EXISTS (SELECT {OF_PUBLISHER} AND last_heartbeat >= %s)"
    return RawSQL(lives, [timezone.now() - SILENT], output_field=BooleanField())  # noqa: S611 (a constant)


def latest_of(right: str, signs: Iterable[WorkerSign]) -> datetime | None:
    """The last sign of life of the workers of a right; None where there never was one."""
    return max((each.at for each in signs if each.right == right), default=None)


def dead_queues(right: str, signs: list[WorkerSign]) -> dict[str, WorkerSign]:
    """The queues of a right that lives whose last worker gave up, or is silent and was not stopped in order; each with its sign."""
    latest = latest_of(right, signs)
    if latest is None or is_silent(latest):
        return {}
    last = last_by_queue(right, signs)
    return {q: each for q, each in last.items() if each.gave_up or (is_silent(each.at) and not each.has_ended)}


def last_by_queue(right: str, signs: Iterable[WorkerSign]) -> dict[str, WorkerSign]:
    """The last sign of life in each queue of a right."""
    return {queue: each for each in signs if each.right == right for queue in each.queues}


def is_silent(at: datetime) -> bool:
    """Whether a service should have given a sign of life since."""
    return at < timezone.now() - SILENT


def words_of_sign(queue: str, at: datetime | None) -> Text:
    """The last sign of life of the workers of a queue, in a sentence."""
    name, moment = Text(*map(str.capitalize, NAMES[queue])), moment_of(at)
    if at is None:
        return Text(f"{name.da}: intet livstegn endnu.", f"{name.en}: no sign of life yet.")
    if is_silent(at):
        return Text(f"{name.da}: intet livstegn siden {moment}.", f"{name.en}: no sign of life since {moment}.")
    return Text(f"{name.da}: sidste livstegn {moment}.", f"{name.en}: last sign of life {moment}.")


def words_of_signs() -> Text:
    """The last signs of life of the services, and of each queue whose worker gave up or died."""
    signs = read_signs()
    last = {queue: each for right in (UPKEEP, INTAKE) for queue, each in last_by_queue(right, signs).items()}
    dead = {queue for right in (UPKEEP, INTAKE) for queue in dead_queues(right, signs)}
    services = (words_of_sign(right, latest_of(right, signs)) for right in (UPKEEP, INTAKE, PUBLISHER))
    return in_one(*services, *(one_died(queue, each) for queue, each in last.items() if each.gave_up or queue in dead))


def one_died(queue: str, last: WorkerSign) -> Text:
    """That the worker of one queue gave up, or is silent while others are not."""
    words = QUEUES.get(queue, Text(queue, queue))
    moment = moment_of(last.at)
    if last.gave_up:
        return Text(
            f"Køen »{words.da}« udføres ikke: dens tjeneste gav op efter en fejl {moment}. Serverens log oplyser hvilken.",
            f"The queue “{words.en}” is not worked: its service gave up after an error on {moment}. The server's log says which.",
        )
    return Text(
        f"Køen »{words.da}« udføres ikke: dens tjeneste har ikke givet livstegn siden {moment}.",
        f"The queue “{words.en}” is not worked: its service gave no sign of life since {moment}.",
    )
