"""Routes below `/account/mail/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from partners.mail import pages

urlpatterns: list[URLPattern] = [
    path("", pages.choose, name="mail_choose"),
    path("again/", pages.send_code_again, name="mail_again"),
    path("confirm/", pages.confirm, name="mail_confirm"),
    path("stop/<str:token>/", pages.stop, name="mail_stop"),
]
