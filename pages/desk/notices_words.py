"""The words of notices and services on the desk."""

from __future__ import annotations

from core.text import Text
from pages.desk.frame import DeskQuestion

NOTICES: dict[str, Text] = {
    "title": Text("Varsler", "Notices"),
    "lead": Text(
        "Læs varslerne, og sig, at I har set dem. Giv dem videre til dem, I møder, og sig hvordan. Ingen spørger, hvem eller "
        "hvor mange.",
        "Read the notices, and say that you have seen them. Hand them on to those you meet, and say how. Nobody asks whom or "
        "how many.",
    ),
    "none": Text("Der er ingen varsler lige nu.", "There are no notices at present."),
    "notice": Text("Varsel", "Notice"),
    "until": Text("Gælder til", "Valid until"),
    "seen": Text("Set", "Seen"),
    "not_seen": Text("ikke endnu", "not yet"),
    "handed_on": Text("Givet videre", "Handed on"),
    "languages": Text("Giv det videre", "Hand it on"),
    "language": Text("Sprog", "Language"),
    "sheet": Text("Opslag (PDF)", "Sheet (PDF)"),
    "sms": Text("SMS", "Text message"),
    "send_sms": Text("Skriv som SMS", "Write as a text message"),
    "say_seen": Text("Vi har set varslet", "We have seen the notice"),
    "hand_on": Text("Sig, at I har givet det videre", "Say that you have handed it on"),
    "month": Text("Måned", "Month"),
    "channel": Text("Hvordan", "How"),
    "send": Text("Gem", "Save"),
    "choose": Text("Vælg måned og måde.", "Choose a month and a way."),
    "crisis": Text("Mens krisen varer", "While the crisis lasts"),
    "crisis_lead": Text(
        "Centret har meldt en krise. Disse skemaer for en uge er ikke modtaget fra jer:",
        "The centre has declared a crisis. These forms of a week have not come from you:",
    ),
    "back": Text("Til varslerne", "To the notices"),
}
SERVICES: dict[str, Text] = {
    "title": Text("Jeres åbne tilbud", "Your services"),
    "lead": Text(
        "Sig, om hvert tilbud er åbent. Alle kan læse det, med jeres navn. Lad adressen stå tom, hvis ingen må finde stedet: så "
        "gemmes den ikke.",
        "Say whether each service is open. Everybody can read it, with your name. Leave the address empty where nobody may "
        "find the "
        "place: then it is not stored.",
    ),
    "none": Text(
        "I har ikke oplyst noget om jeres tilbud endnu.", "You have not said anything about your services yet."
    ),
    "place": Text("Tilbud", "Service"),
    "region": Text("Region", "Region"),
    "state": Text("Åbent eller lukket", "Open or closed"),
    "until": Text("Gælder til og med", "Holds until"),
    "address": Text("Adresse, som alle må se", "Address that everybody may see"),
    "no_until": Text("indtil videre", "until further notice"),
    "no_address": Text(
        "vises ikke: alle læser, at de kan ringe til hotlinen", "not shown: everybody reads to call the hotline"
    ),
    "taken_down": Text(
        "Centret har taget adressen ned, og den er slettet. Er den rigtig, og må alle se den, så sig den igen her: jeres "
        "system kan ikke.",
        "The centre has taken the address down, and it is deleted. Where it is right, and everybody may see it, say it again "
        "here: your system cannot.",
    ),
    "change": Text("Ret", "Change"),
    "say": Text("Sig, om et tilbud er åbent", "Say whether a service is open"),
    "send": Text("Gem", "Save"),
    "wrong": Text(
        "Vælg tilbud, region og om det er åbent. Datoen er en dag, og adressen er vej, nummer, postnummer og by: "
        "intet telefonnummer, ingen mail, ingen hjemmeside og ingen c/o.",
        "Choose the service, the region and whether it is open. The date is a day, and the address a street, a number, a postal "
        "code and a town: no telephone number, no mail address, no web address and no c/o.",
    ),
    "public": Text("Se listen, som alle ser den", "See the list as everybody sees it"),
}
HANDED_ON = DeskQuestion(
    Text("Har I givet varslet videre?", "Have you handed the notice on?"),
    Text("Det kan ikke tages tilbage.", "It cannot be taken back."),
    Text("Ja, det har vi", "Yes, we have"),
)
DONE = {
    "seen": Text("I har set varslet.", "You have seen the notice."),
    "handed_on": Text("I har givet varslet videre.", "You have handed the notice on."),
    "service": Text("Det er gemt, og alle kan læse det.", "It is saved, and everybody can read it."),
}
TAKEN_DOWN = Text("Centret har taget adressen på et tilbud ned", "The centre has taken the address of a service down")
WITHDRAWN = Text("Varslet er trukket tilbage. Se de andre.", "The notice is withdrawn. See the others.")


def unseen_words(titles: list[Text]) -> Text:
    """That notices with these titles are not seen."""
    da, en = ("; ".join(each(language) for each in titles) for language in Text._fields)
    if len(titles) == 1:
        return Text(f"1 varsel er ikke set: {da}", f"1 notice is not seen: {en}")
    return Text(f"{len(titles)} varsler er ikke set: {da}", f"{len(titles)} notices are not seen: {en}")


def missing_words(number: int) -> Text:
    """That so many forms of weeks are missing."""
    if number == 1:
        return Text("1 skema for en uge i krisen mangler", "1 form of a week in the crisis is missing")
    return Text(f"{number} skemaer for uger i krisen mangler", f"{number} forms of weeks in the crisis are missing")
