"""What the staff pages call the people of partners and their invitations, Danish and English."""

from __future__ import annotations

from partners.text import Named, Words

PEOPLE = Words("Brugere hos partnere", "People of partners")

MODELS = {
    "membership": Named(
        Words("bruger hos en partner", "person of a partner"), Words("brugere hos partnere", "people of partners")
    ),
    "invitation": Named(Words("invitation", "invitation"), Words("invitationer", "invitations")),
}
