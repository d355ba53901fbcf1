"""The names of what audit events are about, and of what their details name: one statement for each kind on a page.

A room names its own subjects in its module `actions.py`, as `subjects.add(("access.",), AccessRequest)`; what is no row it says in
words, with `subjects.say`, or with `subjects.say_together` where that asks the database. What nobody names is called as short as it
goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from core.text import Text, number_in
from partners.models import AuditEvent, Client, Partner
from partners.staff.naming import short_name
from partners.staff.words import DESK

# Of which actions the subject is a partner's id, and of which a user's. The first ones are done to a partner itself: they are its
# history. Who looked at its pages, and what its people sent, is for those who see the audit.
HISTORY_OF_PARTNERS = ("agreement.confirm", "partner.", "sandbox.partner", "service.take_down")
OTHERS_OF_PARTNERS = (
    "count.",
    "desk.look",
    "feedback.read",
    "intake.revalidate",
    "linkage_code.",
    "mapping.change",
    "quality.field",
    "referral.",
    "rehearsal.",
    "report.complete",
    "service.status",
)
OF_PARTNERS = (*HISTORY_OF_PARTNERS, *OTHERS_OF_PARTNERS)
OF_USERS = ("factor.", "mail.", "person.")
# Details that are a partner's id, and such that are a user's.
PARTNER_DETAILS = ("giver", "new", "old", "partner", "taker", "twin_of")
USER_DETAILS = ("approved_by", "asked_by", "built_by", "confirmed_by", "made_by", "ordered_by")
BY_COMMAND = Text("en kommando på serveren", "a command on the server")
BY_RULE = Text("en regel", "a rule")


@dataclass(frozen=True, slots=True)
class SubjectNames:
    """The rows that some actions are about: their model, the column that the subject names, and what a row is called.

    `partners`: the columns that name its partners, of which its name is made too. `is_history`: whether whoever sees a row reads
    what was so done to it.
    """

    model: type[Model]
    key: str = "pk"
    label: Callable[[Any], str] = str
    partners: tuple[str, ...] = ()
    is_history: bool = True

    def of(self, subjects: Iterable[str]) -> dict[str, str]:
        """The names of rows by their keys. What is no key names no row."""
        keys = [each for each in set(subjects) if self.is_key(each)]
        if not keys:
            return {}
        rows: QuerySet[Any] = self.model._default_manager.filter(**{f"{self.key}__in": keys})
        rows = rows.select_related(*self.partners) if self.partners else rows
        return {str(getattr(row, self.key)): self.label(row) for row in rows}

    def of_partner(self, partner: UUID) -> list[str]:
        """The subjects that belong to a partner, as events name them."""
        if not self.partners:
            return []
        is_its = Q(*((each, partner) for each in self.partners), _connector=Q.OR)
        return list(map(str, self.model._default_manager.filter(is_its).values_list(self.key, flat=True)))

    def is_key(self, text: str) -> bool:
        """Whether a text can be the key of a row."""
        field = self.model._meta.pk if self.key == "pk" else self.model._meta.get_field(self.key)
        if field.get_internal_type() in {"AutoField", "BigAutoField"}:
            return number_in(text) is not None
        try:
            field.to_python(text)  # type: ignore[union-attr]
        except ValidationError:
            return False
        return True


def own_name_of(client: Client) -> str:
    """The name of a client that people know; of one that was given none its id."""
    return str(DESK) if client.is_desk else str(client.name or client.client_id)


def name_of_client(client: Client) -> str:
    """A client by its partner and its own name."""
    return f"{client.partner}: {own_name_of(client)}"


NAMES: dict[tuple[str, ...], SubjectNames] = {}
# By how actions begin: their subjects that are no key of a row, in words.
SAID: dict[tuple[str, ...], Callable[[Iterable[str]], Mapping[str, str]]] = {}


def add(
    actions: tuple[str, ...],
    model: type[Model],
    *,
    key: str = "pk",
    label: Callable[[Any], str] = str,
    partners: tuple[str, ...] = (),
    is_history: bool = True,
) -> None:
    """Name the subjects of actions that begin so. `partners`: the columns that name their partners; `is_history` as there."""
    NAMES[actions] = SubjectNames(model, key, label, partners, is_history)


def say(actions: tuple[str, ...], words: Callable[[str], str]) -> None:
    """Say the subjects of actions that begin so in words, where they name no row: `words` of any text, in the reader's language."""
    say_together(actions, lambda texts: {each: words(each) for each in texts})


def say_together(actions: tuple[str, ...], words: Callable[[Iterable[str]], Mapping[str, str]]) -> None:
    """Say the subjects of actions that begin so in words: `words` of all texts of a page, by each of them."""
    SAID[actions] = words


PARTNERS, USERS = SubjectNames(Partner), SubjectNames(User)
NAMES.update(
    {
        HISTORY_OF_PARTNERS: PARTNERS,
        OTHERS_OF_PARTNERS: SubjectNames(Partner, is_history=False),
        OF_USERS: USERS,
    }
)
add(("client.", "secret."), Client, key="client_id", label=name_of_client, partners=("partner",))


def names_of(events: Iterable[AuditEvent]) -> dict[UUID, str]:
    """The name of each event's subject, by the event's id."""
    rows, names_of_events = list(events), {}
    for actions, names in NAMES.items():
        those = [each for each in rows if each.action.startswith(actions)]
        names_by_key = names.of(each.subject for each in those) if those else {}
        names_of_events.update({each.pk: names_by_key[each.subject] for each in those if each.subject in names_by_key})
    return names_of_events | in_words([each for each in rows if not names_of_events.get(each.pk)])


def in_words(events: Iterable[AuditEvent]) -> dict[UUID, str]:
    """What events are about, where that is no row, by their ids: in the words of their rooms, or as short as it goes."""
    words_of_events = {each.pk: short_name(each.subject) for each in events}
    for actions, words in SAID.items():
        if those := [each for each in events if each.action.startswith(actions)]:
            words_by_subject = words({each.subject for each in those})
            words_of_events.update({each.pk: words_by_subject[each.subject] for each in those})
    return words_of_events


def with_names(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The details of an event, in which partners and users are called by their names."""
    return details_with_names([detail])[0]


def details_with_names(details: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The details of some events, in which partners and users are called by their names. Two statements."""
    rows = list(details)
    names = {**names_in_details(rows, PARTNER_DETAILS, PARTNERS), **names_in_details(rows, USER_DETAILS, USERS)}

    def name_of(name: str, value: Any) -> Any:
        """The value of a detail, or each of its values, by its name."""
        if isinstance(value, list):
            return [name_of(name, each) for each in value]
        return names.get((name, str(value)), value)

    return [{name: name_of(name, value) for name, value in detail.items()} for detail in rows]


def names_in_details(
    rows: Iterable[Mapping[str, Any]], details: tuple[str, ...], names: SubjectNames
) -> dict[tuple[str, str], str]:
    """The names of what some details name, by the detail and its value."""
    keys = {(name, str(each)) for detail in rows for name in details for each in values_of(detail.get(name)) if each}
    names_by_key = names.of(key for _, key in keys)
    return {(name, key): names_by_key[key] for name, key in keys if key in names_by_key}


def values_of(value: Any) -> list[Any]:
    """The values of a detail, which has one or a list of them."""
    return value if isinstance(value, list) else [value]


def who_did(event: AuditEvent) -> str:
    """Who acted: a user, a client of a partner, a rule that the event names, or a command on the server."""
    if event.user is not None:
        return str(event.user)
    if event.client is not None:
        return name_of_client(event.client)
    return str(BY_RULE if "rule" in event.detail else BY_COMMAND)


def begins(actions: Iterable[str]) -> Q:
    """The condition of events whose actions begin so."""
    return Q(*(("action__startswith", each) for each in actions), _connector=Q.OR)


def about_partner(partner: UUID) -> Q:
    """The condition of events that are done to a partner, to what belongs to it or to its people, or by these, or that name it."""
    people = list(User.objects.filter(membership__partner=partner).values_list("pk", flat=True))
    of_details = Q(*((f"detail__{name}", str(partner)) for name in PARTNER_DETAILS), _connector=Q.OR)
    about = Q(subject=str(partner)) | of_details | Q(client__partner=partner) | Q(user__in=people)
    about |= begins(OF_USERS) & Q(subject__in=list(map(str, people)))
    for actions, names in NAMES.items():
        if keys := names.of_partner(partner):
            about |= begins(actions) & Q(subject__in=keys)
    return about


def about_same(event: AuditEvent) -> Q:
    """The condition of events about the same as an event. A key that is a number is the key of one kind of row alone."""
    is_same = Q(subject=event.subject)
    if uuid_of(event.subject) is not None:
        return is_same
    room = (f"{event.action.partition('.')[0]}.",)
    return is_same & begins(next((each for each in NAMES if event.action.startswith(each)), room))


def history_of(row: Model) -> QuerySet[AuditEvent]:
    """What was done to a row, the latest first. Nothing of what no room names as done to such rows."""
    own = [
        begins(actions) & Q(subject=str(getattr(row, names.key)))
        for actions, names in NAMES.items()
        if names.is_history and isinstance(row, names.model)
    ]
    events = AuditEvent.objects.filter(Q(*own, _connector=Q.OR)) if own else AuditEvent.objects.none()
    return events.select_related("user", "client__partner").order_by("-at")


def row_of(event: AuditEvent) -> Any:
    """The row that an event is about, where its room names such rows and there is one; otherwise None."""
    names = next((each for actions, each in NAMES.items() if event.action.startswith(actions)), None)
    if names is None or not names.is_key(event.subject):
        return None
    return names.model._default_manager.filter(**{names.key: event.subject}).first()


def uuid_of(text: str) -> UUID | None:
    """The id that a text is, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None
