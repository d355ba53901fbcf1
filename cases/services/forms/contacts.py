"""What is reported of contacts: by outreach, by drop-in centres and health clinics, and by the centre's hotline."""

from __future__ import annotations

from cases.codelists import SETTING
from cases.codelists.services import (
    CALL_CHANNEL,
    CALL_EXPLOITATION,
    CALL_LANGUAGE,
    CALL_REGION,
    CALL_SUBJECT,
    CALLER_TYPE,
    CLINIC_SERVICE,
    ESTIMATE_METHOD,
    OUTREACH_ACTIVITY,
    PLACE_TYPE,
    TIME_BAND,
)
from cases.services.forms.parts import CONTACTS, ON_CITIZENSHIP, ON_GENDER, ON_REGION, REFERRALS_MADE, SUSPICIONS
from cases.services.shapes import (
    CountDimension,
    CountForm,
    CountMeasure,
    CountPeriodKind,
    CountTable,
    CountUnit,
    PartOfWhole,
)
from core.text import Text
from partners.kinds import Kind

OUTREACH = CountForm(
    "OUTREACH",
    Text("Opsøgende arbejde", "Outreach"),
    Text(
        "Besøg og kontakter, der skaber tillid. Ingen persons navn eller reference.",
        "Visits and contacts that build trust. No person's name or reference.",
    ),
    CountPeriodKind.MONTH,
    frozenset({Kind.NGO, Kind.CENTRE}),
    (
        CountTable(
            "visits",
            Text("Besøg", "Visits"),
            (ON_REGION, CountDimension.of(SETTING), CountDimension.of(OUTREACH_ACTIVITY, "activity")),
            (
                CountMeasure("visits", Text("Besøg", "Visits"), CountUnit.VISIT),
                CountMeasure(
                    "addresses",
                    Text("Besøgte adresser", "Addresses visited"),
                    CountUnit.ADDRESS,
                    earlier=Text("Adresser besøgt", "Addresses visited"),
                ),
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
                CONTACTS,
                CountMeasure(
                    "first_contacts",
                    Text("Heraf første kontakter", "Of these, first contacts"),
                    CountUnit.CONTACT,
                    earlier=Text("Heraf for første gang", "Of these, first contacts"),
                ),
                CountMeasure("informed", Text("Heraf informeret", "Of these, given information"), CountUnit.CONTACT),
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
            Text("Besøgte adresser er højst alle besøg.", "Addresses visited are at most all visits."),
        ),
    ),
)


BY_SERVICE = CountDimension.of(CLINIC_SERVICE, "service", Text("Ydelsens art", "Kind of service"))
CLINIC = CountForm(
    "CLINIC",
    Text("Drop-in og sundhedsklinik", "Drop-in centre and health clinic"),
    Text("Åbne tilbud, hvor ingen spørges om navn.", "Open places, where nobody is asked for a name."),
    CountPeriodKind.MONTH,
    frozenset(),
    (
        CountTable(
            "opening",
            Text("Åbningsdage og besøg", "Opening days and visits"),
            (ON_REGION, CountDimension.of(PLACE_TYPE), CountDimension.of(ESTIMATE_METHOD, "method")),
            (
                CountMeasure("opening_days", Text("Dage med åbent", "Opening days"), CountUnit.DAY),
                CountMeasure("visits", Text("Besøg", "Visits"), CountUnit.CONSULTATION),
                CountMeasure(
                    "persons",
                    Text("Personer, anslået", "Persons, estimated"),
                    CountUnit.ESTIMATE,
                    earlier=Text("Personer, skønnet", "Persons, estimated"),
                ),
                SUSPICIONS,
            ),
            earlier=Text("Åbent", "Opening"),
        ),
        CountTable(
            "services",
            Text("Ydelser", "Services"),
            (ON_REGION, CountDimension.of(PLACE_TYPE), BY_SERVICE),
            (CountMeasure("given", Text("Ydelser givet", "Services given"), CountUnit.SERVICE),),
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


HOTLINE = CountForm(
    "HOTLINE",
    Text("Centrets hotline", "Hotline"),
    Text("Opkald, som hotlinen har fået.", "Calls to the centre's hotline."),
    CountPeriodKind.MONTH,
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
                # Version 1.1 asks for these besides.
                CountDimension.of(CALL_CHANNEL, "channel", is_optional=True),
                CountDimension.of(CALL_REGION, "region", is_optional=True),
                CountDimension.of(CALL_EXPLOITATION, "exploitation", is_optional=True),
            ),
            (
                CountMeasure("calls", Text("Opkald", "Calls"), CountUnit.CALL, concerns=("caller", "SELF")),
                SUSPICIONS,
                REFERRALS_MADE,
            ),
        ),
    ),
    version="1.1",
)
