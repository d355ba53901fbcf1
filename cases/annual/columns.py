"""What each stored column of annual reports says of a person, and which tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, Risk

# A report is made of public figures alone; what people write in it is checked before it is published, and public afterwards.
COLUMNS: dict[str, dict[str, Risk]] = {
    "annual.ReportDraft": {
        **dict.fromkeys(
            ("id", "year", "drafted_at", "documents", "places", "numbers", "basis", "software"), OPERATIONAL
        ),
        **dict.fromkeys(("correction_da", "correction_en"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "annual.ReportText": {
        **dict.fromkeys(("id", "draft_id", "place", "text_da", "text_en", "written_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "annual.ReportPublication": {
        **dict.fromkeys(("draft_id", "year", "version", "last_text_id", "published_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "annual.ReportEdition": dict.fromkeys(
        ("publication_id", "language", "document", "data", "data_digest", "pdf", "pdf_digest"), OPERATIONAL
    ),
    "annual.ReportOrder": {
        **dict.fromkeys(
            ("id", "year", "correction_da", "correction_en", "ordered_at", "state", "message"), OPERATIONAL
        ),
        "user_id": IDENTIFIER,
    },
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "annual.ReportDraft": (),
    "annual.ReportText": (),
    "annual.ReportPublication": (),
    "annual.ReportEdition": (),
}
# Staff order a draft, and a command says what became of it.
MUTABLE: tuple[str, ...] = ("annual.ReportOrder",)
BUILD: tuple[str, ...] = ()
