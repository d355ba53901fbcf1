"""The text of the data-processing agreement, one tuple of sections for each version.

A text that has been confirmed never changes: its digest stands in the confirmations. Another text is another version.
"""

from __future__ import annotations

from typing import NamedTuple

from core.text import Text


class AgreementSection(NamedTuple):
    """One numbered section: its heading and its paragraphs."""

    heading: Text
    paragraphs: tuple[Text, ...]


FIRST: tuple[AgreementSection, ...] = (
    AgreementSection(
        Text("Parter og formål", "Parties and purpose"),
        (
            Text(
                "Aftalen gælder mellem organisationen, som indberetter, og det nationale center mod menneskehandel, som driver "
                "Henvis. Centret behandler oplysningerne for at føre den nationale statistik om menneskehandel og for at koble "
                "henvisninger af den samme person.",
                "This agreement is between the organisation that reports and the national centre against human trafficking, "
                "which runs Henvis. The centre processes the information to keep the national statistics on human trafficking "
                "and to link referrals of the same person.",
            ),
        ),
    ),
    AgreementSection(
        Text("Hvilke oplysninger", "Which information"),
        (
            Text(
                "Organisationen sender kun de felter, som dataordbogen beskriver. Den sender aldrig navn, CPR-nummer, adresse, "
                "telefonnummer eller fritekst. Oplysningerne er følsomme personoplysninger, også uden navn.",
                "The organisation sends only the fields that the data dictionary describes. It never sends a name, a civil "
                "registration number, an address, a telephone number or free text. The information is sensitive personal data, "
                "even without a name.",
            ),
        ),
    ),
    AgreementSection(
        Text("Instruks", "Instructions"),
        (
            Text(
                "Centret behandler oplysningerne alene til formålet i afsnit 1 og efter loven. Centret bruger dem ikke til "
                "kontrol af enkeltpersoner og giver dem ikke videre til politi eller udlændingemyndigheder.",
                "The centre processes the information only for the purpose in section 1 and according to law. The centre does "
                "not use it to check on individuals and does not pass it on to the police or the immigration authorities.",
            ),
        ),
    ),
    AgreementSection(
        Text("Fortrolighed og sikkerhed", "Confidentiality and security"),
        (
            Text(
                "Kun personer med et arbejdsbetinget behov og tavshedspligt har adgang. Adgang kræver to faktorer, hver læsning "
                "bliver skrevet ned, og oplysningerne er krypteret under overførsel. Tal, der kan pege på få personer, "
                "offentliggøres ikke.",
                "Only persons who need it for their work and are bound to secrecy have access. Access takes two factors, each "
                "read is written down, and the information is encrypted in transit. Figures that could point to few persons are "
                "not published.",
            ),
            Text(
                "Organisationen beskytter sine hemmeligheder og konti og lukker adgangen for den, der forlader organisationen.",
                "The organisation protects its secrets and accounts, and closes the access of whoever leaves the organisation.",
            ),
        ),
    ),
    AgreementSection(
        Text("Underdatabehandlere", "Sub-processors"),
        (
            Text(
                "Centret oplyser skriftligt, hvem der driver serverne, og varsler et skift mindst 30 dage før. Organisationen kan "
                "gøre indsigelse.",
                "The centre says in writing who runs the servers, and gives at least 30 days' notice of a change. The "
                "organisation may object.",
            ),
        ),
    ),
    AgreementSection(
        Text("Personernes rettigheder", "The persons' rights"),
        (
            Text(
                "Den, der beder om indsigt, rettelse eller sletning, henvises til organisationen eller til centret. Begge hjælper "
                "hinanden, så personen får svar inden for en måned. En sletning gælder begge steder.",
                "Whoever asks for access, correction or erasure turns to the organisation or to the centre. Both help each other "
                "so that the person has an answer within a month. An erasure holds in both places.",
            ),
        ),
    ),
    AgreementSection(
        Text("Brud på sikkerheden", "Breaches"),
        (
            Text(
                "Den part, der opdager et brud på persondatasikkerheden, underretter den anden uden unødig forsinkelse og senest "
                "inden for 24 timer.",
                "The party that discovers a personal data breach notifies the other without undue delay and within 24 hours at "
                "the latest.",
            ),
        ),
    ),
    AgreementSection(
        Text("Tilsyn", "Oversight"),
        (
            Text(
                "Organisationen kan til enhver tid se, hvad der er læst af dens oplysninger, og kan bede om dokumentation for, at "
                "aftalen er overholdt.",
                "The organisation can at any time see what has been read of its records, and may ask for evidence that the "
                "agreement is kept.",
            ),
        ),
    ),
    AgreementSection(
        Text("Ophør", "End"),
        (
            Text(
                "Aftalen gælder, så længe centret har organisationens oplysninger. Når samarbejdet ophører, bliver oplysningerne "
                "slettet eller bevaret efter loven og centrets frister for sletning.",
                "The agreement holds as long as the centre has the organisation's records. When the cooperation ends, the records "
                "are deleted or kept according to law and the centre's periods of retention.",
            ),
        ),
    ),
)
