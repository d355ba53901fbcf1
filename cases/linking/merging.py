"""The page that merges cases: it asks for them, then shows them and asks again. What is confirmed is what was shown."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from cases.linking import decide
from cases.linking.attributes import person_of
from cases.linking.errors import LinkRefused
from cases.linking.forms import MergeForm
from cases.linking.pages import CasePages, get_case, record_view, redirect_with_message, require_right
from cases.linking.person_view import ShownPerson, person
from cases.linking.seeing import MAY_DECIDE
from cases.linking.words import MERGE, MERGE_SURE, MERGE_YES, MERGED
from core.text import short
from partners.staff.links import page_at
from partners.staff.questions import ONWARD, is_edited, repeated_fields
from partners.staff.screens import actor

# The digest of all that the question showed, in the body of the answer.
SHOWN = "shown"


class MergePages(CasePages):
    """The page on which cases are merged, which may begin with one of them."""

    @page_at("merge/")
    @page_at("<uuid:case>/merge/", "merge_with")
    def merge(self, request: HttpRequest, case: UUID | None = None) -> HttpResponse:
        """Asks for cases that are one person and for the reason, then whether to merge what it shows of them."""
        require_right(request, MAY_DECIDE)
        if case is not None:
            get_case(case)
        if request.method != "POST" or is_edited(request):
            values = {name: request.POST[name] for name in MergeForm.base_fields if name in request.POST}
            initial = values or {"tokens": f"{short(case)}\n" if case else ""}
            return self.ask(request, MergeForm(initial=initial), MERGE, case, submit=ONWARD)
        form = MergeForm(request.POST)
        if form.is_valid():
            cases, reason = form.cleaned_data["cases"], form.cleaned_data["reason"]
            try:
                decide.check_merge(cases)
                persons = [person(who) for who in dict.fromkeys(person_of(each.pk) for each in cases)]
                if request.POST.get(SHOWN) != digest_of(persons):
                    return self.ask_whether(request, persons, case)
                decide.merge(by=actor(request), cases=[each.pk for each in cases], reason_code=reason)
                return redirect_with_message(request, cases[0].pk, MERGED)
            except LinkRefused as refusal:
                messages.error(request, str(refusal))
        return self.ask(request, form, MERGE, case, submit=ONWARD)

    def ask_whether(self, request: HttpRequest, persons: list[ShownPerson], case: UUID | None) -> HttpResponse:
        """The persons of the cases with all of their records, and the question. Each look is written down."""
        for who in persons:
            record_view(request, who.id)
        return self.ask(
            request,
            None,
            MERGE_SURE,
            case,
            sections=[section for who in persons for section in who.cases],
            kept=[*repeated_fields(request, *MergeForm.base_fields), (SHOWN, digest_of(persons))],
            submit=MERGE_YES,
            editable=True,
        )


def digest_of(persons: Iterable[ShownPerson]) -> str:
    """The digest of what is shown of persons: another one where a case, a record or a version has come or gone."""
    sections = [section for who in persons for section in who.cases]
    cases = (str(section.case.pk) for section in sections)
    records = (f"{each.name} {each.version}" for section in sections for each in section.records)
    return sha256("\n".join(sorted((*cases, *records))).encode()).hexdigest()
