"""What the page of a partner's people says of accounts that two restore, Danish and English."""

from __future__ import annotations

from core.text import Text

RESTORING = {
    "centre": Text("centret", "the centre"),
    "restorations": Text(
        "Konti, der venter på ny adgangskode og totrinsbekræftelse",
        "Accounts that wait for a new password and second factor",
    ),
    "restorations_lead": Text(
        "Der skal to til. En anden leder hos jer godkender; er der ingen, gør centret det. Ring til personen først.",
        "It takes two. Another manager of yours approves; where there is none, the centre does. Call the person first.",
    ),
    "approve_back": Text("Godkend …", "Approve …"),
    "refuse_back": Text("Afvis …", "Refuse …"),
    "asked_by": Text("Bedt om af", "Asked for by"),
    "two_needed": Text(
        "En anden leder end den, der bad om det, skal godkende det. Har I kun en, så ring til centret.",
        "Another manager than the one who asked has to approve it. If you have one alone, call the centre.",
    ),
    "second_code": Text("Den anden kode", "The second code"),
    "second_code_lead": Text(
        "Giv koden til personen selv. En anden leder hos jer, eller centret, godkender og får linket. Der skal begge dele til, og "
        "personen får besked på mail.",
        "Give the code to the person yourself. Another manager of yours, or the centre, approves and gets the link. Both are "
        "needed, and the person is told by mail.",
    ),
    "restored_lead": Text(
        "Giv linket til personen selv på en måde, I stoler på. Det virker kun sammen med den kode, som den, der bad om det, fik.",
        "Give the link to the person yourself, in a way that you trust. It works only with the code that the asker got.",
    ),
}
