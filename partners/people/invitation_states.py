"""What became of an invitation: whether it is open and until when, or how it ended, when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone

from core.text import Text
from partners.models import AuditEvent, Partner
from partners.people.models import STAFF_WORDS, Invitation, Membership
from partners.people.names import name_of, parts_of_name
from partners.staff.naming import moment_by, moment_of

OPEN, EXPIRED = Text("åben", "open"), Text("udløbet", "expired")
USED, REVOKED = Text("brugt", "used"), Text("trukket tilbage", "revoked")
UNTIL = Text("til", "until")
# So long after its end its partner sees an invitation, with for whom it was.
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation as a manager reads it: for whom it is, what became of it, and whether it can be revoked."""

    row: Invitation
    whom: str
    state: str
    is_open: bool


def with_ends(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Invitations with who used or revoked each: `ended_by_id`, and `ended_by`, the parts of the name.

    Nobody where a command did.
    """
    ends = AuditEvent.objects.filter(
        subject=Cast(OuterRef("pk"), CharField()), action__in=("invitation.accept", "invitation.revoke")
    )
    return rows.annotate(
        ended_by_id=Subquery(ends.values("user_id")[:1]),
        ended_by=Subquery(ends.filter(user__isnull=False).values(who=parts_of_name("user__"))[:1]),
    )


def state_in_words(invitation: Invitation, by: object | None) -> str:
    """What became of an invitation. `by`: who used or revoked it, or nobody."""
    for words, at in ((USED, invitation.used_at), (REVOKED, invitation.revoked_at)):
        if at is not None:
            return f"{words} {moment_by(at, by) if by else moment_of(at)}"
    ends_at = moment_of(invitation.expires_at)
    return f"{OPEN} {UNTIL} {ends_at}" if is_open(invitation) else f"{EXPIRED} {ends_at}"


def is_open(invitation: Invitation) -> bool:
    """Whether an invitation has not ended."""
    has_end = invitation.used_at is not None or invitation.revoked_at is not None
    return not has_end and invitation.expires_at > timezone.now()


def has_ended(at: datetime) -> Q:
    """That an invitation was used, revoked or expired at a moment."""
    return Q(used_at__lte=at) | Q(revoked_at__lte=at) | Q(expires_at__lte=at)


def whom_for_partner(invitation: Invitation) -> str:
    """For whom an invitation is, as managers of its partner read it. Empty once a new account was made by it.

    Whoever made the account may be a manager, and would read what was written of her. Then the user name stands in the state.
    """
    if invitation.user:
        return name_of(invitation.user)
    return "" if invitation.used_at else invitation.recipient


def lines_of(partner: Partner) -> list[InvitationLine]:
    """The invitations of a partner that are open or ended within 30 days, the newest first. Of the centre nobody is named."""
    of_partner = Invitation.objects.filter(partner=partner).exclude(has_ended(timezone.now() - KEPT))
    members = Membership.objects.filter(partner=partner).select_related("user")
    names = {each.user_id: name_of(each.user) for each in members}

    def line(row: Invitation) -> InvitationLine:
        who: int | None = row.ended_by_id  # type: ignore[attr-defined]  # of `with_ends`
        by = None if who is None else names.get(who, str(STAFF_WORDS))
        return InvitationLine(row, whom_for_partner(row), state_in_words(row, by), is_open(row))

    return [line(each) for each in with_ends(of_partner).select_related("user", "made_by")]


def forget_recipients() -> int:
    """Erase for whom invitations were that ended longer than 30 days ago, as the owner. Returns how many they were."""
    rows = Invitation.objects.filter(has_ended(timezone.now() - KEPT)).exclude(recipient="")
    return rows.update(recipient="")
