"""Routes of the pages of action plans."""

from __future__ import annotations

from django.urls import URLPattern

from core.text import Text
from pages.base.addresses import routes
from pages.plans import plan
from pages.plans.plan import PATH

urlpatterns: list[URLPattern] = [
    *routes(plan.EVERY, Text(*(f"{each}/" for each in PATH)), plan.plans),
    *routes(plan.NAME, Text(*(f"{each}/<str:plan>/" for each in PATH)), plan.plan),
]
