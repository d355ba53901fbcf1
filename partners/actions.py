"""What the audit calls what is done to partners, their clients and secrets, to people and to jobs."""

from __future__ import annotations

from core.text import Text
from partners.jobs.registry import name_of_subject
from partners.kinds import AGREEMENT_WORDS, KIND_WORDS, MODE_WORDS, REPORTING_WORDS, SCOPE_WORDS
from partners.models import AccessRequest
from partners.people.models import Invitation
from partners.roles import ACT_WORDS, ROLE_WORDS
from partners.staff import audit_words, subjects

# The kinds of the library of second factors.
FACTORS = {
    "totp": Text("app med engangskoder", "app with one-time codes"),
    "webauthn": Text("adgangsnøgle", "passkey"),
    "recovery_codes": Text("reservekoder", "recovery codes"),
}

audit_words.add(
    {
        "partner.add": Text("Partner tilføjet", "Partner added"),
        "partner.change": Text("Partner ændret", "Partner changed"),
        "client.add": Text("Klient oprettet", "Client added"),
        "client.change": Text("Klient omdøbt", "Client renamed"),
        "client.seen": Text("Ny klient set af partneren", "New client seen by its partner"),
        "secret.issue": Text("API-nøgle udstedt", "Secret issued"),
        "secret.rotate": Text("API-nøgle fornyet", "Secret rotated"),
        "secret.revoke": Text("API-nøgle trukket tilbage", "Secret revoked"),
        "secret.expire": Text("API-nøgle sat til at udløbe", "Secret set to expire"),
        "access.ask": Text("Adgang anmodet om", "Access requested"),
        "access.approve": Text("Adgang godkendt", "Access approved"),
        "access.refuse": Text("Adgang afvist", "Access refused"),
        "invitation.make": Text("Invitation lavet", "Invitation made"),
        "invitation.revoke": Text("Invitation trukket tilbage", "Invitation withdrawn"),
        "invitation.accept": Text("Invitation brugt", "Invitation used"),
        "person.sign_in": Text("Bruger logget ind", "User signed in"),
        "person.name": Text("Brugers navn ændret", "Name of a user changed"),
        "person.password": Text("Adgangskode ændret", "Password changed"),
        "person.end_sessions": Text("Andre sessioner afsluttet", "Other sessions ended"),
        "person.on": Text("Brugers adgang åbnet", "User switched on"),
        "person.off": Text("Brugers adgang lukket", "User switched off"),
        "person.change": Text("Bruger ændret", "User changed"),
        "person.role": Text("Brugers rolle hos partneren ændret", "Role of a user at the partner changed"),
        "person.roles": Text("Brugers roller ændret", "Roles of a user changed"),
        "factor.add": Text("Totrinsbekræftelse tilføjet", "Second factor added"),
        "factor.remove": Text("Totrinsbekræftelse fjernet", "Second factor removed"),
        "factor.renew": Text("Reservekoder fornyet", "Recovery codes renewed"),
        "job.retry": Text("Job sat i gang igen", "Job done again"),
        "job.cancel": Text("Job annulleret", "Job cancelled"),
        "audit.export": Text("Revisionssporet hentet som fil", "Audit taken as a file"),
        "read.export": Text("Læsninger af oplysninger hentet som fil", "Reads of records taken as a file"),
        "roles.sync": Text("Roller bragt i overensstemmelse med tabellen", "Roles brought to the table"),
    },
    {
        "kind": Text("type", "kind"),
        "mode": Text("tilstand", "mode"),
        "active": Text("aktiv", "active"),
        "reporting": Text("indberetter", "reporting"),
        "due_days": Text("dage til fristen", "days until due"),
        "report_due_days": Text("frist i dage", "report due days"),
        "reporting_since": Text("indberetter siden", "reporting since"),
        "umbrella": Text("paraplyorganisation", "umbrella organisation"),
        "umbrella_before": Text("paraplyorganisation før", "umbrella organisation before"),
        "agreement": Text("databeskyttelsesaftale", "data-protection agreement"),
        "agreement_before": Text("databeskyttelsesaftale før", "data-protection agreement before"),
        "scopes": Text("klienten må", "the client may"),
        "secret": Text("API-nøgle", "secret"),
        "overlap_days": Text("den gamle virker i (dage)", "the old one works for (days)"),
        "days": Text("udløber om (dage)", "expires in (days)"),
        "act": Text("anmodning", "request"),
        "partner": Text("partner", "partner"),
        "role": Text("rolle", "role"),
        "roles": Text("roller", "roles"),
        "back": Text("konto genåbnes", "account is restored"),
        "staff": Text("medarbejder i centret", "staff of the centre"),
        "superuser": Text("superbruger", "superuser"),
        "ended": Text("afsluttet", "ended"),
        "asked_by": Text("bedt om af", "requested by"),
        "test": Text("testdata", "test data"),
        "rows": Text("linjer", "lines"),
        "twin_of": Text("test for", "test twin of"),
    },
    {
        "kind": {**KIND_WORDS, **FACTORS},
        "mode": MODE_WORDS,
        "agreement": AGREEMENT_WORDS,
        "agreement_before": AGREEMENT_WORDS,
        "reporting": REPORTING_WORDS,
        "role": ROLE_WORDS,
        "roles": ROLE_WORDS,
        "act": ACT_WORDS,
        "scopes": SCOPE_WORDS,
    },
)
subjects.add(("access.",), AccessRequest, partners=("partner",))
subjects.add(("invitation.",), Invitation, partners=("partner",))
subjects.say(("job.",), name_of_subject)
subjects.say(("audit.export",), lambda _: str(Text("hændelser i revisionssporet", "audit events")))
subjects.say(("read.export",), lambda _: str(Text("læsninger af oplysninger", "reads of records")))
subjects.say(("roles.sync",), lambda _: str(Text("medarbejdernes roller", "the roles of staff")))
