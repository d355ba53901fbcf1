"""What docs/threat-model.md says of a web server that is taken over: every function that believes it who acts stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config.env import WEB_ROLE

pytestmark = pytest.mark.django_db
SECTION = "## When the web server is taken over"
# Functions that the web server's role may call, with the names of what they take.
CALLABLE = """
SELECT p.proname, p.proargnames FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'public' AND p.proname LIKE 'henvis\\_%%' AND p.prosecdef
AND has_function_privilege('henvis_web', p.oid, 'EXECUTE')
"""
# What a number of a person is called, where a function acts for it.
PERSONS = {"staff", "person", "client"}


def test_the_page_names_every_function_that_is_told_who_acts() -> None:
    with connection.cursor() as cursor:
        cursor.execute(CALLABLE)
        rows = cursor.fetchall()
    functions = {name for name, arguments in rows if PERSONS & set(arguments or ())}
    text = (Path(settings.BASE_DIR) / "docs/threat-model.md").read_text()
    [section] = re.findall(rf"^{SECTION}$\n(.*?)(?=^## )", text, re.DOTALL | re.MULTILINE)
    assert set(re.findall(r"`(henvis_\w+)`", section)) - {WEB_ROLE} == functions
