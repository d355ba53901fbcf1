"""The risk class of every column of this app, and which of its tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, QUASI, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # That somebody asked for something, on a day and in a way. Whoever knows that a person did may recognise the request.
    "subject_requests.SubjectRequest": {
        **dict.fromkeys(("id", "recorded_at"), OPERATIONAL),
        **dict.fromkeys(("kind", "channel", "received_on", "due_on"), QUASI),
        "user_id": IDENTIFIER,
    },
    "subject_requests.RequestStep": {
        **dict.fromkeys(("id", "request_id", "act", "day", "tombstone_id", "at"), OPERATIONAL),
        **dict.fromkeys(("code", "ground"), QUASI),
        "user_id": IDENTIFIER,
    },
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "subject_requests.SubjectRequest": (),
    "subject_requests.RequestStep": (),
}
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
