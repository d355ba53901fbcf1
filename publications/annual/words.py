"""Words of the annual report: what its readers see, also of sums of what services report, and the states of orders."""

from __future__ import annotations

from core.text import Text

TITLE = Text("Menneskehandel i Danmark {year}", "Human trafficking in Denmark {year}")
# The word of its address, after the language: /da/rapport/2023, /en/report/2023.
PATH = Text("rapport", "report")
NUMBER_NOT_SHOWN = Text(
    "Antallet af ofre i {year} vises ikke som ét tal.", "The number of victims in {year} is not shown as one number."
)
IDENTIFIED_IN = Text(
    "{count} personer blev vurderet udsat for menneskehandel i {year}",
    "{count} persons were identified as victims in {year}",
)
ONE_IDENTIFIED_IN = Text(
    "{count} person blev vurderet udsat for menneskehandel i {year}",
    "{count} person was identified as a victim in {year}",
)
# Below a number in digits.
COUNTED_IN = Text("personer vurderet udsat for menneskehandel i {year}", "persons identified as victims in {year}")
ONE_COUNTED_IN = Text("person vurderet udsat for menneskehandel i {year}", "person identified as a victim in {year}")
BY_YEAR = Text("Personer vurderet udsat for menneskehandel, år for år", "Persons identified as victims, year by year")
OVERVIEW = Text("Tallene samlet, de seneste fem år", "The figures together, the last five years")
STAGES = Text("Fra udredning til vurdering", "From examination to identification")
STAGE = Text("Trin", "Stage")
EXAMINED = Text("Personer udredt", "Persons assessed")
IDENTIFIED = Text("Personer vurderet udsat for menneskehandel", "Persons identified as victims")
PERSONS = Text("Personer", "Persons")
EXAMINED_AND_IDENTIFIED = Text(
    "{examinees} personer blev udredt, og {identified} blev vurderet udsat for menneskehandel.",
    "{examinees} persons were assessed, and {identified} were identified as victims.",
)
TWO_SOURCES = Text(
    "Antallet af udredte personer er offentliggjort af andre ({source}). Antallet af ofre er fra vores udgivelse. De er talt hver "
    "for sig.",
    "The number of persons assessed was published by others ({source}). The number of victims is from our release. They were "
    "counted apart from each other.",
)
NOT_OF_EACH_OTHER = Text(
    "Der er flere ofre end udredte personer, så det ene tal er ikke en del af det andet.",
    "There are more victims than persons assessed, so the one number is no part of the other.",
)
GROUP = Text("Gruppe", "Group")
EVERYBODY = Text("Alle", "Everybody")
SOURCE = Text("Kilde: {}.", "Source: {}.")
COMPUTED = Text("beregnet af andre offentliggjorte tal", "computed from other published figures")
NO_FIGURES = Text("Der er ingen offentliggjorte tal om:", "There are no published figures on:")
ERRATA = Text("Rettelser til udgivne tal:", "Errata to published figures:")
CHANGES = Text("Ændret siden sidst:", "Changed since the vintage before:")
UNCHANGED = Text(
    "Da rapporten blev lavet, var der ingen rettelser og ingen ændringer af de tal, som den bygger på. Rettelser siden da står på "
    "rapportens side.",
    "When the report was made there were no errata to its figures, and no changes of them. Errata since then are on the page of "
    "the report.",
)
HOW = Text(
    "Antallene i tabellerne står i de kilder, der er nævnt under dem, og kan slås efter dér. Andele og ændringer er beregnet af "
    "offentliggjorte tal og afrundet til hele procent, hvor der er under 200 personer. Ingen har skrevet tal ind i en tabel eller "
    "et diagram.",
    "The counts in the tables stand in the sources that are named below them, and can be looked up there. Shares and changes are "
    "computed from published figures, and rounded to a whole per cent where there are fewer than 200 persons. Nobody has typed a "
    "figure into a table or a chart.",
)
PROTECTED = Text(
    "I vores udgivelser vises tal, der kunne pege på færre end {thresholds} personer, ikke, og heller ikke de tal, som de kunne "
    "beregnes af. Hvor en oplysning er ukendt, skjules antallet ikke, fordi det er lille: det peger ikke på nogen. Hver udgivelse "
    "har et bevis, som enhver kan kontrollere.",
    "In our releases, figures that could point at fewer than {thresholds} persons are not shown, nor are those from which they "
    "could be computed. Where a value is not known, the number is not hidden for being small, since it points at nobody. Each "
    "release has a proof that anybody can check.",
)
OF_OTHERS = Text(
    "Tal, som andre har offentliggjort, står, som de er offentliggjort, også hvor de er små.",
    "Figures that others have published stand as they were published, small ones among them.",
)
INDICATOR = Text("Indikator", "Indicator")
INDICATORS_OF = Text("{plan}: indikatorer, målt til og med {year}", "{plan}: indicators, observed up to {year}")
INDICATOR_HEADINGS = (
    Text("Hvordan det går", "How it is doing"),
    Text("Seneste måling", "Latest observation"),
    Text("Udgangspunkt", "Baseline"),
    Text("Mål", "Target"),
)
NOT_OBSERVED = Text("ikke målt endnu", "not observed yet")
RELEASE_VINTAGE = Text("{id} (udgave {vintage})", "{id} (vintage {vintage})")
OF_PLAN = Text(
    "Indikatorerne er skrevet af én medarbejder og udgivet af en anden. Et tal, som en udgivelse skjuler, vises heller ikke her.",
    "The indicators were written by one member of staff and published by another. A number that a release hides is "
    "not shown here.",
)
HOW_DECIDED = Text("Sådan afgøres det, hvordan det går:", "How it is decided how an indicator is doing:")
TYPED_IN = Text(
    "Undtaget er handlingsplanens indikatorer: deres udgangspunkt og mål, og de værdier, der har en anden kilde end en udgivelse, "
    "er skrevet ind og læst af to medarbejdere.",
    "Excepted are the indicators of the action plan: their baselines and targets, and the values that have another source than a "
    "release, were typed in and read by two members of staff.",
)
COMMENT = Text("Kommentar", "Comment")
COLOPHON = {
    "invented": Text("Bemærk", "Please note"),
    "publisher": Text("Udgiver", "Publisher"),
    "version": Text("Udgave", "Edition"),
    "releases": Text("Udgivelser", "Releases"),
    "address": Text("Fast adresse", "Permanent address"),
    "licence": Text("Licens", "Licence"),
    "data": Text("Data, SHA-256", "Data, SHA-256"),
    "pdf": Text("PDF, SHA-256", "PDF, SHA-256"),
}
RELEASE = Text("{id} (udgave {vintage}, udgivet {day})", "{id} (vintage {vintage}, published {day})")


QUANTITY = Text("Hvad der er talt", "What was counted")
AT_LEAST = Text("mindst {count}", "at least {count}")
BY_YEARS = Text("{title}, {years}", "{title}, {years}")
BY_DIMENSION = Text("{quantity}, {year}: {dimension}", "{quantity}, {year}: {dimension}")
ALL_AT_LEAST = Text("{caption} (mindst)", "{caption} (at least)")
MOST_OF_ALL = Text(
    "Tal af forskellige enheder lægges ikke sammen. Hvor der står »mindst«, mangler indberetninger, eller nogle af dem har "
    "ikke tallet.",
    "Numbers of different units are not added up. Where it says “at least”, reports are missing, or some of them do not have "
    "the number.",
)
SILENT = Text(
    "Om {names} vises ingen tal for {year}: selv det samlede tal kunne pege på få personer eller på én organisation.",
    "Of {names} no figures of {year} are shown: even the total could point to a few persons or to one organisation.",
)
NOT_OF_YEAR = Text(
    "Der er ingen offentliggjorte tal for {year} om {names}.", "There are no published figures of {year} on {names}."
)
REPORTS = Text("Indberetninger bag tallene, {year}", "Reports behind the figures, {year}")
FORM = Text("Skema", "Form")
REPORT_HEADINGS = (
    Text("Forventet", "Due"),
    Text("Modtaget", "Came"),
    Text("Modtaget derudover", "Came without being due"),
)
NOT_KNOWN_TO_ALL = Text("{names} er ikke oplyst i alle indberetninger.", "{names}: not all reports have the number.")
SUMS_PROTECTED = Text(
    "Summer af det, som tilbud har indberettet, vises heller ikke, hvor de kunne vise, hvad én organisation alene har "
    "indberettet. Hvor indberetninger mangler, skriver rapporten »mindst«.",
    "Sums of what services reported are not shown either where they could show what one organisation alone reported. Where "
    "reports are missing, the report says “at least”.",
)


ORDER_STATES = {
    "OPEN": Text("venter", "waiting"),
    "DONE": Text("dannet", "made"),
    "FAILED": Text("afvist", "refused"),
}
