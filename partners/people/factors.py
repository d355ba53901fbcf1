"""Whether a session has passed a second factor. The library keeps what was shown in the session; nothing else counts."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest


def passed(request: HttpRequest) -> bool:
    """Whether the person of the session has shown a factor in it."""
    if not request.user.is_authenticated:
        return False
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_factor(user: User | AnonymousUser) -> bool:
    """Whether the person has an app or a passkey. Recovery codes alone are none."""
    factors = Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(factors.exists())


def show(request: HttpRequest, authenticator: Authenticator) -> None:
    """Count a factor that was just set up as shown: that took a proof. The session gets a new key, as at every gain of rights."""
    post_authentication(request, authenticator, reauthenticated=True)
    request.session.cycle_key()
