"""What staff see of notices: the rows of the list, read at once, the facts of one, and how far it and each language have come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases.codelists import NOTICE_AUDIENCE, REGION
from core.text import Text, say
from notices.acknowledgements import Reach, reach_of, words_of_reach
from notices.choices import CERTAINTY, SEVERITY, STATES, URGENCY, TextState
from notices.languages import LANGUAGES, READ_BY_SPEAKER
from notices.models import Acknowledgement, Notice, NoticeText
from notices.texts import CurrentText, current_texts, with_title
from notices.words import ACTS, FIELDS, STALE, TOO_HARD
from partners.models import OPEN_ORGANISATIONS, Partner
from partners.staff.naming import NOTHING, moment_by, moment_of

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


def with_columns(rows: QuerySet[Notice]) -> QuerySet[Any]:
    """Notices with `first_title`, and with `seen_by`: how many of `partners` have seen it. Three statements for the list."""
    partners = Partner.objects.filter(OPEN_ORGANISATIONS)
    answers = Acknowledgement.objects.filter(notice=OuterRef("pk"), partner__in=partners).order_by().values("notice")
    number = Subquery(answers.annotate(number=Count("partner", distinct=True)).values("number"))
    counts = {"seen_by": Coalesce(number, 0), "partners": Value(partners.count())}
    return with_title(rows.prefetch_related("publications").annotate(**counts))


def title_of(notice: Any) -> str:
    """Its title in the first language."""
    return in_its_language(notice.language, notice.first_title) if notice.first_title else NOTHING


def languages_of(notice: Notice) -> str:
    """The languages in which it is published."""
    tags = dict.fromkeys(row.language for row in notice.publications.all())
    return ", ".join(str(LANGUAGES[tag].name) for tag in tags) or NOTHING


def reach_in_list(notice: Any) -> str:
    """`14 of 19 partners`."""
    return str(words_of_reach(notice.seen_by, notice.partners)) if notice.publications.all() else NOTHING


def state_of(notice: Notice) -> str:
    """Whether readers get it."""
    if is_withdrawn(notice):
        return str(say("trukket tilbage", "withdrawn"))
    return str(say("gælder", "holds") if notice.publications.all() else say("ikke udgivet", "not published"))
