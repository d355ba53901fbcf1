"""The risk classes of stored columns.

They are seen from the person referred and from the people who work with her: an *identifier* names one, a *pseudonym* is always
the same one, a *quasi-identifier* narrows down who it is, *sensitive* is what would harm (or open a door), and *operational* is the
rest.
"""

from __future__ import annotations

from enum import StrEnum


class Risk(StrEnum):
    """The risk class of a column. A test fails where a column has none."""

    IDENTIFIER = "identifier"
    PSEUDONYM = "pseudonym"
    QUASI = "quasi-identifier"
    SENSITIVE = "sensitive"
    OPERATIONAL = "operational"


OPERATIONAL, PSEUDONYM, QUASI = Risk.OPERATIONAL, Risk.PSEUDONYM, Risk.QUASI
IDENTIFIER, SENSITIVE = Risk.IDENTIFIER, Risk.SENSITIVE
