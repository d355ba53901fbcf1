"""Words of the staff screens of action plans."""

from __future__ import annotations

from core.text import Text, lazily

STATES: dict[bool | None, Text] = {
    None: Text("venter på en godkender", "waits for an approver"),
    True: Text("udgivet", "published"),
    False: Text("afvist", "refused"),
}
ACTS = {
    "publish": lazily(Text("Udgiv", "Publish")),
    "refuse": lazily(Text("Afvis", "Refuse")),
}
OF_TYPED_IN = Text(
    "Alle kan læse det bagefter, og det kan ikke ændres eller slettes. Læs definitionen, kilden og tallet først: en værdi, der "
    "er skrevet ind, må ikke vise et tal, som en udgivelse skjuler.",
    "Everybody can read it afterwards, and it cannot be changed or deleted. Read the definition, the source and the number "
    "first: a value that was typed in must not show a number that a release hides.",
)
WARNINGS = {
    "publish": Text(
        "Alle kan læse det bagefter, og det kan ikke ændres eller slettes. Læs definitionen og tallet først.",
        "Everybody can read it afterwards, and it cannot be changed or deleted. Read the definition and the number first.",
    ),
    "refuse": Text(
        "Det bliver ikke udgivet. Statistikeren kan skrive det igen.",
        "It is not published. The statistician can write it again.",
    ),
}
OUTCOMES = {
    True: Text("Udgivet: {number}.", "Published: {number}."),
    False: Text("Afvist: {number}.", "Refused: {number}."),
}
LEAD = Text(
    "Det venter, til en godkender, som ikke er dig, udgiver det. Først da kan andre læse det.",
    "It waits until an approver who is not you publishes it. Only then can others read it.",
)
WAITS = Text("Det venter nu på en godkender.", "It now waits for an approver.")
INDICATOR_WARNING = Text(
    "Indikatoren kan ikke ændres eller slettes. Måles noget på en anden måde, er det en ny indikator med sin egen kode.",
    "The indicator cannot be changed or deleted. What is measured in another way is a new indicator with a code of its own.",
)
OBSERVATION_WARNING = Text(
    "Målingen kan ikke ændres eller slettes. En senere måling af samme år træder i stedet for den, og begge kan læses.",
    "The observation cannot be changed or deleted. A later one of the same year stands in its place, and both can be read.",
)
INDICATOR_HELPS = {
    "code": Text("Som VICTIMS-WOMEN. Koden er planens egen.", "As VICTIMS-WOMEN. The code is the plan's own."),
    "definition_da": Text(
        "Hvad tæller med, og hvad tæller ikke med.", "What counts, and what does not count, in Danish."
    ),
    "definition_en": Text("Det samme på engelsk.", "The same in English."),
    "source": Text(
        "En beregnet indikator er en celle i de offentlige udgivelser. Andre får en værdi med kilde.",
        "A computed indicator is a cell of the public releases. Others get a value with its source.",
    ),
    "measure": Text("Kun for en beregnet indikator.", "Of a computed indicator alone."),
    "quantity": Text(
        "Kun for en beregnet indikator: personer eller summer af det, som tilbuddene har indberettet.",
        "Of a computed indicator alone: persons, or sums of what the services reported.",
    ),
    "cell": Text("Uden en celle tælles alle.", "Without a cell all are counted."),
    "second_cell": Text("Kun de, der også hører til her.", "Only those who belong here too."),
    "baseline_value": Text("Værdien, som planen begynder med.", "The value with which the plan begins."),
    "due_year": Text("Det år, hvis værdi skal opfylde målet.", "The year whose value must meet the target."),
}
OBSERVATION_HELPS = {
    "value": Text(
        "Lad den stå tom for en beregnet indikator: så læses den i den nyeste udgivelse af året.",
        "Leave it empty for a computed indicator: then it is read in the newest release of the year.",
    ),
    "source_da": Text("Hvor værdien er fra, så andre kan finde den.", "Where the value is from, in Danish."),
    "source_en": Text("Det samme på engelsk.", "The same in English."),
}
