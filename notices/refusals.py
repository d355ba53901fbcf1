"""What the functions of `notices/sql` refuse."""

from __future__ import annotations

from core.text import Text

REFUSALS = {
    "NOTICE_RIGHT_MISSING": Text(
        "Din rolle giver ikke lov til det. Varslets side oplyser, hvem der kan.",
        "Your role does not let you do this. The page of a notice says who can.",
    ),
    "CRISIS_ENDS_BEFORE": Text(
        "En krise slutter tidligst på sin første dag. Vælg en senere dag.",
        "A crisis ends on its first day at the earliest. Choose a later day.",
    ),
    "CRISIS_OVER": Text("Krisen er slut. Meld en ny først.", "The crisis has ended. Declare a new one first."),
    "NOTICE_WITHDRAWN": Text("Varslet er trukket tilbage. Skriv et nyt.", "The notice is withdrawn. Write a new one."),
    "NOTICE_SOURCE_CHANGED": Text(
        "Den tekst, som denne oversætter, er ikke skrevet endnu eller er ændret siden. Åbn varslet, og læs den igen.",
        "The text that this one translates is not written yet, or has changed since. Open the notice, and read it again.",
    ),
    "NOTICE_TEXT_NOT_LATEST": Text(
        "Nogen har skrevet en senere tekst, siden du åbnede siden. Læs den.",
        "Somebody has written a later text since you opened the page. Read that one.",
    ),
    "NOTICE_TEXT_UNFINISHED": Text(
        "Teksten er en kladde. Den, der skriver den, markerer den først som færdig.",
        "The text is a draft. Its author says first that it is finished.",
    ),
    "NOTICE_REVIEW_BY_AUTHOR": Text(
        "Du har skrevet teksten, så en anden læser den igennem.", "You wrote this text, so another person reviews it."
    ),
    "NOTICE_TEXT_REVIEWED": Text("Teksten er allerede læst igennem.", "The text is reviewed already."),
    "NOTICE_TEXT_PUBLISHED": Text("Teksten er allerede udgivet.", "The text is published already."),
    "NOTICE_BY_ONE": Text(
        "Du har oprettet varslet og læst teksten igennem, så en anden udgiver den.",
        "You created the notice and reviewed the text, so another person publishes it.",
    ),
    "NOTICE_TEXT_UNREVIEWED": Text(
        "En anden end den, der har skrevet teksten, læser den igennem først.",
        "Another person than its author reviews a text first.",
    ),
    "NOTICE_NOT_PUBLIC": Text(
        "Varslet er ikke udgivet, eller det er allerede trukket tilbage.",
        "The notice is not published, or is withdrawn already.",
    ),
    "NOTICE_REPLACEMENT_NOT_PUBLIC": Text(
        "I stedet kan kun komme et andet varsel, der er udgivet og ikke trukket tilbage.",
        "The replacement is another notice that is published and not withdrawn.",
    ),
    "NOTICE_NOT_THEIRS": Text(
        "Det oplyser kun organisationen selv, så længe den er åben.",
        "Only the organisation itself says this, while it is open.",
    ),
    "SERVICE_ADDRESS_TAKEN": Text(
        "Centret har taget adressen ned. En person oplyser den igen på siden Jeres tilbud.",
        "The centre has taken the address down. A person says it again on the desk.",
    ),
    "SERVICE_ADDRESS_GONE": Text("Adressen er der ikke længere.", "The address is not there any more."),
}
