"""The rows of the table of operations that are about releases."""

from __future__ import annotations

from api.openapi.rows import OPEN, OPENLY, TAGGED, Answer, Operation

RELEASES: dict[tuple[str, str], Operation] = {
    ("GET", "/api/v1/releases"): Operation(
        "listReleases",
        "Statistics",
        "List the releases",
        "Those that the caller may read, by period, the latest first: public ones, and with a scope those for authorities and "
        "exact ones. With `asOf`, of each period and audience the one that was current then. No figures.",
        (
            Answer(200, "The releases.", "Releases", ("Releases",), TAGGED),
            Answer(304, "You have them.", headers=TAGGED),
        ),
        ("asOf", "If-None-Match-read", "Accept-Language"),
        OPENLY,
        access=OPEN,
    ),
    ("GET", "/api/v1/releases/{release_id}"): Operation(
        "readRelease",
        "Statistics",
        "Read a release",
        "Its period, moment and code lists; in words what changed since the vintage before, and its errata; of a protected one "
        "its tables and parameters, and what replaces it where it was "
        "withdrawn. Of an exact one, for a purpose, also how many records and cells it has; that is logged.",
        (
            Answer(
                200,
                "The release.",
                "Release",
                ("Release", "Release.withdrawn", "Release.vintage", "Release.authority", "Release.totals"),
                TAGGED,
            ),
            Answer(304, "You have it.", headers=TAGGED),
        ),
        ("release_id", "Henvis-Purpose", "If-None-Match-read", "Accept-Language"),
        (*OPENLY, "invalid_header", "not_found", "latest_of_many"),
        access=OPEN,
    ),
    ("GET", "/api/v1/releases/{release_id}/certificate"): Operation(
        "readCertificate",
        "Statistics",
        "Read the proof of a public release",
        "For each hidden cell two different numbers that agree with all that is published, so that nobody can compute it: made of "
        "public figures alone, and to be checked with whole numbers by anybody.",
        (
            Answer(200, "The certificate.", "Certificate", ("Certificate",), TAGGED),
            Answer(304, "You have it.", headers=TAGGED),
        ),
        ("release_id", "If-None-Match-read", "Accept-Language"),
        (*OPENLY, "not_found", "latest_of_many", "no_certificate"),
        access=OPEN,
    ),
    ("GET", "/api/v1/releases/{release_id}/changes"): Operation(
        "readChanges",
        "Statistics",
        "Read what changed since an earlier vintage",
        "Table by table, the cells that changed, and those of which it is hidden whether they did. Of a public release a change is "
        "shown where both vintages show the cell; it was made and audited with the release. Of a release for authorities it is "
        "the difference of two figures that were each changed at random; tables that are published are left out. Both are "
        "compared with the vintage before. An exact release may be compared with any earlier one: for a purpose, and logged. "
        "404 with `first_vintage` for a release without an earlier vintage.",
        (
            Answer(200, "The changes.", "Changes", ("Changes",), TAGGED),
            Answer(304, "You have them.", headers=TAGGED),
        ),
        ("release_id", "from", "changes.dataset", "by", "Henvis-Purpose", "If-None-Match-read", "Accept-Language"),
        (*OPENLY, "invalid_header", "not_found", "first_vintage", "latest_of_many"),
        access=OPEN,
    ),
    ("GET", "/api/v1/releases/{release_id}/citation"): Operation(
        "readCitation",
        "Statistics",
        "Cite a release",
        "In words in Danish and English, as BibTeX and as CSL-JSON. It says so where the release is withdrawn or has errata.",
        (
            Answer(
                200,
                "The citation: all of its forms, or one (`format`).",
                "Citation",
                ("Citation",),
                (*TAGGED, "Content-Language"),
                texts=(("application/x-bibtex", "Bibtex"),),
                more=(("application/vnd.citationstyles.csl+json", "CslItems", "CslItems"),),
            ),
            Answer(304, "You have it.", headers=(*TAGGED, "Content-Language")),
        ),
        ("release_id", "citation.format", "If-None-Match-read", "Accept-Language"),
        (*OPENLY, "not_found", "latest_of_many"),
        access=OPEN,
    ),
}
