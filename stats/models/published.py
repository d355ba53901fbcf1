"""What is published of a release, and what is added afterwards. Functions of the database write it, but for errata."""

from __future__ import annotations

from django.conf import settings as project
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from core.rows import StoredRow
from stats.models.drafts import ChangeArrays, ProtectedCells, ToldArrays
from stats.models.releases import LONGEST_NOTES, LONGEST_REASON, Release, has_words


class PublishedTable(ProtectedCells):
    """A table of a published release: the draft's, copied by the database when it was published."""


class PublishedChange(ChangeArrays):
    """The changes of a published release: the draft's, copied by the database when it was published."""


class PublishedTold(ToldArrays):
    """What everybody is told of hidden cells: the draft's, copied by the database when it was published."""


class Certificate(models.Model):
    """The public certificate of a published release."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True)
    body = models.JSONField()

    def __str__(self) -> str:
        return str(self.pk)


class Publication(StoredRow):
    """That a release is published, and who approved it. Written by the database's function alone; final.

    `grounds`: what spoke against it as it was published (`henvis_grounds`); then `reason_…` says why it was published all the same.
    """

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    published_at = models.DateTimeField(db_default=Now(), editable=False)
    grounds = ArrayField(models.CharField(max_length=32), default=list)
    reason_da = models.CharField(max_length=LONGEST_REASON, default="")
    reason_en = models.CharField(max_length=LONGEST_REASON, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(grounds=[]) | has_words("reason_da") & has_words("reason_en"),
                name="publication_reason_of_grounds",
            ),
        ]


class DraftRefusal(StoredRow):
    """That an approver says no to a draft, and why. It is not published any more. Written by the database's function alone."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True, related_name="refusal")
    reason = models.CharField(max_length=LONGEST_REASON)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    refused_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=has_words("reason"), name="draftrefusal_reason_said")]


class Withdrawal(StoredRow):
    """The withdrawal of a published release: why, and which one replaces it; of two approvers it needs no replacement.

    It was read, so audits still reckon with it.

    `reason`: a line of Danish, then one of English; one line where the two are the same, and where it was asked in one language.
    """

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True)
    replacement = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+", db_index=False, null=True)
    reason = models.CharField(max_length=2 * LONGEST_REASON + 1)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    withdrawn_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=has_words("reason"), name="withdrawal_reason_said"),
            models.CheckConstraint(condition=~Q(replacement=F("release")), name="withdrawal_by_another"),
        ]


class WithdrawalRequest(models.Model):
    """That an approver asks to withdraw a release that nothing replaces. Written by the database's function alone.

    `reason`: as that of a withdrawal.
    """

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    reason = models.CharField(max_length=2 * LONGEST_REASON + 1)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    asked_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("id",)
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=has_words("reason"), name="withdrawalrequest_reason_said")]

    def __str__(self) -> str:
        return f"{self.release_id}"


class WithdrawalDecision(StoredRow):
    """What came of a request: a second approver agreed, or an approver said no. Written by the database's function alone."""

    request = models.OneToOneField(
        WithdrawalRequest, on_delete=models.PROTECT, primary_key=True, related_name="decision"
    )
    approved = models.BooleanField()
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    decided_at = models.DateTimeField(db_default=Now(), editable=False)


class Erratum(models.Model):
    """What readers must know of a published release that is wrong or may mislead. Its figures stay as they are.

    Everybody reads it once a second person has approved it. `of_total`: the total is wrong, so that no headline leads with it.
    """

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    text_da = models.CharField(max_length=LONGEST_NOTES)
    text_en = models.CharField(max_length=LONGEST_NOTES)
    of_total = models.BooleanField(default=False)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    written_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("written_at", "id")
        constraints = [
            models.CheckConstraint(condition=has_words("text_da") & has_words("text_en"), name="erratum_said"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}"


class ErratumDecision(StoredRow):
    """What came of an erratum: a second person approved it, so that it is public; or somebody said no, the author too."""

    erratum = models.OneToOneField(Erratum, on_delete=models.PROTECT, primary_key=True, related_name="decision")
    approved = models.BooleanField()
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    decided_at = models.DateTimeField(db_default=Now(), editable=False)


class ReviewSign(models.Model):
    """That a published release is under review. One person alone puts it up at once: it says nothing of what may be wrong."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    put_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("id",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.release_id}"


class ReviewSignEnd(StoredRow):
    """That a sign was taken down, and by whom."""

    sign = models.OneToOneField(ReviewSign, on_delete=models.PROTECT, primary_key=True, related_name="end")
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    ended_at = models.DateTimeField(db_default=Now(), editable=False)
