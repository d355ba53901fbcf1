"""Django's registration of the pages of action plans."""

from django.apps import AppConfig


class PlansPagesConfig(AppConfig):
    """Pages of action plans."""

    name = "pages.plans"
    label = "pages_plans"
