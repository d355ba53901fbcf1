"""Where notices are read. A sheet on a wall carries an address for as long as it hangs there, so that this is the only place."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings

from core.text import Text

PATH = Text("varsler", "notices")


def page_path(number: int, tag: str, language: str) -> str:
    """The page of a notice with the text of a language (`tag`), in the frame of Danish or English (`language`)."""
    return f"/{language}/{PATH(language)}/{number}/{tag}/"


def sheet_path(number: int, tag: str) -> str:
    return f"/api/v1/notices/{number}/{tag}/pdf"


def sms_link(text: str) -> str:
    """What opens a telephone's own messages with a text in it (RFC 5724), for whoever hands it on."""
    return f"sms:?body={quote(text, safe='')}"


def page_address(number: int, tag: str, language: str) -> str:
    """The same with the address of the service."""
    return f"{settings.HENVIS_ADDRESS}{page_path(number, tag, language)}"
