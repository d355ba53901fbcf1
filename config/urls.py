"""Routes of the whole program."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView

from config.errors import handler404 as not_found


def home(address: str, to: str) -> URLPattern:
    """An address that redirects to another with its parameters. Some day it may have a page, so the redirect is temporary."""
    leads = RedirectView.as_view(url=to, query_string=True, preserve_request=True, http_method_names=["get", "head"])
    return path(address, csrf_exempt(leads))


urlpatterns: list[URLPattern | URLResolver] = [
    home("api", "/api/v1"),
    # What is asked for most comes first, here and below: an address is looked for from the top.
    path("", include("api.urls")),
    path("", include("pages.public.urls")),
    path("", include("pages.report.urls")),
    path("", include("pages.plans.urls")),
    path("send/test/", include("pages.desk.urls", namespace="desk-test")),
    path("send/", include("pages.desk.urls", namespace="desk")),
    path("account/", include("partners.people.pages.urls")),
    path("account/mail/", include("partners.mail.urls")),
    path("account/", include("partners.organisations.pages.urls")),
    path("account/", include("partners.access.urls")),
    # The account's own page writes the audit row.
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    # Django's own would look up a row of any table by any key, and no row has a page outside of these.
    re_path(r"^admin/r/", not_found),
    path("admin/", admin.site.urls),
]

handler400 = "config.errors.handler400"
handler403 = "config.errors.handler403"
handler404 = "config.errors.handler404"
handler500 = "config.errors.handler500"
