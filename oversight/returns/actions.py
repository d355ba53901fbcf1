"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from cases.codelists.referral import RETURN_ANSWER, RETURN_REASON
from cases.codelists.types import NOT_APPLICABLE
from core.text import Text, short
from oversight.returns.choices import FIELDS, WHOLE
from oversight.returns.models import Return
from partners.staff import audit_words, subjects

audit_words.add(
    {
        "return.ask": Text("Henvisning sendt retur", "Referral returned"),
        "return.answer": Text("Svar på henvisning, der blev sendt retur", "Answer to a returned referral"),
        "return.settle": Text(
            "Svar på henvisning, der blev sendt retur, afsluttet", "Answer to a returned referral settled"
        ),
        "return.ask_again": Text(
            "Spurgt igen om henvisning, der var sendt retur", "Asked again about a returned referral"
        ),
        "return.take_back": Text("Henvisning ikke længere sendt retur", "Return taken back"),
    },
    values={
        "reason_code": {code.code: code.label for code in RETURN_REASON.codes},
        "code": {code.code: code.label for code in RETURN_ANSWER.codes},
        "field": {NOT_APPLICABLE: WHOLE, **{name: each.label for name, each in FIELDS.items()}},
    },
)
# Who answered at the partner is for those who see the audit, and not for everybody who sees a return.
subjects.add(
    ("return.",),
    Return,
    label=lambda row: f"{short(row.pk)}, {row.partner}",
    partners=("partner",),
    is_history=False,
)
