"""The text of the processor's agreement (GDPR, article 28(3)): each item has a section of its own."""

from __future__ import annotations

from core.text import Text
from partners.organisations.agreement_texts import INFORMATION, NO_CONTROL, SECTION_10, SECURITY, AgreementSection

OF_PROCESSOR: tuple[AgreementSection, ...] = (
    AgreementSection(
        Text("Parter, genstand, formål og varighed", "Parties, subject matter, purpose and duration"),
        (
            Text(
                "Aftalen gælder mellem organisationen, som er dataansvarlig, og det nationale center mod menneskehandel, som "
                "driver Henvis og er databehandler. Formålet er, at organisationen kan føre sine henvisninger ét sted og få "
                "svar om dem. Oplysningerne er felterne i bilag 1, om personer, der er henvist som formodede ofre. Aftalen "
                "gælder, så længe centret har dem.",
                "This agreement is between the organisation, which is the controller, and the national centre against human "
                "trafficking, which runs Henvis and is the processor. The purpose is that the organisation can keep its "
                "referrals in one place and have answers on them. The information is the fields in annex 1, of persons "
                "referred as presumed victims. The agreement holds as long as the centre has them.",
            ),
            Text(
                "Organisationen sikrer sig, at den har lov til at behandle oplysningerne. Den kan til enhver tid rette sine "
                "henvisninger, trække dem tilbage, bede om at få dem slettet og opsige instruksen.",
                "The organisation makes sure that it may process the information. It can at any time correct its referrals, "
                "withdraw them, ask for them to be erased, and end the instructions.",
            ),
        ),
    ),
    AgreementSection(
        Text("Instruks (artikel 28, stk. 3, litra a)", "Instructions (article 28(3)(a))"),
        (
            Text(
                "Centret behandler kun oplysningerne efter organisationens dokumenterede instruks: denne aftale, og det, som "
                "organisationen beder om gennem Henvis. Det gælder også overførsel til tredjelande, som ikke sker. Kræver "
                "loven andet, siger centret det først, medmindre loven forbyder det.",
                "The centre processes the information only on documented instructions of the organisation: this agreement, "
                "and what the organisation asks for through Henvis. This includes transfers to third countries, of which "
                "there are none. Where the law demands otherwise the centre says so first, unless the law forbids it.",
            ),
            Text(
                "Instruksen er: at opbevare henvisningerne, at rette dem, når organisationen beder om det, at samle "
                "henvisninger af den samme person, at svare organisationens it-systemer, at hjælpe med personernes "
                "rettigheder og at slette efter bilag 2.",
                "The instructions are: to keep the referrals, to correct them when the organisation asks, to bring together "
                "referrals of one person, to answer the organisation's IT systems, to help with the persons' rights, and to "
                "delete by annex 2.",
            ),
            Text(
                "Mener centret, at en instruks strider mod databeskyttelsesreglerne, siger det straks til.",
                "Where the centre thinks that an instruction breaks the rules on data protection, it says so at once.",
            ),
            NO_CONTROL,
        ),
    ),
    AgreementSection(
        Text("Statistikken", "The statistics"),
        (
            Text(
                "Det er også en del af instruksen, at oplysningerne hentes over i den nationale statistik om menneskehandel. "
                "For statistikken er centret dataansvarlig.",
                "It is a part of the instructions, too, that the information is taken over into the national statistics on "
                "human trafficking. Of the statistics the centre is the controller.",
            ),
            SECTION_10,
        ),
    ),
    AgreementSection(
        Text("Tavshedspligt (litra b)", "Secrecy (point (b))"),
        (
            Text(
                "Centret lader kun personer, der har tavshedspligt, behandle oplysningerne.",
                "The centre lets only persons process the information who are bound to secrecy.",
            ),
        ),
    ),
    AgreementSection(
        Text("Sikkerhed (litra c)", "Security (point (c))"),
        (
            Text(
                "Centret træffer de foranstaltninger, som artikel 32 kræver.",
                "The centre takes the measures of article 32.",
            ),
            *SECURITY.paragraphs,
        ),
    ),
    INFORMATION,
    AgreementSection(
        Text("Underdatabehandlere (litra d)", "Sub-processors (point (d))"),
        (
            Text(
                "Organisationen giver en generel godkendelse. Centret oplyser skriftligt, hvem der driver serverne, og "
                "varsler et skift mindst 30 dage før, så organisationen kan gøre indsigelse. En underdatabehandler får de "
                "samme pligter, og centret hæfter for den (artikel 28, stk. 2 og 4).",
                "The organisation gives a general authorisation. The centre says in writing who runs the servers, and gives "
                "at least 30 days' notice of a change, so that the organisation can object. A sub-processor has the same "
                "duties, and the centre is liable for it (article 28(2) and (4)).",
            ),
        ),
    ),
    AgreementSection(
        Text("Personernes rettigheder (litra e)", "The persons' rights (point (e))"),
        (
            Text(
                "Organisationen svarer personen. Centret hjælper med det, som kapitel III kræver: oplysning, indsigt, "
                "rettelse, sletning, begrænsning og indsigelse. Den, der spørger centret, får hjælp og bliver vist hen til "
                "organisationen.",
                "The organisation answers the person. The centre helps with what chapter III demands: information, access, "
                "correction, erasure, restriction and objection. Who asks the centre is helped and shown the way to the "
                "organisation.",
            ),
        ),
    ),
    AgreementSection(
        Text("Bistand og brud (litra f)", "Assistance and breaches (point (f))"),
        (
            Text(
                "Centret hjælper organisationen med at opfylde artikel 32-36: sikkerhed, anmeldelse af brud, "
                "konsekvensanalyse og forudgående høring. Centret underretter organisationen om et brud uden unødig "
                "forsinkelse og senest inden for 24 timer.",
                "The centre helps the organisation to comply with articles 32 to 36: security, notification of breaches, "
                "impact assessment and prior consultation. The centre notifies the organisation of a breach without undue "
                "delay and within 24 hours at the latest.",
            ),
        ),
    ),
    AgreementSection(
        Text("Sletning og tilbagelevering (litra g)", "Deletion and return (point (g))"),
        (
            Text(
                "Når opgaven ophører, sletter eller tilbageleverer centret alle oplysninger, som organisationen vælger, og "
                "sletter eksisterende kopier, medmindre loven kræver, at de bevares. Indtil da sletter centret efter "
                "fristerne i bilag 2, som er en del af instruksen; en ændring oplyses mindst 30 dage før.",
                "When the service ends, the centre deletes or returns all information, as the organisation chooses, and "
                "deletes existing copies, unless the law demands that they are kept. Until then the centre deletes by the "
                "periods in annex 2, which are a part of the instructions; a change is announced at least 30 days before.",
            ),
            Text(
                "Det, som statistikken har talt, bliver hos centret som dataansvarlig: udgivne tal, og et nummer for hver "
                "talt person, som ikke kan føres tilbage til organisationens oplysninger, når de er slettet.",
                "What the statistics have counted stays with the centre as the controller: published figures, and a number "
                "for each person counted, which leads back to no information of the organisation once that is deleted.",
            ),
        ),
    ),
    AgreementSection(
        Text("Dokumentation og revision (litra h)", "Evidence and audits (point (h))"),
        (
            Text(
                "Centret giver organisationen alt, hvad den behøver for at vise, at artikel 28 er overholdt, og giver adgang "
                "til revision og inspektion. Organisationen kan til enhver tid se, hvad der er læst af dens oplysninger.",
                "The centre gives the organisation all that it needs to show compliance with article 28, and allows audits and "
                "inspections. The organisation can at any time see what has been read of its records.",
            ),
        ),
    ),
)
