"""The staff pages on cases, and users who open them."""

from __future__ import annotations

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


def page(of: Case, act: str = "change") -> str:
    """The address of a page of a case."""
    return f"{CASES}{of.pk}/{act}/"
