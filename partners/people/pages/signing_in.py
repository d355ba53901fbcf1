"""The library's sign-in views with our words, and with an audit row for every change."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from allauth.core.internal import ratelimit
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib.auth.models import User
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from partners import audit
from partners.audit import Actor
from partners.people import sessions
from partners.people.gate import FIRST_STEP, LOST, has_shown_factor
from partners.people.pages.forms import AuthenticatePasskey, LoginPasskey, ReauthenticatePasskey
from partners.people.pages.frame import OneForm, label_form, notify
from partners.people.pages.words import PAGES


def me(request: HttpRequest) -> User:
    """The person of the request. The gate has seen to it that there is one."""
    assert isinstance(request.user, User)
    return request.user


class SignIn(OneForm, LoginView):
    """Name and password; a passkey does without."""

    page = "login"
    template_name = "people/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether a form was lost, until the person has tried to sign in."""
        is_lost = self.request.method == "GET" and LOST in self.request.GET
        return {**super().get_context_data(**kwargs), "is_lost": is_lost}


class SignInByPasskey(LoginWebAuthnView):
    """The options for the browser (GET, JSON) and the signed answer (POST)."""

    form_class = LoginPasskey

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The options. Each answer keeps its challenge in a session, so they are counted as well."""
        limit = {"app": "allauth.mfa", "action": "options", "config": {"options": "30/m/ip"}, "limit_get": True}
        if not ratelimit.consume(request, **limit):
            return render(request, "429.html", status=429)
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer


class CodeForm(AuthenticateForm):
    """A code, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label_form(self)


class SecondFactor(AuthenticateView):
    """The second step: a code, or a passkey."""

    template_name = "people/authenticate.html"
    form_class = CodeForm
    webauthn_form_class = AuthenticatePasskey

    def form_valid(self, form: Form) -> HttpResponse:
        """Sign in, unless the password has changed since the first step."""
        shown_before, user = self.request.session.pop(FIRST_STEP, None), self.stage.login.user
        answer: HttpResponse = (
            super().form_valid(form) if shown_before == user.get_session_auth_hash() else self.stage.abort()
        )
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With our words."""
        return {**super().get_context_data(**kwargs), "page": PAGES["authenticate"]}


class Again(OneForm):
    """Mixed into a view that asks for a factor again: who has shown one may also leave things as they are."""

    page = "reauthenticate"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way back."""
        return {**super().get_context_data(**kwargs), "goes_back": has_shown_factor(self.request)}  # type: ignore[attr-defined]


class ShowAgain(Again, ReauthenticateView):
    """A code before something changes."""


class ShowPasskeyAgain(Again, ReauthenticateWebAuthnView):
    """A passkey before something changes."""

    template_name = "people/passkey.html"
    form_class = ReauthenticatePasskey

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the options for the browser."""
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "options": context["js_data"]["request_options"],
            "act": "get",
            "form": kwargs.get("form") or self.get_form(),
        }

    def form_invalid(self, form: Form) -> HttpResponse:
        """The page again, with what was wrong."""
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return answer


class ChangePassword(OneForm, PasswordChangeView):
    """A new password. The other sessions end, and an unfinished sign-in with the old one begins again."""

    page = "password"

    def form_valid(self, form: Form) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        sessions.end(me(self.request).pk, but=self.request.session.session_key)
        audit.record(by=Actor.of(me(self.request)), action="person.password", subject=str(self.request.user.pk))
        notify(self.request, "password_changed")
        return answer

    def get_default_success_url(self) -> str:
        return reverse("account_home")


class SignOut(LogoutView):
    """Ask, then end the session."""

    template_name = "people/form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With our words."""
        return {**super().get_context_data(**kwargs), "page": PAGES["logout"]}


def inactive(request: HttpRequest) -> HttpResponse:
    """Answer like the sign-in: the page does not reveal that an account is deactivated."""
    return HttpResponseRedirect(reverse("account_login"))
