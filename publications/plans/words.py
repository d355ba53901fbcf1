"""Names of this app and its models on the staff pages, and what its database refuses."""

from __future__ import annotations

from core.text import ModelNames, Text

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
