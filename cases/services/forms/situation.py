"""What is reported each week of a crisis."""

from __future__ import annotations

from cases.services.forms.parts import CONTACTS, ON_REGION
from cases.services.shapes import (
    CountForm,
    CountMeasure,
    CountPeriodKind,
    CountTable,
    CountUnit,
    JumpLimits,
    PartOfWhole,
)
from core.text import Text
from partners.kinds import Kind

SITUATION = CountForm(
    "SITUATION",
    Text("Situationen i en krise", "The situation in a crisis"),
    Text(
        "Ugens situation, mens centret har meldt en krise.",
        "The week's situation while the centre has declared a crisis.",
    ),
    CountPeriodKind.WEEK,
    frozenset({Kind.NGO, Kind.CENTRE}),
    (
        CountTable(
            "situation",
            Text("Situationen", "The situation"),
            (ON_REGION,),
            (
                CONTACTS,
                CountMeasure(
                    "need_food",
                    Text("Personer med akut brug for mad", "Persons in acute need of food"),
                    CountUnit.CONTACT,
                    earlier=Text("Akut brug for mad", "Acute need of food"),
                ),
                CountMeasure(
                    "need_shelter",
                    Text("Personer med akut brug for husly", "Persons in acute need of shelter"),
                    CountUnit.CONTACT,
                    earlier=Text("Akut brug for husly", "Acute need of shelter"),
                ),
                CountMeasure(
                    "tests",
                    Text("Personer hjulpet til en test", "Persons helped to a test"),
                    CountUnit.CONTACT,
                    earlier=Text("Hjulpet til en test", "Helped to a test"),
                ),
                CountMeasure("staff_absent", Text("Medarbejdere fraværende", "Staff absent"), CountUnit.STAFF),
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
    # A week of a crisis may well have three times what those before it had.
    limits=JumpLimits(times=5),
)
