"""Notices as an Atom feed (RFC 4287) in one language, the one that changed last in front; a withdrawn one says so for a while."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed

from cases.notices.addresses import PATH, page_address
from cases.notices.languages import LANGUAGES
from cases.notices.reading import PublishedNotice
from partners.text import Text

TITLE = Text("Varsler", "Notices")
LEAD = Text(
    "Varsler fra danske myndigheder til mennesker, der kan være ofre for menneskehandel.",
    "Notices of Danish authorities to people who may be victims of human trafficking.",
)
WITHDRAWN = Text("Trukket tilbage: {title}", "Withdrawn: {title}")


def feed(notices: Iterable[PublishedNotice], tag_wanted: str, address: str) -> bytes:
    """The feed for readers of a language. `address`: where it is itself. A text that stands in says so in front."""
    language = "da" if tag_wanted == "da" else "en"
    operator = settings.HENVIS_OPERATOR
    atom = Atom1Feed(
        title=TITLE(language),
        link=f"{settings.HENVIS_ADDRESS}/{language}/{PATH(language)}/",
        description=LEAD(language),
        language=language,
        feed_url=address,
        author_name=operator if isinstance(operator, str) else Text(*operator)(language),
    )
    for notice in notices:
        text = notice.text_for(tag_wanted)
        note = "" if text.language == tag_wanted else f"{LANGUAGES[tag_wanted].missing}\n\n"
        title = WITHDRAWN(language).format(title=text.title) if notice.withdrawn_at else text.title
        place = page_address(notice.id, text.language, language)
        atom.add_item(
            title=title,
            link=place,
            description=f"{note}{text.text}",
            unique_id=page_address(notice.id, tag_wanted, language),
            pubdate=notice.first_at,
            updateddate=notice.changed_at,
            author_name=notice.issuer(language),
        )
    return atom.writeString("utf-8").encode()
