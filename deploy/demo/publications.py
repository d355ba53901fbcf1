"""What the demo publishes beside releases: annual reports, indicators of plans, and files for international organisations.

The reports are drafted and written by one person and published by another, with a little commentary. One indicator is computed and
one is typed in; both say that they are invented. Of the newest year each body has a file, and one of them is marked as sent.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from cases.dimensions import PRINCIPAL
from core.text import NO_TEXT, Text
from partners.audit import Actor
from publications.annual import drafts, publishing
from publications.annual.document import from_json
from publications.annual.drafting import make_draft
from publications.annual.models import ReportDraft, ReportPublication
from publications.annual.places import proposals
from publications.annual.production import work
from publications.international import files
from publications.international.bodies import BODIES, GLOTIP
from publications.international.models import InternationalFile
from publications.plans import observations
from publications.plans.choices import COMPUTED, MANUAL
from publications.plans.lights import TargetDirection
from publications.plans.models import PlanIndicator
from publications.plans.plans import OF_2022

SENT = GLOTIP.id


def make_files(say: Callable[[str], None], author: User, approver: User, year: int) -> None:
    """Make the file of each body that has none of the year, and mark one as sent. The others wait."""
    for body in BODIES:
        if InternationalFile.objects.filter(body=body, year=year).exists():
            continue
        say(f"making the file for {body}")
        with transaction.atomic():
            file = files.make(by=Actor.of(author), body=body, year=year)
            if body == SENT:
                files.send(by=Actor.of(approver), file=file.pk)


# 2019 is the year whose published figures the demo's records give again.
YEARS_OF_REPORTS = (2019, 2022, 2023)
# By place; of every year, so without its figures.
COMMENTS = {
    "key-figures:comment": Text(
        "Tallene er opdigtede: de er dannet, så de ligner de offentliggjorte.\n\n"
        "Når et antal stiger, kan det have flere årsager:\n\n"
        "- flere bliver udnyttet\n- flere bliver fundet\n- flere henvender sig selv",
        "The figures are invented: they are made to resemble the published ones.\n\n"
        "When a number rises, that can have several causes:\n\n"
        "- more persons are exploited\n- more persons are found\n- more persons come forward themselves",
    ),
    "citizenship:comment": Text(
        "Statsborgerskab viser ikke, hvor en person er udnyttet, og heller ikke, hvorfra den pågældende rejste til Danmark.",
        "Citizenship does not say where a person was exploited, nor from where that person travelled to Denmark.",
    ),
}


def publish_reports(say: Callable[[str], None], author: User, approver: User) -> None:
    """Publish the report of each year that has none, and make what readers get of it."""
    years_published = set(ReportPublication.objects.values_list("year", flat=True))
    for year in YEARS_OF_REPORTS:
        if year not in years_published:
            say(f"writing the annual report of {year}")
            draft = make_draft(by=Actor.of(author), year=year)
            write_all(draft, author)
            publishing.publish(by=Actor.of(approver), draft_id=draft.pk, last_text=drafts.last_text(draft))
    work(say)


def write_all(draft: ReportDraft, author: User) -> None:
    """Approve everything that is proposed, and add the comments."""
    of_languages = [proposals(from_json(draft.documents[language])) for language in Text._fields]
    proposals_found = {place: Text(*(each[place] for each in of_languages)) for place in of_languages[0]}
    for place, text in {**proposals_found, **COMMENTS}.items():
        drafts.write(by=Actor.of(author), draft=draft, place=place, text=text)


YEARS_OF_PLANS = (2022, 2023)
INVENTED = Text("Opdigtet til demoen.", "Invented for the demo.")
# What was typed in of each year.
COURSES = {2022: Decimal(12), 2023: Decimal(15)}


def indicators() -> tuple[PlanIndicator, ...]:
    """One of each kind. They are not stored."""
    path = {"plan": OF_2022.id, "baseline_year": 2021, "direction": TargetDirection.UP, "due_year": 2025}
    return (
        PlanIndicator(
            **path,
            area="1",
            code="DEMO-WOMEN",
            label_da="Demotal: kvinder vurderet udsat for menneskehandel",
            label_en="Demo figure: women identified as victims",
            definition_da=f"Kvinder, der er vurderet udsat for menneskehandel i året. {INVENTED.da}",
            definition_en=f"Women who were identified as victims in the year. {INVENTED.en}",
            unit="PERSONS",
            source=COMPUTED,
            dataset=PRINCIPAL.id,
            filters={"gender": "F"},
            measure="count",
            baseline_value=Decimal(40),
            target_value=Decimal(80),
        ),
        PlanIndicator(
            **path,
            area="3",
            code="DEMO-COURSES",
            label_da="Demotal: kurser for politi og anklagemyndighed",
            label_en="Demo figure: courses for police and prosecution",
            definition_da=f"Kurser, der er holdt i året. {INVENTED.da}",
            definition_en=f"Courses that were held in the year. {INVENTED.en}",
            unit="COURSES",
            source=MANUAL,
            baseline_value=Decimal(10),
            target_value=Decimal(30),
        ),
    )


def publish_plans(say: Callable[[str], None], author: User, approver: User) -> None:
    """Write and publish each indicator that is not there, with its observations."""
    by, second = Actor.of(author), Actor.of(approver)
    for indicator in indicators():
        if PlanIndicator.objects.filter(plan=indicator.plan, code=indicator.code).exists():
            continue
        say(f"observing {indicator.code}")
        observations.add_indicator(by=by, indicator=indicator)
        observations.decide_indicator(by=second, indicator=indicator, approve=True)
        for year in YEARS_OF_PLANS:
            typed_in = (COURSES[year], INVENTED) if indicator.source == MANUAL else (None, NO_TEXT)
            row = observations.observe(by=by, observation=observations.observation_of(indicator, year, *typed_in))
            observations.decide_observation(by=second, observation=row, approve=True)
