"""Sessions in our own table: limited in time, listed by person, and ended with one statement.

`SESSION_ENGINE` names this module, so the names here are Django's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import url_str_to_user_pk
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models import QuerySet
from django.utils import timezone

from partners.people.models import WebSession

# `SEAL`: what only this session knows, from signing in until it ends. The session's key may change meanwhile.
BEGAN, SEAL = "henvis_began", "henvis_seal"
# An activity is written down this often, not at every request.
GRAIN = timedelta(minutes=1)
# So long before the end a person is told of it.
AHEAD = timedelta(minutes=5)


class SessionStore(DatabaseSessions):
    """A session ends when it is idle for too long, and after a fixed time however busy it is."""

    @classmethod
    def get_model_class(cls) -> type[WebSession]:
        return WebSession

    def _get_session_from_db(self) -> WebSession | None:
        row = live_sessions().filter(session_key=self.session_key).first()
        if row is None:
            self._session_key = None
        elif row.seen_at < timezone.now() - GRAIN:
            WebSession.objects.filter(pk=row.pk).update(seen_at=timezone.now())
        return row

    def create_model_instance(self, data: dict[str, Any]) -> WebSession:
        """The row to save. The time of signing in stays with the session."""
        row: WebSession = super().create_model_instance(data)  # type: ignore[assignment]
        now = timezone.now()
        row.user_id = user_of(data)
        row.began_at = datetime.fromisoformat(data[BEGAN]) if SESSION_KEY in data and BEGAN in data else now
        row.seen_at = now
        return row

    def save(self, must_create: bool = False) -> None:
        """Save the session. It begins when somebody signs in."""
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        if SESSION_KEY in data:
            data.setdefault(BEGAN, timezone.now().isoformat())
            data.setdefault(SEAL, token_urlsafe(32))
        return super().save(must_create)


def user_of(data: dict[str, Any]) -> int | None:
    """The user who has signed in, or has given the password and not yet a second factor; otherwise None."""
    if SESSION_KEY in data:
        return int(data[SESSION_KEY])
    half_way = (data.get(LOGIN_SESSION_KEY) or {}).get("user_pk")
    return url_str_to_user_pk(half_way) if half_way else None


def time_left(session: SessionBase) -> timedelta:
    """How long a session lasts at most from now, however busy it is."""
    began = datetime.fromisoformat(session[BEGAN]) if BEGAN in session else timezone.now()
    return began + settings.HENVIS_SESSION_LONGEST - timezone.now()


def live_sessions() -> QuerySet[WebSession]:
    """Sessions within their limits."""
    now = timezone.now()
    return WebSession.objects.filter(
        expire_date__gt=now,
        seen_at__gt=now - settings.HENVIS_SESSION_IDLE,
        began_at__gt=now - settings.HENVIS_SESSION_LONGEST,
    )


def of_user(user_id: int) -> list[WebSession]:
    """The live sessions in which a person has signed in, the newest first."""
    return with_sign_in(live_sessions().filter(user_id=user_id).order_by("-began_at"))


def with_sign_in(rows: Iterable[WebSession]) -> list[WebSession]:
    """The sessions in which somebody has signed in: those who have given the password alone are none."""
    store = SessionStore()
    return [row for row in rows if SESSION_KEY in store.decode(row.session_data)]


def latest_uses() -> dict[int, datetime]:
    """When each person with a live session last did something in it, by the user."""
    rows = live_sessions().filter(user__isnull=False).order_by("seen_at")
    return {row.user_id: row.seen_at for row in with_sign_in(rows) if row.user_id is not None}


def end(user_id: int, *, but: str | None = None) -> int:
    """End a person's sessions and unfinished sign-ins, but for one session; return how many ended."""
    number, _ = WebSession.objects.filter(user_id=user_id).exclude(session_key=but or "").delete()
    return number
