"""What the staff's page of a partner tells of its people."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.urls import reverse

from core.text import Text
from partners.models import Partner
from partners.people.models import Membership
from partners.people.rights import MAY_INVITE
from partners.roles import MEMBER_WORDS, MemberRole
from partners.staff import partner_page
from partners.staff.partner_page import NAMED, Effect, PartnerLine, Reader, Stage


def active_and_ready(partner: Partner) -> tuple[int, int]:
    """How many people of a partner have an account that is on, and how many of them a second factor."""
    factors = Authenticator.objects.filter(user=OuterRef("user")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    ready = Membership.objects.filter(partner=partner, user__is_active=True).annotate(is_ready=Exists(factors))
    states = list(ready.values_list("is_ready", flat=True))
    return len(states), sum(states)


def line_of(member: Membership) -> PartnerLine:
    """A person by name and role, and whether the account is on."""
    role = MEMBER_WORDS[MemberRole(member.role)]
    off = Text("", "") if member.user.is_active else Text(", adgang lukket", ", switched off")
    words = Text(f"{member.user}: {role.da}{off.da}", f"{member.user}: {role.en}{off.en}")
    return PartnerLine(words, reverse("admin:people_membership_change", args=[member.pk]))


def lines(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """Its people, those with an account that is on first; whose second factors are ready, in number alone."""
    if partner.twin_of_id is not None:
        yield PartnerLine(Text("De samme som i drift.", "The same as in live mode."))
        return
    rows = (
        Membership.objects.filter(partner=partner).select_related("user").order_by("-user__is_active", "user__username")
    )
    number, ready = active_and_ready(partner)
    if not rows:
        yield PartnerLine(Text("Ingen endnu.", "None yet."))
        return
    yield PartnerLine(
        Text(f"{ready} af {number} har totrinsbekræftelse.", f"{ready} of {number} have a second factor.")
    )
    address = f"{reverse('admin:people_membership_changelist')}?partner__id__exact={partner.pk}"
    yield from map(line_of, rows[:NAMED])
    yield PartnerLine(Text("Alle partnerens brugere", "All its people"), address)


def steps(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """Where nobody has a second factor, nobody of the partner gets further than setting one up."""
    number, ready = active_and_ready(partner)
    if partner.active and number and not ready:
        yield PartnerLine(
            Text(
                "Bed partnerens brugere om at logge ind og vælge totrinsbekræftelse: før da kan ingen af dem gøre noget.",
                "Ask the partner's people to sign in and choose a second factor: none of them can do anything before.",
            )
        )


def effects(partner: Partner) -> Iterator[Effect]:
    """Its people. Those of a row in test mode are the live one's, who keep their desk."""
    if partner.twin_of_id is not None:
        words = Text("De kan ikke længere øve sig.", "They can rehearse no more.")
        yield Effect(Text("Brugere", "People"), words)
        return
    number, _ = active_and_ready(partner)
    words = Text(
        f"{number} med åben adgang. De kan stadig logge ind, men hverken se, sende eller rette noget, heller ikke i test.",
        f"{number} with an account that is on. They can still sign in, but cannot see, send or correct anything, not even in test "
        "mode.",
    )
    yield Effect(Text("Brugere", "People"), words)


partner_page.add(Text("Brugere", "People"), right="people.view_membership", find=lines)
partner_page.add_steps(Stage.SECOND_FACTOR, right=MAY_INVITE, find=steps)
partner_page.add_effect(right="people.view_membership", find=effects)
