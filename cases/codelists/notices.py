"""Code lists of notices in a crisis and of what is open: what a notice is about and for whom, how it was handed on, and places."""

from datetime import date

from cases.codelists.common import code, code_list, notice, other, reword

NOTICE_SUBJECT = code_list(
    "notice_subject",
    "Emne for et varsel",
    "Subject of a notice",
    (
        code("INFECTION", "Smitte", "Infection"),
        code("TEST", "Test", "Test"),
        code("RESTRICTION", "Restriktioner", "Restrictions"),
        code("VACCINATION", "Vaccination", "Vaccination"),
        code("TREATMENT", "Behandling", "Treatment"),
        code("SUPPORT", "Hjælp og støtte", "Help and support"),
    ),
)

NOTICE_AUDIENCE = code_list(
    "notice_audience",
    "Målgruppe for et varsel",
    "Audience of a notice",
    (
        code("POTENTIAL_VICTIMS", "Mennesker, der kan være ofre", "People who may be victims"),
        code("FIELD_WORKERS", "De, der møder dem i deres arbejde", "Those who meet them in their work"),
        code("EVERYBODY", "Alle", "Everybody"),
    ),
)

NOTICE_CHANNEL = code_list(
    "notice_channel",
    "Hvordan et varsel er givet videre",
    "How a notice was handed on",
    (
        code("TALK", "I en samtale", "In a talk"),
        code("PRINT", "På papir eller som opslag", "On paper or on a wall"),
        code("SMS", "Som SMS", "As a text message"),
        code("CHAT", "I en besked på internettet", "In a message on the internet"),
        code("PHONE", "I telefonen", "On the telephone"),
        other("På en anden måde", "In another way"),
    ),
)

_TELEPHONE = notice(
    "1.1",
    date(2026, 12, 1),
    "Den engelske tekst til HOTLINE er »Telephone advice«: en organisations telefon er ikke den nationale hotline. Det betyder det "
    "samme.",
    "The English label of HOTLINE is “Telephone advice”: an organisation's telephone is not the national hotline. It means "
    "the same.",
)

SERVICE_PLACE = code_list(
    "service_place",
    "Slags tilbud",
    "Kind of service",
    (
        code("DROP_IN", "Drop-in-center eller værested", "Drop-in centre"),
        code("HEALTH_CLINIC", "Sundhedsklinik", "Health clinic"),
        code("MOBILE_CLINIC", "Mobil klinik", "Mobile clinic"),
        code("SHELTER", "Krisecenter eller bolig", "Shelter"),
        reword(code("HOTLINE", "Telefonrådgivning", "Telephone advice"), _TELEPHONE, "Telefonrådgivning", "Hotline"),
        code("OUTREACH", "Opsøgende arbejde", "Outreach"),
        other("Andet tilbud", "Other service"),
    ),
    version=_TELEPHONE.version,
)

SERVICE_STATE = code_list(
    "service_state",
    "Om et tilbud er åbent",
    "Whether a service is open",
    (
        code("OPEN", "Åbent", "Open"),
        code("LIMITED", "Begrænset", "Limited"),
        code("CLOSED", "Lukket", "Closed"),
    ),
)
