"""Django's registration of the app."""

from django.apps import AppConfig, apps
from django.core.checks import Tags, register

from core.checks import pepper_is_long
from core.constraint_words import set_messages
from core.text import lazily, name
from partners.staff.words import CONSTRAINTS, FIELDS, MODELS, OF_DJANGO, PARTNERS, USERS_AND_ROLES


class PartnersConfig(AppConfig):
    """The app of organisations, their clients, and what each may do."""

    name = "partners"
    verbose_name = lazily(PARTNERS)

    def ready(self) -> None:
        """Register the check, and set the names of models and fields."""
        register(pepper_is_long, Tags.security, deploy=True)
        name(self.name, MODELS, FIELDS)
        set_messages(self.name, CONSTRAINTS)
        name("auth", OF_DJANGO, {})
        apps.get_app_config("auth").verbose_name = lazily(USERS_AND_ROLES)
