"""Staff pages of annual reports: orders of drafts, and each report section by section, to be written and published.

Everything here runs with the rights of the web server, which can make no draft and publish nothing by itself: it writes texts and
orders, and asks a function of the database.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from core.text import Text, number_in, say
from partners.staff.links import column
from partners.staff.lists import WordedFilter
from partners.staff.naming import moment_by
from partners.staff.screens import ReadOnly, actor
from publications.annual import publishing
from publications.annual.drafts import is_stale, last_text
from publications.annual.models import ReportDraft, ReportOrder, ReportPublication
from publications.annual.publishing import has_read, note_reading
from publications.annual.refusals import REFUSALS, ReportRefused
from publications.annual.staff.forms import SectionForm
from publications.annual.staff.pages import (
    DraftPages,
    ReportOrderScreen,
    authors_of,
    change_address,
    order_address,
    publication_of,
    state_of,
)
from publications.annual.staff.words import (
    ACTS,
    EMPTY,
    FINAL,
    FINISHED,
    PUBLISHED,
    READ_FIRST,
    RULE,
    SAVED,
    STALE,
    STATES,
    UNFINISHED,
    WAITS_FOR_APPROVER,
)

MAY_WRITE, MAY_PUBLISH, MAY_ORDER = "annual.write_report", "annual.publish_report", "annual.add_reportorder"


def later_drafts() -> QuerySet[ReportDraft]:
    """The drafts of the same year that were made after the one that is asked about."""
    return ReportDraft.objects.filter(year=OuterRef("year"), pk__gt=OuterRef("pk"))


class PublishReportForm(forms.Form):
    """The last text that the person has seen. Sending it is the approval."""

    last = forms.IntegerField(min_value=1, max_value=BigIntegerField.MAX_BIGINT, widget=forms.HiddenInput)


class ReportStateFilter(WordedFilter):
    """Filters reports by how far they are."""

    choices_offered: ClassVar = {
        "draft": (STATES["draft"], lambda: Q(reportpublication=None) & ~Q(Exists(later_drafts()))),
        "superseded": (STATES["superseded"], lambda: Q(Exists(later_drafts()), reportpublication=None)),
        "published": (Text("udgivet", "published"), lambda: Q(reportpublication__isnull=False)),
    }


@admin.register(ReportDraft)
class ReportDraftAdmin(ReadOnly):
    """Drafts and published reports."""

    list_display = ("year", "state", "drafted_at", "user")
    list_filter = (ReportStateFilter,)
    list_select_related = ("user",)
    change_list_template = "admin/statistics/change_list.html"
    refusal_class = ReportRefused

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReportDraft]:
        """The drafts, without what is in them."""
        return super().get_queryset(request).defer("documents", "numbers")

    state = column(say("tilstand", "state"), lambda draft: str(state_of(draft)))

    def get_urls(self) -> list[URLPattern]:
        """The addresses of the admin, and those of sections and of publishing."""
        views = [
            path(
                "<int:draft_id>/publish/", self.admin_site.admin_view(self.publish), name="annual_reportdraft_publish"
            ),
            path("<int:draft_id>/whole/", self.admin_site.admin_view(self.whole), name="annual_reportdraft_whole"),
            path(
                "<int:draft_id>/<slug:section>/",
                self.admin_site.admin_view(self.section),
                name="annual_reportdraft_section",
            ),
        ]
        return [*super().get_urls()[:-1], *views, *super().get_urls()[-1:]]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with the way to a new draft."""
        acts = [(ACTS["order"], reverse("admin:annual_reportorder_add"))] if request.user.has_perm(MAY_ORDER) else []
        return super().changelist_view(request, {**(extra_context or {}), "acts": acts})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A report: its sections, what is missing, and what the reader may do."""
        draft = self.existing(request, object_id)
        if not draft.documents:
            messages.error(request, str(EMPTY))
            return HttpResponseRedirect(reverse("admin:annual_reportdraft_changelist"))
        pages = DraftPages(draft)
        obstacles = obstacles_of(request, draft)
        # What is written in a stale draft is of figures that are others now.
        writes = request.user.has_perm(MAY_WRITE) and publishing.is_open(draft) and not is_stale(draft)
        page = {
            "title": Text(*(each.title for each in pages.documents.values())),
            "draft": draft,
            "ordered": moment_by(draft.drafted_at, draft.user),
            "hint": hint_for(request, draft, obstacles),
            "state": state_of(draft),
            "published": publication_of(draft),
            "lines": [*pages.lines()],
            "obstacles": obstacles,
            "acts": [
                *(pages.next_to_write() if writes else []),
                (ACTS["read"], whole_address(draft)),
                *acts_on(request, draft),
            ],
            "authors": authors_of(draft),
            "finished": FINISHED,
            "unfinished": UNFINISHED,
        }
        return self.frame(request, "admin/annual/reportdraft/report.html", page)

    def section(self, request: HttpRequest, draft_id: int, section: str) -> HttpResponse:
        """A section as readers will see it in both languages, with the form of its texts for whoever may write them."""
        draft = self.with_content(request, draft_id)
        pages = DraftPages(draft)
        page = pages.section(section)
        writes = request.user.has_perm(MAY_WRITE) and publishing.is_open(draft)
        if request.method == "POST" and not writes:
            raise PermissionDenied
        form = None
        if writes:
            data = request.POST if request.method == "POST" else None
            form = SectionForm(data, draft, pages.places(section), pages.texts, pages.proposals())
            if form.is_valid() and save(request, form):
                return HttpResponseRedirect(page["after"] or reverse(change_address(draft), args=[draft.pk]))
        title = Text(*(f"{each.topic}, {pages.documents[language].title}" for language, each, *_ in page["sections"]))
        return self.frame(
            request,
            "admin/annual/reportdraft/section.html",
            {**page, "title": title, "draft": draft, "form": form, "rule": RULE},
        )

    def whole(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        """The whole report as readers will get it, in the reader's language, which is read before the final act.

        Who has read a draft is in the audit.
        """
        draft = self.with_content(request, draft_id)
        last = last_text(draft)
        page = DraftPages(draft).whole()
        if not is_published(draft):
            note_reading(by=actor(request), draft=draft, last=last)
        return self.frame(
            request, "admin/annual/reportdraft/whole.html", {**page, "title": page["document"].title, "draft": draft}
        )

    def publish(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        """Ask for confirmation; then publish what the person has seen. Who has not read the whole is sent to the report's page."""
        if not request.user.has_perm(MAY_PUBLISH):
            raise PermissionDenied
        draft = self.with_content(request, draft_id)
        back = reverse(change_address(draft), args=[draft.pk])
        if not has_read(actor(request), draft):
            return HttpResponseRedirect(back)  # that page says so
        form = PublishReportForm(request.POST or None, initial={"last": last_text(draft)})
        if form.is_valid():
            last = form.cleaned_data["last"]
            publish = partial(publishing.publish, by=actor(request), draft_id=draft.pk, last_text=last)
            return self.carry_out(request, publish, PUBLISHED, back)
        if obstacles_of(request, draft):
            return HttpResponseRedirect(back)  # that page says what is in the way
        page = {
            "title": say(f"Udgiv rapporten om {draft.year}?", f"Publish the report of {draft.year}?"),
            "warning": FINAL,
            "facts": [
                (
                    say("Rapporten", "The report"),
                    format_html('<a href="{}">{}</a>', whole_address(draft), ACTS["read"]),
                ),
                (say("Bestilt af", "Ordered by"), draft.user),
                (say("Skrevet af", "Written by"), authors_of(draft)),
                *(
                    [(say("Retter", "Corrects"), say(draft.correction_da, draft.correction_en))]
                    if draft.correction_da
                    else []
                ),
            ],
            "form": form,
            "submit": ACTS["publish"],
            "back": back,
        }
        return self.pose(request, page)

    def existing(self, request: HttpRequest, draft_id: object) -> ReportDraft:
        """The draft. Raises `PermissionDenied`, `Http404`."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        draft = ReportDraft.objects.select_related("user").filter(pk=number_in(str(draft_id)) or 0).first()
        if draft is None:
            raise Http404
        return draft

    def with_content(self, request: HttpRequest, draft_id: int) -> ReportDraft:
        """A draft with sections. Raises `PermissionDenied`, `Http404`."""
        draft = self.existing(request, draft_id)
        if not draft.documents:
            raise Http404
        return draft


def whole_address(draft: ReportDraft) -> str:
    """Where a draft is read from end to end."""
    return reverse("admin:annual_reportdraft_whole", args=[draft.pk])


def save(request: HttpRequest, form: SectionForm) -> bool:
    """Save a section, and say so; whether it was saved."""
    try:
        form.save(actor(request))
    except ReportRefused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, str(SAVED))
    return True


def obstacles_of(request: HttpRequest, draft: ReportDraft) -> list[Any]:
    """What keeps a draft from being published, by the reader if that is an approver. Of a published report nothing is said."""
    if is_published(draft):
        return []
    by_author = REFUSALS["REPORT_BY_AUTHOR"]
    may = request.user.has_perm(MAY_PUBLISH)
    return [each for each in publishing.obstacles(draft, actor(request)) if may or each != by_author]


def hint_for(request: HttpRequest, draft: ReportDraft, obstacles: list[Any]) -> Text | None:
    """Who goes on with a draft that is complete, for who wrote it; that it is to be read, for who publishes it; that it is stale.

    None: the page has the act, or says what is missing.
    """
    if publishing.is_open(draft) and is_stale(draft):
        return STALE if request.user.has_perm(MAY_WRITE) else None
    if obstacles or not publishing.is_open(draft):
        return None
    if request.user.has_perm(MAY_PUBLISH):
        return None if has_read(actor(request), draft) else READ_FIRST
    return WAITS_FOR_APPROVER if request.user.has_perm(MAY_WRITE) else None


def is_published(draft: ReportDraft) -> bool:
    return ReportPublication.objects.filter(pk=draft.pk).exists()


def may_publish_now(request: HttpRequest, draft: ReportDraft) -> bool:
    """Whether the reader may publish a draft, has read it, and nothing is in the way."""
    is_ready = request.user.has_perm(MAY_PUBLISH) and publishing.is_open(draft) and not obstacles_of(request, draft)
    return is_ready and has_read(actor(request), draft)


def acts_on(request: HttpRequest, draft: ReportDraft) -> list[tuple[Any, str]]:
    """What the reader may do with a report."""
    if may_publish_now(request, draft):
        return [(ACTS["publish"], reverse("admin:annual_reportdraft_publish", args=[draft.pk]))]
    if request.user.has_perm(MAY_ORDER):
        is_published = ReportPublication.objects.filter(year=draft.year).exists()
        return [(ACTS["correct" if is_published else "again"], order_address(draft.year))]
    return []


admin.site.register(ReportOrder, ReportOrderScreen)
