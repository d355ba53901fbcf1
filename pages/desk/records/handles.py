"""The addresses of own referrals. None has a reference, which points at a person wherever addresses are kept.

An address has the reference sealed with a seal of the session. It leads the person who was given it to the referral for as long
as the session lasts, and nobody else anywhere: not the same person tomorrow, not whoever reads a log.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from typing import Concatenate
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.http import HttpResponse
from django.utils.crypto import salted_hmac

from cases.erased import digests
from cases.intake.submit import REFERRALS
from cases.models import Referral
from core.text import Text
from pages.desk.frame import Page, Visit, desk_page, refuse, show
from partners.people.sessions import SEAL
from partners.roles import Right

SALT = "pages.desk.records.handles"
ENDED = Text(
    "Adressen virker kun, mens du er logget ind. Find henvisningen på listen.",
    "The address works only while you are signed in. Find the referral on the list.",
)
REMOVED = Text(
    "Henvisningen er her ikke længere: den er fjernet, siden du åbnede den. Jeres andre henvisninger står på listen.",
    "The referral is no longer here: it was removed since you opened it. Your other referrals are on the list.",
)
LOCKED_TITLE = Text("Behandlingen er begrænset", "The processing is restricted")
LOCKED_WORDS = Text(
    "Personen har fået behandlingen af sine oplysninger begrænset, så henvisningen vises ikke, før centret ophæver det. Brug "
    "heller ikke jeres egen kopi. Er noget forkert, kan henvisningen sendes igen som den skal være, eller trækkes tilbage.",
    "The person had the processing of the data restricted, so the referral is not shown until the centre lifts that. Do not use "
    "your own copy either. If something is wrong, send the referral again as it should be, or withdraw it.",
)
WAYS = {
    "correct": Text("Send henvisningen igen", "Send the referral again"),
    "withdraw": Text("Træk den tilbage", "Withdraw it"),
}
BACK = Text("Til listen", "To the list")
ERASED_WORDS = Text(
    "Personens oplysninger er slettet, fordi personen har bedt om det. Henvisningen må ikke sendes igen.",
    "The person's data were erased because the person asked for it. The referral must not be sent again.",
)


def handle_of(visit: Visit, reference: UUID) -> str:
    """The part of an address that stands for one of the partner's referrals in this session. The same each time."""
    secret_bytes = cipher(visit).encrypt(reference.bytes, [visit.partner.pk.bytes])
    return urlsafe_b64encode(secret_bytes).decode().rstrip("=")


def reference_of(visit: Visit, handle: str) -> UUID | None:
    """The reference; None for what this session has not given for this row of the partner."""
    try:
        secret_bytes = urlsafe_b64decode(handle.encode() + b"=" * (-len(handle) % 4))
        return UUID(bytes=cipher(visit).decrypt(secret_bytes, [visit.partner.pk.bytes]))
    except (InvalidTag, ValueError):
        return None


def cipher(visit: Visit) -> AESSIV:
    """What seals in this session: its seal and the service's own key, neither of which opens anything alone.

    The seal is made when the person signs in. One that pages made at their first use would be made twice by two that open at once.
    A session from before there were seals has its key.
    """
    session = visit.request.session
    return AESSIV(salted_hmac(SALT, session.get(SEAL) or str(session.session_key), algorithm="sha256").digest())


def address(visit: Visit, page: str, reference: UUID) -> str:
    """The address of a page of a referral."""
    return visit.address(page, handle=handle_of(visit, reference))


def record_page(
    right: Right, *, writes: bool = False
) -> Callable[[Callable[Concatenate[Visit, Referral, ...], HttpResponse]], Page]:
    """Guard a page of one referral, and give it the current version.

    Beside what `desk_page` answers: 404 for an address of another session or partner, 410 for a referral that was erased, and 423
    for one whose processing is restricted. Not so where the page `writes`: it then shows nothing of what is stored.
    """

    def guard(page: Callable[Concatenate[Visit, Referral, ...], HttpResponse]) -> Page:
        @wraps(page)
        def find(visit: Visit, handle: str) -> HttpResponse:
            reference = reference_of(visit, handle)
            if reference is None:
                return refuse(visit, ENDED, status=404)
            current = REFERRALS.current(visit.partner.pk, reference)
            if current is None:
                return missing_page(visit, reference)
            return locked_page(visit, current) if current.is_restricted and not writes else page(visit, current)

        return desk_page(right)(find)

    return guard


def locked_page(visit: Visit, current: Referral) -> HttpResponse:
    """What is said of a referral whose processing is restricted, with the ways to correct and to withdraw it."""
    ways = [(address(visit, name, current.reference), words) for name, words in WAYS.items()]
    context = {"title": LOCKED_TITLE, "words": LOCKED_WORDS, "ways": ways if visit.may(Right.SUBMIT) else []}
    return show(visit, "desk/locked.html", {**context, "list": visit.address("records"), "all": BACK}, status=423)


def missing_page(visit: Visit, reference: UUID) -> HttpResponse:
    """What is said of a referral that is not there."""
    if digests.is_erased(visit.partner.pk, digests.of_reference(reference)):
        return refuse(visit, ERASED_WORDS, status=410)
    return refuse(visit, REMOVED, status=404)
