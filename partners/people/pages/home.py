"""The page of a person's own account, and the page that accepts an invitation."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners import audit
from partners.audit import Actor
from partners.people import invitations, sessions
from partners.people.invitations import InvitationRefused, NameTaken
from partners.people.names import NameOfAnother, NotAName, name_of, rename
from partners.people.pages.forms import AcceptForm, NameForm
from partners.people.pages.frame import ask, label_form, notify
from partners.people.pages.signing_in import me
from partners.people.pages.words import PAGES
from partners.people.partner_clients import unseen_clients
from partners.people.rights import may, membership_of
from partners.people.words import ERRORS
from partners.roles import ROLE_WORDS, SUPERUSER, Right

Kinds = Authenticator.Type
NO_NAME: Mapping[type[Exception], str] = {NotAName: "not_a_name", NameOfAnother: "name_of_another"}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The account with its factors, sessions and notices."""
    user = me(request)
    member = membership_of(user)
    mine = list(Authenticator.objects.filter(user=user).order_by("pk"))
    codes = next((each.wrap() for each in mine if each.type == Kinds.RECOVERY_CODES), None)
    context = {
        "member": member,
        "groups": [ROLE_WORDS.get(name, name) for name in roles_of(user)],
        "new_clients": unseen_clients(member.partner) if member is not None else [],
        "acknowledges": may(member, Right.MANAGE_SECRETS),
        "app": next((each for each in mine if each.type == Kinds.TOTP), None),
        "keys": [each for each in mine if each.type == Kinds.WEBAUTHN],
        "codes_left": len(codes.get_unused_codes()) if codes else None,
        "sessions": sessions.of_user(user.pk),
        "current": request.session.session_key,
    }
    return render(request, "people/home.html", context)


def roles_of(user: User) -> list[str]:
    """The names of the roles of a member of staff, that of a superuser first."""
    names = user.groups.order_by("name").values_list("name", flat=True)
    return [*([SUPERUSER] if user.is_superuser else []), *names]


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Prolong the session, which every request does: who fills in a form is asked whether it shall not end."""
    return HttpResponse(status=204)


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End the person's other sessions."""
    user = me(request)
    if (question := ask(request, "end_others")) is not None:
        return question
    number = sessions.end(user.pk, but=request.session.session_key)
    audit.record(by=Actor.of(user), action="person.end_sessions", subject=str(user.pk), ended=number)
    notify(request, "ended", number)
    return HttpResponseRedirect(reverse("account_home"))


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Accept an invitation. A script takes its token from the address's fragment, which no server sees, to the form."""
    limit = {"app": "allauth.account", "action": "invitation", "config": {"invitation": "10/m/ip"}}
    if not ratelimit.consume(request, **limit):
        return render(request, "429.html", status=429)
    form = label_form(AcceptForm(request.POST or None))
    user = accept(form) if form.is_valid() else None
    if user is None:
        return render(request, "people/invitation.html", {"form": form, "page": PAGES["invitation"]})
    get_adapter(request).login(request, user)
    return HttpResponseRedirect(reverse("account_setup"))


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Give oneself a name, which others read on receipts and lists."""
    limit = {"app": "partners.people", "action": "name", "config": {"name": "10/h/user"}}
    if not ratelimit.consume(request, **limit):
        return render(request, "429.html", status=429)
    user = me(request)
    form = label_form(NameForm(request.POST or None, initial={"full_name": user.get_full_name()}))
    if request.method == "POST" and form.is_valid():
        try:
            rename(user, form.cleaned_data["full_name"])
        except (NotAName, NameOfAnother) as refusal:
            form.add_error("full_name", str(ERRORS[NO_NAME[type(refusal)]]))
        else:
            notify(request, "named", name_of(user))
            return HttpResponseRedirect(reverse("account_home"))
    return render(request, "people/form.html", {"form": form, "page": PAGES["name"]})


def accept(form: AcceptForm) -> User | None:
    """Accept the invitation. Returns its user, or None and the form has an error."""
    data = form.cleaned_data
    try:
        with transaction.atomic():
            user = invitations.accept(
                token=data["token"].strip(),
                second=data["second"].strip(),
                username=data["username"],
                password=data["password1"],
            )
            if data["full_name"]:
                rename(user, data["full_name"])
            return user
    except (NotAName, NameOfAnother) as refusal:
        form.add_error("full_name", str(ERRORS[NO_NAME[type(refusal)]]))
    except InvitationRefused:
        form.add_error(None, str(ERRORS["unusable"]))
    except NameTaken:
        form.add_error("username", str(ERRORS["name_taken" if data["username"] else "name_needed"]))
    return None
