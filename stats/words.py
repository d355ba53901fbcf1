"""The names and explanations on the staff pages of this app, in Danish and English."""

from __future__ import annotations

from cases.words import FIELDS as SHARED
from core.text import ModelNames, Text

ROOM = Text("Statistik", "Statistics")
# What the server does in the background.
BUILD_ORDERED = Text("Danne det, der er bestilt", "Build what was ordered")

MODELS = {
    "release": ModelNames(
        Text("udgivelse", "release"), Text("udgivelser", "releases"), {"user": Text("dannet af", "built by")}
    ),
    "buildorder": ModelNames(
        Text("bestilling af en udgivelse", "order of a release"),
        Text("bestillinger af udgivelser", "orders of releases"),
        {"user": Text("bestilt af", "ordered by")},
    ),
    "factdecision": ModelNames(
        Text("afgørelse om andres tal", "decision on a figure of others"),
        Text("afgørelser om andres tal", "decisions on figures of others"),
        {"user": Text("afgjort af", "decided by")},
    ),
    "publication": ModelNames(Text("offentliggørelse", "publication"), Text("offentliggørelser", "publications")),
    "orderfiling": ModelNames(
        Text("bestilling, der er lagt væk", "order put away"), Text("bestillinger, der er lagt væk", "orders put away")
    ),
    "draftrefusal": ModelNames(
        Text("afvisning af et udkast", "refusal of a draft"), Text("afvisninger af udkast", "refusals of drafts")
    ),
    "withdrawalrequest": ModelNames(
        Text("anmodning om tilbagetrækning", "request of a withdrawal"),
        Text("anmodninger om tilbagetrækning", "requests of withdrawals"),
    ),
    "withdrawal": ModelNames(
        Text("tilbagetrækning af en udgivelse", "withdrawal"), Text("tilbagetrækninger af udgivelser", "withdrawals")
    ),
    "erratum": ModelNames(
        Text("rettelse til en udgivelse", "erratum"),
        Text("rettelser til udgivelser", "errata"),
        {"user": Text("skrevet af", "written by")},
    ),
    "announceddate": ModelNames(
        Text("dato i udgivelseskalenderen", "date of the release calendar"),
        Text("datoer i udgivelseskalenderen", "dates of the release calendar"),
        {"status": Text("tilstand", "status"), "user": Text("meldt ud af", "announced by")},
    ),
}

# What is to be known of the disclosure check before its lines are read.
HOW_CHECKED = Text(
    "Tabeller, der hænger sammen med hinanden eller med tal, andre har offentliggjort, kontrolleres under ét. Derfor kan her stå "
    "inddelinger, som udgivelsen ikke har. Spillerum er, hvor meget de intervaller, en læser kan regne sig frem til, mindst er "
    "bredere end krævet. »Netop det krævede« er nok.",
    "Tables that depend on each other, or on figures published by others, are checked together. So breakdowns may stand here that "
    "the release does not have. Room to spare is how much wider than demanded the intervals are, at least, that a reader can "
    "compute. “Exactly what is demanded” is enough.",
)
FIELDS = {
    **SHARED,
    "announced_at": Text("meldt ud", "announced at"),
    "as_of": Text("opgjort pr.", "as of"),
    "audience": Text("modtagere", "audience"),
    "built_at": Text("dannet", "built at"),
    "change_notes_da": Text("hvad der er ændret (dansk)", "what changed, Danish"),
    "change_notes_en": Text("hvad der er ændret (engelsk)", "what changed, English"),
    "choice": Text("tabeller og parametre", "tables and parameters"),
    "codelists": Text("kodelister", "code lists"),
    "commitment": Text("nøglens kontrolsum (SHA-256)", "digest of the key (SHA-256)"),
    "fact": Text("tal", "figure"),
    "high": Text("højst", "at most"),
    "low": Text("mindst", "at least"),
    "message": Text("resultat", "result"),
    "moment": Text("dato og klokkeslæt", "date and time"),
    "notes": Text("noter", "notes"),
    "ordered_at": Text("bestilt", "ordered at"),
    "kind": Text("art", "kind"),
    "period": Text("periode", "period"),
    "proposals": Text("forslag", "proposals"),
    "of_total": Text("det samlede antal er forkert", "the total is wrong"),
    "published_at": Text("udgivet", "published at"),
    "written_at": Text("skrevet", "written at"),
    "reason": Text("begrundelse", "reason"),
    "reason_da": Text("begrundelse (dansk)", "reason, Danish"),
    "reason_en": Text("begrundelse (engelsk)", "reason, English"),
    "release": Text("udgivelse", "release"),
    "settings": Text("indstillinger", "settings"),
    "state": Text("tilstand", "state"),
    "text_da": Text("tekst (dansk)", "text, Danish"),
    "text_en": Text("tekst (engelsk)", "text, English"),
    "title_da": Text("titel (dansk)", "title, Danish"),
    "title_en": Text("titel (engelsk)", "title, English"),
}

FOR_EVER = Text("Teksten kan læses af alle, også fremover.", "Everybody can read the text, now and later.")
ORDER_HELPS = {
    "period": Text(
        "Et år (2025), et kvartal (2025-Q4, kun for myndigheder) eller flere år under ét (2021-2025), som er begyndt.",
        "A year (2025), a quarter (2025-Q4, for authorities alone) or several years together (2021-2025) that have begun.",
    ),
    **dict.fromkeys(
        ("change_notes_da", "change_notes_en"),
        Text(
            "Hvad der er ændret siden periodens forrige udgave; skal udfyldes, hvis der er en. Alle kan læse det, også fremover.",
            "What changed since the period's last vintage. Required if there is one. Everybody can read it, now and later.",
        ),
    ),
    **dict.fromkeys(
        ("reason_da", "reason_en"),
        Text(
            "Kun hvis noget taler imod at udgive til offentligheden: perioden er ikke slut, for lidt er indberettet, "
            "eller udgivelsen sker på en anden dag end den, der er meldt ud. Skriv, hvorfor det alligevel er rigtigt, med mindst "
            "20 tegn. Alle kan læse det, også fremover.",
            "Only if something speaks against publishing it for everybody: the period has not ended, many expected reports are "
            "missing, or it is published on another day than the one announced. Say in at least 20 characters why it is right all "
            "the same. Everybody can read it, now and later.",
        ),
    ),
}
PARAMETER_HELPS = {
    "threshold": Text(
        "Mindst 5. Tal under grænsen skjules, og andre for deres skyld. Er den ikke 5, skjules der andre tal, end "
        "forslagene viser.",
        "At least 5. Figures below it are hidden, and others for their sake. If it is not 5, other figures are hidden than "
        "the proposals show.",
    ),
}
FACT_HELPS = {
    "fact": Text(
        "Det tal, som systemet nævnte, da det afviste bestillingen. I parentes står, hvad der er offentliggjort.",
        "The figure that the system named when it refused the order. In brackets stands what was published.",
    ),
    "low": Text(
        "Intervallets nedre grænse. Udfyld kun de to grænser, hvis afgørelsen er »kendt som et interval«.",
        "The lower bound of the interval. Fill the two bounds in only if the decision is “known as an interval”.",
    ),
    "high": Text(
        "Intervallets øvre grænse; lad feltet stå tomt, hvis der ingen er.",
        "The upper bound of the interval. Leave the field empty if there is none.",
    ),
    "reason": Text(
        "Mindst 20 tegn. En anden læser den, før afgørelsen gælder, og senere den, der godkender udgivelser. Gengiv ikke "
        "det tal, som vores oplysninger giver.",
        "At least 20 characters. Somebody else reads it before the decision holds, and later whoever approves releases. Do not "
        "repeat the number that our records give.",
    ),
}
REFUSAL_HELP = Text(
    "Mindst 20 tegn. Den, der afgjorde, læser den.", "At least 20 characters. Whoever decided reads it."
)
# What builds do after a decision, by its code.
FACT_EFFECTS = {
    "superseded": Text(
        "Tallet er opgjort på et tidligere tidspunkt, og et senere tal gælder. Udgivelser dannes, som om ingen læser kender det: "
        "intet skjult tal beskyttes mere mod en, der trækker det fra.",
        "The figure is of an earlier moment, and a later one holds. Releases are built as if no reader knew it: no hidden figure "
        "is protected any more against somebody who subtracts it.",
    ),
    "different_definition": Text(
        "Tallet tæller andre personer, end vi tæller. Udgivelser dannes, som om ingen læser kender det: intet skjult tal "
        "beskyttes mere mod en, der trækker det fra.",
        "The figure counts other persons than we count. Releases are built as if no reader knew it: no hidden figure is protected "
        "any more against somebody who subtracts it.",
    ),
    "interval": Text(
        "Tallet er af de samme personer, men ikke nøjagtigt. Udgivelser dannes, som om alle læsere ved, at tallet ligger mellem de "
        "to grænser. Det, som vores oplysninger giver, skal ligge imellem dem, ellers afvises bestillinger igen.",
        "The figure is of the same persons, but not exact. Releases are built as if every reader knew that it lies between the two "
        "bounds. What our records give must lie between them, or orders are refused again.",
    ),
}
NO_DECISIONS = Text(
    "Der er ingen. En afgørelse er kun nødvendig, når serveren afviser en bestilling, fordi et tal, som andre har offentliggjort, "
    "oplyser noget andet end oplysningerne.",
    "There are none. A decision is needed only where the server refuses an order because a figure that others published says "
    "something else than the records.",
)
ERRATUM_HELPS = {
    "text_da": FOR_EVER,
    "text_en": FOR_EVER,
    "of_total": Text(
        "Så fører forsiden ikke længere an med udgivelsens tal.", "Then the front page leads with its figure no more."
    ),
}
ORDER_WARNING = Text(
    "Bestillingen kan ikke ændres eller slettes. Der dannes et udkast, som ingen uden for centret kan se, før det udgives.",
    "The order cannot be changed or deleted. It makes a draft, which nobody outside the centre can see until it is published.",
)
FACT_WARNING = Text(
    "Afgørelsen gælder først, når en anden har bekræftet den. Den kan ikke ændres eller slettes; du kan tage den tilbage, så længe "
    "den venter. Når den gælder, skal udkast, der allerede er dannet, bestilles igen.",
    "The decision holds once somebody else has confirmed it. It cannot be changed or deleted; you can take it back while it waits. "
    "Once it holds, drafts that have been built already must be ordered again.",
)
ERRATUM_WARNING = Text(
    "Rettelsen udgives, når en kollega har læst og godkendt den. Den kan ikke ændres, slettes eller trækkes tilbage. "
    "Alle kan læse den, også fremover. Nævn aldrig et skjult tal, og skriv ikke, at et skjult tal er lille. Haster det, så sæt "
    "mærket »under gennemgang« på udgivelsens side: det gælder straks.",
    "The erratum is published once a colleague has read and approved it. It cannot be changed or deleted, and nobody "
    "can take it back. Everybody can read it, now and later. Never name a hidden figure, and do not say that one is small. "
    "If it is urgent, put up the sign “under review” on the page of the release: it holds at once.",
)
DATE_HELPS = {
    "period": Text(
        "Perioden, som de udmeldte tal er for (2024). Titlen følger af den, og kalenderen ser selv, når tallene er udgivet.",
        "The period of the figures that are announced (2024). The title follows from it, and the calendar sees their publication.",
    ),
    "title_da": Text(
        "Kun for andet end tal af en periode, fx en rapport; lad så perioden stå tom. Cifre kan kun stå i årstal, perioder "
        "og datoer.",
        "Only for something other than figures of a period, such as a report; then leave the period empty. Digits may stand only "
        "in years, periods and dates.",
    ),
    "reason_da": Text(
        "Når en dato flyttes eller aflyses: hvorfor. Cifre kan kun stå i datoer. Alle kan læse det, også fremover.",
        "Why a date is postponed or cancelled. Digits may stand only in dates. Everybody can read it, now and later.",
    ),
}
DATE_WARNING = Text(
    "Datoen meldes ud straks. Meddelelsen kan ikke ændres eller slettes: er der nyt om datoen, meldes det ud ved siden af.",
    "The date is announced at once. The notice cannot be changed or deleted: what is new of the date is announced beside it.",
)

# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "announceddate_confirmed_exactly": Text("En fast dato har et klokkeslæt.", "A confirmed date has a time of day."),
    "announceddate_one_line": Text(
        "Skriv hver tekst på én linje. Usynlige tegn, tegn, der vender skriveretningen, og andre alfabeter kan ikke bruges.",
        "Write each text on one line. Invisible characters, those that turn the direction of writing, and other alphabets cannot "
        "be used.",
    ),
    "announceddate_without_figures": Text(
        "Her udgives ingen tal. Cifre kan kun stå i årstal, perioder og datoer: 2026, 2026-Q1, 1. kvartal 2026, 14. marts 2026.",
        "No figures are published here. Digits may stand only in years, periods and dates: 2026, 2026-Q1, quarter 1, 14 March "
        "2026.",
    ),
    "announceddate_period_or_title": Text(
        "Angiv enten en periode eller en titel på begge sprog.", "Give either a period, or a title in both languages."
    ),
    "announceddate_reasons": Text(
        "Begrund på begge sprog, hvorfor datoen flyttes eller aflyses.",
        "Say in both languages why the date is postponed or cancelled.",
    ),
    "announceddate_sequence": Text("Datoen er netop ændret af en anden.", "Somebody else has just changed the date."),
    "sumleaf_value_above_zero": Text("Et bidrag er mindst 1.", "A contribution is at least 1."),
    "prereleaseaccess_once": Text("Personen står der allerede.", "The person is listed already."),
    "publication_reason_of_grounds": Text(
        "Taler noget imod at udgive, skal der stå hvorfor på begge sprog.",
        "Where something speaks against publishing, a reason in both languages is needed.",
    ),
    "draftrefusal_reason_said": Text("Begrund afvisningen.", "Say why the draft is refused."),
    "withdrawalrequest_reason_said": Text("Begrund tilbagetrækningen.", "Say why the release is withdrawn."),
    "scheduleend_code_of_failure": Text(
        "Det, der ikke kunne udgives, har en grund, og intet andet har en.",
        "What could not be published has a reason, and nothing else has one.",
    ),
    "buildorder_one_answer": Text(
        "En bestilling af forslag har hverken tabeller eller et udkast, og kun den har forslag.",
        "An order of proposals has neither tables nor a draft, and no other order has proposals.",
    ),
    "erratum_said": Text("Skriv rettelsen på begge sprog.", "Write the erratum in both languages."),
    "factdecision_bounds_of_intervals": Text(
        "Grænser hører til et interval, som skal have dem begge.",
        "Bounds belong to an interval, and an interval needs both.",
    ),
    "factdecision_reason_told": Text(
        "Skriv en begrundelse på mindst 20 tegn, heraf 10 bogstaver.",
        "Write a reason of at least 20 characters, ten of them letters.",
    ),
    "factdecisionend_reason_told": Text(
        "Den, der afviser, begrunder det med mindst 20 tegn, heraf 10 bogstaver. Ingen anden skriver en begrundelse.",
        "Who refuses says why in at least 20 characters, ten of them letters. Nobody else writes a reason.",
    ),
    "factdecision_low_below_high": Text(
        "Den nedre grænse skal være mindst 0 og højst den øvre.",
        "The lower bound must be 0 or more and not above the upper bound.",
    ),
    "release_change_notes_of_vintages": Text(
        "En senere udgave skal på begge sprog angive, hvad der er ændret; den første udgave skal ikke.",
        "A later vintage must say in both languages what has changed; the first vintage must not.",
    ),
    "release_commitment_of_protected": Text(
        "En beskyttet udgivelse skal have en kontrolsum af sin nøgle, og ingen anden udgivelse må have en.",
        "A protected release must have the digest of its key, and no other release may have one.",
    ),
    "release_months": Text("Perioden ender, før den begynder.", "The period ends before it begins."),
    "release_vintage": Text("Udgaven findes allerede.", "This vintage already exists."),
    "withdrawal_by_another": Text("En udgivelse kan ikke erstatte sig selv.", "A release cannot replace itself."),
}
