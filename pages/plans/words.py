"""The words of the pages of action plans."""

from __future__ import annotations

from core.text import Text

PATH = Text("handlingsplaner", "plans")
PLANS: dict[str, Text] = {
    "title": Text("Handlingsplaner mod menneskehandel", "Action plans against human trafficking"),
    "lead": Text(
        "Danmarks nationale handlingsplaner: indsatsområder, og hvordan det går med deres indikatorer.",
        "Denmark's national action plans: their areas, and how their indicators are doing.",
    ),
    "table": Text("Planerne, den nyeste først", "The plans, the newest first"),
    "plan": Text("Plan", "Plan"),
    "areas": Text("Indsatsområder", "Areas"),
    "budget": Text("Bevilling", "Budget"),
    "ministries": Text("Ansvarligt ministerium", "Ministry responsible"),
    "ministry": Text("Ministerium", "Ministry"),
    "since": Text("Fra", "From"),
    "source": Text("Kilde", "Source"),
    "unofficial": Text("ikke bekræftet på en myndigheds side", "not verified at an official page"),
    "no_authority": Text("ingen myndigheds side", "no authority's page"),
    "about_ministries": Text(
        "Området har skiftet ministerium mange gange. Dagen er den, fra hvilken ministeriet havde området. Hvor kilden kun har "
        "året, står kun året. Hvor kilden ikke er en myndigheds side, er dagen ikke bekræftet. Der er ikke registreret "
        "en senere ændring end den øverste.",
        "The field has moved between ministries many times. The day is the one from which the ministry was responsible. "
        "Where the source gives a year alone, only the year is shown. Where the source is no authority's page, the day is not "
        "verified. No later change than the one at the top is registered.",
    ),
    "afterwards": Text(
        "Der er ikke registreret en plan for årene efter {}.", "No plan is registered for the years after {}."
    ),
}
PLAN: dict[str, Text] = {
    "lead": Text(
        "Handlingsplanens indsatsområder, og hvordan det går. Hver måling er læst af to medarbejdere, før den står her.",
        "The areas of the plan, and how it is doing. Two members of staff have read each observation before it stands here.",
    ),
    "facts": Text("Om planen", "About the plan"),
    "years": Text("År", "Years"),
    "budget": Text("Bevilling", "Budget"),
    "ministries": Text("Ansvarligt ministerium", "Ministry responsible"),
    "sources": Text("Kilder", "Sources"),
    "initiatives": Text("Initiativer", "Initiatives"),
    "indicators": Text("Indikatorer", "Indicators"),
    "indicator": Text("Indikator", "Indicator"),
    "state": Text("Hvordan det går", "How it is doing"),
    "latest": Text("Seneste måling", "Latest observation"),
    "baseline": Text("Udgangspunkt", "Baseline"),
    "target": Text("Mål", "Target"),
    "definition": Text("Definition", "Definition"),
    "query": Text("Beregnes af udgivelserne", "Computed from the releases"),
    "observations": Text("Målinger", "Observations"),
    "year": Text("År", "Year"),
    "value": Text("Værdi", "Value"),
    "source": Text("Kilde", "Source"),
    "none": Text("Ingen indikator er udgivet for området.", "No indicator of this area is published."),
    "none_at_all": Text("Ingen indikator er udgivet for planen.", "No indicator of this plan is published."),
    "not_observed": Text("ikke målt endnu", "not observed yet"),
    "superseded": Text("erstattet af en senere måling", "replaced by a later observation"),
    "rule": Text("Sådan afgøres det", "How it is decided"),
    "every_plan": Text("Alle handlingsplaner", "All action plans"),
    "data": Text("Hent som JSON", "Get as JSON"),
}
NOT_KNOWN = Text("kendes ikke", "not known")
MILLIONS = Text("{}\N{NO-BREAK SPACE}mio.\N{NO-BREAK SPACE}kr.", "DKK\N{NO-BREAK SPACE}{}\N{NO-BREAK SPACE}million")
VINTAGE = Text("udgivelse {}, udgave {}", "release {}, vintage {}")
SINCE = Text("fra {}", "from {}")
