"""`reports`: what is expected of the organisation, what has come, and that a month is complete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer

from henvis_client.cli.account import Yes
from henvis_client.cli.app import command, reports
from henvis_client.cli.desk import Desk
from henvis_client.cli.help_texts import option
from henvis_client.cli.moments import moment
from henvis_client.cli.whoami import label
from henvis_client.cli.words import MOMENT
from henvis_client.texts import Text

NOTHING_EXPECTED = Text("Der forventes ingen faste indberetninger af jer.", "No regular reports are expected of you.")
COMPLETE = Text(
    "{month} er meldt færdig. Henvisninger, der gælder: {referrals}.",
    "{month} is declared complete. Referrals that stand: {referrals}.",
)
COLUMNS = (
    Text("Periode", "Period"),
    Text("Status", "State"),
    Text("Henvisninger", "Referrals"),
    Text("Frist", "Due"),
)
YEAR_MEMBERS = ("year", "deadline_on", "new_until", "corrections_until")
YEAR_COLUMNS = (
    Text("År", "Year"),
    Text("Frist", "Deadline"),
    Text("Nye henvisninger til", "New referrals until"),
    Text("Rettelser til", "Corrections until"),
    Text("Underskrevet", "Signed"),
)
NOT_SIGNED = Text("nej", "no")
HOW_TO_SIGN = Text(
    "Et år underskrives af et menneske, ikke af et program: en leder eller sagsbehandler hos jer, når året er slut: {address} "
    "Kvitteringen kontrolleres med `henvis verify-receipt`.",
    "A year is signed by a person and not by a program: a manager or caseworker of yours, once the year is over: {address} "
    "The receipt is verified by `henvis verify-receipt`.",
)
STATES = {
    "EXPECTED": Text("i gang", "under way"),
    "DUE": Text("skal indberettes", "to be reported"),
    "BEGUN": Text("begyndt, ikke meldt færdig", "begun, not complete"),
    "REPORTED": Text("modtaget", "received"),
    "NIL": Text("intet at indberette", "nothing to report"),
    "MISSING": Text("mangler", "missing"),
}


@command(reports, "list", "Hvad der forventes, og hvad der er modtaget.", "What is expected, and what has come.")
def list_reports(desk: Desk) -> None:
    """List the periods of the calendar, the oldest first."""
    calendar = desk.client.reports()
    items = calendar["items"]
    if not items:
        desk.say(NOTHING_EXPECTED)
    desk.table(COLUMNS, [cells(desk, each) for each in items])
    desk.finish({"reports": calendar})


@command(reports, "complete", "Det var alt: meld en måned færdig.", "That was all: declare a month complete.")
def complete(
    desk: Desk,
    month: Annotated[str, typer.Argument(metavar="MONTH")],
    referrals: Annotated[
        int | None,
        option(
            "Så mange henvisninger af måneden har I sendt; 0: der var intet. Afvises, hvis et andet antal gælder.",
            "So many referrals of the month you have sent; 0: there was nothing. Refused where another number stands.",
            "--referrals",
            min=0,
        ),
    ] = None,
    yes: Yes = False,
) -> None:
    """Declare a month complete, from its last day on. Again, nothing changes."""
    desk.confirm_live(yes)
    body = desk.client.complete_month(month, referrals=referrals)
    desk.say(COMPLETE, month=body["month"], referrals=body["referrals"])
    desk.finish({"completion": body})


@command(
    reports,
    "years",
    "Hvor længe årene er åbne, og hvad der er underskrevet.",
    "How long years are open, and which are signed.",
)
def list_years(desk: Desk) -> None:
    """List the years, and say where a person signs: a machine does not."""
    years = desk.client.reports()["years"]
    desk.table(YEAR_COLUMNS, [year_cells(desk, each) for each in years])
    desk.say(HOW_TO_SIGN, address=f"{desk.profile.address}/send/year/")
    desk.finish({"years": years})


def year_cells(desk: Desk, year: Mapping[str, Any]) -> list[object]:
    """A line of the years."""
    signed_at = moment(year["signed_at"], desk.text(MOMENT))
    return [*(year[name] for name in YEAR_MEMBERS), signed_at or desk.text(NOT_SIGNED)]


def cells(desk: Desk, item: Mapping[str, Any]) -> list[object]:
    """A line of the table. The deadline is the midnight at the end of the day that is shown."""
    last_day = datetime.fromisoformat(item["due_at"]) - timedelta(seconds=1)
    return [item["period"], label(desk, STATES, item["state"]), item["referrals"], last_day.date()]
