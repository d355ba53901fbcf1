"""What a column or a member is called: names for identifiers in Danish and English, written together or apart.

A header can be an identifier itself, where the first row of a file has no headers. So it is looked at as a value as well.
"""

from __future__ import annotations

import re
from functools import cache

from cases.intake.additions import SET_BY_SERVICE
from cases.intake.guard.kinds import IdentifierKind
from cases.intake.guard.words import WORD, all_fields, fold, names

HUMP = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])")
PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ö": "oe", "ä": "ae"})
# Words by themselves; then endings and beginnings of compounds; then phrases, without blanks.
WHOLE: dict[IdentifierKind, str] = {
    IdentifierKind.CPR: "cpr ssn cprnr cprnummer personnummer personnr persnr cpnr pnr nin",
    IdentifierKind.EMAIL: "email emails mail mails epost eboks",
    IdentifierKind.PHONE: """
        telefon tlf tel telefonnr telefonnummer telefonnumre phone phones telephone mobil mobile mobilnr mobilnummer mobiltelefon
        cell cellphone whatsapp viber signal fax pas pasnr pasnummer passport udlaendingenummer udlnr
    """,
    IdentifierKind.NAME: """
        navn navne fornavn efternavn mellemnavn pigenavn kaldenavn name names firstname lastname surname forename fullname givenname
        familyname nickname alias aliases maidenname initialer initial initials init klient klienten client clients borger borgeren
        citizen kontaktperson paaroerende mor moder far fader mother father aegtefaelle spouse person offer victim bruger brugeren
        beboer patient signatur signature underskrift
    """,
    IdentifierKind.BIRTH_DATE: """
        foedselsdato foedselsdag foedselsdata foedt foedselsaar foedsel fodselsdato fodselsdag fodt dob birthdate birthday birth
        born bday fdato dateofbirth birthyear yob
    """,
    IdentifierKind.ADDRESS: """
        adresse adresser address addresses addr vej vejnavn gade gadenavn street husnr husnummer postnr postnummer zip zipcode
        postcode postalcode bopael bopaelsadresse town city etage
    """,
    IdentifierKind.URL: """
        url urls website web webadresse hjemmeside link links profil profile facebook instagram tiktok snapchat telegram homepage
    """,
    IdentifierKind.CASE_NUMBER: """
        sagsnr sagsnummer sagsnumre sagsid journalnr journalnummer jnr journal casenumber caseno caseid casenr filenumber fileno
        recordnumber aktnr esdh sbsys acadre
    """,
}
ENDINGS: dict[IdentifierKind, tuple[str, ...]] = {
    IdentifierKind.EMAIL: ("email", "mailadresse"),
    IdentifierKind.PHONE: ("telefon", "telefonnummer", "tlf"),
    IdentifierKind.NAME: ("navn", "navne", "initialer"),
    IdentifierKind.ADDRESS: ("adresse", "adressen"),
    IdentifierKind.BIRTH_DATE: ("foedselsdato", "birthdate"),
}
PHRASES: dict[IdentifierKind, tuple[str, ...]] = {
    IdentifierKind.CPR: (
        "cprn",
        "personnummer",
        "socialsecurity",
        "nationalid",
        "civilregistration",
        "personalid",
        "idnumber",
    ),
    IdentifierKind.EMAIL: ("email", "epost"),
    IdentifierKind.PHONE: ("telefonn", "phonenumber", "mobilnummer", "passportn", "pasnummer"),
    IdentifierKind.NAME: (
        "fornavn",
        "efternavn",
        "firstname",
        "lastname",
        "fullname",
        "givenname",
        "familyname",
        "fuldenavn",
    ),
    IdentifierKind.BIRTH_DATE: ("foedselsd", "dateofbirth", "birthdate", "birthday", "dayofbirth", "fdato"),
    IdentifierKind.CASE_NUMBER: (
        "sagsnr",
        "sagsnummer",
        "jnr",
        "journaln",
        "casenumber",
        "caseno",
        "casenr",
        "filenumber",
    ),
}
# Things that have names and are no persons: the name of one of these is no person's.
OF_THINGS = """
    land lande country region kommune municipality organisation organization partner ngo myndighed authority fil file felt field
    kolonne column kode code liste list center centre program programme projekt project server system
"""
THINGS = frozenset(OF_THINGS.split())
KINDS_OF_WORDS = {word: kind for kind, words in WHOLE.items() for word in words.split()}


@cache
def our_headers() -> frozenset[str]:
    """The headers of ours, in lower case: names of fields and their labels, and the members beside them."""
    texts = [text for field in all_fields() for text in (field.name, *field.label)]
    return frozenset(
        fold(text).casefold()
        for text in [*texts, "reference", "referenceversion", "version", "reference (UUID)", *SET_BY_SERVICE]
    )


def called_kind(folded_name: str) -> IdentifierKind | None:
    """What a header asks for by the words in it, which are one of ours or none."""
    if folded_name.casefold() in our_headers():
        return None
    words = [word.casefold().translate(PLAIN) for word in WORD.findall(HUMP.sub(" ", folded_name))]
    kinds = [kind for kind in (kind_of_word(word) for word in words) if kind is not None]
    whole = "".join(words)
    if whole.startswith("cpr"):
        return IdentifierKind.CPR
    kinds += [kind for kind, phrases in PHRASES.items() if any(phrase in whole for phrase in phrases)]
    if not kinds and any(word in names() for word in words):
        return IdentifierKind.NAME
    others = [kind for kind in kinds if kind != IdentifierKind.NAME]
    if not others and is_name_of_thing(words):
        return None
    return next(iter(others or kinds), None)


def kind_of_word(word: str) -> IdentifierKind | None:
    """What one word of a header asks for, alone or at the end of a compound."""
    if word in KINDS_OF_WORDS:
        return KINDS_OF_WORDS[word]
    ends = (kind for kind, endings in ENDINGS.items() if word.endswith(endings))
    return next(ends, None)


def is_name_of_thing(words: list[str]) -> bool:
    """Whether the words speak of a thing that is no person, as in `country name` and `filnavn`."""
    return any(
        word in THINGS or any(word.startswith(thing) and word.endswith("navn") for thing in THINGS) for word in words
    )
