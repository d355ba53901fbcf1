"""What the staff pages answer to a form that is wrong: words, in the reader's language, whatever was sent."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import override

from partners.models import AuditEvent, Client, Partner
from partners.people.models import Membership
from stats.models import BuildOrder, FactDecision
from tests.callers import Browser, Caller
from tests.people.visitors import signed_in, staff
from tests.stats.facts_decided import REASON
from tests.stats.proposed import answered

pytestmark = pytest.mark.django_db
DANISH = {"Accept-Language": "da"}
ORDER = {"period": "2024", "audience": "public", "tables": "*"}


def test_a_person_of_a_partner_is_never_made_staff_and_that_is_said(boss: Browser) -> None:
    """The database refuses it too; here it is an answer and no error of ours."""
    member = Membership.objects.get()
    page = f"/admin/auth/user/{member.user_id}/change/"
    form = {"username": "kept", "is_active": "on", "date_joined_0": "2026-01-01", "date_joined_1": "10:00"}
    for right in ("is_staff", "is_superuser"):
        answer = boss.post(page, {**form, right: "on"})
        assert answer.status_code == 200
        assert "A person of a partner cannot be staff" in answer.content.decode()
    assert boss.post(page, form).status_code == 302
    assert not User.objects.filter(pk=member.user_id, is_staff=True).exists()


def test_who_looks_at_accounts_sees_nothing_of_a_password(boss: Browser) -> None:
    page = f"/admin/auth/user/{Membership.objects.get().user_id}/change/"
    for browser in (boss, signed_in(staff("looker", "auditor"))):
        answer = browser.get(page)
        assert answer.status_code == 200
        assert "algorithm" not in answer.content.decode()
        assert browser.get(page.replace("change", "password")).status_code == 403


@pytest.mark.parametrize("model", [Client, Partner, User])
def test_no_row_is_looked_up_by_the_number_of_its_table(boss: Browser, ngo: Caller, model: type[Client]) -> None:
    kind = ContentType.objects.get_for_model(model).pk
    row = model._default_manager.first()
    assert row is not None
    for key in (row.pk, "x", "9" * 400):
        assert boss.get(f"/admin/r/{kind}/{key}/").status_code == 404
    assert (
        "/admin/r/"
        not in boss.get(f"/admin/{model._meta.label_lower.replace('.', '/')}/{row.pk}/change/").content.decode()
    )


@pytest.mark.parametrize(
    "field",
    [
        {"threshold": "9" * 5000},
        {"threshold": "\u0660x"},
        {"tables": "\u0000"},
        {"tables": "<b>"},
        {"period": "\u0000"},
        {"audience": "\u0000"},
        {"audience": "exact"},
        {"period": "9" * 5000},
    ],
)
def test_an_order_of_any_kind_is_answered(boss: Browser, field: dict[str, str]) -> None:
    answered(User.objects.get(username="boss"), period="2024")
    answer = boss.sure("/admin/statistics/buildorder/add/", {**ORDER, **field})
    assert answer.status_code == 200
    assert not BuildOrder.objects.filter(kind="BUILD").exists()
    asked = boss.sure("/admin/statistics/buildorder/propose/", {**ORDER, **field})
    assert (asked.status_code == 200) is (not {"period", "audience"}.isdisjoint(field))


WRONG = {
    "partners/partner": [
        {"name": "A", "kind": "NGO", "mode": "LIVE", "report_due_days": "9999"},
        {"name": "A", "kind": "NGO", "mode": "LIVE", "reporting": "MONTHLY", "reporting_since": "1900-01-01"},
        {"name": "A", "kind": "NGO", "mode": "LIVE", "reporting": "MONTHLY"},
    ],
    "statistics/factdecision": [
        {"fact": "2020", "decision": "interval", "low": "5", "high": "3", "reason": REASON},
        {"fact": "2020", "decision": "superseded", "low": "5", "reason": REASON},
        {"fact": "2020", "decision": "interval", "high": "5", "reason": REASON},
    ],
}


@pytest.mark.parametrize(("screen", "form"), [(screen, form) for screen, forms in WRONG.items() for form in forms])
def test_what_a_constraint_refuses_is_said_in_words_and_not_by_its_name(
    boss: Browser, screen: str, form: dict[str, str]
) -> None:
    answer = boss.post(f"/admin/{screen}/add/", form, headers=DANISH)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "errornote" in page
    assert "er overtrådt" not in page


def test_one_mistake_is_told_once(boss: Browser) -> None:
    for screen in ("people/invitation", "statistics/buildorder"):
        page = boss.post(f"/admin/{screen}/add/", {}, headers=DANISH).content.decode()
        assert "Dette felt er påkrævet." in page
        assert "nonfield" not in page
    page = boss.post("/admin/erased/tombstone/person/", {"act": "look"}, headers=DANISH).content.decode()
    assert "Skriv en sagskode." in page


def test_what_was_added_is_named_in_the_reader_s_language_and_in_none_in_the_audit(boss: Browser) -> None:
    answered(User.objects.get(username="boss"), period="2024")
    answer = boss.sure("/admin/statistics/buildorder/add/", ORDER, headers=DANISH, follow=True)
    assert "2024, offentligheden" in answer.content.decode()
    fact = {"fact": "2020", "decision": "superseded", "reason": REASON}
    answer = boss.sure("/admin/statistics/factdecision/add/", fact, headers=DANISH, follow=True)
    assert "2020, i alt: afløst" in answer.content.decode()
    with override("en"):
        assert str(FactDecision.objects.get()) == "2020, in all: superseded"
    told = AuditEvent.objects.filter(action__in=("buildorder.add", "factdecision.add")).order_by("at")
    assert list(told.values_list("subject", flat=True)) == ["2024 public OPEN", "2020: superseded"]
