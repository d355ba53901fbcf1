"""A year of five organisations: who is there, and what happens on which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import User
from django.utils import timezone

from cases.intake import submit
from cases.months import COPENHAGEN, later, month_id, this_month
from oversight.reminders.people import ReminderRefused, remind
from oversight.reporting import completion
from oversight.reporting.receipts import signing
from partners.audit import Actor
from partners.kinds import Mode, Reporting
from partners.mail import sending
from partners.mail.models import Mailbox
from partners.models import Client, Partner, Secret
from partners.people.invitations import invite
from partners.people.models import Membership
from partners.roles import MemberRole
from tests.api.calendars import expect, shaped
from tests.callers import agree, make_caller
from tests.mail.boxes import give_address
from tests.people.visitors import member, staff

MANAGER, CASEWORKER, READER = MemberRole.MANAGER, MemberRole.CASEWORKER, MemberRole.READER
SINCE = date(2025, 1, 1)
PEOPLE: dict[str, tuple[str, MemberRole, str, tuple[str, ...]]] = {
    "anna": ("Alpha", MANAGER, "da", ()),
    "bo": ("Alpha", CASEWORKER, "en", ()),
    "rita": ("Alpha", READER, "en", ()),
    "fritz": ("Alpha", CASEWORKER, "da", ()),
    "carl": ("Beta", MANAGER, "da", ("due_soon", "digest")),
    "dora": ("Beta", CASEWORKER, "en", ()),
    "eva": ("Gamma", MANAGER, "da", ()),
    "tom": ("Delta", MANAGER, "da", ()),
    "uwe": ("Epsilon", MANAGER, "da", ()),
}


class World:
    """The organisations, by name, and what happens to them."""

    def __init__(self) -> None:
        """Alpha reports monthly, Beta by quarter and a month longer, Gamma never; Delta is in test mode, Epsilon has left."""
        self.references: list[str] = []
        self.callers = {
            "Alpha": make_caller("NGO", name="Alpha"),
            "Beta": make_caller("POLICE", name="Beta"),
            "Gamma": make_caller("MUNICIPALITY", name="Gamma", agreed=False),
            "Delta": make_caller("NGO", name="Delta", mode=Mode.TEST),
            "Epsilon": make_caller("NGO", name="Epsilon"),
        }
        for name in ("Alpha", "Delta", "Epsilon"):
            expect(self.callers[name], since=SINCE)
        expect(self.callers["Beta"], Reporting.QUARTERLY, since=date(2024, 12, 1), days=30)
        Client.objects.update(seen_at=timezone.now())
        for name, (partner, role, language, opt_outs) in PEOPLE.items():
            give_address(member(self.callers[partner].partner, role, name).user, language, opt_outs)
        self.staff = staff("pia", "partner_manager")
        give_address(self.staff, "da")
        give_address(staff("otto", "auditor"), "en")
        User.objects.filter(username="fritz").update(is_active=False)
        Partner.objects.filter(name="Epsilon").update(active=False)
        Secret.objects.filter(client=self.callers["Gamma"].client).update(expires_at=at("2025-07-01T12:00"))

    def refer(self, name: str, month: str) -> None:
        """A referral of a month."""
        reference = uuid4()
        self.references.append(str(reference))
        submit.put(by=self.callers[name].principal, reference=reference, values=shaped(referred_in=month))

    def complete(self, name: str, *months: str) -> None:
        """Months are declared complete, whatever stands for them."""
        for month in months:
            completion.declare(by=self.callers[name].principal, month=date.fromisoformat(f"{month}-01"))

    def sign(self, name: str, year: int) -> None:
        """A person signs a year."""
        signing.sign(Membership.objects.get(user__username=name), year)

    def click(self, name: str, period: str) -> None:
        """A reminder by staff, twice: the second is refused."""
        partner = Partner.objects.get(name=name)
        assert remind(by=Actor.of(self.staff), partner=partner, period=period) == 2
        try:
            remind(by=Actor.of(self.staff), partner=partner, period=period)
        except ReminderRefused:
            return
        raise AssertionError("a second reminder on one day")

    def bounce(self, name: str) -> None:
        """A mail to a person comes back."""
        assert sending.mark(User.objects.get(username=name).pk)

    def confirm(self, name: str) -> None:
        """A person confirms the address anew."""
        Mailbox.objects.filter(user__username=name).update(bounced_at=None, confirmed_at=timezone.now())

    def invite(self, name: str) -> None:
        """A manager invites somebody, who does not come."""
        user = User.objects.get(username=name)
        invite(by=Actor.of(user), role="READER", partner=user.membership.partner)

    def use_codes(self, name: str) -> None:
        """A person has used all recovery codes but two."""
        user = User.objects.get(username=name)
        codes = RecoveryCodes.activate(user)
        for code in codes.get_unused_codes()[2:]:
            assert codes.validate_code(code)
        assert Authenticator.objects.filter(user=user).exists()


def at(text: str) -> datetime:
    """A moment in Copenhagen."""
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)


type Event = Callable[[World], None]
# What happens on a day, before the morning's mails.
EVENTS: dict[str, Event] = {
    "2025-01-08": lambda w: w.complete("Beta", "2024-12"),
    "2025-01-14": lambda w: agree(w.callers["Gamma"].partner),
    "2025-01-22": lambda w: w.sign("dora", 2024),
    "2025-02-03": lambda w: w.refer("Alpha", "2025-01"),
    "2025-02-04": lambda w: w.complete("Alpha", "2025-01"),
    "2025-03-10": lambda w: w.complete("Alpha", "2025-02"),
    "2025-04-16": lambda w: w.click("Alpha", "2025-03"),
    "2025-04-22": lambda w: w.refer("Alpha", "2025-03"),
    "2025-04-24": lambda w: w.refer("Beta", "2025-02"),
    **dict.fromkeys(
        (f"2025-{number:02d}-10" for number in range(5, 12)), lambda w: w.refer("Alpha", month_id(this_month()))
    ),
    "2025-04-25": lambda w: w.refer("Alpha", "2025-04"),
    "2025-04-26": lambda w: w.complete("Beta", "2025-01", "2025-02", "2025-03"),
    "2025-05-01": lambda w: w.complete("Alpha", "2025-04"),
    # But for May: nobody says that that was all.
    **dict.fromkeys(
        (f"2025-{number:02d}-02" for number in range(7, 13)),
        lambda w: w.complete("Alpha", month_id(later(this_month(), -1))),
    ),
    "2025-10-03": lambda w: w.complete("Beta", "2025-07", "2025-08", "2025-09"),
    "2025-06-11": lambda w: w.bounce("dora"),
    "2025-07-25": lambda w: w.confirm("dora"),
    "2025-07-30": lambda w: w.refer("Beta", "2025-06"),
    "2025-09-05": lambda w: w.refer("Beta", "2025-09"),
    "2025-10-01": lambda w: w.invite("anna"),
    "2025-11-03": lambda w: w.use_codes("rita"),
    "2025-12-10": lambda w: w.refer("Beta", "2025-10"),
}
