"""Feeds (Atom, RFC 4287) whose bytes are a function of their entries alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed

# An empty feed never changed; the format wants a moment all the same.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class AtomFeed(Atom1Feed):
    """A feed that changed last when one of its entries did. Django's says of an empty one that it changes at each reading."""

    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        """When an entry changed last."""
        return super().latest_post_date() if self.items else NEVER
