"""After a test that commits nothing is left of it, and what refuses deleting refuses it again."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connection

from cases.models import InventedData, Referral
from tests.callers import Caller, make_caller

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_left_and_no_trigger_rests_for_longer(ngo: Caller) -> None:
    ngo.referral()
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)
    left = {model._meta.label for model in apps.get_models() if model._meta.managed and model._default_manager.exists()}
    assert left == {each._meta.label for each in (InventedData, ContentType, Permission, Group)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE tgenabled <> 'O'")
        assert cursor.fetchall() == []
    make_caller("NGO").referral()
    with pytest.raises(DatabaseError, match="append-only"):
        Referral.objects.all().delete()
