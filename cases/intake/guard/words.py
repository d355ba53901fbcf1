"""The guard's words: one writing for what looks the same, the words of ours, and a person's name among words that are none.

A value should be a code or a label, and whatever is not is looked at for a name.

They are what one word alone is known by. Two words need no list: see `is_name`.

A value of two words that are none of these is a name. A word that is one letter off is one of ours as well: it is misspelt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, groupby

from cases import dictionary as d
from cases.fields import CodedField, CodeSetField, Field

# Dashes and dots that are no punctuation of their kind to Unicode.
AS_DASH = frozenset("\u02d7\u2043\u2212\u2796\u30fc\u4e00")
AS_DOT = frozenset("\u00b7\u2022\u2024\u2027\u3002\u30fb\u22c5")
AS_SLASH = frozenset("\u2044\u2215")
BLANKS = re.compile(r"\s+")
# Letters that are written for 0 and 1: Latin, Greek and Cyrillic ones.
LOOKALIKES = str.maketrans(
    dict.fromkeys("OoØø\u039f\u03bf\u041e\u043e\u0555\u3007", "0")
    | dict.fromkeys("Iil|!\u0399\u03b9\u0406\u0456\u04cf", "1")
)


def fold(text: str) -> str:
    """The text with plain digits, dashes, dots and blanks, and without characters that show nothing."""
    if not text.isascii():
        text = "".join(map(fold_character, unicodedata.normalize("NFKC", text)))
    elif not text.isprintable():
        text = "".join(each if each.isprintable() else " " for each in text)
    return BLANKS.sub(" ", text).strip()


def fold_character(char: str) -> str:
    """One character, plain; nothing for a mark or a format character."""
    if char.isascii():
        return char if char.isprintable() else " "
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    for plain, those in (("-", AS_DASH), (".", AS_DOT), ("/", AS_SLASH)):
        if char in those:
            return plain
    return BY_CATEGORY.get(unicodedata.category(char), char)


# By Unicode's general category: dashes, blanks, and what is not seen.
BY_CATEGORY = {
    "Pd": "-",
    **dict.fromkeys(("Zs", "Zl", "Zp"), " "),
    **dict.fromkeys(("Cc", "Cf", "Mn", "Me", "Cn", "Co", "Cs"), ""),
}


GIVEN = """
aaliyah abdi abdullah abeba abel adaobi adeola adriana aferdita agnieszka ahmad ahmed aisha aishat ali alice alina aleksandra
alexandra alexandru ama amal amara amina amira ana anastasia andreea andrei andrzej angelica anita anna anne annette anton
aoife arben arjun ayse bahar balazs beata benjamin bente birgit birgitte blessing bogdan camilla carlos catalina cecilie
charlotte chiamaka chidinma chinedu chioma christian christina claudia cristina daniel daniela daria david diana dimitri dmytro
doina dorota ebele edita ekaterina elena elham elif elisabeth elizabeth emil emilie emma erik esther eszter ewa ezinne fadumo
faith farah fatema fatima fatma fatou fatoumata favour felicia fernando florin freja frida gabriela gheorghe gitte grace gulnara
habiba hanna hanne hannah hans hassan helle henrik huong hussein ibrahim ifeoma igor ileana ines inga inge ingrid ioana ion
irina isabella istvan ivan ivana jacob jakob jasmin jasmina jelena jens jesper joanna johanne john jonas jorge jose joseph joy
juan julia juliana julie jytte kamila karen karin karolina katarzyna katerina kathrine katja khadija kim kirsten kjeld klaus
krisztina kristina krzysztof lacramioara lan lars lasse laura leila lena lene leyla lina linh lise liudmila lone lotte louise lucas
ludmila luis maja malene malgorzata mamadou manuela maria mariam mariana marie marius mariya marta martin mary maryam mathilde
maxim mehmet mette michael michaela mihaela mihai mikkel mila milena ming mircea mohamed mohammad mohammed monica monika morten
muhammad mustafa nadia nadja naomi natalia nataliya nataša ngozi nguyen nicola nicoleta niels nikolaj nikoleta nina nkechi
noor nora nour nurul oana obinna ogechi oksana olena olga olivia omar osman oscar ousmane patience patricia paulina peace pedro
peter petra pia piotr precious princess promise queen rachel radu rahima rania raquel rasmus razan rebecca regina rikke
rita roberta rosa roxana ruth sabrina sadia sahra samira sandra sanne sara sarah sergei sergiu shabnam sofia sofie
somchai sophie stefan stefania stella steven stine sunniva susanne svetlana svitlana søren tamara tanja tatiana temitope teodora
teresa thi thomas thu thuy tina tine tomasz torben trang trine ulla uchenna valentina valeria vanessa vasile vera veronica
vesna victor victoria viktoria vivian vladimir volha yasmin yetunde yulia yuliya yusuf zahra zainab zeynep zofia zoltan zsofia
"""
FAMILY = """
abdi abdullahi abubakar adebayo adeyemi afolabi agyeman ahmadi ahmed ahmeti akhtar alexandru ali amoah andersen andersson
andrei antonescu arslan asante balogun bakker barbu bashir begum berisha boateng bogdanova bondarenko carlsen
castro ceban chaiyasit chen christensen christiansen christoffersen ciobanu clausen constantin costescu cruz dahl danielsen
davidova demir diallo diaz dimitrov dimitrova dinu dragomir dumitrescu dumitru emmanuel eriksen eriksson eze fernandez
ferreira florea frederiksen garcia georgescu georgiev georgieva gomez gonzalez gheorghe gupta haidari hansen hashemi hassan
hasani henriksen hernandez hoang hoxha hussain hussein ibrahim iliescu iliev ilieva ionescu ivanov ivanova jacobsen jensen
jensson jeppesen johansen johnson jonsson jovanovic jørgensen kamara kaminska kaya keita khalil khan kjeldsen
kiss klausen knudsen koroma kovacs kovalenko kowalska kowalski kozak krasniqi kristensen kristiansen krogh kumar larsen laursen
lewandowska lopez lungu madsen marinova marku martinez mensah mikkelsen mohamud mortensen moldovan munteanu mustafa møller nagy
nguyen nielsen nielson nikolova nilsen nilsson novak nowak nwosu obi okafor okeke okonkwo okoro olofsson olsen olsson omar
onyeka osei owusu patel paulsen pedersen perera pereira petersen petrescu petrov petrova petrović pham phan poulsen
popa popescu popov popova radu rahman rahimi ramos rasmussen reyes rexhepi rodriguez rossi rusu santos sahin schmidt
shah shala sharma shevchenko silva singh simonsen smith somboon sow stan stoica suleiman svensson szabo sørensen tesfaye
thapa thomsen toth toure tran traore usman vasilev vasileva vinther vo wiśniewska wójcik yilmaz yeboah yusuf zhang zhao
"""
NAMES = frozenset((GIVEN + FAMILY).split())


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
    return frozenset(
        short for word in our_words() if len(word) >= SHORTEST_NEAR for short in (word, *shorter_forms(word))
    )


def shorter_forms(word: str) -> Iterator[str]:
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
        lower in misspelt_words()
        or any(short in misspelt_words() for short in shorter_forms(lower))
        or is_compound(lower)
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
    return frozenset(
        short for label in labels if len(label) >= SHORTEST_NEAR for short in (label, *shorter_forms(label))
    )


def is_near_label(folded_text: str) -> bool:
    """Whether a folded text is one letter off a code or a label."""
    lower = folded_text.casefold()
    if len(lower) > LONGEST_LABEL:
        return False
    return lower in misspelt_labels() or any(short in misspelt_labels() for short in shorter_forms(lower))


# A piece of a text between blanks and signs. One with digits in it is a code or a token, but for four letters or more.
PIECE = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"\d*([^\W\d_]+)\d*")
DIGITS_AMONG_LETTERS = re.compile(r"[^\W\d_]\d+[^\W\d_]")
NO_LETTER = re.compile(r"[\W\d_]+")
INITIALS = re.compile(r"(?:[^\W\d_]\. ?){2,4}")
INITIAL_AND_NAME = re.compile(
    r"(?:[^\W\d_]\. ?)+(?P<last>[^\W\d_]{2,})|(?P<first>[^\W\d_]{2,}),? (?:[^\W\d_]\. ?)+", re.I
)
LONG = 4
MANY_LETTERS = 3
APOSTROPHES = str.maketrans("", "", "'\u2019\u2018`\u00b4")


def is_word_of_ours(word: str) -> bool:
    """Whether a word stands in the dictionary, or is nearly one that does."""
    return is_our_word(word) or is_near_our_word(word)


def is_name(text: str) -> bool:
    """Whether a folded text is a person's name, has one in it, or is initials with points."""
    if INITIALS.fullmatch(text) or is_of_another_script(text):
        return True
    words = words_in(text)
    if any(word.casefold() in names() for word in words):
        return True
    if match := INITIAL_AND_NAME.fullmatch(text):
        return not is_our_word(match["last"] or match["first"])
    return len(words) > 1 and are_strange(words)


def words_in(text: str) -> list[str]:
    """The words of a text: no single letters, and no codes that are made of letters and digits."""
    pieces = [(piece, LETTERS.fullmatch(piece)) for piece in PIECE.findall(text.translate(APOSTROPHES))]
    return [match[1] for piece, match in pieces if match and len(match[1]) >= (2 if match[1] == piece else LONG)]


def hidden_words_in(text: str) -> list[str]:
    """The words of a text whose letters stand apart (`D l a m i n i`, `D.L.A.M`) or have digits among them (`S1th3be`), plain."""
    pieces = PIECE.findall(text.translate(APOSTROPHES))
    apart = ("".join(run) for is_one, run in groupby(pieces, lambda piece: len(piece) == 1) if is_one)
    mixed_pieces = (piece for piece in pieces if DIGITS_AMONG_LETTERS.search(piece))
    words = (NO_LETTER.sub("", each) for each in chain(apart, mixed_pieces))
    return [word for word in words if len(word) >= MANY_LETTERS]


def are_strange(words: list[str]) -> bool:
    """Whether several words are a name: two of them with capitals are none of ours, or one is and no other stands as it is."""
    strange = [word for word in words if not is_word_of_ours(word)]
    if any(map(is_our_word, words)):
        return sum(map(has_capital, strange)) > 1
    return bool(strange)


def has_capital(word: str) -> bool:
    """Whether a word begins with a capital."""
    return word[0].isupper()


def is_of_another_script(text: str) -> bool:
    """Whether a text has three letters or more that are not Latin: no code and no label has one."""
    return not text.isascii() and sum(not is_latin(char) for char in text if char.isalpha()) >= MANY_LETTERS


@cache
def is_latin(char: str) -> bool:
    """Whether a letter is Latin."""
    return unicodedata.name(char, "").startswith(("LATIN", "MICRO", "FEMININE", "MASCULINE"))
