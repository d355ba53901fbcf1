"""What the pages have in common: one form, a question before an act, and what was done said after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language_from_request, override

from partners.people.pages.act_words import DONE, QUESTIONS
from partners.people.pages.words import FIELDS, OTHERS, PAGES
from partners.staff.asking import answered, sent


class OneForm:
    """Mixed into a view of the library: our template, our words, no placeholders."""

    page: str
    template_name = "people/form.html"

    def get_form(self, *args: Any, **kwargs: Any) -> Form:
        """The form in our words."""
        form: Form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        return worded(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the page's title, lead and button."""
        return {**super().get_context_data(**kwargs), "page": PAGES[self.page]}  # type: ignore[misc]


def worded[F: Form](form: F) -> F:
    """A form whose labels are ours. Before it is checked: what it says then has its labels."""
    for name, field in form.fields.items():
        field.label = str(FIELDS[name]) if name in FIELDS else field.label
        field.widget.attrs.pop("placeholder", None)
    return form


def ask(request: HttpRequest, page: str, *about: object, back: str = "account_home") -> HttpResponse | None:
    """The page that asks before an act that cannot be undone; None where the person has answered.

    `page` is a key of the words, `about` what the act is on, `back` the name of the page that is left for.
    """
    if answered(request):
        return None
    kept = sent(request, "row", "client", "key")
    return render(
        request, "people/ask.html", {"page": QUESTIONS[page], "about": about, "kept": kept, "back": reverse(back)}
    )


def tell(request: HttpRequest, done: str, about: object = "") -> None:
    """Say on the next page what was done. `done` is a key of the words, `about` what it was done to."""
    messages.success(request, str(DONE[done]).format(about))


def shown_once(request: HttpRequest, title: str, value: str, lead: str = "shown_once") -> HttpResponse:
    """A secret in the answer to the request that made it, and nowhere else. `title` and `lead` are keys of the words."""
    return render(request, "people/once.html", {"title": title, "value": value, "lead": lead})


def refused(request: HttpRequest, *, why: str = "refused", status: int = 409) -> HttpResponse:
    """What was asked is refused: by the rules, unless another key of the words says why."""
    return render(request, "people/refused.html", {"why": OTHERS[why]}, status=status)


def broken(request: HttpRequest, *, why: str, status: int, headers: Mapping[str, str]) -> HttpResponse:
    """A page that asks the database for nothing, not even who reads it: it may be the database that is away."""
    language = get_language_from_request(request)
    with override(language):
        page = render_to_string("people/broken.html", {"why": OTHERS[why], "words": OTHERS, "language": language})
    return HttpResponse(page, status=status, headers={**headers, "Content-Language": language})
