"""Names of this app and its models on the staff pages, and what its database refuses."""

from __future__ import annotations

from typing import NamedTuple

from partners.text import ModelNames, Text

RETURNS = Text("Henvisninger, der er sendt retur", "Returned referrals")

MODELS = {
    "return": ModelNames(
        Text("henvisning, der er sendt retur", "returned referral"),
        Text("henvisninger, der er sendt retur", "returned referrals"),
        {
            "field": Text("drejer sig om", "is about"),
            "due": Text("frist", "due"),
            "asked_at": Text("sendt retur", "returned at"),
            "asked_by": Text("af", "by"),
        },
    ),
}
# What the constraints of this app refuse, by their names.
CONSTRAINTS = {
    "returnend_by_whom": Text(
        "Et svar er en partners, og kun centret trækker tilbage.",
        "An answer is a partner's, and only the centre takes a return back.",
    ),
}
# What `returns.sql` refuses.
REFUSALS = {
    "RETURN_RIGHT_MISSING": Text(
        "Kun aktive medarbejdere med rettigheden ask_return må gøre det.",
        "Only active staff with the right ask_return may do this.",
    ),
    "RETURN_CHANGED": Text(
        "Henvisningen er ændret, siden den blev vist: se den igen.",
        "The referral has changed since it was shown: look again.",
    ),
    "RETURN_ASKED": Text(
        "Partneren er allerede spurgt om dette, og henvisningen er den samme.",
        "The partner was asked about this already, and the referral is the same.",
    ),
    "RETURN_NOT_THEIRS": Text(
        "En partner svarer kun på det, der er sendt retur til den selv.",
        "A partner answers only what was returned to it.",
    ),
    "RETURN_ENDED": Text(
        "Der er allerede svaret: henvisningen venter ikke længere på noget.",
        "There is an answer already: the referral waits for nothing any more.",
    ),
}
CLOSED = Text(
    "Partneren er lukket, så ingen kan svare.",
    "The partner is closed, so that nobody can answer.",
)
NO_OTHER = Text(
    "Partneren har ingen anden gældende henvisning. Den må ikke få at vide, hvad andre har sendt.",
    "The partner has no other current referral. It must not learn what others have sent.",
)
OVERDUE = Text("Svar mangler: fristen er gået", "No answer: the day has passed")


class StaffQuestion(NamedTuple):
    """The question of a page, and a note on what follows from the answer."""

    title: Text
    note: Text


LOOK_UP = StaffQuestion(
    Text("Slå en henvisning op", "Look a referral up"),
    Text("Det, du skriver, kommer aldrig til at stå i en webadresse.", "What you type never appears in a web address."),
)
ASK = StaffQuestion(
    Text("Send henvisningen retur", "Return the referral"),
    Text(
        "Partneren ser begrundelsen og feltet. Spørg kun om det, som henvisningen selv eller partnerens egne andre giver "
        "grund til. At en anden organisation kender personen, må partneren aldrig kunne se, heller ikke af feltet.",
        "The partner sees the reason and the field. Ask only about what the referral itself or the partner's own others give "
        "reason for. The partner must never be able to tell that another organisation knows the person, not by the field either.",
    ),
)
TAKE_BACK = StaffQuestion(
    Text("Træk spørgsmålet tilbage", "Take the question back"),
    Text(
        "Partneren skal så ikke svare længere. Du kan spørge igen.",
        "The partner then need not answer any more. You can ask again.",
    ),
)
