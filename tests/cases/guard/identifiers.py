"""Invented identifiers of every kind, written in every way that somebody has thought of, and rows without any. All are seeded."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from random import Random
from uuid import UUID

from cases.intake.guard.kinds import IdentifierKind

# No name here is on the guard's list: two words are known by being none of ours.
FIRST_NAMES = """
Oluwaseun Ifunanya Zainura Adaeze Tatsiana Ruxandra Zdenka Kwabena Akosua Nomvula Thandiwe Bukola Chukwuma
Ayomide Svitozar Yaroslava Kateryna Halyna Vesela Radostina Zlatko Bistra Pimchanok Kanokwan Niratcha Lieu
Quyen Hanh Phuong Marisol Xiomara Guadalupe Yesenia Rosibel Edelweiss Tomislava Ljubica Dragana Gjergj Shpresa
Xhevdet Besnik Nazanin Shirin Parwana Zarghuna Hibaaq Ubah Deqa Abukar Selamawit Tigist Mulugeta Frehiwot
Ingeborg Asgerd Thorkild Gunhild
"""
LAST_NAMES = """
Adebisi Onyekachi Nwachukwu Ogunleye Afriyie Boakyewaa Twumasi Dlamini Mkhize Ndlovu Shevchuk Bondarchuk
Tkachenko Kravchenko Zaharia Grigorescu Mocanu Ungureanu Stoyanova Hristova Todorov Wongsakul Sukprasert
Thongchai Pongpanich Truong Huynh Villanueva Bautista Macaraeg Dimaculangan Escobedo Quispe Mamani Berisolli
Gashi Zogaj Noorzai Popalzai Warsame Jimale Gebreselassie Haile Wolde Zetterlund Bjerregaard Østergaard
Nørskov Kjærgaard Vestergaard
"""
ROADS = "Nørregade Vesterbrogade Skovvej Kirkestræde Rådhuspladsen Amagerbrogade Lærkevænget"
TOWNS = ("København V", "Aarhus C", "Odense", "Aalborg SV", "Esbjerg", "Randers", "Kolding", "Vejle")
DOMAINS = ("gmail.com", "hotmail.dk", "outlook.com", "yahoo.co.uk", "mail.ru", "proton.me", "jubii.dk")
DANISH = "januar februar marts april maj juni juli august september oktober november december"
ENGLISH = "January February March April May June July August September October November December"
STREETS = ROADS.split()
FIRST, LAST = FIRST_NAMES.split(), LAST_NAMES.split()
MONTHS_DA, MONTHS_EN = DANISH.split(), ENGLISH.split()
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
ZEROS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10, 0x1D7CE)

Written = tuple[IdentifierKind, object]


def day_of(rng: Random) -> tuple[int, int, int]:
    """Somebody's day of birth."""
    return rng.randint(1, 28), rng.randint(1, 12), rng.randint(1940, 2012)


def cpr(rng: Random) -> str:
    """Ten digits, whether or not the check by modulus 11 holds; some with the day of a provisional number."""
    day, month, year = day_of(rng)
    return f"{day + 60 * (rng.random() < 0.1):02d}{month:02d}{year % 100:02d}{rng.randrange(10_000):04d}"


def grouped(rng: Random, digits: str) -> str:
    """A number in groups, with some sign between them."""
    sign: str = rng.choice([*DASHES, " ", ".", "/", "_", " - ", "\u00a0", "\t", ", ", ":", "·", "*"])
    cuts = rng.choice([(6,), (2, 4, 6), (4, 6), (6, 8), (3, 6)])
    places = [0, *cuts, len(digits)]
    return sign.join(digits[one:other] for one, other in itertools.pairwise(places))


def disguised(rng: Random, text: str) -> str:
    """A text with other digits, with characters that are not seen, or with letters that look like digits."""
    match rng.randrange(5):
        case 0:
            zero = rng.choice(ZEROS)
            return "".join(chr(zero + int(char)) if char.isdecimal() and char.isascii() else char for char in text)
        case 1:
            return "".join(char + rng.choice(HIDDEN) * (rng.random() < 0.5) for char in text)
        case 2:
            return text.replace("0", rng.choice("OoО")).replace("1", rng.choice("lI|"), 1)
        case 3:
            return "".join(chr(0xFEE0 + ord(char)) if "!" <= char <= "~" else char for char in text)
        case _:
            return text


def embedded(rng: Random, text: str) -> str:
    """A text among others."""
    before = rng.choice(["", "", "", "cpr ", "Kvinde, ", "(", "se ", "nr.", "'"])
    return f"{before}{text}{rng.choice(['', '', ' i mappen', ' (bekræftet)', ')'])}"


def written_cpr(rng: Random) -> object:
    """A CPR number as people and spreadsheets write it."""
    digits = cpr(rng)
    match rng.randrange(6):
        case 0:
            return int(digits)
        case 1:
            return float(digits)
        case 2:
            return f"{int(digits):.9E}".replace(".", rng.choice(".,"))
        case 3:
            return digits.removeprefix("0")
    few = sum(char in "01" for char in digits) < 4
    return (
        embedded(rng, disguised(rng, rng.choice([digits, grouped(rng, digits)])))
        if few
        else embedded(rng, grouped(rng, digits))
    )


def written_email(rng: Random) -> object:
    """An e-mail address, or what stands for one."""
    user, domain = f"{rng.choice(FIRST)}.{rng.choice(LAST)}".lower(), rng.choice(DOMAINS)
    at = rng.choice(
        ["@", "＠", " @ ", "(at)", "[at]", " (at) ", " at ", "{at}", "(snabel-a)", " snabela ", "﹫", "\u200b@"]
    )
    dotted = (
        domain
        if at.strip() == "@" or rng.random() < 0.5
        else domain.replace(".", rng.choice([" dot ", "(dot)", " punktum "]))
    )
    return embedded(rng, f"{user}{at}{dotted}")


def written_phone(rng: Random) -> object:
    """A telephone number, Danish or of another country."""
    digits = f"{rng.randint(2, 9)}{rng.randrange(10**7):07d}"
    grouped_digits = rng.choice(
        [
            digits,
            " ".join(digits[n : n + 2] for n in range(0, 8, 2)),
            f"{digits[:4]} {digits[4:]}",
            f"{digits[:4]}-{digits[4:]}",
        ]
    )
    foreign = f"{rng.randint(200, 999)}{rng.choice([' ', '-', ''])}{rng.randrange(10**9):09d}"
    number = rng.choice(
        [
            grouped_digits,
            f"+45 {grouped_digits}",
            f"0045{grouped_digits}",
            f"(+45) {grouped_digits}",
            f"+{foreign}",
            f"00{foreign}",
        ]
    )
    return int(digits) if rng.random() < 0.1 else embedded(rng, number)


def written_name(rng: Random) -> object:
    """The name of a person."""
    first, last = rng.choice(FIRST), rng.choice(LAST)
    forms = [
        f"{first} {last}",
        f"{last}, {first}",
        f"{last.upper()} {first}",
        f"{first[0]}. {last}",
        f"{first} {last}".lower(),
    ]
    forms += [
        f"{first} {rng.choice(FIRST)} {last}",
        f"{first}\u00a0{last}",
        f"{first}-{rng.choice(FIRST)} {last}",
        f"{first}_{last}",
    ]
    forms += [
        f"{first[0]}.{last[0]}.",
        "\u200b".join(f"{first} {last}"),
        f"Klient {first} {last}",
        f"{first} {last} 34",
    ]
    forms += ["Фатима Хасан", "Նարե Սարգսյան", "สมชาย ใจดี", "阮氏芳草"]
    return rng.choice(forms)


def written_birth_date(rng: Random) -> object:
    """A day of birth."""
    day, month, year = day_of(rng)
    sign = rng.choice([*"-./ ", "–", " - ", ". "])
    forms = [
        f"{day:02d}{sign}{month:02d}{sign}{year}",
        f"{day}{sign}{month}{sign}{year}",
        f"{year}{sign}{month:02d}{sign}{day:02d}",
    ]
    forms += [
        f"{day}. {MONTHS_DA[month - 1]} {year}",
        f"{MONTHS_EN[month - 1]} {day}, {year}",
        f"{day} {MONTHS_EN[month - 1][:3]} {year}",
    ]
    forms += [f"{day:02d}.{month:02d}.{year % 100:02d}", f"{day:02d}{month:02d}{year}", f"{year}{month:02d}{day:02d}"]
    forms += [
        f"{year}-{month:02d}-{day:02d}T00:00:00Z",
        f"født {day}/{month}-{year}",
        f"{day:02d}{month:02d}{year % 100:02d}-xxxx",
    ]
    return rng.choice(forms)


def written_address(rng: Random) -> object:
    """An address, or a town with its postal code."""
    street, number, code, town = rng.choice(STREETS), rng.randint(1, 180), rng.randint(1000, 9990), rng.choice(TOWNS)
    forms = [
        f"{street} {number}",
        f"{street.upper()} {number}B",
        f"{street} {number}, 2. tv.",
        f"{code} {town}",
        f"DK-{code} {town}",
    ]
    forms += [
        f"{street} {number}, {code} {town}",
        f"{number} Baker Street",
        f"c/o {rng.choice(LAST)}",
        f"{number}b Long Road",
        f"Postboks {number}",
    ]
    return embedded(rng, rng.choice(forms))


def written_url(rng: Random) -> object:
    """The address of a page."""
    user = rng.choice(FIRST).lower()
    forms = [
        f"https://www.facebook.com/{user}",
        f"www.{user}.dk",
        f"http://{user}.com",
        f"{user}.dk/profil",
        f"hxxps://{user}.ro",
    ]
    forms += [
        f"facebook.com/{user}",
        f"instagram: {user}",
        f"t.me/{user}",
        f"{user} dot com",
        f"HTTPS://{user.upper()}.ORG",
    ]
    return embedded(rng, rng.choice(forms))


def written_case_number(rng: Random) -> object:
    """A case number with its caseworker's initials, or with the word for one."""
    year, number, initials = (
        rng.randint(2005, 2026),
        rng.randint(1, 99_999),
        "".join(rng.sample("BGHJKLPQRVWXZ", rng.randint(2, 4))),
    )
    forms = [
        f"{year}-{number} {initials}",
        f"{year}/{number}{initials}",
        f"{initials} {year}-{number}",
        f"{initials}-{year}/{number}",
    ]
    forms += [
        f"J.nr. {year}-{number}",
        f"j.nr {number}",
        f"sagsnr.: {number}",
        f"Sag nr. {year}/{number}",
        f"case no. {number}",
        f"journalnr {number}",
    ]
    return rng.choice(forms)


def written_reference(rng: Random) -> object:
    """A UUID that was not drawn by chance."""
    digits, fill = cpr(rng), rng.choice("0123456789abcdef")
    at = rng.randrange(0, 23)
    hidden = UUID(hex=(fill * at + digits + fill * 32)[:32]).int
    forms = [
        hidden,
        int(fill * 32, 16),
        rng.randrange(10**5),
        rng.randrange(10**5) << 96,
        int("".join(rng.sample("0123456789abcdef", 4)) * 8, 16),
    ]
    step = rng.choice([1, 15])
    forms.append(
        int(
            "".join(f"{(rng.randrange(16) + n * step) % 16:x}" if n == 0 else f"{n * step % 16:x}" for n in range(32)),
            16,
        )
    )
    chosen = rng.choice(forms)
    # A CPR number is lost where the digits of the version are written over it.
    return str(UUID(int=chosen)) if chosen is hidden else str(UUID(int=chosen, version=4))


WAYS: dict[IdentifierKind, Callable[[Random], object]] = {
    IdentifierKind.CPR: written_cpr,
    IdentifierKind.EMAIL: written_email,
    IdentifierKind.PHONE: written_phone,
    IdentifierKind.NAME: written_name,
    IdentifierKind.BIRTH_DATE: written_birth_date,
    IdentifierKind.ADDRESS: written_address,
    IdentifierKind.URL: written_url,
    IdentifierKind.CASE_NUMBER: written_case_number,
    IdentifierKind.REFERENCE: written_reference,
}


def identifiers(number: int, seed: int) -> Iterator[Written]:
    """So many identifiers, of all kinds in turn."""
    rng, kinds = Random(seed), list(WAYS)
    for n in range(number):
        kind = kinds[n % len(kinds)]
        yield kind, WAYS[kind](rng)
