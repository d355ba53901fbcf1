"""The crisis of the demo, modelled on a pandemic, with three notices in nine languages.

The texts are invented, and no speaker of each language has read them: a real notice has an author and a reviewer who speak it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.utils import timezone

from cases.months import today
from cases.notices import writing
from cases.notices.models import Crisis, Notice
from cases.notices.work import work

# By the subject of a notice and by language: its title, its text, and the same as a text message.
TEXTS: dict[str, dict[str, tuple[str, str, str]]] = json.loads(
    (Path(__file__).parent / "notice_texts.json").read_text(encoding="utf-8")
)
ISSUERS = {
    "TEST": ("Sundhedsstyrelsen", "Danish Health Authority"),
    "RESTRICTION": ("Sundhedsstyrelsen", "Danish Health Authority"),
    "SUPPORT": ("Center mod Menneskehandel", "Danish Centre against Human Trafficking"),
}
FORMS = ["SITUATION"]
WEEKS = timedelta(weeks=5)
HOLDS = timedelta(days=60)


def declare_crisis(say: Callable[[str], None], author: User, approver: User) -> None:
    """Declare the crisis and publish its notices, unless one was declared already; and make the sheets that are missing.

    `approver` reviews what `author` wrote, and publishes it.
    """
    if not Crisis.objects.exists():
        say("declaring a crisis, with notices in nine languages")
        titles = {"title_da": "Epidemi (opdigtet)", "title_en": "Epidemic (invented)"}
        began = today() - WEEKS
        crisis = Crisis.objects.create(code="epidemic", started_on=began, forms=FORMS, user=author, **titles)
        for subject, texts in TEXTS.items():
            publish_notice(crisis, subject, texts, author, approver)
    work(say)


def publish_notice(
    crisis: Crisis, subject: str, texts: dict[str, tuple[str, str, str]], author: User, approver: User
) -> None:
    """A notice in all its languages, Danish first, since the others translate that."""
    issuer_da, issuer_en = ISSUERS[subject]
    now = timezone.now()
    notice = Notice.objects.create(
        crisis=crisis,
        issuer_da=issuer_da,
        issuer_en=issuer_en,
        subject_code=subject,
        audience="POTENTIAL_VICTIMS",
        severity="Moderate",
        urgency="Expected",
        certainty="Likely",
        valid_from=now,
        valid_to=now + HOLDS,
        user=author,
    )
    for language, (title, text, sms) in texts.items():
        written = writing.write_text(
            by=author, notice=notice, language=language, title=title, text=text, sms=sms, is_finished=True
        )
        writing.review(by=approver, text=written)
        writing.publish(by=approver, text=written)
