"""Writing a package: tables as XML, each with its schema, indices, documents, and the schemas by which all of it is checked."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from lxml import etree

from cases.months import today
from oversight.archive import indices
from oversight.archive.documents import documents, tiff
from oversight.archive.indices import XSI, PackageFacts
from oversight.archive.tables import DAY, MOMENT, NUMBER, ArchiveColumn, ArchiveTable, tables, text_of
from stats.counting.moments import LONGEST, moment, wait_for_writers

# The schemas of the order, as the archive publishes them. Each package holds them.
STANDARD = ("archiveIndex", "contextDocumentationIndex", "fileIndex", "tableIndex")
ALONG = "XMLSchema"
TYPES = {DAY: "date", MOMENT: "dateTime", NUMBER: "integer"}
SCHEMA = "http://www.w3.org/2001/XMLSchema"
# Versions are never changed; so that nobody is erased, brought together or split while tables are read one after the other.
NO_ERASING = """
SELECT pg_advisory_xact_lock(hashtextextended('henvis.linking', 0)), pg_advisory_xact_lock(hashtextextended('henvis.erase', 0))
"""
RESTRICTED = (
    "SELECT count(*) FROM henvis_years_of_persons(NULL) WHERE NOT test AND restricted AND years && %s::integer[]"
)


class PackageRefused(Exception):
    """A package cannot be written, or is not what it should be. The message is for whoever runs the command."""


def write(facts: PackageFacts, home: Path, schemas: Path, tell: Callable[[str], None]) -> tuple[datetime, str]:
    """Write a package below `home`. Returns the moment that it shows, and the SHA-256 of its index of files.

    Nothing is left where it fails. Raises `PackageRefused`, `ReleaseRefused` where writers do not end, and `OSError`.
    """
    sources = {name: schemas / f"{name}.xsd" for name in (*STANDARD, ALONG)}
    if missing := sorted(path.name for path in sources.values() if not path.is_file()):
        raise PackageRefused(f"The folder of schemas lacks {', '.join(missing)}.")
    folder = home / facts.folder
    folder.mkdir(mode=0o700)
    try:
        for path in sources.values():
            put(folder / "Schemas" / "standard" / path.name, path.read_bytes())
        taken_at = moment(None)
        wait_for_writers(taken_at, longest=LONGEST, tell=tell)
        rows = write_records(facts, folder, taken_at)
        for name, count in rows:
            tell(f"{name}: {count}")
        write_documents(facts, folder)
        put_index(folder, "archiveIndex", indices.archive_index(facts))
        put_index(folder, "fileIndex", indices.file_index(files(folder)))
        check(folder)
    except BaseException:
        shutil.rmtree(folder)
        raise
    return taken_at, digest_of(folder)


def write_records(facts: PackageFacts, folder: Path, taken_at: datetime) -> list[tuple[str, int]]:
    """The tables and their index, as they all were at one moment. Raises `PackageRefused` while one of them is restricted."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(NO_ERASING)
            cursor.execute(RESTRICTED, [list(range(facts.first, facts.last + 1))])
            if count := cursor.fetchone()[0]:
                raise PackageRefused(
                    f"{count} persons of these years are restricted (GDPR, article 18): lift that first, or wait."
                )
        every = [
            (each, write_table(each, folder / "Tables" / f"table{number}", number))
            for number, each in enumerate(tables(facts.first, facts.last, taken_at), 1)
        ]
    put_index(folder, "tableIndex", indices.table_index(every))
    return [(each.name, rows) for each, rows in every]


def write_table(table: ArchiveTable, folder: Path, number: int) -> int:
    """A table and its schema. Returns how many rows it has."""
    name = f"table{number}"
    space = f"http://www.sa.dk/xmlns/siard/1.0/schema{number}/{name}.xsd"
    put(folder / f"{name}.xsd", document(schema_of(table, space)))
    count = 0
    with etree.xmlfile(str(folder / f"{name}.xml"), encoding="utf-8") as out:
        out.write_declaration()
        where = {f"{{{XSI}}}schemaLocation": f"{space} {name}.xsd"}
        with out.element(f"{{{space}}}table", where, nsmap={None: space, "xsi": XSI}):
            for row in table.rows():
                out.write(row_element(space, row))
                count += 1
    return count


def row_element(space: str, row: Any) -> Any:
    """A row: a cell for each column, by its number."""
    top = etree.Element(f"{{{space}}}row", nsmap={None: space, "xsi": XSI})
    for at, value in enumerate(row, 1):
        cell = etree.SubElement(top, f"{{{space}}}c{at}")
        if value is None:
            cell.set(f"{{{XSI}}}nil", "true")
        else:
            cell.text = text_of(value)
    return top


def schema_of(table: ArchiveTable, space: str) -> Any:
    """The XML schema of a table, of elements alone."""

    def xs(kind: str, parent: Any = None, /, **attributes: str) -> Any:
        tag = f"{{{SCHEMA}}}{kind}"
        if parent is not None:
            return etree.SubElement(parent, tag, attributes)
        return etree.Element(tag, attributes, nsmap={"xs": SCHEMA, None: space})

    top = xs("schema", targetNamespace=space, elementFormDefault="qualified", attributeFormDefault="unqualified")
    rows = xs("sequence", xs("complexType", xs("element", top, name="table")))
    xs("element", rows, name="row", type="rowType", minOccurs="0", maxOccurs="unbounded")
    cells = xs("sequence", xs("complexType", top, name="rowType"))
    for at, column in enumerate(table.columns, 1):
        nillable = {"nillable": "true"} if column.nullable else {}
        xs("element", cells, name=f"c{at}", type=type_of(column), **nillable)
    return top


def type_of(column: ArchiveColumn) -> str:
    return f"xs:{TYPES.get(column.type, 'string')}"


def write_documents(facts: PackageFacts, folder: Path) -> None:
    """The documents, and their index."""
    every = documents()
    for number, each in enumerate(every, 1):
        put(folder / "ContextDocumentation" / "docCollection1" / str(number) / "1.tif", tiff(each))
    index = indices.documentation_index([(each.title, each.category, each.kind) for each in every], today())
    put_index(folder, "contextDocumentationIndex", index)


def files(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every file but the index of files: its folder as the order writes it, its name, and its MD5."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != index_of(folder):
            inside = "\\".join(path.parent.relative_to(folder.parent).parts)
            with path.open("rb") as content:
                digest = hashlib.file_digest(content, lambda: hashlib.md5(usedforsecurity=False))
            yield inside, path.name, digest.hexdigest().upper()


def check(folder: Path) -> None:
    """Check each index by the archive's schema, each table by its own, and each file by its MD5. Raises `PackageRefused`."""
    try:
        for name in STANDARD:
            schema = etree.XMLSchema(etree.parse(folder / "Schemas" / "standard" / f"{name}.xsd"))
            schema.assertValid(etree.parse(folder / "Indices" / f"{name}.xml"))
        for path in sorted((folder / "Tables").glob("*/*.xml")):
            stream = etree.iterparse(path, schema=etree.XMLSchema(etree.parse(path.with_suffix(".xsd"))), tag="{*}row")
            for _, row in stream:
                row.clear()
                while row.getprevious() is not None:
                    del row.getparent()[0]
        index = {tuple(child.text for child in each) for each in etree.parse(index_of(folder)).iter("{*}f")}
    except (etree.LxmlError, OSError) as error:
        # A message of the parser quotes a value. Only of what kind it was is told.
        raise PackageRefused(f"The package is not as its schemas say ({type(error).__name__}).") from None
    if index != set(files(folder)):
        raise PackageRefused("The index of files does not name the files that are there.")


def digest_of(folder: Path) -> str:
    """The SHA-256 of the index of files, which has the digest of every other."""
    return hashlib.sha256(index_of(folder).read_bytes()).hexdigest()


def index_of(folder: Path) -> Path:
    return folder / "Indices" / "fileIndex.xml"


def put_index(folder: Path, name: str, top: Any) -> None:
    put(folder / "Indices" / f"{name}.xml", document(top))


def document(top: Any) -> bytes:
    """An element as a file."""
    content: bytes = etree.tostring(top, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return content


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
