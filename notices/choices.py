"""The codes of notices with their words as Django's choices."""

from __future__ import annotations

from enum import StrEnum

from cases.choices import codes_of
from cases.codelists import NOTICE_AUDIENCE, NOTICE_CHANNEL, NOTICE_SUBJECT, REGION, SERVICE_PLACE, SERVICE_STATE
from cases.services.forms import FORMS
from core.text import Text
from notices.degrees import CERTAINTY, SEVERITY, URGENCY
from notices.languages import LANGUAGES
from partners.choices import Choices, of

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
SEVERITIES = of(SEVERITY)
URGENCIES = of(URGENCY)
CERTAINTIES = of(CERTAINTY)
LANGUAGE_CODES = of({tag: each.name for tag, each in LANGUAGES.items()})
PLACES = codes_of(SERVICE_PLACE)
SERVICE_STATES = codes_of(SERVICE_STATE)


def regions() -> Choices:
    return [(code, words) for code, words in codes_of(REGION) if code.startswith("DK")]


def crisis_forms() -> Choices:
    """The forms that a crisis may ask for."""
    return of({form: FORMS[form].label for form in CRISIS_FORMS})
