"""What the centre decided of cases: which are one person, which records of a case are another's, and what is true of a person.

A **decision** is a merge, a split, or the undoing of one of them; it stands until it is undone. The **links** say what the standing
decisions come to, as versions with a beginning and an end, so that any moment can be asked for. All of it is append-only.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.codelists.linking import ATTRIBUTE_REASON, LINK_REASON
from cases.codelists.types import NOT_ASKED
from cases.dimensions import OF_REFERRALS, PARTNER_KIND
from cases.fields import WIDTH
from cases.models import Case, VersionQuerySet
from partners.models import Partner

# What a person is counted by and staff may decide: the dimensions that are fields of a referral.
ATTRIBUTES = tuple(dimension for dimension in OF_REFERRALS if dimension is not PARTNER_KIND)
# Instead of a code: what was decided no longer is, and the records say what is true.
NO_DECISION = NOT_ASKED


class Kind(StrEnum):
    """What a decision does."""

    MERGE = "MERGE"
    SPLIT = "SPLIT"
    UNDO = "UNDO"


class LinkDecision(models.Model):
    """That cases are one person, that records of a case are another person's, or that such a decision no longer stands."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=8)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    reason_code = models.CharField(max_length=WIDTH)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("-decided_at",)
        permissions = [
            ("decide_links", "Can merge and split cases, undo it, and decide a person's attributes"),
            ("view_conflicts", "Can see a person's records side by side and where they conflict"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[str(kind) for kind in Kind]), name="linkdecision_kind_code"),
            models.CheckConstraint(
                condition=Q(reason_code__in=LINK_REASON.names), name="linkdecision_reason_code_code"
            ),
            models.CheckConstraint(
                condition=Q(kind=str(Kind.UNDO), undoes__isnull=False) | (~Q(kind=str(Kind.UNDO)) & Q(undoes=None)),
                name="linkdecision_undoes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MergedCase(models.Model):
    """One of the cases that a merge names."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.ForeignKey(LinkDecision, on_delete=models.PROTECT, related_name="merged", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("decision", "case"), name="mergedcase_once")]

    def __str__(self) -> str:
        return str(self.pk)


class Link(models.Model):
    """A version of a link: it holds from one decision to the next that changes it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.ForeignKey(LinkDecision, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(superseded_at__gte=F("recorded_at")), name="%(class)s_superseded_later"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CaseLink(Link):
    """To which person a case belongs: the case of the group that was opened first. A case without one is its own person."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")

    class Meta(Link.Meta):
        constraints = [
            *Link.Meta.constraints,
            models.UniqueConstraint(fields=("case",), condition=Q(superseded_at=None), name="caselink_current"),
            models.CheckConstraint(condition=~Q(case=F("person")), name="caselink_other"),
        ]
        indexes = [models.Index("case", name="caselink_case")]


class RecordLink(Link):
    """A record that a split moved: the partner's referral, or without a reference that authority's assessment of `from_case`.

    It applies only while the record's own case is `from_case`. `decision` is the split; of several the last that stands.
    """

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+", db_index=False)
    reference = models.UUIDField(null=True)
    from_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")

    class Meta(Link.Meta):
        constraints = [
            *Link.Meta.constraints,
            models.UniqueConstraint(
                fields=("partner", "reference", "from_case"),
                condition=Q(superseded_at=None),
                nulls_distinct=False,
                name="recordlink_current",
            ),
            models.CheckConstraint(condition=~Q(case=F("from_case")), name="recordlink_other"),
        ]


class AttributeDecision(models.Model):
    """What staff found to be true of a person where the records differ; of a group's the last counts.

    The code `NO_DECISION`: nothing is decided any longer.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    field = models.CharField(max_length=WIDTH)
    code = models.CharField(max_length=WIDTH)
    reason_code = models.CharField(max_length=WIDTH)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("case", "field"), condition=Q(superseded_at=None), name="attributedecision_current"
            ),
            models.CheckConstraint(
                condition=Q(field__in=[attribute.name for attribute in ATTRIBUTES]), name="attributedecision_field"
            ),
            # The list itself is asked when it is decided: it is another for each field.
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z0-9_]+$"), name="attributedecision_code"),
            models.CheckConstraint(
                condition=Q(reason_code__in=ATTRIBUTE_REASON.names), name="attributedecision_reason_code_code"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__gte=F("recorded_at")), name="attributedecision_superseded_later"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
