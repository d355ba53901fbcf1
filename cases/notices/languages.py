"""The languages of notices, after the nationalities met, and the order in which another one stands in for a missing one."""

from __future__ import annotations

from dataclasses import dataclass

from partners.text import Text


@dataclass(frozen=True, slots=True)
class Language:
    """A language. `own`: its name in itself.

    In it, `missing`: that a text is not there yet; `over`: that a notice holds no longer; `until`, `help`: words of a sheet.
    """

    tag: str
    name: Text
    own: str
    missing: str
    over: str
    until: str
    help: str
    is_right_to_left: bool = False

    @property
    def direction(self) -> str:
        """As HTML writes it."""
        return "rtl" if self.is_right_to_left else "ltr"


LANGUAGES: dict[str, Language] = {
    each.tag: each
    for each in (
        Language(
            "da",
            Text("dansk", "Danish"),
            "Dansk",
            "Teksten findes ikke på dansk endnu.",
            "Varslet gælder ikke længere.",
            "Gælder til",
            "Hjælp",
        ),
        Language(
            "en",
            Text("engelsk", "English"),
            "English",
            "The text is not available in English yet.",
            "The notice no longer holds.",
            "Valid until",
            "Help",
        ),
        Language(
            "th",
            Text("thai", "Thai"),
            "ไทย",
            "ยังไม่มีข้อความนี้เป็นภาษาไทย",
            "ประกาศนี้ไม่มีผลบังคับใช้แล้ว",
            "ใช้ได้ถึง",
            "ขอความช่วยเหลือ",
        ),
        Language(
            "ro",
            Text("rumænsk", "Romanian"),
            "Română",
            "Textul nu este încă disponibil în limba română.",
            "Acest anunț nu mai este valabil.",
            "Valabil până la",
            "Ajutor",
        ),
        Language(
            "ar",
            Text("arabisk", "Arabic"),
            "العربية",
            "هذا النص غير متوفر بالعربية بعد.",
            "لم يعد هذا الإعلان ساريًا.",
            "صالح حتى",
            "للمساعدة",
            True,
        ),
        Language(
            "fr",
            Text("fransk", "French"),
            "Français",
            "Ce texte n’est pas encore disponible en français.",
            "Cet avis n’est plus valable.",
            "Valable jusqu’au",
            "Aide",
        ),
        Language(
            "vi",
            Text("vietnamesisk", "Vietnamese"),
            "Tiếng Việt",
            "Văn bản này chưa có bằng tiếng Việt.",
            "Thông báo này không còn hiệu lực.",
            "Có hiệu lực đến",
            "Trợ giúp",
        ),
        Language(
            "uk",
            Text("ukrainsk", "Ukrainian"),
            "Українська",
            "Цього тексту ще немає українською мовою.",
            "Це повідомлення більше не діє.",
            "Діє до",
            "Допомога",
        ),
        Language(
            "es",
            Text("spansk", "Spanish"),
            "Español",
            "Este texto todavía no está disponible en español.",
            "Este aviso ya no es válido.",
            "Válido hasta",
            "Ayuda",
        ),
        Language(
            "pl",
            Text("polsk", "Polish"),
            "Polski",
            "Ten tekst nie jest jeszcze dostępny po polsku.",
            "To ogłoszenie już nie obowiązuje.",
            "Ważne do",
            "Pomoc",
        ),
        Language(
            "hu",
            Text("ungarsk", "Hungarian"),
            "Magyar",
            "Ez a szöveg magyarul még nem érhető el.",
            "Ez a közlemény már nem érvényes.",
            "Érvényes eddig",
            "Segítség",
        ),
        Language(
            "bg",
            Text("bulgarsk", "Bulgarian"),
            "Български",
            "Този текст още не е наличен на български.",
            "Това съобщение вече не е валидно.",
            "Валидно до",
            "Помощ",
        ),
        Language(
            "ti",
            Text("tigrinya", "Tigrinya"),
            "ትግርኛ",
            "እዚ ጽሑፍ ክሳብ ሕጂ ብትግርኛ የለን።",
            "እዚ መልእኽቲ ደጊም ኣይሰርሕን እዩ።",
            "ዝጸንሓሉ ዕለት",
            "ሓገዝ",
        ),
    )
}
# Whoever asks for another language gets the first of these that is published; then the language in which the notice was written.
FALLBACK = ("en", "da")
FIRST, SECOND = (LANGUAGES[tag].name for tag in FALLBACK)
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
