"""Every page of people keeps a strict policy, speaks the reader's language and names no other host."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.urls import reverse

from partners.audit import Actor
from partners.people.invitations import invite
from partners.people.words import LABELS
from partners.roles import MemberRole
from tests.callers import Browser, Caller
from tests.people.visitors import code, member, password, signed_in, strict, text, with_app

pytestmark = pytest.mark.django_db


def pages(ngo: Caller) -> dict[str, Any]:
    """Every page there is, by its path."""
    person = member(ngo.partner)
    invite(by=Actor.of(person.user), role="READER", partner=ngo.partner)
    member(ngo.partner, MemberRole.READER)
    secret = with_app(person.user)
    visitor, browser, fresh = Browser(), signed_in(person.user), Browser()
    fresh.with_password_alone = True
    fresh.force_login(member(ngo.partner).user)
    found = {path: visitor.get(path) for path in ("/account/login/", "/account/invitation/")}
    wrong = password(Browser(), "nobody", "wrong")
    unusable = visitor.post("/account/invitation/", {"token": "x", "password1": "a", "password2": "b"})
    for path in ("/account/setup/", "/account/factors/app/", "/account/factors/passkey/"):
        found[path] = fresh.get(path)
    pending = Browser()
    password(pending, person.user.username)
    found["/account/login/factor/"] = pending.get("/account/login/factor/")
    found["/account/confirm/"] = browser.get("/account/confirm/")
    browser.post("/account/confirm/", {"code": code(secret)})
    for path in (
        "",
        "logout/",
        "password/",
        "secrets/",
        "people/",
        "factors/",
        "factors/app/remove/",
        "factors/codes/new/",
    ):
        found[f"/account/{path}"] = browser.get(f"/account/{path}")
    browser.post("/account/factors/codes/new/")
    found["/account/factors/codes/"] = browser.get("/account/factors/codes/")
    found["once"] = browser.post("/account/people/invite/", {"role": "READER", "recipient": "Ida"})
    rotated = [browser.sure("/account/secrets/rotate/", {"client": ngo.client.client_id}) for _ in range(2)]
    return {**found, "wrong": wrong, "unusable": unusable, "rotated": rotated[0], "refused": rotated[1]}


def test_every_page_leads_to_the_accessibility_statement(ngo: Caller) -> None:
    """Also those of the library, whose own words for a page could hide ours."""
    address = f'href="{reverse("statement")}"'
    assert {path for path, answer in pages(ngo).items() if address not in answer.content.decode()} == set()


def asking_in(language: str) -> Any:
    """Requests of browsers that ask for a language."""
    plain = Browser.request

    def request(self: Browser, **environ: Any) -> Any:
        return plain(self, **{"HTTP_ACCEPT_LANGUAGE": language, **environ})

    return request


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_keeps_a_strict_policy_and_speaks_the_reader_s_language(
    ngo: Caller, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Browser, "request", asking_in(language))
    for name, answer in pages(ngo).items():
        assert answer.status_code == (409 if name == "refused" else 200), (name, answer)
        strict(answer)
        page = html.unescape(answer.content.decode())
        assert f'<html lang="{language}">' in page
        assert answer["Content-Language"] == language
        assert "no-store" in answer["Cache-Control"], name
        other = "Sign out" if language == "da" else "Log ud"
        assert other not in page
        assert f'href="/{language}/"' in page, name
        labels = re.findall(r"<label[^>]*>([^<]*)</label>", page)
        assert page.count("<label") == page.count('<label class="form-label"')
        assert set(labels) <= {words.da if language == "da" else words.en for words in LABELS.values()}, name


def test_a_language_can_be_chosen(ngo: Caller) -> None:
    browser = Browser()
    assert '<html lang="en">' in text(browser.get("/account/login/"))
    browser.post("/account/language/", {"language": "da", "next": "/account/login/"})
    assert '<html lang="da">' in text(browser.get("/account/login/"))
    assert (
        browser.post("/account/language/", {"language": "da", "next": "https://elsewhere.example/"})
        .headers["Location"]
        .startswith("/")
    )


def test_every_static_file_of_the_pages_is_served_and_names_no_other_host() -> None:
    for path in (
        "people/people.css",
        "people/passkey.js",
        "people/invitation.js",
        "staff/icon.svg",
        "staff/staff.css",
        "mfa/js/webauthn-json.js",
    ):
        answer: Any = Browser().get(f"/static/{path}")
        assert answer.status_code == 200, path
        content = b"".join(answer.streaming_content).decode()
        answer.close()
        if not path.startswith("mfa/") and not path.endswith("svg"):
            assert not re.search(r"https?://|@import|url\(|eval|innerHTML", content)
