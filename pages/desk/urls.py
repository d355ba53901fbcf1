"""Routes of the desk, below `/send/` and `/send/test/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from pages.desk import home, nil
from pages.desk.figures import page as figures
from pages.desk.records import lists, one, record

app_name = "desk"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("nil/<str:period>/", nil.nil, name="nil"),
    path("one/", one.one, name="one"),
    path("records/", lists.records, name="records"),
    path("records/find/", lists.find, name="find"),
    path("records/file/<str:form>/", lists.records_file, name="records_file"),
    # `handle`: what stands for a referral in a session (docs/decisions/0080).
    path("record/<str:handle>/", record.record, name="record"),
    path("record/<str:handle>/receipt/", one.receipt, name="receipt"),
    path("record/<str:handle>/correct/", record.correct, name="correct"),
    path("record/<str:handle>/withdraw/", record.withdraw, name="withdraw"),
    path("record/<str:handle>/again/", record.again, name="again"),
    path("figures/", figures.figures, name="figures"),
    path("figures/file/<str:form>/", figures.figures_file, name="figures_file"),
]
