"""The words of the desk."""

from __future__ import annotations

from core.text import Text
from oversight.reporting.states import State
from partners.kinds import MODE_WORDS, Mode
from partners.organisations.agreements import AgreementState
from partners.people.pages.words import WORDS as ACCOUNT

# What the desk calls the modes: by what is sent.
MODES: dict[Mode, Text] = {
    Mode.LIVE: Text("Rigtige henvisninger", "Real referrals"),
    Mode.TEST: MODE_WORDS[Mode.TEST],
}

# By the name of a page.
MENU: dict[str, Text] = {
    "home": Text("Overblik", "Overview"),
    "feedback": Text("Tilbagemelding", "Feedback"),
    "returned": Text("Sendt retur", "Returned"),
    "notices": Text("Varsler", "Notices"),
    "services": Text("Åbne tilbud", "Services"),
    "years": Text("Året", "The year"),
    "file": Text("Send fil", "Send a file"),
    "one": Text("Indtast henvisning", "Enter a referral"),
    "records": Text("Henvisninger", "Referrals"),
    "counts": Text("Tal for jeres tilbud", "Counts of your services"),
    "figures": Text("Jeres tal", "Your figures"),
    "account_secrets": Text("API-adgang", "API access"),
    "account_people": Text("Brugere", "People"),
    "account_agreement": Text("Databeskyttelsesaftale", "Data-protection agreement"),
    "account_mandates": Text("Fuldmagter", "Mandates"),
    "account_reads": Text("Hvad der er læst", "What was read"),
    "looks": Text("Hvad centret har set", "What the centre looked at"),
}

WORDS: dict[str, Text] = {
    "desk": Text("Indberetning", "Desk"),
    "home": MENU["home"],
    "mode": Text("Du arbejder i", "You are working in"),
    "test_lead": Text(
        "I er i testtilstand: det, I sender her, tælles aldrig med.",
        "You are in test mode: what you send here is never counted.",
    ),
    "home_lead": Text(
        "Her ser I, hvad der venter, og hvornår I skal indberette.", "Here you see what waits, and when to report."
    ),
    "principle": Text(
        "En person tælles med, også uden samtykke. Ingen enkelt person vises i tallene.",
        "A person is counted even without consent. No single person is shown in the figures.",
    ),
    "calendar": Text("Indberetninger", "Reports"),
    "no_calendar": Text(
        "Centret venter ingen faste indberetninger fra jer. I kan sende, når I har noget.",
        "The centre expects no regular reports from you. You can send whenever you have something.",
    ),
    "test_calendar": Text(
        "Kalenderen gælder kun rigtige henvisninger. I testtilstand kan I sende, så ofte I vil.",
        "The calendar is for real referrals only. In test mode you can send as often as you like.",
    ),
    "deadlines": Text("Frister", "Deadlines"),
    "period": Text("Periode", "Period"),
    "state": Text("Status", "State"),
    "deadline": Text("Frist", "Deadline"),
    "referrals": Text("Henvisninger", "Referrals"),
    "act": Text("Handling", "Action"),
    "late": Text("for sent", "late"),
    "nil": Text("Intet at indberette", "Nothing to report"),
    "complete": Text("Det var alt", "That was all"),
    "waiting": Text("Venter på jer", "Waiting for you"),
    "none_waiting": Text("Intet venter.", "Nothing is waiting."),
    "people": Text("Brugere", "People"),
    "invitations": Text("åbne invitationer", "open invitations"),
    "invitation": Text("åben invitation", "open invitation"),
    "api": Text("API-adgang", "API access"),
    "secret": Text("API-nøgle", "secret"),
    "used": Text("brugt", "used"),
    "never_used": ACCOUNT["never_used"],
    "expires": Text("udløber", "expires"),
    "no_secret": ACCOUNT["no_secret"],
    "to_home": Text("Til overblikket", "To the overview"),
    "leave": Text("Fortryd", "Cancel"),
}

REFERRALS_OF = Text("Henvisninger, {}", "Referrals, {}")
SIGNATURE_OF = Text("Underskriv året {}", "Sign the year {}")

STATES: dict[State, Text] = {
    State.EXPECTED: Text("I gang", "Under way"),
    State.DUE: Text("Skal indberettes", "To be reported"),
    State.BEGUN: Text("Begyndt, ikke meldt færdig", "Begun, not complete"),
    State.REPORTED: Text("Modtaget", "Received"),
    State.NIL: Text("Intet at indberette", "Nothing to report"),
    State.MISSING: Text("Mangler", "Missing"),
}

LACKS_COMPLETION = Text("Modtaget, ikke meldt færdig", "Received, not declared complete")
MANAGER_CONFIRMS = Text(
    "En leder skal bekræfte databeskyttelsesaftalen. Før det er sket, gemmes ingen rigtige henvisninger.",
    "A manager must confirm the data-protection agreement. No real referral is stored before that.",
)
MANDATE_OFFERED = Text(
    "En anden organisation giver jer fuldmagt. Den gælder, når en leder har sagt ja.",
    "Another organisation gives you a mandate. It takes effect once a manager has accepted it.",
)
NAMELESS = Text(
    "Skriv dit navn: det står på det, du sender og underskriver.",
    "Enter your name: it stands on what you send and sign.",
)
NEW_CLIENTS = Text(
    "Centret har oprettet nye API-adgange. Kontrollér, at I kender dem.",
    "The centre has added new API accesses. Check that you know them.",
)
AGREEMENT_WAITS: dict[AgreementState, Text] = {
    AgreementState.AWAITED: Text(
        "Bekræft databeskyttelsesaftalen. Før det er sket, gemmes ingen rigtige henvisninger.",
        "Confirm the data-protection agreement. No real referral is stored before that.",
    ),
    AgreementState.EXPIRED: Text(
        "Bekræft den nye databeskyttelsesaftale. Før det er sket, gemmes ingen rigtige henvisninger.",
        "Confirm the new data-protection agreement. No real referral is stored before that.",
    ),
    AgreementState.RENEWAL: Text(
        "Bekræft den nye databeskyttelsesaftale inden fristen.", "Confirm the new data-protection agreement in time."
    ),
}
