"""The umbrella organisation of a partner: staff set it in the admin, the audit has what it was and became, the centre has none."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, transaction

from partners.models import AuditEvent, Partner
from partners.roles import STAFF_ROLES
from tests.callers import Browser, Caller
from tests.partners.test_calendar import change, staff  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


def changes() -> list[tuple[str | None, str | None]]:
    """What the audit says an umbrella was and became, the oldest first."""
    rows = AuditEvent.objects.filter(action="partner.change").order_by("at")
    return [(row.detail.get("umbrella_before"), row.detail.get("umbrella")) for row in rows]


def test_staff_set_it_and_clear_it_with_an_audit_row_each(
    staff: Browser,  # noqa: F811
    ngo: Caller,
) -> None:
    change(staff, ngo.partner, umbrella="  Nordlys   Danmark ")
    assert ngo.partner.umbrella == "Nordlys Danmark"
    change(staff, ngo.partner, umbrella="Nordlys Danmark", reporting="NONE")
    change(staff, ngo.partner, umbrella="")
    assert ngo.partner.umbrella == ""
    assert changes() == [("", "Nordlys Danmark"), (None, None), ("Nordlys Danmark", "")]
    assert set(AuditEvent.objects.filter(action="partner.change").values_list("user__username", flat=True)) == {"boss"}


def test_the_page_says_who_else_is_under_it(
    staff: Browser,  # noqa: F811
    ngo: Caller,
    other_ngo: Caller,
) -> None:
    assert "No other partner has the umbrella organisation Nordlys." in change(staff, ngo.partner, umbrella="Nordlys")
    page = change(staff, other_ngo.partner, umbrella="nordlys")
    assert f"Also under nordlys: {ngo.partner.name}." in page
    page = change(staff, other_ngo.partner, umbrella=ngo.partner.name.upper())
    assert f"Also under {ngo.partner.name.upper()}: {ngo.partner.name}." in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", ("paraplyorganisation", "partnere med samme paraplyorganisation ved det samme")),
        ("en", ("umbrella organisation", "partners with the same umbrella organisation know the same")),
    ],
)
def test_the_form_says_in_both_languages_what_it_is_for(
    staff: Browser,  # noqa: F811
    ngo: Caller,
    language: str,
    words: tuple[str, ...],
) -> None:
    page = staff.get(
        f"/admin/partners/partner/{ngo.partner.pk}/change/", headers={"Accept-Language": language}
    ).content.decode()
    assert all(each in page.casefold() for each in words)


def test_the_centre_has_none(staff: Browser, centre: Caller) -> None:  # noqa: F811
    assert "The centre has no umbrella organisation." in change(staff, centre.partner, umbrella="Nordlys")
    assert (centre.partner.umbrella, changes()) == ("", [])
    with pytest.raises(IntegrityError, match="partner_umbrella_of_centre"), transaction.atomic():
        Partner.objects.filter(pk=centre.partner.pk).update(umbrella="Nordlys")


def test_who_orders_releases_does_not_change_it(ngo: Caller) -> None:
    """Whoever could do both would choose what a partner is assumed to know, and build with it."""
    orders, changes_partners = "statistics.add_buildorder", "partners.change_partner"
    assert [name for name, role in STAFF_ROLES.items() if {orders, changes_partners} <= set(role.permissions)] == []
    ida = User.objects.create_user("ida", password="a-long-password", is_staff=True)
    ida.user_permissions.add(*Permission.objects.filter(codename__in=["add_buildorder", "view_partner"]))
    browser = Browser()
    assert browser.login(username="ida", password="a-long-password")
    form = {"name": ngo.partner.name, "active": "on", "umbrella": "Nordlys"}
    assert browser.post(f"/admin/partners/partner/{ngo.partner.pk}/change/", form).status_code == 403
    assert not Partner.objects.exclude(umbrella="").exists()
