"""The texts of the agreements of controllers, one tuple of sections for each version. That of a processor is in `processor_text`.

A text that has been confirmed never changes: its digest stands in the confirmations. Another text is another version. The annexes
are no part of the text: rooms above write them (`partners.organisations.annexes`).
"""

from __future__ import annotations

from typing import NamedTuple

from core.text import Text


class AgreementSection(NamedTuple):
    """One numbered section: its heading and its paragraphs."""

    heading: Text
    paragraphs: tuple[Text, ...]


INFORMATION = AgreementSection(
    Text("Hvilke oplysninger", "Which information"),
    (
        Text(
            "Organisationen sender kun de felter, som bilag 1 nævner. Den sender aldrig navn, CPR-nummer, adresse, "
            "telefonnummer eller fritekst. Oplysningerne er personoplysninger, også uden navn, og nogle er følsomme "
            "(databeskyttelsesforordningens artikel 9). Kommer der et nyt felt, der skal udfyldes, oplyses det mindst 30 "
            "dage før.",
            "The organisation sends only the fields that annex 1 names. It never sends a name, a civil registration number, an "
            "address, a telephone number or free text. The information is personal data even without a name, and some of it is "
            "sensitive (GDPR, article 9). A new field that must be filled in is announced at least 30 days before.",
        ),
    ),
)
NO_CONTROL = Text(
    "Centret bruger ikke oplysningerne til kontrol af enkeltpersoner og giver dem ikke videre til politi eller "
    "udlændingemyndigheder, medmindre loven eller en retskendelse kræver det. Da siger centret det først til "
    "organisationen, hvis det er lovligt.",
    "The centre does not use the information to check on individuals and does not pass it on to the police or the "
    "immigration authorities, unless an act or a court order demands it. Then the centre tells the organisation first, where "
    "that is lawful.",
)
SECTION_10 = Text(
    "Oplysninger, der er hentet over i statistikken, bruges ikke til andet (databeskyttelseslovens § 10). De går kun den ene "
    "vej: fra sagsarbejde til statistik. Tal, der kan pege på få personer, offentliggøres ikke.",
    "Information that has been taken over into the statistics is used for nothing else (section 10 of the Danish Data Protection "
    "Act). It goes one way only: from casework to statistics. Figures that could point to few persons are not published.",
)
PURPOSES = AgreementSection(
    Text("Formål", "Purposes"),
    (
        Text(
            "Centret behandler oplysningerne til to formål: sagsarbejde (at modtage og rette henvisninger, samle dem om den "
            "samme person og svare organisationen) og den nationale statistik om menneskehandel. Retsgrundlaget for hvert "
            "formål står på siden Privatliv.",
            "The centre processes the information for two purposes: casework (to receive and correct referrals, bring "
            "together those of one person, and answer the organisation) and the national statistics on human trafficking. "
            "The page on privacy names the legal basis of each.",
        ),
        SECTION_10,
        NO_CONTROL,
    ),
)
SECURITY = AgreementSection(
    Text("Fortrolighed og sikkerhed", "Confidentiality and security"),
    (
        Text(
            "Kun personer med et arbejdsbetinget behov og tavshedspligt har adgang. De viser to faktorer; organisationens "
            "it-systemer har en API-nøgle, som udløber. Hver læsning bliver skrevet ned, og oplysningerne er krypteret under "
            "overførsel.",
            "Only persons who need it for their work and are bound to secrecy have access. They show two factors; IT systems "
            "of the organisation have a secret that expires. Each read is written down, and the information is encrypted in "
            "transit.",
        ),
        Text(
            "Organisationen beskytter sine API-nøgler og konti og lukker adgangen for den, der forlader organisationen.",
            "The organisation protects its secrets and accounts, and closes the access of whoever leaves the organisation.",
        ),
    ),
)
RETENTION = AgreementSection(
    Text("Opbevaring", "Retention"),
    (
        Text(
            "Centret sletter efter fristerne i bilag 2, som også står på siden Privatliv. Ændres en frist, oplyses det "
            "mindst 30 dage før. Sletningen kan udsættes for oplysninger fra et bestemt år eller fra alle år, med en "
            "begrundelse og en slutdato, og for en person, så længe behandlingen er begrænset.",
            "The centre deletes by the periods in annex 2, which the page on privacy has too. A change of a period is "
            "announced at least 30 days before. Deletion can be postponed for information of a year or of every year, with a "
            "reason and an end, and for a person while the processing is restricted.",
        ),
    ),
)
BREACH = AgreementSection(
    Text("Brud på sikkerheden", "Breaches"),
    (
        Text(
            "Den part, der opdager et brud på persondatasikkerheden, underretter den anden uden unødig forsinkelse og senest "
            "inden for 24 timer. Hver part anmelder brud hos sig selv til Datatilsynet og underretter personerne (artikel 33 "
            "og 34).",
            "The party that discovers a personal data breach notifies the other without undue delay and within 24 hours at "
            "the latest. Each party notifies the supervisory authority of breaches at its own place, and tells the persons "
            "(articles 33 and 34).",
        ),
    ),
)
OVERSIGHT = AgreementSection(
    Text("Tilsyn", "Oversight"),
    (
        Text(
            "Organisationen kan til enhver tid se, hvad der er læst af dens oplysninger, og kan bede om dokumentation for, "
            "at aftalen er overholdt.",
            "The organisation can at any time see what has been read of its records, and may ask for evidence that the "
            "agreement is kept.",
        ),
    ),
)
END = AgreementSection(
    Text("Ophør", "End"),
    (
        Text(
            "Aftalen gælder, så længe centret har organisationens oplysninger. Når samarbejdet ophører, bliver de slettet efter "
            "fristerne i bilag 2.",
            "The agreement holds as long as the centre has the organisation's records. When the cooperation ends, they are "
            "deleted by the periods in annex 2.",
        ),
    ),
)
OF_CONTROLLERS: tuple[AgreementSection, ...] = (
    AgreementSection(
        Text("Parter og ansvar", "Parties and responsibility"),
        (
            Text(
                "Aftalen gælder mellem organisationen, som indberetter, og det nationale center mod menneskehandel, som "
                "driver Henvis. Hver part er selvstændig dataansvarlig: organisationen for det, den selv registrerer, og for "
                "at sende det; centret for det, det har modtaget. Centret handler ikke efter organisationens instruks.",
                "This agreement is between the organisation that reports and the national centre against human trafficking, "
                "which runs Henvis. Each party is a controller of its own: the organisation of what it records itself and of "
                "sending it, the centre of what it has received. The centre does not act on the organisation's instructions.",
            ),
            Text(
                "Organisationen sikrer sig, at den har lov til at videregive oplysningerne.",
                "The organisation makes sure that it may disclose the information.",
            ),
        ),
    ),
    PURPOSES,
    INFORMATION,
    SECURITY,
    AgreementSection(
        Text("Personernes rettigheder", "The persons' rights"),
        (
            Text(
                "Hver part svarer selv den, der beder om indsigt, rettelse, sletning eller begrænsning (artikel 15-18), eller gør "
                "indsigelse (artikel 21). Den, der spørger det ene sted om noget, som den anden part har, bliver vist derhen. Har "
                "organisationen rettet eller slettet noget, retter eller trækker den det også tilbage i Henvis.",
                "Each party itself answers whoever asks for access, correction, erasure or restriction (articles 15 to 18) "
                "or objects (article 21). Who asks in one place about what the other party has is shown the way. What the "
                "organisation has corrected or erased it corrects or withdraws in Henvis, too.",
            ),
            Text(
                "Organisationen fortæller personen, at oplysningerne bliver sendt til centret (artikel 13 og 14). Centret "
                "oplyser om sin behandling på siden Privatliv.",
                "The organisation tells the person that the information is sent to the centre (articles 13 and 14). The "
                "centre tells of its processing on the page on privacy.",
            ),
        ),
    ),
    RETENTION,
    BREACH,
    OVERSIGHT,
    END,
)
OF_JOINT: tuple[AgreementSection, ...] = (
    AgreementSection(
        Text("Parter og ansvar", "Parties and responsibility"),
        (
            Text(
                "Aftalen gælder mellem organisationen, som indberetter, og det nationale center mod menneskehandel, som "
                "driver Henvis. Parterne afgør sammen, hvorfor og hvordan oplysningerne behandles i Henvis, og er fælles "
                "dataansvarlige (artikel 26). Hver er selvstændig dataansvarlig for det, der sker uden for Henvis.",
                "This agreement is between the organisation that reports and the national centre against human trafficking, "
                "which runs Henvis. The parties determine together why and how the information is processed in Henvis, and "
                "are joint controllers (article 26). Each is a controller of its own of what happens outside of Henvis.",
            ),
            Text(
                "Organisationen svarer for, at det, den sender, er rigtigt og må behandles. Centret svarer for drift, "
                "sikkerhed, kobling, statistik og sletning.",
                "The organisation answers for what it sends being right and lawful. The centre answers for operation, "
                "security, linking, statistics and deletion.",
            ),
        ),
    ),
    PURPOSES,
    INFORMATION,
    SECURITY,
    AgreementSection(
        Text("Personernes rettigheder", "The persons' rights"),
        (
            Text(
                "Organisationen informerer personen, når oplysningerne bliver indsamlet (artikel 13). Centret oplyser om "
                "behandlingen i Henvis, og om det væsentligste i denne aftale, på siden Privatliv (artikel 14 og artikel 26, "
                "stk. 2).",
                "The organisation informs the person when the information is collected (article 13). The centre tells of the "
                "processing in Henvis, and of the essence of this agreement, on the page on privacy (article 14 and article "
                "26(2)).",
            ),
            Text(
                "Centrets databeskyttelsesrådgiver er kontaktpunkt. Personen kan dog bruge sine rettigheder over for begge "
                "parter (artikel 26, stk. 3). Den, der bliver spurgt, underretter den anden, og personen får svar inden for "
                "en måned, som kan forlænges (artikel 12, stk. 3). En rettelse, sletning eller begrænsning gælder i Henvis, "
                "og den anden part får besked (artikel 19).",
                "The centre's data protection officer is the contact point. The person may yet use the rights against both "
                "parties (article 26(3)). Whoever is asked tells the other, and the person has an answer within a month, "
                "which can be extended (article 12(3)). A correction, an erasure or a restriction holds in Henvis, and the "
                "other party is told (article 19).",
            ),
        ),
    ),
    RETENTION,
    AgreementSection(
        Text("Brud på sikkerheden", "Breaches"),
        (
            Text(
                "Den part, der opdager et brud på persondatasikkerheden, underretter den anden uden unødig forsinkelse og "
                "senest inden for 24 timer. Centret anmelder brud i Henvis til Datatilsynet og underretter personerne "
                "(artikel 33 og 34). Organisationen gør det for brud hos sig selv.",
                "The party that discovers a personal data breach notifies the other without undue delay and within 24 hours "
                "at the latest. The centre notifies the supervisory authority of breaches in Henvis and tells the persons "
                "(articles 33 and 34). The organisation does so for breaches at its own place.",
            ),
        ),
    ),
    OVERSIGHT,
    END,
)
