"""Django's registration of the desk."""

from django.apps import AppConfig

from partners.people import operations


class DeskConfig(AppConfig):
    """Pages on which people of a partner report."""

    name = "pages.desk"
    label = "pages_desk"

    def ready(self) -> None:
        """Tell the page of reads what is read here."""
        from pages.desk.reads import READS, operation_of  # once the models are loaded

        operations.add({operation_of(page): words for page, words in READS.items()})
