"""Mandates: one organisation lets another submit referrals for it. It opens its own door alone, and only for writing.

And a client that acts for another partner: by a mandate, or as its successor.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.refusals import WORDS, raised_as
from core.text import Text, lazily
from partners import audit
from partners.audit import Actor
from partners.credentials import Principal, run
from partners.kinds import Kind, Scope
from partners.models import OPEN_ORGANISATIONS, Partner
from partners.organisations.models import Mandate, MandateAcceptance, MandateEnd


class MandateRefused(Exception):
    """The rules refuse a mandate. The message is for managers."""


def taker_of(giver: Partner, taker_id: UUID) -> Partner:
    """The organisation that can be given a mandate. Raises `MandateRefused`, the same for one that there is not."""
    others = Partner.objects.filter(OPEN_ORGANISATIONS).exclude(pk=giver.pk)
    taker = others.filter(pk=taker_id).first()
    if taker is None:
        raise MandateRefused(lazily(WORDS["MANDATE_NOT_POSSIBLE"]))
    return taker


def give(*, by: Actor, giver: Partner, taker: Partner, since: date, until: date | None = None) -> Mandate:
    """Give a mandate, in the name of a manager of the giver. Raises `MandateRefused`."""
    if until is not None and until < max(since, timezone.localdate()):
        raise MandateRefused(
            lazily(Text("Fuldmagten skal slutte efter sin begyndelse.", "The mandate must end after it begins."))
        )
    with raised_as(MandateRefused), transaction.atomic():
        mandate = Mandate.objects.create(giver=giver, taker=taker, since=since, until=until, user_id=by.user_id or 0)
        audit.record(
            by=by, action="mandate.give", subject=str(mandate.pk), giver=str(giver.pk), taker=str(taker.pk),
            since=since.isoformat(), until=until and until.isoformat(),
        )  # fmt: skip
    return mandate


def accept(*, by: Actor, mandate: Mandate) -> None:
    """Accept a mandate, in the name of a manager of the taker. Again, nothing changes. Raises `MandateRefused`."""
    write_once(by, MandateAcceptance(mandate=mandate, user_id=by.user_id or 0), "mandate.accept")


def end(*, by: Actor, mandate: Mandate) -> None:
    """End a mandate at once, in the name of a manager of either. Again, nothing changes. Raises `MandateRefused`."""
    write_once(by, MandateEnd(mandate=mandate, user_id=by.user_id or 0), "mandate.end")


def write_once(by: Actor, row: MandateAcceptance | MandateEnd, action: str) -> None:
    """Add a row that a mandate has one of, with its audit row; nothing where it is there."""
    try:
        with raised_as(MandateRefused), transaction.atomic():
            row.save(force_insert=True)
            audit.record(by=by, action=action, subject=str(row.mandate_id))
    except IntegrityError:
        if not type(row).objects.filter(pk=row.pk).exists():
            raise


def mandates_of(partner: Partner) -> QuerySet[Mandate]:
    """The mandates that a live partner has given or was given, ended ones too, the latest first."""
    rows = Mandate.objects.filter(Q(giver=partner) | Q(taker=partner))
    return rows.select_related("giver", "taker", "acceptance", "end")


def words_of_state(mandate: Mandate) -> Text:
    """How a mandate stands, in words."""
    today = timezone.localdate()
    if hasattr(mandate, "end"):
        return ENDED
    if mandate.until is not None and mandate.until < today:
        return PAST
    if not hasattr(mandate, "acceptance"):
        return OFFERED
    return PLANNED if mandate.since > today else HOLDS


ENDED = Text("ophævet", "ended")
PAST = Text("udløbet", "expired")
OFFERED = Text("venter på modtagerens accept", "waits for the other to accept")
PLANNED = Text("begynder senere", "begins later")
HOLDS = Text("gælder", "in force")


# Whoever has taken over a partner's records reads and corrects them, under an agreement of its own; whoever has a mandate sends new
# ones under that of the giver. Test mode follows the mandates of the live rows, and knows no successors.
ON_BEHALF = """
SELECT g.name, g.kind, s.successor IS NOT NULL, o.agreement_kind,
    (SELECT max(a.version) FROM organisations_agreementconfirmation a WHERE a.partner_id = o.id AND a.kind = o.agreement_kind)
FROM partners_partner g
JOIN partners_partner p ON p.id = %s AND p.mode = g.mode AND p.id <> g.id
CROSS JOIN LATERAL (SELECT CASE WHEN g.mode = 'LIVE' THEN henvis_successor(g.id) END) AS s (successor)
JOIN partners_partner o ON o.id = coalesce(s.successor, g.id)
WHERE g.id = %s AND (
    s.successor = p.id
    OR g.active AND henvis_has_mandate(coalesce(g.twin_of_id, g.id), coalesce(p.twin_of_id, p.id))
)
"""
# The most that a client may do on behalf of another partner, whatever its own scopes.
SCOPES_OF_MANDATE = frozenset({str(Scope.REFERRALS_WRITE)})
SCOPES_OF_SUCCESSOR = frozenset({str(Scope.REFERRALS_WRITE), str(Scope.REFERRALS_READ)})


def on_behalf(who: Principal, partner_id: UUID) -> Principal | None:
    """The caller as it acts for another partner; None where it may not, or where there is no such partner."""
    row = run(ON_BEHALF, [who.partner_id, partner_id])
    if row is None:
        return None
    name, kind, is_successor, agreement_kind, agreement = row
    return replace(
        who,
        partner_id=partner_id,
        partner_name=name,
        kind=Kind(kind),
        scopes=who.scopes & (SCOPES_OF_SUCCESSOR if is_successor else SCOPES_OF_MANDATE),
        agreement_kind=agreement_kind,
        agreement=agreement,
        sender_id=who.partner_id,
        is_successor=is_successor,
    )
