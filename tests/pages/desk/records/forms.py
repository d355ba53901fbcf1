"""A person at the form: what a browser would send of the page as it stands."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from cases import dictionary as d
from tests.callers import Browser, referral
from tests.people.visitors import text

Form = dict[str, list[str]]


class SuccessfulControls(HTMLParser):
    """The fields that a browser sends of the form that is sent to an address."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.action, self.is_inside = action, False
        self.select: str | None = None
        self.form: Form = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value if value is not None else "" for name, value in attrs}
        if tag == "form":
            self.is_inside = at.get("action", self.action) == self.action and at.get("method") == "post"
        if not self.is_inside:
            return
        if tag == "select":
            self.select = at["name"]
        elif tag == "option" and self.select and ("selected" in at or self.select not in self.form):
            self.form[self.select] = [at["value"]]
        elif tag == "input" and (at["type"] not in {"radio", "checkbox"} or "checked" in at):
            self.form.setdefault(at["name"], []).append(at["value"])

    def handle_endtag(self, tag: str) -> None:
        self.select = None if tag == "select" else self.select
        self.is_inside = self.is_inside and tag != "form"


def form_at(browser: Browser, address: str) -> Form:
    """The form of a page as it stands."""
    return form_of(text(browser.get(address)), address)


def form_of(page: str, action: str) -> Form:
    """The form of a page that is sent to an address."""
    form = SuccessfulControls(page, action).form
    form.pop("csrfmiddlewaretoken", None)
    assert form, page
    return form


def filled(form: Form, **changes: object) -> Form:
    """The form with the dictionary's example, and with changes; a change to ... leaves a field empty."""
    return {**{name: each for name, each in form.items() if name not in FIELDS}, **sent(referral(**changes))}


def sent(values: dict[str, Any]) -> Form:
    """Values of a record as the form sends them."""
    return {
        name: ["[]"] if value == [] else value if isinstance(value, list) else [value] for name, value in values.items()
    }


FIELDS = {each.name for each in d.REFERRAL}


def errors_of(page: str) -> dict[str, str]:
    """What the page says of each field that is wrong, beside the field."""
    return dict(re.findall(r'form-error-message" id="field-(\w+)-error">([^<]*)', page))
