"""`manage.py archive`: write what the National Archives take, enter that they received it, or that they want nothing."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from oversight.archive import transfers
from oversight.archive.package import PackageRefused
from stats.errors import ReleaseRefused

PACKAGE = re.compile(r"AVID\.[A-ZÆØÅ]{2,4}\.[1-9][0-9]*")
YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


class Command(BaseCommand):
    """Transfers to the National Archives."""

    help = "Write a package of records for the National Archives, or enter that they received it, or that they want nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """The three steps."""
        steps = parser.add_subparsers(dest="step", required=True)
        write = steps.add_parser("write", help="write a package of years that are over")
        write.add_argument("home", type=Path, help="the folder to write it in")
        write.add_argument("--years", type=years, required=True, help="such as 2021-2025")
        write.add_argument(
            "--id", type=package_id, required=True, help="the id that the archive has given: AVID.SA.12345"
        )
        write.add_argument(
            "--schemas", type=Path, required=True, help="the folder with the archive's schemas of order 128"
        )
        receipt = steps.add_parser("receipt", help="enter that the archive has received a package")
        receipt.add_argument("package", type=Path, help="its folder, as it was written")
        receipt.add_argument("--letter", required=True, help="how the archive's letter is filed")
        waiver = steps.add_parser("waiver", help="enter that the archive wants nothing of some years")
        waiver.add_argument("--years", type=years, required=True, help="such as 2021-2025")
        waiver.add_argument("--letter", required=True, help="how the archive's letter is filed")

    def handle(self, *_: Any, step: str, **options: Any) -> None:
        """Do the step. Raises `CommandError`."""
        try:
            row = getattr(self, step)(**options)
        except (PackageRefused, ReleaseRefused, OSError) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{row}, {row.years}: {step}.")

    def write(self, *, home: Path, years: tuple[int, int], id: str, schemas: Path, **_: Any) -> Any:  # noqa: A002
        """Write a package, and say how many rows each table has."""
        return transfers.write(id, *years, home, schemas, self.stdout.write)

    def receipt(self, *, package: Path, letter: str, **_: Any) -> Any:
        return transfers.receive(package, letter)

    def waiver(self, *, years: tuple[int, int], letter: str, **_: Any) -> Any:
        return transfers.waive(*years, letter)


def years(text: str) -> tuple[int, int]:
    """The first and the last of some years. Raises `ArgumentTypeError`."""
    if match := YEARS.fullmatch(text):
        return int(match[1]), int(match[2] or match[1])
    raise ArgumentTypeError("years are written as 2021-2025")


def package_id(text: str) -> str:
    """The id of a package. Raises `ArgumentTypeError`."""
    if PACKAGE.fullmatch(text):
        return text
    raise ArgumentTypeError("the archive's id is written as AVID.SA.12345")
