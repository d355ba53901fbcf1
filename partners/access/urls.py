"""Routes below `/account/` by which two bring a colleague's account back."""

from __future__ import annotations

from django.urls import URLPattern, path

from partners.access import restoring

urlpatterns: list[URLPattern] = [
    path("people/back/", restoring.bring_back, name="account_bring_back"),
    path("people/back/approve/", restoring.approve, name="account_approve_back"),
    path("people/back/refuse/", restoring.refuse, name="account_refuse_back"),
]
