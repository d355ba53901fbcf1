"""What the constraints of this app refuse, by their names."""

from __future__ import annotations

from core.text import Text

CONSTRAINTS = {
    "idempotency_key": Text("Nøglen er allerede i brug.", "This key is already in use."),
}
