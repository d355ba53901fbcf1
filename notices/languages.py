"""The languages of notices, after the nationalities met, and the order in which another one stands in for a missing one.

How each writes a day and what it calls the others stands in cldr.json, which `tools.codechange.write_languages` writes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypedDict

from core.text import Text

FILE = Path(__file__).with_name("cldr.json")
# In a language without a sentence of ours for it, an arrow leads to the text below.
HERE = Text("Her står den på {name}.", "Here it is in {name}.")
ARROW = "↓ {name}"


class CldrRow(TypedDict):
    """What Unicode CLDR knows of a language: a day of each month with `{day}` and `{year}`, and the names of languages by tag."""

    days: list[str]
    names: dict[str, str]


@cache
def cldr() -> dict[str, CldrRow]:
    """What Unicode CLDR knows of each language."""
    rows: dict[str, CldrRow] = json.loads(FILE.read_text(encoding="utf-8"))["languages"]
    return rows


@dataclass(frozen=True, slots=True)
class Language:
    """A language. `own`: its name in itself.

    In it, `missing`: that a text is not there yet; `over`: that a notice holds no longer.
    """

    tag: str
    name: Text
    own: str
    missing: str
    over: str
    is_right_to_left: bool = False

    @property
    def direction(self) -> str:
        """As HTML writes it."""
        return "rtl" if self.is_right_to_left else "ltr"

    @property
    def is_of_pages(self) -> bool:
        """Whether the words of our pages are written in it, which people have read."""
        return self.tag in Text._fields

    def day(self, on: date) -> str:
        """A day, with its year of the Common Era."""
        return cldr()[self.tag]["days"][on.month - 1].format(day=on.day, year=on.year)

    def note(self, instead: str) -> str:
        """In it: that a text is not there yet, and in which language it stands instead (`instead`, a tag)."""
        words = HERE(self.tag) if self.is_of_pages else ARROW
        return f"{self.missing} {words.format(name=cldr()[self.tag]['names'][instead])}"


LANGUAGES: dict[str, Language] = {
    each.tag: each
    for each in (
        Language(
            "da",
            Text("dansk", "Danish"),
            "Dansk",
            "Teksten findes ikke på dansk endnu.",
            "Varslet gælder ikke længere.",
        ),
        Language(
            "en",
            Text("engelsk", "English"),
            "English",
            "The text is not available in English yet.",
            "The notice no longer holds.",
        ),
        Language(
            "th",
            Text("thai", "Thai"),
            "ไทย",
            "ยังไม่มีข้อความนี้เป็นภาษาไทย",
            "ประกาศนี้ไม่มีผลบังคับใช้แล้ว",
        ),
        Language(
            "ro",
            Text("rumænsk", "Romanian"),
            "Română",
            "Textul nu este încă disponibil în limba română.",
            "Acest anunț nu mai este valabil.",
        ),
        Language(
            "ar",
            Text("arabisk", "Arabic"),
            "العربية",
            "هذا النص غير متوفر بالعربية بعد.",
            "لم يعد هذا الإعلان ساريًا.",
            True,
        ),
        Language(
            "fr",
            Text("fransk", "French"),
            "Français",
            "Ce texte n’est pas encore disponible en français.",
            "Cet avis n’est plus valable.",
        ),
        Language(
            "vi",
            Text("vietnamesisk", "Vietnamese"),
            "Tiếng Việt",
            "Văn bản này chưa có bằng tiếng Việt.",
            "Thông báo này không còn hiệu lực.",
        ),
        Language(
            "uk",
            Text("ukrainsk", "Ukrainian"),
            "Українська",
            "Цього тексту ще немає українською мовою.",
            "Це повідомлення більше не діє.",
        ),
        Language(
            "es",
            Text("spansk", "Spanish"),
            "Español",
            "Este texto todavía no está disponible en español.",
            "Este aviso ya no es válido.",
        ),
        Language(
            "pl",
            Text("polsk", "Polish"),
            "Polski",
            "Ten tekst nie jest jeszcze dostępny po polsku.",
            "To ogłoszenie już nie obowiązuje.",
        ),
        Language(
            "hu",
            Text("ungarsk", "Hungarian"),
            "Magyar",
            "Ez a szöveg magyarul még nem érhető el.",
            "Ez a közlemény már nem érvényes.",
        ),
        Language(
            "bg",
            Text("bulgarsk", "Bulgarian"),
            "Български",
            "Този текст още не е наличен на български.",
            "Това съобщение вече не е валидно.",
        ),
        Language(
            "ti",
            Text("tigrinya", "Tigrinya"),
            "ትግርኛ",
            "እዚ ጽሑፍ ክሳብ ሕጂ ብትግርኛ የለን።",
            "እዚ መልእኽቲ ደጊም ኣይሰርሕን እዩ።",
        ),
    )
}
# Whoever asks for another language gets the first of these that is published; then the language in which the notice was written.
FALLBACK = ("en", "da")
FIRST, SECOND = (LANGUAGES[tag].name for tag in FALLBACK)
# Whether a person who speaks the language of a text has read it.
READ_BY_SPEAKER = {
    True: Text("Læst af en person, der taler sproget.", "Read by a person who speaks the language."),
    False: Text("Ikke læst af en person, der taler sproget.", "Not read by a person who speaks the language."),
}
ORDER = Text(
    f"Findes en tekst ikke på et sprog endnu, står den på {FIRST.da}, ellers på {SECOND.da} og ellers på det sprog, som varslet er "
    "skrevet på.",
    f"Where a text is not there in a language yet, it is in {FIRST.en}, else in {SECOND.en}, and else in the language in which the "
    "notice was written.",
)


def stand_in(tag_wanted: str, original: str, published: dict[str, object]) -> str | None:
    """The language that a reader gets: the wanted one, or the first published one of the order. None: nothing is published."""
    order = (tag_wanted, *FALLBACK, original)
    return next((tag for tag in order if tag in published), next(iter(published), None))
