"""Producing and erasing what a request in the register is about: the act and its step in the register are one transaction.

So no document is handed out, and nobody is erased, without the register saying so; and neither where the request does not allow it.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from cases.erased.models import Tombstone
from core.text import say
from oversight.rights.database import RightsRefused
from oversight.rights.erasure import erase
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
