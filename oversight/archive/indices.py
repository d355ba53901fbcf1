"""The indices of a package, as the schemas of the order demand them (archiveIndex 0.9.6, tableIndex 0.9.3, fileIndex 0.9.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from lxml import etree

from core.purposes import ABOUT, CASEWORK, STATISTICS
from oversight.archive.tables import ArchiveColumn, ArchiveTable
from partners.kinds import KIND_WORDS
from stats.revisions.citation import operator

NAMESPACE = "http://www.sa.dk/xmlns/diark/1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
# An element with text, or with elements in it.
type Node = tuple[str, "str | list[Node]"]
CONTENT = (
    "Henvisninger af formodede ofre for menneskehandel fra organisationer og myndigheder, og myndigheders vurderinger af dem. "
    "Ingen navne, CPR-numre eller adresser: en person har et vilkårligt id."
)
# What a package of records without documents answers to the questions of the archive, beside whether it is the last one.
NUMBERS = ("regionNum", "komNum", "cprNum", "cvrNum", "matrikNum", "bbrNum", "whoSygKod")
CONTAINS = (
    *("containsDigitalDocuments", "containsGeodata", "containsResearchData", "researchSIP", "documentsDisposal"),
    *("searchRelatedOtherRecords", "systemFileConcept", "multipleDataCollection"),
)


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """What a package is: its id, its years, and the earlier ones of this system. `archive`: who receives it, such as SA."""

    id: str
    first: int
    last: int
    earlier: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Its folder: a package on one medium."""
        return f"{self.id}.1"

    @property
    def archive(self) -> str:
        return self.id.split(".")[1]


def element(root: str, children: list[Node]) -> Any:
    """A document of the order's namespace that says where its schema is."""
    top = etree.Element(f"{{{NAMESPACE}}}{root}", nsmap={None: NAMESPACE, "xsi": XSI})
    schema = "tableIndex" if root == "siardDiark" else root
    top.set(f"{{{XSI}}}schemaLocation", f"{NAMESPACE} ../Schemas/standard/{schema}.xsd")
    fill(top, children)
    return top


def fill(parent: Any, children: list[Node]) -> None:
    for name, content in children:
        child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
        if isinstance(content, str):
            child.text = content
        else:
            fill(child, content)


def words_of(truth: bool) -> str:
    return "true" if truth else "false"


def archive_index(facts: PackageFacts) -> Any:
    """What the package is, in the archive's order of elements."""
    begin, end = f"{facts.first}-01-01", f"{facts.last}-12-31"
    creator: list[Node] = [
        ("creatorName", operator(settings.HENVIS_OPERATOR).da), ("creationPeriodStart", begin), ("creationPeriodEnd", end),
    ]  # fmt: skip
    return element(
        "archiveIndex",
        [
            ("archiveInformationPackageID", facts.id),
            *(("archiveInformationPackageIDPrevious", each) for each in facts.earlier),
            ("archivePeriodStart", begin),
            ("archivePeriodEnd", end),
            ("archiveInformationPacketType", "false"),
            ("archiveCreatorList", creator),
            ("archiveType", "true"),
            ("systemName", "Henvis"),
            ("systemPurpose", " ".join(ABOUT[each].da for each in (CASEWORK, STATISTICS))),
            ("systemContent", CONTENT),
            *((each, "false") for each in NUMBERS),
            *(("userName", words.da) for words in KIND_WORDS.values()),
            *((each, "false") for each in CONTAINS),
            ("personalDataRestrictedInfo", "true"),
            ("otherAccessTypeRestrictions", "false"),
            ("archiveApproval", facts.archive),
        ],
    )


def table_index(tables: Iterable[tuple[ArchiveTable, int]]) -> Any:
    """Every table with its columns, keys, and how many rows it has."""
    return element(
        "siardDiark",
        [
            ("version", "1.0"),
            ("dbName", "henvis"),
            ("databaseProduct", "PostgreSQL"),
            ("tables", [("table", table_node(each, number, rows)) for number, (each, rows) in enumerate(tables, 1)]),
        ],
    )


def table_node(table: ArchiveTable, number: int, rows: int) -> list[Node]:
    """A table, which is in the folder of its number."""
    foreign: list[Node] = [
        ("foreignKey", foreign_key(table, each)) for each in table.columns if each.of
    ]  # fmt: skip
    return [
        ("name", table.name),
        ("folder", f"table{number}"),
        ("description", table.about),
        ("columns", [("column", column_node(each, at)) for at, each in enumerate(table.columns, 1)]),
        ("primaryKey", [("name", f"pk_{table.name}"), *(("column", each.name) for each in table.columns[: table.key])]),
        *([("foreignKeys", foreign)] if foreign else []),
        ("rows", str(rows)),
    ]


def foreign_key(table: ArchiveTable, column: ArchiveColumn) -> list[Node]:
    """A key to the first column of another table, which is called `code` or `id`."""
    target = "code" if column.of.startswith("code_") else "id"
    return [
        ("name", f"fk_{table.name}_{column.name}"),
        ("referencedTable", column.of),
        ("reference", [("column", column.name), ("referenced", target)]),
    ]


def column_node(column: ArchiveColumn, number: int) -> list[Node]:
    return [
        ("name", column.name),
        ("columnID", f"c{number}"),
        ("type", column.type),
        ("nullable", words_of(column.nullable)),
        ("description", column.about),
    ]


def documentation_index(titles: Iterable[tuple[str, str, str]], day: date) -> Any:
    """The documents beside the tables: of each its title, and the two words of the order for what it is of."""
    author: list[Node] = [("authorInstitution", operator(settings.HENVIS_OPERATOR).da)]
    return element(
        "contextDocumentationIndex",
        [
            (
                "document",
                [
                    ("documentID", str(number)),
                    ("documentTitle", title),
                    ("documentDate", day.isoformat()),
                    ("documentAuthor", author),
                    ("documentCategory", [(category, [(kind, "true")])]),
                ],
            )
            for number, (title, category, kind) in enumerate(titles, 1)
        ],
    )


def file_index(files: Iterable[tuple[str, str, str]]) -> Any:
    """Every file but this one: its folder as Windows writes it, its name, and its MD5, which the order asks for."""
    return element(
        "fileIndex",
        [("f", [("foN", folder), ("fiN", name), ("md5", digest)]) for folder, name, digest in files],
    )
