"""What each kind of identifier looks like, in values and in headers, and what does not. Each rule alone knows some of them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cases.intake.guard.kinds import IdentifierKind
from cases.intake.guard.values import header_kind, value_kind
from cases.intake.guard.words import all_fields


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (IdentifierKind.CPR, "010185-1234"),
        (IdentifierKind.CPR, "610185-1234"),
        (IdentifierKind.CPR, 101851234),
        (IdentifierKind.CPR, 1403851234.0),
        (IdentifierKind.CPR, "1,403851234E+09"),
        (IdentifierKind.CPR, "1,4038512E+09"),
        (IdentifierKind.CPR, "O1O185-I234"),
        (IdentifierKind.CPR, "01 01 85 – 12 34"),
        (IdentifierKind.CPR, "١٤٠٣٨٥١٢٣٤"),
        (IdentifierKind.CPR, "1\u200b4\u200b0385-1234"),
        (IdentifierKind.CPR, "❶❹⓪❸❽❺❶❷❸❹"),
        (IdentifierKind.EMAIL, "x@y"),
        (IdentifierKind.EMAIL, "@nickname"),
        (IdentifierKind.EMAIL, "somebody (at) place dot dk"),
        (IdentifierKind.EMAIL, "somebody at place dot dk"),
        (IdentifierKind.PHONE, "20 30 40 50"),
        (IdentifierKind.PHONE, 20304050),
        (IdentifierKind.PHONE, "+1 555 0100"),
        (IdentifierKind.NAME, "Adaeze Zogaj"),
        (IdentifierKind.NAME, "adaeze zogaj"),
        (IdentifierKind.NAME, "Fatima"),
        (IdentifierKind.NAME, "Kvinde: Adaeze Zogaj"),
        (IdentifierKind.NAME, "A. Zogaj"),
        (IdentifierKind.NAME, "A.Z."),
        (IdentifierKind.NAME, "Фатима"),
        (IdentifierKind.BIRTH_DATE, "14-03-1985"),
        (IdentifierKind.BIRTH_DATE, "1985/3/14"),
        (IdentifierKind.BIRTH_DATE, "14. marts 1985"),
        (IdentifierKind.BIRTH_DATE, "March 14, 1985"),
        (IdentifierKind.BIRTH_DATE, "1985 March 14"),
        (IdentifierKind.BIRTH_DATE, "140385"),
        (IdentifierKind.BIRTH_DATE, "19850314"),
        (IdentifierKind.BIRTH_DATE, "201008-xxxx"),
        (IdentifierKind.BIRTH_DATE, date(1985, 3, 14)),
        (IdentifierKind.BIRTH_DATE, datetime(2012, 3, 14, 0, 0)),  # noqa: DTZ001 (as a spreadsheet has it)
        (IdentifierKind.ADDRESS, "Nørregade 12"),
        (IdentifierKind.ADDRESS, "12 Baker Street"),
        (IdentifierKind.ADDRESS, "2100 København Ø"),
        (IdentifierKind.ADDRESS, "c/o Zogaj"),
        (IdentifierKind.URL, "https://place"),
        (IdentifierKind.URL, "place.dk/somebody"),
        (IdentifierKind.URL, "facebook: somebody"),
        (IdentifierKind.CASE_NUMBER, "2023-1234 BKR"),
        (IdentifierKind.CASE_NUMBER, "BKR 2023-17"),
        (IdentifierKind.CASE_NUMBER, "J.nr. 17"),
        (IdentifierKind.REFERENCE, "00000000-0000-4000-8000-000000000007"),
        (IdentifierKind.CPR, "00000000-0000-4000-8000-001403851234"),
    ],
)
def test_each_kind_is_known(kind: IdentifierKind, value: object) -> None:
    assert value_kind("region", value) == kind
    assert value_kind("services_needed", ["LEGAL", value]) == kind
    assert value_kind(None, {"LEGAL": [value]}) == kind


@pytest.mark.parametrize(
    "value",
    [
        *(
            "Kvinder",
            "Nigeriansk statsborger",
            "Ivory Coast",
            "Viet Nam",
            "Ikke oplyst",
            "på gaden",
            "Forced Labour",
            "NEW_CODE",
        ),
        *(
            "Sexual Exploitation",
            "Trusler; Fysisk vold",
            "18-24 år",
            "12 - 14",
            "7KQ2M8XW4A5",
            "n/a",
            "2025",
            "2025-03",
            "kbh",
        ),
        *(
            None,
            True,
            3,
            2.5,
            float("nan"),
            float("inf"),
            "",
            " ",
            "\u200b",
            "-",
            "_U",
            "f" * 64,
            "3f2b8c1e-9d47-4a6b-8e15-7c0d2f9",
        ),
    ],
)
def test_what_partners_write_in_their_own_lists_is_left_to_the_rules(value: object) -> None:
    assert value_kind("region", value) is None


@pytest.mark.parametrize(
    "value",
    [
        *(
            "14-03-2025",
            "2025-03-14",
            "14.3.2025",
            "14/3/25",
            "20250314",
            "14032025",
            "2025-03-14 00:00:00",
            "14. marts 2025",
        ),
        *("2025-03-14T00:00:00Z", "032025", 202503, "March 2025", date(2000, 1, 1)),
    ],
)
def test_a_day_of_this_century_is_a_month_where_a_month_is_asked_for(value: object) -> None:
    assert value_kind("referred_in", value) is None
    assert value_kind("decided_in", value) is None


@pytest.mark.parametrize(
    "value", ["14-03-1985", "1985-03-14", "140385", "14.03.85", "14. marts 1985", "19850314", date(1999, 12, 31)]
)
def test_an_earlier_day_is_a_birth_date_there_too(value: object) -> None:
    assert value_kind("referred_in", value) == IdentifierKind.BIRTH_DATE


@pytest.mark.parametrize("value", ["14-03-2025", date(2025, 3, 14)])
def test_a_day_stands_in_no_other_column(value: object) -> None:
    assert value_kind("region", value) == value_kind(None, value) == IdentifierKind.BIRTH_DATE


HEADERS = {
    IdentifierKind.CPR: "CPR,Cpr-nr.,c.p.r.,CPR nummer,Personnummer,ＣＰＲ,C\u200bPR",
    IdentifierKind.EMAIL: "E-mail,Mailadresse,klientens email",
    IdentifierKind.PHONE: "Telefon,Tlf.,Mobil nr,phone number,Pas nr",
    IdentifierKind.NAME: "Navn,Fornavn,Efternavn,First name,firstName,LAST_NAME,Borger,Initialer,KLIENTENS NAVN,Navn på klient",
    IdentifierKind.BIRTH_DATE: "Fødselsdato,fodselsdato,Foedselsdato,DOB,Date of birth,Birth date,født",
    IdentifierKind.ADDRESS: "Adresse,Postnr.,bopælsadresse,Street",
    IdentifierKind.URL: "URL,Hjemmeside,Facebook-profil",
    IdentifierKind.CASE_NUMBER: "Sagsnr.,J.nr.,Journalnummer,Case number",
}


@pytest.mark.parametrize(("kind", "names"), HEADERS.items())
def test_headers_that_ask_for_identifiers(kind: IdentifierKind, names: str) -> None:
    assert {name: header_kind(name) for name in names.split(",")} == dict.fromkeys(names.split(","), kind)


@pytest.mark.parametrize("name", ["010185-1234", "Fatima Hassan", "somebody@place.dk", "Nørregade 12"])
def test_a_header_can_be_an_identifier_itself(name: str) -> None:
    assert header_kind(name) is not None


def test_headers_of_ours_and_of_things_are_none() -> None:
    ours = [text for field in all_fields() for text in (field.name, *field.label, field.label.da.upper())]
    others = [
        "reference",
        "version",
        "Country name",
        "Filnavn",
        "Organisationsnavn",
        "Kommune",
        "Ankomst Dato",
        "linkage_code",
    ]
    assert [name for name in [*ours, *others] if header_kind(name)] == []
