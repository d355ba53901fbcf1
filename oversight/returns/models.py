"""Returns of referrals to their partners, and how they end. How a return stands is derived: see `ReturnQuerySet.with_state`."""

from __future__ import annotations

from typing import Self
from uuid import UUID, uuid4

from django.conf import settings as project
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from cases.codelists.referral import RETURN_REASON
from cases.codelists.types import NOT_APPLICABLE
from cases.linking.restriction import open_references
from core.text import Text
from oversight.returns import choices
from oversight.returns.choices import ENDS, FIELDS, REVIEWS, TAKEN_BACK, ReturnState
from partners.choices import CodeField
from partners.models import Client, Partner

ONE = Text("henvisning, der er sendt retur", "returned referral")


class ReturnQuerySet(models.QuerySet["Return"]):
    """Returns by partner and by how they stand.

    What waits for somebody leaves out what is about a person whose processing is restricted: nobody answers it meanwhile.
    """

    def of(self, partner_id: UUID) -> Self:
        return self.filter(partner_id=partner_id)

    def with_state(self) -> Self:
        """Each with its `state` (`ReturnState`), as the database says it."""
        return self.annotate(state=Func(F("pk"), function="henvis_return_state", output_field=models.CharField()))

    def open(self) -> Self:
        """The returns that wait for their partner, with their state."""
        return self.filter(open_references(), end=None, review=None).with_state().filter(state=str(ReturnState.OPEN))

    def without_review(self) -> Self:
        """The returns that have an answer at which no member of staff has looked, with their state."""
        others = self.filter(open_references(), review=None).filter(~Q(end__code=TAKEN_BACK) | Q(end=None))
        return others.with_state().exclude(state=str(ReturnState.OPEN))

    def overdue(self) -> Self:
        """The open returns whose day has passed. A partner that was closed since answers nothing any more."""
        return self.open().filter(due__lt=timezone.localdate(), partner__active=True)


class Return(models.Model):
    """A referral that the centre returns to its partner: the version asked about, why, and which field, if any, it is about.

    `field`: a name of the dictionary, or `_Z` for the whole referral. `due`: the day until which the centre hopes for an answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False)
    reference = models.UUIDField()
    version = models.PositiveIntegerField()
    reason_code = CodeField(max_length=32, choices=choices.REASONS)
    field = CodeField(max_length=32, choices=choices.FIELD_CODES, default=NOT_APPLICABLE)
    due = models.DateField()
    asked_by = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    asked_at = models.DateTimeField()

    # Of `with_state`.
    state: str

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        permissions = [("ask_return", "Can return a referral to its partner")]
        constraints = [
            models.CheckConstraint(condition=Q(reason_code__in=RETURN_REASON.names), name="return_reason_code"),
            models.CheckConstraint(condition=Q(field__in=(NOT_APPLICABLE, *FIELDS)), name="return_field_code"),
            models.CheckConstraint(condition=Q(version__gte=1), name="return_version_from_1"),
        ]
        indexes = [models.Index("partner", "reference", name="return_of_referral")]

    def __str__(self) -> str:
        return str(ONE)

    @property
    def is_overdue(self) -> bool:
        """Whether it is one of `overdue`."""
        return self.state == ReturnState.OPEN and self.due < timezone.localdate() and self.partner.active


class ReturnEnd(models.Model):
    """How a return ended without a new version: its partner's answer (`client`, and on the desk `user`), or a member of staff
    took it back (`user` alone). There is one at most, and it is final.
    """

    of = models.OneToOneField(Return, on_delete=models.PROTECT, primary_key=True, related_name="end")
    code = CodeField(max_length=32, choices=choices.END_CODES)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, null=True, db_index=False)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False)
    ended_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(code__in=ENDS), name="returnend_code"),
            models.CheckConstraint(
                condition=Q(code=TAKEN_BACK, client__isnull=True, user__isnull=False)
                | (~Q(code=TAKEN_BACK) & Q(client__isnull=False)),
                name="returnend_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ReturnReview(models.Model):
    """What a member of staff made of an answer: it settles the matter, or the partner is asked again. There is one at most."""

    of = models.OneToOneField(Return, on_delete=models.PROTECT, primary_key=True, related_name="review")
    code = CodeField(max_length=32, choices=choices.REVIEWS)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    reviewed_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(code__in=[*REVIEWS]), name="returnreview_code")]

    def __str__(self) -> str:
        return self.code
