"""What the pages share: a page with one form, a question before an act, a notice after it, a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form, Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_request, override

from partners.people.pages.questions import OUTCOMES, QUESTIONS
from partners.people.pages.words import PAGES, WORDS
from partners.people.words import HINTS, LABELS
from partners.roles import ROLE_WORDS
from partners.staff.questions import is_answered, repeated_fields


class OneForm:
    """Mixed into a view of the library: our template, our words, no placeholders."""

    page: str
    template_name = "people/form.html"

    def get_form(self, *args: Any, **kwargs: Any) -> Form:
        """The form with our labels."""
        form: Form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        return label_form(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the page's title, lead and button."""
        return {**super().get_context_data(**kwargs), "page": PAGES[self.page]}  # type: ignore[misc]


def label_form[F: Form](form: F) -> F:
    """Give a form our labels and the look of all pages. This comes before validation, whose messages name the fields."""
    for name, field in form.fields.items():
        field.label = str(LABELS[name]) if name in LABELS else field.label
        field.help_text = str(HINTS[name]) if name in HINTS else ""
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["class"] = "form-select" if isinstance(field.widget, Select) else "form-input"
    return form


def ask(request: HttpRequest, page: str, *about: object, back: str = "account_home") -> HttpResponse | None:
    """The page that asks before an act that cannot be undone; None where the person has answered.

    `page` is a key of the words, `about` what the act is on, `back` the name of the page that is left for.
    """
    if is_answered(request):
        return None
    fields_kept = repeated_fields(request, "row", "client", "key", "role")
    return render(
        request,
        "people/ask.html",
        {"page": QUESTIONS[page], "about": about, "kept": fields_kept, "back": reverse(back)},
    )


def notify(request: HttpRequest, outcome: str, about: object = "") -> None:
    """Show on the next page what was done. `outcome` is a key of the words, `about` the object."""
    messages.success(request, str(OUTCOMES[outcome]).format(about))


def one_time_page(
    request: HttpRequest, title: str, value: str, lead: str = "shown_once", client_id: str = ""
) -> HttpResponse:
    """The page that shows a new secret, once. `title` and `lead` are keys of the words, `client_id` names whose it is."""
    context = {"title": title, "value": value, "lead": lead, "client_id": client_id}
    return render(request, "people/once.html", context)


def refusal_page(request: HttpRequest, *, why: str = "refused", status: int = 409) -> HttpResponse:
    """The page of a refusal. `why`: a key of the words."""
    return render(request, "people/refusal.html", {"why": WORDS[why]}, status=status)


def failure_page(request: HttpRequest, *, why: str, status: int, headers: Mapping[str, str]) -> HttpResponse:
    """The page of a failure. It needs no database, which may be what failed. `why`: a key of the words, or another code."""
    language = get_language_from_request(request)
    with override(language):
        page = render(request, "people/failure.html", {"why": WORDS.get(why, WORDS["refused"])}, status=status)
    for name, value in {**headers, "Content-Language": language}.items():
        page[name] = value
    return page


def context(request: HttpRequest) -> dict[str, object]:
    """The context processor of the pages: their words, which choose a language only where a template shows them."""
    return {
        "words": WORDS,
        "roles": ROLE_WORDS,
        "language": (get_language() or "en")[:2],
    }
