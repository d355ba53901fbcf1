"""Pages on which a person sets up, shows and removes second factors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.text import number_in
from partners import audit
from partners.audit import Actor
from partners.people.gate import count_as_shown
from partners.people.pages.forms import AddPasskey
from partners.people.pages.frame import OneForm, ask, notify, refusal_page
from partners.people.pages.signing_in import me


def record_change(request: HttpRequest, act: str, kind: str) -> None:
    """Write the audit row of a change of the person's own factors."""
    audit.record(by=Actor.of(me(request)), action=f"factor.{act}", subject=str(request.user.pk), kind=kind)


@contextmanager
def lock_for_removal(request: HttpRequest) -> Iterator[None]:
    """A transaction in which no other request removes a factor of the person: two could remove the last two."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=me(request).pk)
        yield


@require_safe
def setup(request: HttpRequest) -> HttpResponse:
    """Lets a user without a second factor choose one."""
    return render(request, "people/setup.html")


class AddApp(OneForm, ActivateTOTPView):
    """An app that makes one-time codes."""

    page = "totp"
    template_name = "people/totp.html"

    def form_valid(self, form: Form) -> HttpResponse:
        """Add the app. The code counts as shown in this session, and cannot be used again."""
        try:
            with transaction.atomic():
                answer: HttpResponse = super().form_valid(form)
                record_change(self.request, "add", "totp")
        except IntegrityError:  # another window was faster
            return HttpResponseRedirect(reverse("mfa_index"))
        authenticator = Authenticator.objects.get(user_id=me(self.request).pk, type=Authenticator.Type.TOTP)
        authenticator.wrap().validate_code(form.cleaned_data["code"])
        count_as_shown(self.request, authenticator)
        notify(self.request, "app_added")
        return answer


class RemoveApp(OneForm, DeactivateTOTPView):
    """The app, unless it is the last factor."""

    page = "totp_remove"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove the app, unless it is the last factor."""
        with lock_for_removal(request):
            answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Form) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        record_change(self.request, "remove", "totp")
        notify(self.request, "app_removed")
        return answer


class AddKey(OneForm, AddWebAuthnView):
    """A passkey."""

    page = "passkey"
    template_name = "people/passkey.html"
    form_class = AddPasskey

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the options for the browser: a key that names its person and asks for a finger or a PIN."""
        context = super().get_context_data(**kwargs)
        options = begin_registration(me(self.request), True)
        return {**context, "options": options, "act": "create", "form": kwargs.get("form") or self.get_form()}

    def form_valid(self, form: Form) -> HttpResponse:
        """Add the passkey. It has just signed, so it counts as shown in this session."""
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            record_change(self.request, "add", "webauthn")
        mine = Authenticator.objects.filter(user_id=me(self.request).pk, type=Authenticator.Type.WEBAUTHN)
        count_as_shown(self.request, mine.latest("pk"))
        notify(self.request, "key_added")
        return answer


@require_POST
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def remove_key(request: HttpRequest) -> HttpResponse:
    """The passkey that the form names, unless it is the last factor. Another person's is not found."""
    key = number_in(request.POST.get("key", ""))
    mine = Authenticator.objects.filter(user_id=me(request).pk, type=Authenticator.Type.WEBAUTHN)
    key_row = mine.filter(pk=key).first()
    if key_row is None:
        raise Http404
    if (question := ask(request, "passkey_remove", key_row)) is not None:
        return question
    with lock_for_removal(request):
        if not get_adapter().can_delete_authenticator(key_row):
            return refusal_page(request)
        delete_and_cleanup(request, key_row)
        record_change(request, "remove", "webauthn")
        notify(request, "key_removed")
    return HttpResponseRedirect(reverse("mfa_index"))


class Codes(ViewRecoveryCodesView):
    """The recovery codes, once."""

    template_name = "people/codes.html"


class NewCodes(OneForm, GenerateRecoveryCodesView):
    """New recovery codes, which replace the old ones."""

    page = "codes_new"

    def form_valid(self, form: Form) -> HttpResponse:
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            record_change(self.request, "renew", "recovery_codes")
        notify(self.request, "codes_renewed")
        return answer
