"""Links of the staff's pages that lead somewhere: to rows that the reader may see, and to a history that has lines."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse


class Linked(admin.ModelAdmin):
    """A screen whose rows link to what the reader may see, and to nothing else. Django's own asks nobody's rights."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields; of a row that is only looked at, what the reader may not see by its name, without a link."""
        found = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return found
        return [
            (title, {**said, "fields": [self.told(request, each) for each in said["fields"]]}) for title, said in found
        ]

    def told(self, request: HttpRequest, name: Any) -> Any:
        """A field that leads to another row, by what it says, where the reader may not see that row."""
        field = next((each for each in self.opts.fields if each.name == name), None)
        screen = self.admin_site._registry.get(field.related_model) if isinstance(field, ForeignKey) else None
        if field is None or screen is None or screen.has_view_permission(request):
            return name

        @admin.display(description=field.verbose_name, empty_value="-")
        def said(row: Any) -> Any:
            return getattr(row, field.name)

        return said

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form, with whether the row's history has a line."""
        row = context.get("original")
        kind = ContentType.objects.get_for_model(self.model, for_concrete_model=False)
        lines = (
            LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
            if row is not None
            else LogEntry.objects.none()
        )
        return super().render_change_form(request, {**context, "has_history": lines.exists()}, *args, **kwargs)
