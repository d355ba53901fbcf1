"""The data dictionary: every field of a referral and of an assessment, with its code list, its risk class and its meaning.

Model columns, constraints, request and response bodies, OpenAPI, filters, code-list endpoints, statistical dimensions and the
documentation are derived from it. A new field is one entry here, one line in `cases.models` and a migration. A field has a label
of its own only where its meaning differs from that of its code list.
"""

from __future__ import annotations

from cases import codelists as lists
from cases.fields import CodedField, CodeSetField, Field, MonthField, TokenField
from core.risks import Risk
from core.text import Text

SCHEMA_VERSION = "1.0"

CASE_TOKEN = TokenField(
    "case_token",
    Text("Sagskode", "Case token"),
    Text(
        "Koden følger personen fra organisation til organisation. Uden kode åbnes en ny sag, og svaret bærer dens kode.",
        "The token travels with the person from one organisation to the next. Without one a new case is opened and answered.",
    ),
    Risk.PSEUDONYM,
    "7KQ2M8XW4A4",
)
REFERRED_IN = MonthField(
    "referred_in",
    Text("Henvist i", "Referred in"),
    Text("Måneden for henvisningen (ÅÅÅÅ-MM).", "The month of the referral (YYYY-MM)."),
    Risk.QUASI,
    "2025-03",
)
REGION = CodedField(
    "region",
    lists.REGION,
    lists.REGION.label,
    Text("Regionen, hvor personen blev truffet.", "The region in which the person was met."),
    Risk.QUASI,
    "DK01",
    dimension=True,
    place=True,
    search_words=Text("sted landsdel kommune hovedstaden Jylland Fyn", "place where Copenhagen Jutland Funen"),
)
SETTING = CodedField(
    "setting",
    lists.SETTING,
    lists.SETTING.label,
    Text("Hvor personen blev truffet.", "Where the person was met."),
    Risk.QUASI,
    "DROP_IN",
)
DETECTED_BY = CodedField(
    "detected_by",
    lists.DETECTED_BY,
    lists.DETECTED_BY.label,
    Text("Hvem der først så tegn på menneskehandel.", "Who first saw signs of trafficking."),
    Risk.OPERATIONAL,
    "NGO",
    dimension=True,
    search_words=Text("opdaget fundet politi razzia opsøgende", "found police raid outreach"),
)
GENDER = CodedField(
    "gender",
    lists.GENDER,
    lists.GENDER.label,
    Text("Personens køn.", "The person's gender."),
    Risk.QUASI,
    "F",
    dimension=True,
    search_words=Text("mænd kvinder piger drenge", "sex men women girls boys"),
)
AGE_BAND = CodedField(
    "age_band",
    lists.AGE_BAND,
    lists.AGE_BAND.label,
    Text("Aldersgruppe ved henvisningen.", "Age band at the referral."),
    Risk.QUASI,
    "Y25T34",
    dimension=True,
    search_words=Text("børn unge voksne mindreårige", "children youth adults minors"),
)
MINOR_WHEN_EXPLOITED = CodedField(
    "minor_when_exploited",
    lists.MINOR_WHEN_EXPLOITED,
    lists.MINOR_WHEN_EXPLOITED.label,
    Text("Om personen var under 18 år, da udnyttelsen skete.", "Whether the person was under 18 when exploited."),
    Risk.QUASI,
    "NO",
    dimension=True,
    tells=True,
    search_words=Text("børn mindreårige", "children minors"),
)
CITIZENSHIP = CodedField(
    "citizenship",
    lists.CITIZENSHIP,
    lists.CITIZENSHIP.label,
    Text(
        "Landet, hvor personen er statsborger. Uden statsborgerskab: Statsløs (_STATELESS). Kendes det ikke: Ukendt (_U). "
        "Har personen flere: det, som opholdet bygger på. Landekoder er ISO 3166-1, for Kosovo XK.",
        "The country of which the person is a citizen. Of none: Stateless (_STATELESS). Where it is not known: Not known (_U). "
        "Of several: the one on which the residence rests. Codes are ISO 3166-1 alpha-2, XK for Kosovo.",
    ),
    Risk.QUASI,
    "NG",
    dimension=True,
    place=True,
    search_words=Text("land nationalitet oprindelse verdensdel", "country nationality origin"),
)
RESIDENCE_BASIS = CodedField(
    "residence_basis",
    lists.RESIDENCE_BASIS,
    lists.RESIDENCE_BASIS.label,
    Text("Opholdsgrundlaget ved henvisningen.", "The basis of residence at the referral."),
    Risk.QUASI,
    "NO_LEGAL_STAY",
    dimension=True,
    tells=True,
    search_words=Text("visum asyl ophold tilladelse", "visa asylum permit stay"),
)
EXPLOITATION = CodedField(
    "exploitation",
    lists.EXPLOITATION,
    lists.EXPLOITATION.label,
    Text("Den primære form for udnyttelse.", "The primary form of exploitation."),
    Risk.QUASI,
    "SEXUAL",
    dimension=True,
    tells=True,
    search_words=Text(
        "udnyttelse formål prostitution tvangsarbejde kriminalitet", "purpose prostitution forced labour crime"
    ),
)
EXPLOITATION_ALSO = CodeSetField(
    "exploitation_also",
    lists.EXPLOITATION,
    Text("Andre former for udnyttelse", "Further forms of exploitation"),
    Text("Former ud over den primære.", "Forms beside the primary one."),
    Risk.QUASI,
    ("CRIMINAL",),
)
EXPLOITATION_DETAIL = CodedField(
    "exploitation_detail",
    lists.EXPLOITATION_DETAIL,
    lists.EXPLOITATION_DETAIL.label,
    Text("Skal høre under den primære form.", "Must belong to the primary form."),
    Risk.QUASI,
    "SEXUAL_CLINIC",
    required=False,
)
EXPLOITED_IN = CodedField(
    "exploited_in",
    lists.EXPLOITED_IN,
    lists.EXPLOITED_IN.label,
    Text("Hvor udnyttelsen skete.", "Where the exploitation took place."),
    Risk.OPERATIONAL,
    "DENMARK",
)
MEANS_OF_CONTROL = CodeSetField(
    "means_of_control",
    lists.MEANS_OF_CONTROL,
    lists.MEANS_OF_CONTROL.label,
    Text("Hvordan personen blev fastholdt.", "How the person was controlled."),
    Risk.SENSITIVE,
    ("DEBT_BONDAGE", "THREATS"),
)
RECRUITER = CodedField(
    "recruiter",
    lists.RECRUITER,
    lists.RECRUITER.label,
    Text("Personens forhold til den, der rekrutterede.", "The person's relation to the recruiter."),
    Risk.OPERATIONAL,
    "BROKER",
    required=False,
)
DURATION = CodedField(
    "duration",
    lists.DURATION,
    lists.DURATION.label,
    Text("Hvor længe udnyttelsen stod på.", "How long the exploitation lasted."),
    Risk.OPERATIONAL,
    "M7T12",
    required=False,
)
UNACCOMPANIED_MINOR = CodedField(
    "unaccompanied_minor",
    lists.YES_NO_MINOR,
    Text("Uledsaget mindreårig", "Unaccompanied minor"),
    Text("Kun for mindreårige.", "For minors only."),
    Risk.QUASI,
    "_Z",
    required=False,
)
GUARDIAN_ASSIGNED = CodedField(
    "guardian_assigned",
    lists.YES_NO_MINOR,
    Text("Repræsentant udpeget", "Guardian assigned"),
    Text("Kun for mindreårige.", "For minors only."),
    Risk.QUASI,
    "_Z",
    required=False,
)
SERVICES_NEEDED = CodeSetField(
    "services_needed",
    lists.SERVICE,
    Text("Behov for støtte", "Services needed"),
    Text("Den støtte, personen har brug for.", "The support that the person needs."),
    Risk.OPERATIONAL,
    ("ACCOMMODATION", "LEGAL"),
)
SERVICES_GIVEN = CodeSetField(
    "services_given",
    lists.SERVICE,
    Text("Støtte givet", "Services given"),
    Text("Den støtte, personen har fået.", "The support that the person was given."),
    Risk.OPERATIONAL,
    ("ACCOMMODATION",),
)
PREVIOUSLY_REFERRED = CodedField(
    "previously_referred",
    lists.PREVIOUSLY_REFERRED,
    lists.PREVIOUSLY_REFERRED.label,
    Text("Om personen tidligere er henvist.", "Whether the person was referred before."),
    Risk.OPERATIONAL,
    "NO",
    required=False,
)
CONSENT = CodedField(
    "consent",
    lists.CONSENT,
    lists.CONSENT.label,
    Text("Det ændrer aldrig optællingen.", "It never changes what is counted."),
    Risk.OPERATIONAL,
    "GIVEN",
)

REFERRAL: tuple[Field, ...] = (
    CASE_TOKEN,
    REFERRED_IN,
    REGION,
    SETTING,
    DETECTED_BY,
    GENDER,
    AGE_BAND,
    MINOR_WHEN_EXPLOITED,
    CITIZENSHIP,
    RESIDENCE_BASIS,
    EXPLOITATION,
    EXPLOITATION_ALSO,
    EXPLOITATION_DETAIL,
    EXPLOITED_IN,
    MEANS_OF_CONTROL,
    RECRUITER,
    DURATION,
    UNACCOMPANIED_MINOR,
    GUARDIAN_ASSIGNED,
    SERVICES_NEEDED,
    SERVICES_GIVEN,
    PREVIOUSLY_REFERRED,
    CONSENT,
)

OUTCOME = CodedField(
    "outcome",
    lists.OUTCOME,
    lists.OUTCOME.label,
    Text("Hvad vurderingen nåede frem til.", "What the assessment came to."),
    Risk.SENSITIVE,
    "IDENTIFIED",
)
DECIDED_BY = CodedField(
    "decided_by",
    lists.DECIDED_BY,
    lists.DECIDED_BY.label,
    Text("Myndigheden bag afgørelsen; _Z uden afgørelse.", "The deciding authority; _Z where nothing is decided."),
    Risk.OPERATIONAL,
    "CENTRE",
    dimension=True,
    search_words=Text("afgørelse vurdering myndighed", "decision assessment authority"),
)
DECIDED_IN = MonthField(
    "decided_in",
    Text("Afgjort i", "Decided in"),
    Text("Afgørelsens måned. Personen tælles i dens år.", "The month of decision. The person counts in its year."),
    Risk.QUASI,
    "2025-05",
    required=False,
)
REFLECTION = CodedField(
    "reflection",
    lists.REFLECTION,
    lists.REFLECTION.label,
    Text("Om der er givet en refleksions- eller restitutionsperiode.", "Whether a period was offered and taken."),
    Risk.OPERATIONAL,
    "REFLECTION",
    required=False,
)
REFLECTION_DAYS = CodedField(
    "reflection_days",
    lists.REFLECTION_DAYS,
    lists.REFLECTION_DAYS.label,
    Text("I dage; over 120 er lovligt.", "In days; more than 120 is lawful."),
    Risk.OPERATIONAL,
    "D31T120",
    required=False,
)
PREPARED_RETURN = CodedField(
    "prepared_return",
    lists.PREPARED_RETURN,
    lists.PREPARED_RETURN.label,
    Text("Om personen deltog i forberedt hjemrejse.", "Whether the person took part in a prepared return."),
    Risk.OPERATIONAL,
    "NOT_OFFERED",
    required=False,
)
RESIDENCE_OUTCOME = CodedField(
    "residence_outcome",
    lists.RESIDENCE_OUTCOME,
    lists.RESIDENCE_OUTCOME.label,
    Text("Opholdsgrundlag givet efter vurderingen.", "The residence that followed the assessment."),
    Risk.QUASI,
    "NONE",
    required=False,
)


def verified_field(field: CodedField) -> CodedField:
    """The optional field of an assessment that verifies a field of the referral."""
    return CodedField(
        f"verified_{field.name}",
        field.codelist,
        Text(f"{field.label.da} (fastslået)", f"{field.label.en} (verified)"),
        Text("Som vurderingen fastslog det.", "As the assessment found it."),
        field.risk,
        field.example,
        required=False,
    )


VERIFIED_GENDER = verified_field(GENDER)
VERIFIED_AGE_BAND = verified_field(AGE_BAND)
VERIFIED_CITIZENSHIP = verified_field(CITIZENSHIP)
VERIFIED_EXPLOITATION = verified_field(EXPLOITATION)
VERIFIED_EXPLOITATION_DETAIL = verified_field(EXPLOITATION_DETAIL)

ASSESSMENT: tuple[Field, ...] = (
    OUTCOME,
    DECIDED_BY,
    DECIDED_IN,
    REFLECTION,
    REFLECTION_DAYS,
    PREPARED_RETURN,
    RESIDENCE_OUTCOME,
    VERIFIED_GENDER,
    VERIFIED_AGE_BAND,
    VERIFIED_CITIZENSHIP,
    VERIFIED_EXPLOITATION,
    VERIFIED_EXPLOITATION_DETAIL,
)

WITHDRAWAL_REASON = CodedField(
    "reason_code",
    lists.WITHDRAWAL_REASON,
    lists.WITHDRAWAL_REASON.label,
    Text("Hvorfor henvisningen trækkes tilbage.", "Why the referral is withdrawn."),
    Risk.OPERATIONAL,
    "ENTERED_IN_ERROR",
)
WITHDRAWAL: tuple[Field, ...] = (WITHDRAWAL_REASON,)

# What a code of these may tell beyond itself: a special category (GDPR, article 9), or an offence (article 10). All else is
# personal data, since a token stands for a person.
_OF_EXPLOITATION = Text(
    "seksuelle forhold (artikel 9), lovovertrædelser, som personen er tvunget til (artikel 10)",
    "sex life (article 9), offences that the person was forced to commit (article 10)",
)
_OF_SERVICES = Text("helbred (artikel 9)", "health (article 9)")
SPECIAL: dict[str, Text] = {
    **{
        field.name: _OF_EXPLOITATION
        for field in (
            EXPLOITATION,
            EXPLOITATION_ALSO,
            EXPLOITATION_DETAIL,
            VERIFIED_EXPLOITATION,
            VERIFIED_EXPLOITATION_DETAIL,
        )
    },
    **{field.name: _OF_SERVICES for field in (SERVICES_NEEDED, SERVICES_GIVEN)},
    **{
        field.name: Text(
            "race eller etnisk oprindelse, som kan udledes (artikel 9)",
            "racial or ethnic origin, by inference (article 9)",
        )
        for field in (CITIZENSHIP, VERIFIED_CITIZENSHIP)
    },
}


def coded_fields(fields: tuple[Field, ...]) -> tuple[CodedField, ...]:
    return tuple(field for field in fields if isinstance(field, CodedField))
