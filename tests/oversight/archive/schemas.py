"""Stand-ins for the schemas of the National Archives, which are theirs to hand out: each index's elements, in their order.

A test against the archive's own runs where `HENVIS_ARCHIVE_SCHEMAS` names their folder.
"""

from __future__ import annotations

from pathlib import Path

SPACE = "http://www.sa.dk/xmlns/diark/1.0"
# By the order's annexes: the elements of each index. A star may come often or never, a plus often, and names in brackets are what
# stands in the element.
CONTENT = {
    "archiveIndex": (
        "archiveInformationPackageID archiveInformationPackageIDPrevious* archivePeriodStart archivePeriodEnd "
        "archiveInformationPacketType archiveCreatorList(creatorName,creationPeriodStart,creationPeriodEnd) archiveType systemName "
        "systemPurpose systemContent regionNum komNum cprNum cvrNum matrikNum bbrNum whoSygKod userName* containsDigitalDocuments "
        "containsGeodata containsResearchData researchSIP documentsDisposal searchRelatedOtherRecords systemFileConcept "
        "multipleDataCollection personalDataRestrictedInfo otherAccessTypeRestrictions archiveApproval"
    ),
    "tableIndex": "version dbName databaseProduct tables",
    "contextDocumentationIndex": "document+(documentID,documentTitle,documentDate,documentAuthor,documentCategory)",
    "fileIndex": "f+(foN,fiN,md5)",
}
ROOTS = {"tableIndex": "siardDiark"}


def write(folder: Path) -> Path:
    """All of them, and the schema of schemas, in a new folder."""
    folder.mkdir()
    for name, content in CONTENT.items():
        parts = "".join(element(each) for each in content.split())
        root = f'<xs:element name="{ROOTS.get(name, name)}">{sequence(parts)}</xs:element>'
        (folder / f"{name}.xsd").write_text(schema(root))
    (folder / "XMLSchema.xsd").write_text(schema(""))
    return folder


def schema(content: str) -> str:
    return (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{SPACE}" '
        f'elementFormDefault="qualified">{content}</xs:schema>'
    )


def element(text: str) -> str:
    """One element of a sequence."""
    name, _, inside = text.removesuffix(")").partition("(")
    often = {"*": ' minOccurs="0" maxOccurs="unbounded"', "+": ' maxOccurs="unbounded"'}.get(name[-1], "")
    name = name.rstrip("*+")
    if not inside:
        return f'<xs:element name="{name}"{often}/>'
    parts = "".join(element(each) for each in inside.split(","))
    return f'<xs:element name="{name}"{often}>{sequence(parts)}</xs:element>'


def sequence(parts: str) -> str:
    return f"<xs:complexType><xs:sequence>{parts}</xs:sequence></xs:complexType>"
