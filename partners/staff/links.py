"""Links on pages of staff lead only to rows that the reader may see, and to a history that is not empty.

The history of a row is what the audit has of it. Django would write another, in half a language.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html

from core.text import Text, lazily, short
from partners.staff import subjects
from partners.staff.audit_words import details_of, head_of, with_words
from partners.staff.naming import NOTHING, moment_of, page_of

# So many events a history shows at most.
MOST_EVENTS = 200
View = TypeVar("View", bound=Callable[..., Any])


def column(
    name: Any, of: Callable[[Any], object], *, ordering: str | None = None, boolean: bool | None = None
) -> Callable[[Any, Any], Any]:
    """A column of a list, or a line of a row's page: its name, and what a row has in it."""

    def show(_: Any, row: Any) -> Any:
        return of(row)

    label = lazily(name) if isinstance(name, tuple) else name
    admin.display(description=label, ordering=ordering, boolean=boolean)(show)
    return show


def page_at(route: str, name: str = "") -> Callable[[View], View]:
    """Marks a page of a screen with its route. `name`: what it is called among the pages of the screen, if not as its method."""

    def mark(view: View) -> View:
        view.__dict__.setdefault("routes", []).append((route, name))
        return view

    return mark


class LinkedScreen(admin.ModelAdmin):
    """A screen whose rows link only to what the reader may see. Django's own links check no right."""

    def get_urls(self) -> list[URLPattern]:
        """The addresses of its own pages (`page_at`), and the admin's."""
        own = [
            path(
                route,
                self.admin_site.admin_view(getattr(self, attribute)),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{name or attribute}",
            )
            for each in type(self).__mro__
            for attribute, view in vars(each).items()
            if isinstance(view, FunctionType)
            for route, name in getattr(view, "routes", ())
        ]
        return [*own, *super().get_urls()]

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

        @admin.display(description=field.verbose_name, empty_value=NOTHING)
        def text_of(row: Any) -> Any:
            value = getattr(row, field.name)
            return NOTHING if value is None else value

        return text_of

    def link_to(self, request: HttpRequest, row: Any, words: str) -> str:
        """Words that lead to the page of a row, where there is one that the reader may see."""
        screen = self.admin_site._registry.get(type(row))
        if screen is None or not screen.has_view_permission(request):
            return words
        return format_html('<a href="{}">{}</a>', page_of(row), words)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form, which knows whether the row has a history."""
        row = context.get("original")
        has_history = row is not None and subjects.history_of(row).exists()
        return super().render_change_form(request, {**context, "has_history": has_history}, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What was done to a row, in sentences. Django would tell those without the right whether there is such a row."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            redirect: HttpResponse = self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
            return redirect
        events = list(subjects.history_of(row)[: MOST_EVENTS + 1])
        name = self.heading(row)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "name": name,
            "title": Text(f"Historik: {name}", f"History: {name}"),
            "events": [
                (moment_of(each.at), subjects.who_did(each), f"{head_of(each)}{details_of(each)}")
                for each in with_words(events[:MOST_EVENTS])
            ],
            "is_cut": len(events) > MOST_EVENTS,
        }
        return TemplateResponse(request, "admin/history.html", context)

    def heading(self, row: Any) -> str:
        """What the page of a row is called: by its name, and an id by its first digits."""
        return short(row)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Log nothing: the audit is the history."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Log nothing: the audit is the history."""
