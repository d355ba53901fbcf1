"""Django's registration of the app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Intake of referrals and assessments: rules, conditions and versions."""

    name = "cases.intake"
