"""What is refused about crises, notices and services, in words for a page."""

from __future__ import annotations

from cases.errors import DomainError


class NoticeRefused(DomainError):
    """What was asked for about a crisis, a notice or a service is not done. The message says why."""


class NoticeWithdrawn(DomainError):
    """A notice is withdrawn. `replacement`: the number of the one that holds instead, if any."""

    def __init__(self, replacement: int | None) -> None:
        super().__init__()
        self.replacement = replacement
