"""The year in the program and in the model at once: every act is done to both."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from cases import dictionary as d
from cases.duplicates import search
from cases.duplicates.decisions import decide
from cases.duplicates.models import Decision, Duplicate
from cases.linking import decisions
from cases.linking import decisions as links
from cases.models import Case
from core.text import Text
from partners.audit import COMMAND, Actor
from stats.counting import build as release
from tests.api import json_stat
from tests.api.asserts import body
from tests.callers import Caller, assessment, make_caller, referral
from tests.stats.published import staff
from tests.year.model import Year

YEAR = "2025"
API = "/api/v1"
CODED = tuple(each.name for each in d.coded_fields(d.REFERRAL))
COUNTED = ("gender", "exploitation", "citizenship")
NOTES = Text("Efter sene indberetninger.", "After late reports.")
PURPOSE = {"Henvis_Purpose": "annual-report"}


def reference_of(number: int) -> str:
    """The reference of the referral that is sent as the number-th: the same in every run, and drawn by chance like any other."""
    return str(UUID(int=Random(number).getrandbits(128), version=4))


@dataclass
class World:
    """Three partners, the centre that decides, and the staff member who links."""

    model: Year = field(default_factory=Year)
    partners: dict[str, Caller] = field(
        default_factory=lambda: {
            "street": make_caller("NGO"),
            "police": make_caller("POLICE"),
            "shelter": make_caller("NGO"),
        }
    )
    centre: Caller = field(default_factory=lambda: make_caller("CENTRE"))
    by: Actor = field(default_factory=lambda: Actor.of(staff("linker")))
    tokens: list[str] = field(default_factory=list)  # of each case, in the order in which they were opened
    sent: dict[str, tuple[str, int, dict[str, Any]]] = field(default_factory=dict)  # reference → partner, version, body
    made: dict[str, UUID] = field(default_factory=dict)  # decisions of staff, by the model's names
    vintages: list[str] = field(default_factory=list)

    def refer(self, partner: str, *, case: int | None = None, **codes: Any) -> str:
        """A referral, with the case's token handed on, or of a new case; its reference."""
        reference = reference_of(len(self.sent))
        token = {} if case is None else {"case_token": self.tokens[case]}
        self.put(partner, reference, 201, {**token, **codes})
        return reference

    def correct(self, reference: str, **codes: Any) -> None:
        """Correct a referral."""
        partner, version, sent = self.sent[reference]
        self.put(partner, reference, 200, {**sent, **codes}, If_Match=f'"{version}"')

    def put(self, partner: str, reference: str, status: int, changes: dict[str, Any], **headers: str) -> None:
        """Send a referral, and tell the model what it says."""
        sent = referral(exploitation_also=[], exploitation_detail="_U", **changes)
        response = self.partners[partner].put(f"{API}/referrals/{reference}", sent, **headers)
        answer = body(response, status)
        if answer["case_token"] not in self.tokens:
            self.tokens.append(answer["case_token"])
        case = self.tokens.index(answer["case_token"])
        self.model.referrals[reference] = partner, case, {name: answer[name] for name in (*CODED, "referred_in")}
        self.sent[reference] = partner, answer["version"], changes

    def withdraw(self, reference: str) -> None:
        """Withdraw a referral."""
        partner, _, _ = self.sent[reference]
        response = self.partners[partner].post(
            f"{API}/referrals/{reference}/withdrawal", {"reason_code": "ENTERED_IN_ERROR"}
        )
        assert response.status_code == 200, response.content
        del self.model.referrals[reference]

    def assess(self, case: int, decided_in: str, outcome: str = "IDENTIFIED", **verified: str) -> None:
        """The centre's first assessment of a case."""
        silent = {each.name: "_N" for each in d.ASSESSMENT if each.name.startswith("verified_")}
        sent = assessment(**{**silent, "outcome": outcome, "decided_in": decided_in, **verified})
        response = self.centre.put(f"{API}/cases/{self.tokens[case]}/assessment", sent)
        assert response.status_code == 201, response.content
        self.model.decisions["centre", case] = {name: str(value) for name, value in sent.items()}

    def merge(self, name: str, *cases: int) -> None:
        """Staff find that cases are one person."""
        made = links.merge(by=self.by, cases=[self.id(case) for case in cases], reason_code="CONFIRMED")
        self.made[name], self.model.merges[name] = made.pk, set(cases)

    def split(self, name: str, case: int, *references: str) -> int:
        """Staff find that some referrals of a case are of another person; the new case."""
        moved = [(self.partners[self.sent[each][0]].partner.pk, UUID(each)) for each in references]
        made, new = links.split(
            by=self.by, case=self.id(case), referrals=moved, assessments=[], reason_code="TWO_PERSONS"
        )
        self.tokens.append(new.token)
        self.made[name], self.model.splits[name] = made.pk, (case, len(self.tokens) - 1, set(references))
        return len(self.tokens) - 1

    def undo(self, name: str) -> None:
        """Staff take a merge or a split back."""
        links.undo(by=self.by, decision=self.made[name], reason_code="WRONG_DECISION")
        self.model.merges.pop(name, None)
        self.model.splits.pop(name, None)

    def settle(self, case: int, name: str, code: str) -> None:
        """Staff find what is true of a person whose referrals differ."""
        decisions.decide_attribute(by=self.by, case=self.id(case), field=name, code=code, reason_code="BETTER_SOURCE")
        self.model.settled[self.model.group(case), name] = code

    def say_code(self, reference: str, number: int) -> None:
        """The linkage code that a partner made of somebody's name, offline."""
        path = f"{API}/referrals/{reference}/linkage-code"
        response = self.partners[self.sent[reference][0]].put(path, {"linkage_code": f"{number:064x}"})
        assert response.status_code in {200, 204}, response.content

    def find_duplicates(self) -> set[frozenset[int]]:
        """What a search lists that is found by linkage codes, as pairs of cases; all of it is decided to be the same."""
        search.search(by=COMMAND)
        found = set()
        for pair in Duplicate.objects.filter(reasons__contains=["linkage_code"]):
            cases = frozenset({self.number(pair.case_a_id), self.number(pair.case_b_id)})
            made = decide(by=self.by, duplicate=pair.pk, decision=Decision.SAME, reason_code="CONFIRMED")
            name = f"same {min(cases)}"
            assert made.merge_id is not None
            self.made[name], self.model.merges[name] = made.merge_id, set(cases)
            found.add(cases)
        return found

    def count(self) -> str | None:
        """A new exact vintage of the year; None where nothing that counts has changed."""
        built = release.build(
            by=COMMAND, period=YEAR, depth=2, dimensions=COUNTED, change_notes=NOTES if self.vintages else None
        )
        if built.created:
            self.vintages.append(built.release.pk)
        return built.release.pk if built.created else None

    def exact(self, *by: str) -> Counter[tuple[str, ...]]:
        """The persons of the latest vintage, as the centre reads them."""
        query = f"?by={','.join(by)}&" if by else "?"
        answer = self.centre.get(f"{API}/statistics/persons{query}year={YEAR}&totals=exclude", **PURPOSE)
        assert answer.status_code == 200, answer.content
        document = body(answer)
        places = [document["id"].index(name) for name in by]
        cells = ((tuple(codes[place] for place in places), value) for codes, value in json_stat.cells(document))
        return Counter({codes: value for codes, value in cells if value})

    def own(self, partner: str, name: str) -> Counter[str]:
        """A partner's own figures, as it reads them."""
        answer = body(self.partners[partner].get(f"{API}/referrals/summary?by={name}"))
        return Counter({row[name]: row["count"] for row in answer["rows"] if row["count"]})

    def changes(self, release_id: str, axis: str) -> Counter[str]:
        """What changed in a vintage along an axis, as the centre reads it."""
        answer = body(self.centre.get(f"{API}/releases/{release_id}/changes", **PURPOSE))
        (table,) = [each for each in answer["tables"] if each["dataset"] == "persons" and each["axes"] == [axis]]
        return Counter({row["codes"][0]: row["change"] for row in table["rows"] if row["change"]})

    def id(self, case: int) -> UUID:
        """The id of a case."""
        found: UUID = Case.objects.get(token=self.tokens[case], test=False).pk
        return found

    def number(self, case: UUID) -> int:
        """The model's number of a case."""
        return self.tokens.index(Case.objects.get(pk=case).token)
