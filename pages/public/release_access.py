"""Who could see a release before everybody, by role and number, and never by name (European Statistics Code of Practice, 6.7)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from core.text import Text
from partners.roles import ROLE_WORDS
from stats.models import PreReleaseAccess

OTHERS = Text("Andre medarbejdere", "Other staff")


def access_lines(release: str, language: str) -> Iterator[str]:
    """A line for each role: how many could see a draft, and how many did. None of releases of before it was kept. One statement."""
    rows = PreReleaseAccess.objects.filter(release_id=release).values("roles").order_by("roles")
    for row in rows.annotate(persons=Count("pk"), lookers=Count("pk", filter=Q(looks__gt=0))):
        yield access_line(row["roles"], row["persons"], row["lookers"])(language)


def access_line(roles: str, persons: int, lookers: int) -> Text:
    """One role, or several that the same persons have."""
    names = [ROLE_WORDS[name] for name in roles.split(",") if name in ROLE_WORDS] or [OTHERS]
    da, en = (" og ".join(each.da for each in names), " and ".join(each.en for each in names))
    if persons == 1:
        verb = Text("så", "looked") if lookers else Text("ikke så", "did not look")
        return Text(f"{da}: 1 person, som {verb.da} udkastet.", f"{en}: 1 person, who {verb.en} at it.")
    return Text(
        f"{da}: {persons} personer, hvoraf {lookers or 'ingen'} så udkastet.",
        f"{en}: {persons} persons, of whom {lookers or 'none'} looked at it.",
    )
