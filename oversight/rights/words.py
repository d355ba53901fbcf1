"""The words of the produced document that no code list has, and how it writes codes and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings

from cases.codelists.common import label_of
from cases.codelists.types import CodeList
from cases.fields import CodedField, CodeSetField, Field, TokenField
from cases.linking.models import LINKS
from cases.versions import Status
from core.text import Text

Json = dict[str, Any]

STATUS: dict[str, Text] = {
    Status.REPORTED: Text("Indberettet", "Reported"),
    Status.CORRECTED: Text("Rettet", "Corrected"),
    Status.WITHDRAWN: Text("Trukket tilbage", "Withdrawn"),
}
# What was done to a case, by the action of the audit event.
EVENTS: dict[str, Text] = {
    "case.view": Text("Set af en medarbejder", "Seen by a member of staff"),
    "case.look": Text("Set af en medarbejder", "Seen by a member of staff"),
    **{f"case.{kind.lower()}": Text(*words) for kind, words in LINKS.items()},
    "case.attribute": Text("En oplysning blev afgjort", "An attribute was decided"),
    "case.produce": Text("Oplysningerne blev udleveret", "The data were produced"),
    "case.erase": Text("Oplysninger blev slettet", "Data were erased"),
    "case.restrict": Text("Behandlingen blev begrænset", "The processing was restricted"),
    "case.lift": Text("Begrænsningen blev ophævet", "The restriction was lifted"),
    "return.ask": Text("En henvisning blev sendt retur til sin partner", "A referral was returned to its partner"),
    "return.answer": Text("Partneren svarede", "The partner answered"),
    "return.settle": Text("Centret afsluttede spørgsmålet", "The centre settled the question"),
    "return.ask_again": Text("Centret spurgte partneren igen", "The centre asked the partner again"),
    "return.take_back": Text("Spørgsmålet blev trukket tilbage", "The question was taken back"),
    "duplicate.same": Text("Afgjort: én person", "Decided: one person"),
    "duplicate.different": Text("Afgjort: to personer", "Decided: two persons"),
}
NOTES = (
    Text(
        "Dette er alt, hvad tjenesten har om personen: de kodede oplysninger fra hver organisation i alle deres udgaver, "
        "myndighedernes vurderinger, centrets afgørelser om sagen og de udgivelser af statistikken, der tæller personen med.",
        "These are all the data that the service holds about the person: the coded data of each organisation in every version, the "
        "authorities' assessments, the centre's decisions on the case, and the statistical releases that count the person.",
    ),
    Text(
        "Andre personers oplysninger er ikke med, heller ikke hvor de er sammenlignet med personens "
        "(databeskyttelsesforordningens artikel 15, stk. 4). Medarbejderes navne er heller ikke med.",
        "Data of other persons are left out, also where they were compared with the person's data (GDPR, article 15(4)). The names "
        "of members of staff are left out too.",
    ),
    Text(
        "En henvisning, der først stod på sagen og siden blev flyttet til en anden person, handler om den anden og er ikke med.",
        "A referral that was first on the case and was later moved to another person is about that person, and is left out.",
    ),
    Text(
        "Udgivelser nævnes ved deres navn. Deres tal er summer over mange og ændres aldrig (artikel 89).",
        "Releases are named by their ids. Their figures are sums over many persons and never change (article 89).",
    ),
    Text(
        "Personen kan bede centret om at rette eller slette oplysningerne eller begrænse behandlingen, kan gøre indsigelse "
        "(artikel 16-18 og 21) og kan klage til Datatilsynet, www.datatilsynet.dk.",
        "The person may ask the centre to correct or erase the data or to restrict their processing, may object (articles 16-18 "
        "and 21), and may complain to the Danish Data Protection Agency, www.datatilsynet.dk.",
    ),
)


def retention() -> Text:
    """For how long the data are kept (GDPR, article 15(1)(d))."""
    months, fewer = settings.HENVIS_RETENTION["persons"], settings.HENVIS_RETENTION["no_victims"]
    return Text(
        f"Oplysningerne slettes {months} måneder efter det sidste år, der er noget om personen fra; {fewer} måneder efter, når "
        "personen er vurderet ikke at være udsat for menneskehandel.",
        f"The data are erased {months} months after the last year with a record of the person; {fewer} months after it, where the "
        "person was found not to be a victim of trafficking.",
    )


KINDS_ONLY = Text(
    "Organisationernes navne er udeladt efter en konkret vurdering; deres type er angivet.",
    "The organisations' names are left out after an assessment of this case; their kinds are given.",
)
# What the functions of this room in the database refuse, by their codes.
REFUSALS = {
    "ERASURE_ISOLATION": Text(
        "Intet er slettet: programmet gjorde en fejl. Prøv igen, og sig det til driften, hvis det sker igen.",
        "Nothing is erased: the program made a mistake. Try again, and tell operations if it happens again.",
    ),
    "ERASER_RIGHT_MISSING": Text(
        "Kun centrets databeskyttelse sletter en persons oplysninger. Bed en af dem om at gøre det.",
        "Only the centre's data protection staff erase a person's data. Ask one of them to do it.",
    ),
    "PRODUCER_RIGHT_MISSING": Text(
        "Kun centrets databeskyttelse udleverer en persons oplysninger. Bed en af dem om at gøre det.",
        "Only the centre's data protection staff produce a person's data. Ask one of them to do it.",
    ),
    "PERSON_CHANGED": Text(
        "Oplysningerne om personen er ændret i mellemtiden: se dem igen.",
        "What is held about this person has changed meanwhile: look again.",
    ),
    "RESTRICTER_RIGHT_MISSING": Text(
        "Kun centrets databeskyttelse begrænser behandlingen af en persons oplysninger og ophæver det. Bed en af dem om det.",
        "Only the centre's data protection staff restrict the processing of a person's data and lift that. Ask one of them.",
    ),
    "RESTRICTION_OF_ONE": Text(
        "Den, der har begrænset behandlingen, ophæver det ikke. Bed en anden om det.",
        "Whoever restricted the processing does not lift that. Ask somebody else.",
    ),
    "RESTRICTION_OF_TEST": Text("En anmodning handler ikke om testdata.", "A request is not about test data."),
    "RESTRICTION_UNTOLD": Text(
        "Giv først personen besked om, at begrænsningen ophæves, og skriv det ned (artikel 18, stk. 3).",
        "First tell the person that the restriction is lifted, and write that down (article 18(3)).",
    ),
    "REHEARSAL_NOT_TEST": Text(
        "Kun en klient i testtilstand tømmer det, dens partner har sendt.",
        "Only a client in test mode empties what its partner sent.",
    ),
    "DIGEST_MISSING": Text(
        "Hver sag og hver henvisning, der slettes, efterlader et aftryk.",
        "Every case and every referral that is erased leaves a digest.",
    ),
}


def both(text: tuple[str, str]) -> Json:
    return dict(zip(Text._fields, text, strict=True))


def code_with_words(code: str, words: Mapping[str, tuple[str, str]]) -> Json:
    return {"code": code, **both(words[code])}


def event(action: str) -> Json:
    """An action with its words; its name stands in for missing words, so that no event is left out."""
    return {"code": action, **both(EVENTS.get(action, (action, action)))}


def code_with_labels(code: str, codelist: CodeList) -> Json:
    return {"code": code, **both(label_of(codelist, code))}


def value_of(field: Field, value: Any) -> Any:
    """A stored value: a code with its labels, a list of such codes, a month, or null."""
    match field:
        case CodedField():
            return code_with_labels(value, field.codelist)
        case CodeSetField():
            return [code_with_labels(code, field.codelist) for code in value]
        case _:
            return f"{value:%Y-%m}" if isinstance(value, date) else None


def values(record: object, fields: Iterable[Field]) -> list[Json]:
    """Every field of a record with its label and value, except the token, which is a member of its own."""
    return [
        {"field": each.name, "label": both(each.label), "value": value_of(each, getattr(record, each.name))}
        for each in fields
        if not isinstance(each, TokenField)
    ]


def moment(at: datetime | None) -> str | None:
    """A moment as RFC 3339 writes it."""
    return at.isoformat() if at else None
