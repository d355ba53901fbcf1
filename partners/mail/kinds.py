"""The kinds of mail: one table of what each says, where it leads and whom it is for.

A mail says that something waits, and where to sign in. It never says what: no figure, no reference, no name, no organisation. The
one fact in it may be a day on which something is due or ends: `{day}`, of the mailing's key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.text import Text
from partners.roles import Right

# The fixed pages to which mails lead. None has a token but those for a code and for stopping a kind.
DESK, ACCOUNT, ADMIN, PREFERENCES = "/send/", "/account/", "/admin/", "/account/mail/"
CONFIRM, IDLE = "confirm", "idle"


class MailResult(StrEnum):
    """What became of a mail."""

    SENT = "SENT"
    SKIPPED = "SKIPPED"
    REFUSED = "REFUSED"
    FAILED = "FAILED"


RESULTS: dict[MailResult, Text] = {
    MailResult.SENT: Text("afsendt", "sent"),
    MailResult.SKIPPED: Text(
        "ikke sendt: personen skal ikke længere have den, eller den var for gammel",
        "not sent: the person no longer gets it, or it was too old",
    ),
    MailResult.REFUSED: Text("afvist af modtagerens mailserver", "refused by the mail server of the address"),
    MailResult.FAILED: Text(
        "ikke taget imod lige nu, og ikke sendt igen", "not accepted at the time, and not sent again"
    ),
}


@dataclass(frozen=True, slots=True)
class MailKind:
    """A kind of mail. `title` and `about`: for who chooses. `subject` and `body`: of the mail. `path`: the page it leads to.

    `right`: what a person of a partner must be allowed to, to get it; None: nothing. `for_staff`: for staff, and for nobody else;
    None: for both. `is_optional`: a person may stop it.
    """

    title: Text
    subject: Text
    body: Text
    path: str
    right: Right | None = None
    for_staff: bool | None = False
    is_optional: bool = True


KINDS: dict[str, MailKind] = {
    CONFIRM: MailKind(
        Text("Bekræftelse af mailadressen", "Confirmation of the mail address"),
        Text("Bekræft din mailadresse i Henvis", "Confirm your mail address in Henvis"),
        Text(
            "Du har skrevet denne adresse på din konto i Henvis. Log ind, og åbn derefter linket herunder for at bekræfte den. "
            "Linket virker i syv dage.\n\nEr det ikke dig, så slet denne mail. Så sender vi ikke mere.",
            "You entered this address in your account in Henvis. Sign in, and then open the link below to confirm it. "
            "The link works for seven days.\n\nIf this was not you, delete this mail. We will send nothing more.",
        ),
        f"{PREFERENCES}confirm/",
        for_staff=None,
        is_optional=False,
    ),
    "due_soon": MailKind(
        Text("En uge før fristen for en indberetning", "A week before a report is due"),
        Text("Jeres indberetning har frist {day}", "Your report is due on {day}"),
        Text(
            "Næste indberetning skal være sendt og meldt færdig senest {day}. Har I intet at indberette, så sig det på siden.",
            "The next report is to be sent and declared complete by the end of {day}. If you have nothing to report, say so on the "
            "page.",
        ),
        DESK,
        Right.SUBMIT,
    ),
    "due_now": MailKind(
        Text("Dagen før fristen for en indberetning", "The day before a report is due"),
        Text(
            "Jeres indberetning er ikke meldt færdig, og fristen er {day}",
            "Your report is not complete and is due on {day}",
        ),
        Text(
            "Indberetningen skal være sendt og meldt færdig senest {day}. Den er ikke begyndt, eller den er begyndt og ikke meldt "
            "færdig. Send resten, og sig på siden, at det var alt.",
            "The report is to be sent and declared complete by the end of {day}. It is not begun, or it is begun and not complete. "
            "Send the rest, and say on the page that that was all.",
        ),
        DESK,
        Right.SUBMIT,
    ),
    "overdue": MailKind(
        Text("Dagen efter en frist, der ikke blev holdt", "The day after a deadline that was missed"),
        Text("Jeres indberetning mangler", "Your report is missing"),
        Text(
            "Fristen var {day}, og vi har ikke fået indberetningen. Send den, så snart I kan.",
            "The report was due by {day} and has not arrived. Please send it as soon as you can.",
        ),
        DESK,
        Right.SUBMIT,
    ),
    "reminder": MailKind(
        Text("Når centret minder om en indberetning", "When the centre reminds you of a report"),
        Text("Centret minder om en indberetning", "A reminder from the centre"),
        Text(
            "Centret venter på en indberetning fra jer. Log ind for at se hvilken.",
            "The centre is waiting for a report from you. Sign in to see which one.",
        ),
        DESK,
        Right.SUBMIT,
    ),
    "digest": MailKind(
        Text("Hver mandag, når noget venter på jer", "Every Monday, when something waits for you"),
        Text("Noget venter på jer i Henvis", "Something waits for you in Henvis"),
        Text("Log ind for at se hvad.", "Sign in to see what."),
        DESK,
        Right.SUBMIT,
    ),
    "delivery": MailKind(
        Text("Når en fil venter på, at I ser på den", "When a file waits for you to look at it"),
        Text("En fil venter på jer", "A file waits for you"),
        Text(
            "En fil, som I har sendt, er læst og venter på jer. Den gemmes ikke, før I har set på den.",
            "A file that you sent has been read and waits for you. It is not stored until you have looked at it.",
        ),
        DESK,
        Right.SUBMIT,
    ),
    "notice": MailKind(
        Text("Når et varsel venter på jer", "When a notice waits for you"),
        Text("Et varsel venter på jer", "A notice waits for you"),
        Text(
            "Centret udgav et varsel {day}. Læs det, sig, at I har set det, og giv det videre.",
            "The centre published a notice on {day}. Read it, say that you have seen it, and hand it on.",
        ),
        DESK,
        Right.SUBMIT,
    ),
    "secret_soon": MailKind(
        Text("30 dage før en API-nøgle udløber", "30 days before a secret expires"),
        Text("En API-nøgle udløber {day}", "A secret expires on {day}"),
        Text(
            "En af jeres API-nøgler udløber {day}. Lav en ny i god tid: den gamle virker endnu et stykke tid.",
            "One of your secrets for the API expires on {day}. Make a new one in good time: the old one works a while longer.",
        ),
        ACCOUNT,
        Right.MANAGE_SECRETS,
    ),
    "secret_now": MailKind(
        Text("En uge før en API-nøgle udløber", "A week before a secret expires"),
        Text("En API-nøgle udløber {day}", "A secret expires on {day}"),
        Text(
            "En af jeres API-nøgler udløber {day}. Derefter kan jeres system ikke sende. Lav en ny nu.",
            "One of your secrets for the API expires on {day}. After that your system cannot send. Make a new one now.",
        ),
        ACCOUNT,
        Right.MANAGE_SECRETS,
    ),
    "invitation": MailKind(
        Text(
            "Når en invitation, du har lavet, snart udløber ubrugt",
            "When an invitation that you made is about to expire unused",
        ),
        Text("En invitation udløber {day}", "An invitation expires on {day}"),
        Text(
            "En invitation, som du har lavet, er ikke brugt endnu og udløber {day}.",
            "An invitation that you made has not been used yet and expires on {day}.",
        ),
        ACCOUNT,
        Right.MANAGE_PEOPLE,
    ),
    "codes": MailKind(
        Text("Når du har få reservekoder tilbage", "When you have few recovery codes left"),
        Text("Du har få reservekoder tilbage", "You have few recovery codes left"),
        Text(
            "Uden reservekoder kan du ikke logge ind, hvis du mister din app eller nøgle. Dan nye på din konto.",
            "Without recovery codes you cannot sign in if you lose your app or passkey. Make new ones in your account.",
        ),
        ACCOUNT,
        for_staff=None,
    ),
    "restore": MailKind(
        Text("Når nogen beder om at genåbne din konto", "When somebody asks to restore your account"),
        Text("Din konto skal have ny adgangskode", "Your account is to get a new password"),
        Text(
            "Der er bedt om ny adgangskode og totrinsbekræftelse til din konto. Får du et link og en kode, så brug dem selv. Er "
            "det ikke dig, der har brug for det, så ring til centret nu: så længe begge dele ikke er brugt, sker der intet.",
            "A new password and second factor were asked for your account. If you get a link and a code, use them yourself. If "
            "it is not you who needs this, call the centre now: as long as both are not used, nothing happens.",
        ),
        ACCOUNT,
        for_staff=None,
        is_optional=False,
    ),
    IDLE: MailKind(
        Text(
            "Før din konto lukkes, fordi den ikke bruges", "Before your account is switched off because it is not used"
        ),
        Text("Din konto i Henvis lukkes {day}", "Your account in Henvis is switched off on {day}"),
        Text(
            "Du har ikke logget ind i lang tid. Derfor lukkes din konto {day}. Log ind inden da, hvis du stadig skal bruge den: så "
            "lukkes den ikke. Er den lukket, så bed jeres leder eller centret om at åbne den igen.",
            "You have not signed in for a long time. Your account is therefore switched off on {day}. Sign in before if you still "
            "need it: then it stays on. Once it is off, ask your manager or the centre to switch it on again.",
        ),
        ACCOUNT,
        for_staff=None,
        is_optional=False,
    ),
    "staff": MailKind(
        Text("Hver mandag, når noget venter på dig", "Every Monday, when something waits for you"),
        Text("Noget venter på dig i Henvis", "Something waits for you in Henvis"),
        Text("Log ind for at se hvad.", "Sign in to see what."),
        ADMIN,
        for_staff=True,
    ),
}


def day_of(key: str) -> date | None:
    """The day that a mail is about, where its key is one."""
    try:
        return date.fromisoformat(key)
    except ValueError:
        return None
