"""What the staff pages call the people of partners and their invitations, Danish and English."""

from __future__ import annotations

from partners.text import Named, Text

PEOPLE = Text("Brugere hos partnere", "People of partners")

MODELS = {
    "membership": Named(
        Text("bruger hos en partner", "person of a partner"), Text("brugere hos partnere", "people of partners")
    ),
    "invitation": Named(Text("invitation", "invitation"), Text("invitationer", "invitations")),
}
