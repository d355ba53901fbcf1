"""What the staff page of a notice shows: its facts, how far each language is, and how far the notice has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.codelists import NOTICE_AUDIENCE, REGION
from core.text import Text, say
from notices.acknowledging import Reach, reach_of
from notices.choices import STATES, TextState
from notices.degrees import CERTAINTY, SEVERITY, URGENCY
from notices.languages import LANGUAGES, READ_BY_SPEAKER
from notices.models import Notice, NoticeText
from notices.staff.words import ACTS, STALE, TOO_HARD
from notices.texts import CurrentText, current_texts, with_title
from notices.words import FIELDS
from partners.staff.naming import moment_by, moment_of

User = AbstractBaseUser | AnonymousUser
MAY_WRITE, MAY_REVIEW, MAY_PUBLISH = "notices.add_notice", "notices.review_notice", "notices.publish_notice"
WHOLE_COUNTRY = Text("hele landet", "the whole country")


def is_withdrawn(notice: Notice) -> bool:
    """Whether a notice holds no longer."""
    return hasattr(notice, "withdrawal")


def is_public(notice: Notice) -> bool:
    """Whether readers get it."""
    return notice.publications.exists() and not is_withdrawn(notice)


def address(name: str, *parts: object) -> str:
    """The address of a page of notices."""
    return reverse(f"admin:notices_notice_{name}", args=parts)


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """A language of a notice on its page."""

    name: Text
    own: str
    tag: str
    state: Text
    notes: tuple[object, ...]
    title: str
    acts: tuple[tuple[object, str], ...]


def in_its_language(tag: str, words: str) -> SafeString:
    """A part of a text, marked with its language and written in its direction, its lines as they were written."""
    language = LANGUAGES[tag]
    lines = format_html_join(SafeString("<br>"), "{}", ((line,) for line in words.split("\n")))
    return format_html('<span lang="{}" dir="{}">{}</span>', language.tag, language.direction, lines)


def name_of(notice: Any) -> SafeString:
    """A notice with `first_title` by its number, its subject and its title, which is marked with its language."""
    title = in_its_language(notice.language, notice.first_title) if notice.first_title else ""
    return format_html("{}: {}" if title else "{}", notice, title)


def name_by(key: int) -> SafeString:
    """The same of a notice by its key. One statement."""
    return name_of(with_title(Notice.objects.filter(pk=key)).get())


def to_translate(original: NoticeText) -> Iterator[tuple[object, SafeString]]:
    """The text that a translation is of."""
    for name in ("title", "text", "sms"):
        yield FIELDS[name], in_its_language(original.language, getattr(original, name))


def facts_of(notice: Notice) -> list[tuple[object, object]]:
    regions = ", ".join(str(REGION.by_code[code].label) for code in notice.regions) or WHOLE_COUNTRY
    facts: list[tuple[object, object]] = [
        (say("Krise", "Crisis"), notice.crisis),
        (say("Myndighed", "Issuing authority"), say(notice.issuer_da, notice.issuer_en)),
        (say("Målgruppe", "Audience"), NOTICE_AUDIENCE.by_code[notice.audience].label),
        (say("Alvor", "Severity"), SEVERITY[notice.severity]),
        (say("Hvor hurtigt", "Urgency"), URGENCY[notice.urgency]),
        (say("Hvor sikkert", "Certainty"), CERTAINTY[notice.certainty]),
        (say("Regioner", "Regions"), regions),
        (say("Gælder", "Valid"), f"{moment_of(notice.valid_from)} – {moment_of(notice.valid_to)}"),
        (say("Oprettet", "Created"), moment_by(notice.created_at, notice.user)),
    ]
    if notice.source:
        facts.append((say("Kilde", "Source"), notice.source))
    if notice.supersedes is not None:
        facts.append((say("Kommer i stedet for", "Comes in place of"), name_by(notice.supersedes.pk)))
    if is_withdrawn(notice):
        end = notice.withdrawal
        facts.append((say("Trukket tilbage", "Withdrawn"), moment_by(end.withdrawn_at, end.user)))
        if end.replacement is not None:
            facts.append((say("Gælder i stedet", "Holds instead"), name_by(end.replacement.pk)))
    return facts


def lines_of(notice: Notice, user: User) -> Iterator[LanguageLine]:
    """Every language, that of the first text in front."""
    for current in current_texts(notice):
        language = LANGUAGES[current.language]
        yield LanguageLine(
            language.name,
            language.own,
            current.language,
            STATES[current.state],
            tuple(notes_of(current)),
            current.text.title if current.text else "",
            tuple(acts_of(notice, current, user)),
        )


def notes_of(current: CurrentText) -> Iterator[object]:
    """What is to be known of a text: how easy it is, that it is stale, who wrote and reviewed it."""
    if current.text is None:
        return
    if current.lix is not None:
        yield f"LIX {current.lix.value}, {current.lix.words}"
        if not current.lix.is_easy:
            yield TOO_HARD
    if current.is_stale:
        yield STALE
    yield say(f"skrevet af {current.text.user}", f"written by {current.text.user}")
    if hasattr(current.text, "review"):
        yield say(f"gennemlæst af {current.text.review.user}", f"reviewed by {current.text.review.user}")
        yield READ_BY_SPEAKER[current.text.review.by_speaker]


def acts_of(notice: Notice, current: CurrentText, user: Any) -> Iterator[tuple[object, str]]:
    """What the reader may do about a language."""
    if current.text is not None:
        yield say("Læs", "Read"), address("text", current.text.pk)
    if is_withdrawn(notice) or not user.has_perm(MAY_WRITE):
        return
    has_source = current.language == notice.language or notice.texts.filter(language=notice.language).exists()
    if has_source:
        yield ACTS["write"], address("write", notice.pk, current.language)


def next_act(current: CurrentText, user: Any) -> str:
    """What may be done about a text on its page: `review`, `publish`, or nothing."""
    text = current.text
    if text is None or current.is_stale:
        return ""
    if current.state == TextState.TRANSLATED and user.has_perm(MAY_REVIEW) and text.user_id != user.pk:
        return "review"
    return "publish" if current.state == TextState.REVIEWED and user.has_perm(MAY_PUBLISH) else ""


def current_text(notice: Notice, text_id: int) -> CurrentText | None:
    """How far a text is, where it is the one that counts in its language."""
    return next((each for each in current_texts(notice) if each.text is not None and each.text.pk == text_id), None)


def reach_for(notice: Notice) -> Reach | None:
    """How far a notice has come, once it is public."""
    return reach_of(notice.pk) if notice.publications.exists() else None
