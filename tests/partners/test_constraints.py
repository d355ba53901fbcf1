"""What the constraints of the database refuse is said in words of ours, and no log has the SQL of one."""

from __future__ import annotations

import logging

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint, Model, UniqueConstraint
from django.utils.translation import override

from config.columns import ours
from core.apps import name_parts
from core.refusals import BY_END, BY_NAME, message_of
from partners.models import AccessRequest, Partner
from tests.people.visitors import signed_in, staff

CONSTRAINTS: dict[str, tuple[type[Model], BaseConstraint]] = {
    constraint.name: (model, constraint)
    for app in ours()
    for model in apps.get_app_config(app).get_models()
    for constraint in model._meta.constraints
}


def test_every_constraint_has_words_and_no_words_are_left_over() -> None:
    """A new constraint: a line in the `words.py` of its room."""
    assert len(CONSTRAINTS) > 100
    for name in CONSTRAINTS:
        assert message_of(name).da != message_of(name).en
    assert set(BY_NAME) <= set(CONSTRAINTS)
    for end in BY_END:
        assert any(name.endswith(end) and name not in BY_NAME for name in CONSTRAINTS), end


def test_a_room_without_words_is_asked_for_those_of_its_constraints_as_every_other_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room, own = apps.get_app_config("access"), UniqueConstraint(fields=["act"], name="request_once")
    monkeypatch.setattr(room, "get_models", lambda: [AccessRequest])
    monkeypatch.setattr(AccessRequest._meta, "constraints", [own])
    with pytest.raises(LookupError, match="request_once"):
        name_parts(room)


@pytest.mark.django_db
def test_what_a_constraint_refuses_is_said_in_these_words() -> None:
    """Of every constraint that refuses an empty row of its model."""
    refused = 0
    for name, (model, constraint) in CONSTRAINTS.items():
        for language in ("da", "en"):
            try:
                constraint.validate(model, model())
            except ValidationError as error:
                with override(language):
                    assert [str(each) for each in error] == [getattr(message_of(name), language)]
                refused += 1
    assert refused > 20


@pytest.mark.django_db
def test_a_name_that_is_taken_is_said_in_words_on_the_page() -> None:
    browser = signed_in(staff("boss", is_superuser=True))
    form = {"name": "A", "kind": "NGO", "mode": "LIVE", "active": "on"}
    assert browser.post("/admin/partners/partner/add/", form).status_code == 302
    page = browser.post("/admin/partners/partner/add/", form, headers={"Accept-Language": "da"}).content.decode()
    assert message_of("partner_name_mode").da in page
    assert Partner.objects.filter(mode="LIVE").count() == 1


@pytest.mark.django_db
def test_a_partner_is_saved_without_a_statement_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    browser = signed_in(staff("boss", is_superuser=True))
    with caplog.at_level(logging.WARNING, logger="django.db.models"):
        form = {"name": "A", "kind": "NGO", "mode": "LIVE", "active": "on"}
        assert browser.post("/admin/partners/partner/add/", form).status_code == 302
    assert "check()" not in caplog.text


@pytest.mark.django_db
def test_the_sql_of_a_constraint_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """Not even of one that the database cannot check for an empty row."""
    model, constraint = CONSTRAINTS["monthcompletion_month_first_day"]
    constraint.validate(model, model())
    assert caplog.text == ""
