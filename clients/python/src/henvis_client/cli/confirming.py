"""Checks that are confirmed: how, and with which reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from henvis_client.bodies import Batch
from henvis_client.calls import Confirmation
from henvis_client.cli import batch_words as w
from henvis_client.cli.choices import code_among, in_words
from henvis_client.cli.desk import INDENT, Desk
from henvis_client.cli.findings import HELD, checks_to_confirm
from henvis_client.errors import UsageError

# Of the rows that are held so many are looked at for their rules.
MOST_HELD = 500


def say_how(desk: Desk, batch: Batch, checks: Mapping[str, Sequence[str]]) -> None:
    """The whole command for each check and for all of them, and the reasons to choose from."""
    reasons = desk.code_list(w.REASONS_LIST)
    first = next(iter(reasons))
    desk.say(w.HOW_CONFIRM_ROWS if batch.counts.held else w.HOW_CONFIRM_FILE)
    for rule, details in checks.items():
        for detail in details:
            desk.show(detail, INDENT)
        desk.say_command(f"henvis commit {batch.id} --confirm {rule}={first}")
    if len(checks) > 1:
        desk.say(w.HOW_CONFIRM_ALL)
        desk.say_command(f"henvis commit {batch.id} " + " ".join(f"--confirm {rule}={first}" for rule in checks))
    desk.show(f"{desk.text(w.REASONS, code=first)}:")
    for code, label in reasons.items():
        desk.show(f"{code}  {label}", INDENT)


def say_later(desk: Desk, batch: Batch) -> None:
    """How checks are confirmed of a file that was not sent yet: only what is to be confirmed stays as it is."""
    lead = desk.text(w.ROWS_RIGHT if batch.counts.held else w.FILE_RIGHT)
    desk.say_text(f"{lead} {desk.text(w.CORRECT_FIRST if batch.counts.rejected else w.CONFIRM_LATER)}")


def confirmations_of(desk: Desk, batch_id: str, texts: Sequence[str]) -> list[Confirmation]:
    """Confirmations as they are typed: codes in any case, reasons also by their label. Raises `UsageError` with the choices."""
    if not texts:
        return []
    reasons = desk.code_list(w.REASONS_LIST)
    pairs = [pair_of(text, reasons) for text in texts]
    batch = desk.client.batch(batch_id)
    rules = rules_of(desk, batch)
    for rule, _ in pairs:
        if not rules:
            raise UsageError("nothing_to_confirm", w.CONFIRMED_BEFORE if batch.is_stored else w.NOTHING_TO_CONFIRM)
        if rule.casefold() not in rules:
            raise UsageError("confirmation", w.UNKNOWN_RULE, rule=rule, rules=", ".join(rules.values()))
    return [Confirmation(rules[rule.casefold()], reason) for rule, reason in pairs]


def pair_of(text: str, reasons: Mapping[str, str]) -> tuple[str, str]:
    """A rule and the code of a reason."""
    rule, _, reason = text.partition("=")
    if not rule or not reason:
        raise UsageError("confirmation", w.BAD_CONFIRMATION, reasons=in_words(reasons))
    return rule.strip(), code_among(reasons, reason, "confirmation", w.REASONS_OF)


def rules_of(desk: Desk, batch: Batch) -> dict[str, str]:
    """The rules of the checks that wait, by their names in small letters."""
    rows = list(islice(desk.client.results(batch, outcome=HELD), MOST_HELD)) if batch.counts.held else []
    return {rule.casefold(): rule for rule in checks_to_confirm(batch, rows)}
