"""Django's registration of the public pages."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages for everybody. Their figures are those of the API: no page has a number of its own."""

    name = "pages.public"
    label = "pages_public"
