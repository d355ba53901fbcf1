"""What staff have asked for and what was decided of it, and who has read records."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from partners import choices
from partners.kinds import Scope
from partners.roles import ROLE_WORDS, Act


class AccessRequest(models.Model):
    """A client or an invitation that one member of staff asks for. Append-only; without a decision it waits.

    A client: `partner`, `name`, `scopes`. An invitation: `role`, and `partner` for people of one; an `account` that it brings back.
    `second_code`: an HMAC of the code that was shown to who asked, and without which the link opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    act = models.CharField(max_length=16, choices=choices.acts)
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=32, choices=choices.roles, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=255, blank=True)
    scopes = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    second_code = models.CharField(max_length=64, blank=True, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-asked_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(act=str(Act.CLIENT), partner__isnull=False, role="", account=None, second_code="")
                & Q(scopes__contained_by=[str(scope) for scope in Scope])
                | Q(act=str(Act.INVITATION), role__in=list(ROLE_WORDS), name="", scopes=[]) & ~Q(second_code=""),
                name="access_request_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.partner or ''} {self.get_role_display() if self.role else self.name}".strip()


class AccessDecision(models.Model):
    """What a second member of staff decided. Append-only, and written by a function of the database alone."""

    request = models.OneToOneField(AccessRequest, on_delete=models.PROTECT, primary_key=True, related_name="decision")
    approved = models.BooleanField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.request_id}"


class RecordRead(models.Model):
    """That a client has read records: by which operation, when, and of how many records the answer told. Append-only.

    No reference, no token, no parameter. A table of its own, since every read adds a row: the audit of acts stays short.
    """

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey("partners.Client", on_delete=models.PROTECT, db_constraint=False, db_index=False)
    operation = models.CharField(max_length=64)
    rows = models.IntegerField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=("client", "id"), name="record_read_of_client")]

    def __str__(self) -> str:
        return self.operation
