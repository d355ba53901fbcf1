"""Code lists of the counts that services report: what was done, where, of what kind, and how far it came."""

from cases.codelists.common import code, code_list, not_asked, other, unknown
from cases.codelists.countries import CITIZENSHIP
from cases.codelists.exploitation import EXPLOITATION
from cases.codelists.person import AGE_BAND
from cases.codelists.referral import REGION
from cases.codelists.types import CodeList


def level_list(id_: str, da: str, en: str, of: CodeList, level: str) -> CodeList:
    """A list that has the codes of a level of another one: counts are coarse from the start."""
    (parent,) = (each for each in of.levels if each.id == level)
    return code_list(id_, da, en, parent.codes)


AGE18 = level_list("age18", "Under eller over 18 år", "Under or over 18", AGE_BAND, "age18")
CITIZENSHIP_GROUP = level_list(
    "citizenship_group", "Statsborgerskab, grupper", "Citizenship, groups", CITIZENSHIP, "eu"
)

OUTREACH_ACTIVITY = code_list(
    "outreach_activity",
    "Opsøgende aktivitet",
    "Outreach activity",
    (
        code("VISIT", "Besøg på stedet", "Visit to the place"),
        code("ONLINE", "Kontakt på internettet", "Contact on the internet"),
        code("PHONE", "Opkald eller besked", "Call or message"),
        code("MEETING", "Informationsmøde", "Information meeting"),
        code("ACCOMPANYING", "Ledsagelse", "Accompanying somebody"),
        other("Anden aktivitet", "Other activity"),
    ),
)

PLACE_TYPE = code_list(
    "place_type",
    "Tilbud",
    "Place",
    (
        code("DROP_IN", "Drop-in-center eller værested", "Drop-in centre"),
        code("HEALTH_CLINIC", "Sundhedsklinik", "Health clinic"),
        code("MOBILE_CLINIC", "Mobil klinik", "Mobile clinic"),
        other("Andet tilbud", "Other place"),
    ),
)

CLINIC_SERVICE = code_list(
    "clinic_service",
    "Ydelse",
    "Service",
    (
        code("STI_TEST", "Undersøgelse for sexsygdomme", "Test for sexually transmitted infections"),
        code("CONTRACEPTION", "Prævention", "Contraception"),
        code("PREGNANCY", "Graviditet", "Pregnancy"),
        code("GENERAL", "Andet om helbredet", "Other health care"),
        code("VACCINATION", "Vaccination", "Vaccination"),
        code("SOCIAL", "Social rådgivning", "Social advice"),
        code("LEGAL", "Juridisk rådgivning", "Legal advice"),
        code("FOOD", "Mad og fornødenheder", "Food and necessities"),
        other("Anden ydelse", "Other service"),
    ),
)

ESTIMATE_METHOD = code_list(
    "estimate_method",
    "Hvordan antallet er skønnet",
    "How the number was estimated",
    (
        code("COUNTED", "Talt", "Counted"),
        code("REGISTER", "Opgjort efter et kaldenavn eller et kort", "By a nickname or a card"),
        code("JUDGED", "Skønnet af dem, der var på arbejde", "Judged by those on duty"),
        unknown(),
    ),
)

SHELTER_KIND = code_list(
    "shelter_kind",
    "Pladser til",
    "Places for",
    (
        code("WOMEN", "Kvinder", "Women"),
        code("MEN", "Mænd", "Men"),
        code("CHILDREN", "Børn uden voksne", "Children without adults"),
        code("MIXED", "Alle", "Everybody"),
    ),
)

CALLER_TYPE = code_list(
    "caller_type",
    "Hvem henvendte sig",
    "Who called",
    (
        code("POLICE", "Politiet", "Police"),
        code("IMMIGRATION", "Udlændingemyndighed", "Immigration authority"),
        code("MUNICIPALITY", "Kommune", "Municipality"),
        code("HEALTH", "Sundhedsvæsenet", "Health service"),
        code("NGO", "Organisation", "NGO"),
        code("CITIZEN", "Borger", "Citizen"),
        code("SELF", "Personen selv", "The person concerned"),
        code("EMPLOYER", "Arbejdsgiver", "Employer"),
        other("En anden", "Somebody else"),
        unknown(),
    ),
)

CALL_SUBJECT = code_list(
    "call_subject",
    "Emne",
    "Subject",
    (
        code("SUSPICION", "Mistanke om menneskehandel", "Suspicion of human trafficking"),
        code("ADVICE", "Råd i en sag", "Advice on a case"),
        code("SUPPORT", "Støtte til en person", "Support for a person"),
        code("RETURN", "Hjemrejse", "Return"),
        code("TEACHING", "Oplæg eller undervisning", "Talk or teaching"),
        code("PRESS", "Presse", "Press"),
        other("Andet emne", "Other subject"),
        unknown(),
    ),
)

CALL_LANGUAGE = code_list(
    "call_language",
    "Sprog",
    "Language",
    (
        code("DA", "Dansk", "Danish"),
        code("EN", "Engelsk", "English"),
        other("Et andet sprog", "Another language"),
        unknown(),
    ),
)

# What a report of calls may leave out has a code for it.
CALL_CHANNEL = code_list(
    "call_channel",
    "Kanal",
    "Channel",
    (
        code("PHONE", "Telefon", "Telephone"),
        code("CHAT", "Chat", "Chat"),
        code("SMS", "SMS", "Text message"),
        code("MAIL", "E-mail", "E-mail"),
        other("En anden kanal", "Another channel"),
        unknown(),
        not_asked(),
    ),
)
CALL_REGION = code_list(
    "call_region", "Region, som henvendelsen handler om", "Region that the call is about", (*REGION.codes, not_asked())
)
CALL_EXPLOITATION = code_list(
    "call_exploitation",
    "Udnyttelsesform, som blev oplyst",
    "Form of exploitation that was mentioned",
    (*EXPLOITATION.codes, not_asked()),
    version=EXPLOITATION.version,  # its codes change with those of referrals, and bring their notices along
)

TIME_BAND = code_list(
    "time_band",
    "Tidspunkt",
    "Time of day",
    (
        code("OFFICE", "Hverdag kl. 8–16", "Weekday, 08–16"),
        code("EVENING", "Kl. 16–23, og weekend om dagen", "16–23, and weekends by day"),
        code("NIGHT", "Kl. 23–8", "23–08"),
        unknown(),
    ),
)

ASSISTANCE_SERVICE = code_list(
    "assistance_service",
    "Bistand",
    "Assistance",
    (
        code("REFLECTION", "Refleksionsperiode", "Reflection period"),
        code("RESTITUTION", "Restitutionsperiode", "Restitution period"),
        code("PERMIT", "Opholdstilladelse", "Residence permit"),
        code("COMPENSATION", "Erstatning", "Compensation"),
    ),
)

RETURN_STAGE = code_list(
    "return_stage",
    "Hvor langt den forberedte hjemrejse er kommet",
    "How far the prepared return has come",
    (
        code("OFFERED", "Tilbudt", "Offered"),
        code("ACCEPTED", "Taget imod", "Accepted"),
        code("LEFT", "Rejst hjem", "Left for home"),
        code("IN_PROGRAMME", "I et forløb i hjemlandet", "In a programme at home"),
        code("COMPLETED", "Forløbet gennemført", "Programme completed"),
    ),
)

DECISION_NATURE = code_list(
    "decision_nature",
    "Afgørelse om tiltale",
    "Decision on prosecution",
    (
        code("TRAFFICKING_CHARGE", "Tiltale for menneskehandel", "Charge of human trafficking"),
        code("OTHER_CHARGE", "Tiltale for andet", "Other charge"),
        code("NO_CHARGE", "Ingen tiltale", "No charge"),
        other("Anden afgørelse", "Other decision"),
    ),
)

JUDGMENT_OUTCOME = code_list(
    "judgment_outcome",
    "Udfald",
    "Outcome",
    (
        code("CONVICTION", "Domfældelse", "Conviction"),
        code("ACQUITTAL", "Frifindelse", "Acquittal"),
        other("Andet udfald", "Other outcome"),
    ),
)

COURT_INSTANCE = code_list(
    "court_instance",
    "Instans",
    "Instance",
    (
        code("FIRST", "Byret", "District court"),
        code("APPEAL", "Landsret", "High court"),
        code("SUPREME", "Højesteret", "Supreme Court"),
    ),
)
