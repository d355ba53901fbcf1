"""The access review as a page of the staff, and as a file behind a question: that somebody took it is an event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from core.formats import csv_for_people, workbook_for_people
from core.text import Text, say
from partners import audit
from partners.accounts import review
from partners.accounts.review import STATES, ReviewColumn, ReviewRow
from partners.people.models import Membership
from partners.staff.audit_words import NO, YES
from partners.staff.links import page_at
from partners.staff.naming import NOTHING, lines_of, moment_of
from partners.staff.screens import Screen, actor

PAGE = "admin:auth_user_review"
FILES = {"csv": csv_for_people, "xlsx": workbook_for_people}


class ReviewFileForm(forms.Form):
    """As what file."""

    format = forms.ChoiceField(
        label=say("Fil", "File"),
        choices=[
            ("csv", say("CSV til regneark", "CSV for spreadsheets")),
            ("xlsx", say("Excel-projektmappe", "Excel workbook")),
        ],
    )


class ReviewPages(Screen):
    """The pages of the access review."""

    @page_at("review/")
    def review(self, request: HttpRequest) -> HttpResponse:
        """Every account and secret that the reader may see, of a state where the address names one."""
        columns, rows, state = self.review_of(request)
        context = {
            "title": say("Gennemgang af adgang", "Access review"),
            "states": [("", Text("Alle", "All")), *STATES.items()],
            "state": state if state in STATES else "",
            "heads": [each.head for each in columns],
            "lines": [[(each.head, self.cell_of_page(request, each, row)) for each in columns] for row in rows],
            "number": len(rows),
        }
        return self.frame(request, "admin/auth/user/review.html", {**context, **above(request)})

    @page_at("review/file/")
    def review_file(self, request: HttpRequest) -> HttpResponse:
        """The question; once it is answered, the same rows as a file."""
        columns, rows, state = self.review_of(request)
        form = ReviewFileForm(request.POST or None)
        if rows and form.is_valid():
            audit.record(by=actor(request), action="review.export", subject="accounts", rows=len(rows))
            lines = ([cell_of_file(each.value(row)) for each in columns] for row in rows)
            head = [str(each.head) for each in columns]
            return FILES[form.cleaned_data["format"]]([head, *lines], "access-review")
        page = {
            "title": say("Hent gennemgangen af adgang som fil?", "Download the access review as a file?"),
            "warning": say(
                "Filen har siden, som den er valgt. At du henter den, og hvor mange linjer den har, skrives i revisionssporet.",
                "The file has the page as it is filtered. That you take it, and how many lines it has, is written in the audit.",
            ),
            "facts": [(say("Linjer", "Lines"), len(rows))],
            "form": form if rows else "",
            "submit": say("Hent filen", "Download the file") if rows else "",
            "back": f"{reverse(PAGE)}?state={state}" if state in STATES else reverse(PAGE),
        }
        return self.pose(request, {**page, **above(request)})

    def review_of(self, request: HttpRequest) -> tuple[list[ReviewColumn], list[ReviewRow], str]:
        """The columns and rows of the reader, and the state that the address names. Raises `PermissionDenied` for others."""
        if not review.may_read(request.user):
            raise PermissionDenied
        state = request.GET.get("state", "")
        return review.columns_for(request.user), review.rows_for(request.user, timezone.now(), state), state

    def cell_of_page(self, request: HttpRequest, column: ReviewColumn, row: ReviewRow) -> Any:
        """A cell of the page. Who it is leads to its page, where the reader may see that."""
        value = column.value(row)
        if column is review.COLUMNS[0]:
            return self.link_to(request, row.target, value)
        match value:
            case tuple() if not isinstance(value, Text):
                return lines_of(value)
            case datetime():
                return moment_of(value)
        return NOTHING if value is None else in_words(value)


def above(request: HttpRequest) -> dict[str, Any]:
    """The list that the crumbs lead to: of accounts, or of members for who does not see those."""
    return {} if request.user.has_perm(review.SEES_ACCOUNTS) else {"opts": Membership._meta}


def cell_of_file(value: Any) -> object:
    """A cell of the file: moments as programs read them, and nothing where there is nothing."""
    match value:
        case tuple() if not isinstance(value, Text):
            return "; ".join(str(each) for each in value)
        case datetime():
            return localtime(value).isoformat(timespec="seconds")
    return "" if value is None else in_words(value)


def in_words(value: Any) -> Any:
    """A value that page and file say alike."""
    if isinstance(value, bool):
        return str(YES if value else NO)
    return value if isinstance(value, int) else str(value)
