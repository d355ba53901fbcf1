"""Staff pages of the statistics: protected releases, orders to build them, decisions on what others have published, and errata.

Everything here runs with the rights of the web server: it can reach neither a draft's cells nor what its audit found. Looking at a
draft, publishing and withdrawing are functions of the database. They check everything themselves; these pages check it for a
readable message.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest

from cases.statistics.models import AnnouncedDate, BuildOrder, Erratum, FactDecision, Release
from cases.statistics.revisions.errata import add_erratum
from cases.statistics.staff.calendar_screen import CalendarScreen
from cases.statistics.staff.fact_screen import FactDecisionScreen
from cases.statistics.staff.forms import ErratumForm, ReleaseChoice
from cases.statistics.staff.orders import BuildOrderScreen
from cases.statistics.staff.release_screen import ReleaseScreen
from cases.statistics.staff.releases import readable
from cases.statistics.words import ERRATUM_HELPS, ERRATUM_WARNING
from partners.staff.screens import SignedScreen, actor
from partners.text import Text


@admin.register(Erratum)
class ErratumAdmin(SignedScreen):
    """What readers of a published release must know of it. Its figures stay as they are."""

    form = ErratumForm
    list_display = ("published_at", "of_release", "text_da", "text_en", "user")
    ordering = ("-published_at", "-pk")
    list_select_related = ("user",)
    helps = ERRATUM_HELPS
    act = Text("Udgiv en rettelse", "Publish an erratum")
    warning = ERRATUM_WARNING

    def get_fields(self, request: HttpRequest, obj: Erratum | None = None) -> tuple[str, ...]:
        """The form; of an erratum what readers see, with who added it and when."""
        texts = ("text_da", "text_en")
        return ("release", *texts) if obj is None else ("of_release", *texts, "published_at", "user")

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any], request: HttpRequest, **kwargs: Any) -> Any:
        """Offer published releases alone, in words."""
        if db_field.name == "release":
            kwargs["queryset"] = readable().filter(publication__isnull=False)
            kwargs["form_class"] = ReleaseChoice
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Erratum, form: Any, change: bool) -> None:
        """Add the erratum, which publishes it."""
        text = Text(obj.text_da, obj.text_en)
        obj.pk = add_erratum(by=actor(request), release_id=obj.release_id, text=text).pk


admin.site.register(BuildOrder, BuildOrderScreen)
admin.site.register(AnnouncedDate, CalendarScreen)
admin.site.register(FactDecision, FactDecisionScreen)
admin.site.register(Release, ReleaseScreen)
