"""What a finding says, in one sentence: to people on the desk and in files, and in answers of the API.

Rules speak of codes, as `Not a minor (_Z)`, and people have the labels of lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache

from cases.codelists.common import label_of
from cases.codelists.common import label_of as label_of_code
from cases.intake.findings import Finding
from cases.intake.rulebook import RULES
from cases.intake.templates.columns import BY_NAME, VERSION
from cases.intake.understanding.codes import CODED
from cases.intake.understanding.columns import COLUMN_WORDS
from cases.intake.values import EDITION_UNKNOWN, SEVERAL, UNKNOWN
from cases.months import COPENHAGEN
from core.text import Text

CODE = "_?[A-Z][A-Z0-9_]+|_[A-Z]"
# A code behind its label, one that stands for itself, and a field by its name, maybe with a code of its own.
BESIDE = re.compile(rf" \(({CODE})\)")
NAMED = re.compile(rf"\b({'|'.join(name for name in CODED if '_' in name)})\b(?: ({CODE})\b)?")
ALONE = re.compile(rf"`?(?<![A-Za-z])({CODE})(?![A-Za-z])`?")
# A shorter word in capitals is a code of the rule's own field alone: EU and DK are words too.
LEAST = 4
# What a rule says of two codes that have one label.
OTHERWISE = {
    "not_yet_exploited": Text(
        "»Endnu ikke udnyttet« svares i begge felter, her og i »Udnyttet i«, eller i ingen af dem.",
        "“Not yet exploited” is answered in both fields, here and in “Exploited in”, or in neither.",
    ),
}
QUOTED = Text("»{}«", "“{}”")
WITHIN = Text("{} i {}", "{} in {}")


@cache
def detail_in_words(rule: str) -> Text:
    """What is wrong by a rule, without codes."""
    return OTHERWISE.get(rule) or plain(RULES[rule].detail, RULES[rule].field or "")


@cache
def about_in_words(rule: str) -> Text:
    """What is told of it beside that, without codes."""
    return plain(RULES[rule].about, RULES[rule].field or "")


def every_detail() -> Iterator[Text]:
    """What is wrong by each rule, without codes."""
    return map(detail_in_words, RULES)


def plain(text: Text, field: str) -> Text:
    """A text in which labels stand for codes. `field`: whose codes they are, where two fields have one."""
    return Text(*(in_labels(text(language), field, language) for language in Text._fields))


def in_labels(text: str, field: str, language: str) -> str:
    """A text in one language: names of fields before codes, so that a code between them is of the field that is named."""

    def label(match: re.Match[str]) -> str:
        field_found = field_of_code(match[1], field)
        return match[0] if field_found is None else quoted_label(field_found, match[1], language)

    def name(match: re.Match[str]) -> str:
        own, code = match.groups()
        of_field = QUOTED(language).format(CODED[own].label(language))
        return WITHIN(language).format(quoted_label(own, code, language), of_field) if code else of_field

    return ALONE.sub(label, NAMED.sub(name, BESIDE.sub(without_code, text)))


def without_code(match: re.Match[str]) -> str:
    """Nothing in place of a code behind its label; any other word in brackets stays."""
    return "" if any(match[1] in each.allowed for each in CODED.values()) else match[0]


def quoted_label(field: str, code: str, language: str) -> str:
    """The label of a field's code, in quotes."""
    return QUOTED(language).format(label_of(CODED[field].codelist, code)(language))


def field_of_code(code: str, field: str) -> str | None:
    """The field that has a code: this one, or the first other one that does; None for a word that is no code."""
    if field in CODED and code in CODED[field].allowed:
        return field
    is_clear = len(code) >= LEAST or code.startswith("_")
    return next((name for name, each in CODED.items() if code in each.allowed), None) if is_clear else None


# What is stored, and the ways out, by the rule for which a row is not.
VERSION_STORED = Text("Version {version} er gemt, siden {moment}.", "Version {version} is stored, since {moment}.")
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
# The box of the desk that a person ticks for a whole file.
LATEST_CHOICE = Text(
    "Rækker, der er gemt i forvejen, skal rettes med det, der står i filen",
    "Rows that are stored already are to be corrected by what is in the file",
)
# The same ways for people, who have that box and a spreadsheet before them.
VERSION_LABEL = BY_NAME[VERSION].label
WAYS_OUT_ON_DESK = {
    "version_needed": Text(
        f"Sæt kryds ved »{LATEST_CHOICE.da}«, hvis alle rækker er de samme personer som før. "
        f"Eller skriv {{version}} i kolonnen {VERSION_LABEL.da} i denne række.",
        f"Tick “{LATEST_CHOICE.en}” if all rows are the same persons as before. "
        f"Or write {{version}} in the column {VERSION_LABEL.en} of this row.",
    ),
    "version_stale": Text(
        f"Flet jeres ændring ind i den, og skriv {{version}} i kolonnen {VERSION_LABEL.da}.",
        f"Merge your change into it, and write {{version}} in the column {VERSION_LABEL.en}.",
    ),
    "withdrawn": Text(
        f"Skriv {{version}} i kolonnen {VERSION_LABEL.da}, hvis henvisningen skal gælde igen.",
        f"Write {{version}} in the column {VERSION_LABEL.en} if the referral is to count again.",
    ),
}
# What is wrong, where a rule speaks of codes, or of an option of a request that the desk does not have.
DETAILS_ON_DESK = {
    UNKNOWN: Text("Svaret er ikke på listen.", "The answer is not on the list."),
    SEVERAL: Text(
        "Svaret dækker flere svar på listen. Vælg det, der passer på personen.",
        "The answer covers several answers of the list. Choose the one that is true of the person.",
    ),
    EDITION_UNKNOWN: Text(
        "Rækken venter på svaret på, hvilken udgave branchernes bogstaver er fra. Den skal ikke rettes for det.",
        "The row waits for the answer on which edition the letters of industries are of. It needs no correction for it.",
    ),
    "detail_belongs_to_exploitation": Text(
        "Hører ikke under den udnyttelsesform, der står i samme række. Ret en af de to.",
        "Does not belong to the form of exploitation in the same row. Correct one of the two.",
    ),
    "too_many_rows_strict": Text(
        "Så mange rækker kan ikke gemmes på én gang: del filen.",
        "So many rows cannot be stored at once: divide the file.",
    ),
}
# What a marked file adds where no code could be guessed.
CHOOSE = Text("Vælg på listen i cellen eller i skemaet.", "Choose from the list in the cell or in the template.")
MEANT = Text("Mente du {code}?", "Did you mean {code}?")
EITHER = Text(" eller ", " or ")


def field_of(finding: Finding) -> str | None:
    """The member of a row that a finding is about: its own, or that of its rule, which is always about the same one."""
    return finding.field or RULES[finding.rule].field or None


def label_of_member(name: str, language: str) -> str:
    """The plain name of a member of a row."""
    return BY_NAME[name].label(language) if name in BY_NAME else name


def name_of_column(name: str, language: str, *, with_code: bool) -> str:
    """The plain name, with its code for who writes a header by a program."""
    label = label_of_member(name, language)
    return f"{label} ({name})" if with_code else label


def meant_words(field: str | None, suggestion: str, language: str, *, with_code: bool = True) -> str:
    """What was probably meant, a code of a field or a column: its label as lists have it, and the code."""
    if field is None or field not in CODED:
        return name_of_column(suggestion, language, with_code=with_code and suggestion in BY_NAME)
    label = label_of_code(CODED[field].codelist, suggestion)(language)
    return f"{label} ({suggestion})" if with_code else label


def sentence(finding: Finding, language: str) -> str:
    """The column, what is wrong, and what was probably meant, with codes and options: for programs and who writes them."""
    return compose(finding, language, RULES[finding.rule].detail, WAYS_OUT, with_code=True)


def sentence_on_desk(finding: Finding, language: str) -> str:
    """The same for people: with the ways that the desk and a spreadsheet have, and without codes."""
    detail = DETAILS_ON_DESK.get(finding.rule) or detail_in_words(finding.rule)
    return compose(finding, language, detail, WAYS_OUT_ON_DESK, with_code=False)


def sentence_in_file(finding: Finding, language: str, *, on_desk: bool) -> str:
    """The same for a file that is marked, for who sent it (`on_desk`: a person). Codes that may be meant are in its lists."""
    is_open = finding.rule == UNKNOWN and finding.suggestion is None
    text = sentence_on_desk(finding, language) if on_desk else sentence(finding, language)
    return f"{text} {CHOOSE(language)}" if is_open else text


def compose(finding: Finding, language: str, detail: Text, ways_out: Mapping[str, Text], *, with_code: bool) -> str:
    """A sentence of what is wrong (`detail`), with these ways out."""
    field = field_of(finding)
    is_on_column = finding.rule in COLUMN_WORDS
    parts = [f"{name_of_column(field, language, with_code=with_code and is_on_column)}:"] if field else []
    parts.append(with_suggestion(detail, finding.field, codes_meant(finding), with_code=with_code)(language))
    moment = moment_of(finding, language)
    texts = on_stored(finding, ways_out)
    parts += [text(language).format(version=finding.stored_version, moment=moment) for text in texts]
    return " ".join(parts)


def on_stored(finding: Finding, ways_out: Mapping[str, Text]) -> Iterator[Text]:
    """What is said of the version that is stored, where the finding names one."""
    if finding.stored_version is not None:
        yield VERSION_STORED
        if finding.rule in ways_out:
            yield ways_out[finding.rule]


def moment_of(finding: Finding, language: str) -> str:
    """Since when the version is stored, by the clock in Copenhagen; nothing where none is."""
    if finding.stored_at is None:
        return ""
    return f"{datetime.fromisoformat(finding.stored_at).astimezone(COPENHAGEN):{MOMENTS(language)}}"


def codes_meant(finding: Finding) -> tuple[str, ...]:
    """What was probably meant: the suggestion, or one of the codes that a value covers."""
    if finding.rule == SEVERAL:
        return finding.allowed
    return () if finding.suggestion is None else (finding.suggestion,)


def either_of(field: str | None, codes: Iterable[str], language: str, *, with_code: bool = True) -> str:
    """Codes of a field in words, of which one is meant."""
    return EITHER(language).join(meant_words(field, each, language, with_code=with_code) for each in codes)


def with_suggestion(text: Text, field: str | None, codes: Sequence[str], *, with_code: bool = True) -> Text:
    """What is wrong, and what was probably meant, if anything is."""
    if not codes:
        return text
    suggestion_words = Text(*(either_of(field, codes, each, with_code=with_code) for each in Text._fields))
    return Text(*(f"{text(each)} {MEANT(each).format(code=suggestion_words(each))}" for each in Text._fields))


def sentences(finding: Finding) -> Text:
    """The sentence in both languages."""
    return Text(sentence(finding, "da"), sentence(finding, "en"))
