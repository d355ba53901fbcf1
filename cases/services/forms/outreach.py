"""What is reported of outreach."""

from __future__ import annotations

from cases.codelists import SETTING
from cases.codelists.services import OUTREACH_ACTIVITY
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
