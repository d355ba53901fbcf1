"""A page asks before an act that cannot be undone. Its form sends the same fields again with the answer, and needs no script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ActionLocation
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from core.text import Text

ANSWER, EDIT = "sure", "edit"
# The button of a form that a question follows.
ONWARD = Text("Videre", "Continue")


def is_answered(request: HttpRequest) -> bool:
    """Whether the person has confirmed the act."""
    return ANSWER in request.POST


def is_edited(request: HttpRequest) -> bool:
    """Whether the person goes back from the question to what was typed."""
    return EDIT in request.POST and not is_answered(request)


def repeated_fields(request: HttpRequest, *names: str) -> list[tuple[str, str]]:
    """The fields that the question's form sends again, by name, with each value."""
    return [(name, value) for name in names for value in request.POST.getlist(name)]


class ActionQuestions(admin.ModelAdmin):
    """A screen whose actions ask before they act. `warnings`: the effect of each action, by its name.

    `refusal_class`: what is raised for an act that the rules refuse.
    """

    warnings: Mapping[str, Text] = {}
    refusal_class: type[Exception]

    def frame(self, request: HttpRequest, template: str, page: Mapping[str, object]) -> TemplateResponse:
        """A page of its own in the frame of the admin."""
        return TemplateResponse(request, template, {**self.admin_site.each_context(request), "opts": self.opts, **page})

    def pose(
        self, request: HttpRequest, page: Mapping[str, object], fields_kept: Iterable[tuple[str, str]] = ()
    ) -> TemplateResponse:
        """The page that asks before an act of its own.

        `page`: title, warning, facts, submit, back; `folded`, a heading and more facts, where there are some; `editable` where
        the person comes from a form, and may go back to it with everything typed (`is_edited`).
        `fields_kept`: fields that its form sends again.
        """
        return self.frame(request, "admin/ask.html", {**page, "kept": fields_kept})

    def carry_out(
        self, request: HttpRequest, act: Callable[[], object], success: object, back: str
    ) -> HttpResponseRedirect:
        """Do what was confirmed, and lead back with what was done, or with why not."""
        try:
            act()
            messages.success(request, str(success))
        except self.refusal_class as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(back)

    def warning_of(self, action: str, rows: QuerySet[Any]) -> Text:
        """The effect of an action on the chosen rows."""
        return self.warnings[action]

    def facts_of(self, rows: QuerySet[Any]) -> list[tuple[object, object]]:
        """What the question says of the chosen rows."""
        return [(self.opts.verbose_name, row) for row in rows]

    def form_of_action(self, action: str, request: HttpRequest) -> Form | None:
        """What an action asks for beside a yes, where it asks for something."""
        return None

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """The actions, each of which asks before it acts."""
        actions = super().get_actions(request, action_location)
        return {name: replace(action, func=self.asking(action)) for name, action in actions.items() if action}

    def asking(self, action: Any) -> Callable[..., HttpResponse | None]:
        """An action behind its question, which lists the rows and warns of the effect."""

        def act(screen: ActionQuestions, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
            """The action where the person has answered; the question before."""
            form = self.form_of_action(action.name, request)
            if is_answered(request) and (form is None or form.is_valid()):
                answer: HttpResponse | None = action.func(screen, request, rows)
                return answer
            page = {
                "title": f"{action.plural_description}?",
                "warning": self.warning_of(action.name, rows),
                "facts": self.facts_of(rows),
                "form": form or "",
                "submit": action.plural_description,
                "back": request.get_full_path(),
            }
            return self.pose(
                request, page, repeated_fields(request, "action", ACTION_CHECKBOX_NAME, "select_across", "index")
            )

        return act
