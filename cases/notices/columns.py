"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, Risk

# Notices are written to be read by everybody, and what partners say of them is of organisations. `user_id` is who acted.
OPEN: dict[str, tuple[str, ...]] = {
    "Crisis": ("id", "code", "title_da", "title_en", "started_on", "forms", "declared_at"),
    "CrisisEnd": ("of_id", "ended_on", "ended_at"),
    "Notice": (
        *("id", "crisis_id", "issuer_da", "issuer_en", "subject_code", "audience", "severity", "urgency", "certainty"),
        *("regions", "language", "valid_from", "valid_to", "source", "supersedes_id", "created_at"),
    ),
    "NoticeText": ("id", "notice_id", "language", "title", "text", "sms", "is_finished", "source_id", "written_at"),
    "NoticeReview": ("of_id", "by_speaker", "reviewed_at"),
    "NoticePublication": ("of_id", "notice_id", "language", "number", "published_at"),
    "NoticeWithdrawal": ("of_id", "replacement_id", "withdrawn_at"),
    "Acknowledgement": ("id", "notice_id", "partner_id", "kind", "month", "channel", "client_id", "said_at"),
    "ServiceStatus": (*("id", "partner_id", "place", "region", "state", "until", "address", "client_id", "said_at"),),
}
COLUMNS: dict[str, dict[str, Risk]] = {
    **{
        f"notices.{model}": {**dict.fromkeys(columns, OPERATIONAL), "user_id": IDENTIFIER}
        for model, columns in OPEN.items()
    },
    "notices.ServiceStatus": {
        **dict.fromkeys(OPEN["ServiceStatus"], OPERATIONAL),
        **dict.fromkeys(("user_id", "address_taken_by_id"), IDENTIFIER),
    },
    "notices.NoticeSheet": dict.fromkeys(("of_id", "pdf", "digest"), OPERATIONAL),
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(COLUMNS, ()),
    "notices.Acknowledgement": ("erase",),
    "notices.ServiceStatus": ("erase", "erase:address", "erase:address_taken_by_id"),
}
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
