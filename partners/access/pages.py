"""Pages that show once what nobody stores: second codes of requests, and links of invitations."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from core.text import say
from partners.access.deciding import WITHDRAW, approvers, approvers_in_words
from partners.models import AccessRequest

LIST = "admin:partners_accessrequest_changelist"


def unstored_page(request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
    """A page that no cache stores."""
    page = {
        **admin.site.each_context(request),
        "opts": AccessRequest._meta,
        "back": f"{reverse(LIST)}?state=waiting",
        **context,
    }
    return TemplateResponse(request, f"admin/access/{template}.html", page, headers={"Cache-Control": "no-store"})


def second_codes_page(
    request: HttpRequest, access_requests: list[tuple[AccessRequest, str]], refusals: list[str]
) -> TemplateResponse:
    """The page with the second codes of new requests. It is the only answer that shows them."""
    title = say("Skal godkendes af en anden", "Another must approve")
    rows = [(each, code, approvers_in_words(approvers(each))) for each, code in access_requests]
    return unstored_page(request, "second_codes", title=title, requests=rows, refusals=refusals, withdraw=WITHDRAW)
