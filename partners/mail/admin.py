"""Staff pages of mail: whose address does not work, and who was sent what. Neither shows an address."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from core.text import Text, lazily, say
from partners.mail.kinds import RESULTS
from partners.mail.models import Mailbox, Mailing
from partners.mail.sending import is_on
from partners.mail.waiting import UNSENT, is_late, is_unsent
from partners.mail.words import CALL, FIELDS, NEXT_STEPS, OFF, UNBEGUN, UNKNOWN
from partners.staff.links import column
from partners.staff.lists import WordedFilter
from partners.staff.screens import ReadOnly

DO = say("hvad du kan gøre", "what you can do")


class MailScreen(ReadOnly):
    """A screen that says where no mail is sent at all."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, and above it whether there can be anything in it."""
        if not is_on() and self.has_view_permission(request):
            messages.warning(request, str(OFF))
        return super().changelist_view(request, extra_context)


@admin.register(Mailbox)
class MailboxAdmin(MailScreen):
    """People whose mail comes back: whom to call. The address is the person's to correct."""

    list_display = ("person", "organisation", "bounced_at")
    list_select_related = ("user__membership__partner",)
    fields = ("person", "organisation", "bounced_at", "next_step")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mailbox]:
        """Those whose mail came back, of people who can still sign in."""
        boxes: QuerySet[Mailbox] = super().get_queryset(request)
        return boxes.filter(bounced_at__isnull=False, user__is_active=True)

    person = column(say("bruger", "person"), lambda box: str(box.user))
    # Whom to ask for what: nobody else may correct the address.
    next_step = column(DO, lambda box: str(CALL))

    @admin.display(description=say("organisation", "organisation"))
    def organisation(self, box: Mailbox) -> str:
        """The partner, or the centre."""
        member = getattr(box.user, "membership", None)
        return str(member.partner) if member is not None else str(say("centret", "the centre"))


class OutcomeFilter(WordedFilter):
    """Filters mails by what became of them. The first page leads to those that were not sent."""

    title = lazily(FIELDS["code"])
    parameter_name = "outcome"
    choices_offered: ClassVar = {
        UNSENT: (
            Text("ikke taget imod, eller venter i over et døgn", "not accepted, or waits for over a day"),
            is_unsent,
        ),
        **{str(code): (words, partial(Q, outcome__code=code)) for code, words in RESULTS.items()},
        "waits": (UNBEGUN, partial(Q, begun_at=None)),
        "unknown": (UNKNOWN, partial(Q, begun_at__isnull=False, outcome=None)),
    }


@admin.register(Mailing)
class MailingAdmin(MailScreen):
    """Who was sent what, when, in which language, and what became of it. No text is kept."""

    list_display = ("user", "kind", "about", "language", "asked_at", "became")
    list_filter = ("kind", OutcomeFilter)
    search_fields = ("user__username", "user__first_name")
    date_hierarchy = "asked_at"
    list_select_related = ("user", "outcome")
    fields = ("user", "kind", "about", "language", "asked_by", "asked_at", "begun_at", "became", "next_step")
    readonly_fields = ("about", "became", "next_step")

    about = column(FIELDS["key"], lambda mailing: mailing.about, ordering="key")

    @admin.display(description=say("udfald", "outcome"))
    def became(self, mailing: Mailing) -> str:
        outcome = getattr(mailing, "outcome", None)
        if outcome is not None:
            return str(outcome.get_code_display())
        return str(UNKNOWN if mailing.begun_at else UNBEGUN)

    @admin.display(description=DO)
    def next_step(self, mailing: Mailing) -> str:
        """What there is to do about it."""
        outcome = getattr(mailing, "outcome", None)
        if outcome is not None:
            return str(NEXT_STEPS[outcome.code])
        return str(NEXT_STEPS["unknown" if mailing.begun_at else "late" if is_late(mailing) else "waits"])
