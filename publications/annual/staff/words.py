"""Words of the staff pages of annual reports: names of models and fields, help texts, and what keeps a report from readers."""

from __future__ import annotations

from core.text import ModelNames, Text

ROOM = Text("Årsrapport", "Annual report")
# What the server does in the background.
MAKE_REPORTS = Text(
    "Danne årsrapporter, der er bestilt eller udgivet", "Make annual reports that were ordered or published"
)
MODELS = {
    "reportdraft": ModelNames(
        Text("årsrapport", "annual report"),
        Text("årsrapporter", "annual reports"),
        {"user": Text("bestilt af", "ordered by")},
    ),
    "reporttext": ModelNames(
        Text("tekst i en årsrapport", "text of an annual report"),
        Text("tekster i årsrapporter", "texts of annual reports"),
    ),
    "reportpublication": ModelNames(
        Text("udgivelse af en årsrapport", "publication of an annual report"),
        Text("udgivelser af årsrapporter", "publications of annual reports"),
    ),
    "reportedition": ModelNames(
        Text("udgave af en årsrapport", "edition of an annual report"),
        Text("udgaver af årsrapporter", "editions of annual reports"),
    ),
    "reportorder": ModelNames(
        Text("bestilling af en årsrapport", "order of an annual report"),
        Text("bestillinger af årsrapporter", "orders of annual reports"),
        {"user": Text("bestilt af", "ordered by")},
    ),
}
FIELDS = {
    "year": Text("år", "year"),
    "user": Text("medarbejder", "member of staff"),
    "drafted_at": Text("dannet", "drafted at"),
    "ordered_at": Text("bestilt", "ordered at"),
    "written_at": Text("skrevet", "written at"),
    "published_at": Text("udgivet", "published at"),
    "correction_da": Text("hvad der rettes, på dansk", "what is corrected, in Danish"),
    "correction_en": Text("hvad der rettes, på engelsk", "what is corrected, in English"),
    "state": Text("tilstand", "state"),
    "message": Text("svar", "outcome"),
    "place": Text("sted", "place"),
    "text_da": Text("tekst på dansk", "text in Danish"),
    "text_en": Text("tekst på engelsk", "text in English"),
    "version": Text("version", "version"),
    "language": Text("sprog", "language"),
}
EMPTY = Text("Udkastet er tomt. Bestil et nyt.", "The draft is empty. Order a new one.")
IN_BOTH = Text("Skriv det på begge sprog.", "Write it in both languages.")
CONSTRAINTS = {
    "reportdraft_correction_in_both": IN_BOTH,
    "reportorder_correction_in_both": IN_BOTH,
    "reporttext_in_both": IN_BOTH,
    "reporttext_said": Text("Skriv teksten.", "Write the text."),
    "reportpublication_version": Text("Versionen er allerede udgivet.", "The version is published already."),
}
ORDER_HELPS = {
    "year": Text(
        "Året, som rapporten handler om. Der skal være en offentlig udgivelse af det.",
        "The year that the report is about. There must be a public release of it.",
    ),
    "correction_da": Text(
        "Kun hvis årets rapport allerede er udgivet: hvad den nye version retter. Læserne ser det øverst.",
        "Only where a report of the year is published already: what the new version corrects. Readers see it at the top.",
    ),
    "correction_en": Text("Det samme på engelsk.", "The same in English."),
}
ORDER_WARNING = Text(
    "Bestillingen kan ikke ændres eller slettes. "
    "Serveren danner et nyt udkast. Et udkast til samme år, der ikke er udgivet, kan derefter hverken skrives i eller udgives. "
    "Afsnit, der viser det samme som før, er stadig færdige; i de andre står kommentarerne i formularen.",
    "The order cannot be changed or deleted. "
    "The server makes a new draft. A draft of the same year that is not published can then no longer be written in or published. "
    "Sections that show the same as before are still finished; in the others the comments stand in the form.",
)
TEXT_HELPS = {
    "heading": Text(
        "Én linje, der oplyser, hvad afsnittets tal viser.",
        "One line that says what the figures of the section show.",
    ),
    "alt": Text(
        "Det, diagrammet viser, for den, der ikke ser det.",
        "What the chart shows, for those who do not see it.",
    ),
    "comment": Text(
        "Kan være tom. En tom linje begynder et nyt afsnit; linjer, der begynder med »- «, bliver en liste.",
        "May be empty. A blank line begins a new paragraph; lines that begin with “- ” become a list.",
    ),
}
PROPOSED = Text("Foreslået: {proposal}", "Proposed: {proposal}")
EARLIER = Text("I det tidligere udkast: {earlier}", "In the earlier draft: {earlier}")
PLACES = {
    "heading": Text("Overskrift", "Heading"),
    "alt": Text("Alternativ tekst", "Alternative text"),
    "comment": Text("Kommentar", "Comment"),
}
IN = {"da": Text("på dansk", "in Danish"), "en": Text("på engelsk", "in English")}
RULE = Text(
    "Tal skal være afsnittets egne eller et års samlede antal. Andre tal afvises. Tal med bogstaver ser programmet ikke: den, der "
    "udgiver, læser dem.",
    "Numbers must be the section's own or the number of all persons of a year. Others are refused. The program does not see "
    "numbers in words: who publishes reads them.",
)
STATES = {
    "draft": Text("udkast", "draft"),
    "stale": Text("forældet udkast: bestil det igen", "stale draft: order it again"),
    "superseded": Text("afløst af et senere udkast", "superseded by a later draft"),
    "waiting": Text("udgivet; serveren danner siderne", "published; the server is making its pages"),
    "failing": Text(
        "udgivet; siderne kunne ikke dannes, og serveren prøver igen. Dens log oplyser, hvad der gik galt",
        "published; its pages could not be made, and the server tries again. Its log says what went wrong",
    ),
    "published": Text("udgivet som version {version}", "published as version {version}"),
}
FINISHED, UNFINISHED = Text("færdig", "finished"), Text("ikke færdig", "not finished")
SAVED = Text("Afsnittet er gemt som færdigt.", "The section is saved as finished.")
FINAL = Text(
    "Udgivelsen er endelig. En rettet rapport er en ny version, og denne bliver stående.",
    "Publishing is final. A corrected report is a new version, and this one stays.",
)
PUBLISHED = Text(
    "Rapporten er udgivet. Serveren danner siderne og PDF-filerne om et øjeblik.",
    "The report is published. The server makes its pages and PDFs in a moment.",
)
DRAFT_SOON = Text(
    "Serveren danner udkastet. Når det er færdigt, står det under »Venter på dig« på den første side.",
    "The server makes the draft. Once it is done, it stands under “Waiting for you” on the first page.",
)
WAITS_FOR_APPROVER = Text(
    "Alle afsnit er færdige. Nu læser en godkender rapporten og udgiver den.",
    "Every section is finished. Now an approver reads the report and publishes it.",
)
STALE = Text(
    "Tallene bag udkastet er blevet andre, efter at det blev dannet: en udgivelse har fået en ny udgave eller en rettelse, er "
    "trukket tilbage eller er kommet til. Bestil udkastet igen. Afsnit, der viser det samme, er stadig færdige.",
    "What the draft was drawn from has changed since it was made: a release has a new vintage or an erratum, was withdrawn, or is "
    "new. Order the draft again. Sections that show the same are still finished.",
)
READ_FIRST = Text(
    "Læs hele rapporten først: du har ikke læst dette udkast, som det er nu.",
    "Read the whole report first: you have not read this draft as it is now.",
)
# Before the alternative text of a chart, which readers who see the chart do not see.
ALTERNATIVE = Text(
    "Alternativ tekst (læses op for den, der ikke ser diagrammet):",
    "Alternative text (read aloud to those who do not see the chart):",
)
ACTS = {
    "open": Text("Åbn udkastet", "Open the draft"),
    "write": Text("Skriv det næste afsnit", "Write the next section"),
    "read": Text("Læs hele rapporten", "Read the whole report"),
    "order": Text("Bestil et udkast", "Order a draft"),
    "correct": Text("Ret i en ny version", "Correct in a new version"),
    "again": Text("Bestil udkastet igen", "Order the draft again"),
    "publish": Text("Udgiv", "Publish"),
}
NO_RELEASE = Text(
    "Der er ingen offentlig udgivelse af %(value)s. Vælg et år på listen, eller få året udgivet først.",
    "There is no public release of %(value)s. Choose a year from the list, or have the year published first.",
)
