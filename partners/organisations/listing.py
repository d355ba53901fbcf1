"""What the list of partners has of the agreement."""

from __future__ import annotations

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from partners.models import OPEN_ORGANISATIONS, Partner
from partners.organisations.agreements import AgreementState, current, needs_none, state_of
from partners.organisations.models import AgreementConfirmation


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
