"""The page of the agreement: text and annexes, who has confirmed which version, a file of that, and the confirmation."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from core.text import Text
from partners.organisations import agreements, annexes, names
from partners.organisations.agreements import AgreementRefused, AgreementState, AgreementVersion
from partners.organisations.models import AgreementConfirmation
from partners.organisations.words import TEXTS
from partners.people.models import Membership
from partners.people.pages.frame import refusal_page
from partners.people.pages.manager import needs
from partners.people.pages.signing_in import me
from partners.people.rights import may
from partners.roles import Right

READ, VERSION = "read", "version"


@require_safe
@needs(Right.READ)
def agreement(request: HttpRequest, member: Membership) -> HttpResponse:
    """Show the text in force, the confirmations, and to a manager the form by which it is confirmed."""
    return page(request, member)


def page(request: HttpRequest, member: Membership, *, unticked: bool = False) -> HttpResponse:
    """The page. `unticked`: the box was left empty."""
    state = None if agreements.needs_none(member.partner) else agreements.state_of_partner(member.partner)
    context = {
        "member": member,
        "texts": TEXTS,
        "version": agreements.current_of(member.partner),
        "annexes": annexes.every(),
        "state": state,
        "asks": state not in {None, AgreementState.CONFIRMED} and may(member, Right.REPRESENT),
        "waits": state not in {None, AgreementState.CONFIRMED},
        "history": confirmations(member),
        "unticked": unticked,
    }
    return render(request, "organisations/agreement.html", context, status=400 if unticked else 200)


def confirmations(member: Membership) -> list[tuple[AgreementConfirmation, AgreementVersion | None]]:
    """What the organisation has confirmed, the latest first, each with its version; None where there is none by now."""
    rows = agreements.confirmations_of(member.partner)
    return [(row, agreements.version_of(row.kind, row.version)) for row in rows]


@require_safe
@needs(Right.READ)
def as_file(request: HttpRequest, member: Membership) -> HttpResponse:
    """A version as the organisation confirmed it, to be kept: the text, by whom and when. 404 for one that it did not confirm.

    The text in the reader's language, and then in the other: the digest is of both. 404 where the text is another one by now.
    """
    rows = {version.name: (row, version) for row, version in confirmations(member) if version is not None}
    row, version = rows.get(request.GET.get(VERSION, ""), (None, None))
    if row is None or version is None or version.digest != row.digest:
        raise Http404
    context = {
        "texts": TEXTS,
        "version": version,
        "row": row,
        "name": names.in_force(member.partner, timezone.localdate(row.confirmed_at)),
        "title": str(version.title),
        "parts": in_both_languages(version),
    }
    text = render_to_string("organisations/agreement.txt", context)
    name = f"{slugify(str(TEXTS['agreement']))}-{version.name}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


type Sections = list[tuple[str, list[str]]]


def in_both_languages(version: AgreementVersion) -> list[tuple[str, Sections, Sections]]:
    """Of each language, the reader's first: the title, the sections and the annexes, each a heading and its paragraphs."""
    own = str(Text(*Text._fields))
    return [
        (
            version.title(each),
            [(one.heading(each), [text(each) for text in one.paragraphs]) for one in version.sections],
            [(one.heading(each), [text(each) for text in one.lines]) for one in annexes.every()],
        )
        for each in sorted(Text._fields, key=lambda language: language != own)
    ]


@require_POST
@needs(Right.REPRESENT)
def confirm(request: HttpRequest, member: Membership) -> HttpResponse:
    """Confirm the version that the page showed, if it is the one in force still, and it is ticked that it was read."""
    version = agreements.current_of(member.partner)
    if request.POST.get(VERSION) != version.name:
        return refusal_page(request, why="old_form")
    if READ not in request.POST:
        return page(request, member, unticked=True)
    try:
        is_new = agreements.confirm(user=me(request), partner=member.partner, version=version)
    except AgreementRefused:
        return refusal_page(request)
    messages.success(request, str(TEXTS["done" if is_new else "done_before"]))
    return HttpResponseRedirect(reverse("account_agreement"))
