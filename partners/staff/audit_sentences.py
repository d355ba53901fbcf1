"""Events of the audit as sentences, as its list and the history of a row show them."""

from __future__ import annotations

from typing import Any

from partners.staff import audit_words, subjects
from partners.staff.naming import NOTHING


def with_words(events: list[Any]) -> list[Any]:
    """Events, each with the name of its subject and its details in words. A few statements for all of them."""
    names = subjects.names_of(events)
    for event, detail in zip(events, subjects.details_with_names(each.detail for each in events), strict=True):
        event.subject_name = names[event.pk]
        event.words = audit_words.details_in_words(detail)
    return events


def head_of(event: Any) -> str:
    """What was done, and to what, of an event with words."""
    return f"{audit_words.words_of_action(event.action)}: {event.subject_name}"


def details_of(event: Any) -> str:
    """How it was done, as the end of its sentence: the details of an event with words, without those that say nothing."""
    details = "; ".join(f"{name}: {value}" for name, value in event.words if value != NOTHING)
    return f" ({details})" if details else ""
