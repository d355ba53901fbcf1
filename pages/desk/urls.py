"""Routes of the desk, below `/send/` and `/send/test/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from pages.desk import feedback, home, nil, receipts, returns, year

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
    path("year/", year.years, name="years"),
    path("year/<int:year>/", year.year, name="year"),
    path("year/<int:year>/sign/", year.sign, name="sign"),
    path("year/<int:year>/reopen/", year.reopen, name="reopen"),
    path("year/<int:year>/receipt-<int:number>.json", receipts.as_json, name="receipt_json"),
    path("year/<int:year>/receipt-<int:number>.<str:language>.pdf", receipts.as_pdf, name="receipt_pdf"),
]
