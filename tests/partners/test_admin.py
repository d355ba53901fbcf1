"""The admin screens: a secret is shown once, rights are asked, and every act leaves an audit row."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners import credentials
from partners.audit import COMMAND, Actor
from partners.credentials import live_secrets
from partners.models import AccessRequest, AuditEvent, Client, Partner, Secret
from partners.organisations.names import add_twin
from partners.staff.naming import NOTHING, day_of
from tests.callers import Browser, Caller, make_caller

SECRET = re.compile(r"hv_(?:live|test)_[0-9a-f]{72}")


@pytest.fixture
def staff(db: None) -> Browser:
    """A superuser's browser."""
    User.objects.create_superuser("boss", password="a-long-password")
    browser = Browser()
    assert browser.login(username="boss", password="a-long-password")
    return browser


def act(browser: Browser, path: str, action: str, *rows: object) -> str:
    """Run an admin action on rows and return the page that follows."""
    data = {"action": action, "_selected_action": [str(row) for row in rows]}
    response = browser.sure(path, data, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_client_is_asked_for_by_one_and_approved_by_another_and_has_no_secret(staff: Browser) -> None:
    staff.post("/admin/partners/partner/add/", {"name": "New", "kind": "NGO", "mode": "LIVE", "active": "on"})
    partner = Partner.objects.get(name="New", mode="LIVE")
    pages = [staff.post("/admin/partners/client/add/", {"partner": str(partner.pk), "name": "machine"}, follow=True)]
    assert not Client.objects.filter(partner=partner).exists()
    decide = f"/admin/partners/accessrequest/{AccessRequest.objects.get().pk}/decide/"
    pages.append(staff.post(decide, {"approve": "1"}, follow=True))
    assert not Client.objects.filter(partner=partner).exists()
    pages.append(
        staff_with("view_accessrequest", "add_client", "view_client").post(decide, {"approve": "1"}, follow=True)
    )
    client = Client.objects.get(partner=partner)
    assert (client.name, client.scopes) == ("machine", ["referrals:write", "referrals:read"])
    assert not live_secrets(client).exists()
    assert not any(SECRET.search(page.content.decode()) for page in pages)
    assert staff.get(decide).status_code == 404
    assert set(AuditEvent.objects.exclude(user=None).values_list("action", flat=True)) == {
        "partner.add",
        "access.ask",
        "access.approve",
        "client.add",
    }


@pytest.mark.parametrize("action", ["issue", "rotate"])
def test_no_member_of_staff_is_shown_a_secret(staff: Browser, ngo: Caller, action: str) -> None:
    assert not SECRET.search(act(staff, "/admin/partners/client/", action, ngo.client.pk))
    boss = Actor.of(User.objects.get(username="boss"))
    for make in (credentials.issue_secret, credentials.rotate):
        with pytest.raises(credentials.CredentialError, match="a manager of its partner"):
            make(by=boss, client=ngo.client)
    assert live_secrets(ngo.client).count() == 1


def test_revoking_ends_the_secret_and_its_tokens_on_the_next_request(staff: Browser, ngo: Caller) -> None:
    assert ngo.get("/api/v1/me").status_code == 200
    act(staff, "/admin/partners/secret/", "revoke", Secret.objects.get(client=ngo.client).pk)
    assert ngo.get("/api/v1/me").status_code == 401
    assert AuditEvent.objects.filter(action="secret.revoke").count() == 1


def test_looking_is_not_revoking(ngo: Caller) -> None:
    viewer = User.objects.create_user("viewer", password="a-long-password", is_staff=True)
    viewer.user_permissions.set(
        Permission.objects.filter(codename__in=["view_secret", "view_client", "view_auditevent"])
    )
    browser = Browser()
    browser.login(username="viewer", password="a-long-password")
    page = act(browser, "/admin/partners/secret/", "revoke", Secret.objects.get(client=ngo.client).pk)
    assert "Revoked, with" not in page
    assert ngo.get("/api/v1/me").status_code == 200
    assert "Rotate" not in browser.get("/admin/partners/client/").content.decode()


def column(page: str, name: str) -> list[str]:
    """What a column of a list says, row by row."""
    return [re.sub("<[^>]*>", "", each) for each in re.findall(rf'<t[dh] class="field-{name}[^>]*>(.*?)</t[dh]>', page)]


def test_clients_and_secrets_are_listed_by_name_with_what_is_looked_for(staff: Browser) -> None:
    callers = [make_caller("NGO", name=f"Partner {each}") for each in "cabed"]
    ended, last, *_ = (each.client for each in callers)
    Secret.objects.filter(client=ended).update(expires_at=timezone.now())
    Secret.objects.filter(client=last).update(last_used_at=timezone.now())
    credentials.register(by=COMMAND, partner=last.partner, scopes=[], name="Another")
    credentials.register(by=COMMAND, partner=last.partner, scopes=[], name="Desk", is_desk=True)
    with CaptureQueriesContext(connection) as queries:
        page = staff.get("/admin/partners/client/").content.decode()
    assert sum("partners_secret" in query["sql"] for query in queries) == 1
    names = ["Another", "The desk", *(f"Partner {each}" for each in "abcde")]
    assert column(page, "client_name") == names
    until = day_of(Secret.objects.exclude(client=ended).latest("expires_at").expires_at)
    assert column(page, "secret_expires") == ["none", NOTHING, until, until, "none", until, until]
    assert column(page, "last_used") == [NOTHING, NOTHING, day_of(timezone.now()), *[NOTHING] * 4]
    assert last.client_id not in page
    secrets_page = staff.get("/admin/partners/secret/").content.decode()
    assert column(secrets_page, "partner") == [f"Partner {each}" for each in "abcde"]
    assert "<h1>Client secrets</h1>" in secrets_page


@pytest.mark.parametrize("model", ["secret", "auditevent"])
def test_secrets_and_audit_are_read_only(staff: Browser, ngo: Caller, model: str) -> None:
    assert staff.get(f"/admin/partners/{model}/add/").status_code == 403
    row = Secret.objects.first() if model == "secret" else AuditEvent.objects.first()
    assert row is not None
    assert staff.post(f"/admin/partners/{model}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert staff.post(f"/admin/partners/{model}/{row.pk}/change/", {}).status_code == 403


def test_the_list_tells_a_twin_in_test_mode_from_its_partner(staff: Browser, ngo: Caller) -> None:
    add_twin(by=COMMAND, partner=ngo.partner)
    listed = staff.get("/admin/partners/partner/?mode__exact=all").content.decode()
    assert f">{ngo.partner.name}</a>" in listed and f">{ngo.partner.name} (TEST)</a>" in listed


@pytest.mark.parametrize(
    ("chosen", "said", "shown"),
    [
        ("", "Live", ["{}"]),
        ("?mode__exact=LIVE", "Live", ["{}"]),
        ("?mode__exact=nonsense", "Live", ["{}"]),
        ("?mode__exact=TEST", "Test mode", ["{} (TEST)"]),
        ("?mode__exact=all", "All", ["{}", "{} (TEST)"]),
        ("?_facets=True", "Live (1)", ["{}"]),
    ],
)
def test_the_list_has_live_partners_until_another_mode_is_chosen(
    staff: Browser, ngo: Caller, chosen: str, said: str, shown: list[str]
) -> None:
    """What it shows is said, and nothing counts rows that its link would not show."""
    add_twin(by=COMMAND, partner=ngo.partner)
    page = staff.get(f"/admin/partners/partner/{chosen}").content.decode()
    assert f"<summary>Mode: <strong>{said}</strong>" in page
    assert re.findall(r'class="field-whole_name[^>]*><a[^>]*>([^<]*)', page) == [
        each.format(ngo.partner.name) for each in shown
    ]
    assert " total</a>" not in page


def test_partners_and_clients_are_never_deleted(staff: Browser, ngo: Caller) -> None:
    assert staff.post(f"/admin/partners/partner/{ngo.partner.pk}/delete/", {"post": "yes"}).status_code == 403
    assert staff.post(f"/admin/partners/client/{ngo.client.pk}/delete/", {"post": "yes"}).status_code == 403


def test_switching_a_partner_off_holds_on_the_next_request(staff: Browser, ngo: Caller) -> None:
    staff.sure(f"/admin/partners/partner/{ngo.partner.pk}/change/", {"name": ngo.partner.name})
    assert ngo.get("/api/v1/me").status_code == 401


def test_the_toolkit_shows_no_tokens(staff: Browser) -> None:
    page = staff.get("/admin/").content.decode()
    assert "oauth2_provider" not in page


def test_pages_run_under_a_strict_policy(staff: Browser) -> None:
    response = staff.get("/admin/")
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    page = response.content.decode()
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)


def staff_with(*codenames: str) -> Browser:
    """The browser of a staff user with these permissions."""
    user = User.objects.create_user("some", password="a-long-password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    browser = Browser()
    assert browser.login(username="some", password="a-long-password")
    return browser


def test_exact_figures_are_a_superusers_to_ask_for_and_to_approve(staff: Browser, centre: Caller) -> None:
    form = {"partner": str(centre.partner.pk), "name": "machine"}
    browser = staff_with("view_client", "add_client", "view_partner", "view_accessrequest")
    browser.post("/admin/partners/client/add/", form)
    assert "statistics:exact" not in AccessRequest.objects.get().scopes
    staff.post("/admin/partners/client/add/", {**form, "name": "another"})
    asked = AccessRequest.objects.get(name="another")
    assert "statistics:exact" in asked.scopes
    browser.post(f"/admin/partners/accessrequest/{asked.pk}/decide/", {"approve": "1"})
    assert not Client.objects.filter(name="another").exists()


def test_the_right_to_change_users_is_not_the_right_to_everything(staff: Browser) -> None:
    browser = staff_with("view_user", "change_user")
    own = User.objects.get(username="some")
    browser.post(f"/admin/auth/user/{own.pk}/change/", {"username": "some", "is_active": "on", "is_superuser": "on"})
    own.refresh_from_db()
    assert not own.is_superuser
    boss = User.objects.get(username="boss")
    assert browser.post(f"/admin/auth/user/{boss.pk}/change/", {"username": "boss"}).status_code == 403
    assert browser.get(f"/admin/auth/user/{boss.pk}/password/").status_code == 403


def test_a_secret_can_be_left_to_expire(staff: Browser, ngo: Caller) -> None:
    secret = Secret.objects.get(client=ngo.client)
    act(staff, "/admin/partners/secret/", "expire", secret.pk)
    secret.refresh_from_db()
    assert timedelta(days=13) < secret.expires_at - timezone.now() <= timedelta(days=14)
    assert ngo.get("/api/v1/me").status_code == 200
