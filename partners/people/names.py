"""What a person is called, where others read it, and giving oneself a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models.functions import JSONObject

from partners import audit
from partners.audit import Actor
from partners.people.models import Membership

# Of two who give themselves a name at once, the second sees that of the first. One lock for each partner, and one for the staff.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('henvis.names ' || %s, 0))"
# Digits with nothing but spaces and signs between them.
NUMBER = re.compile(r"\d(?:[\W_]*\d){3,}")
# So many characters a recipient has at most, as it is stored.
LONGEST_RECIPIENT = 80
# What stands between the letters of a name.
BETWEEN = frozenset(" -'’.")
# The columns that `name_of` reads.
PARTS = ("username", "first_name", "last_name")
# The eye takes these for each other.
ALIKE = str.maketrans("lı10", "iiio")


class NotAName(Exception):
    """It has something else than letters of one alphabet and what stands between them."""


class NotARecipient(Exception):
    """It has an address or a number, or something that cannot be seen, or too much, or nothing."""


class NameOfAnother(Exception):
    """Somebody else of the same organisation is called so: acts of the one would look like the other's."""


def name_of(user: User) -> str:
    """The person's name with the user name, which nobody else has and nobody changes; the user name alone of who has given none.

    It is also the `str` of a user, so that there is no second name on any page.
    """
    own, username = user.get_full_name(), user.get_username()
    return f"{own} ({username})" if own else username


def parts_of_name(prefix: str = "") -> JSONObject:
    """The columns of a person's name as one, for a row that comes without the person. `prefix`: the way to the user."""
    return JSONObject(**{each: f"{prefix}{each}" for each in PARTS})


def name_from(parts: Mapping[str, str] | None) -> str:
    """The name of a person from `parts_of_name`; of nobody nothing."""
    return name_of(User(**parts)) if parts else ""


def rename(user: User, name: str) -> None:
    """Give oneself a name, or none. The audit says that it changed, and not to what.

    Raises `NotAName`, `NameOfAnother`, and `PermissionDenied` for who is neither of a partner nor of the staff.
    """
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if name == user.get_full_name():
        return
    if name and not is_name(name):
        raise NotAName
    with transaction.atomic():
        if is_taken(name, partner_of(user), but=user):
            raise NameOfAnother
        user.first_name, user.last_name = name, ""
        user.save(update_fields=["first_name", "last_name"])
        audit.record(by=Actor.of(user), action="person.name", subject=str(user.pk))


def partner_of(user: User) -> UUID | None:
    """The partner of a person, also of one that is switched off; None for staff. Raises `PermissionDenied` for anybody else."""
    partner: UUID | None = Membership.objects.filter(user=user).values_list("partner_id", flat=True).first()
    if partner is None and not user.is_staff:
        raise PermissionDenied
    return partner


def is_taken(name: str, partner: UUID | None, *, but: User | None = None) -> bool:
    """Whether a name or user name is heard as that of somebody of a partner, or of the staff (None).

    Nobody else of them gets a name before the transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [str(partner or "staff")])
    people = User.objects.filter(**{"membership__partner": partner} if partner else {"is_staff": True})
    others = people if but is None else people.exclude(pk=but.pk)
    sounds = {as_heard(each) for one in others for each in (one.get_full_name(), one.username) if each}
    return bool(name) and as_heard(name) in sounds


def is_name(text: str) -> bool:
    """Whether a text has letters of one alphabet, and nothing else but what stands between them."""
    has_letters = any(each.isalpha() for each in text)
    return has_letters and all(each.isalpha() or each in BETWEEN for each in text) and is_of_one_alphabet(text)


def as_recipient(text: str) -> str:
    """For whom an invitation is, as it is stored. Raises `NotARecipient` for what cannot be seen, an address or a number."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    if not 0 < len(text) <= LONGEST_RECIPIENT or not text.isprintable() or "@" in text or NUMBER.search(text):
        raise NotARecipient
    return text


def is_of_one_alphabet(text: str) -> bool:
    """Whether all letters of a text are of one alphabet, the first word of their names in Unicode, and can be seen."""
    letters = [unicodedata.name(each, "") for each in text if each.isalpha()]
    return len({each.partition(" ")[0] for each in letters}) <= 1 and not any("FILLER" in each for each in letters)


def as_heard(name: str) -> str:
    """The letters and digits of a name alone, without what the eye passes over."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(each for each in plain if each.isalnum()).translate(ALIKE)
