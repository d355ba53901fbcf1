"""The errors of the domain. `api.http.problems` maps each class to an HTTP problem. No error contains a submitted value."""

from __future__ import annotations

from dataclasses import dataclass

from core.text import Text


class DomainError(Exception):
    """The base class of the domain's errors."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: the field, the rule's code, and the rule in words. `replaced_by`: the successors of a retired code."""

    field: str
    code: str
    detail: Text
    allowed: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()


class RulesBroken(DomainError):
    """The values are well-formed but contradict each other or the calendar."""

    def __init__(self, violations: list[Violation]) -> None:
        super().__init__(", ".join(violation.code for violation in violations))
        self.violations = violations


class NotFound(DomainError):
    """It does not exist, or it belongs to another partner. The answer is the same."""


class FirstVintage(NotFound):
    """The release exists, but there is no earlier vintage to compare it with."""


class Erased(DomainError):
    """The caller's referral was erased at the person's request and must not be sent again."""


class RestrictionHolds(DomainError):
    """The processing of the person's data is restricted, so that nobody reads them. `version`: the current one, or 0."""

    def __init__(self, version: int = 0) -> None:
        super().__init__("restriction holds")
        self.version = version


class ConsentNeeded(DomainError):
    """The person's consent does not allow showing this."""


class ReferralsDiffer(DomainError):
    """The partner declares a month complete with another number of referrals than stands. `number`: what stands."""

    def __init__(self, number: int) -> None:
        super().__init__("referrals differ")
        self.number = number


class ReturnEnded(DomainError):
    """The returned referral has its answer already."""


class AddressTakenDown(DomainError):
    """Staff have taken the address of the service down, so that a person says one again, and no program."""


class AgreementMissing(DomainError):
    """The partner has not confirmed its agreement, or must confirm its newer version first."""


class OnBehalfRefused(DomainError):
    """The caller may not act for that partner in this way."""


class NotInTestMode(DomainError):
    """Only a partner in test mode may do this."""


class Stale(DomainError):
    """A precondition fails. `version` is the current version, or 0 where there is none."""

    def __init__(self, version: int) -> None:
        super().__init__("stale")
        self.version = version


class PreconditionRequired(DomainError):
    """Other content is stored already, so the caller must say which version it means to replace."""

    def __init__(self, version: int) -> None:
        super().__init__("precondition required")
        self.version = version
