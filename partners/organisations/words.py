"""Names of this app, its models and their fields, Danish and English."""

from __future__ import annotations

from core.text import ModelNames, Text
from partners.organisations.agreements import AgreementState

ROOM = Text("Aftaler, navne og fuldmagter", "Agreements, names and mandates")
TAKE_FORCE = Text("Lad planlagte navne træde i kraft", "Let planned names take force")

MODELS = {
    "agreementconfirmation": ModelNames(
        Text("bekræftelse af aftalen", "confirmation of the agreement"),
        Text("bekræftelser af aftalen", "confirmations of the agreement"),
    ),
    "partnername": ModelNames(
        Text("navn på en partner", "name of a partner"), Text("navne på partnere", "names of partners")
    ),
    "mandate": ModelNames(Text("fuldmagt", "mandate"), Text("fuldmagter", "mandates")),
    "successionrequest": ModelNames(Text("videreførelse", "succession"), Text("videreførelser", "successions")),
}
FIELDS = {
    "partner": Text("partner", "partner"),
    "version": Text("version", "version"),
    "digest": Text("kontrolsum", "digest"),
    "user": Text("bruger", "user"),
    "confirmed_at": Text("bekræftet", "confirmed at"),
    "name": Text("navn", "name"),
    "since": Text("fra", "from"),
    "until": Text("til og med", "until"),
    "recorded_at": Text("skrevet", "recorded at"),
    "giver": Text("fuldmagtsgiver", "giver"),
    "taker": Text("modtager", "taker"),
    "given_at": Text("givet", "given at"),
    "old": Text("lukkes", "closes"),
    "new": Text("viderefører", "succeeds"),
    "asked_by": Text("bedt om af", "asked by"),
    "asked_at": Text("bedt om", "asked at"),
}
# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "agreement_version": Text("Versionen er allerede bekræftet.", "This version has already been confirmed."),
    "agreement_version_number": Text("Versioner nummereres fra 1.", "Versions are numbered from 1."),
    "partner_name_given": Text("Skriv et navn.", "Enter a name."),
    "mandate_of_another": Text(
        "En organisation giver ikke sig selv fuldmagt.", "An organisation gives itself no mandate."
    ),
    "mandate_period": Text("Fuldmagten slutter før sin begyndelse.", "The mandate ends before it begins."),
    "succession_of_another": Text(
        "En organisation viderefører ikke sig selv.", "An organisation does not succeed itself."
    ),
}
STATES: dict[AgreementState, Text] = {
    AgreementState.AWAITED: Text("afventes", "awaited"),
    AgreementState.EXPIRED: Text("udløbet: skal bekræftes igen", "expired: must be confirmed again"),
    AgreementState.RENEWAL: Text("gælder, ny version venter", "holds, a new version waits"),
    AgreementState.CONFIRMED: Text("bekræftet", "confirmed"),
}
# What the functions of this room and `cases/sql/agreement.sql` refuse, by their codes.
REFUSALS = {
    "AGREEMENT_WITHOUT_MANAGER": Text(
        "Aftalen bekræftes af en leder i organisationen.",
        "The agreement is confirmed by a manager of the organisation.",
    ),
    "AGREEMENT_MISSING": Text(
        "Organisationen har ikke bekræftet databehandleraftalen.",
        "The organisation has not confirmed the data-processing agreement.",
    ),
    "MANDATE_WITHOUT_MANAGER": Text(
        "En fuldmagt gives, modtages og ophæves af organisationernes egne ledere.",
        "A mandate is given, accepted and ended by managers of the organisations themselves.",
    ),
    "MANDATE_NOT_POSSIBLE": Text(
        "Der er ingen organisation med det nummer, der kan få fuldmagt, eller fuldmagten er ophævet.",
        "No organisation with that number can be given a mandate, or the mandate has ended.",
    ),
    "NAME_TAKEN": Text(
        "En anden organisation har navnet eller får det.", "Another organisation has this name, or is to have it."
    ),
    "PARTNER_SUCCEEDED": Text(
        "Organisationen er videreført af en anden og forbliver lukket.",
        "Another organisation has succeeded this one, which stays closed.",
    ),
    "SUCCESSION_NOT_POSSIBLE": Text(
        "En videreførelse kræver to åbne organisationer af samme type, en dato, der er nået, og ingen kæde.",
        "A succession needs two open organisations of one kind, a day that has come, and no chain.",
    ),
}
