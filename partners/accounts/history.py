"""Which roles an account had and when, as the audit tells it: who gave what, and who had what on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from core.text import Text
from partners.models import AuditEvent
from partners.people.models import Invitation, Membership
from partners.people.rights import shows_records
from partners.roles import ROLE_WORDS, STAFF_ROLES, SUPERUSER, MemberRole
from partners.staff.audit_words import details_in_words, words_of_action
from partners.staff.naming import moment_of
from partners.staff.subjects import BY_COMMAND, who_did

CHANGES = ("person.change", "person.roles", "person.on", "person.off")
BEGINS = "invitation.accept"
# An account and the event of the invitation that made it are written together.
AT_ONCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RolesHeld:
    """What an account could do at a moment.

    `roles`: names of roles. `is_closed`: whether it was an account of a partner that was switched off. `since`, `by`: when the
    roles were given and by whom; None where the audit has no word of it. `partner`: its name, of people of a partner; else nothing.
    """

    user: User
    roles: frozenset[str]
    is_active: bool
    is_closed: bool = False
    since: datetime | None = None
    by: str = ""
    partner: str = ""

    @property
    def in_words(self) -> str:
        """The roles by their titles."""
        return ", ".join(sorted(str(ROLE_WORDS.get(each, each)) for each in self.roles))

    @property
    def sees_records(self) -> bool:
        """Whether the roles showed records of persons: people of partners see their own partner's, until it is switched off."""
        if self.is_closed:
            return False
        return bool(self.roles & {SUPERUSER, *map(str, MemberRole)}) or any(
            shows_records(STAFF_ROLES[each].permissions) for each in self.roles if each in STAFF_ROLES
        )


def events_of(users: Iterable[User]) -> QuerySet[AuditEvent]:
    """What gave accounts their rights, or took them, the first one first."""
    keys = [each.pk for each in users]
    changes = Q(action__in=CHANGES, subject__in=list(map(str, keys)))
    return (
        AuditEvent.objects.filter(changes | Q(action=BEGINS, user__in=keys))
        .select_related("user", "client__partner")
        .order_by("at")
    )


def held_at(moment: datetime) -> list[RolesHeld]:
    """What each account that there was could do at a moment, by name: the centre's, then each partner's.

    Seven statements for any number of them.
    """
    users = list(User.objects.filter(date_joined__lte=moment).prefetch_related("groups").order_by("username"))
    members = {each.user_id: each for each in Membership.objects.select_related("partner")}
    of_closed_partners = closed_at(moment)
    of_user: dict[int, list[AuditEvent]] = {}
    for event in events_of(users).filter(at__lte=moment):
        key = event.user_id if event.action == BEGINS else int(event.subject)
        of_user.setdefault(key or 0, []).append(event)
    name_origins(event for events in of_user.values() for event in events)
    states = (state_of(user, members.get(user.pk), of_user.get(user.pk, ())) for user in users)
    holders = (replace(each, is_closed=each.user.pk in of_closed_partners) for each in states)
    return sorted((each for each in holders if each.is_active and each.roles), key=lambda each: each.partner.casefold())


def closed_at(moment: datetime) -> set[int]:
    """The accounts of partners that were switched off at a moment. What the audit tells nothing of is as it is now."""
    members = list(Membership.objects.values_list("user_id", "partner_id", "partner__active"))
    is_active = {str(partner): active for _, partner, active in members}
    switches = AuditEvent.objects.filter(action="partner.change", subject__in=[*is_active])
    subjects_seen: set[str] = set()
    for subject, detail, at in switches.order_by("at").values_list("subject", "detail", "at"):
        if at <= moment:
            is_active[subject] = bool(detail.get("active", True))
        elif subject not in subjects_seen:
            # Partners begin active: before the first change they were.
            is_active[subject] = True
        subjects_seen.add(subject)
    return {user for user, partner, _ in members if not is_active[str(partner)]}


def name_origins(events: Iterable[Any]) -> None:
    """Write into events by whom the rights were given: by who asked and who approved, where it was an invitation. One statement."""
    rows = list(events)
    keys = [each.subject for each in rows if each.action == BEGINS]
    invitations = {str(each.pk): each for each in with_deciders(keys)}
    for event in rows:
        invitation = invitations.get(event.subject) if event.action == BEGINS else None
        event.origin = ", ".join(deciders_of(invitation)) if event.action == BEGINS else str(event.user or BY_COMMAND)


def with_deciders(keys: Iterable[str]) -> QuerySet[Invitation]:
    """Invitations with who asked for them and who approved them."""
    return Invitation.objects.filter(pk__in=list(keys)).select_related("made_by", "request__decision__user")


def deciders_of(invitation: Invitation | None) -> list[str]:
    """Who asked for an invitation, and who approved it where two of staff invited."""
    made_by = str((invitation.made_by if invitation else None) or BY_COMMAND)
    request = invitation.request if invitation else None
    return [made_by, str(request.decision.user)] if request else [made_by]


def state_of(user: User, member: Membership | None, events: Iterable[AuditEvent]) -> RolesHeld:
    """What an account could do after some events. What no event tells is as it is now: commands on the server give rights too."""
    every = list(events)
    state = RolesHeld(
        user,
        roles_now(user, member.role if member else None),
        is_active=bool(every) or user.is_active,
        partner=str(member.partner) if member else "",
    )
    for event in every:
        state = roles_after(state, event)
    return state


def roles_now(user: User, member_role: str | None) -> frozenset[str]:
    own = {member_role} if member_role else {each.name for each in user.groups.all()}
    return frozenset({*own, *({SUPERUSER} if user.is_superuser else ())})


def roles_after(state: RolesHeld, event: Any) -> RolesHeld:
    """What an account can do after an event."""
    detail, with_origin = event.detail, replace(state, since=event.at, by=event.origin)
    match event.action:
        case "person.roles":
            return replace(with_origin, roles=frozenset({*detail["roles"], *(state.roles & {SUPERUSER})}))
        case "person.on" | "person.off":
            return replace(state, is_active=event.action == "person.on")
        case "person.change":
            over = {SUPERUSER} if detail.get("superuser") else set()
            with_switch = replace(state, is_active=bool(detail.get("active", True)))
            roles = frozenset({*(state.roles - {SUPERUSER}), *over})
            return (
                with_switch
                if roles == state.roles
                else replace(with_origin, roles=roles, is_active=with_switch.is_active)
            )
    # The invitation by which the account began gave it a role. A later one restores the account with what it had.
    began = abs(event.at - state.user.date_joined) < AT_ONCE
    return replace(with_origin, roles=frozenset({detail["role"]})) if began else state


def lines_on(user: User) -> Iterator[str]:
    """Who gave an account its rights or took them, and when, the first one first: one sentence for each event."""
    for event in events_of([user]):
        who = who_did(event)
        if event.action == BEGINS:
            yield f"{moment_of(event.at)}: {by_invitation(event)}"
            continue
        detail = "; ".join(f"{name}: {value}" for name, value in details_in_words(event.detail))
        what = words_of_action(event.action)
        yield str(
            Text(
                f"{moment_of(event.at)}: {what.da}{f' ({detail})' if detail else ''}, af {who}",
                f"{moment_of(event.at)}: {what.en}{f' ({detail})' if detail else ''}, by {who}",
            )
        )


def by_invitation(event: AuditEvent) -> Text:
    """That an account began or came back by an invitation: to which role, who asked for it and who approved it."""
    made_by, *approver = deciders_of(with_deciders([event.subject]).first())
    role = ROLE_WORDS.get(event.detail.get("role", ""), Text("", ""))
    if not approver:
        return Text(
            f"invitation til rollen {role.da} brugt; lavet af {made_by}",
            f"invitation to the role {role.en} used; made by {made_by}",
        )
    return Text(
        f"invitation til rollen {role.da} brugt; {made_by} bad om den, {approver[0]} godkendte",
        f"invitation to the role {role.en} used; {made_by} asked for it, {approver[0]} approved",
    )
