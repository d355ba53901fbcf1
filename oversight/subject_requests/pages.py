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
from django.utils.html import format_html

from cases.codelists.staff import REQUEST_KIND, REQUEST_OUTCOME
from cases.months import today
from core.text import Text, in_one, say
from oversight.subject_requests.choices import RequestAct
from oversight.subject_requests.models import SubjectRequest
from oversight.subject_requests.register import (
    RequestState,
    answered_in_words,
    days_left_in_words,
    is_in_time,
    state_of,
)
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
NO_MORE = Text("Der er ikke mere at gøre.", "Nothing more is to be done.")
# Article 18(3): before a restriction is lifted, the person is told.
TOLD_FIRST = Text(
    "Skal den ophæves, får personen besked først (artikel 18, stk. 3), og det skrives ned.",
    "To lift it, first tell the person (article 18(3)), and write that down.",
)
LIFTED_BY_ANOTHER = Text(
    "Personen har fået besked: en anden end den, der har begrænset behandlingen, ophæver den.",
    "The person was told: somebody else than who restricted the processing lifts it.",
)
# Of an objection, while the processing is restricted.
VERIFY_OBJECTION = Text(
    "Behandlingen er begrænset, mens indsigelsen kontrolleres. Slet oplysningerne, eller find grunden til et afslag.",
    "The processing is restricted while the objection is verified. Erase the data, or find the ground for a refusal.",
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
            "Begræns behandlingen, mens indsigelsen kontrolleres (artikel 18, stk. 1, litra d). Slet så oplysningerne, eller find "
            "grunden til et afslag.",
            "Restrict the processing while the objection is verified (article 18(1)(d)). Then erase the data, or find the ground "
            "for a refusal.",
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
            "Begræns behandlingen, eller find grunden til et afslag.",
            "Restrict the processing, or find the ground for a refusal.",
        ),
        str(RequestAct.RESTRICTED),
    ),
}


def restriction_in_words(request: Any, acts: Container[str]) -> Text:
    """That the restriction of a request holds, until when, and what comes before it ends."""
    until = day_of(request.restricted_until) if request.restricted_until else ""
    holds = Text(
        f"Begrænsningen gælder, til den ophæves; slutdatoen er {until}."
        if until
        else "Begrænsningen gælder, til den ophæves.",
        f"The restriction holds until it is lifted; its end is {until}."
        if until
        else "The restriction holds until it is lifted.",
    )
    then = LIFTED_BY_ANOTHER if str(RequestAct.INFORMED) in acts else TOLD_FIRST
    return in_one(holds, then)


def next_step(request: Any, acts: Container[str]) -> Text:
    """What comes next about a request of the register. `acts`: those of its steps so far."""
    if request.is_answered:
        words = answer_in_words(request)
        return in_one(words, restriction_in_words(request, acts)) if request.is_restricting else in_one(words, NO_MORE)
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
    if request.has_restricted and act == str(RequestAct.ERASED):
        task = VERIFY_OBJECTION if request.is_restricting else TASKS["ERASURE"][0]
    return then if act and act in acts else in_one(task, then)


def answer_in_words(request: Any) -> Text:
    """That a request was answered, how, when, and whether in time."""
    label, day = REQUEST_OUTCOME.by_code[request.answer].label, day_of(request.answered_on)
    timely = Text("i tide", "in time") if is_in_time(request) else Text("efter fristen", "after it was due")
    return Text(
        f"Besvaret {day}, {timely.da}: {label.da}.",
        f"Answered {day}, {timely.en}: {label.en}.",
    )


def facts_of(row: Any) -> list[tuple[Any, Any]]:
    """What a page says of a request."""
    restriction = [(say("Begrænsning", "Restriction"), restricted_in_words(row))] if row.is_restricting else []
    return [
        (say("Art", "Kind"), row.get_kind_display()),
        (say("Modtaget via", "Received by"), row.get_channel_display()),
        (say("Modtaget den", "Received on"), row.received_on),
        (say("Frist", "Due"), row.due),
        (say("Tilstand", "State"), state_in_words(row)),
        *restriction,
    ]


def restricted_in_words(row: Any) -> str:
    """That a restriction holds, and when that is looked at again."""
    if row.restricted_until is None:
        return str(say("gælder, uden slutdato", "holds, without an end"))
    day = day_of(row.restricted_until)
    return str(Text(f"gælder; slutdato {day}", f"holds; end {day}"))


def state_in_words(row: Any) -> str:
    """How far a request is: the days that are left, in bold where there are none, or what was answered and when."""
    if row.is_answered:
        return str(answered_in_words(row))
    words = str(days_left_in_words(row))
    return format_html("<strong>{}</strong>", words) if state_of(row) == RequestState.OVERDUE else words
