"""What the staff pages call the things of this app and their fields, Danish and English."""

from __future__ import annotations

from partners.text import Named, Words

OVERVIEW = Words("Oversigt", "Overview")
TITLE = Words("Henvis, centrets sider", "Henvis, the centre's pages")
PARTNERS = Words("Partnere", "Partners")

MODELS = {
    "partner": Named(Words("partner", "partner"), Words("partnere", "partners"), {"name": Words("navn", "name")}),
    "client": Named(
        Words("klient", "client"), Words("klienter", "clients"), {"name": Words("klientens navn", "name of the client")}
    ),
    "secret": Named(Words("hemmelighed", "secret"), Words("hemmeligheder", "secrets")),
    "auditevent": Named(Words("hændelse", "audit event"), Words("hændelser i revisionssporet", "audit events")),
    "accessrequest": Named(
        Words("anmodning om adgang", "request for access"),
        Words("anmodninger om adgang", "requests for access"),
        {"name": Words("klientens navn", "name of the client")},
    ),
    "recordread": Named(
        Words("læsning af oplysninger", "read of records"),
        Words("læsninger af oplysninger", "reads of records"),
        {"operation": Words("hvad", "operation"), "rows": Words("antal oplysninger", "records")},
    ),
}

# Our roles of staff are its groups.
OF_DJANGO = {
    "group": Named(Words("rolle", "role"), Words("roller", "roles")),
    "user": Named(
        Words("bruger", "user"),
        Words("brugere", "users"),
        {
            "is_staff": Words("medarbejder i centret", "staff of the centre"),
            "is_superuser": Words("superbruger", "superuser"),
        },
    ),
}
USERS_AND_ROLES = Words("Brugere og roller", "Users and roles")
USER_HELPS = {
    "is_active": Words("En konto slås fra og slettes aldrig.", "An account is switched off, never deleted."),
    "is_staff": Words("Kan logge ind på centrets sider.", "Can sign in to the centre's pages."),
    "is_superuser": Words("Har alle rettigheder, uanset roller.", "Has every right, whatever the roles."),
}

# By the field's name, in whichever model of either app.
FIELDS = {
    "account": Words("konto, der genåbnes", "account that comes back"),
    "act": Words("anmodning", "request"),
    "action": Words("handling", "action"),
    "active": Words("aktiv", "active"),
    "at": Words("tidspunkt", "at"),
    "asked_at": Words("bedt om", "asked at"),
    "asked_by": Words("bedt om af", "asked by"),
    "client": Words("klient", "client"),
    "client_id": Words("klient-id", "client ID"),
    "created_at": Words("oprettet", "created at"),
    "detail": Words("detaljer", "detail"),
    "expires_at": Words("udløber", "expires at"),
    "hint": Words("ender på", "ends in"),
    "id": Words("id", "ID"),
    "kind": Words("type", "kind"),
    "last_used_at": Words("sidst brugt", "last used at"),
    "made_at": Words("oprettet", "made at"),
    "made_by": Words("oprettet af", "made by"),
    "mode": Words("tilstand", "mode"),
    "partner": Words("partner", "partner"),
    "report_due_days": Words("frist i dage", "report due days"),
    "reporting": Words("indberetter", "reporting"),
    "reporting_since": Words("indberetter siden", "reporting since"),
    "revoked_at": Words("trukket tilbage", "revoked at"),
    "role": Words("rolle", "role"),
    "scopes": Words("scopes", "scopes"),
    "subject": Words("vedrører", "subject"),
    "used_at": Words("brugt", "used at"),
    "user": Words("bruger", "user"),
}

# What the form of a partner says of its fields.
PARTNER_HELPS = {
    "active": Words(
        "Slås partneren fra, afvises alle dens adgangstokens straks.",
        "Switched off, every token of the partner is refused at once.",
    ),
    "reporting": Words("Hvor ofte den indberetter.", "How often it reports."),
    "report_due_days": Words(
        "Antal dage efter periodens udløb (dansk tid), før indberetningen skal være modtaget.",
        "Days after the end of a period, in Copenhagen, until its report is due.",
    ),
    "reporting_since": Words(
        "En vilkårlig dag i den første måned, der skal indberettes for. Ændres hyppigheden, er det den nye begyndelse.",
        "Any day of the first month that is expected. Where the frequency changes, the new beginning.",
    ),
}

# What an action of a list warns of before it acts, by the action's name.
SECRET_WARNINGS = {
    "revoke": Words(
        "Hemmelighederne virker ikke længere, og klienternes adgangstokens heller ikke. Det kan ikke fortrydes.",
        "The secrets stop working at once, and so do the access tokens of their clients. That cannot be undone.",
    ),
    "expire": Words(
        "Hemmelighederne udløber om 14 dage, eller før, hvis de allerede var ved at udløbe. Det kan ikke fortrydes.",
        "The secrets end in 14 days, or earlier where they end earlier already. That cannot be undone.",
    ),
}
MEMBER_WARNINGS = {
    "switch_off": Words(
        "Deres sessioner afsluttes, deres invitationer trækkes tilbage, og de kan ikke logge ind, før de slås til igen.",
        "Their sessions and invitations end. None of them signs in until switched on again.",
    ),
    "switch_on": Words("De kan logge ind igen.", "They can sign in again."),
    "bring_back": Words(
        "En anden medarbejder skal godkende det og får et link for hver. Når det bruges, gælder adgangskode, totrinsbekræftelse og "
        "sessioner ikke længere.",
        "Another member of staff has to approve it, and is shown a link for each. Once it is used, the person's password, factors "
        "and sessions are good no more.",
    ),
}
INVITATION_WARNINGS = {
    "revoke": Words(
        "Deres links virker ikke længere. Det kan ikke fortrydes; der kan inviteres igen.",
        "Their links stop working. That cannot be undone; a new invitation can be made.",
    ),
}
