"""What a person is called, where others read it, and giving oneself a name."""

from __future__ import annotations

from unicodedata import category, normalize

from django.contrib.auth.models import User
from django.db import transaction

from partners import audit
from partners.audit import Actor
from partners.people.rights import membership_of


class NameOfAnother(Exception):
    """Somebody else of the same organisation is called so: acts of the one would look like the other's."""


def name_of(user: User) -> str:
    """The person's name; the user name of who has given none."""
    return user.get_full_name() or user.get_username()


def rename(user: User, name: str) -> None:
    """Give oneself a name, or none. The audit says that it changed, and not to what. Raises `NameOfAnother`."""
    name = " ".join("".join(each for each in name if each.isspace() or category(each)[0] != "C").split())
    if name == user.get_full_name():
        return
    if as_heard(name) in {as_heard(each) for other in colleagues(user) for each in (name_of(other), other.username)}:
        raise NameOfAnother
    with transaction.atomic():
        user.first_name, user.last_name = name, ""
        user.save(update_fields=["first_name", "last_name"])
        audit.record(by=Actor.of(user), action="person.name", subject=str(user.pk))


def colleagues(user: User) -> list[User]:
    """The others of a person's partner, or of the staff."""
    member = membership_of(user)
    of_same = {"is_staff": True} if member is None else {"membership__partner": member.partner}
    return list(User.objects.filter(**of_same).exclude(pk=user.pk))


def as_heard(name: str) -> str:
    """A name without what the eye passes over."""
    return normalize("NFKC", name).casefold().replace(" ", "")
