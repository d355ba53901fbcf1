"""`manage.py work --queues upkeep`: do what waits in the background. It runs beside the web server, once for each queue.

Of several queues it takes the first one that has a job.
"""

from __future__ import annotations

import asyncio
import sys
from argparse import ArgumentParser
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from procrastinate.exceptions import ConnectorException

from core.failures import where_it_broke
from core.install import WEB
from partners.jobs import worker
from partners.jobs.registry import INTAKE, OF_INTAKE, QUEUES, UPKEEP, right_of

log = structlog.get_logger("henvis.worker")


class Command(BaseCommand):
    """The worker."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which queues, and whether to wait."""
        parser.add_argument("--queues", nargs="+", choices=QUEUES, required=True)
        parser.add_argument("--once", action="store_true", help="end when no job waits")

    def handle(self, *_: Any, queues: list[str], once: bool, **__: Any) -> None:
        """Work. Exit status 1: the database is away, or was when a job ended."""
        refuse_wrong_role(queues)
        try:
            has_ended_well = asyncio.run(worker.work(queues, once=once))
        except ConnectorException as error:
            log.error(worker.STOPPED, **where_it_broke(error.__cause__ or error))
            has_ended_well = False
        if not has_ended_well:
            sys.exit(1)


def refuse_wrong_role(queues: list[str]) -> None:
    """Raise `CommandError` where the role of the database is not the queues' own: it would find nothing, or could do too much."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        ((role,),) = cursor.fetchall()
    connection.close()
    if {right_of(queue) for queue in queues} != {INTAKE if role == WEB else UPKEEP}:
        raise CommandError(
            f"The queues {', '.join(OF_INTAKE)} are worked with the role {WEB} of the database, all else with the owner's. "
            f"DATABASE_URL connects as {role}."
        )
