"""Links on pages of staff lead only to rows that the reader may see, and to a history that is not empty."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse

from partners.staff.naming import NOTHING


class LinkedScreen(admin.ModelAdmin):
    """A screen whose rows link only to what the reader may see. Django's own links check no right."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields. On a read-only row, one that the reader may not open has no link."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (title, {**options, "fields": [self.field_shown(request, each) for each in options["fields"]]})
            for title, options in fieldsets
        ]

    def field_shown(self, request: HttpRequest, name: Any) -> Any:
        """The field, or its plain text where the reader may not see the row to which it leads."""
        field = next((each for each in self.opts.fields if each.name == name), None)
        screen = self.admin_site._registry.get(field.related_model) if isinstance(field, ForeignKey) else None
        if field is None or screen is None or screen.has_view_permission(request):
            return name

        @admin.display(description=field.verbose_name, empty_value="-")
        def text_of(row: Any) -> Any:
            value = getattr(row, field.name)
            return NOTHING if value is None else value

        return text_of

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form, which knows whether the row has a history."""
        row = context.get("original")
        kind = ContentType.objects.get_for_model(self.model, for_concrete_model=False)
        lines = (
            LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
            if row is not None
            else LogEntry.objects.none()
        )
        return super().render_change_form(request, {**context, "has_history": lines.exists()}, *args, **kwargs)
