"""The form of a new file: for whom, and of which year."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst

from core.text import lazily
from publications.international.models import InternationalFile
from publications.international.words import FIELDS, HELPS, NO_RELEASE
from stats.periods import PeriodKind
from stats.reading.catalogue import PUBLISHED


def years_published() -> list[tuple[int, str]]:
    """The years of which there is a public release that is not withdrawn, as choices, the newest first."""
    releases = PUBLISHED.read().releases
    years = {int(each.period.id) for each in releases if each.period.kind == PeriodKind.YEAR and not each.withdrawal}
    return [(year, str(year)) for year in sorted(years, reverse=True)]


class InternationalFileForm(forms.ModelForm):
    """A file for a body, of a year that there are public figures of."""

    year = forms.TypedChoiceField(
        label=capfirst(lazily(FIELDS["year"])),
        coerce=int,
        choices=years_published,
        help_text=lazily(HELPS["year"]),
        error_messages={"invalid_choice": lazily(NO_RELEASE)},
    )

    class Meta:
        model = InternationalFile
        fields = ("body", "year")
