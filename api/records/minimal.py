"""Whether the answer to a write has a body (`Prefer: return=minimal`, RFC 7240)."""

from __future__ import annotations

import re

from rest_framework.request import Request

# RFC 7240 §2: preferences with commas between, parameters after semicolons, the value a token or quoted, names in any case.
MINIMAL = re.compile(r'(?:^|,)\s*return\s*=\s*(?:minimal|"minimal")\s*(?:[,;]|$)', re.IGNORECASE)


def is_minimal(request: Request) -> bool:
    """Whether the caller does without the body of a write's answer."""
    return MINIMAL.search(request.META.get("HTTP_PREFER", "")) is not None
