"""The Danish plans, one entry each, typed in from their sources. A further plan is one entry.

The English names of 2022-2025 are translated here. Those of the earlier plans could not be compared with an English edition.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.text import Text
from publications.plans.shapes import ActionPlan, PlanArea, PlanInitiative, PlanSource, ResponsibleMinistry


def area(area_id: str, label: Text, *initiatives: Text) -> PlanArea:
    """An area whose initiatives are numbered in their order: `1.2` is the second one of area 1."""
    rows = tuple(PlanInitiative(f"{area_id}.{number}", each) for number, each in enumerate(initiatives, 1))
    return PlanArea(area_id, label, rows)


def label_of(first: int, last: int) -> Text:
    return Text(
        f"Handlingsplan til bekæmpelse af menneskehandel {first}–{last}",
        f"Action plan to combat trafficking in human beings {first}–{last}",
    )


OF_2015 = ActionPlan(
    "2015-2018",
    label_of(2015, 2018),
    2015,
    2018,
    Decimal("108.35"),
    (
        area(
            "1",
            Text(
                "Menneskehandel forebygges i Danmark og internationalt",
                "Preventing trafficking in human beings in Denmark and internationally",
            ),
            Text(
                "Uddannelse og oplysning af frontpersonale, myndigheder og andre, der kan møde ofre",
                "Training and information for frontline staff, authorities and others who may meet victims",
            ),
            Text("Internationalt bidrag til forebyggelse", "International contribution to prevention"),
        ),
        area(
            "2",
            Text(
                "Ofre for menneskehandel opsøges og identificeres",
                "Victims of trafficking are sought out and identified",
            ),
            Text("Opsøgende arbejde og socialfaglig indsats", "Outreach and social work"),
            Text("Identifikation af ofre", "Identification of victims"),
            Text("Socialfaglig bistand ved politiaktioner", "Social assistance at police actions"),
        ),
        area(
            "3",
            Text(
                "Ofre for menneskehandel tilbydes individuelt tilpasset og koordineret støtte",
                "Victims of trafficking are offered individually tailored and coordinated support",
            ),
            Text("Støtte til at komme fri af handelsforholdet", "Support to break free of the traffickers"),
            Text("Forberedt hjemsendelse og reintegration", "Prepared return and reintegration"),
        ),
        area(
            "4",
            Text("Bagmænd retsforfølges", "Traffickers are prosecuted"),
            Text("Effektiv politimæssig indsats", "Effective work of the police"),
            Text("Anklagemyndighedens behandling af sagerne", "The prosecution service's handling of cases"),
        ),
        area(
            "5",
            Text("Partnerskab og koordination", "Partnership and coordination"),
            Text("Styrket koordination mellem aktørerne", "Stronger coordination between those involved"),
        ),
    ),
    (
        PlanSource(
            Text(
                "Handlingsplanen, maj 2015 (Folketinget, LIU Alm.del, bilag 50)",
                "The plan, May 2015 (Folketing, LIU bilag 50)",
            ),
            "https://abcdocz.com/doc/4028310/handlingsplan-til-bek%C3%A6mpelse-af-menneskehandel",
        ),
        PlanSource(
            Text("Udenrigsministeriet: Handlingsplaner", "Ministry of Foreign Affairs: action plans (in Danish)"),
            "https://um.dk/ligestilling/menneskehandel/handlingsplaner/",
        ),
        PlanSource(
            Text(
                "Kristeligt Dagblad: Millionstøtte skal mindske menneskehandel (bevillingen)",
                "Kristeligt Dagblad, on the budget (in Danish)",
            ),
            "https://www.kristeligt-dagblad.dk/danmark/millionstoette-skal-mindske-menneskehandel",
        ),
    ),
    Text(
        "Bevillingen er ministeriets tal for hele perioden, som en avis gengav det i efteråret 2016. Midler, der blev lagt til det "
        "år, er med. Initiativerne er ministeriets egen korte gengivelse af områderne.",
        "The budget is the ministry's figure for all the years, as a newspaper had it in the autumn of 2016. It has money that was "
        "added that year. The initiatives are those that the ministry itself names in short.",
    ),
)

OF_2019 = ActionPlan(
    "2019-2021",
    label_of(2019, 2021),
    2019,
    2021,
    Decimal(63),
    (
        area(
            "1",
            Text("Forebyggelse og opsøgende arbejde", "Prevention and outreach work"),
            Text("Opsøgende og tillidsskabende arbejde", "Outreach and confidence-building work"),
            Text("Undervisning og opkvalificering", "Education and training"),
        ),
        area(
            "2",
            Text("Identifikation, bistand og støtte", "Identification, assistance and support"),
            Text("Identifikation af ofre", "Identification of victims"),
            Text("Bistand og støtte", "Assistance and support"),
            Text("Forberedt hjemsendelse og reintegration", "Prepared repatriation and reintegration"),
        ),
        area(
            "3",
            Text("Bagmænd retsforfølges", "Traffickers are prosecuted"),
            Text("Efterforskning og retsforfølgning", "Investigation and prosecution"),
        ),
        area(
            "4",
            Text("Koordination og viden", "Coordination and knowledge"),
            Text("Koordination af indsatsen", "Coordination of efforts"),
            Text("Viden og oplysning", "Knowledge and information"),
            Text("Internationalt samarbejde", "International cooperation"),
        ),
    ),
    (
        PlanSource(
            Text(
                "Handlingsplanen, september 2018 (Folketinget, URU Alm.del, bilag 296)",
                "The plan, September 2018 (Folketing, URU bilag 296, in Danish)",
            ),
            "https://www.ft.dk/samling/20171/almdel/URU/bilag/296/1939496.pdf",
        ),
        PlanSource(
            Text(
                "Ministeren for ligestilling: brev til Folketinget, 12. september 2018 (bevillingen)",
                "Minister for Gender Equality: letter to the Folketing, 12 September 2018 (on the budget, in Danish)",
            ),
            "https://www.ft.dk/samling/20171/almdel/URU/bilag/296/1939495.pdf",
        ),
    ),
)

OF_2022 = ActionPlan(
    "2022-2025",
    label_of(2022, 2025),
    2022,
    2025,
    Decimal("118.2"),
    (
        area(
            "1",
            Text(
                "Styrket myndighedsindsats, opsøgende arbejde og identifikation",
                "Stronger work of the authorities, outreach and identification",
            ),
        ),
        area("2", Text("Bedre tilbud til ofre for menneskehandel", "Better services for victims of human trafficking")),
        area("3", Text("Styrket retsforfølgning af bagmænd", "Stronger prosecution of traffickers")),
    ),
    (
        PlanSource(
            Text(
                "Handlingsplanen, april 2022 (Folketinget, LIU Alm.del, bilag 68)",
                "The plan, April 2022 (Folketing, LIU bilag 68, in Danish)",
            ),
            "https://ft.dk/samling/20211/almdel/LIU/bilag/68/2557700/index.htm",
        ),
        PlanSource(
            Text(
                "Beskæftigelsesministeriet, pressemeddelelse 8. april 2022",
                "Ministry of Employment, press release of 8 April 2022 (in Danish)",
            ),
            "https://bm.dk/nyheder/pressemeddelelser/2022/04/regeringen-styrker-bekaempelsen-af-menneskehandel-med-ny-handlingsplan/",
        ),
        PlanSource(
            Text(
                "Digitaliserings- og Ligestillingsministeriet: Menneskehandel",
                "Ministry of Digital Government and Gender Equality (in Danish)",
            ),
            "https://admin.digmin.dk/ligestilling/mere-om-ligestilling/menneskehandel",
        ),
    ),
    Text(
        "Planens enkelte initiativer er ikke gennemgået i kilden og står derfor ikke her.",
        "The initiatives of the plan were not read in the source, so they do not stand here.",
    ),
)

PLANS: dict[str, ActionPlan] = {each.id: each for each in (OF_2022, OF_2019, OF_2015)}

# What was decided after the plans, where no further plan was found in a source.
AFTERWARDS = PlanSource(
    Text(
        "Et flertal i Folketinget har siden afsat 62,4 mio. kr. til indsatsen.",
        "A majority in the Folketing has since set aside DKK 62.4 million for the work.",
    ),
    "https://presse-fotos.dk/?p=622439",
)

# Names hold from a day: an earlier plan does not become another ministry's when the field moves.
MINISTRIES: tuple[ResponsibleMinistry, ...] = (
    ResponsibleMinistry(
        date(2014, 2, 3),
        Text(
            "Ministeriet for Børn, Ligestilling, Integration og Sociale Forhold",
            "Ministry for Children, Gender Equality, Integration and Social Affairs",
        ),
    ),
    ResponsibleMinistry(
        date(2015, 6, 28),
        Text(
            "Ministeriet for Børn, Undervisning og Ligestilling",
            "Ministry for Children, Education and Gender Equality",
        ),
        has_day=False,
    ),
    ResponsibleMinistry(
        date(2016, 11, 28),
        Text("Udenrigsministeriet", "Ministry of Foreign Affairs"),
    ),
    ResponsibleMinistry(
        date(2019, 6, 27),
        Text("Miljø- og Fødevareministeriet", "Ministry of Environment and Food"),
        "https://finanz.dk/miljoe-og-foedevareministeriet-faar-to-ministre/",
    ),
    ResponsibleMinistry(
        date(2020, 11, 19),
        Text("Beskæftigelsesministeriet", "Ministry of Employment"),
    ),
    ResponsibleMinistry(
        date(2022, 2, 4),
        Text("Transportministeriet", "Ministry of Transport"),
    ),
    ResponsibleMinistry(
        date(2022, 12, 15),
        Text("Digitaliserings- og Ligestillingsministeriet", "Ministry of Digital Government and Gender Equality"),
        "https://www.stm.dk/presse/pressemeddelelser/%C3%A6ndringer-i-regeringen-november-2023/",
        has_day=False,
    ),
    ResponsibleMinistry(
        date(2024, 8, 29),
        Text("Miljø- og Ligestillingsministeriet", "Ministry of Environment and Gender Equality"),
        "https://daz.dk/?p=933",
        has_day=False,
    ),
)


def ministries_of(plan: ActionPlan) -> list[ResponsibleMinistry]:
    """The ministries that answered for a plan in its years, the first one first."""
    begin, end = date(plan.first_year, 1, 1), date(plan.last_year, 12, 31)
    following = [*(each.since for each in MINISTRIES[1:]), date.max]
    return [each for each, until in zip(MINISTRIES, following, strict=True) if each.since <= end and until > begin]


def plan_in(year: int) -> ActionPlan | None:
    """The plan that is in force in a year; None where none is."""
    return next((each for each in PLANS.values() if each.holds_in(year)), None)
