"""Reports."""

from __future__ import annotations

from pathlib import Path

from cases.intake.findings import FileRefused
from cases.intake.models import Batch


def make(batch: Batch, path: Path) -> None:
    """Make."""


def of_refusal(refusal: FileRefused) -> list[dict[str, object]]:
    """Findings."""
    return []
