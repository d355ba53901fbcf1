"""The data of the demo. Import this only when the environment of the settings is complete.

Forms are reported by those of the sandbox in its years, and again from now on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.db.models import Q, QuerySet  # noqa: E402
from django.utils import timezone  # noqa: E402

from cases.models import Referral  # noqa: E402
from cases.months import COPENHAGEN, later, this_month, today  # noqa: E402
from cases.services.forms import FORMS  # noqa: E402
from cases.services.models import CountAssignment  # noqa: E402
from cases.services.shapes import CountForm, CountPeriodKind  # noqa: E402
from deploy.demo import tasks  # noqa: E402
from deploy.demo.household import (  # noqa: E402
    ADMIN,
    APPROVER,
    BUILDER,
    CREDENTIALS,
    LINE,
    MEMBERS,
    PARTNER_MANAGER,
    PEOPLE,
    STAFF,
    write_private,
    write_progress,
)
from partners import audit, credentials, roles  # noqa: E402
from partners.kinds import (  # noqa: E402
    REFERRAL_SCOPES,
    SCOPES_OF_KIND,
    STATISTICS_SCOPES,
    Kind,
    Mode,
    Scope,
)
from partners.models import AuditEvent, Client, Partner  # noqa: E402
from partners.people.adapters import FactorAdapter  # noqa: E402
from partners.people.models import Membership  # noqa: E402
from partners.roles import MemberRole  # noqa: E402
from sandbox import database, organisations  # noqa: E402
from sandbox.counts.reports import REPORTERS  # noqa: E402
from stats import published  # noqa: E402
from stats.models import POSTPONED, AnnouncedDate, Publication  # noqa: E402

FIRST, AFTER = date(published.YEARS[0], 1, 1), date(published.YEARS[-1] + 1, 1, 1)
# Whose credentials demo.json holds, with how wide a scope; each has a row in test mode too, to write made-up data with.
CAST: tuple[tuple[Kind, int, tuple[Scope, ...]], ...] = (
    (Kind.NGO, 2, REFERRAL_SCOPES),
    (Kind.POLICE, 1, SCOPES_OF_KIND[Kind.POLICE]),
    (Kind.IMMIGRATION, 1, SCOPES_OF_KIND[Kind.IMMIGRATION]),
    (Kind.CENTRE, 1, SCOPES_OF_KIND[Kind.CENTRE]),
)
LATE_SENDERS = {
    "reason_da": "To organisationer sender deres sidste oplysninger senere end forventet.",
    "reason_en": "Two organisations send their last records later than expected.",
}


def refuse_a_real_database() -> None:
    """Raise `SystemExit` where anybody else's partners or users are: the demo's credentials would be a back door.

    For a database that was given. The demo's own may hold what its visitors added.
    """
    tables = set(connection.introspection.table_names())  # before migrating there are none, and it only reads
    partners = (
        organisations.real_partners().count() if {Partner._meta.db_table, AuditEvent._meta.db_table} <= tables else 0
    )
    users = strangers().count() if User._meta.db_table in tables else 0
    if partners or users:
        raise SystemExit(
            f"The database of DATABASE_URL has {partners} partner(s) and {users} user(s) that no sandbox and no demo made, so it "
            "may be a real one. The demo would add a superuser, clients and releases to it. Nothing was changed. "
            "Give it an empty database, or unset DATABASE_URL."
        )


def strangers() -> QuerySet[User]:
    """The users whom no sandbox and no demo made."""
    signer = Q(username=organisations.SIGNER, is_active=False)
    return User.objects.exclude(signer | Q(username__in=PEOPLE))


def prepare(home: Path, base: str, content: dict[str, Any], say: Callable[[str], None]) -> None:
    """Bring the database to where the demo can be served, doing only what is missing; the worker builds the rest.

    `content`: the secrets of the home. Writes the credentials of partners for whoever reads the demo at the address `base`.
    """
    if has_migrations_to_do():
        say("migrating")
        call_command("migrate", verbosity=0, interactive=False)
    if not Referral.objects.exists():
        say("loading sandbox data")
        call_command("sandbox", verbosity=0)
    roles.sync()
    password = content["admin_password"]
    _provide_admin(password)
    staff = _provide_staff(password)
    assign_forms(staff[PARTNER_MANAGER])
    _announce_dates(staff[BUILDER])
    partners = _provide_clients(_stored_secrets(home / CREDENTIALS))
    _provide_members(password, partners[0]["client_id"])
    _provide_factors(content["factors"])
    # A home may be used with another database, given since.
    if (home / LINE).exists() or not (home / CREDENTIALS).exists() or not Publication.objects.exists():
        build_first(home, say, staff[BUILDER], staff[APPROVER])
    tasks.start_again()
    write_private(home / CREDENTIALS, {"base_url": base, "partners": partners})
    connections.close_all()


def has_migrations_to_do() -> bool:
    """Whether a migration was not done here."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def build_first(home: Path, say: Callable[[str], None], builder: User, approver: User) -> None:
    """What the first pages show, unless it is there. They say from now on that more is to come."""
    from deploy.demo import releases  # with the solver, which a demo that is complete does not need

    releases.publish(say, builder, approver, releases.FIRST)
    write_progress(home / LINE, releases.how_far(), "building the rest, while it is served")


def _provide_admin(password: str) -> None:
    if not User.objects.filter(username=ADMIN).exists():
        User.objects.create_superuser(ADMIN, password=password)


def _provide_staff(password: str) -> dict[str, User]:
    """The staff of the demo, each with a role of its own."""
    return {name: _staff(name, role, password) for name, role in STAFF.items()}


def _staff(name: str, role: str, password: str) -> User:
    user = _user(name, password, is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    return user


def _user(name: str, password: str, *, is_staff: bool = False) -> User:
    user_found = User.objects.filter(username=name).first()
    return user_found or User.objects.create_user(name, password=password, is_staff=is_staff)


def _provide_members(password: str, client_id: str) -> None:
    """The people of the partner whose credentials are printed, each with a role."""
    partner = Client.objects.get(client_id=client_id).partner
    for name, role in MEMBERS.items():
        defaults = {"partner": partner, "role": MemberRole(role)}
        Membership.objects.get_or_create(user=_user(name, password), defaults=defaults)
    # They have a month to declare complete. In January they have none: last year can be signed.
    since = max(later(this_month(), -1), this_month().replace(month=1))
    Partner.objects.filter(pk=partner.pk, reporting_since__gt=since).update(reporting_since=since)


def _provide_factors(factors: dict[str, str]) -> None:
    """The app of each person who has no factor, with the secret that `deploy.demo.credentials` reads."""
    for name, secret in factors.items():
        user = User.objects.get(username=name)
        if not Authenticator.objects.filter(user=user).exists():
            data = {"secret": FactorAdapter().encrypt(secret)}
            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)


def _announce_dates(statistician: User) -> None:
    """What the calendar announces, unless somebody has announced something: two years, one of them postponed, and a report."""
    if AnnouncedDate.objects.exists():
        return
    year, following = today().year + 1, published.YEARS[-1] + 1

    def announce(**notice: Any) -> AnnouncedDate:
        return AnnouncedDate.objects.create(user=statistician, **notice)

    first = announce(period=str(following), month=date(year, 2, 1))
    at = datetime(year, 3, 18, 9, tzinfo=COPENHAGEN)
    announce(entry=first.entry, month=at.date().replace(day=1), moment=at, status=POSTPONED, **LATE_SENDERS)
    announce(period=str(following + 1), month=date(year, 6, 1))
    # A report is drawn from the persons of its year.
    announce(title_da=f"Årsrapport {following}", title_en=f"Annual report {following}", month=date(year, 5, 1))


def _stored_secrets(path: Path) -> dict[str, str]:
    """The secret of each client that an earlier start handed out."""
    if not path.exists():
        return {}
    return {entry["client_id"]: entry["client_secret"] for entry in json.loads(path.read_text())["partners"]}


def _provide_clients(secrets_kept: dict[str, str]) -> list[dict[str, Any]]:
    return [
        _credentials(row, of_mode, secrets_kept)
        for kind, count, scopes in CAST
        for partner in _partners(kind, count)
        for row, of_mode in ((partner, scopes), (_in_test_mode(partner), _writing(scopes)))
    ]


def _partners(kind: Kind, count: int) -> list[Partner]:
    present = list(organisations.invented_partners().filter(kind=kind, mode=Mode.LIVE, active=True)[:count])
    return [*present, *(_invent(f"Demo {kind} {number + 1}", kind) for number in range(len(present), count))]


def _in_test_mode(live: Partner) -> Partner:
    """The row of the same organisation whose data never enter statistics."""
    test = organisations.invented_partners().filter(name=live.name, kind=live.kind, mode=Mode.TEST, active=True).first()
    return test or _invent(live.name, Kind(live.kind), twin_of=live)


def _writing(scopes: tuple[Scope, ...]) -> tuple[Scope, ...]:
    """What a client in test mode is for: figures are read with the live one."""
    return tuple(scope for scope in scopes if scope not in STATISTICS_SCOPES)


def _invent(name: str, kind: Kind, twin_of: Partner | None = None) -> Partner:
    """A partner that the next start knows for the demo's own; the twin in test mode of a live one."""
    mode = Mode.TEST if twin_of else Mode.LIVE
    with transaction.atomic():
        partner = credentials.add_partner(by=audit.COMMAND, name=name, kind=kind, mode=mode, twin_of=twin_of)
        organisations.mark_invented(partner)
        organisations.agree(partner)
    return partner


def _credentials(partner: Partner, scopes: tuple[Scope, ...], secrets_kept: dict[str, str]) -> dict[str, Any]:
    for client in Client.objects.filter(partner=partner, client_id__in=secrets_kept):
        if credentials.check_secret(client.client_id, secrets_kept[client.client_id]):
            return _entry(client, secrets_kept[client.client_id])
    client, secret = credentials.add_client(by=audit.COMMAND, partner=partner, name="Demo", scopes=scopes)
    return _entry(client, secret)


def _entry(client: Client, secret: str) -> dict[str, Any]:
    return {
        "name": client.partner.name,
        "kind": client.partner.kind,
        "mode": client.partner.mode,
        "client_id": client.client_id,
        "client_secret": secret,
        "scopes": list(client.scopes),
    }


def assign_forms(manager: User) -> None:
    """Say who reports which form, unless somebody has said something. A crisis asks for its own form by itself."""
    if CountAssignment.objects.exists():
        return
    partners = {each.name: each for each in organisations.invented_partners().filter(mode=str(Mode.LIVE))}
    with transaction.atomic(), database.backdating():
        for role, form in ((role, FORMS[name]) for role, name in REPORTERS):
            partner = partners[organisations.LIVE[role].name]
            for since, reports, said_at in () if form.only_in_crisis else words_of(form):
                CountAssignment.objects.create(
                    partner=partner, form=form.id, since=since, reports=reports, user=manager, assigned_at=said_at
                )


def words_of(form: CountForm) -> Iterator[tuple[date, bool, datetime]]:
    """What was said of a form, since when it holds, and when it was said: the sandbox ends, and the demo goes on."""
    yield FIRST, True, datetime(FIRST.year - 1, 12, 1, tzinfo=UTC)
    yield AFTER, False, datetime(AFTER.year - 1, 12, 1, tzinfo=UTC)
    yield today().replace(month=1, day=1) if form.period == CountPeriodKind.YEAR else this_month(), True, timezone.now()
