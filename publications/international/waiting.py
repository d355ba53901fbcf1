"""What waits on the first page of the staff: files to be made for international organisations, and files to be sent."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from core.text import Text
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, Way, WayGroup
from publications.international import dispatches
from publications.international.models import InternationalFile
from publications.international.words import STATES

LIST = "international_internationalfile_changelist"


def due_entry(row: dispatches.DueFile) -> WaitingEntry:
    """A file that is to be sent, with its days; late once the first of them has passed."""
    today = timezone.localdate()
    first, last = day_of(row.in_principle), day_of(row.latest)
    state = Text("; dannet, venter på en godkender", "; made, waits for an approver") if row.file else Text("", "")
    address = (
        reverse("admin:international_internationalfile_change", args=[row.file])
        if row.file
        else f"{reverse('admin:international_internationalfile_add')}?body={row.body.id}&year={row.year}"
    )
    return WaitingEntry(
        Text(*(f"{each}, {row.year}" for each in row.body.name)),
        Text(f"{first}, senest {last}{state.da}", f"{first}, at the latest {last}{state.en}"),
        address,
        row.in_principle < today,
    )


def changed_entry(row: dispatches.ChangedFile) -> WaitingEntry:
    """A sent file, and whether a new one is made."""
    state = Text("; dannet igen, ikke sendt", "; made again, not sent") if row.newest != row.file else Text("", "")
    return WaitingEntry(
        Text(*(f"{each}, {row.year}" for each in row.body.name)),
        Text(*map("".join, zip(STATES["stale"], state, strict=True))),
        reverse("admin:international_internationalfile_change", args=[row.newest]),
    )


def file_entry(file: InternationalFile) -> WaitingEntry:
    """A file, with who made it and when."""
    day = day_of(file.made_at)
    return WaitingEntry(file, Text(f"dannet {day} af {file.user}", f"made {day} by {file.user}"))


def open_files() -> QuerySet[InternationalFile]:
    """The newest file of each body and year that is not sent, without what is in it."""
    later = InternationalFile.objects.filter(body=OuterRef("body"), year=OuterRef("year"), pk__gt=OuterRef("pk"))
    rows = InternationalFile.objects.filter(filedispatch=None).exclude(Exists(later))
    return rows.select_related("user").defer("content", "basis")


waiting.add(
    "files_due",
    Text(
        "En fil til en international organisation mangler at blive sendt",
        "A file for an international organisation is still to be sent",
    ),
    Text(
        "{number} filer til internationale organisationer mangler at blive sendt",
        "{number} files for international organisations are still to be sent",
    ),
    rights=["international.add_internationalfile"],
    find=lambda _: waiting.first_of(dispatches.due_files(), due_entry),
    address=LIST,
)
waiting.add(
    "files_changed",
    Text(
        "En fil til en international organisation er sendt, og tal er ændret siden",
        "A file for an international organisation is sent, and figures have changed since",
    ),
    Text(
        "{number} filer til internationale organisationer er sendt, og tal er ændret siden",
        "{number} files for international organisations are sent, and figures have changed since",
    ),
    rights=["international.add_internationalfile"],
    find=lambda _: waiting.first_of(dispatches.stale_files(), changed_entry),
    address=f"{LIST}?state=stale",
)
waiting.add(
    "files_abroad",
    Text(
        "En fil til en international organisation venter på, at du sender den",
        "A file for an international organisation waits for you to send it",
    ),
    Text(
        "{number} filer til internationale organisationer venter på, at du sender dem",
        "{number} files for international organisations wait for you to send them",
    ),
    rights=["international.send_file"],
    find=lambda user: waiting.newest(open_files().exclude(user=user), file_entry),
    address=f"{LIST}?state=made",
)
waiting.lead(
    WayGroup.STATISTICS,
    Way(
        Text("Tal til EU, FN og Europarådet", "Figures for the EU, the UN and the Council of Europe"),
        ("international.add_internationalfile", "international.send_file"),
        LIST,
        note=dispatches.calendar,
    ),
)
