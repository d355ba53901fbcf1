"""Confirming the data-processing agreement, and who has confirmed it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Max

from core.refusals import raised_as
from core.text import say
from partners import audit
from partners.agreement_state import agreement_of
from partners.audit import COMMAND, Actor
from partners.models import Partner
from partners.organisations import agreements
from partners.organisations.agreements import AgreementState, AgreementVersion
from partners.organisations.models import AgreementConfirmation


class AgreementRefused(Exception):
    """The rules refuse a confirmation. The message is for whoever confirms."""


def confirm(*, user: User, partner: Partner, version: AgreementVersion, by: Actor | None = None) -> bool:
    """Confirm a version for a live partner, in the name of one of its managers. Returns False where it was confirmed before.

    `by`: who acts, where that is a command on the server. Raises `AgreementRefused`.
    """
    if agreements.needs_none(partner):
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
    if agreements.needs_none(partner):
        return None
    state_now = agreements.state_of(latest)
    return None if state_now == AgreementState.CONFIRMED else state_now


def state(partner: Partner) -> AgreementState:
    """How a live partner stands."""
    return agreements.state_of(agreement_of(partner.pk))


def history(partner: Partner) -> list[AgreementConfirmation]:
    """The confirmations of a partner, the latest first."""
    return list(AgreementConfirmation.objects.filter(partner=partner).select_related("user").order_by("-confirmed_at"))
