"""What is published of a release, and what is added afterwards. Functions of the database write it, but for errata."""

from __future__ import annotations

from django.conf import settings as project
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.statistics.models.drafts import ChangeArrays, ProtectedCells, ToldArrays
from cases.statistics.models.releases import LONGEST_NOTES, LONGEST_REASON, Release, has_words


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


class Publication(models.Model):
    """That a release is published, and who approved it. Written by the database's function alone; final."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    published_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return str(self.pk)


class Withdrawal(models.Model):
    """The withdrawal of a published release: why, and which one replaces it. It was read, so audits still reckon with it.

    `reason`: a line of Danish, then one of English; one line where the two are the same, and where it was asked in one language.
    """

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True)
    replacement = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=2 * LONGEST_REASON + 1)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    withdrawn_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=has_words("reason"), name="withdrawal_reason_said"),
            models.CheckConstraint(condition=~Q(replacement=F("release")), name="withdrawal_by_another"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Erratum(models.Model):
    """What readers must know of a published release that is wrong or may mislead. Its figures stay as they are."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    text_da = models.CharField(max_length=LONGEST_NOTES)
    text_en = models.CharField(max_length=LONGEST_NOTES)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    published_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("published_at", "id")
        constraints = [
            models.CheckConstraint(condition=has_words("text_da") & has_words("text_en"), name="erratum_said"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}"
