"""Routes below `/account/` of the agreement and of mandates."""

from __future__ import annotations

from django.urls import URLPattern, path

from partners.organisations.pages import agreement, mandates

urlpatterns: list[URLPattern] = [
    path("agreement/", agreement.agreement, name="account_agreement"),
    path("agreement/file/", agreement.as_file, name="account_agreement_file"),
    path("agreement/confirm/", agreement.confirm, name="account_confirm_agreement"),
    path("mandates/", mandates.overview, name="account_mandates"),
    path("mandates/give/", mandates.give, name="account_give_mandate"),
    path("mandates/accept/", mandates.accept, name="account_accept_mandate"),
    path("mandates/end/", mandates.end, name="account_end_mandate"),
]
