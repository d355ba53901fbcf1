"""By what the audit and the reads of clients are filtered, and finding a thing by the eight characters by which lists show it.

The characters are posted, and stand in no address.
"""

from __future__ import annotations

from itertools import chain
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from core.text import Text, lazily, number_in, range_of, say
from partners.models import AccessRequest, AuditEvent, Partner, RecordRead
from partners.people.models import Invitation
from partners.staff import audit_words, subjects
from partners.staff.audit_words import KINDS
from partners.staff.lists import AddressFilter, WordedFilter
from partners.staff.words import FIELDS, MODELS

OPERATION = MODELS["recordread"].fields["operation"]
# The actions by which an account begins and comes back.
OF_WAYS_IN = ("access.", "invitation.")


class ActionFilter(WordedFilter):
    """Filters the audit by what was done: of what occurs."""

    title = say("handling", "action")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The kinds of several actions, then every action that was done, in the order of its words."""
        actions = AuditEvent.objects.order_by().values_list("action", flat=True).distinct()
        others = ((each, str(audit_words.words_of_action(each))) for each in actions)
        return [*((name, str(words)) for name, (words, _) in KINDS.items()), *sorted(others, key=lambda each: each[1])]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """The events of the action, or of the kind."""
        value = self.value() or ""
        if value in KINDS and isinstance(request.user, User):
            _, condition = KINDS[value]
            return queryset.filter(condition(request.user))
        return queryset.filter(action=value) if value else queryset


class WhoFilter(WordedFilter):
    """Filters the audit by who did it: of the users who did anything.

    Its parameter is no column: `user__password` would be one through it.
    """

    title = say("bruger", "user")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every user who did anything."""
        did = Exists(AuditEvent.objects.filter(user=OuterRef("pk")))
        return [(str(each.pk), str(each)) for each in User.objects.filter(did).order_by("username")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        number = number_in(self.value() or "")
        return queryset if number is None else queryset.filter(user=number)


class AboutPartnerFilter(WordedFilter):
    """Filters the audit by a partner: by what was done to it, to what belongs to it and to its people, and by these."""

    title = lazily(FIELDS["partner"])
    parameter_name = "partner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(each.pk), str(each)) for each in Partner.objects.order_by("name", "mode")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        key = subjects.uuid_of(self.value() or "")
        return queryset if key is None else queryset.filter(subjects.about_partner(key))


class AboutUserFilter(AddressFilter):
    """Filters the audit by the account that an event is about."""

    title = say("handlet ved kontoen", "done to the account")
    parameter_name = "about"

    def find(self, text: str) -> User | None:
        """The account of a number."""
        number = number_in(text)
        return User.objects.filter(pk=number).first() if number is not None else None

    def rows_of(self, queryset: QuerySet[AuditEvent], row: User) -> QuerySet[AuditEvent]:
        """The events about the account, and about the invitations by which it began or came back."""
        uses = AuditEvent.objects.filter(action="invitation.accept", user=row).values_list("subject", flat=True)
        invitations = Invitation.objects.filter(Q(user=row) | Q(pk__in=list(uses))).values_list("pk", "request_id")
        requests = AccessRequest.objects.filter(account=row).values_list("pk", flat=True)
        keys = {str(each) for each in (*requests, *chain.from_iterable(invitations)) if each}
        of_account = subjects.begins(subjects.OF_USERS) & Q(subject=str(row.pk))
        return queryset.filter(of_account | subjects.begins(OF_WAYS_IN) & Q(subject__in=keys))


class SameSubjectFilter(AddressFilter):
    """Filters the audit by what an event is about. The address names the event: a key of a case stands in none."""

    title = say("om det samme som hændelsen", "about the same as the event")
    parameter_name = "same"

    def find(self, text: str) -> AuditEvent | None:
        key = subjects.uuid_of(text)
        return AuditEvent.objects.filter(pk=key).first() if key is not None else None

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What the event is about, by its name."""
        return [(str(self.row.pk), subjects.names_of([self.row])[self.row.pk])] if self.row is not None else []

    def rows_of(self, queryset: QuerySet[AuditEvent], row: AuditEvent) -> QuerySet[AuditEvent]:
        return queryset.filter(subjects.about_same(row))


class OperationFilter(WordedFilter):
    """Filters reads by what was asked for: of what occurs."""

    title = lazily(OPERATION)
    parameter_name = "operation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every operation that has read, in words."""
        names = RecordRead.objects.order_by("operation").values_list("operation", flat=True).distinct()
        return [(each, str(audit_words.words_of_operation(each))) for each in names]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RecordRead]) -> QuerySet[RecordRead]:
        return queryset.filter(operation=self.value()) if self.value() else queryset


class ReadsOfPartnerFilter(AboutPartnerFilter):
    """Filters reads by the partner whose client read."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The reads of its clients; all of them where the address names none."""
        is_known = any(key == self.value() for key, _ in self.lookup_choices)
        return queryset.filter(client__partner=self.value()) if is_known else queryset


class ReaderFilter(WhoFilter):
    """Filters reads by the user who read at a desk."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The people of partners: nobody else reads at a desk."""
        readers = User.objects.filter(membership__isnull=False).order_by("username")
        return [(str(each.pk), str(each)) for each in readers]


TITLE = Text("Find en sag, en leverance eller en afgørelse", "Find a case, a delivery or a decision")
LEAD = Text(
    "Skriv de otte tegn, som lister viser, såsom 02eae3e0. Så vises alt, hvad der er sket med den, og hvem i "
    "centret der har set den. Hvad partnere har læst, står på en liste for sig, uden hvilken sag.",
    "Write the eight characters that lists show, such as 02eae3e0. Then all that happened to it is shown, and who at "
    "the centre saw it. What partners have read stands in a list of its own, without the case.",
)


class FindEventsForm(forms.Form):
    """The first eight characters of a key. `event` of the cleaned data is one about the thing."""

    characters = forms.CharField(
        max_length=12,
        label=say("De otte tegn", "The eight characters"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what is no beginning of a key, what no event is about, and what is the beginning of several."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "characters" not in data:
            return data
        keys = range_of(data["characters"])
        if keys is None:
            raise forms.ValidationError(
                say(
                    "Skriv otte tegn: tal, og bogstaver fra a til f.",
                    "Write eight characters: digits, and letters from a to f.",
                )
            )
        events = list(one_for_each_subject(keys)[:2])
        if not events:
            raise forms.ValidationError(
                say(
                    "Ingen hændelse handler om noget, der begynder sådan.",
                    "No event is about anything that begins like this.",
                )
            )
        if len(events) > 1:
            raise forms.ValidationError(
                say(
                    "Flere begynder sådan. Find hændelsen på listen, og tryk på det, der er gjort.",
                    "Several begin like this. Find the event on the list, and press what was done.",
                )
            )
        return {**data, "event": events[0]}


def one_for_each_subject(keys: tuple[UUID, UUID]) -> QuerySet[AuditEvent]:
    """An event about each thing whose key is between these. The index of subjects is read, and no more than theirs of it."""
    least, greatest = map(str, keys)
    # Languages order digits and letters differently: what stands between two keys may begin otherwise.
    rows = AuditEvent.objects.filter(subject__gte=least, subject__lte=greatest, subject__startswith=least[:8])
    return rows.order_by("subject", "action", "at").distinct("subject")
