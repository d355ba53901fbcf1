"""Names of this app, its models and their fields, and the words of the pages of agreement and mandates, Danish and English."""

from __future__ import annotations

from core.text import ModelNames, Text
from partners.organisations.agreements import AgreementState
from partners.people.pages.words import Page

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
    "kind": Text("aftale", "agreement"),
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
    "agreement_version_kind": Text("Der er ingen sådan aftale.", "There is no such agreement."),
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
        "Organisationen har ikke bekræftet sin aftale.", "The organisation has not confirmed its agreement."
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


TEXTS = {
    "agreement": Text("Databeskyttelsesaftale", "Data-protection agreement"),
    "draft": Text(
        "Teksten er et udkast, som centrets jurister skal godkende.",
        "The text is a draft that the centre's lawyers are to approve.",
    ),
    "agreement_lead": Text(
        "Før den første rigtige henvisning skal en leder læse og bekræfte aftalen. I testtilstand behøves den ikke.",
        "Before the first real referral, a manager of the organisation must read and confirm this agreement. Test mode needs none.",
    ),
    "awaited": Text(
        "Aftalen er ikke bekræftet. Ingen rigtige henvisninger gemmes, før en leder har bekræftet den.",
        "The agreement is not confirmed. No real referral is stored before a manager has confirmed it.",
    ),
    "expired": Text(
        "Der er en ny version af aftalen, og fristen er overskredet. Ingen rigtige henvisninger gemmes, før en leder har "
        "bekræftet den nye version.",
        "There is a new version of the agreement, and the time to confirm it has passed. No real referral is stored before "
        "a manager has confirmed the new version.",
    ),
    "renewal": Text(
        "Der er en ny version af aftalen. Jeres tidligere bekræftelse gælder til og med",
        "There is a new version of the agreement. Your earlier confirmation holds until",
    ),
    "confirmed": Text("I har bekræftet aftalen.", "You have confirmed the agreement."),
    "none_needed": Text("I behøver ingen aftale.", "You need no agreement."),
    "read_it": Text(
        "Jeg har læst aftalen og bekræfter den på organisationens vegne.",
        "I have read the agreement and confirm it on behalf of the organisation.",
    ),
    "tick": Text("Sæt kryds for at bekræfte.", "Tick the box to confirm."),
    "confirm": Text("Bekræft aftalen", "Confirm the agreement"),
    "manager_only": Text("En leder i organisationen bekræfter aftalen.", "A manager of the organisation confirms it."),
    "done": Text("Aftalen er bekræftet.", "The agreement is confirmed."),
    "done_before": Text("Aftalen var allerede bekræftet.", "The agreement had already been confirmed."),
    "annexes": Text(
        "Bilagene er, som de er i dag. Kontrolsummen omfatter dem ikke.",
        "The annexes are as they are today. The digest does not cover them.",
    ),
    "version": Text("Version", "Version"),
    "in_force": Text("gælder fra", "in force from"),
    "digest": Text("Kontrolsum af begge sprog (SHA-256)", "Digest of both languages (SHA-256)"),
    "history": Text("Bekræftelser", "Confirmations"),
    "by": Text("Bekræftet af", "Confirmed by"),
    "when": Text("Tidspunkt", "Time"),
    "file": Text("Fil", "File"),
    "download": Text("Hent aftalen", "Download the agreement"),
    "mandates": Text("Fuldmagter", "Mandates"),
    "mandates_lead": Text(
        "Med en fuldmagt må en anden organisation sende henvisninger for jer gennem API'et. Den ser og retter kun det, den selv "
        "har sendt. I kan ophæve fuldmagten når som helst.",
        "With a mandate another organisation may send referrals for you through the API. It sees and corrects only what it sent "
        "itself. You can end the mandate at any time.",
    ),
    "own_id": Text("Jeres nummer", "Your id"),
    "own_id_test": Text("Jeres nummer i testtilstand", "Your id in test mode"),
    "own_id_lead": Text(
        "Giv det til den organisation, der skal give jer fuldmagt.",
        "Give it to the organisation that is to give you a mandate.",
    ),
    "given": Text("Fuldmagter, I har givet", "Mandates that you have given"),
    "received": Text("Fuldmagter, I har fået", "Mandates that you were given"),
    "organisation": Text("Organisation", "Organisation"),
    "number": Text("Nummer", "Id"),
    "period": Text("Periode", "Period"),
    "state": Text("Status", "State"),
    "act": Text("Handling", "Action"),
    "give": Text("Giv fuldmagt …", "Give a mandate …"),
    "give_title": Text("Giv en ny fuldmagt", "Give a new mandate"),
    "accept": Text("Sig ja …", "Accept …"),
    "end": Text("Ophæv …", "End …"),
    "none": Text("Ingen.", "None."),
    "open_end": Text("uden slutdato", "no end date"),
    "given_done": Text(
        "Fuldmagten er givet. Den gælder, når en leder i den anden organisation har sagt ja.",
        "The mandate is given. It takes effect once a manager of the other organisation has accepted it.",
    ),
    "accepted_done": Text("I har sagt ja til fuldmagten.", "You have accepted the mandate."),
    "ended_done": Text("Fuldmagten er ophævet.", "The mandate has ended."),
    "back": Text("Til kontoen", "To the account"),
}
LABELS = {
    "taker": Text("Den anden organisations nummer", "The other organisation's id"),
    "since": Text("Fra", "From"),
    "until": Text("Til og med (kan udelades)", "Until, that day included (optional)"),
}
QUESTIONS = {
    "give": Page(
        Text("Giv fuldmagten?", "Give the mandate?"),
        Text(
            "Organisationens it-systemer må sende henvisninger i jeres navn, rette dem og trække dem tilbage. I hæfter for, hvad "
            "der bliver sendt.",
            "IT systems of the organisation may send referrals in your name, correct them and withdraw them. You answer for what "
            "is sent.",
        ),
        Text("Giv fuldmagt", "Give the mandate"),
    ),
    "accept": Page(
        Text("Sig ja til fuldmagten?", "Accept the mandate?"),
        Text(
            "Jeres it-systemer må sende henvisninger for organisationen. I revisionssporet står, at det var jer.",
            "Your IT systems may send referrals for the organisation. The audit says that it was you.",
        ),
        Text("Sig ja", "Accept"),
    ),
    "end": Page(
        Text("Ophæv fuldmagten nu?", "End the mandate now?"),
        Text(
            "Fra nu af kan der ikke sendes mere i organisationens navn. Det, der er sendt, bliver. Det kan ikke fortrydes.",
            "From now on nothing more can be sent in the organisation's name. What was sent stays. This cannot be undone.",
        ),
        Text("Ophæv nu", "End it now"),
    ),
}
