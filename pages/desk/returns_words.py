"""The words of *Returned to you*."""

from __future__ import annotations

from cases.windows.opening import GRACE_OF_ANSWERS
from core.text import Text
from pages.desk.frame import DeskQuestion

DAYS = GRACE_OF_ANSWERS.days
RETURNS: dict[str, Text] = {
    "title": Text("Sendt retur til jer", "Returned to you"),
    "about": Text(
        "Er centret i tvivl om en henvisning, står den her med et spørgsmål og en frist for jeres svar.",
        "If the centre is in doubt about a referral, it stands here with a question and a day by which you answer.",
    ),
    "lead": Text(
        "Centret spørger om disse henvisninger. Ret det, der spørges om, eller træk henvisningen tilbage, så er der svaret. Er "
        "der intet at rette, så svar med en begrundelse.",
        "The centre asks about these referrals. Correct what is asked about, or withdraw the referral: that is the answer. If "
        "there is nothing to correct, answer with a reason.",
    ),
    "others_answer": Text(
        "Centret spørger om disse henvisninger. En leder eller en sagsbehandler svarer.",
        "The centre asks about these referrals. A manager or a caseworker answers.",
    ),
    "asks": Text("Centret spørger om henvisningen", "The centre asks about this referral"),
    "rule": Text(
        "Et spørgsmål om et felt er besvaret, når feltet er rettet. Andre spørgsmål venter stadig. Er feltet rigtigt, så svar "
        "med en begrundelse.",
        "A question about a field is answered once the field is corrected. Other questions still wait. If the field is right, "
        "answer with a reason.",
    ),
    "answered": Text("Besvaret", "Answered"),
    "answered_lead": Text(
        f"Centret har endnu ikke set på disse svar. Var svaret forkert, kan henvisningen stadig rettes: er året lukket, i "
        f"{DAYS} dage efter svaret.",
        f"The centre has not looked at these answers yet. If one was wrong, the referral can still be corrected: for "
        f"{DAYS} days after the answer where the year is closed.",
    ),
    "state": Text("Svar", "Answer"),
    "none": Text("Intet er sendt retur.", "Nothing is returned."),
    "reference": Text("Reference", "Reference"),
    "month": Text("Måned", "Month"),
    "person": Text("Person", "Person"),
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
    "releases": Text("Udgivelser, den indgår i", "Releases it is part of"),
    "returned": Text("Sendt retur", "Returned"),
}
QUESTION = DeskQuestion(
    Text("Skal svaret sendes?", "Send this answer?"),
    Text(
        f"Svaret kan ikke ændres. I kan stadig rette henvisningen: er året lukket, i {DAYS} dage.",
        f"The answer cannot be changed. You can still correct the referral: for {DAYS} days where the year is closed.",
    ),
    Text("Ja, send svaret", "Yes, send the answer"),
)
DONE = Text("Svaret er sendt til centret.", "The answer is sent to the centre.")
ENDED = Text(
    "Spørgsmålet venter ikke længere på svar: henvisningen er rettet, trukket tilbage eller besvaret.",
    "The question waits for no answer any more: the referral was corrected, withdrawn or answered.",
)
STILL_ASKED = Text(
    "Centret venter stadig på svar om: {fields}.", "The centre still waits for an answer about: {fields}."
)
NO_RELEASE = Text("Ingen endnu", "None yet")


def how_many(number: int) -> Text:
    """That so many referrals wait."""
    if number == 1:
        return Text("1 henvisning er sendt retur", "1 referral is returned to you")
    return Text(f"{number} henvisninger er sendt retur", f"{number} referrals are returned to you")
