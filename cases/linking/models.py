"""The centre's decisions on cases, and the links that follow from them.

A **decision** merges cases, splits a case, or undoes one of these; it stands until it is undone. A **link** is what the standing
decisions come to: from a case to its person, or from a record to another case. Links are versions with a beginning and an end, so
that they can be read as of any moment. All tables are append-only.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.codelists.staff import ATTRIBUTE_REASON, LINK_REASON
from cases.codelists.types import NOT_ASKED
from cases.dimensions import OF_REFERRALS, PARTNER_KIND
from cases.fields import WIDTH
from cases.models import Case, VersionQuerySet
from core.rows import StoredRow
from core.text import Text
from partners.models import Partner

# The attributes of a person: the dimensions that are fields of a referral. Staff may decide each of them.
ATTRIBUTES = tuple(dimension for dimension in OF_REFERRALS if dimension is not PARTNER_KIND)
# Stands in the place of a code: the earlier decision is withdrawn, and the records apply again.
NO_DECISION = NOT_ASKED


class LinkDecisionKind(StrEnum):
    """The kind of a link decision."""

    MERGE = "MERGE"
    SPLIT = "SPLIT"
    UNDO = "UNDO"


class LinkDecision(models.Model):
    """A decision that cases are one person, that records of a case belong to another person, or that such a decision is undone."""

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
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in LinkDecisionKind]), name="linkdecision_kind_code"
            ),
            models.CheckConstraint(
                condition=Q(reason_code__in=LINK_REASON.names), name="linkdecision_reason_code_code"
            ),
            models.CheckConstraint(
                condition=Q(kind=str(LinkDecisionKind.UNDO), undoes__isnull=False)
                | (~Q(kind=str(LinkDecisionKind.UNDO)) & Q(undoes=None)),
                name="linkdecision_undoes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MergedCase(StoredRow):
    """One of the cases that a merge joins."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.ForeignKey(LinkDecision, on_delete=models.PROTECT, related_name="merged", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("decision", "case"), name="mergedcase_once")]


class Link(StoredRow):
    """One version of a link. It is valid from one decision until the next decision that changes it."""

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


class CaseLink(Link):
    """The person that a case belongs to: the case of its group that was opened first. A case without a link is its own person."""

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
    """The case that a split moved a record to: a partner's referral or, without a reference, its assessment of `from_case`.

    The link applies only while the record's own case is `from_case`. `decision` is the latest standing split of the record.
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


class AttributeDecision(StoredRow):
    """Staff's decision on an attribute of a person whose records disagree. Of several on one person the latest counts.

    The code `NO_DECISION` withdraws the earlier decision.
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
            # Each field has a code list of its own; `decide_attribute` checks the code against it.
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z0-9_]+$"), name="attributedecision_code"),
            models.CheckConstraint(
                condition=Q(reason_code__in=ATTRIBUTE_REASON.names), name="attributedecision_reason_code_code"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__gte=F("recorded_at")), name="attributedecision_superseded_later"
            ),
        ]


class RestrictedCase(StoredRow):
    """A case whose processing is restricted (GDPR, article 18), and with it that of everybody who is one person with it.

    `restriction`: an id that the cases of one restriction share, and its step in the register of requests. While rows of a person
    are current, nobody reads what is held about her, and nothing new counts her. Only the guarded functions write here.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    restriction = models.UUIDField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("restrict_case", "Can restrict the processing of the person of a case, and lift it with another")
        ]
        constraints = [
            models.UniqueConstraint(fields=("restriction", "case"), name="restrictedcase_once"),
            models.CheckConstraint(
                condition=Q(superseded_at__gte=F("recorded_at")), name="restrictedcase_superseded_later"
            ),
        ]


LINKS = {
    "MERGE": Text("Sager lagt sammen", "Cases merged"),
    "SPLIT": Text("Sag opdelt", "Case split"),
    "UNDO": Text("Afgørelse omgjort", "Decision undone"),
}
