"""What waits on the first page of the staff: texts of notices to review, and reviewed ones to publish."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from core.text import Text
from notices.languages import LANGUAGES
from notices.models import NoticeText
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, Way, WayGroup


def that_count() -> QuerySet[NoticeText]:
    """The texts that count and are not published, of notices that are not withdrawn, the one that waits longest in front."""
    same = NoticeText.objects.filter(notice=OuterRef("notice"))
    later = same.filter(language=OuterRef("language"), pk__gt=OuterRef("pk"))
    newer_source = same.filter(language=OuterRef("notice__language"), pk__gt=OuterRef("source"))
    rows = NoticeText.objects.filter(publication=None, notice__withdrawal=None, is_finished=True).select_related(
        "notice"
    )
    return rows.exclude(Exists(later)).exclude(Exists(newer_source)).order_by("written_at", "pk")


def entry_of(text: NoticeText) -> WaitingEntry:
    """A text by its notice and its language."""
    language, subject = LANGUAGES[text.language].name, text.notice.get_subject_code_display()
    return WaitingEntry(
        Text(
            f"Varsel {text.notice_id}, {subject}: {language.da}", f"Notice {text.notice_id}, {subject}: {language.en}"
        ),
        day_of(text.written_at),
        reverse("admin:notices_notice_text", args=[text.pk]),
    )


waiting.add(
    "notice_reviews",
    Text("En tekst til et varsel venter på gennemlæsning", "A text of a notice waits for review"),
    Text("{number} tekster til varsler venter på gennemlæsning", "{number} texts of notices wait for review"),
    rights=["notices.review_notice"],
    find=lambda user: waiting.newest(that_count().filter(review=None).exclude(user=user), entry_of),
    address="notices_notice_changelist",
)
waiting.add(
    "notice_publications",
    Text("En tekst til et varsel venter på udgivelse", "A text of a notice waits for publication"),
    Text("{number} tekster til varsler venter på udgivelse", "{number} texts of notices wait for publication"),
    rights=["notices.publish_notice"],
    find=lambda _: waiting.newest(that_count().exclude(review=None), entry_of),
    address="notices_notice_changelist",
)
waiting.lead(
    WayGroup.PARTNERS,
    Way(
        Text(
            "Kriser: hvad de beder om, og hvem der har indberettet", "Crises: what they ask for, and who has reported"
        ),
        "notices.add_crisis",
        "notices_crisis_changelist",
    ),
    Way(
        Text("Varsler på alle sprog", "Notices in all languages"),
        ("notices.add_notice", "notices.publish_notice"),
        "notices_notice_changelist",
    ),
)
