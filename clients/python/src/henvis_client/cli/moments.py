"""Moments by the clock of this machine."""

from __future__ import annotations

from datetime import datetime


def moment(text: object, form: str) -> str:
    """A moment of an answer, written by `form`; empty where there is none."""
    try:
        return datetime.fromisoformat(str(text)).astimezone().strftime(form)
    except ValueError:
        return ""
