"""References: a partner's own id of a referral, a UUID of version 4, which cannot carry meaning. Lower case is how we write it."""

from __future__ import annotations

import re

from core.text import Text

UUID4 = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
FORM = re.compile(UUID4, re.ASCII)
UUID4_EXPECTED = Text("Referencen er en UUID af version 4.", "The reference is a UUID of version 4.")


def is_reference(text: str) -> bool:
    """Whether a text is a reference, in either case (RFC 9562 §4)."""
    return FORM.fullmatch(text) is not None
