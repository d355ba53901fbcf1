"""Requests in the register, and who keeps it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import User

from cases.months import today
from oversight.subject_requests import register
from oversight.subject_requests.deadlines import due_on
from oversight.subject_requests.models import SubjectRequest
from partners.audit import Actor
from tests.people.visitors import staff

LIST = "/admin/subject_requests/subjectrequest/"


def keeper(name: str = "registrar") -> User:
    """Somebody of data protection."""
    return User.objects.filter(username=name).first() or staff(name, "data_protection")


def receive(kind: str = "ACCESS", received_on: date | None = None, by: User | None = None) -> SubjectRequest:
    """A request, received today unless another day is given."""
    day = received_on or today()
    about: dict[str, Any] = {"kind": kind, "channel": "LETTER", "received_on": day, "due_on": due_on(day)}
    return SubjectRequest.objects.create(user=by or keeper(), **about)


def identify(row: SubjectRequest) -> SubjectRequest:
    """The request, once the identity of who asks was checked."""
    register.identify(by=Actor.of(keeper()), request_id=row.pk, code="CARD")
    return row


def answer(
    row: SubjectRequest, code: str = "NOTHING_HELD", ground: str = "", day: date | None = None
) -> SubjectRequest:
    """The request, once it is answered."""
    register.answer(by=Actor.of(keeper()), request_id=row.pk, code=code, ground=ground, day=day or today())
    return row


def page(row: SubjectRequest, act: str = "change") -> str:
    """The page of a request, or of an act on it."""
    return f"{LIST}{row.pk}/{act}/"
