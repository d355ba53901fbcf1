"""What staff are told of the audit of a release: its outcome, and the room to spare."""

from __future__ import annotations

from typing import Any

from core.text import Text, say
from stats.models import Release
from stats.publishing.intruders import AUTHORITY, CELLS, DECIDER, EVERYBODY, PARTNER, kind_of
from stats.staff import approval
from stats.staff.words import as_folded_json, axes, cells, facts_of_sums
from stats.words import HOW_CHECKED

# The kinds of the audit's views in words: who may read what is published, and what each knows already.
READERS = {
    CELLS: Text("den, der kun kender det udgivne", "somebody who knows only what is published"),
    EVERYBODY: Text(
        "den, der også kender andres offentliggjorte tal", "somebody who also knows the figures that others published"
    ),
    PARTNER: Text(
        "en partner, der kender de personer, den selv har henvist", "a partner that knows the persons whom it referred"
    ),
    DECIDER: Text("en myndighed, der har vurderet personerne", "an authority that assessed the persons"),
    AUTHORITY: Text(
        "en myndighed med alle udgivelser for myndigheder", "an authority with every release for authorities"
    ),
}
NO_TARGETS = Text("her er ingen tal at beskytte", "no figures here need protection")
WITHOUT_PARTNERS = Text(
    "der er ikke skjult mere for partnere, der kender metoden: det lod sig ikke beskytte for alle",
    "nothing more is hidden for partners who know the method: with it the figures could not be protected for everybody",
)
IN_ALL = "total"
STALE = Text(
    "siden den blev dannet, er der udgivet noget, truffet afgørelse om tal eller slettet personer: bestil den igen",
    "since it was built releases were published, facts decided or persons erased: build it again",
)


def audit_outcome(release: Release) -> list[tuple[object, object]]:
    """What staff are told of the audit: its outcome and the room to spare."""
    proof = approval.proof_of(release.pk)
    return [*verdict(proof), *(margins(proof.margins) if proof else [])]


def verdict(proof: approval.DraftProof | None) -> list[tuple[object, object]]:
    """The outcome of an audit alone."""
    check = say("Fortrolighedskontrol", "Disclosure check")
    if proof is None:
        return [(check, say("ingen", "none"))]
    outcome = say("bestået", "passed") if proof.passed else say("ikke bestået", "failed")
    stale = [(say("Forældet", "Stale"), STALE)] if proof.stale else []
    return [(check, outcome), *stale]


def margins(report: dict[str, Any]) -> list[tuple[object, object]]:
    """How to read it, each table's cells, the room to spare by kind of reader (0 is none), what more could be shown, and all."""
    tables = [
        (say(f"Tal, {axes(each['axes'])}", f"Figures, {axes(each['axes'])}"), cells(each))
        for each in report.get("tables", ())
    ]
    blocks = [
        (say(f"Spillerum, {dimensions(name)}", f"Room to spare, {dimensions(name)}"), room_to_spare(views))
        for name, views in report.get("audit", {}).items()
    ]
    more = [
        (say(f"Skjulte tal, {dimensions(name)}", f"Hidden figures, {dimensions(name)}"), room_to_show(percent))
        for name, percent in report.get("gap", {}).items()
    ]
    few = [
        (say(f"Partnere, {axes(name)}", f"Partners, {axes(name)}"), few_others(number))
        for name, number in report.get("few_for_partners", {}).items()
    ]
    without = [
        (say(f"Partnere, {dimensions(name)}", f"Partners, {dimensions(name)}"), WITHOUT_PARTNERS)
        for name in report.get("without_partners", ())
    ]
    how = (say("Sådan læses det", "How to read it"), HOW_CHECKED)
    sums = facts_of_sums(report)
    everything = (say("Alt fra fortrolighedskontrollen", "All of the disclosure check"), as_folded_json(report))
    return [how, *tables, *blocks, *more, *few, *without, *sums, everything]


def dimensions(block: str) -> str:
    """The labels of the dimensions of a block."""
    return " × ".join(axes(name) for name in block.split("+")) if block != IN_ALL else axes("")


def room_to_spare(views: dict[str, dict[str, int]]) -> str:
    """The room to spare by kind of reader: of the views of a kind, the least. Nobody has any of a block without small figures."""
    least: dict[str, int] = {}
    for view, spare in views.items():
        if spare:
            kind, amount = kind_of(view), min(spare.values())
            least[kind] = min(amount, least.get(kind, amount))
    return "; ".join(f"{READERS[kind]}: {spare_in_words(amount)}" for kind, amount in least.items()) or str(NO_TARGETS)


def spare_in_words(amount: int) -> Text:
    """How much wider than demanded the narrowest interval of a reader is."""
    if not amount:
        return Text("netop det krævede", "exactly what is demanded")
    da, en = ("mere", "more") if amount > 0 else ("mindre", "less")
    da_persons, en_persons = ("person", "person") if abs(amount) == 1 else ("personer", "persons")
    return Text(f"{abs(amount)} {da_persons} {da} end krævet", f"{abs(amount)} {en_persons} {en} than demanded")


def room_to_show(percent: int) -> Text:
    """How much more another choice of hidden cells could have shown."""
    if not percent:
        return Text("der kunne ikke være vist mere", "nothing more could have been shown")
    return Text(
        f"der kunne højst være vist {percent} % mere af det skjulte",
        f"at most {percent} % more of what is hidden could have been shown",
    )


def few_others(number: int) -> Text:
    """How many cells leave a partner who knows the method too few numbers."""
    da, en = ("skjult tal", "hidden figure") if number == 1 else ("skjulte tal", "hidden figures")
    return Text(
        f"af {number} {da} kan en partner, der kender metoden, måske slutte, hvor mange andre der er",
        f"of {number} {en} a partner who knows the method may infer how many others there are",
    )
