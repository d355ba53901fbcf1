"""The kinds of identifiers that the guard knows, and what is said where one is seen."""

from __future__ import annotations

from enum import StrEnum

from core.text import Text


class IdentifierKind(StrEnum):
    """What a header or a value looks like. The value is the rule's name after `identifier_`."""

    CPR = "cpr"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"
    URL = "url"
    CASE_NUMBER = "case_number"
    REFERENCE = "reference"
    FREE_TEXT = "free_text"

    @property
    def rule(self) -> str:
        """The id of the rule that a finding names."""
        return f"identifier_{self.value}"


KIND_RULES: dict[IdentifierKind, Text] = {
    IdentifierKind.CPR: Text(
        "Ligner et CPR-nummer, med eller uden streg, foranstillet nul eller kontrolciffer. Slet det; Henvis må aldrig få det.",
        "Looks like a CPR number, with or without hyphen, leading zero or check digit. Delete it; Henvis must never have it.",
    ),
    IdentifierKind.EMAIL: Text(
        "Ligner en mailadresse eller et brugernavn med @. Slet det.",
        "Looks like an e-mail address, or a user name with @. Delete it.",
    ),
    IdentifierKind.PHONE: Text(
        "Ligner et telefonnummer eller et andet langt nummer på en person eller et dokument. Slet det.",
        "Looks like a telephone number, or another long number of a person or a document. Delete it.",
    ),
    IdentifierKind.NAME: Text(
        "Ligner et navn eller initialer. Slet det; står der en kategori, så skriv den som i skabelonen.",
        "Looks like a name or initials. Delete it; where it is a category, write it as in the template.",
    ),
    IdentifierKind.BIRTH_DATE: Text(
        "Ligner en fødselsdato. Angiv aldersgruppen i stedet. En dato er kun tilladt, hvor skabelonen beder om en måned.",
        "Looks like a date of birth. Give the age band instead. A date is allowed only where the template asks for a month.",
    ),
    IdentifierKind.ADDRESS: Text(
        "Ligner en adresse eller et postnummer med by. Angiv regionen i stedet.",
        "Looks like an address, or a postal code with a town. Give the region instead.",
    ),
    IdentifierKind.URL: Text(
        "Ligner en netadresse. Slet den; en profil eller annonce fører til personen.",
        "Looks like a web address. Delete it; a profile or an advertisement leads to the person.",
    ),
    IdentifierKind.CASE_NUMBER: Text(
        "Ligner et sags- eller journalnummer. Brug en tilfældig reference, og behold nummeret hos jer selv.",
        "Looks like a case or journal number. Use a random reference, and keep the number with you.",
    ),
    IdentifierKind.REFERENCE: Text(
        "Referencen er ikke tilfældig: den har et mønster eller skjuler et nummer. Dan en ny UUID version 4.",
        "The reference is not random: it has a pattern or hides a number. Make a new UUID of version 4.",
    ),
    IdentifierKind.FREE_TEXT: Text(
        "Teksten er længere end nogen kode eller betegnelse. En fortælling kan udpege en person. Slet den; send koder alene.",
        "The text is longer than any code or label. What tells a story may identify a person. Delete it; send codes alone.",
    ),
}

# The words of the guard's rules, by the ids that findings name.
GUARD_RULES: dict[str, Text] = {kind.rule: text for kind, text in KIND_RULES.items()}
