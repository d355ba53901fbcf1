"""The database of a benchmark: a durable embedded server of its own, migrated, with one caller."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools.embedded.postgres import EmbeddedPostgres

if TYPE_CHECKING:
    from tests.callers import Caller


@dataclass(frozen=True)
class Setting:
    """What every benchmark needs."""

    postmaster: int
    caller: Caller
    case_id: str
    smallest: bool = False

    def size[Size](self, usual: Size, smallest: Size) -> Size:
        """How much to measure: as usual, or as little as runs every line, which measures nothing."""
        return smallest if self.smallest else usual


@contextmanager
def setting(*, smallest: bool = False) -> Iterator[Setting]:
    """Start, migrate, and make a caller of the centre."""
    environment = {
        "HENVIS_SECRET_KEY": "for-the-benchmark-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
        "HENVIS_PEPPER": "for-the-benchmark-only",
        "HENVIS_INSECURE_LOOPBACK": "1",
        "HENVIS_ALLOWED_HOSTS": "127.0.0.1,testserver",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    os.environ.update(environment)
    with tempfile.TemporaryDirectory(prefix="henvis-bench-") as home, EmbeddedPostgres(Path(home)) as server:
        os.environ["DATABASE_URL"] = server.url
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield prepare(server.pid, smallest=smallest)


def prepare(postmaster: int, *, smallest: bool) -> Setting:
    """Make the caller, in the migrated database of `DATABASE_URL`, whose server is the process `postmaster`."""
    from cases.models import Referral
    from tests.callers import issue_token, make_caller

    caller = make_caller("CENTRE")
    caller = type(caller)(caller.partner, caller.client, caller.secret, issue_token(caller.client, minutes=600))
    caller.referral()
    return Setting(postmaster, caller, str(Referral.objects.get().case_id), smallest)
