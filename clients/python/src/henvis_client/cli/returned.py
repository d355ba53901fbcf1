"""`returns`: what the centre asks about own referrals, and the answer by a reason. A correction is sent as any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from henvis_client.cli.account import Yes
from henvis_client.cli.app import command, returns
from henvis_client.cli.desk import Desk
from henvis_client.texts import Text

NONE_WAIT = Text("Intet er sendt retur.", "Nothing is returned.")
HOW_TO_ANSWER = Text(
    "Ret det felt, der spørges om, og send henvisningen igen, eller svar med en begrundelse:",
    "Correct the field that is asked about and send the referral again, or answer with a reason:",
)
ANSWERED = Text("Svaret er sendt til centret.", "The answer is sent to the centre.")
COLUMNS = (
    Text("Id", "Id"),
    Text("Reference eller egen nøgle", "Reference or own key"),
    Text("Centret skriver", "The centre says"),
    Text("Felt", "Field"),
    Text("Svar inden", "Answer by"),
)
MEMBERS = ("id", "reference", "reason", "field", "due")
WHOLE = "_Z"


@command(returns, "list", "Det, der venter på svar.", "What waits for an answer.")
def list_returns(desk: Desk) -> None:
    """List what the centre has returned and that waits."""
    items = list(desk.client.returns())
    if not items:
        desk.say(NONE_WAIT)
    keys = desk.keys
    desk.table(COLUMNS, [cells(each, keys) for each in items])
    if items and not desk.as_json:
        desk.say(HOW_TO_ANSWER)
        for code, label in desk.code_list("return_answer").items():
            desk.say_command(f"henvis returns answer ID {code}  # {label}")
    desk.finish({"returns": items})


@command(returns, "answer", "Svar med en begrundelse.", "Answer with a reason.")
def answer_return(
    desk: Desk,
    return_id: Annotated[str, typer.Argument(metavar="ID")],
    reason: Annotated[str, typer.Argument(metavar="REASON")],
    yes: Yes = False,
) -> None:
    """Answer a return. The answer is final."""
    desk.confirm_live(yes)
    body = desk.client.answer_return(return_id, reason)
    desk.say(ANSWERED)
    desk.finish({"return": body})


def cells(item: Mapping[str, Any], keys: Mapping[str, str]) -> list[object]:
    """A line of the table. `keys`: own keys by reference, which stand in its place. The whole referral is no field."""
    line = {**item, "reference": keys.get(str(item.get("reference")), item.get("reference"))}
    return [None if line.get(name) == WHOLE else line.get(name) for name in MEMBERS]
