"""Before an act that cannot be undone a page asks; its form sends the same again, with the answer. It needs no script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ActionLocation
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from partners.text import Text

ANSWER = "sure"


def answered(request: HttpRequest) -> bool:
    """Whether the person has seen the question and said yes."""
    return ANSWER in request.POST


def sent(request: HttpRequest, *names: str) -> list[tuple[str, str]]:
    """What the form of the question sends again: each field of these names with each of its values."""
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def asked(request: HttpRequest, page: Mapping[str, object], kept: Iterable[tuple[str, str]] = ()) -> TemplateResponse:
    """The page that asks before an act. `page`: title, warning, facts, submit, back; `kept`: what its form sends again."""
    context = {**admin.site.each_context(request), **page, "kept": kept}
    return TemplateResponse(request, "admin/ask.html", context)


class AsksFirst(admin.ModelAdmin):
    """A screen whose actions ask before they act. `warnings`: what each of them comes to, by its name."""

    warnings: Mapping[str, Text] = {}

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """The actions, each of which asks before it acts."""
        found = super().get_actions(request, action_location)
        return {name: replace(action, func=self.asking(action)) for name, action in found.items() if action}

    def asking(self, action: Any) -> Callable[..., HttpResponse | None]:
        """An action behind the page that asks: with the rows, and with what the action comes to."""

        def act(screen: AsksFirst, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
            if answered(request):
                done: HttpResponse | None = action.func(screen, request, rows)
                return done
            page = {
                "title": f"{action.plural_description}?",
                "warning": self.warnings[action.name],
                "facts": [(self.opts.verbose_name, row) for row in rows],
                "submit": action.plural_description,
                "back": request.get_full_path(),
            }
            return asked(request, page, sent(request, "action", ACTION_CHECKBOX_NAME, "select_across", "index"))

        return act
