"""Routes of the feedback and of looks, below `/account/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from pages.feedback import views

urlpatterns: list[URLPattern] = [
    path("feedback/", views.years, name="feedback_years"),
    path("feedback/<int:year>/", views.feedback_of_year, name="feedback_year"),
    path("feedback/<int:year>/csv/", views.feedback_csv, name="feedback_csv"),
    path("looks/", views.looks, name="feedback_looks"),
]
