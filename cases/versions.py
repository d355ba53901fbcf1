"""A version of a record: its status, and what a caller requires of the stored one (RFC 9110, section 13, in the domain's words)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cases.errors import PreconditionRequired, Stale


@dataclass(frozen=True, slots=True)
class Condition:
    """`versions`: one of these must be the current version. `anything`: some version must exist. `absent`: none may exist."""

    versions: frozenset[int] | None = None
    anything: bool = False
    absent: bool = False

    def check(self, current: int | None, *, replaces: bool) -> None:
        """Check the precondition of a write. A write that `replaces` other content needs one.

        Raises `Stale` where a stated precondition fails, and `PreconditionRequired` where one is needed and none was stated.
        """
        version = current or 0
        requires_version = self.versions is not None or self.anything
        if self.absent and current is not None:
            raise Stale(version)
        if requires_version and current is None:
            raise Stale(version)
        if self.versions is not None and not self.anything and current not in self.versions:
            raise Stale(version)
        if replaces and current is not None and not requires_version:
            raise PreconditionRequired(version)


NONE = Condition()


class Status(StrEnum):
    """The status of a version of a referral."""

    REPORTED = "reported"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
