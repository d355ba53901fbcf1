"""`henvis_refuse`: a sentence for people, a code for programs."""

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


def refused(code: str, why: str, *subject: str) -> DatabaseError:
    """The error of a refusal, as the web server's role meets it."""
    with pytest.raises(DatabaseError) as raised:
        web_value(f"SELECT henvis_refuse(%s, %s{', %s' * len(subject)})", code, why, *subject)
    return raised.value


def test_a_refusal_has_a_sentence_a_code_and_a_subject() -> None:
    cause = refused("ALREADY_PUBLISHED", "%s is published already.", "2023.p1").__cause__
    assert isinstance(cause, Error)
    said = (cause.sqlstate, cause.diag.message_primary, cause.diag.message_detail, cause.diag.message_hint)
    assert said == ("HE001", "2023.p1 is published already.", "ALREADY_PUBLISHED", "2023.p1")


def test_the_code_is_put_into_the_words_of_the_reader() -> None:
    error = refused("ALREADY_PUBLISHED", "Whatever the database says of %s.", "2023.p1")
    assert str(words_of(error)).startswith("2023.p1 is published already.")
    with override("da"):
        assert str(words_of(error)).startswith("2023.p1 er allerede udgivet.")


def test_a_code_that_the_program_does_not_know_yet_is_said_as_the_database_says_it() -> None:
    assert words_of(refused("NEWER_THAN_THIS", "There is a new rule.")) == "There is a new rule."


def test_what_is_no_refusal_is_raised_as_it_is() -> None:
    with pytest.raises(DatabaseError, match="division by zero"), raised_as(LookupError), transaction.atomic():
        rows("SELECT 1 / 0")
    with pytest.raises(LookupError, match="There is a new rule"), raised_as(LookupError):
        raise refused("NEWER_THAN_THIS", "There is a new rule.")


def test_no_two_rooms_have_words_for_one_code() -> None:
    with pytest.raises(ValueError, match="ALREADY_PUBLISHED"):
        refusals.add({"ALREADY_PUBLISHED": Text("Ja.", "Yes.")})
