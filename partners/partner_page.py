"""What the staff's page of a partner tells of its row in the other mode, and of its clients and their secrets."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from core.text import Text
from partners.kinds import Mode
from partners.models import Client, Partner, Secret
from partners.people.members import has_manager
from partners.staff import partner_page
from partners.staff.naming import day_of
from partners.staff.partner_page import NAMED, Effect, PartnerLine, Reader, Stage
from partners.waiting import ending_secrets

NO_SECRET = Text("ingen API-nøgle endnu", "no secret yet")
NO_CLIENT = Text(
    "Ingen. Den skal kun have en klient, hvis et program skal sende eller læse for den.",
    "None. It needs a client only where a program is to send or read for it.",
)


def address_of(partner: Partner) -> str:
    return reverse("admin:partners_partner_change", args=[partner.pk])


def lines_of_modes(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """Whether it is on, since when it is a partner, and the way to its row in the other mode."""
    day = day_of(partner.created_at)
    yield PartnerLine(Text(f"Partner siden {day}", f"Partner since {day}"))
    if not partner.active:
        yield PartnerLine(
            Text(
                "Slået fra: intet modtages fra den, og ingen af dens programmer får adgang.",
                "Switched off: nothing is received from it, and none of its programs gets in.",
            )
        )
    other = Partner.objects.filter(Q(twin_of=partner) | Q(twin=partner)).first()
    if other is None:
        words = Text("Den har ingen række til test.", "It has no row in test mode.")
        yield PartnerLine(
            words if partner.mode == Mode.LIVE else Text("Den findes kun i test.", "It is in test mode alone.")
        )
    elif other.mode == Mode.TEST:
        words = Text("Dens række til test, hvor den øver sig", "Its row in test mode, where it rehearses")
        yield PartnerLine(words, address_of(other))
    else:
        yield PartnerLine(Text("Dens række i drift", "Its live row"), address_of(other))


def clients_of(partner: Partner) -> list[Client]:
    """The clients of its programs, each with its live secrets, the longest first."""
    live = Secret.objects.filter(revoked_at=None, expires_at__gt=timezone.now()).order_by("-expires_at")
    rows = Client.objects.filter(partner=partner, is_desk=False)
    return list(rows.order_by("name").prefetch_related(Prefetch("secrets", live, to_attr="live")))


def words_of_secret(secret: Secret) -> Text:
    """A secret by its last four characters, its end and its last use."""
    until, last_use = day_of(secret.expires_at), day_of(secret.last_used_at)
    last = (
        Text(f"sidst brugt {last_use}", f"last used {last_use}")
        if secret.last_used_at
        else Text("aldrig brugt", "never used")
    )
    return Text(f"API-nøgle {secret}, udløber {until}, {last.da}", f"secret {secret}, expires {until}, {last.en}")


def words_of_client(client: Client) -> Text:
    """A client by its name and its longest secret."""
    secret = words_of_secret(client.live[0]) if client.live else NO_SECRET
    return Text(f"{client.name}: {secret.da}", f"{client.name}: {secret.en}")


def lines_of_clients(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """Its clients with their secrets, and the way to another one."""
    rows = [
        PartnerLine(words_of_client(each), reverse("admin:partners_client_change", args=[each.pk]))
        for each in clients_of(partner)
    ]
    yield from rows[:NAMED] or [PartnerLine(NO_CLIENT)]
    if rows:
        yield PartnerLine(
            Text("Alle API-nøgler, også dem, der er udløbet", "All secrets, those that have ended too"),
            f"{reverse('admin:partners_secret_changelist')}?client__partner__id__exact={partner.pk}",
            "partners.view_secret",
        )
    address = f"{reverse('admin:partners_client_add')}?partner={partner.pk}"
    yield PartnerLine(Text("Bed om en klient", "Ask for a client"), address, "partners.add_client")


def steps_of_clients(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """Clients without a secret, and secrets that end soon. Only a manager makes one: without a manager there is nobody to ask."""
    if not partner.active or not has_manager(partner):
        return
    for client in clients_of(partner):
        if not client.live:
            yield PartnerLine(
                Text(
                    f"Bed partnerens leder om at lave en API-nøgle til klienten {client.name} på sin konto.",
                    f"Ask a manager of the partner to make a secret for the client {client.name} on the account pages.",
                )
            )
    for secret in ending_secrets().filter(client__partner=partner):
        day = day_of(secret.expires_at)
        yield PartnerLine(
            Text(
                f"API-nøglen {secret} udløber {day}: bed partnerens leder om at lave en ny.",
                f"The secret {secret} expires {day}: ask a manager of the partner to make a new one.",
            ),
            reverse("admin:partners_secret_change", args=[secret.pk]),
        )


partner_page.add(Text("Drift og test", "Live and test"), right="partners.view_partner", find=lines_of_modes)


def lines_of_audit(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """The ways to what was done to it and by it, and to what its programs and its people read."""
    words = Text("Hvad der er gjort ved den og af den", "What was done to it and by it")
    yield PartnerLine(words, f"{reverse('admin:partners_auditevent_changelist')}?partner={partner.pk}")
    words = Text("Hvad dens programmer og brugere har læst", "What its programs and people have read")
    address = f"{reverse('admin:partners_recordread_changelist')}?partner={partner.pk}"
    yield PartnerLine(words, address, "partners.view_recordread")


def effects(partner: Partner) -> Iterator[Effect]:
    """Its programs, and its row in test mode, which is switched off by itself."""
    number = sum(bool(each.live) for each in clients_of(partner))
    yield Effect(
        Text("Programmer med en gyldig API-nøgle", "Programs with a secret that holds"),
        Text(
            f"{number}. De får ikke længere adgang, og deres adgangstokens virker ikke mere. API-nøglerne trækkes ikke tilbage.",
            f"{number}. They no longer get access, and their access tokens stop working. The secrets are not revoked.",
        ),
    )
    if Partner.objects.filter(twin_of=partner, active=True).exists():
        yield Effect(
            Text("Dens række til test", "Its row in test mode"),
            Text(
                "Forbliver slået til: dens programmer kan stadig øve sig.",
                "Stays switched on: its programs can still rehearse.",
            ),
        )


partner_page.add(Text("Klienter", "Clients"), right="partners.view_client", find=lines_of_clients)
partner_page.add(Text("Revisionsspor", "Audit"), right="partners.view_auditevent", find=lines_of_audit)
partner_page.add_steps(Stage.CLIENTS, right="partners.end_secret", find=steps_of_clients)
partner_page.add_effect(right="partners.view_client", find=effects)
