"""What each stored column of action plans says of a person, and which tables may change (`config.columns`)."""

from __future__ import annotations

from partners.risks import IDENTIFIER, OPERATIONAL, Risk

# All of it is of plans and published figures; a second person reads what is typed in before it is public.
COLUMNS: dict[str, dict[str, Risk]] = {
    "plans.PlanIndicator": {
        **dict.fromkeys(("id", "plan", "area", "code", "label_da", "label_en", "definition_da"), OPERATIONAL),
        **dict.fromkeys(("definition_en", "unit", "source", "dataset", "filters", "measure"), OPERATIONAL),
        **dict.fromkeys(("baseline_year", "baseline_value", "target_value", "direction", "due_year"), OPERATIONAL),
        "recorded_at": OPERATIONAL,
        "user_id": IDENTIFIER,
    },
    "plans.PlanObservation": {
        **dict.fromkeys(
            ("id", "indicator_id", "year", "value", "is_least", "release_id", "source_da", "source_en"), OPERATIONAL
        ),
        "recorded_at": OPERATIONAL,
        "user_id": IDENTIFIER,
    },
    "plans.IndicatorDecision": {
        **dict.fromkeys(("indicator_id", "approved", "reason", "decided_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
    "plans.ObservationDecision": {
        **dict.fromkeys(("observation_id", "approved", "reason", "decided_at"), OPERATIONAL),
        "user_id": IDENTIFIER,
    },
}

APPEND_ONLY: dict[str, tuple[str, ...]] = dict.fromkeys(COLUMNS, ())
MUTABLE: tuple[str, ...] = ()
BUILD: tuple[str, ...] = ()
