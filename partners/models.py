"""Organisations that may submit, their clients and secrets, and the audit of what was done."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, ExtractDay, Now
from django.db.models.lookups import Exact
from oauth2_provider.models import AbstractApplication

from core.rows import StoredRow
from core.text import say, short
from partners import choices
from partners.choices import CodeField
from partners.kinds import (
    DUE_DAYS,
    EARLIEST,
    MOST_DUE_DAYS,
    Calendar,
    Kind,
    Mode,
    Reporting,
    Scope,
    operators_agreement,
)
from partners.roles import ROLE_WORDS, Act

# Open organisations: live and active, and not the centre itself. Of some, with it, reports are expected.
OPEN_ORGANISATIONS = Q(mode=str(Mode.LIVE), active=True) & ~Q(kind=str(Kind.CENTRE))
EXPECTED_TO_REPORT = Q(mode=str(Mode.LIVE), active=True) & ~Q(reporting=str(Reporting.NONE))


class Partner(models.Model):
    """An organisation that may submit. Live and test mode are two rows of the same name.

    `twin_of`: of a row in test mode, the live one, whose managers make its secrets too. It is set when the row is made.
    `umbrella`: the organisation that it is a part of. The statistics take partners under one umbrella to tell each other what they
    know (`stats.publishing.insiders`). `agreement_kind`: which agreement its manager confirms.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120)
    kind = CodeField(max_length=32, choices=choices.KINDS)
    mode = CodeField(max_length=8, choices=choices.MODES, default=str(Mode.LIVE))
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    reporting = CodeField(max_length=16, choices=choices.REPORTING, default=str(Reporting.NONE), blank=True)
    report_due_days = models.PositiveSmallIntegerField(default=DUE_DAYS, blank=True)
    reporting_since = models.DateField(null=True, blank=True)
    umbrella = models.CharField(max_length=120, blank=True, default="")
    agreement_kind = CodeField(max_length=16, choices=choices.AGREEMENTS, default=operators_agreement, blank=True)
    twin_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="twin"
    )

    class Meta:
        ordering = ("name", "mode")
        constraints = [
            models.UniqueConstraint(fields=("name", "mode"), name="partner_name_mode"),
            models.CheckConstraint(condition=models.Q(kind__in=[str(kind) for kind in Kind]), name="partner_kind_code"),
            models.CheckConstraint(condition=models.Q(mode__in=[str(mode) for mode in Mode]), name="partner_mode_code"),
            models.CheckConstraint(
                condition=models.Q(reporting__in=[str(each) for each in Reporting]), name="partner_reporting_code"
            ),
            models.CheckConstraint(
                condition=models.Q(report_due_days__lte=MOST_DUE_DAYS), name="partner_report_due_days"
            ),
            models.CheckConstraint(
                condition=models.Q(agreement_kind__in=[code for code, _ in choices.AGREEMENTS]),
                name="partner_agreement_code",
            ),
            models.CheckConstraint(
                # Cast, since Django checks a form's empty date as a bare NULL, which PostgreSQL takes no day of.
                condition=models.Q(Exact(ExtractDay(Cast("reporting_since", models.DateField())), 1))
                & models.Q(reporting_since__gte=EARLIEST),
                name="partner_reporting_since_month",
            ),
            models.CheckConstraint(
                condition=models.Q(reporting=str(Reporting.NONE)) | models.Q(reporting_since__isnull=False),
                name="partner_reporting_since",
            ),
            models.CheckConstraint(
                # The centre reads exact figures. Whoever shares what it knows is held up by no statistics.
                condition=~models.Q(kind=str(Kind.CENTRE)) | models.Q(umbrella=""),
                name="partner_umbrella_of_centre",
            ),
            models.CheckConstraint(
                condition=models.Q(twin_of=None) | models.Q(mode=str(Mode.TEST)), name="partner_twin_in_test_mode"
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.mode == Mode.LIVE else f"{self.name} ({self.mode})"

    @property
    def as_details(self) -> dict[str, object]:
        """What the audit says of it when it is added or changed."""
        return {"kind": self.kind, "mode": self.mode, "agreement": self.agreement_kind, **self.calendar.as_details}

    def clean(self) -> None:
        """What a form leaves out, a month's first day for any day of it, and in words what the constraints would refuse by name."""
        self.reporting = self.reporting or str(Reporting.NONE)
        self.report_due_days = DUE_DAYS if self.report_due_days is None else self.report_due_days
        self.reporting_since = self.reporting_since and self.reporting_since.replace(day=1)
        self.umbrella = " ".join(self.umbrella.split())
        before = Partner.objects.filter(pk=self.pk).values_list("agreement_kind", flat=True).first()
        self.agreement_kind = self.agreement_kind or before or operators_agreement()
        wrong: dict[str, Any] = {}
        if self.report_due_days > MOST_DUE_DAYS:
            wrong["report_due_days"] = say(f"Højst {MOST_DUE_DAYS} dage.", f"At most {MOST_DUE_DAYS} days.")
        if self.reporting_since and self.reporting_since < EARLIEST:
            wrong["reporting_since"] = say(f"Tidligst {EARLIEST:%Y-%m}.", f"{EARLIEST:%Y-%m} at the earliest.")
        if self.umbrella and self.kind == Kind.CENTRE:
            wrong["umbrella"] = say(
                "Centret har ingen paraplyorganisation.", "The centre has no umbrella organisation."
            )
        if wrong:
            raise ValidationError(wrong)

    @property
    def calendar(self) -> Calendar:
        return Calendar(Reporting(self.reporting), self.report_due_days, self.reporting_since)


class AccessRequest(models.Model):
    """A client or an invitation that one member of staff asks for. Append-only; without a decision it waits.

    A manager of a partner asks for one that brings an account of the partner back.
    A client: `partner`, `name`, `scopes`. An invitation: `role`, and `partner` for people of one; an `account` that it brings back.
    `second_code`: an HMAC of the code that was shown to who asked, and without which the link opens nothing.
    `recipient`: for whom a new account is. It is erased 30 days after the request could last be approved.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    act = CodeField(max_length=16, choices=choices.ACTS)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    role = CodeField(max_length=32, choices=choices.ROLES, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=255, blank=True)
    recipient = models.CharField(max_length=80, default="", blank=True)
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

    @property
    def whom(self) -> str:
        """For whom an invitation is: who has an account to restore, or as the requester wrote it. Else empty."""
        return str(self.account) if self.account else self.recipient


class Client(AbstractApplication):
    """A machine of a partner that fetches tokens. Its secrets are rows of `Secret`; the toolkit's own column stays empty.

    `request`: what two members of staff wanted; none where a command made it. Until `seen_at` the partner's people are told that it
    is new. `is_desk`: the one through which the partner's people act on the desk's pages; the database gives it no secret.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    scopes = ArrayField(models.CharField(max_length=32))
    request = models.OneToOneField(AccessRequest, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    seen_at = models.DateTimeField(null=True, editable=False)
    is_desk = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("client_id",)
        constraints = [
            models.UniqueConstraint(fields=("partner",), condition=Q(is_desk=True), name="client_one_desk"),
            models.CheckConstraint(
                condition=models.Q(scopes__contained_by=[str(scope) for scope in Scope]), name="client_scope_code"
            ),
            models.CheckConstraint(condition=models.Q(client_secret=""), name="client_secret_elsewhere"),
        ]

    def __str__(self) -> str:
        return str(self.client_id)


class Secret(models.Model):
    """One secret of a client, as an HMAC. Two may be live at once while a partner rotates.

    `made_by`: the manager of the partner to whom it was shown; nobody where a command on the server made it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="secrets")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=4, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("client", "-created_at")
        # Staff end secrets and see none: a right of its own, which changing a client's name does not imply.
        permissions = [("end_secret", "Can revoke secrets and let them expire")]

    def __str__(self) -> str:
        return f"…{self.hint}"


class AuditEvent(models.Model):
    """Who did what to what, and why. Append-only (database trigger). Holds no payload, token, reference or address."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(db_default=Now(), db_index=True)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, null=True, db_constraint=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_constraint=False)
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at",)
        # What was done to one thing: failures of a worker's attempts, who switched an account off, looks at a draft.
        indexes = [models.Index("subject", "action", "at", name="auditevent_of_subject")]

    def __str__(self) -> str:
        return f"{self.action} {short(self.subject)}"


class AccessDecision(StoredRow):
    """What a second member of staff decided. Append-only, and written by a function of the database alone."""

    request = models.OneToOneField(AccessRequest, on_delete=models.PROTECT, primary_key=True, related_name="decision")
    approved = models.BooleanField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now(), editable=False)


class RecordRead(models.Model):
    """That a client has read records: by which operation, when, and of how many records the answer told. Append-only.

    `user`: the person who read on a page of the desk. No reference, no token, no parameter. A table of its own, since every read
    adds a row: the audit of acts stays short.
    """

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    operation = models.CharField(max_length=64)
    rows = models.IntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=("client", "id"), name="record_read_of_client"),
            # Machines read most, and are nobody.
            models.Index(fields=("user", "id"), name="record_read_of_user", condition=Q(user__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.operation


class PepperFingerprint(models.Model):
    """The mark of the pepper that the database was made with: one row, append-only (database triggers), the owner's to write.

    Its migration makes the table, so that no command of Django's empties it.
    """

    fingerprint = models.CharField(max_length=64, primary_key=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        managed = False

    def __str__(self) -> str:
        return self.fingerprint[:8]
