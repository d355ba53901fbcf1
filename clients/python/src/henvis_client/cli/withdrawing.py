"""`withdraw`: a referral that was sent by mistake counts no more."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import typer

from henvis_client.cli.account import Yes
from henvis_client.cli.app import app, command
from henvis_client.cli.choices import code_among
from henvis_client.cli.desk import Desk
from henvis_client.cli.help_texts import option
from henvis_client.errors import Problem, UsageError
from henvis_client.own_keys import reference_of
from henvis_client.texts import Text

REASONS_LIST = "withdrawal_reason"
ASK_REFERENCE = Text(
    "Reference, eller jeres egen nøgle, som ikke forlader maskinen",
    "Reference, or your own key, which does not leave the machine",
)
NO_REFERENCE = Text("Hvilken henvisning? Skriv dens reference.", "Which referral? Write its reference.")
WHICH_REASON = Text(
    "Hvorfor? Tilføj --reason med en af disse: {reasons}.", "Why? Add --reason with one of these: {reasons}."
)
NOT_THERE = Text(
    "Der er ingen henvisning under den reference, eller den er ikke jeres.",
    "There is no referral under that reference, or it is not yours.",
)
WITHDRAWN = Text(
    "Henvisningen {reference} er trukket tilbage og tæller ikke mere. Dens version er {version}; med den kan den sendes igen.",
    "The referral {reference} is withdrawn and counts no more. Its version is {version}; with that it can be sent again.",
)
TEST = Text("TEST: den talte ikke.", "TEST: it did not count.")


@command(
    app,
    "withdraw",
    "Træk en sendt henvisning tilbage. Uden REFERENCE spørges der om den, eller om jeres egen nøgle.",
    "Withdraw a referral that was sent. Without REFERENCE it is asked for, or your own key.",
)
def withdraw(
    desk: Desk,
    reference: Annotated[str | None, typer.Argument(metavar="[REFERENCE]")] = None,
    reason: Annotated[
        str | None,
        option("Grunden: koden eller navnet.", "The reason: its code or its name."),
    ] = None,
    version: Annotated[
        int | None,
        option(
            "Kun hvis det er den gemte version.",
            "Only where this is the version that is stored.",
        ),
    ] = None,
    yes: Yes = False,
) -> None:
    """Withdraw a referral. Again, nothing changes."""
    code = code_among(desk.code_list(REASONS_LIST), reason or "", "withdrawal_reason", WHICH_REASON)
    identity = reference_in(desk, reference)
    desk.confirm_live(yes)
    try:
        body = desk.client.withdraw_referral(identity, code, version=version)
    except Problem as problem:
        if problem.code != "not_found":
            raise
        raise UsageError("not_found", NOT_THERE) from None
    desk.say(WITHDRAWN, reference=body["reference"], version=body["version"])
    if desk.profile.mode == "TEST":
        desk.say(TEST)
    desk.finish({"referral": body})


def reference_in(desk: Desk, text: str | None) -> UUID:
    """A reference that was typed, or that of an own key. The own key is asked for: a command line is seen by others."""
    if text is None and desk.around.is_interactive:
        answer = desk.ask(desk.text(ASK_REFERENCE))
        return uuid_of(answer) or reference_of(desk.profile.key_secret, answer)
    reference = uuid_of(text or "")
    if reference is None:
        raise UsageError("no_reference", NO_REFERENCE)
    return reference


def uuid_of(text: str) -> UUID | None:
    """A reference. None where the text is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
