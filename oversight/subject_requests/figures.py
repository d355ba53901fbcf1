"""The yearly figures of the register: how many requests of each kind were received and answered, in time and late, and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import ExtractYear

from cases.codelists.subject_requests import REQUEST_KIND, REQUEST_OUTCOME
from cases.months import today
from core.text import Text
from oversight.subject_requests.models import SubjectRequest
from oversight.subject_requests.register import RequestState, is_in_time, state_of

ALL = "ALL"
MISTAKE = "MISTAKE"


@dataclass
class KindCounts:
    """Counts of the requests of one kind. `answers`: by the code of the answer. What was a mistake counts there alone."""

    number_received: int = 0
    number_open: int = 0
    number_overdue: int = 0
    in_time: int = 0
    late: int = 0
    answers: Counter[str] = field(default_factory=Counter)

    def add(self, request: Any) -> None:
        """Count a request from `register.requests()`."""
        if request.is_answered:
            self.answers[request.answer] += 1
        if request.answer == MISTAKE:
            return
        self.number_received += 1
        if request.is_answered:
            self.in_time += is_in_time(request)
            self.late += not is_in_time(request)
        else:
            self.number_open += 1
            self.number_overdue += state_of(request, today()) == RequestState.OVERDUE

    @property
    def numbers(self) -> tuple[int, ...]:
        """The counts in the order of `HEADS`."""
        answers = (self.answers[code] for code in REQUEST_OUTCOME.names)
        return (self.number_received, self.number_open, self.number_overdue, self.in_time, self.late, *answers)


HEADS = (
    Text("Modtaget", "Received"),
    Text("Åbne", "Open"),
    Text("Over fristen", "Overdue"),
    Text("Besvaret i tide", "Answered in time"),
    Text("Besvaret for sent", "Answered late"),
    *(code.label for code in REQUEST_OUTCOME.codes),
)


def figures_of(requests: Iterable[Any]) -> list[tuple[Text, tuple[int, ...]]]:
    """A line for each kind of request, and one for all."""
    by_kind = {kind: KindCounts() for kind in (*REQUEST_KIND.names, ALL)}
    for request in requests:
        by_kind[request.kind].add(request)
        by_kind[ALL].add(request)
    labels = {code.code: code.label for code in REQUEST_KIND.codes} | {ALL: Text("I alt", "All")}
    return [(labels[kind], figures.numbers) for kind, figures in by_kind.items()]


def years_received() -> list[int]:
    """The years in which requests were received, and this one, the latest first."""
    in_register = SubjectRequest.objects.order_by().values_list(ExtractYear("received_on"), flat=True).distinct()
    return sorted({*in_register, today().year}, reverse=True)
