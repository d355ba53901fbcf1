"""The kinds of decision on links with their labels."""

from __future__ import annotations

from core.text import Text

LINKS = {
    "MERGE": Text("Sager lagt sammen", "Cases merged"),
    "SPLIT": Text("Sag opdelt", "Case split"),
    "UNDO": Text("Afgørelse omgjort", "Decision undone"),
}
