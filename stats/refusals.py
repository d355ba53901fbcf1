"""What the functions of `stats/sql` refuse."""

from __future__ import annotations

from core.text import Text

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
        "Serverens database er sat sådan op, at intet kan udgives eller trækkes tilbage. Sig det til den, der driver systemet.",
        "The database is set up so that nothing can be published or withdrawn. Tell whoever runs the server.",
    ),
    "APPROVER_RIGHT_MISSING": Text(
        "Det gør en godkender i centret. Bed en godkender om det.",
        "An approver at the centre does this. Ask an approver.",
    ),
    "NO_PROTECTED_RELEASE": Text(
        "Udgivelsen findes ikke. Find den på listen over udgivelser.",
        "There is no such release. Find it in the list of releases.",
    ),
    "ALREADY_PUBLISHED": Text(
        "{subject} er allerede udgivet. Er noget forkert, skriver en statistiker en rettelse eller bestiller en ny udgave.",
        "{subject} is published already. What is wrong in it is said by an erratum or a new vintage.",
    ),
    "APPROVED_BY_BUILDER": Text(
        "Der skal to medarbejdere til: en, der bestiller udgivelsen, og en anden godkender, der udgiver den.",
        "Two members of staff are needed: one who ordered the release, and another approver who publishes it.",
    ),
    "RELEASE_SCHEDULED": Text(
        "{subject} er planlagt, og intet om dens måneder udgives før. Annullér først planen på dens side.",
        "The publication of {subject} is scheduled, and nothing of its months is published before. Cancel that plan first.",
    ),
    "SCHEDULE_PAST": Text(
        "Tidspunktet er passeret. Vælg et senere.",
        "That time has passed. Choose a later one.",
    ),
    "ORDER_REASON_MISSING": Text(
        "Noget taler imod at udgive {subject}, og bestillingen angiver ikke, hvorfor det alligevel er rigtigt. Bestil den igen med "
        "en begrundelse.",
        "Something speaks against publishing {subject}, and its order gives no reason why it is right. Order it again.",
    ),
    "APPROVAL_REASON_MISSING": Text(
        "Noget taler imod at udgive {subject}. Begrund på begge sprog, hvorfor det alligevel er rigtigt.",
        "Something speaks against publishing {subject}. Say in both languages why it is right all the same.",
    ),
    "DRAFT_REFUSED": Text(
        "En godkender har afvist {subject}. Udkastet skal bestilles igen.",
        "An approver refused {subject}. Order it again.",
    ),
    "REFUSAL_REASON_MISSING": Text(
        "Begrund afvisningen med mindst 20 tegn.", "Say in at least 20 characters why the draft is refused."
    ),
    "ANOTHER_SCHEDULED": Text(
        "{subject} er allerede planlagt, og kun én udgivelse kan vente ad gangen. Vent, til den er udgivet, eller annullér "
        "planen på dens side.",
        "{subject} is scheduled already, and one release can wait at a time. Cancel its plan, or wait until it is published.",
    ),
    "NO_OPEN_SCHEDULE": Text(
        "Planen findes ikke mere: udgivelsen er udgivet, eller planen er annulleret. Se udgivelsens side.",
        "There is no such plan any more: the release is published, or the plan was cancelled.",
    ),
    "SCHEDULE_NOT_DUE": Text(
        "Tidspunktet er ikke kommet. Udgivelsen sker af sig selv, når det kommer.",
        "The time has not come. The release is published by itself when it comes.",
    ),
    "SCHEDULE_NOT_APPROVED": Text(
        "{subject} var på tidspunktet ikke godkendt af en person, som stadig var godkender. Planlæg den igen.",
        "At its time {subject} was not approved by somebody who was still an approver. Schedule it again.",
    ),
    "DATE_NOT_ANNOUNCED": Text(
        "Datoen er ikke meldt ud endnu. Meld den ud som foreløbig eller fast; derefter kan den flyttes eller aflyses.",
        "Announce the date first, as provisional or confirmed. Then it can be postponed or cancelled.",
    ),
    "DATE_OF_PERIOD_OPEN": Text(
        "Der er allerede meldt en dato ud for {subject}. Åbn den på listen, og vælg »Meld en ændring ud«.",
        "A date for {subject} is announced already. Open it in the list, and announce a change.",
    ),
    "DATE_ENDED": Text(
        "Det, der blev meldt ud, er udgivet eller aflyst. Meld en ny dato ud.",
        "What was announced is published or cancelled. Announce a new date.",
    ),
    "DATE_OF_PERIOD_PUBLISHED": Text(
        "Kalenderen ser selv, når tal for en periode er udgivet. Du skal intet gøre.",
        "The calendar sees by itself when figures of a period are published. Nothing is to be done.",
    ),
    "DATE_MOVED_WITHOUT_REASON": Text(
        "En dato, der ændres, er flyttet. Vælg tilstanden »flyttet«, og skriv hvorfor på begge sprog.",
        "A date that changes is postponed. Choose that status, and say why in both languages.",
    ),
    "DATE_NOT_MOVED": Text(
        "Datoen er den samme som før. Angiv den nye, eller vælg en anden tilstand end »flyttet«.",
        "The date is the same as before. Give the new one, or choose another status.",
    ),
    "DATE_PAST": Text(
        "Datoen er passeret. Vælg en senere.",
        "The date has passed. Choose a later one.",
    ),
    "PROOF_NOT_PASSED": Text(
        "Fortrolighedskontrollen af {subject} er ikke bestået, så udkastet kan ikke udgives.",
        "The disclosure check of {subject} did not pass, so the draft cannot be published.",
    ),
    "PROOF_STALE": Text(
        "Beviset for {subject} er forældet. Siden det blev dannet, er der udgivet noget, truffet afgørelse om andres tal, "
        "slettet personer eller ændret i paraplyorganisationer. Udkastet skal bestilles igen.",
        "The proof of {subject} is stale, since releases, figures, persons or umbrellas are others now. Order it again.",
    ),
    "FACT_RIGHT_MISSING": Text(
        "Statistikere og godkendere i centret afgør, hvad andres tal betyder.",
        "Statisticians and approvers at the centre decide on figures of others.",
    ),
    "FACT_DECISION_ENDED": Text(
        "Afgørelsen venter ikke mere. Se dens side.",
        "The decision waits no more. See its page.",
    ),
    "FACT_DECIDED_BY_SAME": Text(
        "Der skal to medarbejdere til: en, der afgør og kan tage afgørelsen tilbage, og en anden, der bekræfter eller afviser den.",
        "Two members of staff are needed: one who decides and may take it back, and another who confirms or refuses it.",
    ),
    "PREVIEW_RIGHT_MISSING": Text(
        "Tabellerne i et udkast ses kun af statistikere og godkendere i centret.",
        "Only statisticians and approvers at the centre see the tables of a draft.",
    ),
    "WITHDRAWAL_REASON_MISSING": Text(
        "Skriv på begge sprog, hver gang med mindst 20 tegn, hvorfor udgivelsen trækkes tilbage.",
        "Say in both languages, in at least 20 characters, why the release is withdrawn.",
    ),
    "NO_PUBLISHED_RELEASE": Text(
        "Udgivelsen findes ikke eller er ikke udgivet. Find den på listen over udgivelser.",
        "There is no such published release. Find it in the list of releases.",
    ),
    "ALREADY_WITHDRAWN": Text("{subject} er allerede trukket tilbage.", "{subject} is withdrawn already."),
    "REPLACEMENT_UNFIT": Text(
        "Vælg en senere udgave af samme periode til samme modtagere, som er udgivet og ikke trukket tilbage.",
        "Choose a later vintage of the same period and audience that is published and not withdrawn.",
    ),
    "WITHDRAWAL_ASKED": Text(
        "Tilbagetrækningen af {subject} venter allerede på en anden godkender. Se dens side.",
        "The withdrawal of {subject} waits for a second approver already. See its page.",
    ),
    "NO_OPEN_WITHDRAWAL": Text(
        "Anmodningen findes ikke mere: den er afgjort. Se udgivelsens side.",
        "There is no such request any more: it is decided. See the release.",
    ),
    "WITHDRAWAL_BY_SAME": Text(
        "Du har selv bedt om tilbagetrækningen. Bed en anden godkender om at tage stilling.",
        "You asked for the withdrawal yourself. Ask another approver to agree.",
    ),
    "ERRATUM_BY_SAME": Text(
        "Du har selv skrevet rettelsen. Bed en kollega læse og udgive den.",
        "You wrote the erratum yourself. Ask a colleague to read and publish it.",
    ),
    "ERRATUM_RIGHT_MISSING": Text(
        "Statistikere og godkendere i centret skriver rettelser, tager stilling til dem og mærker udgivelser som under gennemgang.",
        "Statisticians and approvers at the centre write errata, decide on them, and mark releases as under review.",
    ),
    "REVIEW_SIGN_UP": Text("{subject} er allerede mærket.", "{subject} has the sign already."),
    "NOT_PUBLISHED": Text(
        "{subject} er ikke udgivet. Kun det, der er udgivet, rettes eller mærkes som under gennemgang.",
        "{subject} is not published. Only what is published is corrected or marked as under review.",
    ),
    "ERASURE_NOT_RUNNING": Text(
        "Det, en udgivelse har talt, gemmes, mens en person slettes.",
        "What a release counted is kept while a person is erased.",
    ),
}
