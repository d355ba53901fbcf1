"""The life of a partner on its page of the staff: its agreement, its names, its mandates and its succession."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from core.text import Text
from partners.kinds import AGREEMENT_WORDS, Mode
from partners.models import Partner
from partners.organisations import agreements, mandates, names, successions
from partners.organisations.agreements import AgreementState
from partners.organisations.succession_screens import decide_address
from partners.organisations.successions import MAY_ASK
from partners.organisations.words import STATES
from partners.staff import partner_page
from partners.staff.naming import day_of, moment_of
from partners.staff.partner_page import Effect, PartnerLine, Reader, Stage

RENAME = "organisations.add_partnername"
NO_AGREEMENT = Text("Partneren skal ikke have nogen aftale.", "The partner needs no agreement.")


def state_of_agreement(partner: Partner) -> AgreementState | None:
    """How a partner stands with the agreement; None where it needs none."""
    return None if agreements.needs_none(partner) else agreements.state_of_partner(partner)


def words_of_state(partner: Partner, state: AgreementState) -> Text:
    """Which agreement, and how it stands."""
    kind = AGREEMENT_WORDS[agreements.kind_of(partner)]
    return Text(*(f"{name}: {words}" for name, words in zip(kind, STATES[state], strict=True)))


def lines_of_agreement(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """How it stands with the agreement, and who has confirmed which version."""
    state = state_of_agreement(partner)
    yield PartnerLine(NO_AGREEMENT if state is None else words_of_state(partner, state))
    for each in agreements.confirmations_of(partner):
        who, at = each.user, moment_of(each.confirmed_at)
        yield PartnerLine(
            Text(
                f"{each.get_kind_display()}, version {each.version}: bekræftet af {who}, {at}",
                f"{each.get_kind_display()}, version {each.version}: confirmed by {who}, {at}",
            ),
            reverse("admin:organisations_agreementconfirmation_change", args=[each.pk]),
        )


def lines_of_names(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """The names by date, the latest first, with the way to a new one. A row in test mode follows the live one."""
    if partner.mode != Mode.LIVE:
        return
    rows = names.names_of(partner)
    if not rows:
        yield PartnerLine(Text("Den har haft ét navn.", "It has had one name."))
    for each in rows:
        day = day_of(each.since)
        yield PartnerLine(Text(f"{each.name}, fra {day}", f"{each.name}, from {day}"))
    address = f"{reverse('admin:organisations_partnername_add')}?partner={partner.pk}"
    yield PartnerLine(Text("Giv et nyt navn fra en dato", "Rename from a date"), address, RENAME)


def lines_of_mandates(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """The mandates that it has given and was given, with their states."""
    rows = list(mandates.mandates_of(partner))
    if not rows:
        yield PartnerLine(
            Text("Ingen sender for den, og den sender ikke for andre.", "Nobody sends for it, and it sends for nobody.")
        )
    for each in rows:
        state = mandates.words_of_state(each)
        words = Text(
            f"{each.taker} sender for {each.giver}: {state.da}", f"{each.taker} sends for {each.giver}: {state.en}"
        )
        yield PartnerLine(words, reverse("admin:organisations_mandate_change", args=[each.pk]))


def lines_of_succession(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """Whom it succeeds or who succeeds it, what waits, and the way to a request."""
    if partner.mode != Mode.LIVE:
        return
    for each in successions.approved_of(partner):
        day = day_of(each.since)
        yield PartnerLine(
            Text(f"{each.new} viderefører {each.old} fra {day}", f"{each.new} succeeds {each.old} from {day}"),
            reverse("admin:organisations_successionrequest_change", args=[each.pk]),
        )
    waiting = successions.waiting_of(partner)
    for each in waiting:
        words = Text(
            f"Venter på en afgørelse: {each.new} viderefører {each.old}",
            f"Waits for a decision: {each.new} succeeds {each.old}",
        )
        yield PartnerLine(words, decide_address(each))
    if partner.active and not waiting:
        address = f"{reverse('admin:organisations_successionrequest_add')}?old={partner.pk}"
        words = Text("Bed om, at en anden viderefører den", "Ask for another to succeed it")
        yield PartnerLine(words, address, MAY_ASK)


STEPS = {
    AgreementState.AWAITED: Text(
        "Bed partnerens leder om at bekræfte aftalen på sin konto: før da modtages intet i drift.",
        "Ask a manager of the partner to confirm the agreement on the account pages: nothing live is stored before.",
    ),
    AgreementState.EXPIRED: Text(
        "Bed partnerens leder om at bekræfte den nye aftale på sin konto: den gamle gælder ikke mere.",
        "Ask a manager of the partner to confirm the new agreement on the account pages: the old one holds no more.",
    ),
    AgreementState.RENEWAL: Text(
        "Bed partnerens leder om at bekræfte den nye aftale på sin konto.",
        "Ask a manager of the partner to confirm the new agreement on the account pages.",
    ),
}


def steps(partner: Partner, _: Reader) -> Iterator[PartnerLine]:
    """The agreement to be confirmed, which only a manager of the partner can do."""
    state = state_of_agreement(partner) if partner.active else None
    if state in STEPS:
        yield PartnerLine(STEPS[state])


def effects(partner: Partner) -> Iterator[Effect]:
    """The mandates that hold or may begin to."""
    number = sum(
        mandates.words_of_state(each) not in (mandates.ENDED, mandates.PAST) for each in mandates.mandates_of(partner)
    )
    if number:
        yield Effect(
            Text("Fuldmagter", "Mandates"),
            Text(
                f"{number}. Ingen sender for partneren, og den sender ikke for andre. Fuldmagterne ophæves ikke.",
                f"{number}. Nobody sends for the partner, and it sends for nobody. The mandates are not ended.",
            ),
        )


partner_page.add(Text("Aftale", "Agreement"), right="organisations.view_agreementconfirmation", find=lines_of_agreement)
partner_page.add(Text("Navne", "Names"), right="organisations.view_partnername", find=lines_of_names)
partner_page.add(Text("Fuldmagter", "Mandates"), right="organisations.view_mandate", find=lines_of_mandates)
partner_page.add(
    Text("Videreførelse", "Succession"), right="organisations.view_successionrequest", find=lines_of_succession
)
partner_page.add_steps(Stage.AGREEMENT, right="partners.change_partner", find=steps)
partner_page.add_effect(right="organisations.view_mandate", find=effects)
