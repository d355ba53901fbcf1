"""What the database's own functions refuse, in the language of the reader: they speak English, and this is what it means in Danish.

A test reads every refusal out of the functions themselves and looks it up here.
"""

from __future__ import annotations

import re
from typing import Any

from partners.text import say

# `%s`: the id of a release.
DANISH = {
    "Exact figures are read for a purpose, by the names of releases and tables.": (
        "Nøjagtige tal læses til et angivet formål og ved navnene på udgivelser og tabeller."
    ),
    "Exact figures are read for a purpose, by the name of a release.": (
        "Nøjagtige tal læses til et angivet formål og ved udgivelsens navn."
    ),
    "Exact figures are read for a purpose, by the names of two releases.": (
        "Nøjagtige tal læses til et angivet formål og ved navnene på to udgivelser."
    ),
    "Releases are published and withdrawn at READ COMMITTED.": "Udgivelser udgives og trækkes tilbage ved READ COMMITTED.",
    "Only active staff with the right approve_release may do this.": (
        "Kun aktive medarbejdere med rettigheden approve_release må gøre det."
    ),
    "What a release counted is kept while a person is erased.": (
        "Det, en udgivelse har talt, gemmes, mens en person slettes."
    ),
    "There is no such request that waits.": "Anmodningen findes ikke eller venter ikke længere.",
    "Two members of staff are needed: one who asks, and another who approves.": (
        "Der skal to medarbejdere til: en, der beder om det, og en anden, der godkender det."
    ),
    "Who asks and who approves are active staff who may both ask for this.": (
        "Både den, der beder om det, og den, der godkender det, skal være aktive medarbejdere med ret til at bede om det."
    ),
    "There is no such protected release.": "Den beskyttede udgivelse findes ikke.",
    "%s is published already.": "%s er allerede udgivet.",
    "Two members of staff are needed: one who had it built, and another who approves.": (
        "Der skal to medarbejdere til: en, der bestiller udgivelsen, og en anden, der godkender den."
    ),
    "%s has no proof that passed.": "%s har intet bevis, der er bestået.",
    "The proof of %s is stale: build it again, since releases were published or facts decided.": (
        "Beviset for %s er forældet, fordi der siden er udgivet noget eller truffet afgørelse om tal: bestil udgivelsen igen."
    ),
    "A withdrawal needs a reason.": "En tilbagetrækning skal begrundes.",
    "There is no such published release.": "Udgivelsen findes ikke eller er ikke udgivet.",
    "%s is withdrawn already.": "%s er allerede trukket tilbage.",
    "The replacement is another published release of the same period and audience that is not withdrawn itself.": (
        "Erstatningen skal være en anden udgivet udgivelse af samme periode for samme modtagere, som ikke selv er trukket tilbage."
    ),
    "Persons are erased at READ COMMITTED.": "Personer slettes ved READ COMMITTED.",
    "Only active staff with the right erase_case may do this.": (
        "Kun aktive medarbejdere med rettigheden erase_case må gøre det."
    ),
    "What is held about this person has changed meanwhile: look again.": (
        "Oplysningerne om personen er ændret i mellemtiden: se dem igen."
    ),
    "Every case and every referral that is erased leaves a digest.": (
        "Hver sag og hver henvisning, der slettes, efterlader et aftryk."
    ),
    "Only active staff with the right produce_case may do this.": (
        "Kun aktive medarbejdere med rettigheden produce_case må gøre det."
    ),
}


def in_words(message: str | None) -> Any:
    """A refusal in the language of the reader; one that is not in the table stays as it is."""
    said = message or ""
    for english, danish in DANISH.items():
        found = re.fullmatch(re.escape(english).replace("%s", r"(\S+)"), said)
        if found:
            return say(danish.replace("%s", "".join(found.groups())), said)
    return said
