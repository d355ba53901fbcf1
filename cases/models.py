"""Cases, and the append-only versions of referrals and assessments.

The coded columns are those of the dictionary (`cases.dictionary`), one line each so that mypy and `makemigrations` see them; a test
compares the two. Triggers refuse every change of a stored version except its supersession.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases import dictionary as d
from cases.codelists.types import NOT_APPLICABLE
from cases.fields import Field, TokenField
from cases.versions import Status
from core.rows import StoredRow
from partners.models import Client, Partner


class VersionQuerySet(models.QuerySet[Any]):
    """Versions by partner and by the time at which they were current."""

    def of(self, partner_id: UUID) -> Self:
        """The versions that this partner wrote."""
        return self.filter(partner_id=partner_id)

    def current(self) -> Self:
        """The versions that no later one supersedes."""
        return self.filter(superseded_at=None)

    def as_of(self, moment: datetime) -> Self:
        """The versions that were current at a moment."""
        return self.filter(Q(recorded_at__lte=moment), Q(superseded_at=None) | Q(superseded_at__gt=moment))


class InventedData(models.Model):
    """One row that says that all records of this database are invented. It must be stored before the first record.

    Only in such a database may the owner backdate rows, with the setting `henvis.history` on.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    since = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(id=1), name="inventeddata_once")]

    def __str__(self) -> str:
        return "invented"


def coded_constraints(fields: tuple[Field, ...], model: str) -> list[models.BaseConstraint]:
    """A check constraint for every field of the dictionary that is a column."""
    return [field.constraint(model) for field in fields if not isinstance(field, TokenField)]


class Case(StoredRow):
    """A case stands for one person. Its token travels with the person. Test data have cases of their own."""

    # Of a statement that asks for it: whether the processing of the person's data is restricted. Of every record too.
    is_restricted = False

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    token = models.CharField(max_length=11)
    test = models.BooleanField(default=False)
    token_unknown = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("token", "test"), name="case_token")]
        indexes = [models.Index(fields=("test", "-opened_at"), name="case_opened_at")]


class ReferralContent(models.Model):
    """What a referral says, a column for each field: of a stored version, and of a row that was sent and waits."""

    referred_in = d.REFERRED_IN.column()
    region = d.REGION.column()
    setting = d.SETTING.column()
    detected_by = d.DETECTED_BY.column()
    gender = d.GENDER.column()
    age_band = d.AGE_BAND.column()
    minor_when_exploited = d.MINOR_WHEN_EXPLOITED.column()
    citizenship = d.CITIZENSHIP.column()
    residence_basis = d.RESIDENCE_BASIS.column()
    exploitation = d.EXPLOITATION.column()
    exploitation_also = d.EXPLOITATION_ALSO.column()
    exploitation_detail = d.EXPLOITATION_DETAIL.column()
    exploited_in = d.EXPLOITED_IN.column()
    means_of_control = d.MEANS_OF_CONTROL.column()
    recruiter = d.RECRUITER.column()
    duration = d.DURATION.column()
    unaccompanied_minor = d.UNACCOMPANIED_MINOR.column()
    guardian_assigned = d.GUARDIAN_ASSIGNED.column()
    services_needed = d.SERVICES_NEEDED.column()
    services_given = d.SERVICES_GIVEN.column()
    previously_referred = d.PREVIOUSLY_REFERRED.column()
    consent = d.CONSENT.column()

    class Meta:
        abstract = True


class Referral(ReferralContent):
    """One version of one partner's referral."""

    is_restricted = False

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_index=False)
    reference = models.UUIDField()
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=16)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    reason_code = models.CharField(max_length=32, default=NOT_APPLICABLE)
    schema_version = models.CharField(max_length=8, default=d.SCHEMA_VERSION)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("partner", "reference", "version"), name="referral_version"),
            models.UniqueConstraint(
                fields=("partner", "reference"), condition=Q(superseded_at=None), name="referral_current"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="referral_version_from_1"),
            models.CheckConstraint(
                condition=Q(status__in=[str(status) for status in Status]), name="referral_status_code"
            ),
            models.CheckConstraint(condition=Q(superseded_at__gte=F("recorded_at")), name="referral_superseded_later"),
            models.CheckConstraint(
                condition=Q(status=str(Status.WITHDRAWN), reason_code__in=d.WITHDRAWAL_REASON.allowed)
                | (~Q(status=str(Status.WITHDRAWN)) & Q(reason_code=NOT_APPLICABLE)),
                name="referral_reason_code",
            ),
            *coded_constraints(d.REFERRAL, "referral"),
        ]
        indexes = [
            # A partner's list is read in this order, a page at a time.
            models.Index("partner", "recorded_at", "id", condition=Q(superseded_at=None), name="referral_pages"),
            models.Index("referred_in", name="referral_period"),
            # A partner's own figures and its calendar ask for its months.
            models.Index("partner", "referred_in", name="referral_months"),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"


class Assessment(models.Model):
    """One version of one authority's assessment of a case."""

    is_restricted = False

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_index=False)
    version = models.PositiveIntegerField()
    outcome = d.OUTCOME.column()
    decided_by = d.DECIDED_BY.column()
    decided_in = d.DECIDED_IN.optional_column()
    reflection = d.REFLECTION.column()
    reflection_days = d.REFLECTION_DAYS.column()
    prepared_return = d.PREPARED_RETURN.column()
    residence_outcome = d.RESIDENCE_OUTCOME.column()
    verified_gender = d.VERIFIED_GENDER.column()
    verified_age_band = d.VERIFIED_AGE_BAND.column()
    verified_citizenship = d.VERIFIED_CITIZENSHIP.column()
    verified_exploitation = d.VERIFIED_EXPLOITATION.column()
    verified_exploitation_detail = d.VERIFIED_EXPLOITATION_DETAIL.column()
    schema_version = models.CharField(max_length=8, default=d.SCHEMA_VERSION)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("case", "partner", "version"), name="assessment_version"),
            models.UniqueConstraint(
                fields=("case", "partner"), condition=Q(superseded_at=None), name="assessment_current"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="assessment_version_from_1"),
            models.CheckConstraint(
                condition=Q(superseded_at__gte=F("recorded_at")), name="assessment_superseded_later"
            ),
            *coded_constraints(d.ASSESSMENT, "assessment"),
        ]
        indexes = [models.Index("decided_in", name="assessment_period")]

    def __str__(self) -> str:
        return f"version {self.version}"
