"""The versions of the data-processing agreement, from when each is in force, and until when the one before it still holds.

No live record is stored before a manager of the organisation has confirmed a version. A newer version is asked for on the
organisation's pages from the day on which it is in force; an earlier confirmation holds until `earlier_until`, that day included.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from partners.credentials import Principal
from partners.kinds import Kind, Mode
from partners.models import Partner
from partners.organisations.agreement_texts import FIRST, AgreementSection


@dataclass(frozen=True, slots=True)
class AgreementVersion:
    """A version of the text. `number` counts from 1, in the order in which they come into force.

    `earlier_until`: the last day on which a confirmation of an earlier version suffices.
    """

    number: int
    in_force: date
    earlier_until: date
    sections: tuple[AgreementSection, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of the text in both languages, in hex."""
        texts = (text for section in self.sections for text in (section.heading, *section.paragraphs))
        return hashlib.sha256("\n".join(line for text in texts for line in text).encode()).hexdigest()


VERSIONS: tuple[AgreementVersion, ...] = (AgreementVersion(1, date(2026, 1, 1), date(2026, 1, 1), FIRST),)


class AgreementState(StrEnum):
    """How an organisation stands: nothing is confirmed, a newer version must be, should be, or the version in force is."""

    AWAITED = "AWAITED"
    EXPIRED = "EXPIRED"
    RENEWAL = "RENEWAL"
    CONFIRMED = "CONFIRMED"


def needs_none(who: Partner | Principal) -> bool:
    """Whether a partner needs no agreement: nothing of it is counted, or it is the centre itself."""
    return who.mode != Mode.LIVE or who.kind == Kind.CENTRE


def current(day: date | None = None, versions: Sequence[AgreementVersion] = ()) -> AgreementVersion:
    """The version that is in force on a day; default: today. Of a day before the first, the first."""
    today = day or timezone.localdate()
    table = versions or VERSIONS
    return next((each for each in reversed(table) if each.in_force <= today), table[0])


def version_of(number: int) -> AgreementVersion | None:
    """The version with this number, or None."""
    return next((each for each in VERSIONS if each.number == number), None)


def state_of(number: int | None, day: date | None = None, versions: Sequence[AgreementVersion] = ()) -> AgreementState:
    """How whoever has confirmed the version of this number at the latest (None: none) stands on a day; default: today."""
    today = day or timezone.localdate()
    if number is None:
        return AgreementState.AWAITED
    version = current(today, versions)
    if number >= version.number:
        return AgreementState.CONFIRMED
    return AgreementState.RENEWAL if today <= version.earlier_until else AgreementState.EXPIRED


def holds(number: int | None, day: date | None = None, versions: Sequence[AgreementVersion] = ()) -> bool:
    """Whether live records may be stored for whoever has confirmed the version of this number at the latest."""
    return state_of(number, day, versions) in {AgreementState.CONFIRMED, AgreementState.RENEWAL}
