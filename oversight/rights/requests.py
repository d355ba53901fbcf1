"""Producing, restricting and erasing what a request in the register is about: the act and its step are one transaction.

So no document is handed out, and nobody is restricted or erased, without the register saying so, or where the request does not
allow it.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from cases.codelists.staff import RESTRICTION_GROUND
from cases.erased.models import Tombstone
from core.text import say
from oversight.rights.database import RightsRefused, ask
from oversight.rights.erasure import CHANGED, erase
from oversight.rights.person import find
from oversight.rights.produce import produce
from oversight.rights.words import Json
from oversight.subject_requests import register
from oversight.subject_requests.register import RegisterRefused
from partners.audit import Actor


def produce_for(request_id: int | None, *, by: Actor, token: str, test: bool, names: bool) -> Json:
    """Everything about the person of a token; for a request, with the step that says so. Raises `RightsRefused`."""
    if request_id is None:
        return produce(by=by, token=token, test=test, names=names)
    refuse_test_data(test)
    try:
        with transaction.atomic():
            register.note_production(by=by, request_id=request_id, code="NAMES" if names else "KINDS")
            return produce(by=by, token=token, test=test, names=names)
    except RegisterRefused as refusal:
        raise RightsRefused(str(refusal)) from None


def refuse_test_data(test: bool) -> None:
    """Refuse test data for a request: it would then be answered with what was done to nobody. Raises `RightsRefused`."""
    if test:
        raise RightsRefused(say("En anmodning handler ikke om testdata.", "A request is not about test data."))


def erase_for(request_id: int | None, *, by: Actor, token: str, test: bool, reason_code: str, fingerprint: str) -> UUID:
    """Erase the person of a token; for a request, with the step that names the tombstone. Raises `RightsRefused`."""
    if request_id is None:
        return erase(by=by, token=token, test=test, reason_code=reason_code, fingerprint=fingerprint)
    refuse_test_data(test)
    try:
        with transaction.atomic():
            tombstone = erase(by=by, token=token, test=test, reason_code=reason_code, fingerprint=fingerprint)
            register.note_erasure(by=by, request_id=request_id, tombstone=Tombstone(pk=tombstone))
    except RegisterRefused as refusal:
        raise RightsRefused(str(refusal)) from None
    return tombstone


RESTRICT = "SELECT henvis_restrict(%s, %s, %s::uuid[], %s, %s)"
LIFT = "SELECT henvis_lift_restriction(%s, %s)"


def restrict_for(request_id: int, *, by: Actor, token: str, ground: str, until: date | None, fingerprint: str) -> UUID:
    """Restrict the processing of the person of a token, with the step of the request. Raises `RightsRefused`.

    `fingerprint` is that of the data which the user was shown; `until` the day on which the end is decided, if one is known.
    """
    if ground not in RESTRICTION_GROUND.names:
        raise RightsRefused(say("Grunden er ikke på listen.", "The ground is not on the list."))
    data = find(token, test=False)
    if data.fingerprint != fingerprint:
        raise RightsRefused(CHANGED)
    rows = ask(RESTRICT, by.user_id, request_id, data.ids, ground, until)
    restriction: UUID = rows[0][0]
    return restriction


def lift(request_id: int, *, by: Actor) -> None:
    """Lift the restriction that was set from a request. Raises `RightsRefused`: whoever set it does not, nor anybody untold."""
    ask(LIFT, by.user_id, request_id)
