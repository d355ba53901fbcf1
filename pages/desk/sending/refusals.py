"""What is refused, in words for people: what it is, and what to do. Anything new is told by its code, in general words."""

from __future__ import annotations

import re
from typing import NamedTuple

from cases.errors import DomainError
from cases.intake.findings import FileRefused
from core.text import NO_TEXT, Text, in_one


class RefusalWords(NamedTuple):
    """What is refused and what to do."""

    title: Text
    advice: Text = NO_TEXT

    @property
    def both(self) -> Text:
        """Both as sentences behind each other."""
        return in_one(Text(f"{self.title.da}.", f"{self.title.en}."), self.advice)


GENERAL = RefusalWords(
    Text("Det kunne ikke lade sig gøre, og intet er gemt.", "This could not be done, and nothing is stored."),
    Text("Prøv igen. Sker det igen, så ring til centret.", "Try again. If it happens again, call the centre."),
)
REFUSAL_WORDS: dict[str, RefusalWords] = {
    "identifier_in_file": RefusalWords(
        Text("Filen er stoppet: den kan udpege en person", "The file is stopped: it may identify a person"),
        Text(
            "Noget ligner et navn, et CPR-nummer, et telefonnummer, en adresse eller andet, der udpeger en person. Intet af filen "
            "er gemt. Slet det, der står nedenfor, i jeres fil, og send den igen. Er filen også sendt på anden vis, for eksempel "
            "i en mail, så slet den dér, og ring til centret.",
            "Something looks like a name, a CPR number, a telephone number, an address or anything else that identifies a person. "
            "Nothing of the file is stored. Delete what is listed below from your file, and send it again. If the file was also "
            "sent in another way, in a mail for instance, delete it there and call the centre.",
        ),
    ),
    "columns_wrong": RefusalWords(
        Text("Filens kolonner passer ikke", "The columns of the file do not fit"),
        Text(
            "Intet er gemt. Ret kolonnerne som i skemaet, eller sig nedenfor, hvad de er, og vælg den samme fil igen.",
            "Nothing is stored. Correct the columns as they are in the template, or say below what they are and choose the same "
            "file again.",
        ),
    ),
    "references_missing": RefusalWords(
        Text("Rækkerne har ingen referencer", "The rows have no references"),
        Text(
            "Intet er gemt. Få referencer i arket nedenfor, og send det, der kommer tilbage.",
            "Nothing is stored. Get references in the sheet below, and send what comes back.",
        ),
    ),
    "file_unreadable": RefusalWords(
        Text("Filen kan ikke læses", "The file cannot be read"),
        Text(
            "Intet er gemt. Åbn filen i et regneark, gem den som .xlsx, og send den igen.",
            "Nothing is stored. Open the file in a spreadsheet, save it as .xlsx, and send it again.",
        ),
    ),
    "payload_too_large": RefusalWords(
        Text("Filen er for stor", "The file is too large"),
        Text(
            "Intet er gemt. Del filen i flere, og send dem én ad gangen.",
            "Nothing is stored. Split the file, and send the parts.",
        ),
    ),
    "template_too_old": RefusalWords(
        Text("Skemaet er for gammelt", "The template is too old"),
        Text(
            "Intet er gemt. Hent et nyt skema, og kopiér rækkerne over i det.",
            "Nothing is stored. Download a new template, and copy the rows into it.",
        ),
    ),
    "deliveries_waiting": RefusalWords(
        Text("For meget venter allerede", "Too much waits already"),
        Text(
            "Filen er ikke taget imod, og intet af den er gemt. Vent nogle minutter, og send den igen.",
            "The file was not taken, and nothing of it is stored. Wait a few minutes, and send it again.",
        ),
    ),
    "batch_given_up": RefusalWords(
        Text("Arbejdet på filen blev opgivet hos os", "Work on the file was given up here"),
        Text(
            "Send filen igen. Det, der allerede er gemt, gemmes ikke to gange.",
            "Send the file again. What is stored already is not stored twice.",
        ),
    ),
    "nothing_waits": RefusalWords(
        Text("Rækkerne venter ikke længere", "The rows wait no longer"),
        Text(
            "De er annulleret, eller et døgn er gået. Intet er gemt. Send filen igen.",
            "They were cancelled, or a day has passed. Nothing is stored. Send the file again.",
        ),
    ),
    "nothing_asked": RefusalWords(
        Text(
            "Det, I bekræftede, er ikke noget, der spørges om længere", "What you confirmed is not asked about any more"
        ),
        Text("Se filen igen, og svar på det, der står nu.", "Look at the file again, and answer what is asked now."),
    ),
    "agreement_missing": RefusalWords(
        Text("Aftalen er ikke bekræftet", "The agreement is not confirmed"),
        Text(
            "Intet er gemt. En leder hos jer skal bekræfte aftalen på organisationens side, før I kan sende rigtige henvisninger.",
            "Nothing is stored. A manager of yours must confirm the agreement on the organisation's page before you can send "
            "real referrals.",
        ),
    ),
}
CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def code_of(error: DomainError) -> str:
    """The code of a refusal: its own, or the name of its class."""
    return error.code if isinstance(error, FileRefused) else CAPITAL.sub("_", type(error).__name__).lower()


def words_of_code(code: str) -> RefusalWords:
    return REFUSAL_WORDS.get(code, GENERAL)


def refusal_words(error: DomainError) -> RefusalWords:
    return words_of_code(code_of(error))
