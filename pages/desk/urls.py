"""Routes of the desk, below `/send/` and `/send/test/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from pages.desk import feedback, home, nil, returns

app_name = "desk"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("nil/<str:period>/", nil.nil, name="nil"),
    path("feedback/", feedback.years, name="feedback"),
    path("feedback/<int:year>/", feedback.feedback_of_year, name="feedback_year"),
    path("feedback/<int:year>/csv/", feedback.feedback_csv, name="feedback_csv"),
    path("looks/", feedback.looks, name="looks"),
    path("returned/", returns.return_list, name="returned"),
    path("returned/<uuid:key>/", returns.answer, name="answer"),
]
