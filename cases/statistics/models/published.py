"""What is published of a release, and what was said of it afterwards. Written by functions of the database, but for errata."""

from __future__ import annotations

from django.conf import settings as project
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.statistics.models.drafts import Changed, Protected
from cases.statistics.models.releases import LONGEST_NOTES, LONGEST_REASON, Release, said


class PublishedTable(Protected):
    """A table of a published release: the draft's, copied by the database when it was published."""


class PublishedChange(Changed):
    """Of a published release: the draft's, copied by the database when it was published."""


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
    """That a published release should be used no more, why, and which one replaces it. It was read, so it stays knowledge."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True)
    replacement = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=LONGEST_REASON)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    withdrawn_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=said("reason"), name="withdrawal_reason_said"),
            models.CheckConstraint(condition=~Q(replacement=F("release")), name="withdrawal_by_another"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Erratum(models.Model):
    """What has to be known of a published release that is wrong or may mislead; its figures stay as they are."""

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT)
    text_da = models.CharField(max_length=LONGEST_NOTES)
    text_en = models.CharField(max_length=LONGEST_NOTES)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    published_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("published_at", "id")
        constraints = [
            models.CheckConstraint(condition=said("text_da") & said("text_en"), name="erratum_said"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}"
