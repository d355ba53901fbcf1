"""What waits for somebody, on the first page of the staff. Each room adds its own items.

An app has a module `waiting.py`, which is loaded when the program starts, and adds an item in one call:

    waiting.add(
        "drafts",
        Text("Et udkast venter på godkendelse", "A draft waits for approval"),
        Text("{number} udkast venter på godkendelse", "{number} drafts wait for approval"),
        rights=["statistics.approve_release"],
        find=lambda user: waiting.newest(drafts_for(user), entry_of),
        address="statistics_release_changelist?state=draft",
    )

Who lacks one of the rights is not shown the item, and nothing is asked for it. `find` asks the database one thing.

`waiting.lead` adds ways to pages that people begin their day with, whether or not something waits there. Ways stand in groups.

An address is the name of a page of the staff, with what stands behind it in the address.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Count, QuerySet, Window
from django.urls import reverse

from core.text import Text
from partners.staff.naming import page_of

# So many rows of an item are named on the page; the list has them all.
NAMED = 5
# So many ways are read at a glance; where there are more, their groups have headings.
FEW_WAYS = 8


class WaitingEntry(NamedTuple):
    """A row that waits. `note`: its age, or when it is due. `address`: where it leads, if not to its own page (None).

    `is_late`: it should be first.
    """

    name: Any
    note: Any = ""
    address: str | None = None
    is_late: bool = False


class WaitingRows(NamedTuple):
    """How many rows wait, and the first of them."""

    number: int
    entries: Sequence[WaitingEntry] = ()


NOTHING = WaitingRows(0)


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One kind of thing that waits. `one`, `many`: its sentence; `{number}` stands in `many`. `rights`: all are needed."""

    name: str
    one: Text
    many: Text
    rights: tuple[str, ...]
    find: Callable[[User], WaitingRows]
    address: str | Callable[[], str]


class ShownItem(NamedTuple):
    """An item as the page shows it."""

    name: str
    title: str
    address: str
    rows: WaitingRows

    @property
    def is_late(self) -> bool:
        """Whether something of it should have been done."""
        return any(entry.is_late for entry in self.rows.entries)

    @property
    def more(self) -> int:
        """How many rows are not named."""
        return self.rows.number - len(self.rows.entries)


class WayGroup(Enum):
    """What a way is about, in the order of the page."""

    STATISTICS = Text("Statistik", "Statistics")
    PARTNERS = Text("Partnere", "Partners")
    CASES = Text("Sager og personer", "Cases and persons")
    OPERATION = Text("Drift og revision", "Operation and audit")


class ShownWays(NamedTuple):
    """Ways as the page shows them, each with its address and its note (or none), and their heading (or none)."""

    heading: str
    ways: Sequence[tuple[str, str, object]]


class Way(NamedTuple):
    """A way from the first page to one that people often need. `rights`: one of them is enough. `note`: what stands behind it."""

    title: Text
    rights: str | tuple[str, ...]
    address: str
    note: Callable[[], object] = lambda: None

    def is_open(self, user: User) -> bool:
        """Whether a user has one of the rights."""
        return any(user.has_perm(right) for right in ([self.rights] if isinstance(self.rights, str) else self.rights))


ITEMS: dict[str, WaitingItem] = {}
WAYS: dict[WayGroup, list[Way]] = {group: [] for group in WayGroup}


def add(
    name: str,
    one: Text,
    many: Text,
    *,
    rights: Sequence[str],
    find: Callable[[User], WaitingRows],
    address: str | Callable[[], str],
) -> None:
    """Add an item. Raises `ValueError` for a name that is taken, and where no right is named: everybody would see it."""
    if name in ITEMS or not rights:
        raise ValueError(f"the item {name} is there already, or names no right")
    ITEMS[name] = WaitingItem(name, one, many, tuple(rights), find, address)


def lead(group: WayGroup, *ways: Way) -> None:
    """Add ways to a group."""
    WAYS[group].extend(ways)


def address_of(page: str) -> str:
    """The address of a page by its name: `statistics_release_changelist?state=draft`."""
    name, mark, query = page.partition("?")
    return f"{reverse(f'admin:{name}')}{mark}{query}"


def ways_for(user: User) -> list[ShownWays]:
    """The ways of a user by group. Few of them need no heading."""
    by_group = [
        ShownWays(
            str(group.value),
            [(str(way.title), address_of(way.address), way.note()) for way in ways if way.is_open(user)],
        )
        for group, ways in WAYS.items()
    ]
    shown = [way for each in by_group for way in each.ways]
    if len(shown) > FEW_WAYS:
        return [each for each in by_group if each.ways]
    return [ShownWays("", shown)] if shown else []


def newest(rows: QuerySet[Any], entry_of: Callable[[Any], WaitingEntry]) -> WaitingRows:
    """The number of rows and the first of them in their order, by one statement."""
    first = list(rows.annotate(number_waiting=Window(Count("pk")))[:NAMED])
    return WaitingRows(first[0].number_waiting, [with_page(entry_of(row), row) for row in first]) if first else NOTHING


def with_page(entry: WaitingEntry, row: Any) -> WaitingEntry:
    """An entry that leads to the page of its row, where it leads nowhere else."""
    return entry._replace(address=page_of(row)) if entry.address is None else entry


def first_of(rows: Sequence[Any], entry_of: Callable[[Any], WaitingEntry]) -> WaitingRows:
    """The same of rows that are all at hand."""
    return WaitingRows(len(rows), [entry_of(row) for row in rows[:NAMED]])


def items_for(user: User) -> list[ShownItem]:
    """What waits for a user, what is late first. An item of which nothing waits is left out."""
    shown = []
    for item in ITEMS.values():
        if user.has_perms(item.rights) and (rows := item.find(user)).number:
            address = address_of(item.address) if isinstance(item.address, str) else item.address()
            sentence = item.one if rows.number == 1 else item.many
            shown.append(ShownItem(item.name, str(sentence).format(number=rows.number), address, rows))
    return sorted(shown, key=lambda each: not each.is_late)


def something_waits(user: User) -> bool:
    """Whether the first page of a user has an item: then there is Monday's mail, so that the two never differ."""
    return any(user.has_perms(item.rights) and item.find(user).number for item in ITEMS.values())
