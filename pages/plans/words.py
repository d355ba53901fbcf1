"""The words of the pages of action plans."""

from __future__ import annotations

from partners.text import Text

PATH = Text("handlingsplaner", "plans")
PLANS: dict[str, Text] = {
    "title": Text("Handlingsplaner mod menneskehandel", "Action plans against human trafficking"),
    "lead": Text(
        "Danmarks nationale handlingsplaner: indsatsområder, initiativer, og hvordan det går med deres indikatorer.",
        "Denmark's national action plans: their areas and initiatives, and how their indicators are doing.",
    ),
    "table": Text("Planerne, den nyeste først", "The plans, the newest first"),
    "plan": Text("Plan", "Plan"),
    "years": Text("År", "Years"),
    "areas": Text("Indsatsområder", "Areas"),
    "budget": Text("Bevilling", "Budget"),
    "ministries": Text("Ansvarligt ministerium", "Ministry responsible"),
    "ministry": Text("Ministerium", "Ministry"),
    "since": Text("Fra", "From"),
    "source": Text("Kilde", "Source"),
    "about_ministries": Text(
        "Området er flyttet mange gange. Et navn gælder fra en dag; hvor kilden kun har året, står kun året.",
        "The field has moved many times. A name holds from a day; where the source has the year alone, only that stands here.",
    ),
}
PLAN: dict[str, Text] = {
    "lead": Text(
        "Handlingsplanens indsatsområder og det, der er målt af den. Alt er læst af to medarbejdere, før det står her.",
        "The areas of the plan, and what was measured of it. Two members of staff have read everything before it stands here.",
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
    "query": Text("Beregnes som", "Computed as"),
    "observations": Text("Målinger", "Observations"),
    "year": Text("År", "Year"),
    "value": Text("Værdi", "Value"),
    "source": Text("Kilde", "Source"),
    "none": Text("Ingen indikator er udgivet for området.", "No indicator of this area is published."),
    "not_observed": Text("ikke målt endnu", "not observed yet"),
    "superseded": Text("erstattet af en senere måling", "replaced by a later observation"),
    "rule": Text("Sådan afgøres det", "How it is decided"),
    "every_plan": Text("Alle handlingsplaner", "All action plans"),
    "data": Text("Hent som JSON", "Get as JSON"),
}
NOT_KNOWN = Text("kendes ikke", "not known")
MILLIONS = Text("{} mio. kr.", "DKK {} million")
VINTAGE = Text("{}, udgave {}", "{}, vintage {}")
SINCE = Text("fra {}", "from {}")
