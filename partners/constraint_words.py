"""What a form says where a constraint of the database would refuse: of every constraint of ours, in both languages.

By the constraint's whole name, or by the end of it that several share. The words are set on the loaded constraints and not in them:
they are no part of the schema, nor of its migrations.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError

from partners.text import Text, lazily

BY_NAME = {
    "access_request_whole": Text("Anmodningen er ikke fuldstændig.", "The request is not complete."),
    "assessment_version": Text("Versionen findes allerede.", "There is that version already."),
    "attributedecision_field": Text(
        "Der kan ikke træffes afgørelse om dette felt.", "No decision is made on this field."
    ),
    "case_token": Text("Sagskoden er i brug.", "That case token is taken."),
    "client_secret_elsewhere": Text("En hemmelighed gemmes ikke her.", "A secret is not kept here."),
    "duplicate_pair": Text("Parret findes allerede.", "There is that pair already."),
    "erratum_said": Text("Skriv rettelsen på begge sprog.", "Write the erratum in both languages."),
    "factdecision_bounds_of_intervals": Text(
        "Grænser hører til et interval, som skal have dem begge.", "Bounds belong to an interval, which needs both."
    ),
    "factdecision_low_below_high": Text(
        "Den nedre grænse skal være mindst 0 og højst den øvre.",
        "The low bound is 0 or more, and not above the high one.",
    ),
    "idempotency_key": Text("Nøglen er i brug.", "That key is taken."),
    "inventeddata_once": Text("Det siges én gang.", "That is said once."),
    "linkdecision_undoes": Text(
        "En omgørelse nævner den afgørelse, den omgør.", "An undoing names the decision that it undoes."
    ),
    "mergedcase_once": Text("Sagen nævnes én gang.", "A case is named once."),
    "nilreport_month": Text("Måneden er allerede besvaret.", "That month is answered already."),
    "partner_name_mode": Text(
        "Der er allerede en partner med det navn i den tilstand.",
        "There is a partner of that name in that mode already.",
    ),
    "partner_report_due_days": Text("Fristen er for lang.", "The report is due too late."),
    "partner_reporting_since": Text(
        "En fast indberetning skal have en første måned: udfyld »indberetter siden«.",
        "A calendar needs its first month: reporting since.",
    ),
    "referral_version": Text("Versionen findes allerede.", "There is that version already."),
    "release_change_notes_of_vintages": Text(
        "En senere version af en udgivelse siger på begge sprog, hvad der er ændret; den første siger intet.",
        "A later vintage says in both languages what has changed; the first one says nothing.",
    ),
    "release_commitment_of_protected": Text(
        "Kun en beskyttet udgivelse har et aftryk af sin nøgle, og den skal have det.",
        "A protected release, and none other, has the digest of its key.",
    ),
    "release_months": Text("Perioden ender, før den begynder.", "The period ends before it begins."),
    "release_vintage": Text("Den version af udgivelsen findes allerede.", "There is that vintage already."),
    "withdrawal_by_another": Text("En udgivelse erstatter ikke sig selv.", "A release does not replace itself."),
}
BY_END = {
    "_code": Text("Koden står ikke på listen.", "The code is not on the list."),
    "_current": Text("Der er allerede en gældende version.", "There is a current version already."),
    "_digest": Text("Det er ikke et aftryk.", "That is not a digest."),
    "_first_day": Text("En måned gemmes som sin første dag.", "A month is kept as its first day."),
    "_from_1": Text("Versioner tælles fra 1.", "Versions are counted from 1."),
    "_in_month": Text("En måned gemmes som sin første dag.", "A month is kept as its first day."),
    "_in_order": Text(
        "De to sager skal være forskellige og i rækkefølge.", "The two cases must differ and be in order."
    ),
    "_of_codes": Text("Der skal være et tal for hver kode.", "There must be a number for each code."),
    "_other": Text("Sagen henviser til sig selv.", "The case refers to itself."),
    "_reason_said": Text("Skriv en begrundelse.", "Write a reason."),
    "_reasons": Text("Begrundelsen mangler.", "The reasons are missing."),
    "_shown_or_hidden": Text("Et tal er enten vist eller skjult.", "A number is shown or hidden."),
    "_since_another": Text("En udgivelse sammenlignes ikke med sig selv.", "A release is not compared with itself."),
    "_since_month": Text(
        "Måneden ligger for tidligt, eller er ikke den første dag.", "The month is too early, or no first day."
    ),
    "_superseded_later": Text("En version ophører, efter at den begyndte.", "A version ends after it began."),
}


def words_of(name: str) -> Text:
    """What is said of a constraint. Raises `LookupError` where nothing is."""
    found = BY_NAME.get(name) or next((words for end, words in BY_END.items() if name.endswith(end)), None)
    if found is None:
        raise LookupError(f"partners.constraint_words says nothing of {name}")
    return found


def speak(app: str) -> None:
    """Give every constraint of an app its words."""
    for model in apps.get_app_config(app).get_models():
        for constraint in model._meta.constraints:
            said = lazily(words_of(constraint.name))
            constraint.validate = partial(in_words, constraint.validate, said)  # type: ignore[method-assign]


def in_words(validate: Callable[..., None], said: Any, *args: Any, **kwargs: Any) -> None:
    """The check of a constraint, whose refusal is these words. Raises `ValidationError`."""
    try:
        validate(*args, **kwargs)
    except ValidationError as error:
        raise ValidationError(said, code=getattr(error, "code", None)) from None
