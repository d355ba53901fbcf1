"""The agreement of a partner with the centre: its kinds and versions, confirming one, and who has confirmed which.

The operator chooses which kind new partners confirm, and staff which kind one partner does. No live record is stored before a
manager of the organisation has confirmed a version of its kind. A newer version is asked for on the
organisation's pages from the day on which it is in force; an earlier confirmation holds until `earlier_until`, that day included.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from core.refusals import raised_as
from core.text import Text, say
from partners import audit
from partners.audit import COMMAND, Actor
from partners.credentials import Principal
from partners.kinds import AGREEMENT_WORDS, AgreementKind, Kind, Mode
from partners.models import OPEN_ORGANISATIONS, Partner
from partners.organisations.agreement_texts import OF_CONTROLLERS, OF_JOINT, AgreementSection
from partners.organisations.models import AgreementConfirmation
from partners.organisations.processor_text import OF_PROCESSOR
from partners.people.partner_clients import agreement_of


@dataclass(frozen=True, slots=True)
class AgreementVersion:
    """A version of the text of a kind. `number` counts from 1 in each, in the order in which they come into force.

    `earlier_until`: the last day on which a confirmation of an earlier version suffices.
    """

    kind: AgreementKind
    number: int
    in_force: date
    earlier_until: date
    sections: tuple[AgreementSection, ...]

    @property
    def name(self) -> str:
        """Its name in addresses and files, such as ``joint-1``."""
        return f"{self.kind.lower()}-{self.number}"

    @property
    def title(self) -> Text:
        """What the agreement is called."""
        return AGREEMENT_WORDS[self.kind]

    @property
    def digest(self) -> str:
        """The SHA-256 of the text in both languages, in hex."""
        texts = (text for section in self.sections for text in (section.heading, *section.paragraphs))
        return hashlib.sha256("\n".join(line for text in texts for line in text).encode()).hexdigest()


FIRST_DAY = date(2026, 1, 1)
VERSIONS: dict[AgreementKind, tuple[AgreementVersion, ...]] = {
    kind: (AgreementVersion(kind, 1, FIRST_DAY, FIRST_DAY, text),)
    for kind, text in (
        (AgreementKind.CONTROLLERS, OF_CONTROLLERS),
        (AgreementKind.JOINT, OF_JOINT),
        (AgreementKind.PROCESSOR, OF_PROCESSOR),
    )
}


class AgreementState(StrEnum):
    """How an organisation stands: nothing is confirmed, a newer version must be, should be, or the version in force is."""

    AWAITED = "AWAITED"
    EXPIRED = "EXPIRED"
    RENEWAL = "RENEWAL"
    CONFIRMED = "CONFIRMED"


def needs_none(who: Partner | Principal) -> bool:
    """Whether a partner needs no agreement: nothing of it is counted, or it is the centre itself."""
    return who.mode != Mode.LIVE or who.kind == Kind.CENTRE


def kind_of(who: Partner | Principal) -> AgreementKind:
    """Which kind of agreement a partner confirms."""
    return AgreementKind(who.agreement_kind)


def current(kind: AgreementKind, day: date | None = None) -> AgreementVersion:
    """The version of a kind that is in force on a day; default: today. Of a day before the first, the first."""
    today = day or timezone.localdate()
    return next((each for each in reversed(VERSIONS[kind]) if each.in_force <= today), VERSIONS[kind][0])


def current_of(who: Partner | Principal) -> AgreementVersion:
    """The version that a partner is asked to confirm today."""
    return current(kind_of(who))


def version_of(kind: str, number: int) -> AgreementVersion | None:
    """The version of a kind with this number, or None."""
    return next((each for each in VERSIONS[AgreementKind(kind)] if each.number == number), None)


def state_of(kind: AgreementKind, number: int | None, day: date | None = None) -> AgreementState:
    """How whoever has confirmed this version of a kind at the latest (None: none) stands on a day; default: today."""
    today = day or timezone.localdate()
    if number is None:
        return AgreementState.AWAITED
    version = current(kind, today)
    if number >= version.number:
        return AgreementState.CONFIRMED
    return AgreementState.RENEWAL if today <= version.earlier_until else AgreementState.EXPIRED


def holds(kind: AgreementKind, number: int | None, day: date | None = None) -> bool:
    """Whether live records may be stored for whoever has confirmed this version of a kind at the latest."""
    return state_of(kind, number, day) in {AgreementState.CONFIRMED, AgreementState.RENEWAL}


def may_store(who: Principal) -> bool:
    """Whether records of a partner may be stored: in test mode, of the centre itself, and while a confirmed agreement holds."""
    return needs_none(who) or holds(kind_of(who), who.agreement)


class AgreementRefused(Exception):
    """The rules refuse a confirmation. The message is for whoever confirms."""


def confirm(*, user: User, partner: Partner, version: AgreementVersion, by: Actor | None = None) -> bool:
    """Confirm a version for a live partner, in the name of one of its managers. Returns False where it was confirmed before.

    `by`: who acts, where that is a command on the server. Raises `AgreementRefused`.
    """
    if needs_none(partner):
        raise AgreementRefused(say("Partneren behøver ingen aftale.", "This partner needs no agreement."))
    row = {"partner": partner, "kind": version.kind, "version": version.number, "digest": version.digest, "user": user}
    try:
        with raised_as(AgreementRefused), transaction.atomic():
            AgreementConfirmation.objects.create(**row)
            audit.record(
                by=by or Actor.of(user), action="agreement.confirm", subject=str(partner.pk),
                agreement=version.kind, version=version.number,
                **({"confirmed_by": user.pk} if by == COMMAND else {}),
            )  # fmt: skip
    except IntegrityError:
        return False
    return True


def latest_by_partner(partners: Iterable[Partner]) -> dict[UUID, int]:
    """The latest version that each of some partners has confirmed of its kind."""
    rows = AgreementConfirmation.objects.filter(
        partner__in=list(partners), kind=F("partner__agreement_kind")
    ).order_by()
    return dict(rows.values_list("partner").annotate(latest=Max("version")))


def what_waits(partner: Partner, latest: int | None) -> AgreementState | None:
    """How a partner stands that has to confirm a version, or should; None where nothing waits.

    `latest`: the latest version that it has confirmed.
    """
    if needs_none(partner):
        return None
    state_now = state_of(kind_of(partner), latest)
    return None if state_now == AgreementState.CONFIRMED else state_now


def state_of_partner(partner: Partner) -> AgreementState:
    """How a live partner stands."""
    return state_of(kind_of(partner), agreement_of(partner.pk))


def confirmations_of(partner: Partner) -> list[AgreementConfirmation]:
    """The confirmations of a partner, the latest first."""
    return list(AgreementConfirmation.objects.filter(partner=partner).select_related("user").order_by("-confirmed_at"))


def with_agreement(partners: QuerySet[Partner]) -> QuerySet[Partner]:
    """The partners, each with the latest version that it has confirmed of its kind (`agreed`)."""
    own = AgreementConfirmation.objects.filter(partner=OuterRef("pk"), kind=OuterRef("agreement_kind"))
    rows = own.order_by().values("partner")
    return partners.annotate(agreed=Subquery(rows.annotate(latest=Max("version")).values("latest")))


def without_agreement(partners: QuerySet[Partner]) -> QuerySet[Partner]:
    """The open organisations of `with_agreement` that must confirm before anything live is stored, or should soon."""
    behind = Q(agreed=None)
    for kind in AgreementKind:
        behind |= Q(agreement_kind=kind, agreed__lt=current(kind).number)
    return partners.filter(OPEN_ORGANISATIONS).filter(behind)


def state_in_list(partner: Partner) -> AgreementState | None:
    """How a partner of `with_agreement` stands; None where it needs no agreement."""
    if needs_none(partner):
        return None
    return state_of(kind_of(partner), getattr(partner, "agreed", None))
