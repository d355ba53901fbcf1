"""Routes below `/account/` by which two bring a colleague's account back."""

from __future__ import annotations

from django.urls import URLPattern, path

from partners.access import restorations

urlpatterns: list[URLPattern] = [
    path("people/back/", restorations.bring_back, name="account_bring_back"),
    path("people/back/approve/", restorations.approve, name="account_approve_back"),
    path("people/back/refuse/", restorations.refuse, name="account_refuse_back"),
]
