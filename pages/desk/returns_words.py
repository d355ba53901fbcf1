"""The words of *Returned to you*."""

from __future__ import annotations

from pages.desk.frame import DeskQuestion
from partners.text import Text

RETURNS: dict[str, Text] = {
    "title": Text("Sendt retur til jer", "Returned to you"),
    "lead": Text(
        "Centret spørger om disse henvisninger. Ret eller træk en henvisning tilbage, så venter den ikke længere. Er der "
        "intet at rette, så svar med en begrundelse.",
        "The centre asks about these referrals. Correct or withdraw one, and it waits no more. If there is nothing to correct, "
        "answer with a reason.",
    ),
    "none": Text("Intet er sendt retur.", "Nothing is returned."),
    "reference": Text("Reference", "Reference"),
    "month": Text("Måned", "Month"),
    "reason": Text("Centret skriver", "The centre says"),
    "field": Text("Drejer sig om", "Is about"),
    "due": Text("Svar inden", "Answer by"),
    "late": Text("fristen er gået", "the day has passed"),
    "act": Text("Handling", "Action"),
    "correct": Text("Ret henvisningen", "Correct the referral"),
    "answer": Text("Svar med en begrundelse", "Answer with a reason"),
    "answer_title": Text("Hvorfor rettes henvisningen ikke?", "Why is the referral not corrected?"),
    "choose": Text("Vælg et svar.", "Choose an answer."),
    "send": Text("Svar", "Answer"),
    "counted": Text("Tælles", "Counted"),
    "releases": Text("Med i grundlaget for udgivelser", "Among the records of releases"),
    "returned": Text("Sendt retur", "Returned"),
}
QUESTION = DeskQuestion(
    Text("Skal svaret sendes?", "Send this answer?"),
    Text(
        "Svaret kan ikke ændres. I kan stadig rette henvisningen senere.",
        "The answer cannot be changed. You can still correct the referral later.",
    ),
    Text("Ja, send svaret", "Yes, send the answer"),
)
DONE = Text("Svaret er sendt til centret.", "The answer is sent to the centre.")
ENDED = Text(
    "Henvisningen venter ikke længere på svar: den er rettet, trukket tilbage eller besvaret.",
    "The referral waits for no answer any more: it was corrected, withdrawn or answered.",
)
NO_RELEASE = Text("Ingen endnu", "None yet")


def how_many(number: int) -> Text:
    """That so many referrals wait."""
    if number == 1:
        return Text("1 henvisning er sendt retur", "1 referral is returned to you")
    return Text(f"{number} henvisninger er sendt retur", f"{number} referrals are returned to you")
