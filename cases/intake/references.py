"""References: a partner's own id of a referral, a UUID of version 4 in lower case, which cannot carry meaning."""

from __future__ import annotations

import re

from partners.text import Text

UUID4 = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
FORM = re.compile(UUID4, re.ASCII)
UUID4_EXPECTED = Text(
    "Referencen er en UUID af version 4 med små bogstaver.", "The reference is a UUID of version 4 in lower case."
)


def is_reference(text: str) -> bool:
    """Whether a text is a reference."""
    return FORM.fullmatch(text) is not None
