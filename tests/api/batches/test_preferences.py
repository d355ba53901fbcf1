"""`Prefer` as RFC 7240 has it: names in any case, quotes, parameters, and what is not known is passed over."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from api.http.request_headers import Preferences, preferences_of
from cases.intake.models import Handling

STRICT, LENIENT = Preferences(Handling.STRICT), Preferences(Handling.LENIENT)


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("", Preferences()),
        ("handling=strict", STRICT),
        ("handling=lenient", LENIENT),
        ("HANDLING = Lenient", LENIENT),
        ('handling="lenient"', LENIENT),
        ("handling=lenient; a=b", LENIENT),
        ("handling=strict, handling=lenient", STRICT),
        ("respond-async", Preferences(respond_async=True)),
        ("respond-async, wait=10", Preferences(respond_async=True)),
        ("return=minimal, handling=lenient,respond-async", Preferences(Handling.LENIENT, True, True)),
        ("return=representation", Preferences()),
        ("handling=leniant", Preferences()),
        ("handling", Preferences()),
        ('x="a, handling=lenient"', Preferences()),
        ('x="a, b", handling=lenient', LENIENT),
        ('"""""handling=lenient', Preferences()),
        (",,, ;=", Preferences()),
        ("x=" + "," * 3000 + "handling=lenient", Preferences()),
        ("handling=lenient\x00", Preferences()),
        ("håndtering=lenient", Preferences()),
    ],
)
def test_a_header_is_read(header: str, meant: Preferences) -> None:
    assert preferences_of(RequestFactory().post("/", headers={"Prefer": header})) == meant


def test_what_was_honoured_is_named() -> None:
    every = Preferences(Handling.LENIENT, respond_async=True, is_minimal=True)
    named = "handling=lenient, respond-async, return=minimal"
    assert every.header("lenient", in_background=True) == {"Preference-Applied": named}
    assert every.header("lenient", in_background=False) == {"Preference-Applied": "handling=lenient, return=minimal"}
    assert every.header("strict", in_background=False) == {"Preference-Applied": "return=minimal"}
    assert Preferences().header("strict", in_background=True) == {}
