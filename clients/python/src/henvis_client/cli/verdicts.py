"""What happened to a file, and what is wanting before all of it is stored, in sentences."""

from __future__ import annotations

from henvis_client.bodies import Batch
from henvis_client.cli import batch_words as w
from henvis_client.cli.desk import Desk
from henvis_client.cli.refusals import PROBLEMS
from henvis_client.texts import Text

CHECKS = frozenset({"check", "delivery_check"})
OUTCOMES = ("created", "corrected", "unchanged")


def rows_of(count: int) -> Text:
    """A number of rows."""
    return w.ROW if count == 1 else Text(*(each.format(count=count) for each in w.ROWS))


def one_or_more(count: int, one: Text, more: Text) -> list[Text]:
    """Something with its number; nothing for none."""
    return [one if count == 1 else Text(*(each.format(count=count) for each in more))] if count else []


def of_rows(count: int, text: Text) -> list[Text]:
    """What is said of a number of rows; nothing of none."""
    rows = rows_of(count)
    return [Text(text.da.format(rows=rows.da), text.en.format(rows=rows.en))] if count else []


def has_stored(batch: Batch) -> bool:
    """Whether rows of it are stored. A file of which all rows may be stored that can be may have none."""
    return batch.is_stored and any(getattr(batch.counts, outcome) for outcome in OUTCOMES)


def has_right_rows(batch: Batch) -> bool:
    """Whether rows could be stored without those that are wrong: of a file that was sent, is asked nothing and waits."""
    is_waiting = batch.state == "needs_review" and not (batch.dry_run or batch.is_stored or batch.questions)
    return is_waiting and batch.counts.rejected > 0 and batch.counts.created + batch.counts.corrected > 0


def checks_of_file(batch: Batch) -> int:
    """How many checks of the whole file wait for a word: once something is stored, none does."""
    is_over = batch.is_stored or batch.state == "done"
    return 0 if is_over else len({each.rule for each in batch.findings if each.kind in CHECKS})


def wants(batch: Batch) -> list[Text]:
    """What is wanting before all of a file is stored."""
    return [
        *one_or_more(0 if batch.is_stored else len(batch.questions), w.QUESTION, w.QUESTIONS),
        *of_rows(batch.counts.rejected, w.TO_CORRECT),
        *of_rows(batch.counts.held, w.TO_CONFIRM),
        *one_or_more(checks_of_file(batch), w.CHECK, w.CHECKS),
    ]


def join(desk: Desk, texts: list[Text]) -> str:
    """Several things in one sentence."""
    *first, last = map(desk.text, texts)
    return desk.text(w.AND).join([", ".join(first), last] if first else [last])


def verdict(desk: Desk, batch: Batch) -> str:
    """One sentence on a file."""
    if batch.state in {"failed", "cancelled"}:
        failure = w.FAILED if batch.state == "failed" else w.CANCELLED
        return desk.text(w.ENDED_PART if has_stored(batch) else failure)
    wanting = wants(batch)
    if not wanting and batch.state == "done":
        return desk.text(w.CHECKED_WHOLE if batch.dry_run else w.STORED_WHOLE)
    if not wanting:
        return desk.text(w.WAITS_FOR_WORD)
    lead = w.CHECKED if batch.dry_run else w.STORED_PART if has_stored(batch) else w.WAITS
    return desk.text(lead, wants=join(desk, wanting))


def counts(desk: Desk, batch: Batch) -> list[str]:
    """What becomes of the rows that are in order, a line for each outcome."""
    texts = w.WOULD if batch.dry_run else w.DONE if batch.is_stored else w.CAN
    lines = [text for name, each in texts.items() for text in of_rows(getattr(batch.counts, name), each)]
    return [] if batch.state in {"failed", "cancelled"} and not batch.is_stored else [*map(desk.text, lines)]


def reason(desk: Desk, code: str) -> str:
    """Why a whole file was refused."""
    if code in PROBLEMS:
        return desk.text(w.PROBLEM, text=desk.text(PROBLEMS[code]))
    return desk.text(w.PROBLEM_PAGE, address=f"{desk.profile.address}/problems/{code}")
