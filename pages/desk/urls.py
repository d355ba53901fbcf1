"""Routes of the desk, below `/send/` and `/send/test/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from pages.desk import home, nil

app_name = "desk"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("nil/<str:period>/", nil.nil, name="nil"),
]
