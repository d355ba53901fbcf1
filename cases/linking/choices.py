"""The kinds of decision on links with their labels, and the words of what constraints refuse."""

from __future__ import annotations

from core.text import Text

LINKS = {
    "MERGE": Text("Sager lagt sammen", "Cases merged"),
    "SPLIT": Text("Sag opdelt", "Case split"),
    "UNDO": Text("Afgørelse omgjort", "Decision undone"),
}

# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "attributedecision_field": Text(
        "Der kan ikke træffes afgørelse om dette felt.", "No decision can be made on this field."
    ),
    "linkdecision_undoes": Text(
        "En omgørelse skal nævne den afgørelse, den omgør.", "An undo must name the decision that it undoes."
    ),
    "mergedcase_once": Text("En sag kan kun nævnes én gang.", "A case can be named only once."),
}
