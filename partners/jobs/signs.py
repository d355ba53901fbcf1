"""Signs of life of the server's services that do jobs. Workers of a right give them every ten seconds, and leave the last one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from partners.install import WEB
from partners.jobs.registry import INTAKE, QUEUES, UPKEEP
from partners.staff.naming import moment_of
from partners.text import Text, in_one

# A service that begins again after an upgrade or a fault is back within this.
SILENT = timedelta(minutes=5)
LATEST = (
    "SELECT max(last_heartbeat) FILTER (WHERE henvis_role <> %(web)s), max(last_heartbeat) FILTER (WHERE henvis_role = %(web)s) "
    "FROM procrastinate_workers"
)


def latest_signs() -> dict[str, datetime | None]:
    """The last sign of life of the workers of each right; None where there never was one."""
    with connection.cursor() as cursor:
        cursor.execute(LATEST, {"web": WEB})
        ((upkeep, intake),) = cursor.fetchall()
    return {UPKEEP: upkeep, INTAKE: intake}


def is_silent(at: datetime) -> bool:
    """Whether a service should have given a sign of life since."""
    return at < timezone.now() - SILENT


def words_of_sign(right: str, at: datetime | None) -> Text:
    """The last sign of life of the workers of a right, in a sentence."""
    name, moment = Text(*map(str.capitalize, QUEUES[right])), moment_of(at)
    if at is None:
        return Text(f"{name.da}: intet livstegn endnu.", f"{name.en}: no sign of life yet.")
    if is_silent(at):
        return Text(f"{name.da}: intet livstegn siden {moment}.", f"{name.en}: no sign of life since {moment}.")
    return Text(f"{name.da}: sidste livstegn {moment}.", f"{name.en}: last sign of life {moment}.")


def words_of_signs() -> Text:
    """The last signs of life of both services."""
    return in_one(*(words_of_sign(right, at) for right, at in latest_signs().items()))
