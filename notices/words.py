"""Names of this app and its models on the staff pages, and what its database refuses."""

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
