"""No act that cannot be undone is done unasked: a page asks, and the next one says what was done."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases.months import today
from partners import jobs
from partners.access import requests
from partners.access.urls import urlpatterns as of_access
from partners.audit import COMMAND, Actor
from partners.credentials import live_secrets
from partners.models import AuditEvent, Secret
from partners.organisations import mandates
from partners.organisations.pages.urls import urlpatterns as of_organisations
from partners.people.invitations import invite
from partners.people.models import Invitation, Membership
from partners.people.pages.urls import urlpatterns
from partners.roles import MemberRole
from tests.callers import Browser, Caller, make_caller
from tests.notices.world import CRISIS, say_open
from tests.people.visitors import Elements, code, member, signed_in, staff, strict, with_app
from tests.publications.plans.world import INDICATOR, a_manual, observed, stored
from tests.stats.drafts import built, publish_by, waiting_erratum
from tests.stats.proposed import answered

pytestmark = pytest.mark.django_db
# Pages that are a form of their own: who came there was asked already, or gives what the act needs.
FORMS = {
    "account_login", "mfa_login_webauthn", "mfa_authenticate", "account_logout", "account_invitation", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "account_change_password", "account_confirm_agreement", "account_name",
}  # fmt: skip
# Pages that only show.
SHOWN = {
    "account_home", "account_inactive", "account_setup", "mfa_index", "mfa_view_recovery_codes", "account_secrets",
    "account_people", "account_reads", "account_mandates", "account_agreement", "account_agreement_file",
}  # fmt: skip
# Acts that another act takes back.
UNDONE = {f"account_{act}" for act in ("language", "seen", "invite", "switch_on", "stay", "change_role")}
# Each act that asks: what its form sends, and what is said of it afterwards.
ACTS = {
    "account_rotate": ("client", "The new secret", "Den nye API-nøgle"),
    "account_revoke": ("secret", "is revoked, and the client's", "er trukket tilbage, og klientens"),
    "account_bring_back": ("other", "The second code", "Den anden kode"),
    "account_approve_back": ("request", "The invitation", "Invitationen"),
    "account_refuse_back": ("request", "The request is refused", "Anmodningen er afvist"),
    "account_withdraw": ("invitation", "Its link no longer works", "Dens link virker ikke længere"),
    "account_switch_off": ("other", "is switched off, and the person's", "er lukket, og personens"),
    "account_end_sessions": ("nothing", "Other sessions that have ended: 1.", "Andre sessioner, der er afsluttet: 1."),
    "account_give_mandate": ("mandate", "The mandate is given", "Fuldmagten er givet"),
    "account_accept_mandate": ("received", "You have accepted the mandate", "I har sagt ja til fuldmagten"),
    "account_end_mandate": ("received", "The mandate has ended", "Fuldmagten er ophævet"),
    "mfa_remove_key": ("key", "The passkey is removed", "Adgangsnøglen er fjernet"),
}
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


def test_every_route_of_the_account_asks_or_says_why_not() -> None:
    named = [FORMS, SHOWN, UNDONE, set(ACTS)]
    routes = [*urlpatterns, *of_organisations, *of_access]
    assert {each.name for each in routes} == set().union(*named)
    assert len(routes) == sum(map(len, named))


@pytest.fixture
def manager(ngo: Caller) -> User:
    """A manager with an app and a passkey, signed in elsewhere too."""
    user = member(ngo.partner, MemberRole.MANAGER, "manager").user
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Key of mine", "credential": {}})
    signed_in(user).get("/account/")
    return user


def sent(what: str, ngo: Caller, manager: User) -> dict[str, str]:
    """What the form of an act sends."""
    other = member(ngo.partner, MemberRole.READER, "other")
    invite(by=COMMAND, role="READER", partner=ngo.partner)
    asker = Actor.of(member(ngo.partner).user)
    asked, _ = requests.ask_invitation(by=asker, role="READER", partner=ngo.partner, user=other.user)
    giver = member(make_caller("NGO").partner)
    offered = mandates.give(by=Actor.of(giver.user), giver=giver.partner, taker=ngo.partner, since=timezone.localdate())
    return {
        "nothing": {},
        "mandate": {"taker": str(giver.partner_id), "since": timezone.localdate().isoformat(), "until": ""},
        "received": {"row": str(offered.pk)},
        "client": {"client": ngo.client.client_id},
        "secret": {"row": str(live_secrets(ngo.client).get().pk)},
        "other": {"row": str(other.pk)},
        "request": {"row": str(asked.pk)},
        "invitation": {"row": str(Invitation.objects.get().pk)},
        "key": {"key": str(Authenticator.objects.get(user=manager, type="webauthn").pk)},
    }[what]


def fields(answer: Any) -> dict[str, str]:
    """The fields and the button of the form that asks."""
    found = Elements(answer.content.decode()).found
    start = max(at for at, (tag, given) in enumerate(found) if tag == "form" and "action" not in given)
    inputs = [given for tag, given in found[start:] if tag in {"input", "button"} and given.get("type") != "submit"]
    return {str(each["name"]): str(each.get("value") or "") for each in inputs if each.get("name")}


@LANGUAGES
@pytest.mark.parametrize("act", ACTS)
def test_an_act_of_the_account_asks_and_says_what_it_did(ngo: Caller, manager: User, act: str, language: str) -> None:
    what, *said = ACTS[act]
    browser, form = Browser(headers={"Accept-Language": language}), sent(what, ngo, manager)
    secret = with_app(manager)
    browser.force_login(manager)
    browser.post("/account/confirm/", {"code": code(secret)})
    before = AuditEvent.objects.count()
    asked = browser.post(reverse(act), form)
    strict(asked)
    assert asked.status_code == 200
    assert AuditEvent.objects.count() == before
    again = fields(asked)
    assert again.pop("sure") == "yes"
    assert {name: value for name, value in again.items() if name in form} == form
    # Another language, and No: both lead to a page that there is.
    back = set(re.findall(r'<a href="([^"]+)">(?:Nej, tilbage|No, back)</a>', asked.content.decode()))
    assert back == set(re.findall(r'name="next" value="([^"]+)"', asked.content.decode()))
    assert browser.get(back.pop()).status_code == 200
    done = browser.post(reverse(act), fields(asked), follow=True)
    strict(done)
    assert said[language == "da"] in html.unescape(done.content.decode())
    assert AuditEvent.objects.count() > before


def addresses() -> list[tuple[str, str]]:
    """Every action of every screen."""
    return [
        (str(screen.model._meta.label_lower), str(name))
        for screen in admin.site._registry.values()
        for name in screen.actions or ()
    ]


def job_for(action: str) -> int | None:
    """A job with which that can be done."""
    job = jobs.defer("charts.paint")
    if action == "retry":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    return job


@LANGUAGES
@pytest.mark.parametrize(("label", "action"), addresses())
def test_an_action_of_a_screen_asks_first(ngo: Caller, label: str, action: str, language: str) -> None:
    rows = {
        "partners.client": ngo.client.pk,
        "partners.secret": Secret.objects.get(client=ngo.client).pk,
        "people.membership": member(ngo.partner, MemberRole.READER, "other").pk,
    }
    User.objects.filter(username="other").update(is_active=action != "switch_on")
    invite(by=COMMAND, role="READER", partner=ngo.partner)
    rows["people.invitation"] = Invitation.objects.get().pk
    rows["jobs.job"] = job_for(action)
    rows["notices.servicestatus"] = say_open(ngo.partner).pk
    rows["statistics.erratum"] = waiting_erratum()
    rows["plans.planindicator"] = stored(a_manual("WAITS"), approve=None).pk
    rows["plans.planobservation"] = observed(stored(a_manual()), value=17, approve=None).pk
    browser = signed_in(staff("boss", is_superuser=True))
    path = f"/admin/{label.replace('.', '/')}/"
    before = AuditEvent.objects.count()
    form = {"action": action, "_selected_action": [str(rows[label])]}
    asked = browser.post(path, form, headers={"Accept-Language": language})
    strict(asked)
    again = fields(asked)
    assert (again["action"], again["_selected_action"]) == (action, str(rows[label]))
    assert ("Nej, tilbage" if language == "da" else "No, back") in asked.content.decode()
    assert AuditEvent.objects.count() == before
    assert browser.post(path, {**again, "reason": "WRONG"}, follow=True).status_code == 200
    assert AuditEvent.objects.count() > before


def test_what_is_added_for_ever_is_shown_before_it_is_added(ngo: Caller) -> None:
    """Of every screen whose rows are added and then neither changed nor deleted, but for invitations, which are revoked."""
    boss = staff("boss", is_superuser=True)
    browser, release = signed_in(boss), built("public", "2023", user=staff("builder"))
    answered(boss, period="2022")
    publish_by(signed_in(boss), release.pk)
    forms = {
        "statistics.erratum": {"release": release.pk, "text_da": "Fejl.", "text_en": "Error <1>."},
        "statistics.factdecision": {"fact": "2020", "decision": "superseded", "reason": "Two <counts> of 2020"},
        "statistics.buildorder": {"period": "2022", "audience": "public", "tables": "gender", "threshold": "7"},
        "statistics.announceddate": {
            "title_da": "Rapport.",
            "title_en": "Report <a>.",
            "month": "2101-03",
            "status": "ANNOUNCED",
        },
        "annual.reportorder": {"year": "2023"},
        "notices.crisis": CRISIS,
        "plans.planindicator": INDICATOR,
        "plans.planobservation": {
            "indicator": str(stored(a_manual("KNOWN")).pk),
            "year": "2023",
            "value": "17",
            "source_da": "Regnskab.",
            "source_en": "Account <1>.",
        },
        "international.internationalfile": {"body": "eu-19a", "year": "2023"},
        "organisations.partnername": {"partner": str(ngo.partner.pk), "name": "<New>", "since": "2026-01-02"},
        "organisations.successionrequest": {
            "old": str(ngo.partner.pk),
            "new": str(make_caller("NGO").partner.pk),
            "since": "2026-01-02",
        },
        "retention.retentionhold": {"year": "2023", "until_on": "2101-03-01", "reason_code": "INQUIRY"},
        "subject_requests.subjectrequest": {"kind": "ACCESS", "channel": "LETTER", "received_on": "2026-02-03"},
        "services.countassignment": {
            "partner": str(ngo.partner.pk),
            "form": "OUTREACH",
            "since": "2026-01-01",
            "reports": "True",
        },
        "windows.windowchange": {"year": "2023", "new_until": "2024-03-01", "reason_code": "YEAR_PLANNED"},
        "windows.reopening": {
            "partner": str(ngo.partner.pk),
            "year": "2023",
            "until_on": str(today()),
            "reason_code": "CENTRE_ASKED",
        },
    }
    request = browser.get("/admin/").wsgi_request
    for_ever = {
        screen.model._meta.label_lower
        for screen in admin.site._registry.values()
        if screen.has_add_permission(request) and not screen.has_change_permission(request)
    }
    # A notice needs a crisis that is there: `tests/notices/test_staff.py` adds one.
    assert for_ever - {"people.invitation", "notices.notice"} == set(forms)
    for label, form in forms.items():
        model = next(each for each in admin.site._registry if each._meta.label_lower == label)
        path = f"/admin/{label.replace('.', '/')}/add/"
        asked = browser.post(path, form)
        strict(asked)
        page = asked.content.decode()
        assert "cannot be changed or deleted" in page
        assert all(html.escape(text) in page for text in form.values() if text[-1] in ".>"), label
        assert "<td>7</td>" in page or label != "statistics.buildorder"
        # An order needs proposals, which are an order themselves; an observation is of an indicator.
        before = 1 if label in {"statistics.buildorder", "plans.planindicator"} else 0
        assert model._default_manager.count() == before
        goes_back_to_what_was_typed(browser, path, asked, form)
        assert model._default_manager.count() == before
        assert browser.post(path, fields(asked), follow=True).status_code == 200
        # The first new name brings the one before along.
        assert model._default_manager.count() == before + (2 if label == "organisations.partnername" else 1)


def goes_back_to_what_was_typed(browser: Browser, path: str, asked: Any, form: dict[str, str]) -> None:
    """The second button of the question leads to the form with everything typed, and nothing is done."""
    again = fields(asked)
    assert again.pop("sure") == again.pop("edit") == "yes"
    page = browser.post(path, {**again, "edit": "yes"}).content.decode()
    assert "errornote" not in page
    for name, typed in form.items():
        value = re.escape(html.escape(typed))
        inputs = rf'<input [^>]*name="{name}"[^>]*value="{value}"|<input [^>]*value="{value}"[^>]*name="{name}"'
        lists = rf'<select name="{name}".*?<option value="{value}" selected|<textarea name="{name}"[^>]*>\s*{value}</'
        assert re.search(f"{inputs}|{lists}", page, re.DOTALL), (path, name)


def test_no_keeps_what_the_address_said(ngo: Caller) -> None:
    browser = signed_in(boss := staff("boss", is_superuser=True))
    answered(boss, period="2022")
    path = "/admin/statistics/buildorder/add/?period=2022&audience=public"
    asked = browser.post(path, {"period": "2022", "audience": "public", "tables": "gender"}).content.decode()
    back = re.search(r'<a href="([^"]+)">No, back</a>', asked)
    assert back and html.unescape(back[1]) == path
    assert 'value="2022"' in browser.get(path).content.decode()


def test_whom_an_act_is_on_stands_on_the_page_that_asks(ngo: Caller, manager: User) -> None:
    browser, other = signed_in(manager), member(ngo.partner, MemberRole.READER, "other")
    page = browser.post("/account/people/off/", {"row": str(other.pk)}).content.decode()
    assert "<strong>other</strong>" in page
    page = browser.post("/account/secrets/revoke/", {"row": str(live_secrets(ngo.client).get().pk)}).content.decode()
    assert f"<strong>Secret: …{ngo.secret[-4:]}</strong>" in page
    assert Membership.objects.get(pk=other.pk).user.is_active
