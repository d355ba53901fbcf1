"""Staff screens: crises, notices with their texts, and which services are open.

Everything here runs with the rights of the web server. The database looks who may, and whether a second person has read a text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from core.text import say
from notices import texts
from notices.languages import LANGUAGES
from notices.models import Crisis, Notice, NoticeText, ServiceStatus
from notices.staff import pages
from notices.staff.forms import NoticeForm, NoticeWithdrawalForm, TextForm
from notices.staff.screens import CrisisScreen, NoticeScreen, ServiceScreen, user_of
from notices.texts import latest_text
from notices.words import (
    ACTS,
    CREATE_WARNING,
    DONE,
    EMPTY_NOTICES,
    HELPS,
    PUBLISH_LEAD,
    REVIEW_LEAD,
    WITHDRAW_WARNING,
    WRITE_LEAD,
)
from partners.staff.links import column, page_at
from partners.staff.naming import moment_of

LEADS = {"review": REVIEW_LEAD, "publish": PUBLISH_LEAD}


@admin.register(Notice)
class NoticeAdmin(NoticeScreen):
    """Notices: each with its languages, and how many partners have seen it."""

    form = NoticeForm
    list_display = ("name", "title_written", "valid_to", "languages", "reach", "state")
    list_filter = ("subject_code", "crisis")
    list_select_related = ("crisis", "withdrawal")
    act, warning, helps, empty_words = ACTS["create"], CREATE_WARNING, HELPS, EMPTY_NOTICES

    name = column(say("varsel", "notice"), str)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The notices with what the list shows of them."""
        return pages.with_columns(super().get_queryset(request))

    title_written = column(say("overskrift", "title"), pages.title_of)
    languages = column(say("udgivet på", "published in"), pages.languages_of)
    reach = column(say("set af", "seen by"), pages.reach_in_list)
    state = column(say("tilstand", "state"), pages.state_of)

    def facts_to_add(self, form: forms.ModelForm[Any]) -> list[tuple[Any, str]]:
        """The form, with its moments as people read them."""
        moments = {str(form[name].label): moment_of(form.cleaned_data[name]) for name in ("valid_from", "valid_to")}
        return [(label, moments.get(str(label), text)) for label, text in super().facts_to_add(form)]

    def notice_of(self, request: HttpRequest, key: object) -> Notice:
        """A notice. Raises `PermissionDenied` and `Http404`."""
        rows = Notice.objects.select_related(
            "crisis", "user", "supersedes", "withdrawal__user", "withdrawal__replacement"
        )
        notice: Notice = self.find_row(request, rows, key)
        return notice

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A notice: how far each language is, and how far the notice has come."""
        notice = self.notice_of(request, object_id)
        may_withdraw = pages.is_public(notice) and request.user.has_perm(pages.MAY_PUBLISH)
        page = {
            "title": self.name(notice),
            "facts": pages.facts_of(notice),
            "lines": [*pages.lines_of(notice, request.user)],
            "reach": pages.reach_for(notice),
            "acts": [(ACTS["withdraw"], pages.address("withdraw", notice.pk))] if may_withdraw else [],
        }
        return self.frame(request, "admin/notices/notice.html", page)

    @page_at("<int:key>/write/<str:language>/")
    def write(self, request: HttpRequest, key: int, language: str) -> HttpResponse:
        """The text of a language, which is written anew."""
        self.require(request, pages.MAY_WRITE)
        notice, back = self.notice_of(request, key), pages.address("change", key)
        if language not in LANGUAGES:
            raise Http404
        current = latest_text(notice, language)
        names = ("title", "text", "sms")
        form = TextForm(
            request.POST or None, language, {name: getattr(current, name) for name in names} if current else {}
        )
        if form.is_valid():
            data = form.cleaned_data
            write = partial(texts.write_text, by=user_of(request), notice=notice, language=language, **data)
            return self.carry_out(request, write, DONE["write"], back)
        original = latest_text(notice, notice.language) if language != notice.language else None
        name = LANGUAGES[language].name
        page = {
            "title": say(f"Teksten på {name.da}", f"The text in {name.en}"),
            "warning": WRITE_LEAD,
            "facts": [*pages.to_translate(original)] if original else [],
            "form": form,
            "submit": ACTS["save"],
            "back": back,
        }
        return self.pose(request, page)

    @page_at("text/<int:key>/")
    def text(self, request: HttpRequest, key: int) -> HttpResponse:
        """A text as readers will get it, with what may be done about it."""
        text: NoticeText = self.find_row(request, NoticeText.objects.select_related("notice__crisis", "source"), key)
        notice = self.notice_of(request, text.notice_id)
        current = pages.current_text(notice, text.pk)
        act = pages.next_act(current, request.user) if current else ""
        back = pages.address("change", text.notice_id)
        if request.method == "POST":
            # What is not offered any more is refused by the database, in words.
            acts: dict[str, Callable[..., None]] = {
                "review": partial(texts.review, by_speaker="by_speaker" in request.POST),
                "publish": texts.publish,
            }
            act_asked = request.POST.get("act", "")
            if act_asked not in acts:
                raise PermissionDenied
            self.require(request, pages.MAY_REVIEW if act_asked == "review" else pages.MAY_PUBLISH)
            do = partial(acts[act_asked], by=user_of(request), text=text)
            return self.carry_out(request, do, DONE[act_asked], back)
        language = LANGUAGES[text.language]
        page = {
            "title": say(f"Teksten på {language.name.da}", f"The text in {language.name.en}"),
            "text": text,
            "language": language,
            "facts": pages.facts_of(notice),
            "notes": [*pages.notes_of(current)] if current else [],
            "translated": [*pages.to_translate(text.source)] if text.source else [],
            "act": act,
            "lead": LEADS.get(act, ""),
            "submit": ACTS.get(act, ""),
            "back": back,
        }
        return self.frame(request, "admin/notices/text.html", page)

    @page_at("<int:key>/withdraw/")
    def withdraw(self, request: HttpRequest, key: int) -> HttpResponse:
        """Ask which notice comes instead, and withdraw."""
        self.require(request, pages.MAY_PUBLISH)
        notice, back = self.notice_of(request, key), pages.address("change", key)
        if not pages.is_public(notice):
            return HttpResponseRedirect(back)
        others = Notice.objects.filter(withdrawal=None, publications__isnull=False).exclude(pk=notice.pk).distinct()
        form = NoticeWithdrawalForm(request.POST or None, others)
        if form.is_valid() and "sure" in request.POST:
            replacement = form.cleaned_data["replacement"]
            withdraw = partial(texts.withdraw, by=user_of(request), notice=notice, replacement=replacement)
            return self.carry_out(request, withdraw, DONE["withdraw"], back)
        page = {
            "title": ACTS["withdraw"],
            "warning": WITHDRAW_WARNING,
            "facts": [(say("Varsel", "Notice"), pages.name_by(notice.pk))],
            "form": NoticeWithdrawalForm(None, others),
            "submit": ACTS["withdraw"],
            "back": back,
        }
        return self.pose(request, page)


admin.site.register(Crisis, CrisisScreen)
admin.site.register(ServiceStatus, ServiceScreen)
