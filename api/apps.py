"""Django's registration of the app."""

from django.apps import AppConfig

from api.records.read_words import WORDS
from partners import jobs
from partners.constraint_words import set_messages
from partners.people import operations
from partners.text import Text

TIDY = Text("Slette det, der har udtjent", "Delete what has served its time")
# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "idempotency_key": Text("Nøglen er allerede i brug.", "This key is already in use."),
}


class ApiConfig(AppConfig):
    """HTTP only: routes, structs built from the dictionary, problems, formats."""

    name = "api"

    def ready(self) -> None:
        """Say what constraints refuse, and what programs read, in the reader's language."""
        set_messages(self.name, CONSTRAINTS)
        operations.add(WORDS)
        jobs.task("service.tidy", queue=jobs.UPKEEP, words=TIDY, every="17 1 * * *", priority=1)("api.tidying.tidy")
