"""Examples of notices, acknowledgements and services. Numbers and moments are fixed."""

from __future__ import annotations

from api.http.bodies import LabelBody
from api.notices.bodies import (
    AcknowledgementBody,
    CrisesBody,
    CrisisBody,
    HandedOnBody,
    NoticeBody,
    NoticeLanguageBody,
    NoticesBody,
    NoticeTextBody,
    ServiceLineBody,
    ServiceLinesBody,
    ServiceStatusBody,
    ServiceStatusInput,
)
from api.openapi.parts import Example
from api.records.examples import FIRST, SECOND

NUMBER = 17
PLACE = f"https://henvis.example/api/v1/notices/{NUMBER}"
PAGE = f"https://henvis.example/en/notices/{NUMBER}/en/"
CAP_BEGINNING = (
    '<?xml version="1.0" encoding="utf-8"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">\n'
    " <identifier>notice-17-1</identifier>"
)
ATOM_BEGINNING = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'


def example_text() -> NoticeTextBody:
    return NoticeTextBody(
        language="en",
        requested_language="ar",
        is_fallback=True,
        fallback_note="هذا النص غير متوفر بالعربية بعد.",
        direction="ltr",
        title="You can get a free test",
        text="You can get a test for the virus. It costs nothing. You need not show a passport or papers.",
        sms="You can get a free virus test. No papers. Call 70 20 25 50.",
        published_at=FIRST,
        by_speaker=True,
    )


def example_notice() -> NoticeBody:
    """A notice that is there in English alone."""
    return NoticeBody(
        id=NUMBER,
        crisis="virus",
        crisis_title="Epidemic",
        issuer="Danish Health Authority",
        subject_code="TEST",
        audience_code="POTENTIAL_VICTIMS",
        severity="Moderate",
        urgency="Expected",
        certainty="Likely",
        regions=["DK01"],
        valid_from=FIRST,
        valid_to=SECOND,
        source=None,
        supersedes=None,
        changed_at=FIRST,
        text=example_text(),
        languages=[NoticeLanguageBody("en", "English", PAGE, f"{PLACE}/en/pdf")],
        cap=f"{PLACE}/cap",
    )


def example_line() -> ServiceLineBody:
    """A drop-in centre that shows no address."""
    return ServiceLineBody("Night Outreach", "DROP_IN", "DK01", "LIMITED", "2025-04-30", None, "2025-03-14")


NOTICE = Example("Notice", "In English, since there is no Arabic text yet", example_notice)
NOTICES = Example("Notices", "One holds", lambda: NoticesBody([example_notice()]))
CAP = Example("NoticeCap", "Its beginning", lambda: CAP_BEGINNING)
ATOM = Example("NoticeFeed", "Its beginning", lambda: ATOM_BEGINNING)
PDF = Example("NoticePdf", "Its first bytes", lambda: "%PDF-1.7")
ACKNOWLEDGEMENT = Example(
    "Acknowledgement",
    "Seen, and handed on in talks",
    lambda: AcknowledgementBody(NUMBER, FIRST, [HandedOnBody("2025-03", "TALK")]),
)
SERVICES = Example("ServiceLines", "One", lambda: ServiceLinesBody([example_line()]))
SERVICE_INPUT = Example(
    "ServiceStatusInput", "Limited until a day", lambda: ServiceStatusInput(state_code="LIMITED", until="2025-04-30")
)
SERVICE = Example(
    "ServiceStatus",
    "What was said",
    lambda: ServiceStatusBody("DROP_IN", "DK01", "LIMITED", "2025-04-30", "", False, FIRST),
)
CRISES = Example(
    "Crises",
    "One that lasts",
    lambda: CrisesBody([CrisisBody("virus", LabelBody("Epidemi", "Epidemic"), "2025-03-11", None, ["SITUATION"])]),
)
