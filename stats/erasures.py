"""What the statistics must know of erasures: what was counted before cannot be counted again, and a later release says so."""

from __future__ import annotations

from datetime import datetime

from cases.erased.models import Tombstone
from core.text import Text

WHY = "somebody was erased since by a version that did not keep what the release had counted"
NOISE = "somebody was erased since, and the noise was a function of the id that her record had"
OTHERS = "somebody was erased since, and what others published may count her otherwise than the last release did"
# For the change notes of a later vintage. Without a number: it would be one of a few persons.
CHANGE_NOTE = Text(
    "Personer, hvis oplysninger er slettet efter databeskyttelsesreglerne siden den forrige udgave, tælles ikke længere med.",
    "Persons whose data were erased under data protection law since the vintage before are no longer counted.",
)


def count_erased() -> int:
    """How many persons of live partners were ever erased."""
    return Tombstone.objects.filter(test=False).count()


def erased_since(moment: datetime) -> bool:
    """Whether a person of a live partner was erased after a moment."""
    return Tombstone.objects.filter(test=False, erased_at__gt=moment).exists()


def erased_without_keeping(moment: datetime) -> bool:
    """Whether a person was erased after a moment by a version that did not keep what releases had counted of her."""
    return Tombstone.objects.filter(test=False, kept=False, erased_at__gt=moment).exists()


def change_note(before: datetime) -> Text | None:
    """The line for the change notes of a vintage after one built at `before`. None: nobody was erased since."""
    return CHANGE_NOTE if erased_since(before) else None
