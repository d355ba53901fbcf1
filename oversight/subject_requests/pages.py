"""What the staff pages of the register show: what comes next about a request, in one sentence, and the yearly figures.

The sentence is there whoever reads it and however far the request is. The figures are how many requests of each kind were received
and answered, in time and late, and how.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import ExtractYear

from cases.codelists.staff import REQUEST_KIND, REQUEST_OUTCOME
from cases.months import today
from core.text import Text, in_one
from oversight.subject_requests.choices import RequestAct
from oversight.subject_requests.models import SubjectRequest
from oversight.subject_requests.register import RequestState, is_in_time, state_of
from partners.staff.naming import day_of

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


IDENTIFY = Text(
    "Kontrollér først, at sagskoden er den persons, der beder om det, og skriv ned hvordan.",
    "First make sure that the case token is that of the person who asks, and write down how.",
)
# What is done about a request of a kind once the identity was checked, and the act that says that it was done (or nothing).
TASKS: dict[str, tuple[Text, str]] = {
    "ACCESS": (
        Text(
            "Udlevér oplysningerne til personen, med et brev om formål, retsgrundlag og opbevaring (artikel 15, stk. 1).",
            "Produce the data to the person, with a letter on purpose, legal basis and storage (article 15(1)).",
        ),
        str(RequestAct.PRODUCED),
    ),
    "ERASURE": (
        Text(
            "Slet oplysningerne, eller find grunden til et afslag.", "Erase the data, or find the ground for a refusal."
        ),
        str(RequestAct.ERASED),
    ),
    "OBJECTION": (
        Text(
            "Slet oplysningerne, eller find grunden til et afslag. Henvis kan endnu ikke begrænse behandlingen, så det kan ikke "
            "være svaret.",
            "Erase the data, or find the ground for a refusal. Henvis cannot restrict the processing yet, so that cannot be the "
            "answer.",
        ),
        str(RequestAct.ERASED),
    ),
    "RECTIFICATION": (
        Text(
            "Bed den organisation, der har sendt oplysningerne, om at rette dem. Se i det, der er registreret, hvem der har "
            "sendt oplysningerne, og bed en sagsansvarlig om at sende henvisningen retur.",
            "Ask the organisation that sent the data to correct them. See in what is held who sent the data, and ask a case "
            "manager to return the referral.",
        ),
        "",
    ),
    "RESTRICTION": (
        Text(
            "Henvis kan endnu ikke begrænse behandlingen, så det kan ikke være svaret. Aftal med driften og de sagsansvarlige, "
            "hvordan oplysningerne holdes ude, og lad anmodningen stå åben, eller find grunden til et afslag.",
            "Henvis cannot restrict the processing yet, so that cannot be the answer. Agree with operations and the case managers "
            "how the data are kept out, and leave the request open, or find the ground for a refusal.",
        ),
        "",
    ),
}


def next_step(request: Any, acts: Container[str]) -> Text:
    """What comes next about a request of the register. `acts`: those of its steps so far."""
    if request.is_answered:
        return answer_in_words(request)
    day = day_of(request.due)
    then = Text(f"Svar personen senest {day}, og skriv svaret ned.", f"Answer the person by {day}, and write it down.")
    if state_of(request) == RequestState.OVERDUE:
        then = Text(
            f"Fristen var {day}: svar personen nu, og skriv svaret ned.",
            f"It was due {day}: answer the person now, and write it down.",
        )
    if str(RequestAct.IDENTIFIED) not in acts:
        return in_one(IDENTIFY, then)
    task, act = TASKS[request.kind]
    return then if act and act in acts else in_one(task, then)


def answer_in_words(request: Any) -> Text:
    """That a request was answered, how, when, and whether in time."""
    label, day = REQUEST_OUTCOME.by_code[request.answer].label, day_of(request.answered_on)
    timely = Text("i tide", "in time") if is_in_time(request) else Text("efter fristen", "after it was due")
    return Text(
        f"Besvaret {day}, {timely.da}: {label.da}. Der er ikke mere at gøre.",
        f"Answered {day}, {timely.en}: {label.en}. Nothing more is to be done.",
    )
