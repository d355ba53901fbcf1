"""People of partners, invitations, sessions, and the counters behind the limits on guesses."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from core.text import Text
from partners import choices
from partners.choices import CodeField
from partners.roles import NO_ROLE, PARTNER_ROLES, ROLE_WORDS, STAFF_ROLES, SUPERUSER

STAFF = [*STAFF_ROLES, SUPERUSER, NO_ROLE]
STAFF_WORDS = Text("centret", "the centre")
OF_PARTNERS = [str(role) for role in PARTNER_ROLES]


class Membership(models.Model):
    """A person who works for one partner. Never staff: the database refuses it (trigger `never_staff`)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="membership")
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    role = CodeField(max_length=32, choices=choices.MEMBER_ROLES)
    invitation = models.OneToOneField("people.Invitation", on_delete=models.PROTECT, null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("user__username",)
        constraints = [models.CheckConstraint(condition=Q(role__in=OF_PARTNERS), name="membership_role_code")]

    def __str__(self) -> str:
        return f"{self.user} ({self.partner}, {ROLE_WORDS[self.role]})"


class Invitation(models.Model):
    """One use of a link by which a person gets an account, or an existing account back. The token is kept as an HMAC.

    Without a partner it is for staff. With a `user` it brings that account back: new password, no factors, no sessions.
    `request`: what two wanted; none where a command made it, or a manager of the partner for a new account (`made_by`).
    `recipient`: for whom it is, as who made it or asked for it wrote it. It is erased 30 days after the invitation has ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, null=True, related_name="+")
    role = CodeField(max_length=32, choices=choices.ROLES)
    recipient = models.CharField(max_length=80, default="", blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    request = models.OneToOneField(
        "partners.AccessRequest", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        permissions = [("invite_people", "Can invite people of partners and bring their accounts back")]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner=None, role__in=STAFF) | Q(partner__isnull=False, role__in=OF_PARTNERS),
                name="invitation_role_code",
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner or STAFF_WORDS}, {ROLE_WORDS[self.role]}"

    @property
    def whom(self) -> str:
        """For whom it is, as staff read it: who has an account to restore, or as it was written. Else empty."""
        return str(self.user) if self.user else self.recipient


class WebSession(AbstractBaseSession):
    """A session with whose it is and since when, so that it can be shown, limited and ended. No address, no browser.

    It is also whose who has shown the password and not yet a factor.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()

    def __str__(self) -> str:
        return "a session"


class CacheEntry(models.Model):
    """What the sign-in counts and remembers for minutes, for all processes alike. The key is a hash: it held an address."""

    key = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "an entry"
