"""The data of the person of a token: all cases by the standing merges, and all records that belong to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from uuid import UUID

from cases import tokens
from cases.erased import digests
from cases.erased.models import ErasedToken
from cases.linking.models import CaseLink
from cases.linking.persons import CaseRecord, records_of
from cases.models import Case
from core.text import lazily, say
from oversight.rights.database import RightsRefused

ERASED = say(
    "Oplysningerne om personen med denne sagskode er slettet.",
    "The data of the person with this case token were erased.",
)


@dataclass(frozen=True)
class PersonData:
    """A person's cases, first the one that stands for the person, and the current version of each record."""

    cases: tuple[Case, ...]
    records: tuple[CaseRecord, ...]

    @property
    def ids(self) -> list[UUID]:
        return [case.pk for case in self.cases]

    @cached_property
    def referrals(self) -> tuple[tuple[UUID, UUID], ...]:
        """(partner, reference) of each referral."""
        return tuple((each.partner, each.reference) for each in self.records if each.reference is not None)

    @cached_property
    def assessments(self) -> tuple[tuple[UUID, UUID], ...]:
        """(partner, case that it was submitted to) of each assessment."""
        return tuple((each.partner, each.own_case) for each in self.records if each.reference is None)

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen digits that change when a record is added or corrected. So only data that the user has seen are erased."""
        names = sorted(str(name) for name in (*self.ids, *(record.version for record in self.records)))
        return sha256(" ".join(names).encode()).hexdigest()[:16]

    def counts(self) -> dict[str, int]:
        """The number of each kind of row, for the question whether to erase them."""
        return {"cases": len(self.cases), "referrals": len(self.referrals), "assessments": len(self.assessments)}


def find(token: str, *, test: bool) -> PersonData:
    """The person of a token as text. Raises `RightsRefused`, which tells a typing error, an erased and an unknown token apart.

    Whoever asks may produce or erase anybody, so the three answers tell nothing that another page does not.
    """
    text = token.strip()
    canonical = tokens.canonical(text)
    if canonical is None:
        raise RightsRefused(lazily(tokens.fault_of(text) or tokens.MISSHAPEN))
    case = Case.objects.filter(token=canonical, test=test).first()
    if case is None:
        is_erased = ErasedToken.objects.filter(digest=digests.of_token(canonical, test=test)).exists()
        raise RightsRefused(ERASED if is_erased else lazily(tokens.UNKNOWN))
    return data_of_case(case)


def data_of_case(case: Case) -> PersonData:
    cases = group_of(case)
    return PersonData(tuple(cases), tuple(records_of(*(each.pk for each in cases))))


def group_of(case: Case) -> Sequence[Case]:
    """The cases of the same person, first the one that stands for the person."""
    now = CaseLink.objects.current()
    person = now.filter(case=case).values_list("person_id", flat=True).first() or case.pk
    ids = {person, *now.filter(person=person).values_list("case_id", flat=True)}
    return sorted(
        Case.objects.filter(pk__in=ids).select_related("opened_by"),
        key=lambda each: (each.pk != person, each.opened_at),
    )


def reopened_cases() -> list[Case]:
    """Cases that were opened with an erased token, the latest first. The answer to their sender did not show that."""
    tokens_gone = set(ErasedToken.objects.values_list("digest", flat=True))
    unknown = Case.objects.filter(token_unknown=True).order_by("-opened_at") if tokens_gone else Case.objects.none()
    return [case for case in unknown if digests.of_token(case.token, test=case.test) in tokens_gone]
