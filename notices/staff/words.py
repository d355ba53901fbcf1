"""The words of the staff pages of crises and notices."""

from __future__ import annotations

from core.text import Text

ACTS: dict[str, Text] = {
    "declare": Text("Meld en krise", "Declare a crisis"),
    "end": Text("Afslut krisen", "End the crisis"),
    "create": Text("Opret et varsel", "Create a notice"),
    "write": Text("Skriv teksten", "Write the text"),
    "save": Text("Gem teksten", "Save the text"),
    "review": Text("Jeg har læst teksten, og den er rigtig", "I have read the text, and it is right"),
    "publish": Text("Udgiv teksten", "Publish the text"),
    "withdraw": Text("Træk varslet tilbage", "Withdraw the notice"),
}
DECLARE_WARNING = Text(
    "Mens krisen varer, indberettes de valgte skemaer hver uge. Partnerne ser det på deres side. Krisen kan ikke ændres eller "
    "slettes, "
    "kun afsluttes.",
    "While the crisis lasts, the chosen forms are reported each week. Partners see it on their desk. The crisis cannot be "
    "changed or "
    "deleted, but it is ended.",
)
CREATE_WARNING = Text(
    "Varslet oprettes uden tekst. Det, der står her, kan ikke ændres eller slettes. Skriv teksten bagefter: på dansk først, så "
    "på de "
    "andre sprog. Ingen læser noget, før en anden har læst teksten igennem, og den er udgivet.",
    "The notice is created without a text. What stands here cannot be changed or deleted. Write the text next: in Danish "
    "first, then "
    "in the other languages. Nobody reads anything before another person has reviewed the text and it is published.",
)
END_WARNING = Text(
    "Efter den sidste dag venter ingen skemaer fra krisen. Varslerne gælder, til de udløber eller trækkes tilbage.",
    "After the last day no forms of the crisis are expected. Its notices hold until they expire or are withdrawn.",
)
WITHDRAW_WARNING = Text(
    "Siden, opslaget og beskeden viser derefter, at varslet ikke gælder, og hvad der gælder i stedet. Det kan ikke gøres om.",
    "The page, the sheet and the message then say that the notice does not hold, and what does instead. That cannot be undone.",
)
REVIEW_LEAD = Text(
    "Læs hele teksten på sproget. Er noget forkert, så skriv en ny.",
    "Read the whole text in its language. If something is wrong, write a new one.",
)
PUBLISH_LEAD = Text(
    "Alle kan læse teksten med det samme. Opslaget som PDF er der efter et minut.",
    "Everybody can read the text at once. The sheet as PDF is there after a minute.",
)
WRITE_LEAD = Text(
    "Korte sætninger og almindelige ord. En SMS er højst 160 tegn. Når teksten er færdig, læser en anden den igennem.",
    "Short sentences and plain words. A text message is at most 160 characters. Once the text is finished, another person "
    "reviews it.",
)
NO_NAMES = Text("Skriv intet om enkelte personer.", "Write nothing about single persons.")
STALE = Text("den tekst, den oversætter, er ændret siden", "the text that it translates has changed since")
TOO_HARD = Text("for svær at læse: skriv kortere sætninger", "too hard to read: write shorter sentences")
HELPS = {
    "code": Text("Små bogstaver, tal og bindestreg.", "Small letters, digits and hyphens."),
    "issuer_da": Text("Den myndighed, der står bag varslet.", "The authority that issues the notice."),
    "regions": Text("Ingen valgt: hele landet.", "None chosen: the whole country."),
    "source": Text("Hvor myndigheden selv skriver det.", "Where the authority itself writes it."),
    "language": Text("Sproget for den første tekst.", "The language of the first text."),
}
DONE = {
    "end": Text("Krisen er afsluttet.", "The crisis has ended."),
    "write": Text("Teksten er gemt.", "The text is saved."),
    "review": Text("Teksten er gennemlæst.", "The text is reviewed."),
    "publish": Text("Teksten er udgivet.", "The text is published."),
    "withdraw": Text("Varslet er trukket tilbage.", "The notice is withdrawn."),
    "take_down": Text("Adressen er taget ned.", "The address is taken down."),
}
TAKE_DOWN = Text("Tag adressen ned", "Take the address down")
TAKE_DOWN_WARNING = Text(
    "Adressen slettes, og alle læser: vises ikke, ring til hotlinen. En person hos partneren ser det og kan skrive "
    "adressen igen, hvis den er rigtig. Partnerens system kan ikke.",
    "The address is deleted, and everybody reads: not shown, call the hotline. A person of the partner sees it on its desk, and "
    "may write the address again where it is right. The partner's system cannot.",
)
TAKEN_DOWN = Text("taget ned af {user}", "taken down by {user}")
IN_FORCE = {True: Text("gælder", "in force"), False: Text("afløst", "replaced")}
UNTIL = Text("til og med {day}", "until {day}")
NO_UNTIL = Text("indtil videre", "until further notice")
LASTS = Text("varer stadig", "still lasts")
NO_REPLACEMENT = Text("Intet varsel kommer i stedet", "No notice comes instead")
EMPTY_CRISES = Text("Der er ikke meldt nogen krise.", "No crisis has been declared.")
EMPTY_NOTICES = Text("Der er ingen varsler.", "There are no notices.")
EMPTY_SERVICES = Text(
    "Ingen partner har oplyst noget om sine tilbud endnu.", "No partner has said anything about its services yet."
)
