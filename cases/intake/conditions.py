"""What a caller demands of the version that is stored (RFC 9110 §13, in the domain's words)."""

from __future__ import annotations

from dataclasses import dataclass

from cases.errors import PreconditionRequired, Stale


@dataclass(frozen=True, slots=True)
class Condition:
    """`versions`: any of these must be the current one. `anything`: some version must exist. `absent`: none may."""

    versions: frozenset[int] | None = None
    anything: bool = False
    absent: bool = False

    def check(self, current: int | None, *, replaces: bool) -> None:
        """Raise unless a write may go on. `replaces`: the write changes what is stored, so silence is not consent.

        Raises `Stale` where a stated condition fails and `PreconditionRequired` where none was stated but one is needed.
        """
        version = current or 0
        demanded = self.versions is not None or self.anything
        if self.absent and current is not None:
            raise Stale(version)
        if demanded and current is None:
            raise Stale(version)
        if self.versions is not None and not self.anything and current not in self.versions:
            raise Stale(version)
        if replaces and current is not None and not demanded:
            raise PreconditionRequired(version)


NONE = Condition()
