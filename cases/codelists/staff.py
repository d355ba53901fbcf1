"""Code lists for the staff alone: the reasons for decisions on cases and pairs and for an erasure, and the register of requests.

They are not fields of a referral. No partner submits them, and they are not among the dictionary's lists.
"""

from cases.codelists.common import code, code_list, other

DIFFERENT_REASON = code_list(
    "different_reason",
    "Begrundelse for at det er to personer",
    "Reason for two persons",
    (
        code("TWO_KNOWN", "Organisationerne kender to personer", "The organisations know two persons"),
        code("CONTRADICTION", "Oplysningerne udelukker hinanden", "The records exclude each other"),
        code("COINCIDENCE", "Ligheden er tilfældig", "The resemblance is a coincidence"),
        code("CODE_IN_ERROR", "Koblingskoden var forkert", "The linkage code was in error"),
        other(),
    ),
)


LINK_REASON = code_list(
    "link_reason",
    "Begrundelse for en kobling",
    "Reason for a link",
    (
        code("CONFIRMED", "Bekræftet af organisationerne", "Confirmed by the organisations"),
        code("MATCH", "Oplysningerne svarer til hinanden", "The records match"),
        code("TOKEN_LOST", "Sagskoden gik tabt, og en ny sag blev åbnet", "The token was lost and a new case opened"),
        code("TOKEN_MIXED_UP", "Sagskoden tilhører en anden person", "The token belongs to another person"),
        code("TWO_PERSONS", "Sagen omfatter flere personer", "The case is of more than one person"),
        code("WRONG_DECISION", "Den tidligere afgørelse var forkert", "The earlier decision was wrong"),
        other(),
    ),
)

ATTRIBUTE_REASON = code_list(
    "attribute_reason",
    "Begrundelse for en oplysning",
    "Reason for an attribute",
    (
        code("CONFIRMED", "Bekræftet af organisationerne", "Confirmed by the organisations"),
        code("BETTER_SOURCE", "Kilden står personen nærmere", "The source is closer to the person"),
        code("ENTRY_ERROR", "En af oplysningerne er tastet forkert", "One of the values was entered in error"),
        code("CHANGED", "Forholdet har ændret sig", "The circumstance has changed"),
        code("WRONG_DECISION", "Den tidligere afgørelse var forkert", "The earlier decision was wrong"),
        other(),
    ),
)


ERASURE_REASON = code_list(
    "erasure_reason",
    "Begrundelse for sletning",
    "Reason for erasure",
    (
        code("REQUESTED", "Personen har bedt om det", "The person asked for it"),
        code("OBJECTED", "Personen har gjort indsigelse", "The person objected"),
        code("UNLAWFUL", "Oplysningerne skulle aldrig have været her", "The data should never have been here"),
        code("OBLIGED", "En lov eller afgørelse kræver det", "A law or a decision requires it"),
        code("RESTORED", "Slettet før; var tilbage fra en sikkerhedskopi", "Erased before; was back from a backup"),
        code("EXPIRED", "Opbevaringstiden var gået", "The time for which it is kept was over"),
    ),
)


HOLD_REASON = code_list(
    "hold_reason",
    "Grund til at bevare længere",
    "Reason to keep for longer",
    (
        code("INQUIRY", "En undersøgelse eller et tilsyn", "An inquiry or an inspection"),
        code("CASE_AT_LAW", "En retssag", "A case at law"),
        code("ARCHIVE_WAITS", "Arkivering er ikke afsluttet", "Archiving is not finished"),
        code("PUBLICATION_WAITS", "En udgivelse mangler", "A publication is missing"),
        code("NO_LONGER_NEEDED", "Der er ikke længere en grund", "There is no reason any more"),
    ),
)


# Article 18(1) of the General Data Protection Regulation, point by point.
RESTRICTION_GROUND = code_list(
    "restriction_ground",
    "Grund til begrænsning",
    "Ground for restriction",
    (
        code("ACCURACY", "Personen bestrider, at oplysningerne er rigtige (a)", "The person contests the accuracy (a)"),
        code(
            "UNLAWFUL",
            "Ulovlig behandling, men personen vil ikke have slettet (b)",
            "Unlawful, but not to be erased (b)",
        ),
        code(
            "CLAIMS",
            "Personen skal bruge oplysningerne til et retskrav (c)",
            "The person needs them for a legal claim (c)",
        ),
        code("OBJECTION", "Personen har gjort indsigelse, som kontrolleres (d)", "An objection is being verified (d)"),
    ),
)


# Articles 15, 16, 17, 18 and 21 of the General Data Protection Regulation.
REQUEST_KIND = code_list(
    "request_kind",
    "Anmodningens art",
    "Kind of request",
    (
        code("ACCESS", "Indsigt (artikel 15)", "Access (Article 15)"),
        code("RECTIFICATION", "Berigtigelse (artikel 16)", "Rectification (Article 16)"),
        code("ERASURE", "Sletning (artikel 17)", "Erasure (Article 17)"),
        code("RESTRICTION", "Begrænsning (artikel 18)", "Restriction (Article 18)"),
        code("OBJECTION", "Indsigelse (artikel 21)", "Objection (Article 21)"),
    ),
)
REQUEST_CHANNEL = code_list(
    "request_channel",
    "Modtaget via",
    "Received by",
    (
        code("LETTER", "Brev", "Letter"),
        code("DIGITAL_POST", "Digital Post", "Digital Post"),
        code("MAIL", "E-mail", "E-mail"),
        code("TELEPHONE", "Telefon", "Telephone"),
        code("IN_PERSON", "Personligt fremmøde", "In person"),
        code("ORGANISATION", "En organisation, der gav den videre", "An organisation that passed it on"),
        code("REPRESENTATIVE", "En advokat eller en anden repræsentant", "A lawyer or another representative"),
    ),
)
IDENTITY_CHECK = code_list(
    "identity_check",
    "Kontrol af identitet",
    "Check of identity",
    (
        code("CARD", "Personen viste sit kort med sagskoden", "The person showed the card with the case token"),
        code("ORGANISATION", "Organisationen, der henviste, bekræftede det", "The referring organisation confirmed it"),
        code("DOCUMENT", "Legitimation blev vist", "An identity document was shown"),
        code("MITID", "MitID", "MitID"),
        code("AUTHORITY", "Fuldmagt eller beskikkelse blev vist", "A power of attorney or an appointment was shown"),
    ),
)
EXTENSION_REASON = code_list(
    "extension_reason",
    "Begrundelse for forlængelse",
    "Reason for the extension",
    (
        code("COMPLEX", "Anmodningen er kompleks", "The request is complex"),
        code("MANY", "Der er mange anmodninger", "There are many requests"),
    ),
)
REQUEST_OUTCOME = code_list(
    "request_outcome",
    "Svar",
    "Answer",
    (
        code("PRODUCED", "Oplysningerne er udleveret", "The data were produced"),
        code("ERASED", "Oplysningerne er slettet", "The data were erased"),
        code("RECTIFIED", "Oplysningerne er rettet", "The data were rectified"),
        code("RESTRICTED", "Behandlingen er begrænset", "The processing was restricted"),
        code("NOTHING_HELD", "Der er intet registreret", "Nothing is held"),
        code("REFUSED", "Anmodningen er afslået", "The request was refused"),
        code("WITHDRAWN", "Personen trak anmodningen tilbage", "The person withdrew the request"),
        code("MISTAKE", "Registreret ved en fejl", "Registered by mistake"),
    ),
)
REFUSAL_GROUND = code_list(
    "refusal_ground",
    "Grund til afslag",
    "Ground for refusal",
    (
        code("UNIDENTIFIED", "Kan ikke identificeres (artikel 11 og 12, stk. 2)", "Cannot be identified (Articles 11 and 12(2))"),
        code("UNFOUNDED", "Åbenbart grundløs (artikel 12, stk. 5)", "Manifestly unfounded (Article 12(5))"),
        code("EXCESSIVE", "Overdreven, især gentagen (artikel 12, stk. 5)", "Excessive, in particular repeated (Article 12(5))"),
        code("OTHERS", "Andres rettigheder (artikel 15, stk. 4)", "The rights of others (Article 15(4))"),
        code("LEGAL_DUTY", "En lov kræver dem (artikel 17, stk. 3, litra b)", "A law requires the data (Article 17(3)(b))"),
        code("STATISTICS", "Statistik og forskning (artikel 17, stk. 3, litra d)", "Statistics and research (Article 17(3)(d))"),
        code("CLAIMS", "Retskrav (artikel 17, stk. 3, litra e)", "Legal claims (Article 17(3)(e))"),
        code("OVERRIDING", "Tungtvejende legitime grunde (artikel 21, stk. 1)", "Compelling legitimate grounds (Article 21(1))"),
        code("LAW", "En lov begrænser rettigheden (artikel 23)", "A law restricts the right (Article 23)"),
    ),
)  # fmt: skip
