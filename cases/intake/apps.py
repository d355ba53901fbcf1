"""Django's registration of the app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Records come in: rules, versions, referrals and assessments."""

    name = "cases.intake"
