"""The admin: read-only where data are append-only, under a strict policy, in the reader's language, page by page."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from api.http.problem_catalogue import PROBLEMS
from config.columns import APPEND_ONLY
from partners.models import AuditEvent
from partners.people.pages.frame import failure_page
from tests.callers import Browser
from tests.people.visitors import staff, strict

pytestmark = pytest.mark.django_db
SCREENS = {model._meta.label: screen for model, screen in admin.site._registry.items()}
# Rows that staff add, each signed, beside what is read only.
SIGNED = {
    "international.InternationalFile",
    "organisations.PartnerName",
    "organisations.SuccessionRequest",
    "retention.RetentionHold",
    "services.CountAssignment",
    "windows.Reopening",
    "windows.WindowChange",
    "notices.Crisis", "notices.Notice",
    "plans.PlanIndicator", "plans.PlanObservation",
    "statistics.FactDecision", "statistics.Erratum", "statistics.AnnouncedDate", "subject_requests.SubjectRequest",
}  # fmt: skip
EACH = pytest.mark.parametrize("label", sorted(SCREENS))


def request_of(user: User) -> Any:
    """A request of the person."""
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


@EACH
def test_what_is_append_only_is_not_changed_and_nothing_is_deleted(label: str) -> None:
    request = request_of(staff("boss", is_superuser=True))
    screen = SCREENS[label]
    assert not screen.has_delete_permission(request)
    if label in APPEND_ONLY:
        assert not screen.has_change_permission(request)
        assert screen.has_add_permission(request) == (label in SIGNED)


def test_the_library_shows_no_screens_of_its_own() -> None:
    assert not [label for label in SCREENS if label.partition(".")[0] in {"account", "mfa", "oauth2_provider"}]


def row(label: str) -> models.Model | None:
    """A stored row of a model."""
    found: models.Model | None = SCREENS[label].model._default_manager.order_by("pk").first()
    return found


def addresses() -> list[str]:
    """Every screen's list, form and row."""
    found = ["/admin/", "/admin/partners/", "/admin/people/", "/admin/auth/"]
    for label in SCREENS:
        base = f"/admin/{label.lower().replace('.', '/')}/"
        found += [base, f"{base}add/"]
        if (stored := row(label)) is not None:
            found += [f"{base}{stored.pk}/change/", f"{base}{stored.pk}/history/"]
    return found


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_keeps_a_strict_policy_in_the_reader_s_language(boss: Browser, language: str) -> None:
    seen = 0
    for path in addresses():
        # The form of an order leads to its proposals.
        answer = boss.get(path, headers={"Accept-Language": language}, follow=True)
        assert answer.status_code in {200, 403}, path
        if answer.status_code == 200:
            seen += 1
            strict(answer)
            assert f'<html lang="{language}"' in answer.content.decode(), path
            assert ("Log ud" if language == "da" else "Log out") in answer.content.decode()
    assert seen > 25


def test_a_list_with_actions_keeps_the_policy(boss: Browser) -> None:
    event = AuditEvent.objects.first()
    assert event is not None
    strict(boss.get("/admin/partners/secret/?o=1&q="))
    strict(boss.get("/admin/partners/partner/?kind__exact=NGO"))


@EACH
def test_without_a_factor_no_screen_is_reached(label: str) -> None:
    browser = Browser()
    browser.with_password_alone = True
    browser.force_login(staff("boss", is_superuser=True))
    base = f"/admin/{label.lower().replace('.', '/')}/"
    for path in (base, f"{base}add/"):
        for answer in (browser.get(path), browser.post(path, {})):
            assert answer.headers["Location"] == "/account/setup/"


@pytest.mark.parametrize("code", PROBLEMS)
def test_whatever_leaves_a_view_has_a_page_for_people(code: str) -> None:
    """What the API has problems for leaves views of people too, and the page of a failure does not fail itself."""
    request = RequestFactory().get("/admin/")
    request.user = SimpleLazyObject(partial(pytest.fail, "who it is stands in the database"))  # type: ignore[assignment]
    answer = failure_page(request, why=code, status=PROBLEMS[code].status, headers={})
    assert answer.status_code == PROBLEMS[code].status
    assert b"<h1>" in answer.content
