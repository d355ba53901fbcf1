"""A database that was restarted is not noticed by the next request."""

from __future__ import annotations

import pytest
from django.db import connection, connections

from tests.callers import make_caller


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_between_requests_is_replaced() -> None:
    caller = make_caller("NGO")
    connection.ensure_connection()
    connections["default"].connection.close()
    assert caller.get("/api/v1/me").status_code == 200
