"""Names of this app and its models on the staff pages."""

from __future__ import annotations

from cases.words import FIELDS as SHARED
from core.text import ModelNames, Text

ROOM = Text("Leverancer", "Deliveries")
# What the server does in the background.
WORK_ON_DELIVERY = Text("Læs og gem en leverance", "Read and store a delivery")
FORGET_DELIVERIES = Text("Slet rækker, der har ventet et døgn", "Delete rows that have waited for a day")

MODELS = {
    "revalidationreport": ModelNames(
        Text("kontrol af gemte henvisninger", "check of stored referrals"),
        Text("kontroller af gemte henvisninger", "checks of stored referrals"),
    ),
}

FIELDS = {
    **SHARED,
    "created_at": Text("udført", "run at"),
    "held": Text("ville vente på bekræftelse", "would wait for a confirmation"),
    "referrals": Text("henvisninger", "referrals"),
    "refused": Text("ville blive afvist", "would be refused"),
    "schema_version": Text("ordbogens version", "version of the dictionary"),
}

CONSTRAINTS = {
    "batch_key": Text("Nøglen er brugt til en anden leverance.", "The key was used for another delivery."),
    "confirmation_once": Text("Det er allerede bekræftet.", "It is confirmed already."),
}
