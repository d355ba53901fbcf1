"""Writing the audit. Every function that changes a credential or reads an exact figure writes its row itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from partners.models import AuditEvent, Client


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a client of a partner, a staff user, or neither (a command on the server)."""

    client_id: int | None = None
    user_id: int | None = None

    @classmethod
    def of(cls, who: Client | User | None) -> Actor:
        """The actor behind a client, a user, or a command (None)."""
        if isinstance(who, Client):
            return cls(client_id=who.pk)
        return cls(user_id=who.pk if who is not None else None)


COMMAND = Actor()


def record(*, by: Actor, action: str, subject: str, **detail: object) -> None:
    """Write one audit row in the caller's transaction. `detail` holds codes and settings, never payload."""
    AuditEvent.objects.create(client_id=by.client_id, user_id=by.user_id, action=action, subject=subject, detail=detail)
