"""The risk classes of stored columns.

The classes regard the person who was referred and the people who work with her. An *identifier* names a person. A *pseudonym*
always stands for the same person. A *quasi-identifier* narrows down who she is. A *sensitive* value would harm her, or give
somebody access. The rest is *operational*.
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
