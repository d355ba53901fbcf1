"""Decisions on figures of others: what two members of staff compare before one decides and another confirms, and what waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, transaction
from django.utils import timezone
from django.utils.html import format_html_join

from core.refusals import raised_as
from core.text import Text, in_one, say
from partners import audit
from partners.audit import Actor
from partners.staff import waiting
from partners.staff.naming import moment_of
from partners.staff.waiting import WaitingEntry, WaitingRows
from stats.choices import FACT_DECISIONS, FACT_OUTCOMES
from stats.errors import ReleaseRefused
from stats.models import CONFIRMED, REFUSED, TAKEN_BACK, FactDecision, FactDecisionEnd
from stats.publishing.facts import Fact, known_facts
from stats.reading.exact_figures import NOT_FOR_PUBLICATION
from stats.words import FACT_EFFECTS

MAY_DECIDE, MAY_APPROVE = "statistics.add_factdecision", "statistics.approve_release"
COUNTED = "SELECT persons, counted_at FROM henvis_counted_fact(%s, %s)"
WAITS = Text("venter på, at en anden bekræfter den", "waits for somebody else to confirm it")
THEIRS = Text("Offentliggjort af andre", "Published by others")
OURS = Text("Talt i vores oplysninger", "Counted in our records")
NOT_COUNTED = Text(
    "Ingen bestilling er afvist på grund af tallet, så det er ikke talt.",
    "No order was refused because of the figure, so it was not counted.",
)
NOT_SHOWN = Text(
    "Vises for dem, der afgør eller bekræfter: det er et nøjagtigt tal.",
    "Shown to those who decide or confirm: it is an exact figure.",
)
Facts = list[tuple[object, object]]
Person = User | AnonymousUser


def may_decide(user: Person) -> bool:
    """Whether somebody decides on figures of others, and confirms what another decided. The database asks the same."""
    return user.has_perm(MAY_DECIDE) or user.has_perm(MAY_APPROVE)


def comparison(user: Person, name: str, decision: str | None = None) -> Facts:
    """What stands before a decision: the figure as published with its sources, as our records count it, and what choices do.

    `decision`: the choice whose effect is told; None for all. Whoever may decide is shown our number, which the audit keeps as a
    reading. A figure that nobody published has nothing.
    """
    facts = [fact for fact in known_facts() if fact.id == name]
    if not facts:
        return []
    ours = ours_in_words(user, facts[0]) if may_decide(user) else NOT_SHOWN
    return [(THEIRS, theirs_in_words(facts)), (OURS, ours), *effects(decision)]


def effects(decision: str | None = None) -> Iterator[tuple[object, object]]:
    """What a decision does; of none what each does."""
    for code, effect in FACT_EFFECTS.items():
        if decision in {None, code}:
            word = FACT_DECISIONS[code]
            yield Text(f"Virkning af »{word.da}«", f"Effect of “{word.en}”"), effect


def theirs_in_words(facts: Iterable[Fact]) -> str:
    """What was published of a figure, each number with its source. Several reports may have several numbers."""
    rows = dict.fromkeys((number_of(fact), fact.source) for fact in facts)
    return format_html_join("", "<div>{}: {}</div>", rows)


def number_of(fact: Fact) -> Text:
    """A published number, or the interval that was published."""
    if fact.low == fact.high:
        return Text(str(fact.low), str(fact.low))
    if fact.high is None:
        return Text(f"mindst {fact.low}", f"at least {fact.low}")
    return Text(f"{fact.low}–{fact.high}", f"{fact.low}–{fact.high}")


def ours_in_words(user: Person, fact: Fact) -> str:
    """How many persons the last refused build counted, and when. The database writes down who reads it."""
    row = persons_counted(user, fact.id)
    if row is None:
        return str(NOT_COUNTED)
    number = Text(str(row[0]), str(row[0])) if fact.is_exact else Text(f"højst {row[0]}", f"at most {row[0]}")
    at = moment_of(row[1])
    return str(in_one(Text(f"{number.da} (talt {at}).", f"{number.en} (counted {at})."), NOT_FOR_PUBLICATION))


def persons_counted(user: Person, name: str) -> tuple[int, datetime] | None:
    """What the last refused build counted of a fact, and when. None: none was refused for it. Raises `ReleaseRefused`."""
    with raised_as(ReleaseRefused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COUNTED, [name, user.pk])
        row: tuple[int, datetime] | None = cursor.fetchone()
    return row


def end(*, by: Actor, decision: FactDecision, outcome: str, reason: str = "") -> None:
    """Confirm or refuse what another decided, or take back one's own. Raises `ReleaseRefused` where the database refuses."""
    with raised_as(ReleaseRefused), transaction.atomic():
        FactDecisionEnd.objects.create(decision=decision, outcome=outcome, reason=reason, user_id=by.user_id or 0)
        audit.record(by=by, action=f"factdecision.{outcome.lower()}", subject=decision.subject)


def end_of(decision: FactDecision) -> FactDecisionEnd | None:
    """How a decision ended its wait. None: it waits."""
    end: FactDecisionEnd | None = getattr(decision, "end", None)
    return end


def outcomes_for(user: Person, decision: FactDecision) -> tuple[str, ...]:
    """What somebody may do about a decision: it waits, and its author takes it back while others confirm or refuse it."""
    if end_of(decision) is not None or not may_decide(user):
        return ()
    return (TAKEN_BACK,) if decision.user_id == user.pk else (CONFIRMED, REFUSED)


def state_in_words(decision: FactDecision) -> str:
    """Whether it waits, or how that ended, by whom and why."""
    end = end_of(decision)
    if end is None:
        return str(WAITS)
    words = f"{FACT_OUTCOMES[end.outcome]} ({end.user}, {moment_of(end.ended_at)})"
    return f"{words}: {end.reason}" if end.reason else words


def bounds(decision: FactDecision) -> str:
    """The bounds of an interval. Empty for another decision."""
    return "" if decision.low is None else f" {decision.low}–{'' if decision.high is None else decision.high}"


def decisions_in_force() -> Facts:
    """Which facts builds leave out or take as an interval, and which two decided it: the proof holds without them."""
    label = say("Afgørelse om andres tal", "Decision on a figure of others")
    return [(label, decision_in_words(each)) for _, each in sorted(FactDecision.in_force().items())]


def decision_in_words(decision: FactDecision) -> str:
    """A confirmed decision with its reason and its two persons."""
    by = Text(
        f"{decision.user}, bekræftet af {decision.end.user}", f"{decision.user}, confirmed by {decision.end.user}"
    )
    return f"{decision}{bounds(decision)}: {decision.reason} ({by})"


# For so long the first page tells of what was refused; the list has all of it.
TOLD_FOR = timedelta(days=7)


def decided_entry(decision: FactDecision) -> WaitingEntry:
    """A decision with who took it and when."""
    at = moment_of(decision.decided_at)
    return WaitingEntry(decision, Text(f"afgjort {at} af {decision.user}", f"decided {at} by {decision.user}"))


def to_confirm(user: User) -> WaitingRows:
    """The decisions of others that wait, for who may confirm them."""
    if not may_decide(user):
        return waiting.NOTHING
    rows = FactDecision.objects.filter(end=None).exclude(user=user).select_related("user")
    return waiting.newest(rows.order_by("decided_at"), decided_entry)


def refused_lately(user: User) -> WaitingRows:
    """The user's own decisions that another refused in the last seven days."""
    rows = FactDecision.objects.filter(user=user, end__outcome=REFUSED, end__ended_at__gt=timezone.now() - TOLD_FOR)
    rows = rows.select_related("end__user").order_by("-end__ended_at")
    return waiting.newest(rows, lambda row: WaitingEntry(row, state_in_words(row)))


def add_items() -> None:
    """Put them on the first page."""
    waiting.add(
        "facts_to_confirm",
        Text(
            "En afgørelse om andres tal venter på, at du bekræfter den",
            "A decision on a figure of others waits for you to confirm it",
        ),
        Text(
            "{number} afgørelser om andres tal venter på, at du bekræfter dem",
            "{number} decisions on figures of others wait for you to confirm them",
        ),
        rights=["statistics.view_factdecision"],
        find=to_confirm,
        address="statistics_factdecision_changelist?state=waiting",
    )
    waiting.add(
        "facts_refused",
        Text("En af dine afgørelser om andres tal er afvist", "One of your decisions on figures of others is refused"),
        Text(
            "{number} af dine afgørelser om andres tal er afvist",
            "{number} of your decisions on figures of others are refused",
        ),
        rights=[MAY_DECIDE],
        find=refused_lately,
        address="statistics_factdecision_changelist?state=ended",
    )
