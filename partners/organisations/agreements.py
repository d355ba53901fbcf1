"""The data-processing agreement: its versions, confirming one, and who has confirmed which.

No live record is stored before a manager of the organisation has confirmed a version. A newer version is asked for on the
organisation's pages from the day on which it is in force; an earlier confirmation holds until `earlier_until`, that day included.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from core.refusals import raised_as
from core.text import say
from partners import audit
from partners.audit import COMMAND, Actor
from partners.credentials import Principal
from partners.kinds import Kind, Mode
from partners.models import OPEN_ORGANISATIONS, Partner
from partners.organisations.agreement_texts import FIRST, AgreementSection
from partners.organisations.models import AgreementConfirmation
from partners.people.partner_clients import agreement_of


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


class AgreementRefused(Exception):
    """The rules refuse a confirmation. The message is for whoever confirms."""


def confirm(*, user: User, partner: Partner, version: AgreementVersion, by: Actor | None = None) -> bool:
    """Confirm a version for a live partner, in the name of one of its managers. Returns False where it was confirmed before.

    `by`: who acts, where that is a command on the server. Raises `AgreementRefused`.
    """
    if needs_none(partner):
        raise AgreementRefused(say("Partneren behøver ingen aftale.", "This partner needs no agreement."))
    row = {"partner": partner, "version": version.number, "digest": version.digest, "user": user}
    try:
        with raised_as(AgreementRefused), transaction.atomic():
            AgreementConfirmation.objects.create(**row)
            audit.record(
                by=by or Actor.of(user), action="agreement.confirm", subject=str(partner.pk), version=version.number,
                **({"confirmed_by": user.pk} if by == COMMAND else {}),
            )  # fmt: skip
    except IntegrityError:
        return False
    return True


def latest_by_partner(partners: Iterable[Partner]) -> dict[UUID, int]:
    """The latest version that each of some partners has confirmed."""
    rows = AgreementConfirmation.objects.filter(partner__in=list(partners)).order_by()
    return dict(rows.values_list("partner").annotate(latest=Max("version")))


def what_waits(partner: Partner, latest: int | None) -> AgreementState | None:
    """How a partner stands that has to confirm a version, or should; None where nothing waits.

    `latest`: the latest version that it has confirmed.
    """
    if needs_none(partner):
        return None
    state_now = state_of(latest)
    return None if state_now == AgreementState.CONFIRMED else state_now


def state_of_partner(partner: Partner) -> AgreementState:
    """How a live partner stands."""
    return state_of(agreement_of(partner.pk))


def confirmations_of(partner: Partner) -> list[AgreementConfirmation]:
    """The confirmations of a partner, the latest first."""
    return list(AgreementConfirmation.objects.filter(partner=partner).select_related("user").order_by("-confirmed_at"))


def with_agreement(partners: QuerySet[Partner]) -> QuerySet[Partner]:
    """The partners, each with the latest version that it has confirmed (`agreed`)."""
    rows = AgreementConfirmation.objects.filter(partner=OuterRef("pk")).order_by().values("partner")
    return partners.annotate(agreed=Subquery(rows.annotate(latest=Max("version")).values("latest")))


def without_agreement(partners: QuerySet[Partner]) -> QuerySet[Partner]:
    """The open organisations of `with_agreement` that must confirm before anything live is stored, or should soon."""
    return partners.filter(OPEN_ORGANISATIONS).filter(Q(agreed=None) | Q(agreed__lt=current().number))


def state_in_list(partner: Partner) -> AgreementState | None:
    """How a partner of `with_agreement` stands; None where it needs no agreement."""
    if needs_none(partner):
        return None
    return state_of(getattr(partner, "agreed", None))
