"""Names of this app and its models on the staff pages, the words of its screens, and what its database refuses."""

from __future__ import annotations

from core.text import ModelNames, Text, lazily

ROOM = Text("Handlingsplaner", "Action plans")

MODELS = {
    "planindicator": ModelNames(
        Text("indikator i handlingsplan", "indicator of an action plan"),
        Text("indikatorer i handlingsplaner", "indicators of action plans"),
        {
            "plan": Text("handlingsplan", "action plan"),
            "area": Text("indsatsområde", "area"),
            "code": Text("kode", "code"),
            "source": Text("målingernes kilde", "source of observations"),
        },
    ),
    "planobservation": ModelNames(
        Text("måling i handlingsplan", "observation of an action plan"),
        Text("målinger i handlingsplaner", "observations of action plans"),
        {
            "indicator": Text("indikator", "indicator"),
            "year": Text("år", "year"),
            "value": Text("værdi", "value"),
            "is_least": Text("minimumstal", "at least this much"),
            "release": Text("udgivelse", "release"),
            "source_da": Text("kilde på dansk", "source in Danish"),
            "source_en": Text("kilde på engelsk", "source in English"),
        },
    ),
}
FIELDS = {
    "label_da": Text("navn på dansk", "name in Danish"),
    "label_en": Text("navn på engelsk", "name in English"),
    "definition_da": Text("definition på dansk", "definition in Danish"),
    "definition_en": Text("definition på engelsk", "definition in English"),
    "unit": Text("enhed", "unit"),
    "dataset": Text("datasæt", "dataset"),
    "filters": Text("celle", "cell"),
    "measure": Text("antal eller andel", "number or share"),
    "baseline_year": Text("udgangspunktets år", "year of the baseline"),
    "baseline_value": Text("udgangspunktets værdi", "value of the baseline"),
    "target_value": Text("målets værdi", "value of the target"),
    "direction": Text("målet er", "the target is"),
    "due_year": Text("målet skal være nået i", "the target is due in"),
    "user": Text("skrevet af", "written by"),
    "recorded_at": Text("skrevet", "written"),
}
CONSTRAINTS = {
    "planindicator_own": Text("Planen har allerede en indikator med koden.", "The plan has an indicator of this code."),
    "planindicator_code_form": Text(
        "2 til 32 tegn: store bogstaver fra A til Z, tal, - og _.",
        "2 to 32 characters: capitals from A to Z, digits, - and _.",
    ),
    "planindicator_query_of_computed": Text(
        "En beregnet indikator har et datasæt og et mål; en anden har ingen af dem.",
        "A computed indicator has a dataset and a measure; any other has neither.",
    ),
    "planindicator_due_later": Text(
        "Målet skal være nået i et senere år end udgangspunktets.",
        "The target is due in a later year than that of the baseline.",
    ),
    "planindicator_target_that_way": Text(
        "Målet ligger på den anden side af udgangspunktet.", "The target lies on the other side of the baseline."
    ),
    "planindicator_in_both": Text("Skriv på begge sprog.", "Write in both languages."),
    "planobservation_year_range": Text("Året er fra 2000 til 2100.", "The year is from 2000 to 2100."),
    "planobservation_of_one_source": Text(
        "En værdi, der skrives ind, har en kilde på begge sprog.",
        "A value that is typed in has its source in both languages.",
    ),
    "planobservation_least_of_sum": Text(
        "Kun en værdi fra en udgivelse kan være et minimumstal.",
        "Only a value of a release can be at least this much.",
    ),
}


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
