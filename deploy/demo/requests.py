"""Persons' requests of the demo: one that is overdue, one to be answered, and one that is answered."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction

from cases.months import today
from oversight.subject_requests import register
from oversight.subject_requests.deadlines import due_on
from oversight.subject_requests.models import SubjectRequest
from partners.audit import Actor

# The kind of each, and how many days ago it was received. The last one is answered.
REQUESTS = (("ACCESS", 40), ("ERASURE", 20), ("ACCESS", 70))


@transaction.atomic
def receive_requests(officer: User) -> None:
    """Store the requests, unless there are some."""
    if SubjectRequest.objects.exists():
        return
    for kind, days in REQUESTS:
        day = today() - timedelta(days=days)
        about = {"kind": kind, "channel": "LETTER", "received_on": day, "due_on": due_on(day)}
        request = SubjectRequest.objects.create(user=officer, **about)
    by, answered_on = Actor.of(officer), request.received_on + timedelta(days=9)
    register.identify(by=by, request_id=request.pk, code="DOCUMENT")
    register.answer(by=by, request_id=request.pk, code="NOTHING_HELD", ground="", day=answered_on)
