"""A draft of the impact assessment (GDPR, article 35(7)), for the controller to finish: what the program can say of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.purposes import ABOUT, LABELS, DataPurpose, legal_basis
from core.text import Text
from oversight.processing.record import facts

TITLE = Text("Udkast til konsekvensanalyse (artikel 35)", "Draft of an impact assessment (article 35)")
DRAFT = Text(
    "Et udkast, skrevet af programmets egne tabeller. Den dataansvarlige vurderer sandsynlighed og alvor, inddrager "
    "databeskyttelsesrådgiveren og beslutter, om Datatilsynet skal høres (artikel 36).",
    "A draft, written from the program's own tables. The controller assesses likelihood and severity, asks the data protection "
    "officer, and decides whether to consult the supervisory authority (article 36).",
)
NEEDED = Text(
    "Kun måneder og koder fra faste lister. Sagskoden er tilfældig. Felter, der kun er til sagsarbejde, indgår ikke i "
    "statistikken.",
    "Months and codes from fixed lists alone. The case token is drawn at random. Fields for casework alone are no "
    "part of the statistics.",
)
HEADINGS = (
    Text("Risiko", "Risk"),
    Text("Foranstaltninger i programmet", "Measures of the program"),
    Text("Det, der er tilbage", "What is left"),
)
WORDS = {
    "processing": Text("Behandlingen", "The processing"),
    "need": Text("Nødvendighed og proportionalitet", "Necessity and proportionality"),
    "risks": Text("Risici for de registrerede", "Risks to the data subjects"),
}


@dataclass(frozen=True, slots=True)
class ProcessingRisk:
    """A risk to persons, what the program does about it, and what it does not."""

    risk: Text
    measures: Text
    rest: Text


RISKS = (
    ProcessingRisk(
        Text("Menneskehandlere finder en person i udgivne tal.", "Traffickers find a person in published figures."),
        Text(
            "Små celler skjules; et bevis følger hver udgivelse; kendte tal fra andre regnes med.",
            "Small cells are hidden; each release comes with a proof; known figures of others are reckoned with.",
        ),
        Text("To private partneres fælles viden.", "The joint knowledge of two private partners."),
    ),
    ProcessingRisk(
        Text("En nøgle bliver stjålet.", "A secret is stolen."),
        Text(
            "Den læser én partners egne oplysninger, kan trækkes tilbage straks, og hver læsning er skrevet op.",
            "It reads the records of one partner, can be ended at once, and each read is written down.",
        ),
        Text("Det, der er læst inden.", "What was read before."),
    ),
    ProcessingRisk(
        Text("En medarbejder slår op af nysgerrighed.", "A member of staff looks from curiosity."),
        Text(
            "Roller med få rettigheder, to faktorer, revisionsspor.", "Roles with few rights, two factors, the audit."
        ),
        Text("Opslag, der har et påskud.", "Looks with a pretext."),
    ),
    ProcessingRisk(
        Text("Webserveren bliver overtaget.", "The web server is taken over."),
        Text(
            "Dens rolle i databasen læser ingen optællinger og retter ingen versioner; nøglerne er ikke hos den.",
            "Its role in the database reads no counts of records and changes no version; the keys are not with it.",
        ),
        Text("De henvisninger, der vises, mens det står på.", "The referrals that are shown meanwhile."),
    ),
    ProcessingRisk(
        Text("Navne eller fri tekst sendes i en fil.", "Names or free text are sent in a file."),
        Text("En vagt afviser filen, før noget gemmes.", "A guard refuses the file before anything is stored."),
        Text("Navne, der ligner koder.", "Names that look like codes."),
    ),
    ProcessingRisk(
        Text("Oplysninger er forkerte eller om to personer.", "Data are wrong, or are of two persons."),
        Text(
            "Partnere retter; centret retter koblinger, og kan gøre dem om; personen kan kræve begrænsning.",
            "Partners correct; the centre corrects links and undoes them; the person may have the processing restricted.",
        ),
        Text("Fejl, som ingen har set.", "Mistakes that nobody has seen."),
    ),
    ProcessingRisk(
        Text("Oplysninger gemmes for længe.", "Data are kept for too long."),
        Text("En regel sletter hver nat.", "A rule erases each night."),
        Text("Sikkerhedskopier, indtil de udløber.", "Backups, until they expire."),
    ),
)


def assessment(language: str) -> Iterator[str]:
    """The lines of the draft, as Markdown."""
    yield from (f"# {TITLE(language)}", "", f"> {DRAFT(language)}", "", f"## {WORDS['processing'](language)}")
    for purpose in DataPurpose:
        yield from facts(
            language, (LABELS[purpose], ABOUT[purpose]), (Text("Retsgrundlag", "Legal basis"), legal_basis(purpose))
        )
    yield from ("", f"## {WORDS['need'](language)}", "", NEEDED(language))
    yield from (
        "",
        f"## {WORDS['risks'](language)}",
        "",
        f"| {' | '.join(each(language) for each in HEADINGS)} |",
        "|---|---|---|",
    )
    for risk in RISKS:
        yield f"| {risk.risk(language)} | {risk.measures(language)} | {risk.rest(language)} |"
