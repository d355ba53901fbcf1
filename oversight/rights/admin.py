"""Staff pages of a person's rights: the list of tombstones, one form that produces, restricts or erases, and one that lifts.

The token is sent in the body of a POST and never shown again: not in an address, a message, a log or the form of the answer.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from cases import tokens
from cases.erased.models import Tombstone
from cases.linking.person_view import shown_records
from cases.linking.restriction import case_ids
from cases.words import FIELDS
from core.text import Text, in_one, lazily, number_in, say, short
from oversight.rights.database import RightsRefused
from oversight.rights.document import as_json, as_page
from oversight.rights.forms import (
    EraseForm,
    ProduceForm,
    RestrictForm,
    TokenForm,
    erase_form,
    restrict_form,
    token_form,
)
from oversight.rights.person import PersonData, find, reopened_cases
from oversight.rights.requests import erase_for, lift, produce_for, restrict_for
from oversight.subject_requests import register
from oversight.subject_requests.forms import leads_to_erasure, leads_to_production, leads_to_restriction
from oversight.subject_requests.words import LIFT, LIFT_WARNING, SEE_WHAT_IS_HELD, task_on_data
from partners import audit
from partners.staff import audit_words
from partners.staff.links import column, page_at
from partners.staff.naming import NOTHING, lines_of
from partners.staff.screens import ReadOnly, actor

MAY_PRODUCE, MAY_ERASE, MAY_RESTRICT = "erased.produce_case", "erased.erase_case", "linking.restrict_case"
PAGE = "admin:erased_tombstone_person"
REGISTER, REQUEST = (f"admin:subject_requests_subjectrequest_{page}" for page in ("changelist", "change"))
KINDS = {
    "cases": (Text("sag", "case"), Text("sager", "cases")),
    "referrals": (Text("henvisning", "referral"), Text("henvisninger", "referrals")),
    "assessments": (Text("vurdering", "assessment"), Text("vurderinger", "assessments")),
}
NO_TOKEN = say("Skriv en sagskode.", "Enter a token.")


NOT_RESTRICTED = say(
    "For at begrænse: skriv sagskoden igen, og vælg grunden. En slutdato ligger fremme i tiden.",
    "To restrict, enter the token again and choose the ground. An end lies ahead.",
)
RESTRICTED = Text(
    "Behandlingen er begrænset: ingen partner og ingen sagsansvarlig kan læse oplysningerne, og det, der dannes fremover, tæller "
    "ikke personen. Udkast, der tæller personen, kan ikke længere udgives.",
    "The processing is restricted: no partner and no case manager can read the data, and what is built from now on does not count "
    "the person. Drafts that count the person can no longer be published.",
)
# Else an older backup would bring the data back (docs/persons-rights.md).
STORE_APART = Text(
    "Bed driften gemme listen over sletninger uden for sikkerhedskopierne i dag: ellers kommer oplysningerne tilbage, hvis en "
    "ældre kopi indlæses. Skriv i svaret, at sikkerhedskopier har dem, til de udløber.",
    "Ask operations to store the list of erasures apart from the backups today: otherwise the data come back with an older backup. "
    "Say in the answer that backups hold them until they expire.",
)


@admin.register(Tombstone)
class TombstoneAdmin(ReadOnly):
    """The list of tombstones, which pages call erasures: when a person was erased, by whom, why, and how many rows."""

    list_display = ("erased_at", "reason_code", "eraser", "in_test", "name")
    list_filter = ("reason_code", "test")
    list_select_related = ("user",)
    fields = ("erased_at", "eraser", "reason_code", "request", "in_test", "extent")
    change_list_template = "admin/erased/tombstone/change_list.html"

    def heading(self, row: Tombstone) -> str:
        """What it is, and its name."""
        return str(Text(f"Sletning {row}", f"Erasure {row}"))

    def get_fields(self, request: HttpRequest, obj: Tombstone | None = None) -> Any:
        """The fields. Of a person in live mode nothing is said of test data."""
        return [each for each in self.fields if each != "in_test" or obj is None or obj.test]

    def field_shown(self, request: HttpRequest, name: Any) -> Any:
        """The field; who erased, and the request that was the cause, with the way to their pages, where the reader may see them."""
        if name not in {"eraser", "request"}:
            return super().field_shown(request, name)

        @admin.display(description=getattr(self, name).short_description)
        def row_behind(stone: Tombstone) -> str:
            row = stone.user if name == "eraser" else register.request_of(stone)
            return self.link_to(request, row, str(row or NOTHING))

        return row_behind

    eraser = column(say("slettet af", "erased by"), lambda stone: str(stone.user), ordering="user__username")
    request = column(say("anmodning", "request"), lambda stone: str(register.request_of(stone) or NOTHING))
    name = column(say("sletning", "erasure"), str)
    in_test = column(FIELDS["test"], lambda stone: "test" if stone.test else "", ordering="test")

    @admin.display(description=lazily(FIELDS["counts"]))
    def extent(self, stone: Tombstone) -> str:
        """How many rows of each kind went, of the kinds of which there were any."""
        counts = {kind: number for kind, number in stone.counts.items() if number}
        return lines_of(f"{label}: {number}" for label, number in audit_words.details_in_words(counts))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The tombstones, and the cases that were opened with an erased token."""
        context = {"reopened": reopened_cases(), "person": reverse(PAGE) if has_right(request) else None}
        return super().changelist_view(request, {**(extra_context or {}), **context})

    @page_at("person/")
    @method_decorator(sensitive_post_parameters())
    def person(self, request: HttpRequest) -> HttpResponse:
        """Look, produce or erase, as the button says. No answer may be stored by a cache."""
        if not has_right(request):
            raise PermissionDenied
        acts = {"look": self.look, "produce": self.produce, "restrict": self.restrict, "erase": self.erase}
        act = acts.get(request.POST.get("act", "")) if request.method == "POST" else None
        try:
            response = act(request) if act else self.page(request)
        except RightsRefused as refusal:
            messages.error(request, str(refusal))
            response = self.page(request)
        response["Cache-Control"] = "no-store"
        return response

    def look(self, request: HttpRequest) -> HttpResponse:
        """What is held: whose records, and from when; and the form to erase them."""
        form = TokenForm(request.POST)
        if not form.is_valid():
            raise RightsRefused(NO_TOKEN)
        data = find(form.cleaned_data["token"], test=form.cleaned_data["test"])
        for case in data.cases:
            audit.record(by=actor(request), action="case.look", subject=str(case.pk))
        return self.page(request, data, form.cleaned_data["token"])

    def produce(self, request: HttpRequest) -> HttpResponse:
        """The document as a file."""
        form = ProduceForm(request.POST)
        if not form.is_valid():
            raise RightsRefused(NO_TOKEN)
        token, test, kinds_only = (form.cleaned_data[name] for name in ("token", "test", "kinds_only"))
        row = request_asked(request)
        document = produce_for(row.pk if row else None, by=actor(request), token=token, test=test, names=not kinds_only)
        if "json" in request.POST:
            return file_of(as_json(document), "application/json", f"{file_name(row)}.json")
        return file_of(as_page(document), "text/html; charset=utf-8", f"{file_name(row)}.html")

    def restrict(self, request: HttpRequest) -> HttpResponse:
        """Restrict the processing of the data that the user was shown, from a request in the register."""
        row, form = request_asked(request), RestrictForm(request.POST)
        if row is None:
            raise PermissionDenied
        if not form.is_valid():
            raise RightsRefused(NOT_RESTRICTED)
        names = ("token", "ground", "until", "fingerprint")
        restrict_for(row.pk, by=actor(request), **{name: form.cleaned_data[name] for name in names})
        messages.success(request, str(RESTRICTED))
        return HttpResponseRedirect(reverse(REQUEST, args=[row.pk]))

    @page_at("lift/<int:request_id>/")
    def lift(self, request: HttpRequest, request_id: int) -> HttpResponse:
        """Ask whether to lift the restriction that was set from a request. Raises `PermissionDenied`, `Http404`."""
        if not (request.user.has_perm(MAY_RESTRICT) and request.user.has_perm(register.MAY_HANDLE)):
            raise PermissionDenied
        row = register.restricting().filter(pk=request_id).first()
        if row is None:
            raise Http404
        if request.method == "POST":
            try:
                lift(row.pk, by=actor(request))
                messages.success(request, say("Begrænsningen er ophævet.", "The restriction is lifted."))
                return HttpResponseRedirect(reverse(REQUEST, args=[row.pk]))
            except RightsRefused as refusal:
                messages.error(request, str(refusal))
        page = {
            "title": Text(f"{row}: {LIFT.da.lower()}", f"{row}: {LIFT.en.lower()}"),
            "warning": LIFT_WARNING,
            "submit": LIFT,
            "back": reverse(REQUEST, args=[row.pk]),
        }
        return self.pose(request, page)

    def erase(self, request: HttpRequest) -> HttpResponse:
        """Erase the data that the user was shown."""
        form = EraseForm(request.POST)
        if not form.is_valid():
            raise RightsRefused(
                say(
                    "For at slette: skriv sagskoden igen, vælg en begrundelse, og bekræft.",
                    "To erase, enter the token again, choose a reason and confirm.",
                )
            )
        row = request_asked(request)
        tombstone = erase_for(
            row.pk if row else None,
            by=actor(request),
            token=form.cleaned_data["token"],
            test=form.cleaned_data["test"],
            reason_code=form.cleaned_data["reason"],
            fingerprint=form.cleaned_data["fingerprint"],
        )
        name = short(tombstone)
        sentence = Text(f"Slettet. Sletningen hedder {name}.", f"Erased. The erasure is called {name}.")
        messages.success(request, str(in_one(sentence, STORE_APART)))
        return HttpResponseRedirect(reverse(REQUEST, args=[row.pk]) if row else reverse(PAGE))

    def page(self, request: HttpRequest, data: PersonData | None = None, token: str = "") -> TemplateResponse:
        """The form and, where data were found, the form to erase them. `token`: as it was typed; its end stands on the page."""
        row, may_erase = request_asked(request), request.user.has_perm(MAY_ERASE)
        produces = row is None or leads_to_production(row.kind)
        context = {
            "title": title_of(row),
            "task": task_on_data(row) if row else None,
            "token": tokens.mask(tokens.canonical(token.strip()) or "") if data else "",
            "asked": row,
            "back": reverse(REQUEST, args=[row.pk]) if row else None,
            "register": reverse(REGISTER),
            "open": reverse(REGISTER) + "?state=ALL_OPEN" if request.user.has_perm(register.MAY_HANDLE) else None,
            "form": token_form(row),
            "look": SEE_WHAT_IS_HELD,
            "produces": produces,
            "may_produce": produces and request.user.has_perm(MAY_PRODUCE),
            "data": data,
            "records": records_in_words(data) if data else [],
            "counts": [(count, KINDS[name][count != 1]) for name, count in data.counts().items()] if data else [],
            "restrict": restrict_form(data, row) if data and may_restrict(request, row) else None,
            "is_restricted": bool(data and case_ids().intersection(data.ids)),
            "erase": erase_form(data, row)
            if data and may_erase and (row is None or leads_to_erasure(row.kind))
            else None,
        }
        return self.frame(request, "admin/erased/tombstone/person.html", context)


def has_right(request: HttpRequest) -> bool:
    """Whether the user may produce, restrict or erase a person's data."""
    return any(map(request.user.has_perm, (MAY_PRODUCE, MAY_RESTRICT, MAY_ERASE)))


def may_restrict(request: HttpRequest, row: Any) -> bool:
    """Whether the user may restrict the processing from a request, if there is one: from each once."""
    return bool(
        row and leads_to_restriction(row.kind) and not row.has_restricted and request.user.has_perm(MAY_RESTRICT)
    )


def request_asked(request: HttpRequest) -> Any:
    """The open request in the register that the page is about, if any. Raises `PermissionDenied`, `Http404`."""
    text = request.GET.get("request", "")
    if not text:
        return None
    if not request.user.has_perm(register.MAY_HANDLE):
        raise PermissionDenied
    row = register.waiting().filter(pk=number_in(text)).first()
    if row is None:
        raise Http404
    return row


def title_of(row: Any) -> Any:
    """The title of the page, which names the request that it is about."""
    if row is None:
        return say("En persons rettigheder", "A person's rights")
    task = task_on_data(row)
    return Text(f"{row}: {task.da.lower()}", f"{row}: {task.en.lower()}")


def records_in_words(data: PersonData) -> list[str]:
    """The records of a person: what each is, whose, and from when."""
    return [record.in_words for records in shown_records(data.records).values() for record in records]


def file_name(row: Any) -> str:
    """What a produced file is called: by the number of its request, if it is for one. It says nothing of the person."""
    return str(Text(f"anmodning-{row.pk}", f"request-{row.pk}") if row else Text("person", "person"))


def file_of(text: str, kind: str, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=kind, headers=disposition)
