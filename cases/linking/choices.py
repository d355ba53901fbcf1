"""What a decision on links does, in words."""

from __future__ import annotations

from partners.text import Words

LINKS = {
    "MERGE": Words("Sager lagt sammen", "Cases merged"),
    "SPLIT": Words("Sag delt", "Case split"),
    "UNDO": Words("Afgørelse omgjort", "Decision undone"),
}
