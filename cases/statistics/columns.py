"""What each stored column of the statistics says of a person, and which tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, PSEUDONYM, QUASI, SENSITIVE, Risk

COLUMNS: dict[str, dict[str, Risk]] = {
    # Exact cells: a count of one is a person. The other columns say what was counted and by which rules.
    "statistics.Release": {
        **dict.fromkeys(("id", "period", "first_month", "last_month", "vintage", "audience", "as_of"), OPERATIONAL),
        **dict.fromkeys(
            ("built_at", "client_id", "settings", "codelists", "cells", "notes", "software", "rule"), OPERATIONAL
        ),
        **dict.fromkeys(("commitment", "change_notes_da", "change_notes_en", "reason_da", "reason_en"), OPERATIONAL),
        "user_id": IDENTIFIER,
        "records": SENSITIVE,
        "snapshots": PSEUDONYM,
        "digest": PSEUDONYM,
    },
    "statistics.ReleaseTable": {
        **dict.fromkeys(("release_id", "dataset", "axes"), OPERATIONAL),
        "codes": QUASI,
        "counts": SENSITIVE,
    },
    # A draft is no better than exact cells until its proof has passed; what is published is.
    "statistics.ProtectedTable": {
        **dict.fromkeys(("release_id", "dataset", "axes", "symbol", "offered"), OPERATIONAL),
        **dict.fromkeys(("codes", "hidden", "within"), QUASI),
        "counts": SENSITIVE,
    },
    "statistics.SnapshotRecord": {
        **dict.fromkeys(("release_id", "dataset"), OPERATIONAL),
        "record": PSEUDONYM,
        **dict.fromkeys(("month", "codes"), QUASI),
    },
    "statistics.Proof": {
        **dict.fromkeys(("release_id", "passed", "against", "margins", "certificate"), OPERATIONAL),
        **dict.fromkeys(("behind", "few_reports"), OPERATIONAL),
        "report": SENSITIVE,
    },
    "statistics.PublishedTable": dict.fromkeys(
        ("release_id", "dataset", "axes", "codes", "counts", "hidden", "symbol", "within", "offered"), OPERATIONAL
    ),
    # Sums of counts: of a draft as exact cells. A leaf is what a partner reported, and can point at somebody as a report can.
    "statistics.DraftSumTable": {
        **dict.fromkeys(("release_id", "dataset", "measure", "axes"), OPERATIONAL),
        **dict.fromkeys(("codes", "hidden"), QUASI),
        "counts": SENSITIVE,
    },
    "statistics.DraftSumTold": {
        **dict.fromkeys(("release_id", "of_id", "dataset", "measure", "axes"), OPERATIONAL),
        "codes": QUASI,
        **dict.fromkeys(("least", "most"), SENSITIVE),
    },
    "statistics.SumLeaf": {
        **dict.fromkeys(("release_id", "dataset"), OPERATIONAL),
        **dict.fromkeys(("partner_id", "sender_id", "period", "month", "marks", "codes", "value"), QUASI),
    },
    "statistics.PublishedSumTable": dict.fromkeys(
        ("release_id", "dataset", "measure", "axes", "codes", "counts", "hidden"), OPERATIONAL
    ),
    "statistics.PublishedSumTold": dict.fromkeys(
        ("release_id", "of_id", "dataset", "measure", "axes", "codes", "least", "most"), OPERATIONAL
    ),
    # Calendars and blanks of a whole dataset.
    **dict.fromkeys(
        ("statistics.DraftSumCoverage", "statistics.PublishedSumCoverage"),
        dict.fromkeys(("release_id", "dataset", "due", "came", "beside", "knowing"), OPERATIONAL),
    ),
    "statistics.Certificate": dict.fromkeys(("release_id", "body"), OPERATIONAL),
    "statistics.Publication": {
        **dict.fromkeys(("release_id", "published_at", "grounds", "reason_da", "reason_en"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.DraftRefusal": {
        **dict.fromkeys(("release_id", "reason", "refused_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.Withdrawal": {
        **dict.fromkeys(("release_id", "replacement_id", "reason", "withdrawn_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.DraftChange": {
        **dict.fromkeys(("release_id", "since_id", "dataset", "axes"), OPERATIONAL),
        "codes": QUASI,
        **dict.fromkeys(("before", "after", "change"), SENSITIVE),
    },
    "statistics.PublishedChange": dict.fromkeys(
        ("release_id", "since_id", "dataset", "axes", "codes", "before", "after", "change"), OPERATIONAL
    ),
    "statistics.DraftTold": {
        **dict.fromkeys(("release_id", "of_id", "dataset", "axes"), OPERATIONAL),
        "codes": QUASI,
        **dict.fromkeys(("least", "most"), SENSITIVE),
    },
    "statistics.PublishedTold": dict.fromkeys(
        ("release_id", "of_id", "dataset", "axes", "codes", "least", "most"), OPERATIONAL
    ),
    "statistics.Erratum": {
        **dict.fromkeys(("id", "release_id", "text_da", "text_en", "of_total", "written_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.ErratumDecision": {
        **dict.fromkeys(("erratum_id", "approved", "decided_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.ReviewSign": {**dict.fromkeys(("id", "release_id", "put_at"), OPERATIONAL), "user_id": IDENTIFIER},
    "statistics.ReviewSignEnd": {**dict.fromkeys(("sign_id", "ended_at"), OPERATIONAL), "user_id": IDENTIFIER},
    "statistics.WithdrawalRequest": {
        **dict.fromkeys(("id", "release_id", "reason", "asked_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.WithdrawalDecision": {
        **dict.fromkeys(("request_id", "approved", "decided_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.FactDecision": {
        **dict.fromkeys(("id", "fact", "decision", "low", "high", "reason", "decided_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.FactDecisionEnd": {
        **dict.fromkeys(("decision_id", "outcome", "reason", "ended_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.CountedFact": {**dict.fromkeys(("id", "fact", "counted_at"), OPERATIONAL), "persons": SENSITIVE},
    "statistics.BuildOrder": {
        **dict.fromkeys(("id", "kind", "period", "audience", "choice", "ordered_at", "state"), OPERATIONAL),
        **dict.fromkeys(("release_id", "message", "change_notes_da", "change_notes_en", "proposals"), OPERATIONAL),
        **dict.fromkeys(("reason_da", "reason_en"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.OrderFiling": {**dict.fromkeys(("order_id", "filed_at"), OPERATIONAL), "user_id": IDENTIFIER},
    # Free text of staff in the calendar: everybody reads it.
    "statistics.AnnouncedDate": {
        **dict.fromkeys(("id", "entry", "sequence", "period", "title_da", "title_en", "month", "moment"), OPERATIONAL),
        **dict.fromkeys(("status", "reason_da", "reason_en", "announced_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.ScheduledPublication": {
        **dict.fromkeys(("id", "release_id", "due_at", "scheduled_at", "reason_da", "reason_en"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.ScheduleEnd": {
        **dict.fromkeys(("schedule_id", "outcome", "code", "ended_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.PreReleaseAccess": {
        **dict.fromkeys(("id", "release_id", "roles", "may_see", "looks"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "statistics.ErasedKnowledge": {"record": PSEUDONYM, "partner_id": QUASI, "decided": OPERATIONAL},
    "statistics.ErasedCount": {
        **dict.fromkeys(("id", "release_id", "dataset"), OPERATIONAL),
        "hash": PSEUDONYM,
        **dict.fromkeys(("month", "leaves"), QUASI),
    },
}

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "statistics.Release": (),
    "statistics.ReleaseTable": (),
    "statistics.ProtectedTable": (),
    "statistics.SnapshotRecord": ("erase:record",),
    "statistics.Proof": (),
    "statistics.PublishedTable": (),
    "statistics.Certificate": (),
    "statistics.Publication": (),
    "statistics.Withdrawal": (),
    "statistics.DraftChange": (),
    "statistics.PublishedChange": (),
    "statistics.DraftTold": (),
    "statistics.PublishedTold": (),
    "statistics.DraftSumTable": (),
    "statistics.DraftSumTold": (),
    "statistics.DraftSumCoverage": (),
    "statistics.SumLeaf": (),
    "statistics.PublishedSumTable": (),
    "statistics.PublishedSumTold": (),
    "statistics.PublishedSumCoverage": (),
    "statistics.Erratum": (),
    "statistics.ErratumDecision": (),
    "statistics.ReviewSign": (),
    "statistics.ReviewSignEnd": (),
    "statistics.WithdrawalRequest": (),
    "statistics.WithdrawalDecision": (),
    "statistics.FactDecision": (),
    "statistics.FactDecisionEnd": (),
    "statistics.CountedFact": (),
    "statistics.AnnouncedDate": (),
    "statistics.ScheduledPublication": (),
    "statistics.DraftRefusal": (),
    "statistics.OrderFiling": (),
    "statistics.ScheduleEnd": (),
    "statistics.PreReleaseAccess": (),
    "statistics.ErasedKnowledge": ("erase:record",),
    "statistics.ErasedCount": (),
}
# Staff order a build, and a command says how far it is.
MUTABLE: tuple[str, ...] = ("statistics.BuildOrder",)
# In the schema `build`, which the web server's role cannot enter.
BUILD = (
    "statistics.ReleaseTable",
    "statistics.ProtectedTable",
    "statistics.DraftChange",
    "statistics.DraftTold",
    "statistics.DraftSumTable",
    "statistics.DraftSumTold",
    "statistics.DraftSumCoverage",
    "statistics.SumLeaf",
    "statistics.SnapshotRecord",
    "statistics.Proof",
    "statistics.CountedFact",
    "statistics.ErasedKnowledge",
    "statistics.ErasedCount",
)
