"""A year in plain dictionaries: what every figure has to be, in the fewest words. It knows nothing of the program beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

Codes = dict[str, str]
SILENT = {"_U", "_N"}


@dataclass
class Year:
    """Cases are numbered in the order in which they were opened; a person is the first case of its group."""

    referrals: dict[str, tuple[str, int, Codes]] = field(default_factory=dict)  # reference → partner, case, codes
    decisions: dict[tuple[str, int], Codes] = field(default_factory=dict)  # authority and case → codes
    merges: dict[str, set[int]] = field(default_factory=dict)  # name → cases of one person
    splits: dict[str, tuple[int, int, set[str]]] = field(default_factory=dict)  # name → case, new one, references moved
    settled: dict[tuple[int, str], str] = field(default_factory=dict)  # person and field → what staff found to be true

    def group(self, case: int) -> int:
        """The person of a case."""
        found = {case}
        while more := {each for merged in self.merges.values() if merged & found for each in merged} - found:
            found |= more
        return min(found)

    def person(self, reference: str) -> int:
        """The person of a referral."""
        case = self.referrals[reference][1]
        moved = [new for old, new, references in self.splits.values() if old == case and reference in references]
        return self.group(moved[-1] if moved else case)

    def identified(self, year: str) -> dict[int, Codes]:
        """The persons whose earliest positive decision is of a year, with that decision."""
        positive = [
            (d["decided_in"], self.group(case), d)
            for (_, case), d in self.decisions.items()
            if d["outcome"] == "IDENTIFIED"
        ]
        earliest = {who: decision for _, who, decision in sorted(positive, key=lambda each: each[0], reverse=True)}
        return {who: decision for who, decision in earliest.items() if decision["decided_in"].startswith(year)}

    def attribute(self, who: int, decision: Codes, name: str) -> str:
        """Verified, else settled by staff, else what the best of the referrals say that know it; not known where they differ."""
        if decision.get(f"verified_{name}", "_N") not in SILENT:
            return decision[f"verified_{name}"]
        if (who, name) in self.settled:
            return self.settled[who, name]
        told = [codes for each, (_, _, codes) in self.referrals.items() if self.person(each) == who]
        known = [(rank(codes), codes[name]) for codes in told if codes[name] not in SILENT]
        best = {code for order, code in known if order == max(known)[0]}
        return best.pop() if len(best) == 1 else "_U"

    def persons(self, year: str, *names: str) -> Counter[tuple[str, ...]]:
        """Persons identified in a year, by attributes."""
        return Counter(tuple(self.attribute(w, d, n) for n in names) for w, d in self.identified(year).items())

    def own(self, partner: str, name: str) -> Counter[str]:
        """A partner's own referrals by a field."""
        return Counter(codes[name] for whose, _, codes in self.referrals.values() if whose == partner)


def rank(codes: Codes) -> tuple[bool, str, int]:
    """The better the referral, the greater: with consent, later in time, more complete."""
    return codes["consent"] == "GIVEN", codes["referred_in"], -sum(code in SILENT for code in codes.values())
