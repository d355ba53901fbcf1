"""Referrals with a rare pattern among many common ones, and staff who decide."""

from __future__ import annotations

from random import Random
from uuid import uuid4

from django.contrib.auth.models import User

from cases.duplicates.decisions import decide
from cases.duplicates.linkage import digest
from cases.duplicates.models import Decision, Duplicate, DuplicateDecision, LinkageCode
from cases.duplicates.search import SearchCounts, search
from cases.models import Case, Referral
from partners.audit import COMMAND, Actor
from partners.kinds import Mode
from partners.models import Partner
from tests.cases.duplicates import invented
from tests.stats.records import at, case, referral

RARE = {
    "citizenship": "KZ",
    "gender": "X",
    "region": "DK05",
    "residence_basis": "PERMIT_STUDY",
    "referred_in": "2025-03",
}
CODE, OTHER_CODE = "c" * 64, "d" * 64


def crowd(by: Partner, count: int = 40) -> None:
    """Referrals that are like nobody's in particular."""
    rng = Random(1)
    for _ in range(count):
        codes = {**invented.person(rng), "referred_in": f"2025-{rng.randint(1, 9):02d}"}
        if codes["gender"] != RARE["gender"]:
            referral(case(by), by, **codes)


def rare(by: Partner, **changes: object) -> Referral:
    """A referral of a case of its own that hardly another is like."""
    return referral(case(by, test=by.mode == Mode.TEST), by, **{**RARE, **changes})


def common(by: Partner, **changes: object) -> Referral:
    """A referral that tells nothing of the person."""
    silent = dict.fromkeys(invented.MISTAKES, "_U")
    return referral(case(by, test=by.mode == Mode.TEST), by, **{**silent, "referred_in": "2025-03", **changes})


def add_linkage_code(of: Referral, code: str = CODE) -> None:
    """Say a linkage code."""
    said = digest(code, mode=Mode(of.partner.mode))
    LinkageCode.objects.create(partner=of.partner, reference=of.reference, digest=said, recorded_at=at(0))


def run_search() -> SearchCounts:
    """Search."""
    return search(by=COMMAND)


def pairs() -> set[frozenset[Case]]:
    """The cases of the candidates that wait."""
    return {frozenset((each.case_a, each.case_b)) for each in Duplicate.objects.select_related("case_a", "case_b")}


def of(*referrals: Referral) -> frozenset[Case]:
    """The cases of referrals."""
    return frozenset(each.case for each in referrals)


def staff(name: str = "decider") -> User:
    """A member of staff."""
    user: User = User.objects.get_or_create(username=name, defaults={"is_staff": True})[0]
    return user


def decide_pair(decision: Decision, reason_code: str, pair: Duplicate | None = None) -> DuplicateDecision:
    """Decide on a pair, the only one that waits where none is named."""
    waiting = pair or Duplicate.objects.get()
    return decide(by=Actor.of(staff()), duplicate=waiting.pk, decision=decision, reason_code=reason_code)


def refer_again(of_: Referral, **changes: object) -> Referral:
    """The next version of a referral."""
    Referral.objects.filter(pk=of_.pk).update(superseded_at=at(5))
    next_ = {"reference": of_.reference, "version": of_.version + 1, "recorded_at": at(5)}
    return referral(of_.case, of_.partner, **{**RARE, **next_, **changes})


def nobody() -> str:
    """An id of nothing."""
    return str(uuid4())
