"""What waits on the first page of the staff: texts of notices to review, and reviewed ones to publish."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from core.text import Text
from notices.languages import LANGUAGES
from notices.models import NoticeText
from partners.staff import waiting
from partners.staff.naming import day_of
from partners.staff.waiting import WaitingEntry, WaitingRows, WayGroup


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


def to_review(user: User) -> WaitingRows:
    """The texts that somebody else has written."""
    return waiting.newest(that_count().filter(review=None).exclude(user=user), entry_of)


def to_publish(user: User) -> WaitingRows:
    """The texts that somebody has reviewed."""
    return waiting.newest(that_count().exclude(review=None), entry_of)


waiting.add(
    "notice_reviews",
    Text("En tekst til et varsel venter på gennemlæsning", "A text of a notice waits for review"),
    Text("{number} tekster til varsler venter på gennemlæsning", "{number} texts of notices wait for review"),
    rights=["notices.review_notice"],
    find=to_review,
    address=lambda: reverse("admin:notices_notice_changelist"),
)
waiting.add(
    "notice_publications",
    Text("En tekst til et varsel venter på udgivelse", "A text of a notice waits for publication"),
    Text("{number} tekster til varsler venter på udgivelse", "{number} texts of notices wait for publication"),
    rights=["notices.publish_notice"],
    find=to_publish,
    address=lambda: reverse("admin:notices_notice_changelist"),
)
waiting.lead(
    Text("Kriser: hvad de beder om, og hvem der har indberettet", "Crises: what they ask for, and who has reported"),
    WayGroup.PARTNERS,
    rights=["notices.add_crisis"],
    address=lambda: reverse("admin:notices_crisis_changelist"),
)
waiting.lead(
    Text("Varsler på alle sprog", "Notices in all languages"),
    WayGroup.PARTNERS,
    rights=["notices.add_notice", "notices.publish_notice"],
    address=lambda: reverse("admin:notices_notice_changelist"),
)
