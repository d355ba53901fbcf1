"""Names of this app and its models on the staff pages, and what its database refuses."""

from __future__ import annotations

from typing import NamedTuple

from cases.words import FIELDS as SHARED
from core.text import ModelNames, Text

ROOM = Text("Henvisninger, der er sendt retur", "Returned referrals")

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
FIELDS = SHARED
CONSTRAINTS = {
    "returnend_by_whom": Text(
        "Et svar er en partners, og kun centret trækker tilbage.",
        "An answer is a partner's, and only the centre takes a return back.",
    ),
}
# What `returns.sql` refuses.
REFUSALS = {
    "RETURN_RIGHT_MISSING": Text(
        "Kun sagsansvarlige i centret sender henvisninger retur. Bed en af dem om at gøre det.",
        "Only the centre's case managers return referrals. Ask one of them to do it.",
    ),
    "RETURN_CHANGED": Text(
        "Henvisningen er ændret, siden den blev vist: se den igen.",
        "The referral has changed since it was shown: look again.",
    ),
    "RETURN_ASKED": Text(
        "Partneren er allerede spurgt om dette. Slog svaret ikke til, så spørg igen fra svarets side.",
        "The partner was asked about this already. If the answer was not enough, ask again from the page of the answer.",
    ),
    "RETURN_NOT_THEIRS": Text(
        "Lederne og sagsbehandlerne hos en åben partner svarer på det, der er sendt retur til den. Bed en af dem om at svare.",
        "The managers and caseworkers of an open partner answer what was returned to it. Ask one of them to answer.",
    ),
    "RETURN_REVIEWED": Text(
        "En kollega har allerede afsluttet svaret eller spurgt igen. Åbn det fra listen for at se hvad.",
        "A colleague has settled the answer, or asked again, already. Open it from the list to see which.",
    ),
    "RETURN_UNANSWERED": Text(
        "Der er intet svar at afslutte: partneren har endnu ikke svaret, eller spørgsmålet er trukket tilbage.",
        "There is no answer to settle: the partner has not answered yet, or the question was taken back.",
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
UNREVIEWED = Text("Besvaret, ikke set på endnu", "Answered, not looked at yet")
OVERDUE = Text("Svar mangler: fristen er gået", "No answer: the day has passed")


class StaffQuestion(NamedTuple):
    """The question of a page, and a note on what follows from the answer."""

    title: Text
    note: Text


NONE_RETURNED = Text(
    "Ingen henvisning er sendt retur. Begynd med »Slå en henvisning op« eller på en persons side.",
    "No referral was returned. Begin with “Look a referral up” or on the page of a person.",
)
LOOK_UP = StaffQuestion(
    Text("Slå en henvisning op", "Look a referral up"),
    Text(
        "Find den henvisning, du vil spørge partneren om. Skriv dens reference, hele eller de første otte tegn, eller sagskoden. "
        "Det kommer aldrig til at stå i en webadresse.",
        "Find the referral about which you want to ask its partner. Enter its reference, whole or the first eight characters, or "
        "the case token. It never appears in a web address.",
    ),
)
ASK = StaffQuestion(
    Text("Send henvisningen retur", "Return the referral"),
    Text(
        "Partneren ser begrundelsen og feltet. Spørg kun om det, som henvisningen selv eller partnerens andre henvisninger giver "
        "grund til. Partneren må aldrig kunne se, at en anden organisation kender personen; heller ikke af, hvilket felt du "
        "vælger.",
        "The partner sees the reason and the field. Ask only about what this referral or the partner's other referrals give "
        "reason for. The partner must never be able to tell that another organisation knows the person, not even by the field.",
    ),
)
SETTLE = StaffQuestion(
    Text("Afslut spørgsmålet", "Settle the question"),
    Text(
        "Svaret er godt nok. Er året lukket, kan partneren ikke rette mere, når alt, der er spurgt om, er afsluttet.",
        "The answer is good enough. Where the year is closed, the partner corrects no more once all that was asked is settled.",
    ),
)
ASK_AGAIN = StaffQuestion(
    Text("Spørg igen", "Ask again"),
    Text(
        "Partneren får samme spørgsmål igen om henvisningen, som den står nu, med en ny frist på tre uger.",
        "The partner is asked the same again about the referral as it stands now, and has three weeks.",
    ),
)
TAKE_BACK = StaffQuestion(
    Text("Træk spørgsmålet tilbage", "Take the question back"),
    Text(
        "Partneren skal så ikke svare længere. Du kan spørge igen.",
        "The partner then need not answer any more. You can ask again.",
    ),
)
