"""Whether somebody was erased, for the statistics: what was counted before cannot be counted again, and a later release says so."""

from __future__ import annotations

from datetime import datetime

from cases.codelists.types import Text
from cases.rights.models import Tombstone

WHY = "somebody was erased since, so the records are no longer all there"
# For the change notes of a later vintage. Without a number: it would be one of a few persons.
CHANGE_NOTE = Text(
    "Personer, hvis oplysninger er slettet efter databeskyttelsesreglerne siden den forrige udgave, tælles ikke længere med.",
    "Persons whose data were erased under data protection law since the vintage before are no longer counted.",
)


def count() -> int:
    """How many persons of the live world were erased, ever."""
    return Tombstone.objects.filter(test=False).count()


def since(moment: datetime) -> bool:
    """Whether a person of the live world was erased after a moment."""
    return Tombstone.objects.filter(test=False, erased_at__gt=moment).exists()


def change_note(before: datetime) -> Text | None:
    """The line for the change notes of a vintage that follows one built at `before`; None where nobody was erased since."""
    return CHANGE_NOTE if since(before) else None
