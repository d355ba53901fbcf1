"""What columns of notices hold: codes with their words as Django's choices, and no signs that nobody should write.

Severity, urgency and certainty have the values of CAP 1.2. Source: OASIS Standard *Common Alerting Protocol Version 1.2*, 1 July
2010, section 3.2.2 (<http://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2-os.html>).
"""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Q

from cases.choices import codes_of
from cases.codelists import NOTICE_AUDIENCE, NOTICE_CHANNEL, NOTICE_SUBJECT, REGION, SERVICE_PLACE, SERVICE_STATE
from cases.services.forms import FORMS
from core.text import Text
from notices.languages import LANGUAGES
from partners.choices import Choices, choices_of

SEVERITY: dict[str, Text] = {
    "Extreme": Text("ekstrem fare for liv", "extraordinary threat to life"),
    "Severe": Text("alvorlig fare for liv", "significant threat to life"),
    "Moderate": Text("mulig fare for liv", "possible threat to life"),
    "Minor": Text("ringe fare for liv", "minimal threat to life"),
    "Unknown": Text("ikke kendt", "not known"),
}
URGENCY: dict[str, Text] = {
    "Immediate": Text("handl straks", "act at once"),
    "Expected": Text("handl inden for en time", "act within the hour"),
    "Future": Text("handl i nær fremtid", "act in the near future"),
    "Past": Text("handling kræves ikke længere", "action is no longer required"),
    "Unknown": Text("ikke kendt", "not known"),
}
CERTAINTY: dict[str, Text] = {
    "Observed": Text("sker eller er sket", "happens or has happened"),
    "Likely": Text("sandsynligt", "likely"),
    "Possible": Text("muligt, men ikke sandsynligt", "possible but not likely"),
    "Unlikely": Text("forventes ikke", "not expected"),
    "Unknown": Text("ikke kendt", "not known"),
}


# The forms that a crisis may ask for: they are expected in no other time.
CRISIS_FORMS = tuple(each.id for each in FORMS.values() if each.only_in_crisis)


class TextState(StrEnum):
    """How far the text of a language is."""

    MISSING = "missing"
    DRAFT = "draft"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    PUBLISHED = "published"


STATES: dict[TextState, Text] = {
    TextState.MISSING: Text("mangler", "missing"),
    TextState.DRAFT: Text("kladde", "draft"),
    TextState.TRANSLATED: Text("skrevet, venter på gennemlæsning", "written, waiting for review"),
    TextState.REVIEWED: Text("gennemlæst, venter på udgivelse", "reviewed, waiting for publication"),
    TextState.PUBLISHED: Text("udgivet", "published"),
}


class AcknowledgementKind(StrEnum):
    """What a partner says of a notice."""

    SEEN = "SEEN"
    HANDED_ON = "HANDED_ON"


ACKNOWLEDGEMENTS: dict[str, Text] = {
    AcknowledgementKind.SEEN: Text("set", "seen"),
    AcknowledgementKind.HANDED_ON: Text("givet videre", "handed on"),
}
SUBJECTS = codes_of(NOTICE_SUBJECT)
AUDIENCES = codes_of(NOTICE_AUDIENCE)
CHANNELS = codes_of(NOTICE_CHANNEL)
SEVERITIES = choices_of(SEVERITY)
URGENCIES = choices_of(URGENCY)
CERTAINTIES = choices_of(CERTAINTY)
LANGUAGE_CODES = choices_of({tag: each.name for tag, each in LANGUAGES.items()})
PLACES = codes_of(SERVICE_PLACE)
SERVICE_STATES = codes_of(SERVICE_STATE)


def regions() -> Choices:
    return [(code, words) for code, words in codes_of(REGION) if code.startswith("DK")]


def crisis_forms() -> Choices:
    """The forms that a crisis may ask for."""
    return choices_of({form: FORMS[form].label for form in CRISIS_FORMS})


# Control characters but for the end of a line, which no file of XML takes, and signs that turn the letters after them round: a
# reader would see another text than a program.
NOT_WRITTEN = r"[\u0001-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]"


def is_writing(*names: str) -> Q:
    """A condition on columns: they have no sign of `NOT_WRITTEN`."""
    return ~Q(*((f"{name}__regex", NOT_WRITTEN) for name in names), _connector=Q.OR)
