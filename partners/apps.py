"""Django's registration of the app."""

from django.apps import AppConfig, apps

from partners.constraint_words import set_messages
from partners.staff.words import FIELDS, MODELS, OF_DJANGO, PARTNERS, USERS_AND_ROLES
from partners.text import lazily, name


class PartnersConfig(AppConfig):
    """The app of organisations, their clients, and what each may do."""

    name = "partners"
    verbose_name = lazily(PARTNERS)

    def ready(self) -> None:
        """Register the checks, and set the names of models and fields."""
        from partners import checks  # noqa: F401 (registering is its effect)

        name(self.name, MODELS, FIELDS)
        set_messages(self.name)
        name("auth", OF_DJANGO, {})
        apps.get_app_config("auth").verbose_name = lazily(USERS_AND_ROLES)
