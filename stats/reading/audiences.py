"""Who reads statistics, from the public to the centre, and whose releases answer each."""

from __future__ import annotations

from core.text import Text
from stats.models import AUTHORITY, EXACT, PUBLIC

# From the narrowest: who may read for one of these may read for those before it.
LADDER = (PUBLIC, AUTHORITY, EXACT)

# Once a cell is public, authorities get the public value.
ANSWERED_BY: dict[str, tuple[str, ...]] = {
    PUBLIC: (PUBLIC,),
    AUTHORITY: (PUBLIC, AUTHORITY),
    EXACT: (EXACT,),
}

TEXTS: dict[str, Text] = {
    PUBLIC: Text(
        "Alle: nøjagtige tal, hvoraf små er skjult, og flere, så de små ikke kan beregnes",
        "Everybody: exact figures of which small ones are hidden, and more, so that no small one can be computed",
    ),
    AUTHORITY: Text(
        "Myndigheder: det offentliggjorte, og derudover tal med tilfældige afvigelser; små er skjult",
        "Authorities: what is published, and beyond it figures with random deviations; small ones are hidden",
    ),
    EXACT: Text(
        "Centret: nøjagtige tal, ikke til offentliggørelse; hver forespørgsel logges med sit formål",
        "The centre: exact figures, not for publication; every query is logged with its purpose",
    ),
}


def up_to(audience: str) -> tuple[str, ...]:
    """The audiences that one may read for: itself and the narrower ones."""
    return LADDER[: LADDER.index(audience) + 1]
