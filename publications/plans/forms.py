"""Forms of indicators and observations. What the database would refuse is told before the question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.db.models.fields import BLANK_CHOICE_LABEL
from django.utils import timezone

from cases.dimensions import PRINCIPAL
from core.text import Text, lazily, say
from partners.audit import Actor
from publications.plans import observations
from publications.plans.choices import COMPUTED, INDICATOR_UNITS, PERCENT, PERSONS_UNIT, SUM_UNITS
from publications.plans.models import PlanIndicator, PlanObservation
from publications.plans.plans import PLANS
from publications.plans.refusals import PlanRefused
from stats.reading.datasets import READABLE
from stats.reading.measures import Measure
from stats.sums.datasets import DATASETS_AS_READ

# Longer lists, as that of countries, are no targets of a plan.
MOST_CODES = 60
ONE_AXIS = Text("To celler skal være af hver sin opdeling.", "Two cells must be of different breakdowns.")
SHARE_OF_CELL = Text(
    "En andel er en celles andel af alle personer: vælg en celle.",
    "A share is that of a cell among all persons: choose a cell.",
)
NOT_DIVIDED = Text("Det, der tælles, er ikke opdelt sådan.", "What is counted is not divided so.")
NO_FUTURE = Text("Året er ikke begyndt.", "The year has not begun.")
NOT_TYPED = Text(
    "Indikatoren beregnes: lad værdi og kilde stå tomme.", "The indicator is computed: leave value and source empty."
)
VALUE_NEEDED = Text("Skriv en værdi.", "Type in a value.")
SOURCE_NEEDED = Text("Skriv kilden på begge sprog.", "Type in the source in both languages.")


def unit_words(unit: Text) -> Text:
    """That a computed indicator has another unit than was chosen."""
    return Text(f"Den er i enheden {unit.da}: vælg den.", f"It is in the unit {unit.en}: choose that.")


def quantities() -> Iterator[tuple[str, Any]]:
    """What a computed indicator can count: first persons, then by their dataset the sums of what services report."""
    yield "", lazily(PRINCIPAL.label)
    for dataset in DATASETS_AS_READ.values():
        codes = dataset.quantities.codes if dataset.quantities else ()
        yield lazily(dataset.label), [(f"{dataset.id}/{code.code}", lazily(code.label)) for code in codes]


def cells() -> Iterator[tuple[str, Any]]:
    """The cells that an indicator can be of, by their breakdown; first none, which is all."""
    yield "", lazily(Text("alle", "all"))
    axes = {axis.id: axis for dataset in (*DATASETS_AS_READ.values(), PRINCIPAL) for axis in dataset.breakdowns}
    for axis in axes.values():
        if len(axis.codes) <= MOST_CODES:
            yield lazily(axis.label), [(f"{axis.id}={code.code}", lazily(code.label)) for code in axis.codes]


def areas() -> list[tuple[str, Any]]:
    """The areas of every plan, under the plan's name; first none, so that nobody takes one that is not meant."""
    return [
        ("", BLANK_CHOICE_LABEL),
        *(
            (
                lazily(plan.label),
                [
                    (f"{plan.id}/{each.id}", lazily(Text(*(f"{each.id}. {label}" for label in each.label))))
                    for each in plan.areas
                ],
            )
            for plan in PLANS.values()
        ),
    ]


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]
    """An indicator. The area names its plan, so that none is of another plan."""

    of_area = forms.ChoiceField(label=say("Indsatsområde", "Area"), choices=areas)
    quantity = forms.ChoiceField(
        label=say("Hvad der tælles", "What is counted"), choices=lambda: [*quantities()], required=False
    )
    cell = forms.ChoiceField(label=say("Celle", "Cell"), choices=lambda: [*cells()], required=False)
    second_cell = forms.ChoiceField(label=say("og", "and"), choices=lambda: [*cells()], required=False)

    class Meta:
        model = PlanIndicator
        fields = (
            *("code", "label_da", "label_en", "definition_da", "definition_en", "unit", "source", "measure"),
            *("baseline_year", "baseline_value", "direction", "target_value", "due_year"),
        )
        localized_fields = ("baseline_value", "target_value")

    def clean(self) -> dict[str, Any]:
        """The indicator with its plan and its query. Raises `ValidationError`."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        row = self.instance
        row.plan, _, row.area = data["of_area"].partition("/")
        filters = [each.split("=") for name in ("cell", "second_cell") if (each := data[name])]
        row.filters = dict(filters)
        if len(row.filters) < len(filters):
            self.add_error("second_cell", str(ONE_AXIS))
        if data["source"] == COMPUTED:
            self.set_query(data)
        return data

    def set_query(self, data: dict[str, Any]) -> None:
        """What a computed indicator asks of a release, with its unit. What is no cell is an error of its field."""
        row, is_share = self.instance, data["measure"] == Measure.SHARE
        name, _, quantity = data["quantity"].partition("/")
        dataset = READABLE[name or PRINCIPAL.id]
        row.dataset = dataset.id
        if is_share and (quantity or not row.filters):
            self.add_error("cell", str(SHARE_OF_CELL))
        if any(axis not in dataset.axes or code not in dataset.axes[axis].names for axis, code in row.filters.items()):
            self.add_error("cell", str(NOT_DIVIDED))
        unit = PERCENT if is_share else SUM_UNITS.get((name, quantity), PERSONS_UNIT)
        if data["unit"] != unit:
            self.add_error("unit", str(unit_words(INDICATOR_UNITS[unit])))
        if dataset.quantities:
            row.filters = {dataset.quantities.id: quantity, **row.filters}

    def _get_validation_exclusions(self) -> set[str]:
        """What is not checked. The plan comes with the area, and once it is there its codes and the query are looked at too."""
        names: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return names if self.errors else names - {"plan", "area", "dataset", "filters"}


class IndicatorChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Published indicators, by what they are called."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class ObservationForm(forms.ModelForm):  # type: ignore[type-arg]
    """An observation. What a computed indicator is, is read and not typed. `by`: who writes it."""

    by: ClassVar[Actor | None] = None
    indicator = IndicatorChoice(
        PlanIndicator.objects.filter(decision__approved=True), label=say("Indikator", "Indicator")
    )

    class Meta:
        model = PlanObservation
        fields = ("indicator", "year", "value", "source_da", "source_en")
        localized_fields = ("value",)

    def clean(self) -> dict[str, Any]:
        """The observation, with what the release says. Raises `ValidationError`."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if data["year"] > timezone.localdate().year:
            self.add_error("year", str(NO_FUTURE))
            return data
        is_typed = data["value"] is not None or data["source_da"] or data["source_en"]
        if data["indicator"].source == COMPUTED:
            if is_typed:
                self.add_error("value", str(NOT_TYPED))
                return data
        elif data["value"] is None:
            self.add_error("value", str(VALUE_NEEDED))
        elif not (data["source_da"].strip() and data["source_en"].strip()):
            self.add_error("source_da", str(SOURCE_NEEDED))
        return data

    def _post_clean(self) -> None:
        """Try it: the database has the last word, and is asked before the person is."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors or self.by is None:
            return
        data = self.cleaned_data
        try:
            self.instance = observations.observation_of(
                data["indicator"], data["year"], data["value"], Text(data["source_da"], data["source_en"])
            )
            with transaction.atomic():
                observations.observe(by=self.by, observation=self.instance)
                transaction.set_rollback(True)
            self.instance.pk = None
            self.instance._state.adding = True
        except PlanRefused as refusal:
            self.add_error(None, str(refusal))
