"""The data of the demo. Import this only when the environment of the settings is complete."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
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

from cases.duplicates import store  # noqa: E402
from cases.figures import painter  # noqa: E402
from cases.models import Referral  # noqa: E402
from cases.months import COPENHAGEN, today  # noqa: E402
from cases.sandbox import organisations  # noqa: E402
from cases.statistics.counting import build as release  # noqa: E402
from cases.statistics.models import (  # noqa: E402
    AUTHORITY,
    EXACT,
    POSTPONED,
    PUBLIC,
    AnnouncedDate,
    Publication,
    Release,
)
from cases.statistics.publishing import build  # noqa: E402
from cases.statistics.publishing.choice import Choice  # noqa: E402
from cases.statistics.staff import approval  # noqa: E402
from deploy.demo.abroad import make_files  # noqa: E402
from deploy.demo.counts import SUMS_OF_QUARTER, SUMS_OF_YEAR, assign_forms  # noqa: E402
from deploy.demo.notices import declare_crisis  # noqa: E402
from deploy.demo.people import (  # noqa: E402
    ADMIN,
    APPROVER,
    BUILDER,
    MEMBERS,
    OFFICER,
    PARTNER_MANAGER,
    PEOPLE,
    STAFF,
)
from deploy.demo.plans import publish_plans  # noqa: E402
from deploy.demo.reports import publish_reports  # noqa: E402
from deploy.demo.requests import receive_requests  # noqa: E402
from partners import audit, credentials, roles  # noqa: E402
from partners.audit import Actor  # noqa: E402
from partners.kinds import REFERRAL_SCOPES, SCOPES_OF_KIND, STATISTICS_SCOPES, Kind, Mode, Scope  # noqa: E402
from partners.models import AuditEvent, Client, Partner  # noqa: E402
from partners.people.adapters import FactorAdapter  # noqa: E402
from partners.people.models import Membership  # noqa: E402
from partners.roles import MemberRole  # noqa: E402
from partners.text import Text  # noqa: E402

# Whose credentials demo.json holds, with how wide a scope; each has a row in test mode too, to write made-up data with.
CAST: tuple[tuple[Kind, int, tuple[Scope, ...]], ...] = (
    (Kind.NGO, 2, REFERRAL_SCOPES),
    (Kind.POLICE, 1, SCOPES_OF_KIND[Kind.POLICE]),
    (Kind.IMMIGRATION, 1, SCOPES_OF_KIND[Kind.IMMIGRATION]),
    (Kind.CENTRE, 1, SCOPES_OF_KIND[Kind.CENTRE]),
)
PERIODS = (*(str(year) for year in range(2015, 2024)), "2015-2023")
YEARS = tuple(str(year) for year in range(2019, 2024))
POOL = "2019-2023"
QUARTERS = tuple(f"2023-Q{quarter}" for quarter in range(1, 5))
TABLES_OF_YEAR = ("gender", "exploitation.form", "citizenship.continent", "age_band.age18", "region")
TABLES_OF_POOL = ("gender,exploitation.form", "citizenship.continent,exploitation.form")
TABLES_OF_QUARTER = ("gender,exploitation.form", "citizenship.continent", "region")
PROTECTED = (
    *((period, PUBLIC, Choice.of(TABLES_OF_YEAR).with_sums(SUMS_OF_YEAR)) for period in YEARS),
    (POOL, PUBLIC, Choice.of(TABLES_OF_POOL)),
    *((period, AUTHORITY, Choice.of(TABLES_OF_QUARTER)) for period in QUARTERS[:-1]),
    (QUARTERS[-1], AUTHORITY, Choice.of(TABLES_OF_QUARTER).with_sums(SUMS_OF_QUARTER)),
)
# What was known of 2020 in the spring after: a later vintage has the late decisions.
EARLIER = {"2020": (datetime(2021, 4, 1, tzinfo=COPENHAGEN),)}
LATE = Text("Sene afgørelser er med.", "Late decisions are included.")
LATE_SENDERS = {
    "reason_da": "To organisationer sender deres sidste oplysninger senere end ventet.",
    "reason_en": "Two organisations send their last records later than expected.",
}
# Of a draft that an interrupted start left, and that is built anew.
AGAIN = Text("Bygget igen; den forrige blev aldrig udgivet.", "Built again; the one before was never published.")


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


def prepare(home: Path, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Bring the database to where the demo can be served, doing only what is missing; return the partners' credentials."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("migrating")
        call_command("migrate", verbosity=0, interactive=False)
    if not Referral.objects.exists():
        say("loading sandbox data")
        call_command("sandbox", verbosity=0)
    _find_duplicates(say)
    _build_releases(say)
    content = json.loads((home / "secrets.json").read_text())
    password = content["admin_password"]
    roles.sync()
    _provide_admin(password)
    staff = _provide_staff(password)
    assign_forms(staff[PARTNER_MANAGER])
    _publish_releases(say, staff[BUILDER], staff[APPROVER])
    say("drawing charts")
    painter.draw_missing(say, newest=True)
    _announce_dates(staff[BUILDER])
    publish_plans(say, staff[BUILDER], staff[APPROVER])
    make_files(say, staff[BUILDER], staff[APPROVER], int(YEARS[-1]))
    receive_requests(staff[OFFICER])
    publish_reports(say, staff[BUILDER], staff[APPROVER])
    partners = _provide_clients(_stored_secrets(home / "demo.json"))
    declare_crisis(say, staff[PARTNER_MANAGER], staff[APPROVER])
    _provide_members(password, partners[0]["client_id"])
    _provide_factors(content["factors"])
    connections.close_all()
    return partners


def _find_duplicates(say: Callable[[str], None]) -> None:
    """The pairs that wait for a decision in the admin, unless somebody has searched already."""
    if not AuditEvent.objects.filter(action=store.SEARCH_ACTION).exists():
        say("finding duplicates")
        store.search(by=audit.COMMAND)


def _build_releases(say: Callable[[str], None]) -> None:
    """A vintage of each period, of one of them two, as of these moments."""
    present = Counter(Release.objects.filter(audience=EXACT).values_list("period", flat=True))
    for period in PERIODS:
        moments = (*EARLIER.get(period, ()), None)
        for number, moment in enumerate(moments[present[period] :], present[period]):
            say(f"building the release of {period}")
            release.build(by=audit.COMMAND, period=period, as_of=moment, change_notes=LATE if number else None)


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


def _provide_factors(factors: dict[str, str]) -> None:
    """The app of each person who has no factor, with the secret that `deploy.demo.credentials` reads."""
    for name, secret in factors.items():
        user = User.objects.get(username=name)
        if not Authenticator.objects.filter(user=user).exists():
            data = {"secret": FactorAdapter().encrypt(secret)}
            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)


def _publish_releases(say: Callable[[str], None], builder: User, approver: User) -> None:
    releases_published = set(Publication.objects.values_list("release__period", "release__audience"))
    for period, audience, choice in PROTECTED:
        if (period, audience) not in releases_published:
            say(f"protecting {period} for {audience}")
            has_draft = Release.objects.filter(period=period, audience=audience).exists()
            draft = build.build(
                by=Actor.of(builder),
                period=period,
                audience=audience,
                choice=choice,
                change_notes=AGAIN if has_draft else None,
            )
            approval.publish(by=Actor.of(approver), release_id=draft.release.pk)


def _announce_dates(statistician: User) -> None:
    """What the calendar announces, unless somebody has announced something: two years, one of them postponed, and a report."""
    if AnnouncedDate.objects.exists():
        return
    year, following = today().year + 1, int(YEARS[-1]) + 1

    def announce(**notice: Any) -> AnnouncedDate:
        return AnnouncedDate.objects.create(user=statistician, **notice)

    first = announce(period=str(following), month=date(year, 2, 1))
    at = datetime(year, 3, 18, 9, tzinfo=COPENHAGEN)
    announce(entry=first.entry, month=at.date().replace(day=1), moment=at, status=POSTPONED, **LATE_SENDERS)
    announce(period=str(following + 1), month=date(year, 6, 1))
    announce(title_da=f"Årsrapport {year - 1}", title_en=f"Annual report {year - 1}", month=date(year, 5, 1))


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
