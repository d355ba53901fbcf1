"""Words of the staff pages of files for international organisations."""

from __future__ import annotations

from core.text import ModelNames, Text
from publications.international.shapes import FieldState, FigureState

ROOM = Text("Tal til internationale organisationer", "Figures for international organisations")
MODELS = {
    "internationalfile": ModelNames(
        Text("fil til en international organisation", "file for an international organisation"),
        Text("filer til internationale organisationer", "files for international organisations"),
        {"user": Text("dannet af", "made by")},
    ),
    "filedispatch": ModelNames(
        Text("afsendelse af en fil", "dispatch of a file"),
        Text("afsendelser af filer", "dispatches of files"),
        {"user": Text("sendt af", "sent by")},
    ),
}
FIELDS = {
    "body": Text("modtager", "body"),
    "year": Text("år", "year"),
    "made_at": Text("dannet", "made at"),
    "sent_at": Text("sendt", "sent at"),
    "user": Text("medarbejder", "member of staff"),
    "content": Text("indhold", "content"),
    "basis": Text("grundlag", "basis"),
    "file": Text("fil", "file"),
}
HELPS = {
    "body": Text("Hvem tallene er til.", "Whom the figures are for."),
    "year": Text(
        "Året, som tallene handler om. Der skal være en offentlig udgivelse af det.",
        "The year that the figures are of. There must be a public release of it.",
    ),
}
MAKE = Text("Dan en fil til en international organisation", "Make a file for an international organisation")
MAKE_WARNING = Text(
    "Filen kan ikke ændres eller slettes. Den bliver dannet af de udgivelser, der gælder nu. En godkender markerer den som sendt.",
    "The file cannot be changed or deleted. It is made from the releases that are in force now. An approver marks it as sent.",
)
STATES = {
    "made": Text("dannet, ikke sendt", "made, not sent"),
    "superseded": Text("afløst af en senere fil", "superseded by a later file"),
    "sent": Text("sendt", "sent"),
    "stale": Text("sendt, og tal er ændret siden", "sent, and figures have changed since"),
}
FIELD_STATES = {
    FieldState.MET: Text("opfyldt", "met"),
    FieldState.PARTLY: Text("delvis opfyldt", "partly met"),
    FieldState.NOT_MET: Text("ikke opfyldt", "not met"),
}
FIGURE_STATES = {
    FigureState.KNOWN: Text("tal", "figures"),
    FigureState.NONE: Text("nul", "zeros"),
    FigureState.AT_LEAST: Text("minimumstal", "figures that are at least this much"),
    FigureState.NOT_SHOWN: Text("vises ikke", "not shown"),
    FigureState.NOT_KNOWN: Text("kendes ikke", "not known"),
    FigureState.NO_TABLE: Text("ingen sådan tabel i udgivelsen", "no such table in the release"),
    FigureState.NO_PERIOD: Text("ingen udgivelse af perioden", "no release of the period"),
    FigureState.NO_RELEASE: Text("ikke i nogen udgivelse", "not in any release"),
}
ZEROS = Text("Her er tallet nul", "Here the figure is zero")
ACTS = {
    "csv": Text("Hent filen som CSV", "Download the file as CSV"),
    "json": Text("Hent filen som JSON", "Download the file as JSON"),
    "send": Text("Markér som sendt", "Mark as sent"),
    "again": Text("Dan filen igen", "Make the file again"),
}
FINAL = Text(
    "Sig kun ja, når filen er sendt. Det kan ikke fortrydes. Skal noget rettes, dannes og sendes en ny fil.",
    "Say yes only once the file is sent. It cannot be undone. To correct something a new file is made and sent.",
)
SENT = Text("Filen er markeret som sendt.", "The file is marked as sent.")
MAKE_AGAIN = Text(
    "Filen er sendt, og tal er ændret siden. Dan den igen; en anden sender den.",
    "The file is sent, and figures have changed since. Make it again; somebody else sends it.",
)
WAITS_FOR_APPROVER = Text(
    "Filen er dannet. Nu læser en anden den, sender den og markerer den som sendt.",
    "The file is made. Now somebody else reads it, sends it, and marks it as sent.",
)
NO_RELEASE = Text(
    "Der er ingen offentlig udgivelse af %(value)s. Vælg et år på listen.",
    "There is no public release of %(value)s. Choose a year from the list.",
)
DUE = Text("{first} i princippet, senest {last}", "{first} in principle, {last} at the latest")
PASSED = Text(" (den sidste dag er passeret)", " (the last day has passed)")
NOTHING_DUE = Text("Intet mangler at blive sendt.", "Nothing is left to be sent.")
NEXT = Text("Tallene for {year} sendes {days}: {names}.", "The figures of {year} are due {days}: {names}.")
# What the functions of this room in the database refuse, by their codes.
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
