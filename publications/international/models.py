"""Files for bodies abroad, and that one was sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings as project
from django.db import models
from django.db.models.functions import Now

from core.rows import StoredRow
from partners.choices import CodeField
from publications.international import bodies


class InternationalFile(models.Model):
    """A file as it was made, for ever. The newest of its body and year counts.

    `content`: the document of `publications.international.files`. `basis`: the public releases in force
    of its periods, with what was announced of them: it is stale once that is another.
    """

    id = models.BigAutoField(primary_key=True)
    body = CodeField(max_length=16, choices=bodies.BODY_NAMES)
    year = models.PositiveSmallIntegerField()
    content: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(editable=False)
    basis: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(editable=False)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("-year", "body", "-id")
        default_permissions = ("add", "view")
        # To make a file is one person's act and to send it another's.
        permissions = [("send_file", "Can mark files for bodies abroad as sent that others made")]

    def __str__(self) -> str:
        return f"{bodies.BODY_NAMES[self.body]}, {self.year}"

    @property
    def subject(self) -> str:
        """What the audit calls it, in no language."""
        return f"{self.body} {self.year}"


class FileDispatch(StoredRow):
    """That a file was sent, and who says so. Written by the database's function alone; final."""

    file = models.OneToOneField(InternationalFile, on_delete=models.PROTECT, primary_key=True)
    user = models.ForeignKey(project.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False)
    sent_at = models.DateTimeField(db_default=Now(), editable=False)
