"""Reading records on the desk is written down as a client's reads are: which page, how many records, and by whom."""

from __future__ import annotations

from core.text import Text
from pages.desk.frame import Visit
from partners import audit

# What was read, by the name under which it is written down. A page that is not here cannot be.
READS: dict[str, Text] = {
    "record": Text("En henvisning", "A referral"),
    "correct": Text("En henvisning, der blev rettet", "A referral to correct"),
    "withdraw": Text("En henvisning at trække tilbage", "A referral to withdraw"),
    "again": Text("En henvisning at sende igen", "A referral to send again"),
    "receipt": Text("Kvittering for en henvisning", "The receipt of a referral"),
    "card": Text("Et kort med en sagskode", "A card with a case token"),
    "records": Text("Listen over henvisninger", "The list of referrals"),
    "find": Text("Søgning efter en henvisning", "A search for a referral"),
    "records.csv": Text("Henvisninger som CSV", "Referrals as CSV"),
    "records.xlsx": Text("Henvisninger som Excel", "Referrals as Excel"),
    "returned": Text("Henvisninger, der er sendt retur", "Returned referrals"),
    "answer": Text("En henvisning, der er sendt retur", "A returned referral"),
    "figures": Text("Egne tal", "Own figures"),
    "figures.csv": Text("Egne tal som CSV", "Own figures as CSV"),
    "figures.xlsx": Text("Egne tal som Excel", "Own figures as Excel"),
    "year": Text("Årets henvisninger, talt pr. måned", "Referrals of the year, counted by month"),
    "count": Text("Et skema med tal", "A form with counts"),
    "count.sheet": Text("Et skema med tal som fil", "A form with counts as a file"),
    "deliveries/{batch_id}": Text("Rækker i en leverance", "Rows of a delivery"),
    "deliveries/{batch_id}/errors": Text("Fejlfil", "An error file"),
    "deliveries/{batch_id}/references": Text("Listen over referencer", "The list of references"),
    "deliveries/{batch_id}/cards": Text("Kort med sagskoder", "Cards with case tokens"),
}


def operation_of(page: str) -> str:
    """The name under which a page is written down."""
    return f"desk/{page}"


def write_down(visit: Visit, page: str, rows: int) -> None:
    """The row of a read, in the transaction of the caller. `page`: one of `READS`; another raises `KeyError`."""
    if page not in READS:
        raise KeyError(page)
    audit.read(client_id=visit.by.client_pk, operation=operation_of(page), rows=rows, user_id=visit.member.user_id)
