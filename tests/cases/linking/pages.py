"""The staff pages on cases, and users who open them."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import Permission, User

from cases.models import Case
from tests.callers import Browser

CASES = "/admin/cases/case/"


def signed_in(name: str, *rights: str) -> Browser:
    """A member of staff with these rights."""
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    browser = Browser()
    browser.force_login(user)
    return browser


def text(response: Any) -> str:
    """The page."""
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def merge_by_form(browser: Browser, said: dict[str, str], of: Case | None = None) -> Any:
    """Fill in the form that merges cases, begun on the page of one or on the list; then confirm what the question shows."""
    address = page(of, "merge") if of else f"{CASES}merge/"
    shown = re.findall(r'name="shown" value="([^"]+)"', text(browser.post(address, said)))
    return browser.post(address, {**said, "shown": shown}, follow=True)


def page(of: Case, act: str = "change") -> str:
    """The address of a page of a case."""
    return f"{CASES}{of.pk}/{act}/"
