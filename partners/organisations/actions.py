"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from core.text import Text
from partners.organisations.models import Mandate, SuccessionRequest
from partners.staff import audit_words, subjects

audit_words.add(
    {
        "agreement.confirm": Text("Databeskyttelsesaftale bekræftet", "Agreement confirmed"),
        "mandate.give": Text("Fuldmagt givet", "Mandate given"),
        "mandate.accept": Text("Fuldmagt modtaget", "Mandate accepted"),
        "mandate.end": Text("Fuldmagt ophævet", "Mandate ended"),
        "partner.rename": Text("Partner omdøbt", "Partner renamed"),
        "succession.ask": Text("Efterfølger foreslået", "Successor proposed"),
        "succession.approve": Text("Efterfølger godkendt", "Successor approved"),
        "succession.refuse": Text("Efterfølger afvist", "Successor refused"),
    },
    {
        "version": Text("version", "version number"),
        "since": Text("fra", "from"),
        "until": Text("til", "until"),
        "giver": Text("på vegne af", "on behalf of"),
        "taker": Text("indsender", "sender"),
        "old": Text("tidligere", "former"),
        "new": Text("ny", "new one"),
        "in_force": Text("gælder", "holds"),
        "confirmed_by": Text("bekræftet af", "confirmed by"),
    },
)
subjects.add(("mandate.",), Mandate, partners=("giver", "taker"))
subjects.add(("succession.",), SuccessionRequest, partners=("old", "new"))
