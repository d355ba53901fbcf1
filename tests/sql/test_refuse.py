"""`henvis_refuse`: a code, for which each room has words."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import override
from psycopg import Error

from core import refusals
from core.refusals import raised_as, words_of
from core.text import Text
from tests.sql.calls import rows, web_value

pytestmark = pytest.mark.django_db


def refused(code: str, *subject: str) -> DatabaseError:
    """The error of a refusal, as the web server's role meets it."""
    with pytest.raises(DatabaseError) as raised:
        web_value(f"SELECT henvis_refuse(%s{', %s' * len(subject)})", code, *subject)
    return raised.value


def test_a_refusal_has_a_code_and_a_subject_and_no_sentence() -> None:
    cause = refused("ALREADY_PUBLISHED", "2023.p1").__cause__
    assert isinstance(cause, Error)
    said = (cause.sqlstate, cause.diag.message_primary, cause.diag.message_detail, cause.diag.message_hint)
    assert said == ("HE001", "ALREADY_PUBLISHED", "2023.p1", None)


def test_the_code_is_put_into_the_words_of_the_reader() -> None:
    error = refused("ALREADY_PUBLISHED", "2023.p1")
    assert str(words_of(error)).startswith("2023.p1 is published already.")
    with override("da"):
        assert str(words_of(error)).startswith("2023.p1 er allerede udgivet.")


def test_a_code_that_the_program_does_not_know_yet_is_told_as_a_code() -> None:
    said = "The database is newer than the program, and refuses it with the code NEWER_THAN_THIS."
    assert str(words_of(refused("NEWER_THAN_THIS"))) == said


def test_what_is_no_refusal_is_raised_as_it_is() -> None:
    with pytest.raises(DatabaseError, match="division by zero"), raised_as(LookupError), transaction.atomic():
        rows("SELECT 1 / 0")
    with pytest.raises(LookupError, match="NEWER_THAN_THIS"), raised_as(LookupError):
        raise refused("NEWER_THAN_THIS")


def test_no_two_rooms_have_words_for_one_code() -> None:
    with pytest.raises(ValueError, match="ALREADY_PUBLISHED"):
        refusals.add({"ALREADY_PUBLISHED": Text("Ja.", "Yes.")})
