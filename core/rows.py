"""What most tables of ours are: rows that are written by functions of ours, and that nobody names."""

from __future__ import annotations

from django.db import models


class StoredRow(models.Model):
    """A row without rights of Django's, which is called by its key."""

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)
