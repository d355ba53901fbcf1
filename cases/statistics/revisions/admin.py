"""The staff page of errata: added to what is published, never changed, never deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest

from cases.admin import Signed, readable
from cases.codelists.types import Text
from cases.screen_words import ERRATUM_HELPS, ERRATUM_WARNING
from cases.statistics.revisions.errata import add_erratum
from cases.statistics.revisions.models import Erratum
from partners.admin import actor


@admin.register(Erratum)
class ErratumAdmin(Signed):
    """What readers of a published release have to know of it. Its figures stay as they are."""

    list_display = ("published_at", "of_release", "text_da", "text_en", "user")
    list_select_related = ("user",)
    fields = ("release", "text_da", "text_en")
    helps = ERRATUM_HELPS
    warning = ERRATUM_WARNING

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Of releases, those that are published."""
        if db_field.name == "release":
            kwargs["queryset"] = readable().filter(publication__isnull=False)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Erratum, form: Any, change: bool) -> None:
        """Add."""
        text = Text(obj.text_da, obj.text_en)
        obj.pk = add_erratum(by=actor(request), release_id=obj.release_id, text=text).pk
