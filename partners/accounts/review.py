"""The access review: every account and every secret, what it permits, when it was last used, and how it stands.

A page and a file show the same rows by the same columns. Last use is the last sign-in or, of who is signed in, the last request.
No session lasts longer than `HENVIS_SESSION_LONGEST`, so of one that has ended it is known to that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Model, Prefetch, Q
from django.utils import timezone

from core.text import Text
from partners.accounts import history, idle
from partners.accounts.idle import IdleAccount
from partners.kinds import SCOPE_WORDS, Scope
from partners.models import AuditEvent, Client, Secret
from partners.people import sessions
from partners.people.models import STAFF_WORDS, Membership
from partners.people.rights import MAY_INVITE
from partners.roles import MEMBER_ABOUT, ROLE_WORDS, STAFF_ROLES, SUPERUSER, MemberRole
from partners.staff.naming import day_of
from partners.staff.subjects import BY_COMMAND, name_of_client, who_did
from partners.staff.words import USER_HELPS

SEES_ACCOUNTS = "auth.view_user"
CLOSED = Q(action="person.off") | Q(action="person.change", detail__active=False)
ACCOUNT, SECRET = Text("konto", "account"), Text("API-nøgle", "secret")
ON, OFF, NEVER = Text("åben", "on"), Text("lukket", "off"), Text("aldrig", "never")
WARNING = Text("åben; varsles", "on; is being warned")
UNUSED = Text("åben; ikke brugt længe", "on; not used for long")
PARTNER_OFF = Text("åben; partneren er lukket", "on; the partner is off")
NO_SECRET = Text("ingen gyldig API-nøgle", "no live secret")


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An account, or a secret of a client. `target`: the row to whose page it leads. `states`: the filters under which it stands.

    Moments and days are None where there are none: what is not known is no zero.
    """

    target: Model
    what: Text
    name: str
    organisation: str
    roles: tuple[Text, ...]
    permits: tuple[Text, ...]
    began_at: datetime
    begun_by: str
    used_at: datetime | None
    idle_days: int | None
    state: Text
    signed_in_at: datetime | Text | None = None
    has_factor: bool | None = None
    states: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReviewColumn:
    """A column of the page and of the file. `right`: without it a reader does not see the column."""

    head: Text
    value: Callable[[ReviewRow], Any]
    right: str = ""


COLUMNS = (
    ReviewColumn(Text("Hvem", "Who"), lambda row: row.name),
    ReviewColumn(Text("Slags", "Kind"), lambda row: row.what),
    ReviewColumn(Text("Organisation", "Organisation"), lambda row: row.organisation),
    ReviewColumn(Text("Roller", "Roles"), lambda row: row.roles),
    ReviewColumn(Text("Må", "May"), lambda row: row.permits),
    # Whoever can act on an account and not see all of it is not told that a password alone opens it.
    ReviewColumn(Text("Totrinsbekræftelse", "Second factor"), lambda row: row.has_factor, SEES_ACCOUNTS),
    ReviewColumn(Text("Oprettet", "Created"), lambda row: row.began_at),
    ReviewColumn(Text("Inviteret eller lavet af", "Invited or made by"), lambda row: row.begun_by),
    ReviewColumn(Text("Senest logget ind", "Last signed in"), lambda row: row.signed_in_at),
    ReviewColumn(Text("Sidst brugt", "Last used"), lambda row: row.used_at),
    ReviewColumn(Text("Dage uden brug", "Days idle"), lambda row: row.idle_days),
    ReviewColumn(Text("Status", "State"), lambda row: row.state),
)
STATES: Mapping[str, Text] = {
    "idle": Text("Ikke brugt længe", "Not used for long"),
    "warned": Text("Varslet", "Warned"),
    "left": Text("Overladt til medarbejdere", "Left to staff"),
    "off": Text("Lukket", "Off"),
    "secrets": Text("API-nøgler", "Secrets"),
}


def may_read(user: Any) -> bool:
    """Whether somebody may read the review: who sees accounts, all of it; who invites partners' people, what is of partners."""
    return bool(user.has_perm(SEES_ACCOUNTS) or user.has_perm(MAY_INVITE))


def columns_for(user: Any) -> list[ReviewColumn]:
    """The columns that a reader sees."""
    return [each for each in COLUMNS if not each.right or user.has_perm(each.right)]


def rows_for(user: Any, at: datetime, state: str = "") -> list[ReviewRow]:
    """The rows that a reader sees, those of a state where one is named: the centre's, then those of each partner."""
    sees_all = user.has_perm(SEES_ACCOUNTS)
    rows = [*account_rows(at, sees_all=sees_all), *secret_rows(at)]
    rows_of_state = [row for row in rows if state not in STATES or state in row.states]
    return sorted(rows_of_state, key=lambda row: (row.organisation.casefold(), row.what is SECRET, row.name.casefold()))


def account_rows(at: datetime, *, sees_all: bool) -> Iterator[ReviewRow]:
    """Every account. Who does not see accounts of staff sees those of partners, and is led to their members."""
    users = User.objects.select_related("membership__partner").prefetch_related("groups")
    people = list(users if sees_all else users.exclude(membership=None))
    under_rule = {each.user.pk: each for each in idle.accounts()}
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    have_factor, uses = set(factors.values_list("user_id", flat=True)), sessions.latest_uses()
    origins, closings = origins_of(people), closings_of(people)
    for user in people:
        member = getattr(user, "membership", None)
        account, closing = under_rule.get(user.pk), closings.get(user.pk)
        names = history.roles_now(user, member.role if member else None)
        used_at = max(filter(None, (user.last_login, uses.get(user.pk))), default=None)
        yield ReviewRow(
            target=user if sees_all or member is None else member,
            what=ACCOUNT,
            name=str(user),
            organisation=str(member.partner if member else STAFF_WORDS),
            roles=tuple(ROLE_WORDS.get(each, Text(each, each)) for each in sorted(names)),
            permits=tuple(about_role(each) for each in sorted(names)),
            has_factor=user.pk in have_factor,
            began_at=user.date_joined,
            begun_by=origins.get(user.pk, str(BY_COMMAND)),
            signed_in_at=user.last_login or NEVER,
            used_at=used_at,
            idle_days=(timezone.localdate(at) - timezone.localdate(used_at or user.date_joined)).days,
            state=state_of(user, member, account, closing, timezone.localdate(at)),
            states=states_of(user, account, timezone.localdate(at)),
        )


def about_role(name: str) -> Text:
    """What a role lets one do, in words."""
    if name == SUPERUSER:
        return USER_HELPS["is_superuser"]
    if name in STAFF_ROLES:
        return STAFF_ROLES[name].about
    return MEMBER_ABOUT[MemberRole(name)] if name in set(MemberRole) else Text(name, name)


def origins_of(people: Iterable[User]) -> dict[int, str]:
    """Who invited each account, by the invitation with which it began. An account of none was made by a command on the server."""
    first_days = {each.pk: each.date_joined for each in people}
    events = AuditEvent.objects.filter(action=history.BEGINS, user__in=first_days).order_by("at")
    first = [each for each in events if abs(each.at - first_days[each.user_id or 0]) < history.AT_ONCE]
    history.name_origins(first)
    return {each.user_id: each.origin for each in first if each.user_id}  # type: ignore[attr-defined]


def closings_of(people: Iterable[User]) -> dict[int, AuditEvent]:
    """The last event that switched off each account that is off."""
    keys = [str(each.pk) for each in people if not each.is_active]
    events = AuditEvent.objects.filter(CLOSED, subject__in=keys).select_related("user", "client__partner")
    return {int(each.subject): each for each in events.order_by("at")}


def state_of(
    user: User, member: Membership | None, account: IdleAccount | None, closing: AuditEvent | None, today: date
) -> Text:
    """How an account stands, in words: on, warned and until when, or off since when and by whom."""
    if not user.is_active:
        return (
            OFF
            if closing is None
            else in_sentence("lukket {} af {}", "off since {}, by {}", closing.at, who_did(closing))
        )
    if account is None:
        return PARTNER_OFF if member is not None else ON
    if account.warned_at is not None and account.protection is None:
        words = "åben; varslet {}, lukkes {}", "on; warned on {}, off on {}"
        return in_sentence(*words, account.warned_at, day_of(account.ends_on(today)))
    if account.is_being_warned:
        return WARNING
    if not account.is_idle(today):
        return ON
    why = account.protection
    return UNUSED if why is None else Text(f"{UNUSED.da}, {why.da}", f"{UNUSED.en}, {why.en}")


def in_sentence(da: str, en: str, at: datetime, other: str) -> Text:
    """A day and something else in a sentence."""
    return Text(da.format(day_of(at), other), en.format(day_of(at), other))


def states_of(user: User, account: IdleAccount | None, today: date) -> frozenset[str]:
    """The filters under which an account stands."""
    if not user.is_active:
        return frozenset({"off"})
    if account is None or not account.is_idle(today):
        return frozenset()
    by_state = {"warned": account.warned_at is not None, "left": account.is_left(today)}
    return frozenset({"idle", *(name for name, is_so in by_state.items() if is_so)})


def secret_rows(at: datetime) -> Iterator[ReviewRow]:
    """Every live secret, and every client without one. The desk's clients have none, and open nothing."""
    live = Secret.objects.filter(revoked_at=None, expires_at__gt=at).select_related("made_by").order_by("-created_at")
    clients = Client.objects.filter(is_desk=False).select_related(
        "partner", "request__asked_by", "request__decision__user"
    )
    for client in clients.prefetch_related(Prefetch("secrets", live, to_attr="live_secrets")):
        secrets: list[Secret] = client.live_secrets
        yield from (row_of_secret(client, each, at) for each in secrets)
        if not secrets:
            yield row_of_client(client)


def row_of_secret(client: Client, secret: Secret, at: datetime) -> ReviewRow:
    """A live secret. It is idle after as many days as a person of a partner."""
    days = (timezone.localdate(at) - timezone.localdate(secret.last_used_at or secret.created_at)).days
    until = day_of(secret.expires_at)
    return ReviewRow(
        target=secret,
        name=f"{name_of_client(client)} {secret}",
        began_at=secret.created_at,
        begun_by=str(secret.made_by or BY_COMMAND),
        used_at=secret.last_used_at,
        idle_days=days,
        state=Text(f"gyldig til {until}", f"live until {until}"),
        states=frozenset({"secrets", *(["idle"] if days >= settings.HENVIS_PEOPLE_WARNED_AFTER else [])}),
        **of_client(client),
    )


def row_of_client(client: Client) -> ReviewRow:
    """A client that nobody can use now."""
    request = client.request
    return ReviewRow(
        target=client,
        name=name_of_client(client),
        began_at=client.created,
        begun_by=f"{request.asked_by}, {request.decision.user}" if request is not None else str(BY_COMMAND),
        used_at=None,
        idle_days=None,
        state=NO_SECRET,
        states=frozenset({"secrets"}),
        **of_client(client),
    )


def of_client(client: Client) -> dict[str, Any]:
    """What a client says of each of its secrets."""
    return {
        "what": SECRET,
        "organisation": str(client.partner),
        "roles": (),
        "permits": tuple(SCOPE_WORDS[Scope(each)] for each in client.scopes),
    }
