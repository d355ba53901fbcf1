"""Every form, one entry each. What is stored, sent, asked, checked, described and counted is derived from this table.

The fields are those in which the Danish services have reported of themselves. Justice has the fields that Directive 2011/36/EU,
article 19a (1) (b)-(g), names (docs/international.md).
"""

from __future__ import annotations

from cases.codelists import EXPLOITATION, GENDER, REGION, SETTING
from cases.codelists.services import (
    AGE18,
    ASSISTANCE_SERVICE,
    CALL_LANGUAGE,
    CALL_SUBJECT,
    CALLER_TYPE,
    CITIZENSHIP_GROUP,
    CLINIC_SERVICE,
    COURT_INSTANCE,
    DECISION_NATURE,
    ESTIMATE_METHOD,
    JUDGMENT_OUTCOME,
    OUTREACH_ACTIVITY,
    PLACE_TYPE,
    RETURN_STAGE,
    SHELTER_KIND,
    TIME_BAND,
)
from cases.services.shapes import (
    CountDimension,
    CountForm,
    CountTable,
    CountUnit,
    Measure,
    MeasureKind,
    PartOfWhole,
    PeriodKind,
)
from partners.kinds import Kind
from partners.text import Text

ON_REGION = CountDimension.of(REGION)
ON_GENDER = CountDimension.of(GENDER)
ON_AGE18 = CountDimension.of(AGE18)
ON_CITIZENSHIP = CountDimension.of(CITIZENSHIP_GROUP)
OF_ACCUSED = (ON_GENDER, ON_AGE18, ON_CITIZENSHIP, CountDimension.of(EXPLOITATION))

SUSPICIONS = Measure(
    "suspicions",
    Text("Mistanker om menneskehandel", "Suspicions of human trafficking"),
    CountUnit.SUSPICION,
    Text("Personer, om hvem der opstod en mistanke.", "Persons about whom a suspicion arose."),
)
REFERRALS_MADE = Measure(
    "referrals_made",
    Text("Henvisninger", "Referrals"),
    CountUnit.REFERRAL,
    Text("Henvisninger, der blev sendt videre.", "Referrals that were made."),
)

OUTREACH = CountForm(
    "OUTREACH",
    Text("Opsøgende arbejde", "Outreach"),
    Text(
        "Besøg og kontakter, der skaber tillid. Ingen persons navn eller reference.",
        "Visits and contacts that build trust. No person's name or reference.",
    ),
    PeriodKind.MONTH,
    frozenset({Kind.NGO, Kind.CENTRE}),
    (
        CountTable(
            "visits",
            Text("Besøg", "Visits"),
            (ON_REGION, CountDimension.of(SETTING), CountDimension.of(OUTREACH_ACTIVITY, "activity")),
            (
                Measure("visits", Text("Besøg", "Visits"), CountUnit.VISIT),
                Measure("addresses", Text("Adresser besøgt", "Addresses visited"), CountUnit.ADDRESS),
            ),
        ),
        CountTable(
            "contacts",
            Text("Kontakter", "Contacts"),
            (
                ON_REGION,
                CountDimension.of(SETTING),
                CountDimension.of(OUTREACH_ACTIVITY, "activity"),
                ON_GENDER,
                ON_CITIZENSHIP,
            ),
            (
                Measure("contacts", Text("Personer i kontakt", "Persons contacted"), CountUnit.CONTACT),
                Measure("first_contacts", Text("Heraf for første gang", "Of these, first contacts"), CountUnit.CONTACT),
                Measure("informed", Text("Heraf informeret", "Of these, given information"), CountUnit.CONTACT),
                SUSPICIONS,
                REFERRALS_MADE,
            ),
        ),
    ),
    (
        PartOfWhole(
            "first_contacts_above_contacts",
            ("contacts", "first_contacts"),
            ("contacts", "contacts"),
            Text("Første kontakter er højst alle kontakter.", "First contacts are at most all contacts."),
        ),
        PartOfWhole(
            "informed_above_contacts",
            ("contacts", "informed"),
            ("contacts", "contacts"),
            Text("Informerede er højst alle kontakter.", "Those given information are at most all contacts."),
        ),
        PartOfWhole(
            "suspicions_above_contacts",
            ("contacts", "suspicions"),
            ("contacts", "contacts"),
            Text("Mistanker er højst alle kontakter.", "Suspicions are at most all contacts."),
        ),
        PartOfWhole(
            "addresses_above_visits",
            ("visits", "addresses"),
            ("visits", "visits"),
            Text("Adresser besøgt er højst alle besøg.", "Addresses visited are at most all visits."),
        ),
    ),
)

CLINIC = CountForm(
    "CLINIC",
    Text("Drop-in og sundhedsklinik", "Drop-in centre and health clinic"),
    Text("Åbne tilbud, hvor ingen spørges om navn.", "Open places, where nobody is asked for a name."),
    PeriodKind.MONTH,
    frozenset(),
    (
        CountTable(
            "opening",
            Text("Åbent", "Opening"),
            (ON_REGION, CountDimension.of(PLACE_TYPE), CountDimension.of(ESTIMATE_METHOD, "method")),
            (
                Measure("opening_days", Text("Dage med åbent", "Opening days"), CountUnit.DAY),
                Measure("visits", Text("Besøg", "Visits"), CountUnit.VISIT),
                Measure("persons", Text("Personer, skønnet", "Persons, estimated"), CountUnit.ESTIMATE),
                SUSPICIONS,
            ),
        ),
        CountTable(
            "services",
            Text("Ydelser", "Services"),
            (ON_REGION, CountDimension.of(PLACE_TYPE), CountDimension.of(CLINIC_SERVICE, "service")),
            (Measure("given", Text("Ydelser givet", "Services given"), CountUnit.SERVICE),),
        ),
    ),
    (
        PartOfWhole(
            "persons_above_visits",
            ("opening", "persons"),
            ("opening", "visits"),
            Text("Personer er højst så mange som besøg.", "Persons are at most as many as visits."),
        ),
    ),
)

SHELTER = CountForm(
    "SHELTER",
    Text("Krisecenter", "Shelter"),
    Text("Pladser og belægning. Voksne og børn står hver for sig.", "Places and nights. Adults and children apart."),
    PeriodKind.MONTH,
    frozenset(),
    (
        CountTable(
            "places",
            Text("Pladser", "Places"),
            (ON_REGION, CountDimension.of(SHELTER_KIND, "places_for")),
            (
                Measure(
                    "places",
                    Text("Pladser ved periodens slutning", "Places at the end"),
                    CountUnit.PLACE,
                    kind=MeasureKind.STOCK,
                ),
                Measure("nights", Text("Nætter brugt", "Occupied nights"), CountUnit.NIGHT),
                Measure("turned_away", Text("Afvist", "Turned away"), CountUnit.STAY),
                Measure(
                    "waiting",
                    Text("Venter ved periodens slutning", "Waiting at the end"),
                    CountUnit.STAY,
                    kind=MeasureKind.STOCK,
                ),
            ),
        ),
        CountTable(
            "moves",
            Text("Ind og ud", "In and out"),
            (ON_REGION, CountDimension.of(SHELTER_KIND, "places_for"), ON_GENDER, ON_AGE18),
            (
                Measure("persons_in", Text("Flyttet ind", "Moved in"), CountUnit.STAY),
                Measure("persons_out", Text("Flyttet ud", "Moved out"), CountUnit.STAY),
            ),
        ),
    ),
    (
        PartOfWhole(
            "nights_above_places",
            ("places", "nights"),
            ("places", "places"),
            Text("Nætter er højst pladser gange dage.", "Nights are at most places times days."),
            times_days=True,
        ),
    ),
)

HOTLINE = CountForm(
    "HOTLINE",
    Text("Hotline", "Hotline"),
    Text("Opkald til centrets hotline.", "Calls to the centre's hotline."),
    PeriodKind.MONTH,
    frozenset({Kind.CENTRE}),
    (
        CountTable(
            "calls",
            Text("Opkald", "Calls"),
            (
                CountDimension.of(CALLER_TYPE, "caller"),
                CountDimension.of(CALL_SUBJECT, "subject"),
                CountDimension.of(CALL_LANGUAGE, "language"),
                CountDimension.of(TIME_BAND, "time"),
            ),
            (
                Measure("calls", Text("Opkald", "Calls"), CountUnit.CALL),
                SUSPICIONS,
                REFERRALS_MADE,
            ),
        ),
    ),
)

ASSISTANCE = CountForm(
    "ASSISTANCE",
    Text("Bistand og hjemrejse", "Assistance and return"),
    Text(
        "Hvad personer har fået, og hvor langt hjemrejser er kommet.",
        "What persons were granted, and how far returns came.",
    ),
    PeriodKind.MONTH,
    frozenset({Kind.CENTRE}),
    (
        CountTable(
            "grants",
            Text("Bistand", "Assistance"),
            (CountDimension.of(ASSISTANCE_SERVICE, "assistance"), ON_GENDER, ON_AGE18),
            (Measure("granted", Text("Personer, der fik det", "Persons to whom it was granted"), CountUnit.GRANT),),
        ),
        CountTable(
            "returns",
            Text("Forberedte hjemrejser", "Prepared returns"),
            (CountDimension.of(RETURN_STAGE, "stage"), ON_GENDER, ON_AGE18),
            (Measure("returns", Text("Personer", "Persons"), CountUnit.RETURN),),
        ),
    ),
)

JUSTICE = CountForm(
    "JUSTICE",
    Text("Politi og anklagemyndighed", "Police and prosecution"),
    Text(
        "Et års efterforskning og domme, med direktivets felter.",
        "A year's investigations and judgments, with the directive's fields.",
    ),
    PeriodKind.YEAR,
    frozenset({Kind.POLICE}),
    (
        CountTable(
            "suspects",
            Text("Mistænkte", "Suspects"),
            OF_ACCUSED,
            (Measure("suspects", Text("Mistænkte", "Suspects"), CountUnit.SUSPECT),),
        ),
        CountTable(
            "prosecuted",
            Text("Tiltalte", "Persons prosecuted"),
            (*OF_ACCUSED, CountDimension.of(DECISION_NATURE, "decision")),
            (Measure("prosecuted", Text("Tiltalte", "Persons prosecuted"), CountUnit.DEFENDANT),),
        ),
        CountTable(
            "decisions",
            Text("Afgørelser om tiltale", "Decisions to prosecute"),
            (CountDimension.of(DECISION_NATURE, "decision"),),
            (Measure("decisions", Text("Afgørelser", "Decisions"), CountUnit.DECISION),),
        ),
        CountTable(
            "convicted",
            Text("Dømte", "Persons convicted"),
            (ON_GENDER, ON_AGE18, ON_CITIZENSHIP),
            (Measure("convicted", Text("Dømte", "Persons convicted"), CountUnit.DEFENDANT),),
        ),
        CountTable(
            "judgments",
            Text("Domme", "Judgments"),
            (CountDimension.of(JUDGMENT_OUTCOME, "outcome"), CountDimension.of(COURT_INSTANCE, "instance")),
            (Measure("judgments", Text("Domme", "Judgments"), CountUnit.JUDGMENT),),
        ),
        CountTable(
            "services_used",
            Text("Brug af ydelser fra ofre (artikel 18a)", "Use of services of victims (article 18a)"),
            (ON_GENDER, ON_AGE18, ON_CITIZENSHIP),
            (
                Measure("used_suspects", Text("Mistænkte", "Suspects"), CountUnit.SUSPECT),
                Measure("used_prosecuted", Text("Tiltalte", "Prosecuted"), CountUnit.DEFENDANT),
                Measure("used_convicted", Text("Dømte", "Convicted"), CountUnit.DEFENDANT),
            ),
        ),
    ),
)

SITUATION = CountForm(
    "SITUATION",
    Text("Situationen i en krise", "The situation in a crisis"),
    Text(
        "Ugens situation, mens centret har meldt en krise.",
        "The week's situation while the centre has declared a crisis.",
    ),
    PeriodKind.WEEK,
    frozenset({Kind.NGO, Kind.CENTRE}),
    (
        CountTable(
            "situation",
            Text("Situationen", "The situation"),
            (ON_REGION,),
            (
                Measure("contacts", Text("Personer i kontakt", "Persons contacted"), CountUnit.CONTACT),
                Measure("need_food", Text("Akut brug for mad", "Acute need of food"), CountUnit.CONTACT),
                Measure("need_shelter", Text("Akut brug for husly", "Acute need of shelter"), CountUnit.CONTACT),
                Measure("tests", Text("Hjulpet til en test", "Helped to a test"), CountUnit.CONTACT),
                Measure("staff_absent", Text("Medarbejdere fraværende", "Staff absent"), CountUnit.STAFF),
            ),
        ),
    ),
    (
        PartOfWhole(
            "food_above_contacts",
            ("situation", "need_food"),
            ("situation", "contacts"),
            Text("Brug for mad er højst alle kontakter.", "Those in need of food are at most all contacts."),
        ),
        PartOfWhole(
            "shelter_above_contacts",
            ("situation", "need_shelter"),
            ("situation", "contacts"),
            Text("Brug for husly er højst alle kontakter.", "Those in need of shelter are at most all contacts."),
        ),
    ),
    only_in_crisis=True,
)

FORMS: dict[str, CountForm] = {
    each.id: each for each in (OUTREACH, CLINIC, SHELTER, HOTLINE, ASSISTANCE, JUSTICE, SITUATION)
}
