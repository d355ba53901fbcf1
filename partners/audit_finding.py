"""Finding what happened to a thing by the eight characters by which lists show it. They are posted, and stand in no address."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from core.short_names import range_of
from core.text import Text, say
from partners.models import AuditEvent

TITLE = Text("Find en sag, en leverance eller en afgørelse", "Find a case, a delivery or a decision")
LEAD = Text(
    "Skriv de otte tegn, som lister viser, såsom 02eae3e0. Så vises alt, hvad der er sket med den, og hvem i "
    "centret der har set den. Hvad partnere har læst, står på en liste for sig, uden hvilken sag.",
    "Write the eight characters that lists show, such as 02eae3e0. Then all that happened to it is shown, and who at "
    "the centre saw it. What partners have read stands in a list of its own, without the case.",
)


class FindEventsForm(forms.Form):
    """The first eight characters of a key. `event` of the cleaned data is one about the thing."""

    characters = forms.CharField(
        max_length=12,
        label=say("De otte tegn", "The eight characters"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse what is no beginning of a key, what no event is about, and what is the beginning of several."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "characters" not in data:
            return data
        keys = range_of(data["characters"])
        if keys is None:
            raise forms.ValidationError(
                say(
                    "Skriv otte tegn: tal, og bogstaver fra a til f.",
                    "Write eight characters: digits, and letters from a to f.",
                )
            )
        events = list(one_for_each_subject(keys)[:2])
        if not events:
            raise forms.ValidationError(
                say(
                    "Ingen hændelse handler om noget, der begynder sådan.",
                    "No event is about anything that begins like this.",
                )
            )
        if len(events) > 1:
            raise forms.ValidationError(
                say(
                    "Flere begynder sådan. Find hændelsen på listen, og tryk på det, der er gjort.",
                    "Several begin like this. Find the event on the list, and press what was done.",
                )
            )
        return {**data, "event": events[0]}


def one_for_each_subject(keys: tuple[UUID, UUID]) -> QuerySet[AuditEvent]:
    """An event about each thing whose key is between these. The index of subjects is read, and no more than theirs of it."""
    least, greatest = map(str, keys)
    # Languages order digits and letters differently: what stands between two keys may begin otherwise.
    rows = AuditEvent.objects.filter(subject__gte=least, subject__lte=greatest, subject__startswith=least[:8])
    return rows.order_by("subject", "action", "at").distinct("subject")
