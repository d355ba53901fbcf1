"""The words of this room on the pages of staff: names of the app and its models, what its pages say, what its database refuses."""

from __future__ import annotations

from core.text import ModelNames, Text

ROOM = Text("Kriser og varsler", "Crises and notices")
MAKE_SHEETS = Text("Varsler som PDF", "Notices as PDF")

FIELDS = {
    "crisis": Text("krise", "crisis"),
    "code": Text("kort navn", "short name"),
    "title_da": Text("titel på dansk", "title in Danish"),
    "title_en": Text("titel på engelsk", "title in English"),
    "started_on": Text("første dag", "first day"),
    "ended_on": Text("sidste dag", "last day"),
    "forms": Text("skemaer, der indberettes", "forms that are reported"),
    "issuer_da": Text("myndighed, på dansk", "issuing authority, in Danish"),
    "issuer_en": Text("myndighed, på engelsk", "issuing authority, in English"),
    "subject_code": Text("emne", "subject"),
    "audience": Text("målgruppe", "audience"),
    "severity": Text("alvor", "severity"),
    "urgency": Text("hvor hurtigt", "urgency"),
    "certainty": Text("hvor sikkert", "certainty"),
    "regions": Text("regioner", "regions"),
    "language": Text("sprog", "language"),
    "valid_from": Text("gælder fra", "valid from"),
    "valid_to": Text("gælder til", "valid until"),
    "source": Text("kilde", "source"),
    "supersedes": Text("kommer i stedet for", "comes in place of"),
    "title": Text("overskrift", "title"),
    "text": Text("tekst", "text"),
    "sms": Text("SMS", "text message"),
    "is_finished": Text("teksten er færdig", "the text is finished"),
    "partner": Text("partner", "partner"),
    "place": Text("tilbud", "service"),
    "region": Text("region", "region"),
    "state": Text("åbent eller lukket", "open or closed"),
    "until": Text("gælder til og med", "holds until"),
    "address": Text("adresse", "address"),
    "said_at": Text("oplyst", "said"),
    "declared_at": Text("meldt", "declared"),
    "created_at": Text("oprettet", "created"),
    "user": Text("af", "by"),
}
MODELS = {
    "crisis": ModelNames(Text("krise", "crisis"), Text("kriser", "crises")),
    "notice": ModelNames(Text("varsel", "notice"), Text("varsler", "notices")),
    "servicestatus": ModelNames(
        Text("oplysning om et tilbud", "statement on a service"),
        Text("oplysninger om tilbud", "statements on services"),
    ),
}
CONSTRAINTS = {
    "crisis_forms_known": Text("Skemaet hører ikke til kriser.", "The form is none of a crisis."),
    "crisis_in_this_century": Text("Krisen begynder tidligst i 2000.", "The crisis begins in 2000 at the earliest."),
    "notice_ends_later": Text("Varslet skal slutte, efter at det begynder.", "The notice must end after it begins."),
    "notice_regions_known": Text("Regionen findes ikke.", "There is no such region."),
    "notice_source_safe": Text("Kilden begynder med https://.", "The source begins with https://."),
    "noticetext_said": Text(
        "Overskrift, tekst og SMS skal alle være udfyldt.", "Title, text and text message must all be filled in."
    ),
    "noticepublication_number": Text("Teksten er udgivet.", "The text is published."),
    "acknowledgement_by_kind": Text(
        "Givet videre oplyses med måned og måde.", "Handed on is said with its month and its channel."
    ),
    "servicestatus_address_plain": Text(
        "Adressen er vej, nummer, postnummer og by: ingen telefonnumre, mail, hjemmeside, personnumre eller c/o.",
        "The address is a street, a number, a postal code and a town: no telephone number, mail address, web address, number of a "
        "person or c/o.",
    ),
    "acknowledgement_once": Text("Det er oplyst allerede.", "That was said already."),
}
# What the functions of this room in the database refuse, by their codes.
REFUSALS = {
    "NOTICE_RIGHT_MISSING": Text(
        "Din rolle giver ikke lov til det. Varslets side oplyser, hvem der kan.",
        "Your role does not let you do this. The page of a notice says who can.",
    ),
    "CRISIS_ENDS_BEFORE": Text(
        "En krise slutter tidligst på sin første dag. Vælg en senere dag.",
        "A crisis ends on its first day at the earliest. Choose a later day.",
    ),
    "CRISIS_OVER": Text("Krisen er slut. Meld en ny først.", "The crisis has ended. Declare a new one first."),
    "NOTICE_WITHDRAWN": Text("Varslet er trukket tilbage. Skriv et nyt.", "The notice is withdrawn. Write a new one."),
    "NOTICE_SOURCE_CHANGED": Text(
        "Den tekst, som denne oversætter, er ikke skrevet endnu eller er ændret siden. Åbn varslet, og læs den igen.",
        "The text that this one translates is not written yet, or has changed since. Open the notice, and read it again.",
    ),
    "NOTICE_TEXT_NOT_LATEST": Text(
        "Nogen har skrevet en senere tekst, siden du åbnede siden. Læs den.",
        "Somebody has written a later text since you opened the page. Read that one.",
    ),
    "NOTICE_TEXT_UNFINISHED": Text(
        "Teksten er en kladde. Den, der skriver den, markerer den først som færdig.",
        "The text is a draft. Its author says first that it is finished.",
    ),
    "NOTICE_REVIEW_BY_AUTHOR": Text(
        "Du har skrevet teksten, så en anden læser den igennem.", "You wrote this text, so another person reviews it."
    ),
    "NOTICE_TEXT_REVIEWED": Text("Teksten er allerede læst igennem.", "The text is reviewed already."),
    "NOTICE_TEXT_PUBLISHED": Text("Teksten er allerede udgivet.", "The text is published already."),
    "NOTICE_BY_ONE": Text(
        "Du har oprettet varslet og læst teksten igennem, så en anden udgiver den.",
        "You created the notice and reviewed the text, so another person publishes it.",
    ),
    "NOTICE_TEXT_UNREVIEWED": Text(
        "En anden end den, der har skrevet teksten, læser den igennem først.",
        "Another person than its author reviews a text first.",
    ),
    "NOTICE_NOT_PUBLIC": Text(
        "Varslet er ikke udgivet, eller det er allerede trukket tilbage.",
        "The notice is not published, or is withdrawn already.",
    ),
    "NOTICE_REPLACEMENT_NOT_PUBLIC": Text(
        "I stedet kan kun komme et andet varsel, der er udgivet og ikke trukket tilbage.",
        "The replacement is another notice that is published and not withdrawn.",
    ),
    "NOTICE_NOT_THEIRS": Text(
        "Det oplyser kun organisationen selv, så længe den er åben.",
        "Only the organisation itself says this, while it is open.",
    ),
    "SERVICE_ADDRESS_TAKEN": Text(
        "Centret har taget adressen ned. En person oplyser den igen på siden Jeres tilbud.",
        "The centre has taken the address down. A person says it again on the desk.",
    ),
    "SERVICE_ADDRESS_GONE": Text("Adressen er der ikke længere.", "The address is not there any more."),
}


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
