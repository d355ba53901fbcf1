"""The files of the demo for international organisations: one for each, of the newest year. One of them is marked as sent."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import transaction

from partners.audit import Actor
from publications.international import making
from publications.international.bodies import BODIES
from publications.international.models import InternationalFile
from publications.international.of_unodc import GLOTIP

SENT = GLOTIP.id


def make_files(say: Callable[[str], None], author: User, approver: User, year: int) -> None:
    """Make the file of each body that has none of the year, and mark one as sent. The others wait."""
    for body in BODIES:
        if InternationalFile.objects.filter(body=body, year=year).exists():
            continue
        say(f"making the file for {body}")
        with transaction.atomic():
            file = making.make(by=Actor.of(author), body=body, year=year)
            if body == SENT:
                making.send(by=Actor.of(approver), file=file.pk)
