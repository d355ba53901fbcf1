"""Notices as an Atom feed (RFC 4287) in one language, the one that changed last in front; a withdrawn one says so for a while."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.html import linebreaks

from cases.invented import mark, with_mark
from core.text import Text
from notices.addresses import PATH, page_address
from notices.languages import LANGUAGES
from notices.reading import PublishedNotice
from partners.feeds import AtomFeed
from stats.revisions.citation import operator

TITLE = Text("Varsler", "Notices")
LEAD = Text(
    "Varsler fra danske myndigheder til mennesker, der kan være ofre for menneskehandel.",
    "Notices of Danish authorities to people who may be victims of human trafficking.",
)
WITHDRAWN = Text("Trukket tilbage: {title}", "Withdrawn: {title}")


class NoticeAtom(AtomFeed):
    """A feed whose entries say their language: where another one stands in, it is not that of the feed."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """The language of an entry."""
        return {"xml:lang": item["tag"]}


def feed(notices: Iterable[PublishedNotice], tag_wanted: str, address: str) -> bytes:
    """The feed for readers of a language. `address`: where it is itself. A text that stands in says so in front."""
    language = "da" if tag_wanted == "da" else "en"
    atom = NoticeAtom(
        title=with_mark(TITLE(language), language),
        link=f"{settings.HENVIS_ADDRESS}/{language}/{PATH(language)}/",
        description=LEAD(language),
        language=tag_wanted,
        feed_url=address,
        feed_guid=f"{settings.HENVIS_ADDRESS}/api/v1/notices.atom?language={tag_wanted}",
        author_name=operator(settings.HENVIS_OPERATOR)(language),
    )
    marks = [invented(language)] if (invented := mark()) else []
    for notice in notices:
        text = notice.text_for(tag_wanted)
        notes = [
            *marks,
            *([LANGUAGES[text.language].over] if notice.withdrawn_at else []),
            *([LANGUAGES[tag_wanted].note(text.language)] if text.language != tag_wanted else []),
        ]
        # Django marks summaries as HTML, so that a text must be one. What was withdrawn may have told too much: it is not repeated.
        lines = notes if notice.withdrawn_at else [*notes, text.text]
        summary = linebreaks("\n\n".join(lines), autoescape=True)
        title = WITHDRAWN(language).format(title=text.title) if notice.withdrawn_at else text.title
        place = page_address(notice.id, text.language, language)
        atom.add_item(
            title=title,
            link=place,
            description=summary,
            tag=text.language,
            unique_id=page_address(notice.id, tag_wanted, language),
            pubdate=notice.first_at,
            updateddate=notice.changed_at,
            author_name=notice.issuer(language),
        )
    return atom.writeString("utf-8").encode()
