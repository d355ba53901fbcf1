"""Who of the staff sees cases: their pages, and who opened them."""

from __future__ import annotations

from typing import Any

MAY_DECIDE = "linking.decide_links"
MAY_VIEW = "linking.view_conflicts"
# Each of them is enough to see cases.
SEEING = (MAY_VIEW, MAY_DECIDE)


def may_see_cases(user: Any) -> bool:
    return any(user.has_perm(right) for right in SEEING)
