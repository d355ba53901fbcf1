"""What the domain refuses. `api.http.problems` maps each class to an HTTP problem; nothing here carries a submitted value."""

from __future__ import annotations

from dataclasses import dataclass

from partners.text import Text


class DomainError(Exception):
    """Base of what the domain refuses."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: the field to look at, the rule's code, and the rule in words. `replaced_by`: a retired code's successors."""

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
    """There is no such thing, or it is not the caller's: the two are never told apart."""


class FirstVintage(NotFound):
    """A release is there, and none before it that it could be compared with."""


class Erased(DomainError):
    """The caller's referral was erased on behalf of the person; it is not to be sent again."""


class ConsentNeeded(DomainError):
    """The person's consent does not cover showing this."""


class ReferralsReported(DomainError):
    """A month cannot have been without referrals: there are some."""


class Stale(DomainError):
    """A precondition does not hold. `version` is the current one; 0 where there is none yet."""

    def __init__(self, version: int) -> None:
        super().__init__("stale")
        self.version = version


class PreconditionRequired(DomainError):
    """Something else is stored already, so the caller must say which version it means to replace."""

    def __init__(self, version: int) -> None:
        super().__init__("precondition required")
        self.version = version
