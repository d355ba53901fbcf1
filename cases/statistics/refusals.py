"""What the functions of `cases/statistics/sql` refuse."""

from __future__ import annotations

from partners.text import Text

REFUSALS = {
    "EXACT_READER_MISSING": Text(
        "Nøjagtige tal læses af én klient eller én medarbejder.",
        "Exact figures are read by one client or one member of staff.",
    ),
    "EXACT_REQUEST_INCOMPLETE": Text(
        "Nøjagtige tal læses til et angivet formål og ved navnene på udgivelser og tabeller.",
        "Exact figures are read for a purpose, by the names of releases and tables.",
    ),
    "APPROVAL_ISOLATION": Text(
        "Udgivelser udgives og trækkes tilbage ved READ COMMITTED.",
        "Releases are published and withdrawn at READ COMMITTED.",
    ),
    "APPROVER_RIGHT_MISSING": Text(
        "Kun aktive medarbejdere med rettigheden approve_release må gøre det.",
        "Only active staff with the right approve_release may do this.",
    ),
    "NO_PROTECTED_RELEASE": Text("Den beskyttede udgivelse findes ikke.", "There is no such protected release."),
    "ALREADY_PUBLISHED": Text("{subject} er allerede udgivet.", "{subject} is published already."),
    "APPROVED_BY_BUILDER": Text(
        "Der skal to medarbejdere til: en, der bestiller udgivelsen, og en anden, der godkender den.",
        "Two members of staff are needed: one who had it built, and another who approves.",
    ),
    "PROOF_NOT_PASSED": Text("{subject} har intet bevis, der er bestået.", "{subject} has no proof that passed."),
    "PROOF_STALE": Text(
        "Beviset for {subject} er forældet, fordi udgivelser, tal, personer eller paraplyorganisationer siden er blevet andre: "
        "bestil udgivelsen igen.",
        "The proof of {subject} is stale: build it again, since releases, facts, persons or umbrellas are others now.",
    ),
    "PREVIEW_RIGHT_MISSING": Text(
        "Kun aktive medarbejdere, der må bestille eller udgive udgivelser, må se tabellerne i et udkast.",
        "Only active staff who may order or publish releases may see the tables of a draft.",
    ),
    "WITHDRAWAL_REASON_MISSING": Text("En tilbagetrækning skal begrundes.", "A withdrawal needs a reason."),
    "NO_PUBLISHED_RELEASE": Text(
        "Udgivelsen findes ikke eller er ikke udgivet.", "There is no such published release."
    ),
    "ALREADY_WITHDRAWN": Text("{subject} er allerede trukket tilbage.", "{subject} is withdrawn already."),
    "REPLACEMENT_UNFIT": Text(
        "Erstatningen skal være en anden udgivet udgivelse af samme periode for samme modtagere, som ikke selv er trukket tilbage.",
        "The replacement is another published release of the same period and audience that is not withdrawn itself.",
    ),
    "NOT_PUBLISHED": Text("{subject} er ikke udgivet.", "{subject} is not published."),
    "ERASURE_NOT_RUNNING": Text(
        "Det, en udgivelse har talt, gemmes, mens en person slettes.",
        "What a release counted is kept while a person is erased.",
    ),
}
