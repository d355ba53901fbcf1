"""How many rows came to what, in words."""

from __future__ import annotations

from cases.intake.models import Batch
from core.text import Text

RowCount = tuple[int, Text, Text]
TO_BE_CORRECTED = (
    Text("række skal rettes", "row has to be corrected"),
    Text("rækker skal rettes", "rows have to be corrected"),
)
WAITING_FOR_ANSWERS = (
    Text("række venter på jeres svar eller skal rettes", "row waits for your answer or has to be corrected"),
    Text("rækker venter på jeres svar eller skal rettes", "rows wait for your answer or have to be corrected"),
)


def count_words(batch: Batch) -> list[Text]:
    """The counts of a delivery that are not zero: what was stored, or what could be."""
    if batch.total is None:
        return []
    return [number_words(*each) for each in (stored_counts(batch) if batch.stored else counts_ahead(batch)) if each[0]]


def number_words(number: int, one: Text, many: Text) -> Text:
    words = one if number == 1 else many
    return Text(*(f"{number} {words(each)}" for each in Text._fields))


def stored_counts(batch: Batch) -> list[RowCount]:
    return [
        (
            batch.created,
            Text("ny række er gemt", "new row is stored"),
            Text("nye rækker er gemt", "new rows are stored"),
        ),
        (batch.corrected, Text("række er rettet", "row is corrected"), Text("rækker er rettet", "rows are corrected")),
        (
            batch.unchanged,
            Text("række var gemt i forvejen", "row was stored already"),
            Text("rækker var gemt i forvejen", "rows were stored already"),
        ),
        (
            batch.rejected,
            Text("række er ikke gemt og skal rettes", "row is not stored and has to be corrected"),
            Text("rækker er ikke gemt og skal rettes", "rows are not stored and have to be corrected"),
        ),
        (
            batch.held,
            Text("række er ikke gemt og skal bekræftes", "row is not stored and has to be confirmed"),
            Text("rækker er ikke gemt og skal bekræftes", "rows are not stored and have to be confirmed"),
        ),
    ]


def counts_ahead(batch: Batch) -> list[RowCount]:
    """What would become of the rows. Before the columns are understood nobody knows which of the wrong ones need a correction."""
    wrong = WAITING_FOR_ANSWERS if batch.questions else TO_BE_CORRECTED
    return [
        (sendable(batch), Text("række kan sendes", "row can be sent"), Text("rækker kan sendes", "rows can be sent")),
        (batch.rejected, *wrong),
        (
            batch.held,
            Text("række skal bekræftes", "row has to be confirmed"),
            Text("rækker skal bekræftes", "rows have to be confirmed"),
        ),
        (
            batch.unchanged,
            Text("række er gemt i forvejen", "row is stored already"),
            Text("rækker er gemt i forvejen", "rows are stored already"),
        ),
    ]


def sendable(batch: Batch) -> int:
    """How many rows can be sent as they are."""
    return batch.created + batch.corrected
