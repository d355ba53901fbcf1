"""Published years, the people who make and send files, and files."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib.auth.models import User

from partners.audit import Actor
from publications.international import files
from publications.international.files import csv_of
from publications.international.models import InternationalFile
from stats.models import PUBLIC, Release
from tests.stats.published import Cells, Told, publish

YEAR = 2023
TABLES: dict[str, Cells] = {
    "": {"": 112},
    "gender": {"F": 72, "M": None, "X": None},
    "age_band.age18": {"Y_LT18": None, "Y_GE18": None},
    "exploitation.form": {"SEX": 58, "LAB": 44, "_U": 10},
    "citizenship.main": {"NG": 40, "RO": 12, "TH": None, "OTHER_AFRICA": None},
}
TOLD_OF_HIDDEN: dict[str, Told] = {"gender": {"M": (31, 40), "X": (0, 9)}, "age_band.age18": {"Y_LT18": (1, None)}}


def publish_year(year: int = YEAR, vintage: int = 1) -> Release:
    """A public release of a year, of whose hidden cells something is told."""
    return publish(PUBLIC, str(year), TABLES, vintage, symbols={"gender": 9}, told=TOLD_OF_HIDDEN)


def made(user: User, body: str = "eu-19a", year: int = YEAR) -> InternationalFile:
    """A file that somebody made."""
    return files.make(by=Actor.of(user), body=body, year=year)


def lines(file: InternationalFile) -> list[dict[str, str]]:
    """The rows of the CSV of a file."""
    return [*csv.DictReader(io.StringIO(csv_of(file.content).decode()))]


def cells(file: InternationalFile, field: str, table: str) -> dict[str, dict[str, Any]]:
    """The figures of a field in a table, by their codes."""
    figures = file.content["figures"]
    return {
        each["codes"]: each for each in figures if each["field"] == field and each["table"] == table and each["release"]
    }
