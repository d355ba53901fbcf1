"""Staff pages of files for international organisations: one is made, and another person marks it as sent."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst

from core.text import Text, number_in, say
from partners.staff.links import column, page_at
from partners.staff.lists import WordedFilter
from partners.staff.naming import moment_by
from partners.staff.questions import is_answered
from partners.staff.screens import SignedScreen, actor
from publications.international import dispatches, files, pages
from publications.international.bodies import BODIES
from publications.international.files import InternationalRefused, csv_of, file_name, json_of
from publications.international.models import FileDispatch, InternationalFile
from publications.international.pages import InternationalFileForm
from publications.international.words import (
    ACTS,
    FINAL,
    HELPS,
    MAKE,
    MAKE_AGAIN,
    MAKE_WARNING,
    SENT,
    STATES,
    WAITS_FOR_APPROVER,
)

MAY_MAKE, MAY_SEND = "international.add_internationalfile", "international.send_file"


def later_files() -> QuerySet[InternationalFile]:
    """The files of the same body and year that were made after the one that is asked about."""
    return InternationalFile.objects.filter(body=OuterRef("body"), year=OuterRef("year"), pk__gt=OuterRef("pk"))


def stale_keys() -> list[int]:
    """The files that were sent and have other figures since. One statement."""
    return [each.file for each in dispatches.stale_files()]


class FileStateFilter(WordedFilter):
    """Filters files by how far they are."""

    choices_offered: ClassVar = {
        "made": (STATES["made"], lambda: Q(filedispatch=None) & ~Q(Exists(later_files()))),
        "superseded": (STATES["superseded"], lambda: Q(Exists(later_files()), filedispatch=None)),
        "sent": (STATES["sent"], lambda: Q(filedispatch__isnull=False)),
        "stale": (STATES["stale"], lambda: Q(pk__in=stale_keys())),
    }


@admin.register(InternationalFile)
class InternationalFileAdmin(SignedScreen):
    """Files for international organisations."""

    form = InternationalFileForm
    list_display = ("body", "year", "made_at", "user", "state")
    list_filter = (FileStateFilter, "body")
    list_select_related = ("user",)
    helps = HELPS
    act, warning = MAKE, MAKE_WARNING
    refusal_class = InternationalRefused
    state = column(say("tilstand", "state"), lambda file: str(state_in_words(file, is_stale=file.is_stale)))

    def get_queryset(self, request: HttpRequest) -> QuerySet[InternationalFile]:
        """The files, without what is in them, and whether their figures have changed since they were sent (`is_stale`)."""
        is_stale = ExpressionWrapper(Q(pk__in=stale_keys()), output_field=BooleanField())
        rows: QuerySet[InternationalFile] = super().get_queryset(request).annotate(is_stale=is_stale)
        return rows.defer("content", "basis")

    def list_lead(self, request: HttpRequest) -> Text:
        """What is due and when."""
        return dispatches.calendar()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Draw the file from the releases, and add it."""
        files.fill(obj)
        super().save_model(request, obj, form, change)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A file: what it has of each field, and what the reader may do."""
        file = self.existing(request, object_id)
        in_the_way = [] if sent_by(file) else pages.obstacles(file, actor(request))
        is_stale = file.pk in stale_keys()
        page = {
            "title": Text(*(f"{name}, {file.year}" for name in BODIES[file.body].name)),
            "file": file,
            "body": BODIES[file.body],
            "state": state_in_words(file, is_stale=is_stale),
            "made": moment_by(file.made_at, file.user),
            "sent": sent_by(file),
            "due": days_of(file),
            "obstacles": in_the_way if request.user.has_perm(MAY_SEND) else [],
            "hint": hint_of(file, is_stale=is_stale) if request.user.has_perm(MAY_MAKE) else None,
            "parts": [*pages.parts_of(file)],
            "several": len(file.content["periods"]) > 1,
            "acts": acts_on(request, file, in_the_way),
        }
        return self.frame(request, "admin/international/internationalfile/file.html", page)

    @page_at("<int:file_id>/csv/", "csv")
    def as_csv(self, request: HttpRequest, file_id: int) -> HttpResponse:
        content = self.existing(request, file_id).content
        return attachment(csv_of(content), "text/csv; charset=utf-8", file_name(content, "csv"))

    @page_at("<int:file_id>/json/", "json")
    def as_json(self, request: HttpRequest, file_id: int) -> HttpResponse:
        content = self.existing(request, file_id).content
        return attachment(json_of(content), "application/json", file_name(content, "json"))

    @page_at("<int:file_id>/send/")
    def send(self, request: HttpRequest, file_id: int) -> HttpResponse:
        """Ask; then mark the file as sent. Where something is in the way, the page of the file says so."""
        if not request.user.has_perm(MAY_SEND):
            raise PermissionDenied
        file = self.existing(request, file_id)
        back = reverse("admin:international_internationalfile_change", args=[file.pk])
        if request.method == "POST" and is_answered(request):
            return self.carry_out(request, partial(files.send, by=actor(request), file=file.pk), SENT, back)
        page = {
            "title": say("Er filen sendt?", "Is the file sent?"),
            "warning": FINAL,
            "facts": [
                (capfirst(self.opts.verbose_name), file),
                (say("Dannet", "Made"), moment_by(file.made_at, file.user)),
            ],
            "submit": ACTS["send"],
            "back": back,
        }
        return self.pose(request, page)

    def existing(self, request: HttpRequest, file_id: object) -> InternationalFile:
        """The file. Raises `PermissionDenied`, `Http404`."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        file = InternationalFile.objects.select_related("user").filter(pk=number_in(str(file_id)) or 0).first()
        if file is None:
            raise Http404
        return file


def attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def sent_by(file: InternationalFile) -> str:
    """When a file was sent and by whom; nothing where it was not."""
    row = FileDispatch.objects.select_related("user").filter(pk=file.pk).first()
    return moment_by(row.sent_at, row.user) if row else ""


def days_of(file: InternationalFile) -> Text | None:
    """When the file is due, in words, and that the last day has passed where it is not sent. None where its body has no days."""
    body = BODIES[file.body]
    if body.due is None:
        return None
    row = dispatches.DueFile(body, file.year, *body.due.of(file.year), file.pk)
    return row.days if sent_by(file) else row.days_left


def state_in_words(file: InternationalFile, *, is_stale: bool) -> Text:
    """How far a file is, and whether its figures have changed since it was sent."""
    return STATES["stale"] if is_stale else pages.state_of(file)


def hint_of(file: InternationalFile, *, is_stale: bool) -> Text | None:
    """What comes next of a file, for who makes files."""
    if sent_by(file):
        return MAKE_AGAIN if is_stale else None
    return pages.why_outdated(file) or WAITS_FOR_APPROVER


def acts_on(request: HttpRequest, file: InternationalFile, in_the_way: list[Text]) -> list[tuple[Text, str]]:
    """What the reader may do with a file."""
    names = ["csv", "json"]
    if request.user.has_perm(MAY_SEND) and not in_the_way and not sent_by(file):
        names.append("send")
    acts = [(ACTS[name], reverse(f"admin:international_internationalfile_{name}", args=[file.pk])) for name in names]
    if request.user.has_perm(MAY_MAKE):
        again = urlencode({"body": file.body, "year": file.year})
        acts.append((ACTS["again"], f"{reverse('admin:international_internationalfile_add')}?{again}"))
    return acts
