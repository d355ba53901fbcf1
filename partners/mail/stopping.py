"""The link by which a kind of mail is stopped with one click (RFC 8058), by whoever has the mail and without signing in.

A link is a signature over a person and a kind, and names neither: who sees one learns nothing, and can do nothing but stop it. It
does not expire, because a mail is found years later too.
"""

from __future__ import annotations

import base64
import hmac

from django.conf import settings
from django.db import transaction
from django.db.models import F, Func, Value
from django.urls import reverse

from partners import audit
from partners.audit import Actor
from partners.mail.kinds import KINDS
from partners.mail.models import Mailbox


def signature(user_id: int, kind: str) -> str:
    """The signature of a person and a kind, as it stands in an address: 22 characters."""
    key, text = settings.HENVIS_PEPPER.encode(), f"stop mail|{user_id}|{kind}".encode()
    return base64.urlsafe_b64encode(hmac.digest(key, text, "sha256")[:16]).decode().rstrip("=")


def address(user_id: int, kind: str) -> str:
    """The address that stops a kind of mail for a person."""
    return settings.HENVIS_ADDRESS + reverse("mail_stop", args=[signature(user_id, kind)])


def find(token: str) -> tuple[int, str] | None:
    """The person and the kind of a signature, or None. People are few: a thousand take 15 ms."""
    kinds = [name for name, kind in KINDS.items() if kind.is_optional]
    people = Mailbox.objects.order_by("pk").values_list("user_id", flat=True)
    fitting = None
    for user_id in people:
        for kind in kinds:
            if hmac.compare_digest(signature(user_id, kind).encode(), token.encode()):
                fitting = user_id, kind
    return fitting


def stop(*, user_id: int, kind: str) -> None:
    """Stop a kind of mail for a person. Doing it again changes nothing."""
    boxes = Mailbox.objects.filter(user_id=user_id).exclude(opt_outs__contains=[kind])
    with transaction.atomic():
        if not boxes.update(opt_outs=Func(F("opt_outs"), Value(kind), function="array_append")):
            return
        audit.record(by=Actor(user_id=user_id), action="mail.stop", subject=str(user_id), kind=kind, by_link=True)
