"""Referrals that a case manager returns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone

from cases.models import Referral
from oversight.returns import inquiries
from oversight.returns.models import Return
from tests.callers import Caller, as_web_server
from tests.people.visitors import staff


def case_manager() -> User:
    """Who returns referrals."""
    return User.objects.filter(username="casey").first() or staff("casey", "case_manager")


def current(path: str) -> Referral:
    """The current version of the referral at an address of the API."""
    row: Referral = Referral.objects.current().get(reference=UUID(path.rpartition("/")[2]))
    return row


def send_back(path: str, *, days: int = 14, **changes: Any) -> Return:
    """Return the referral at an address of the API, as the web server does."""
    shown, due = current(path), timezone.localdate() + timedelta(days=days)
    user = case_manager()
    with as_web_server():
        return inquiries.ask(by=user, shown=shown, **{"reason_code": "UNLIKELY", "due": due, **changes})


def state_of(inquiry: Return) -> str:
    """How a return stands."""
    return Return.objects.with_state().get(pk=inquiry.pk).state


def settle(inquiry: Return) -> None:
    """Say that its answer settles the matter, as the web server does."""
    user = case_manager()
    with as_web_server():
        inquiries.settle(by=user, inquiry=inquiry)


def answer(caller: Caller, inquiry: Return, code: str = "RIGHT_AS_IT_IS") -> Any:
    """Answer by a reason over the API."""
    return caller.put(f"/api/v1/returns/{inquiry.pk}/answer", {"answer_code": code})
