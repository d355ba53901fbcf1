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
        "Intet er udgivet eller trukket tilbage: programmet gjorde en fejl. Prøv igen, og sig det til driften, hvis det sker igen.",
        "Nothing is published or withdrawn: the program made a mistake. Try again, and tell operations if it happens again.",
    ),
    "APPROVER_RIGHT_MISSING": Text(
        "Kun centrets godkendere udgiver og trækker tilbage. Bed en af dem om at gøre det.",
        "Only the centre's approvers publish and withdraw. Ask one of them to do it.",
    ),
    "NO_PROTECTED_RELEASE": Text("Den beskyttede udgivelse findes ikke.", "There is no such protected release."),
    "ALREADY_PUBLISHED": Text("{subject} er allerede udgivet.", "{subject} is published already."),
    "APPROVED_BY_BUILDER": Text(
        "Der skal to medarbejdere til: en, der bestiller udgivelsen, og en anden, der godkender den.",
        "Two members of staff are needed: one who had it built, and another who approves.",
    ),
    "RELEASE_SCHEDULED": Text(
        "{subject} er sat til at blive udgivet, og intet om dens måneder udgives før: tag først tidspunktet tilbage.",
        "The publication of {subject} is scheduled, and nothing of its months is published before: take that back first.",
    ),
    "SCHEDULE_PAST": Text("Tidspunktet er passeret.", "The moment of publication has passed."),
    "SCHEDULE_APPROVED_BY_SAME": Text(
        "Du har allerede godkendt: den anden godkendelse er en andens.",
        "You have approved this already: the second approval is another person's.",
    ),
    "ANOTHER_SCHEDULED": Text(
        "{subject} er allerede sat til at blive udgivet. Kun én kan vente, for hver udgivelse gør andre beviser forældede.",
        "The publication of {subject} is scheduled already. Only one can wait: each publication makes other proofs stale.",
    ),
    "NO_OPEN_SCHEDULE": Text("Der venter ingen sådan udgivelse.", "There is no such scheduled publication that waits."),
    "SCHEDULE_NOT_DUE": Text("Tidspunktet er ikke kommet.", "The moment of publication has not come."),
    "SCHEDULE_NOT_APPROVED": Text(
        "{subject} var på tidspunktet ikke godkendt af to personer, som stadig havde retten.",
        "At its moment {subject} was not approved by two persons who still had the right.",
    ),
    "DATE_NOT_ANNOUNCED": Text(
        "En dato meldes ud, før der siges andet om den.", "A date is announced before anything else is said of it."
    ),
    "DATE_OF_PERIOD_OPEN": Text(
        "Der er allerede meldt en dato ud for {subject}: ret den.",
        "A date for {subject} is announced already: change that.",
    ),
    "DATE_ENDED": Text(
        "Det, der blev meldt ud, er udgivet eller aflyst.", "What was announced is published or cancelled."
    ),
    "DATE_OF_PERIOD_PUBLISHED": Text(
        "At tal for en periode er udgivet, ses af udgivelsen.",
        "That figures of a period are published is seen from their release.",
    ),
    "DATE_MOVED_WITHOUT_REASON": Text(
        "En dato, der ændres, meldes ud som flyttet, med en begrundelse.",
        "A date that moves is announced as postponed, with a reason.",
    ),
    "DATE_NOT_MOVED": Text("En dato, der er flyttet, er en anden.", "A date that is postponed is another one."),
    "DATE_PAST": Text("Datoen er passeret.", "The date has passed."),
    "PROOF_NOT_PASSED": Text("{subject} har intet bevis, der er bestået.", "{subject} has no proof that passed."),
    "PROOF_STALE": Text(
        "Beviset for {subject} er forældet, fordi udgivelser, tal, personer eller paraplyorganisationer siden er blevet andre: "
        "bestil udgivelsen igen.",
        "The proof of {subject} is stale: build it again, since releases, facts, persons or umbrellas are others now.",
    ),
    "PREVIEW_RIGHT_MISSING": Text(
        "Kun centrets statistikere og godkendere ser tabellerne i et udkast. Bed en af dem om at se efter.",
        "Only the centre's statisticians and approvers see the tables of a draft. Ask one of them to look.",
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
