"""Reading records: what a GET answers is read from the database and written down in one transaction, or it is not answered.

The row says which client, which operation, when, and of how many records the answer tells: never which ones. No record is told by a
304, so its row says none. A HEAD tells by its headers, how long the answer is and whether there is a next page, so it counts
like a GET. A file is written down as a whole before its first byte leaves, whoever hangs up midway.
What a write answers is what was sent, but for a withdrawal: it sends a reason and is answered with the referral, which is a read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.views import APIView

from api.http.authentication import principal
from api.records.read_words import READS
from partners import audit

Read = tuple[HttpResponseBase, int]


class RecordView(APIView):
    """A view whose GET tells of records. `read` gives the answer, and of how many records it tells."""

    read: Callable[..., Read]

    def get(self, request: Request, **names: Any) -> HttpResponseBase:
        """What `read` answers, once it is written down."""
        with audit.one_transaction():
            answer, rows = self.read(request, **names)
            write_down(request, rows if answer.status_code != 304 else 0)
        return answer


def write_down(request: Request, rows: int) -> None:
    """The row of a read, in the caller's transaction. Raises `KeyError` for an operation that no page of reads has words for."""
    name = operation(request)
    if name not in READS:
        raise KeyError(name)
    audit.read(client_id=principal(request).client_pk, operation=name, rows=rows)


def operation(request: Request) -> str:
    """The operation as its address below the API's, with the names of its parts: `referrals/{reference}/versions`."""
    match = request.resolver_match
    return address_of(match.route if match else "")


@lru_cache
def address_of(route: str) -> str:
    """The address of a route as the description writes it."""
    return re.sub(r"<str:(\w+)>", r"{\1}", route).removeprefix("api/v1/")
