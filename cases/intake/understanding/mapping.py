"""What a partner has told us of its own columns and words, so that nothing is asked twice.

    {
        "columns": {"Landsdel": "region"},
        "values": {"region": {"Øst": "DK02"}},
        "dates": {"referred_in": "day_first"},
        "editions": {"exploitation_detail": "DB25"}
    }

It is the only text of a partner that is kept. So it is short, and what looks like an identifier is refused. A word that is none of
ours may be a name that no list has: it is kept only where the sender says that no word names a person (`names_nobody`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Self

from msgspec import Struct, ValidationError, convert, field, to_builtins
from msgspec.structs import replace

from cases.fields import MonthField
from cases.intake.findings import FileRefused, Finding
from cases.intake.guard.values import header_kind, value_kind
from cases.intake.guard.words import fold as fold_characters
from cases.intake.guard.words import hidden_words_in, is_word_of_ours, words_in
from cases.intake.templates.columns import COLUMNS
from cases.intake.understanding.codes import CODED, INDUSTRIES, code_meant, code_of
from cases.intake.understanding.headers import MEMBERS, member_of, nearest_members
from cases.intake.understanding.industries import NaceEdition
from cases.intake.understanding.questions import MOST_CHARACTERS, MOST_ENTRIES, WORD_UNKNOWN
from cases.intake.understanding.texts import DateOrder, fold

WRONG, IDENTIFIER = "columns_wrong", "identifier_in_file"
MALFORMED, FIELD_UNKNOWN = "mapping_malformed", "mapping_field_unknown"
PARTS = ("columns", "values", "dates", "editions")
NOBODY = "names_nobody"
# So many places of a mapping are named.
MOST_FINDINGS = 20
MONTHS = frozenset(column.name for column in COLUMNS if isinstance(column.field, MonthField))
# The parts that say one thing of a field: of which fields, and what.
CHOICES: Mapping[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "dates": (MONTHS, tuple(map(str, DateOrder))),
    "editions": (INDUSTRIES, tuple(map(str, NaceEdition))),
}


class MappingContent(Struct, frozen=True, forbid_unknown_fields=True):
    """The mapping of a partner: the member of each own header, the code of each own word by field, the order of dates by field, and
    the edition by which letters of industries are read.

    `names_nobody`: whoever sends it has looked at the words, and says that none of them names a person. It is not kept.
    """

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    dates: dict[str, DateOrder] = field(default_factory=dict)
    editions: dict[str, NaceEdition] = field(default_factory=dict)
    names_nobody: bool = False

    def with_further(self, other: Self) -> Self:
        """Both, where `other` goes before this one."""
        values = {
            name: combine(self.values.get(name, {}), other.values.get(name, {}))
            for name in {*self.values, *other.values}
        }
        columns = combine(self.columns, other.columns)
        return type(self)(columns, values, {**self.dates, **other.dates}, {**self.editions, **other.editions})

    def as_json(self) -> dict[str, object]:
        content: dict[str, object] = to_builtins(self)
        return {name: content[name] for name in PARTS}


NOTHING = MappingContent()


def combine(first: dict[str, str], second: dict[str, str]) -> dict[str, str]:
    """The words of both, where the second one's meaning of a word goes before the first one's."""
    keys = {fold(word) for word in second}
    return {**{word: code for word, code in first.items() if fold(word) not in keys}, **second}


def mapping_of(data: object) -> MappingContent:
    """The mapping of a JSON value. Raises `FileRefused` with every finding: `columns_wrong`, or `identifier_in_file`."""
    shapes = list(shapes_of(data))
    places = {(each.path, each.index) for each in shapes}
    further = findings_on(readable(data)) if isinstance(data, Mapping) else ()
    refuse(WRONG, [*shapes, *(each for each in further if (each.path, each.index) not in places)])
    try:
        content = convert(data, MappingContent)
    except (ValidationError, RecursionError):
        raise FileRefused(WRONG, [(Finding(MALFORMED), None)]) from None
    refuse(IDENTIFIER, identifiers_in(content))
    return content


def mapping_to_keep(data: object, mapping_stored: MappingContent = NOTHING) -> MappingContent:
    """The same of what is to be kept. `mapping_stored`: what was kept before.

    Raises `FileRefused` too where there is a word that is unknown and new, and nobody has said that it names nobody.
    """
    content = mapping_of(data)
    refuse(WRONG, () if content.names_nobody else unknown_words_in(content, mapping_stored))
    return replace(content, names_nobody=False)


def readable(data: Mapping[str, object]) -> MappingContent:
    """What of a mapping has its form, each entry in its place; what is no text is an empty one."""
    columns, values, dates, editions = (object_of(data.get(name)) for name in PARTS)
    words = {name: texts_of(each) for name, each in values.items()}
    orders, each_edition = dict.fromkeys(dates, DateOrder.DAY_FIRST), dict.fromkeys(editions, NaceEdition.DB07)
    return MappingContent(texts_of(columns), words, orders, each_edition)


def object_of(part: object) -> Mapping[str, object]:
    """An object; an empty one in place of anything else."""
    return part if isinstance(part, Mapping) else {}


def texts_of(part: object) -> dict[str, str]:
    return {name: value if isinstance(value, str) else "" for name, value in object_of(part).items()}


def refuse(problem: str, findings: Iterable[Finding]) -> None:
    """Raise `FileRefused` where there is any finding; of many the first are named."""
    every = list(dict.fromkeys(findings))
    if every:
        raise FileRefused(problem, [(finding, None) for finding in every[:MOST_FINDINGS]], total=len(every))


def shapes_of(data: object) -> Iterator[Finding]:
    """What is no mapping in a JSON value, by its place. A text that was sent is no part of a place: an entry has its number."""
    if not isinstance(data, Mapping):
        yield Finding(MALFORMED, allowed=PARTS)
        return
    names = (*PARTS, NOBODY)
    yield from (Finding(MALFORMED, index=index, allowed=names) for index, name in enumerate(data) if name not in names)
    if not isinstance(data.get(NOBODY, False), bool):
        yield Finding(MALFORMED, path=(NOBODY,))
    for name in PARTS:
        part = data.get(name, {})
        if not isinstance(part, Mapping):
            yield Finding(MALFORMED, path=(name,))
        elif name == "values":
            yield from shapes_of_words(part)
        else:
            yield from not_texts(part, (name,))
            yield from wrong_choices(name, part)


def shapes_of_words(fields: Mapping[str, object]) -> Iterator[Finding]:
    """The same of the words of each field."""
    for index, (name, words) in enumerate(fields.items()):
        path = ("values", name) if name in CODED else ("values",)
        if isinstance(words, Mapping):
            yield from not_texts(words, path)
        else:
            yield Finding(MALFORMED, path=path, index=None if name in CODED else index)


def not_texts(part: Mapping[str, object], path: tuple[str, ...]) -> Iterator[Finding]:
    """The entries of an object that are no texts."""
    return (
        Finding(MALFORMED, path=path, index=index)
        for index, value in enumerate(part.values())
        if not isinstance(value, str)
    )


def wrong_choices(part: str, choices: Mapping[str, object]) -> Iterator[Finding]:
    """The orders of dates, or the editions, that are none."""
    fields, codes_allowed = CHOICES.get(part, (frozenset(), ()))
    for index, (name, choice) in enumerate(choices.items()):
        if codes_allowed and isinstance(choice, str) and choice not in codes_allowed:
            path = (part, name) if name in fields else (part,)
            yield Finding(MALFORMED, path=path, index=None if name in fields else index, allowed=codes_allowed)


def findings_on(content: MappingContent) -> Iterator[Finding]:
    """What is wrong with a mapping. Texts of the partner are not repeated: an entry has its number among those beside it."""
    parts = [(("columns",), content.columns), *((("values", name), words) for name, words in content.values.items())]
    one_of_each: Mapping[str, Mapping[str, str]] = {"dates": content.dates, "editions": content.editions}
    if sum(map(len, (*(texts for _, texts in parts), *one_of_each.values()))) > MOST_ENTRIES:
        yield Finding("mapping_too_large")
        return
    for path, texts in parts:
        yield from findings_on_texts(path if path[-1] in CODED else path[:1], texts)
    yield from findings_on_columns(content.columns)
    for index, (name, words) in enumerate(content.values.items()):
        yield from findings_on_words(name, words, index)
    for part, choices in one_of_each.items():
        fields, _ = CHOICES[part]
        yield from (
            Finding(FIELD_UNKNOWN, path=(part,), index=index, allowed=tuple(sorted(fields)))
            for index, name in enumerate(choices)
            if name not in fields
        )


def findings_on_texts(path: tuple[str, ...], texts: Iterable[str]) -> Iterator[Finding]:
    """Headers or words that are too long, empty, or cannot be shown."""
    for index, text in enumerate(texts):
        if len(text) > MOST_CHARACTERS:
            yield Finding("mapping_too_large", path=path, index=index)
        elif not text.strip() or not text.isprintable():
            yield Finding(MALFORMED, path=path, index=index)


def findings_on_columns(columns: dict[str, str]) -> Iterator[Finding]:
    """What is wrong with the headers of a mapping."""
    path = ("columns",)
    repeats = repeats_in(columns)
    for index, (header, member) in enumerate(columns.items()):
        if member not in MEMBERS:
            near = nearest_members(member)
            suggestion = near[0] if near else None
            yield Finding("mapping_column_unknown", path=path, index=index, allowed=MEMBERS, suggestion=suggestion)
        elif member_of(header) not in {None, member} or index in repeats:
            yield Finding("mapping_contradicts", field=member, path=path, index=index)


def findings_on_words(name: str, words: dict[str, str], place: int) -> Iterator[Finding]:
    """What is wrong with the words of a field. `place`: its number among the fields."""
    coded_field, path = CODED.get(name), ("values", name)
    if coded_field is None:
        yield Finding(FIELD_UNKNOWN, path=path[:1], index=place, allowed=tuple(CODED))
        return
    repeats = repeats_in(words)
    for index, (word, code) in enumerate(words.items()):
        if code not in coded_field.allowed:
            suggestion = code_meant(name, code)
            yield Finding(
                "mapping_code_unknown",
                field=name,
                path=path,
                index=index,
                allowed=coded_field.allowed,
                suggestion=suggestion,
            )
        elif code_of(coded_field, word) not in {None, code} or index in repeats:
            yield Finding("mapping_contradicts", field=name, path=path, index=index)


def repeats_in(texts: Iterable[str]) -> frozenset[int]:
    """The numbers of the texts that are the same to a person as one before them."""
    keys = [fold(text) for text in texts]
    return frozenset(index for index, key in enumerate(keys) if key in keys[:index])


def identifiers_in(content: MappingContent) -> Iterator[Finding]:
    """Texts that look like identifiers, by the field that they are of."""
    for index, (header, member) in enumerate(content.columns.items()):
        # A header that is kept is looked at as a word is: two words that are none of ours are a name there.
        if header_kind(header) or value_kind(None, header):
            yield Finding("mapping_identifier", field=member, path=("columns",), index=index)
    for name, words in content.values.items():
        for index, word in enumerate(words):
            if value_kind(name, word):
                yield Finding("mapping_identifier", field=name, path=("values", name), index=index)


def unknown_words_in(content: MappingContent, mapping_stored: MappingContent) -> Iterator[Finding]:
    """New texts with a word that is none of ours, nor nearly one."""
    for index, (header, member) in enumerate(content.columns.items()):
        if header not in mapping_stored.columns and has_unknown_word(header):
            yield Finding(WORD_UNKNOWN, field=member, path=("columns",), index=index)
    for name, words in content.values.items():
        for index, word in enumerate(words):
            if word not in mapping_stored.values.get(name, {}) and has_unknown_word(word):
                yield Finding(WORD_UNKNOWN, field=name, path=("values", name), index=index)


def has_unknown_word(text: str) -> bool:
    """Whether a text has a word in it that is none of ours, in letters that stand apart or among digits too."""
    folded_text = fold_characters(text)
    return not all(map(is_word_of_ours, (*words_in(folded_text), *hidden_words_in(folded_text))))
