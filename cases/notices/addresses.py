"""Where notices are read. A sheet on a wall carries an address for as long as it hangs there, so that this is the only place."""

from __future__ import annotations

from django.conf import settings

from partners.text import Text

PATH = Text("varsler", "notices")


def page_path(number: int, tag: str, language: str) -> str:
    """The page of a notice with the text of a language (`tag`), in the frame of Danish or English (`language`)."""
    return f"/{language}/{PATH(language)}/{number}/{tag}/"


def page_address(number: int, tag: str, language: str) -> str:
    """The same with the address of the service."""
    return f"{settings.HENVIS_ADDRESS}{page_path(number, tag, language)}"
