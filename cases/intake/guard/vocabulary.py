"""The words of ours: what stands in the dictionary, and the little words of Danish and English between them.

A value of two words that are none of these is a name. A word that is one letter off is one of ours as well: it is misspelt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from cases import dictionary as d
from cases.fields import CodedField, CodeSetField, Field
from cases.intake.guard.folding import fold
from cases.intake.guard.names import NAMES

WORD = re.compile(r"[^\W\d_]+")
SHORTEST_NEAR = 5
LONGEST_LABEL = 200
# What partners write in lists of their own, beside the words of the dictionary, and other names of countries.
COMMON = """
af alle anden andet andre at bor både da den det der dog efter ej eller en end er et flere for fra få før gennem ved har hvor
i ikke ind ingen intet ja kun kan kendt ligger lille med mellem men mere mindst mindre mod nej nogle nok nu næsten når og om op
over oplyst uoplyst opgivet på samme selv siden ske som stor til tidligere ud uden under ung unge ukendt ved ved vedr via voksen
voksne være år måned måneder dag dage uge uger dato tid sted type art form antal nummer nr kode koder ny nye gammel sag sager
sagsbehandler henvisning henvisninger indberetning felt kolonne ark skema række eksempel test note noter bemærkning bemærkninger
a about above all an and any are as at be been before below between both by can code codes date day days did do does for
from given had has have in into is it its less many may more most new no none nor not number of off old on one only or other
out over own per place report row same sheet sample since some such than that the their then there these they this those to
total two type unknown under until up was way week weeks were what when where which who will with without year years yes month
months referral referrals case cases form field column example
branche brancher branchekode branchekoder dansk udgave industry industries sector nace edition
north south east west northern southern central republic democratic people islands island kingdom states united federation
nord syd øst vest viet nam ivory coast cabo verde hong kong sao tome timor czech holland burma macedonia cote ivoire swaziland
jan feb mar apr maj jun jul aug sep okt nov dec januar februar marts april juni juli august september oktober november december
january february march may june july october mrs
"""


def dictionary_texts() -> Iterator[str]:
    """Every text of the dictionary: names, codes, labels, helps, and words for the search."""
    for field in all_fields():
        yield from (field.name, *field.label, *field.help)
        if isinstance(field, CodedField):
            yield from field.search_words
        yield from codes_and_labels(field)


def codes_and_labels(field: Field) -> Iterator[str]:
    """The codes of a field with their labels, present and earlier ones."""
    if not isinstance(field, CodedField | CodeSetField):
        return
    yield from field.allowed
    for code in field.codelist.codes:
        yield from (*code.label, *(text for change in code.label_changes for text in change.was))


def all_fields() -> tuple[Field, ...]:
    """The fields of every record that is sent."""
    return (*d.REFERRAL, *d.ASSESSMENT, *d.WITHDRAWAL)


@cache
def our_words() -> frozenset[str]:
    """The words of ours, in lower case. A word that is a name as well, as Martin is, is neither: `is_name` and this say no."""
    words = words_of([*dictionary_texts(), COMMON])
    return words - NAMES


@cache
def names() -> frozenset[str]:
    """The names of persons that are no word of ours."""
    return NAMES - words_of(dictionary_texts())


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts, in lower case."""
    return frozenset(word.casefold() for text in texts for word in WORD.findall(fold(text)) if len(word) > 1)


@cache
def misspelt_words() -> frozenset[str]:
    """Every word of ours with one letter left out: two words of which one is a misspelling share one of these."""
    return frozenset(short for word in our_words() if len(word) >= SHORTEST_NEAR for short in (word, *shortened(word)))


def shortened(word: str) -> Iterator[str]:
    """The word with each of its letters left out."""
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def is_our_word(word: str) -> bool:
    """Whether a word stands in the dictionary."""
    return word.casefold() in our_words()


def is_near_our_word(word: str) -> bool:
    """Whether a word is one letter off a word of ours, or made with one, as Danish makes words."""
    lower = word.casefold()
    if len(lower) < SHORTEST_NEAR:
        return False
    return (
        lower in misspelt_words() or any(short in misspelt_words() for short in shortened(lower)) or is_compound(lower)
    )


def is_compound(word: str) -> bool:
    """Whether a word of ours of five letters or more begins or ends it."""
    words_known = our_words()
    lengths = range(SHORTEST_NEAR, len(word))
    return any(word[:length] in words_known or word[-length:] in words_known for length in lengths)


@cache
def misspelt_labels() -> frozenset[str]:
    """Every code and label of five letters or more, in lower case, with one letter left out: see `misspelt_words`."""
    labels = {fold(text).casefold() for field in all_fields() for text in codes_and_labels(field)}
    return frozenset(short for label in labels if len(label) >= SHORTEST_NEAR for short in (label, *shortened(label)))


def is_near_label(folded_text: str) -> bool:
    """Whether a folded text is one letter off a code or a label."""
    lower = folded_text.casefold()
    if len(lower) > LONGEST_LABEL:
        return False
    return lower in misspelt_labels() or any(short in misspelt_labels() for short in shortened(lower))
