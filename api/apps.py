"""Django's registration of the app."""

from django.apps import AppConfig

from api.records.read_words import words_by_operation
from core.constraint_words import set_messages
from core.text import Text
from partners import jobs
from partners.people import operations

TIDY = Text("Slette det, der har udtjent", "Delete what has served its time")
# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "idempotency_key": Text("Nøglen er allerede i brug.", "This key is already in use."),
}


class ApiConfig(AppConfig):
    """HTTP only: routes, structs built from the dictionary, problems, formats."""

    name = "api"

    def ready(self) -> None:
        """Say what constraints refuse in the reader's language, and tell the pages of reads what programs read."""
        set_messages(self.name, CONSTRAINTS)
        operations.add(words_by_operation())
        jobs.task("service.tidy", queue=jobs.UPKEEP, words=TIDY, every="17 1 * * *", priority=1)("api.tidying.tidy")
