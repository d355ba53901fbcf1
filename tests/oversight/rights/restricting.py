"""Persons whose processing is restricted, and requests from which that was done."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from cases.linking.models import RestrictedCase
from cases.models import Case
from cases.months import today
from oversight.rights.database import ask
from oversight.rights.person import find
from oversight.rights.requests import RESTRICT, lift, restrict_for
from oversight.subject_requests import register
from oversight.subject_requests.models import SubjectRequest
from partners.audit import Actor
from tests.callers import as_web_server
from tests.oversight.subject_requests.world import identify, keeper, receive


def restrict(
    token: str, row: SubjectRequest | None = None, *, until: date | None = None, **detail: Any
) -> SubjectRequest:
    """The request from which the processing of the person of a token was restricted, as the web server does it."""
    asked = row or identify(receive("RESTRICTION"))
    with as_web_server():
        about = {"ground": "ACCURACY", "fingerprint": find(token, test=False).fingerprint, **detail}
        restrict_for(asked.pk, **{"by": Actor.of(keeper()), **about}, token=token, until=until)
    return asked


def restrict_case(*cases: Case) -> SubjectRequest:
    """The request from which the processing of the person of these cases was restricted: tokens of a town cannot be typed."""
    asked = identify(receive("RESTRICTION"))
    with as_web_server():
        ask(RESTRICT, keeper().pk, asked.pk, [case.pk for case in cases], "ACCURACY", None)
    return asked


def inform(row: SubjectRequest) -> SubjectRequest:
    """The request, once its person was told that the restriction ends."""
    register.inform(by=Actor.of(keeper()), request_id=row.pk, day=today())
    return row


def lift_from(row: SubjectRequest, *, by: str = "second") -> None:
    """Lift a restriction, as somebody else."""
    with as_web_server():
        lift(row.pk, by=Actor.of(keeper(by)))


def rows_in_force() -> set[UUID]:
    """The cases that are named by restrictions that hold."""
    return set(RestrictedCase.objects.current().values_list("case_id", flat=True))
