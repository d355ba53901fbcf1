"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from cases.codelists import NOTICE_CHANNEL, REGION, SERVICE_PLACE, SERVICE_STATE
from core.text import Text
from notices.languages import LANGUAGES
from notices.models import Crisis, Notice
from partners.staff import audit_words, subjects

audit_words.add(
    {
        "crisis.add": Text("Krise meldt", "Crisis declared"),
        "crisis.end": Text("Krise afsluttet", "Crisis ended"),
        "notice.add": Text("Varsel oprettet", "Notice created"),
        "notice.write": Text("Tekst til varsel skrevet", "Text of a notice written"),
        "notice.review": Text("Tekst til varsel gennemlæst", "Text of a notice reviewed"),
        "notice.publish": Text("Tekst til varsel udgivet", "Text of a notice published"),
        "notice.withdraw": Text("Varsel trukket tilbage", "Notice withdrawn"),
        "notice.sheet_failure": Text("Et varsel kunne ikke dannes som PDF", "A notice could not be made as PDF"),
        "notice.seen": Text("Varsel set af en partner", "Notice seen by a partner"),
        "notice.handed_on": Text("Varsel givet videre af en partner", "Notice handed on by a partner"),
        "service.status": Text("Oplyst, om et tilbud er åbent", "Said whether a service is open"),
        "service.take_down": Text("Adresse på et tilbud taget ned", "Address of a service taken down"),
    },
    {
        "language": Text("sprog", "language"),
        "day": Text("dag", "day"),
        "other_notice": Text("varsel, der kommer i stedet", "notice that comes instead"),
        "channel": Text("måde", "channel"),
        "service_place": Text("tilbud", "service"),
        "service_region": Text("region", "region"),
        "service_state": Text("status for tilbud", "state of service"),
    },
    values={
        "language": {tag: each.name for tag, each in LANGUAGES.items()},
        "channel": {each.code: each.label for each in NOTICE_CHANNEL.codes},
        "service_region": {each.code: each.label for each in REGION.codes},
        "service_place": {each.code: each.label for each in SERVICE_PLACE.codes},
        "service_state": {each.code: each.label for each in SERVICE_STATE.codes},
    },
)
subjects.add(("crisis.",), Crisis, key="code")
subjects.add(("notice.",), Notice)
