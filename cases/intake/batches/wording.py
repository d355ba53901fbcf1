"""What a finding says to people, in one sentence: in files that are marked, and wherever else a finding is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cases.codelists.common import label_of as label_of_code
from cases.intake.findings import Finding
from cases.intake.rulebook import RULES
from cases.intake.templates.columns import BY_NAME
from cases.intake.understanding.codes import CODED
from cases.intake.understanding.columns import COLUMN_WORDS
from cases.months import COPENHAGEN
from partners.text import Text

# What is stored, and the ways out, by the rule for which a row is not.
STANDS = Text("Version {version} er gemt, siden {moment}.", "Version {version} is stored, since {moment}.")
MOMENTS = Text("%-d.%-m.%Y kl. %H.%M", "%-d %B %Y, %H:%M")
WAYS_OUT = {
    "version_needed": Text(
        "Skriv {version} i version for at rette den (tilføj kolonnen, hvis den mangler), eller send hele filen med prefer=latest, "
        "hvis alle dens rækker er de samme personer som før.",
        "Write {version} in version to correct it (add the column where it is missing), or send the whole file with "
        "prefer=latest where all its rows are the same persons as before.",
    ),
    "version_stale": Text(
        "Flet jeres ændring ind i den, og skriv {version} i version.",
        "Merge your change into it, and write {version} in version.",
    ),
    "withdrawn": Text(
        "Skriv {version} i version, hvis henvisningen skal gælde igen.",
        "Write {version} in version if the referral is to count again.",
    ),
}
# What a marked file adds where no code could be guessed.
CHOOSE = Text("Vælg på listen i cellen eller i skemaet.", "Choose from the list in the cell or in the template.")
MEANT = Text("Mente du {code}?", "Did you mean {code}?")


def field_of(finding: Finding) -> str | None:
    """The member of a row that a finding is about: its own, or that of its rule, which is always about the same one."""
    return finding.field or RULES[finding.rule].field or None


def label_of(name: str, language: str) -> str:
    """The plain name of a member of a row."""
    return BY_NAME[name].label(language) if name in BY_NAME else name


def name_of_column(name: str, language: str, *, with_code: bool) -> str:
    """The plain name; with its code where the column itself is wrong, so that whoever writes the header knows both."""
    label = label_of(name, language)
    return f"{label} ({name})" if with_code else label


def meant_words(field: str | None, suggestion: str, language: str) -> str:
    """What was probably meant, a code of a field or a column: its label as lists have it, and the code."""
    if field is None or field not in CODED:
        return name_of_column(suggestion, language, with_code=suggestion in BY_NAME)
    return f"{label_of_code(CODED[field].codelist, suggestion)(language)} ({suggestion})"


def sentence(finding: Finding, language: str) -> str:
    """The column, what is wrong, and what was probably meant."""
    field = field_of(finding)
    is_on_column = finding.rule in COLUMN_WORDS
    parts = [f"{name_of_column(field, language, with_code=is_on_column)}:"] if field else []
    parts.append(with_suggestion(RULES[finding.rule].detail, finding.field, finding.suggestion)(language))
    moment = moment_of(finding, language)
    parts += [text(language).format(version=finding.stored_version, moment=moment) for text in on_stored(finding)]
    return " ".join(parts)


def sentence_in_file(finding: Finding, language: str) -> str:
    """The same for a file that is marked. The answer of the API names the codes; the file has them in its lists."""
    is_open = finding.rule == "code_unknown" and finding.suggestion is None
    return f"{sentence(finding, language)} {CHOOSE(language)}" if is_open else sentence(finding, language)


def on_stored(finding: Finding) -> Iterator[Text]:
    """What is said of the version that is stored, where the finding names one."""
    if finding.stored_version is not None:
        yield STANDS
        if finding.rule in WAYS_OUT:
            yield WAYS_OUT[finding.rule]


def moment_of(finding: Finding, language: str) -> str:
    """Since when the version is stored, by the clock in Copenhagen; nothing where none is."""
    if finding.stored_at is None:
        return ""
    return f"{datetime.fromisoformat(finding.stored_at).astimezone(COPENHAGEN):{MOMENTS(language)}}"


def with_suggestion(text: Text, field: str | None, suggestion: str | None) -> Text:
    """What is wrong, and what was probably meant, if anything is."""
    if suggestion is None:
        return text
    return Text(
        *(f"{text(each)} {MEANT(each).format(code=meant_words(field, suggestion, each))}" for each in Text._fields)
    )


def sentences(finding: Finding) -> Text:
    """The sentence in both languages."""
    return Text(sentence(finding, "da"), sentence(finding, "en"))
