"""Reading records on the desk is written down as a client's reads are: which page, how many records, and by whom."""

from __future__ import annotations

from pages.desk.frame import Visit
from partners import audit


def write_down(visit: Visit, page: str, rows: int) -> None:
    """The row of a read, in the transaction of the caller."""
    audit.read(client_id=visit.by.client_pk, operation=f"desk/{page}", rows=rows, user_id=visit.member.user_id)
