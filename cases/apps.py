"""Django's registration of the app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Referrals, cases, assessments, and what is counted of them."""

    name = "cases"
