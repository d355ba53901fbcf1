"""Django's registration of the frame, whose templates and files all pages share."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """The frame of every page: the design system, the header, the footer."""

    name = "pages.base"
    label = "pages_base"
