"""Second factors of a session. The library records in the session which factor the person has shown."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.http import HttpRequest

# What a session keeps between the two steps of signing in: a digest of the password that was shown.
FIRST_STEP = "henvis_first_step"


# Recovery codes alone are no factor.
FACTORS: QuerySet[Authenticator] = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)


def has_shown_factor(request: HttpRequest) -> bool:
    """Whether the person has shown a second factor in this session."""
    if not request.user.is_authenticated:
        return False
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def has_factor(user: User | AnonymousUser) -> bool:
    """Whether the person has an app or a passkey. Recovery codes alone do not count."""
    return bool(FACTORS.filter(user_id=user.pk).exists())


def count_as_shown(request: HttpRequest, authenticator: Authenticator) -> None:
    """Count a new factor as shown, since setting it up took a proof. The session gets a new key, as with every gain of rights."""
    post_authentication(request, authenticator, reauthenticated=True)
    request.session.cycle_key()
