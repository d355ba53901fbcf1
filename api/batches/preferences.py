"""`Prefer` of a delivery (RFC 7240): how it is stored, when it is answered, and how much is answered.

A preference that is not known, or has a value that is not known, is passed over, as the RFC asks: `Preference-Applied` names
those that were honoured. None of them can store anything: that is `dry_run`'s, which is a parameter and must be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from cases.intake.models import Handling

MOST = 2048
# What stands between commas; a comma in quotes is none.
EACH = re.compile(r'(?:[^,"]|"[^"]*")+')
# A name in any case, its value as a token or in quotes, and parameters that we have no use for.
PREFERENCE = re.compile(r'\s*([\w-]+)\s*(?:=\s*"?([\w-]*)"?\s*)?(?:;.*)?', re.ASCII)
ASYNC, MINIMAL = "respond-async", "return=minimal"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a caller prefers. `handling` is None where it does not say."""

    handling: Handling | None = None
    respond_async: bool = False
    is_minimal: bool = False

    def header(self, handling: str, *, in_background: bool) -> dict[str, str]:
        """The header that names what was honoured; empty where nothing was. `handling`: how the delivery is stored."""
        words = [f"handling={handling}"] if self.handling == handling else []
        words += [ASYNC] if self.respond_async and in_background else []
        words += [MINIMAL] if self.is_minimal else []
        return {"Preference-Applied": ", ".join(words)} if words else {}


def read(request: HttpRequest) -> Preferences:
    """What the header Prefer asks (RFC 7240). What is not known, or not well formed, asks nothing: it is no error."""
    header = request.META.get("HTTP_PREFER", "")[:MOST]
    # Where a quotation mark is not closed, nobody knows what stands in it.
    values = values_of(EACH.findall(header)) if header.count('"') % 2 == 0 else {}
    handling = values.get("handling")
    return Preferences(
        Handling(handling) if handling in list(Handling) else None,
        values.get(ASYNC) == "",
        values.get("return") == "minimal",
    )


def values_of(texts: Iterable[str]) -> dict[str, str]:
    """The preferences by their names in small letters; of several with one name the first counts."""
    values: dict[str, str] = {}
    for text in texts:
        if match := PREFERENCE.fullmatch(text):
            values.setdefault(match[1].lower(), (match[2] or "").lower())
    return values
