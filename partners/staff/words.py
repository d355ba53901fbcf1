"""Names of models and fields on the pages of staff, and warnings before actions, Danish and English."""

from __future__ import annotations

from core.text import ModelNames, Text

OVERVIEW = Text("Oversigt", "Overview")
TITLE = Text("Henvis, centrets sider", "Henvis, the centre's pages")
ROOM = Text("Partnere", "Partners")

MODELS = {
    "partner": ModelNames(Text("partner", "partner"), Text("partnere", "partners"), {"name": Text("navn", "name")}),
    "client": ModelNames(
        Text("klient", "client"), Text("klienter", "clients"), {"name": Text("klientens navn", "name of the client")}
    ),
    "secret": ModelNames(Text("API-nøgle", "client secret"), Text("API-nøgler", "client secrets")),
    "auditevent": ModelNames(Text("hændelse", "audit event"), Text("hændelser i revisionssporet", "audit events")),
    "accessrequest": ModelNames(
        Text("anmodning om adgang", "request for access"),
        Text("anmodninger om adgang", "requests for access"),
        {"name": Text("klientens navn", "name of the client"), "recipient": Text("til hvem", "for whom")},
    ),
    "pepperfingerprint": ModelNames(
        Text("mærke for installationens nøgle", "mark of the installation's key"),
        Text("mærker for installationens nøgle", "marks of the installation's key"),
    ),
    "recordread": ModelNames(
        Text("læsning af oplysninger", "read of records"),
        Text("læsninger af oplysninger", "reads of records"),
        {"operation": Text("forespørgsel", "operation"), "rows": Text("antal oplysninger", "records")},
    ),
}

# Our roles of staff are its groups.
OF_DJANGO = {
    "group": ModelNames(Text("rolle", "role"), Text("roller", "roles")),
    "user": ModelNames(
        Text("bruger", "user"),
        Text("brugere", "users"),
        {
            "is_staff": Text("medarbejder i centret", "staff of the centre"),
            "is_superuser": Text("superbruger", "superuser"),
        },
    ),
}
USERS_AND_ROLES = Text("Brugere og roller", "Users and roles")
USER_HELPS = {
    "is_active": Text("En konto lukkes og slettes aldrig.", "An account is switched off, never deleted."),
    "is_staff": Text("Kan logge ind på centrets sider.", "Can sign in to the centre's pages."),
    "is_superuser": Text("Har alle rettigheder, uanset roller.", "Has every permission, whatever the roles."),
}

# The head of the audit as a file.
# By the field's name, in whichever model of either app.
FIELDS = {
    "account": Text("konto, der genåbnes", "account to restore"),
    "act": Text("anmodning", "request"),
    "action": Text("handling", "action"),
    "active": Text("aktiv", "active"),
    "at": Text("tidspunkt", "time"),
    "asked_at": Text("bedt om", "asked at"),
    "asked_by": Text("bedt om af", "asked by"),
    "client": Text("klient", "client"),
    "client_id": Text("klient-id", "client ID"),
    "created_at": Text("oprettet", "created at"),
    "detail": Text("detaljer", "detail"),
    "expires_at": Text("udløber", "expires at"),
    "hint": Text("ender på", "ends in"),
    "id": Text("id", "ID"),
    "kind": Text("type", "kind"),
    "last_used_at": Text("sidst brugt", "last used at"),
    "made_at": Text("oprettet", "made at"),
    "made_by": Text("oprettet af", "made by"),
    "mode": Text("tilstand", "mode"),
    "partner": Text("partner", "partner"),
    "report_due_days": Text("frist i dage", "report due days"),
    "reporting": Text("indberetter", "reporting"),
    "reporting_since": Text("indberetter siden", "reporting since"),
    "revoked_at": Text("trukket tilbage", "revoked at"),
    "role": Text("rolle", "role"),
    "scopes": Text("scopes", "scopes"),
    "subject": Text("vedrører", "subject"),
    "twin_of": Text("test for", "test twin of"),
    "umbrella": Text("paraplyorganisation", "umbrella organisation"),
    "agreement_kind": Text("databeskyttelsesaftale", "data-protection agreement"),
    "used_at": Text("brugt", "used at"),
    "user": Text("bruger", "user"),
}

# What the form of a partner says of its fields.
PARTNER_HELPS = {
    "active": Text(
        "Slås partneren fra, afvises alle dens adgangstokens straks.",
        "If you deactivate the partner, all its access tokens are rejected at once.",
    ),
    "reporting": Text("Hvor ofte den indberetter.", "How often it reports."),
    "report_due_days": Text(
        "Antal dage efter periodens udløb (dansk tid), før indberetningen skal være modtaget.",
        "Days after the end of a period (Danish time) before its report is due.",
    ),
    "reporting_since": Text(
        "En vilkårlig dag i den første måned, der skal indberettes for. Ændres hyppigheden, er det den nye begyndelse.",
        "Any day of the first month for which a report is expected. If the frequency changes, this is the new start.",
    ),
    "umbrella": Text(
        "Den organisation, som partneren er en del af. Statistikken regner med, at partnere med samme paraplyorganisation ved "
        "det samme. En ændring gælder for de udgivelser, der dannes bagefter.",
        "The organisation that the partner is a part of. The statistics assume that partners with the same umbrella organisation "
        "know the same. A change applies to releases that are built afterwards.",
    ),
    "agreement_kind": Text(
        "Hvem der afgør, hvad oplysningerne bruges til. Databehandleraftalen er for en partner, som centret kun opbevarer "
        "oplysninger for. Efter et skifte modtages intet i drift, før partnerens leder har bekræftet den nye aftale.",
        "Who decides for what the records are used. The data-processing agreement is for a partner for whom the centre only keeps "
        "records. After a change nothing live is received before a manager of the partner has confirmed the new agreement.",
    ),
}

PARTNER_LEAD = Text(
    "Opret partneren i drift. Den får samtidig en række til test, hvor den øver sig. Bagefter inviteres dens leder, som bekræfter "
    "aftalen; partnerens side oplyser, hvad der mangler.",
    "Add the partner in live mode. It gets a row in test mode, where it rehearses. Then its manager is invited and confirms the "
    "agreement. The partner's page says what is still to be done.",
)
CLOSE_PARTNER = Text("Slå partneren fra", "Switch the partner off")
CLOSE_WARNING = Text(
    "Straks modtages intet mere fra partneren, og intet læses for den. Henvisninger, kvitteringer, underskrevne år og "
    "revisionssporet bliver, og henvisningerne tælles med i statistikken som før. Partneren kan slås til igen: det, der "
    "gælder til den tid, virker så igen.",
    "At once nothing more is received from the partner, and nothing is read for it. Its referrals, receipts, signed years and "
    "the audit stay, and the referrals count in the statistics as before. The partner can be switched on again: what holds by "
    "then works again.",
)
# What an action of a list warns of before it acts, by the action's name.
SECRET_WARNINGS = {
    "revoke": Text(
        "API-nøglerne virker ikke længere, og klienternes adgangstokens heller ikke. Det kan ikke fortrydes.",
        "The secrets stop working at once, and so do the access tokens of their clients. This cannot be undone.",
    ),
    "expire": Text(
        "API-nøglerne udløber om 14 dage, eller før, hvis de allerede var ved at udløbe. Det kan ikke fortrydes.",
        "The secrets expire in 14 days, or earlier if they were about to expire. This cannot be undone.",
    ),
}
MEMBER_WARNINGS = {
    "switch_off": Text(
        "Deres sessioner afsluttes, deres invitationer trækkes tilbage, og de kan ikke logge ind, før adgangen åbnes igen.",
        "Their sessions end and their invitations are withdrawn. They cannot sign in until they are switched on again.",
    ),
    "switch_on": Text("De kan logge ind igen.", "They can sign in again."),
    "bring_back": Text(
        "En anden medarbejder skal godkende det og får et link for hver. Når det bruges, gælder adgangskode, "
        "totrinsbekræftelse og sessioner ikke længere.",
        "Another member of staff must approve this, and is shown a link for each person. Once a link is used, the person's "
        "password, second factors and sessions no longer work.",
    ),
}
INVITATION_LEAD = Text(
    "Der skal to medarbejdere til. Du beder om invitationen og får en kode; en anden godkender den og får linket. Personen skal "
    "bruge begge dele, så hverken du eller den anden kan bruge invitationen alene. En anmodning venter i syv dage.",
    "Two members of staff are needed. You ask for the invitation and are shown a code; another approves it and is shown the link. "
    "The person needs both, so that neither of you can use the invitation alone. A request waits for seven days.",
)
# What people call the client through which they act on the desk's pages.
DESK = Text("Indberetningssiderne", "The desk")
CLIENTS_LEAD = Text(
    "En klient er et program, som sender eller læser for en partner. Indberetningssiderne er den, som partnerens brugere "
    "arbejder gennem. En klient virker, så længe den har en API-nøgle, der ikke er udløbet.",
    "A client is a program that sends or reads for a partner. The desk is the one through which people of the partner work. A "
    "client works while it has a secret that has not expired.",
)
SECRETS_LEAD = Text(
    "En API-nøgle er den adgangskode, som en klient viser. Partneren laver den selv, og her ses kun dens fire sidste tegn. Du "
    "kan trække den tilbage, hvis den er kommet i forkerte hænder.",
    "A secret is the password that a client shows. The partner makes it itself, and only its last four characters are seen here. "
    "You can revoke it if it came into the wrong hands.",
)
CLIENT_LEAD = Text(
    "En klient er et program hos partneren, som sender eller læser. Du beder om den, og en anden medarbejder godkender den; en "
    "anmodning venter i syv dage. Hvad klienten må, følger af partnerens type. Bagefter laver partnerens leder dens API-nøgle.",
    "A client is a program of the partner that sends or reads. You ask for it, and another member of staff approves it; a "
    "request waits for seven days. What the client may do follows from the partner's kind. Then a manager of the partner "
    "makes its secret.",
)
INVITATION_WARNINGS = {
    "revoke": Text(
        "Deres links virker ikke længere. Det kan ikke fortrydes; der kan inviteres igen.",
        "Their links stop working. This cannot be undone, but you can invite them again.",
    ),
}

# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "client_one_desk": Text("Partneren har allerede indberetningssider.", "The partner already has a desk."),
    "access_request_whole": Text("Anmodningen er ikke fuldstændig.", "The request is not complete."),
    "client_secret_elsewhere": Text("En API-nøgle gemmes ikke her.", "Secrets are not stored here."),
    "partner_name_mode": Text(
        "Der er allerede en partner med det navn i den tilstand.",
        "There is already a partner with this name in this mode.",
    ),
    "partner_report_due_days": Text("Fristen er for lang.", "The due date is too late."),
    "partner_reporting_since": Text(
        "En fast indberetning skal have en første måned: udfyld »indberetter siden«.",
        'Regular reporting needs a first month: fill in "reporting since".',
    ),
    "partner_twin_in_test_mode": Text(
        "Kun en partner i testtilstand er en andens testrække.", "Only a partner in test mode is another's twin."
    ),
    "partner_umbrella_of_centre": Text(
        "Centret har ingen paraplyorganisation.", "The centre has no umbrella organisation."
    ),
}
