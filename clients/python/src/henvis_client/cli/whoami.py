"""`whoami`: what Henvis knows of the client, in words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from henvis_client.cli import words as w
from henvis_client.cli.app import app, command
from henvis_client.cli.desk import Desk, number
from henvis_client.cli.jobs import show_batches
from henvis_client.cli.moments import moment
from henvis_client.errors import CredentialProblem
from henvis_client.texts import Text

LATEST_JOBS = 3
MEGABYTE = 1_000_000


@command(
    app,
    "whoami",
    "Hvem er jeg: organisation, rettigheder, grænser, de seneste filer.",
    "Who am I: organisation, rights, limits, the latest files.",
)
def whoami(desk: Desk) -> None:
    """Show what Henvis knows of the client."""
    me = desk.client.whoami()
    if not desk.as_json:
        show_client(desk, me)
        show_limits(desk, me.get("limits") or {})
        show_latest(desk)
    desk.finish({"profile": desk.profile.name, "me": me})


def label(desk: Desk, texts: Mapping[str, Text], code: str) -> str:
    """What a code is called, or the code where this version does not know it."""
    return desk.text(texts[code]) if code in texts else code


def show_client(desk: Desk, me: Mapping[str, Any]) -> None:
    """Who it is, what it may, and until when."""
    desk.show(str(me["partner"]["name"]))
    desk.show(label(desk, w.MODES, me["partner"]["mode"]))
    place = {"id": me["client_id"], "address": desk.profile.address, "profile": desk.profile.name}
    desk.show(desk.text(w.CLIENT, **place))
    desk.show(desk.text(w.MAY, scopes=", ".join(label(desk, w.SCOPES, each) for each in me["scopes"])))
    for secret in me.get("secrets") or ():
        date = moment(secret.get("expires_at"), desk.text(w.DATE))
        desk.show(desk.text(w.SECRET_ENDS, hint=secret.get("hint"), date=date))


def show_limits(desk: Desk, limits: Mapping[str, Any]) -> None:
    """How much is taken, and how long it is kept; of what this service says."""
    if {"rows_of_strict", "rows_of_workbook"} <= limits.keys():
        whole, sheet = (number(desk, limits[each]) for each in ("rows_of_strict", "rows_of_workbook"))
        desk.show(desk.text(w.LIMIT_ROWS, whole=whole, sheet=sheet))
    if sizes := limits.get("bytes_of_file"):
        texts = (f"{name.upper()} {number(desk, size // MEGABYTE)} MB" for name, size in sizes.items())
        desk.show(desk.text(w.LIMIT_BYTES, sizes=", ".join(texts)))
    if {"hours_until_commit", "days_of_results"} <= limits.keys():
        hours, days = limits["hours_until_commit"], limits["days_of_results"]
        desk.show(desk.text(w.LIMIT_TIME, hours=hours, days=days))


def show_latest(desk: Desk) -> None:
    """The newest files, where the client may send any."""
    try:
        latest = list(islice(desk.client.batches(), LATEST_JOBS))
    except CredentialProblem:
        return
    if latest:
        desk.show(f"{desk.text(w.LATEST)}:")
        show_batches(desk, latest)
