"""What the staff's page of a partner tells of requests for access and of invitations."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse

from core.text import Text
from partners.access import requests
from partners.access.admin import decide_address
from partners.access.approvers import approvers, approvers_in_words
from partners.models import AccessRequest, Partner
from partners.people import invitations
from partners.people.invitations import reads_exact
from partners.people.members import has_manager
from partners.people.models import Invitation
from partners.people.rights import MAY_INVITE
from partners.roles import MemberRole
from partners.staff import partner_page
from partners.staff.naming import moment_of
from partners.staff.partner_page import Effect, PartnerLine, Reader, Stage

NOTHING_WAITS = Text("Ingen anmodning eller invitation venter.", "No request and no invitation waits.")
ASK_SUPERUSER = Text(
    "Partneren har ingen leder. Den må læse nøjagtige tal, så kun en superbruger kan bede om invitationen: spørg en af dem.",
    "The partner has no manager. It may read exact figures, so only a superuser can ask for the invitation: ask one of them.",
)


def waiting_for(partner: Partner) -> list[AccessRequest]:
    """The requests for a partner that wait, the oldest first."""
    rows = requests.waiting().filter(partner=partner).select_related("partner", "account", "asked_by")
    return list(rows.order_by("asked_at"))


def line_of_request(access_request: AccessRequest) -> PartnerLine:
    """A request with who may approve it."""
    who, able = access_request.asked_by, approvers_in_words(approvers(access_request))
    what = access_request.get_role_display() if access_request.role else access_request.name
    words = Text(
        f"{access_request.get_act_display()} ({what}), bedt om af {who}, venter. {able.da}",
        f"{access_request.get_act_display()} ({what}), asked for by {who}, waits. {able.en}",
    )
    return PartnerLine(words, decide_address(access_request))


def line_of_invitation(invitation: Invitation) -> PartnerLine:
    """An invitation that nobody has used, with its end."""
    role, at = invitation.get_role_display(), moment_of(invitation.expires_at)
    words = Text(f"Invitation ({role}) er ikke brugt; udløber {at}", f"Invitation ({role}) is not used; expires {at}")
    return PartnerLine(words, reverse("admin:people_invitation_change", args=[invitation.pk]), "people.view_invitation")


def address_to_invite(partner: Partner, role: str = "") -> str:
    """The form of an invitation to a partner."""
    return f"{reverse('admin:people_invitation_add')}?partner={partner.pk}" + (f"&role={role}" if role else "")


def may_invite(partner: Partner, reader: Reader) -> bool:
    """Whether a reader may ask for an invitation to a partner: the people of a row in test mode are those of the live one."""
    is_able = isinstance(reader, User) and (reader.is_superuser or not reads_exact(partner))
    return is_able and partner.active and partner.twin_of_id is None


def lines(partner: Partner, reader: Reader) -> Iterator[PartnerLine]:
    """What waits, and the way to a new invitation."""
    requests_waiting = [line_of_request(each) for each in waiting_for(partner)]
    open_ones = [line_of_invitation(each) for each in invitations.open_invitations().filter(partner=partner)]
    yield from [*requests_waiting, *open_ones] or [PartnerLine(NOTHING_WAITS)]
    if may_invite(partner, reader):
        words = Text("Bed om en invitation", "Ask for an invitation")
        yield PartnerLine(words, address_to_invite(partner), "people.add_invitation")


def steps(partner: Partner, reader: Reader) -> Iterator[PartnerLine]:
    """What keeps a partner without a manager: a request, an invitation, or neither. A row in test has the live one's people."""
    manager, partner = str(MemberRole.MANAGER), partner.twin_of or partner
    if not partner.active or has_manager(partner):
        return
    requests_waiting = [each for each in waiting_for(partner) if each.role == manager]
    open_ones = list(invitations.open_invitations().filter(partner=partner, role=manager))
    if requests_waiting or open_ones:
        yield from [*map(line_of_request, requests_waiting), *map(line_of_invitation, open_ones)]
    elif may_invite(partner, reader):
        words = Text(
            "Partneren har ingen leder: bed om en invitation til en. Lederen bekræfter aftalen og inviterer andre.",
            "The partner has no manager: ask for an invitation to one, who confirms the agreement and invites others.",
        )
        yield PartnerLine(words, address_to_invite(partner, manager))
    else:
        yield PartnerLine(ASK_SUPERUSER)


def effects(partner: Partner) -> Iterator[Effect]:
    """Its open invitations."""
    if number := invitations.open_invitations().filter(partner=partner).count():
        yield Effect(
            Text("Åbne invitationer", "Open invitations"),
            Text(
                f"{number}. Deres links virker ikke, så længe partneren er slået fra.",
                f"{number}. Their links do not work while the partner is switched off.",
            ),
        )


partner_page.add(
    Text("Anmodninger og invitationer", "Requests and invitations"), right="partners.view_accessrequest", find=lines
)
partner_page.add_steps(Stage.INVITATION, right=MAY_INVITE, find=steps)
partner_page.add_effect(right="people.view_invitation", find=effects)
