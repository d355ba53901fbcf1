"""How a release is cited: in words, as BibTeX, and as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.invented import MARK
from cases.months import COPENHAGEN
from core.text import Text
from stats.models import AUTHORITY, EXACT, PUBLIC
from stats.reading.datasets import READABLE
from stats.reading.dates import in_words
from stats.reading.entries import EXTERNAL, CatalogueEntry, Provenance
from stats.reading.external import KINDS

THE_CENTRE = Text("Centret", "The centre")
REPRODUCED_BY = Text("gengivet af", "as reproduced by")
# How a day is written in words.
FORMS = {"da": "j. F Y", "en": "j F Y"}
FOR: dict[str, Text] = {
    PUBLIC: Text("offentlig", "public"),
    AUTHORITY: Text("for myndigheder, ikke til offentliggørelse", "for authorities, not for publication"),
    EXACT: Text("nøjagtige tal, ikke til offentliggørelse", "exact figures, not for publication"),
}
UNDATED = Text("u.å.", "n.d.")
LANGUAGES = {"da": "danish", "en": "english"}
# What TeX reads as something else than itself.
ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "$&%#_"},
    }
)


def day_in_words(day: date) -> Text:
    """A day as readers of a language write it."""
    return Text(*(in_words(day, language, FORMS[language]) for language in LANGUAGES))


def iso_day(day: date) -> Text:
    """A day as programs read it."""
    return Text(str(day), str(day))


@dataclass(frozen=True, slots=True)
class Citation:
    """A release to be cited: by whom it is told here, and where it is read. Figures of others have them for authors.

    `table`: the one table of it that is cited; without one it is all of them.
    """

    release: CatalogueEntry
    operator: Text
    url: str
    table: Text | None = None

    def authors(self, language: str) -> list[str]:
        """Who made the figures: of an external release those whose sources it tells, else who publishes."""
        names = dict.fromkeys(source.author for source in self.release.provenance.sources)
        return [*names] or [self.operator(language)]

    @property
    def issue_date(self) -> dict[str, int]:
        """The day on which it could first be read, by BibTeX's names: of an external release a day, a year or nothing."""
        moment = self.release.published_at or self.release.built_at
        if moment:
            day_known = day(moment)
            return {"year": day_known.year, "month": day_known.month, "day": day_known.day}
        day_published = self.release.provenance.publication_date
        return {"year": int(day_published)} if day_published else {}

    @property
    def title(self) -> Text:
        """What is counted, and when."""
        titles = [READABLE[name].title for name in self.release.terms.tables] if self.table is None else [self.table]
        labels = dict.fromkeys(titles)
        period = self.release.period.label
        return Text(
            f"{'; '.join(label.da for label in labels)}, {period.da}",
            f"{'; '.join(label.en for label in labels)}, {period.en}",
        )

    def edition(self, form: Callable[[date], Text]) -> Text:
        """The vintage, the moment in the `form` that is asked for, and for whom it is."""
        release, audience = self.release, FOR[self.release.audience]
        name = Text(f"Udgave {release.vintage} ({release.id})", f"Vintage {release.vintage} ({release.id})")
        if release.kind == EXTERNAL:
            return external_edition(name, release.provenance)
        as_of = form(day(release.as_of)) if release.as_of else UNDATED
        return Text(
            f"{name.da}, opgjort pr. {as_of.da}; {audience.da}.", f"{name.en}, as of {as_of.en}; {audience.en}."
        )

    def caveats(self, form: Callable[[date], Text]) -> Text:
        """That it is invented, withdrawn, or has errata; empty where there is nothing to say."""
        da, en = ([text] for text in MARK) if self.release.invented else ([], [])
        if withdrawal := self.release.withdrawal:
            on = form(day(withdrawal.at))
            by = withdrawal.replacement
            da.append(f"Trukket tilbage {on.da}; erstattet af {by}." if by else f"Trukket tilbage {on.da}.")
            en.append(f"Withdrawn {on.en}; replaced by {by}." if by else f"Withdrawn {on.en}.")
        if errata := [form(day(each.at)) for each in self.release.announcements.errata]:
            da.append(f"Med rettelser af {', '.join(each.da for each in errata)}.")
            en.append(f"With errata of {', '.join(each.en for each in errata)}.")
        return Text(" ".join(da), " ".join(en))

    def words(self, language: str) -> str:
        """One line of text."""
        parts = [
            f"{self.credit(language)}. {self.title(language)}.",
            self.note(language),
            self.url,
        ]
        return " ".join(parts)

    def credit(self, language: str) -> str:
        """Who made the figures and when; of the figures of others also who tells them here."""
        credit = f"{'; '.join(self.authors(language))} ({self.issue_date.get('year', UNDATED(language))})"
        if self.authors(language) == [self.operator(language)]:
            return credit
        here = self.operator(language)
        if self.operator == THE_CENTRE:
            here = f"{here[:1].lower()}{here[1:]}"
        return f"{credit}, {REPRODUCED_BY(language)} {here}"

    def note(self, language: str, form: Callable[[date], Text] = day_in_words) -> str:
        """The edition and the caveats."""
        return f"{self.edition(form)(language)} {self.caveats(form)(language)}".strip()

    def bibtex(self, language: str) -> str:
        """An entry; UTF-8. `@misc`, which every style knows. The address is not escaped: it is read verbatim."""
        fields = {
            "author": f"{{{' and '.join(f'{{{escape(name)}}}' for name in self.authors(language))}}}",
            "title": f"{{{{{escape(self.title(language))}}}}}",
            **{part: f"{{{number}}}" for part, number in self.issue_date.items()},
            "version": f"{{{self.release.vintage}}}",
            "note": f"{{{escape(self.note(language, iso_day))}}}",
            "url": f"{{{self.url}}}",
            "language": f"{{{LANGUAGES[language]}}}",
        }
        lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
        return f"@misc{{henvis-{self.release.id},\n{lines}\n}}\n"

    def csl(self, language: str) -> list[dict[str, Any]]:
        """CSL-JSON, as reference managers read it: a list of one item."""
        operator, day_issued = self.operator(language), self.issue_date
        return [
            {
                "id": f"henvis-{self.release.id}",
                "type": "dataset",
                "title": self.title(language),
                "author": [{"literal": name} for name in self.authors(language)],
                "publisher": operator,
                **({"issued": {"date-parts": [[*day_issued.values()]]}} if day_issued else {}),
                "version": str(self.release.vintage),
                "URL": self.url,
                "language": language,
                "note": self.note(language, iso_day),
                **({"status": "withdrawn"} if self.release.withdrawal else {}),
            }
        ]


def external_edition(name: Text, provenance: Provenance) -> Text:
    """An edition that others published, with the addresses of it; of figures that nobody published it says what they are."""
    where = ", ".join(source.url for source in provenance.sources)
    if not where:
        kinds = [KINDS[kind] for kind in provenance.kinds]
        da, en = ("; ".join(kind(language) for kind in kinds) for language in LANGUAGES)
        return Text(f"{name.da}. {da}.", f"{name.en}. {en}.")
    return Text(f"{name.da}, offentliggjort andetsteds: {where}.", f"{name.en}, published elsewhere: {where}.")


def day(moment: datetime) -> date:
    """The day of a moment in Copenhagen."""
    return moment.astimezone(COPENHAGEN).date()


def escape(text: str) -> str:
    """A text as TeX prints it."""
    return text.translate(ESCAPES)


def operator(name: str) -> Text:
    """Who publishes: the name that was set, or the centre."""
    return Text(name, name) if name else THE_CENTRE
