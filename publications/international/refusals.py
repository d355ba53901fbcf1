"""What the functions of `publications/international/sql` refuse."""

from __future__ import annotations

from core.text import Text

REFUSALS = {
    "ABROAD_ISOLATION": Text(
        "Serverens database er sat sådan op, at ingen fil kan sendes. Sig det til den, der driver systemet.",
        "The database is set up so that no file can be sent. Tell whoever runs the server.",
    ),
    "ABROAD_RIGHT_MISSING": Text(
        "Filen sendes af en godkender i centret. Bed en godkender om det.",
        "An approver at the centre sends the file. Ask an approver.",
    ),
    "ABROAD_NO_FILE": Text("Filen findes ikke. Find den på listen.", "There is no such file. Find it in the list."),
    "ABROAD_SENT": Text("Filen er allerede markeret som sendt.", "The file is marked as sent already."),
    "ABROAD_NOT_NEWEST": Text(
        "En senere fil er trådt i stedet. Åbn den nyeste.", "A later file stands in its place. Open the newest one."
    ),
    "ABROAD_STALE": Text(
        "Udgivelser eller rettelser er blevet andre, siden filen blev dannet. En statistiker danner den igen.",
        "Releases or errata are others now. A statistician makes the file again.",
    ),
    "ABROAD_BY_MAKER": Text(
        "Der skal to medarbejdere til. Du har dannet filen, så en anden godkender sender den.",
        "Two members of staff are needed. You made the file, so another approver sends it.",
    ),
    "ABROAD_MAKER_RIGHT_MISSING": Text(
        "Filen dannes af en statistiker i centret. Bed en statistiker om det.",
        "A statistician at the centre makes the file. Ask a statistician.",
    ),
    "ABROAD_MISNAMED": Text(
        "Filen er til et andet organ eller år, end den oplyser. Dan den igen.",
        "The file is of another body or year than it says. Make it again.",
    ),
    "ABROAD_NOT_PUBLISHED": Text(
        "Filen har et tal, som ingen udgivelse viser. Sig det til den, der driver systemet.",
        "The file has a figure that no release shows. Tell whoever runs the server.",
    ),
}
