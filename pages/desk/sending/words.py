"""The words of the pages on which a file is sent."""

from __future__ import annotations

from enum import StrEnum

from cases.intake.batches.wording import LATEST_CHOICE
from cases.intake.models import BatchStage
from core.text import Text
from pages.desk.frame import DeskQuestion


class DeliveryState(StrEnum):
    """How it stands with a delivery, for a person."""

    WORKING = "working"
    REFUSED = "refused"
    SENT = "sent"
    CANCELLED = "cancelled"
    NOTHING_NEW = "nothing new"
    WAITING = "waiting"
    EXPIRED = "expired"


STATE_WORDS: dict[DeliveryState, Text] = {
    DeliveryState.WORKING: Text("Behandles", "Being worked on"),
    DeliveryState.REFUSED: Text("Afvist", "Refused"),
    DeliveryState.SENT: Text("Sendt", "Sent"),
    DeliveryState.CANCELLED: Text("Annulleret", "Cancelled"),
    DeliveryState.NOTHING_NEW: Text("Intet nyt", "Nothing new"),
    DeliveryState.WAITING: Text("Kontrolleret, ikke sendt", "Checked, not sent"),
    DeliveryState.EXPIRED: Text(
        "Kontrolleret, ikke sendt; rækkerne er slettet", "Checked, not sent; the rows are forgotten"
    ),
}
# Of a delivery whose rows are deleted: one row, and several.
NONE_SENT = (Text("række, som ikke er sendt", "row, not sent"), Text("rækker, ingen er sendt", "rows, none sent"))
STAGE_WORDS: dict[BatchStage, Text] = {
    BatchStage.GUARDING: Text("Vi ser efter, at intet udpeger en person", "We look that nothing identifies a person"),
    BatchStage.CHECKING: Text("Rækkerne kontrolleres", "The rows are being checked"),
    BatchStage.COMPARING: Text(
        "Rækkerne sammenlignes med det, der er gemt", "The rows are compared with what is stored"
    ),
    BatchStage.STORING: Text("Rækkerne gemmes", "The rows are being stored"),
    BatchStage.REPORTING: Text("Fejlfilerne laves", "The error files are being made"),
}
BY_API = Text("API", "API")
CONFIRMED_BY = Text("bekræftet af", "confirmed by")
STORED_BY = Text("gemt af", "stored by")
IN_FLIGHT = Text(
    "Filen er ved at blive taget imod. Den står øverst på listen, når den er kontrolleret.",
    "The file is being taken in. It stands first in the list once it is checked.",
)
NO_FILE = Text(
    "Filen kom ikke helt frem. Vælg filen, og prøv igen.", "No whole file has arrived. Choose the file, and try again."
)
NOT_THE_SAME = Text(
    "Svarene hører til en anden fil. Vælg den fil, der blev spurgt om; ret først fejl i den bagefter.",
    "The answers belong to another file. Choose the file that was asked about; correct errors in it afterwards.",
)
CHOOSE_REASON = Text(
    "Der blev ikke sendt noget: vælg en begrundelse for det, der skal bekræftes.",
    "Nothing was sent: choose a reason for what has to be confirmed.",
)
NOT_ALL = Text(
    "Der blev ikke gemt noget: noget er ændret siden kontrollen. Se, hvad der står nu.",
    "Nothing was stored: something has changed since the check. See what is here now.",
)
BUSY = Text("Filen behandles allerede.", "The file is being worked on already.")
SENT = Text("Det er sendt. Se kvitteringen.", "It is sent. See the receipt.")
CONFIRMED = Text(
    "Det er bekræftet. Intet er sendt endnu, og rækkerne venter ikke længere end før.",
    "It is confirmed. Nothing is sent yet, and the rows wait no longer than before.",
)
CANCELLED = Text("Det er annulleret, og rækkerne er slettet.", "It is cancelled, and the rows are forgotten.")
EMPTIED = Text("Alt i testtilstand er slettet.", "Everything in test mode is deleted.")
STRICT_QUESTION = DeskQuestion(
    Text("Vil I sende rækkerne?", "Do you want to send the rows?"),
    Text(
        "De gemmes hos centret, alle eller ingen. En række kan rettes eller trækkes tilbage senere, ikke slettes.",
        "They are stored at the centre, all or none. A row can be corrected or withdrawn later, not deleted.",
    ),
    Text("Ja, send", "Yes, send"),
)
LENIENT_QUESTION = DeskQuestion(
    Text("Vil I sende de rækker, der er i orden?", "Do you want to send the rows that are right?"),
    Text(
        "De gemmes hos centret. De andre gemmes ikke: ret dem i fejlfilen, og send den. Det, der er gemt, gemmes ikke to gange.",
        "They are stored at the centre. The others are not: correct them in the error file, and send that. What is stored is not "
        "stored twice.",
    ),
    Text("Ja, send de gode", "Yes, send the good ones"),
)
CANCEL_QUESTION = DeskQuestion(
    Text("Vil I annullere?", "Do you want to cancel?"),
    Text(
        "De rækker, der venter, slettes. Det, der er gemt, bliver. I kan sende filen igen.",
        "The rows that wait are forgotten. What is stored stays. You can send the file again.",
    ),
    Text("Ja, annullér", "Yes, cancel"),
)
EMPTY_QUESTION = DeskQuestion(
    Text("Vil I slette alt i testtilstand?", "Do you want to delete everything in test mode?"),
    Text(
        "Alt, I har sendt i testtilstand, slettes for altid. Rigtige henvisninger røres ikke.",
        "Everything that you sent in test mode is deleted for good. Real referrals are not touched.",
    ),
    Text("Ja, slet det", "Yes, delete it"),
)

WORDS: dict[str, Text] = {
    "title": Text("Send fil", "Send a file"),
    "lead": Text(
        "Vi kontrollerer altid filen først. Intet er sendt, før I har set, hvad der sker med hver række.",
        "We always check the file first. Nothing is sent before you have seen what becomes of each row.",
    ),
    "first": Text(
        "I har ikke sendt rigtige henvisninger endnu. Prøv først med opdigtede rækker i testtilstand: det tælles aldrig med.",
        "You have not sent real referrals yet. Try invented rows in test mode first: that is never counted.",
    ),
    "to_test": Text("Prøv i testtilstand", "Try it in test mode"),
    "step_template": Text("1. Udfyld skemaet", "1. Fill in the template"),
    "template_lead": Text(
        "Skemaet har lister, hjælp og en ny reference i hver række. Brug et nyt skema, hver gang I begynder forfra.",
        "The template has lists, help and a new reference in each row. Use a new one each time you begin afresh.",
    ),
    "template_xlsx": Text("Hent skema (Excel)", "Download template (Excel)"),
    "template_csv": Text("Hent skema (CSV)", "Download template (CSV)"),
    "rehearsal_lead": Text(
        "Eller prøv med 40 opdigtede rækker; i den ene fil er der fejl i to.",
        "Or try 40 invented rows; in one of the files two have errors.",
    ),
    "rehearsal_xlsx": Text("Hent testfil med to fejl (Excel)", "Download test file with two errors (Excel)"),
    "rehearsal_right": Text("Hent testfil uden fejl (Excel)", "Download test file without errors (Excel)"),
    "step_file": Text("2. Vælg filen", "2. Choose the file"),
    "file": Text("Fil (.xlsx, .ods eller .csv)", "File (.xlsx, .ods or .csv)"),
    "file_hint": Text(
        "Skriv aldrig navne, CPR-numre, telefonnumre eller adresser: så stoppes hele filen, og intet af den gemmes.",
        "Never write names, CPR numbers, telephone numbers or addresses: the whole file is stopped then, and none of it kept.",
    ),
    "latest_choice": LATEST_CHOICE,
    "check": Text("Kontrollér filen", "Check the file"),
    "error": Text("Der er et problem", "There is a problem"),
    "columns_link": Text("Jeres egne kolonner og ord", "Your own columns and words"),
    "empty": Text("Slet alt i testtilstand", "Delete everything in test mode"),
    "latest": Text("Senest", "Latest"),
    "deliveries": Text("Det, I har sendt", "What you have sent"),
    "no_deliveries": Text("I har ikke sendt nogen fil endnu.", "You have not sent a file yet."),
    "find": Text("Find en leverance ved dens første otte tegn", "Find a delivery by its first eight characters"),
    "find_submit": Text("Find", "Find"),
    "none_found": Text("Ingen leverance begynder sådan.", "No delivery begins so."),
    "all_deliveries": Text("Vis alle", "Show all"),
    "name": Text("Leverance", "Delivery"),
    "when": Text("Tidspunkt", "When"),
    "who": Text("Hvem", "Who"),
    "state": Text("Status", "State"),
    "rows": Text("Rækker", "Rows"),
    "newer": Text("Nyere", "Newer"),
    "older": Text("Ældre", "Older"),
    "draft": Text("En fil er kontrolleret og ikke sendt", "A file is checked and not sent"),
    "draft_rest": Text("En fil har rækker, der skal bekræftes", "A file has rows that have to be confirmed"),
    "until": Text("venter til", "waits until"),
}
