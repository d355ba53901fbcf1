"""The message of each constraint of the database, which a form shows where the constraint would refuse a row.

A message belongs to the whole name of a constraint, or to an ending that several names share. The messages are set on the loaded
models, so that neither the schema nor a migration holds a text.
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
    "assessment_version": Text("Versionen findes allerede.", "This version already exists."),
    "attributedecision_field": Text(
        "Der kan ikke træffes afgørelse om dette felt.", "No decision can be made on this field."
    ),
    "case_token": Text("Sagskoden er allerede i brug.", "This case token is already in use."),
    "client_secret_elsewhere": Text("En hemmelighed gemmes ikke her.", "Secrets are not stored here."),
    "duplicate_pair": Text("Parret findes allerede.", "This pair already exists."),
    "erratum_said": Text("Skriv rettelsen på begge sprog.", "Write the erratum in both languages."),
    "factdecision_bounds_of_intervals": Text(
        "Grænser hører til et interval, som skal have dem begge.",
        "Bounds belong to an interval, and an interval needs both.",
    ),
    "factdecision_low_below_high": Text(
        "Den nedre grænse skal være mindst 0 og højst den øvre.",
        "The lower bound must be 0 or more and not above the upper bound.",
    ),
    "idempotency_key": Text("Nøglen er allerede i brug.", "This key is already in use."),
    "inventeddata_once": Text("Det kan kun angives én gang.", "This can be stated only once."),
    "linkdecision_undoes": Text(
        "En omgørelse skal nævne den afgørelse, den omgør.", "An undo must name the decision that it undoes."
    ),
    "mergedcase_once": Text("En sag kan kun nævnes én gang.", "A case can be named only once."),
    "nilreport_month": Text("Der er allerede indberettet for måneden.", "This month has already been reported."),
    "partner_name_mode": Text(
        "Der er allerede en partner med det navn i den tilstand.",
        "There is already a partner with this name in this mode.",
    ),
    "partner_report_due_days": Text("Fristen er for lang.", "The due date is too late."),
    "partner_reporting_since": Text(
        "En fast indberetning skal have en første måned: udfyld »indberetter siden«.",
        'Regular reporting needs a first month: fill in "reporting since".',
    ),
    "referral_version": Text("Versionen findes allerede.", "This version already exists."),
    "release_change_notes_of_vintages": Text(
        "En senere udgave skal på begge sprog angive, hvad der er ændret; den første udgave skal ikke.",
        "A later vintage must say in both languages what has changed; the first vintage must not.",
    ),
    "release_commitment_of_protected": Text(
        "En beskyttet udgivelse skal have en kontrolsum af sin nøgle, og ingen anden udgivelse må have en.",
        "A protected release must have the digest of its key, and no other release may have one.",
    ),
    "release_months": Text("Perioden ender, før den begynder.", "The period ends before it begins."),
    "release_vintage": Text("Udgaven findes allerede.", "This vintage already exists."),
    "withdrawal_by_another": Text("En udgivelse kan ikke erstatte sig selv.", "A release cannot replace itself."),
}
BY_END = {
    "_code": Text("Koden står ikke på listen.", "The code is not on the list."),
    "_current": Text("Der er allerede en gældende version.", "There is already a current version."),
    "_digest": Text("Det er ikke en kontrolsum.", "This is not a digest."),
    "_first_day": Text("En måned gemmes som sin første dag.", "A month is stored as its first day."),
    "_from_1": Text("Versioner nummereres fra 1.", "Versions are numbered from 1."),
    "_in_month": Text("En måned gemmes som sin første dag.", "A month is stored as its first day."),
    "_in_order": Text(
        "De to sager skal være forskellige og i rækkefølge.", "The two cases must be different and in order."
    ),
    "_of_codes": Text("Der skal være et tal for hver kode.", "There must be a number for each code."),
    "_other": Text("Sagen henviser til sig selv.", "The case refers to itself."),
    "_reason_said": Text("Skriv en begrundelse.", "Write a reason."),
    "_reasons": Text("Begrundelsen mangler.", "The reasons are missing."),
    "_shown_or_hidden": Text("Et tal skal være enten vist eller skjult.", "A number must be either shown or hidden."),
    "_since_another": Text(
        "En udgivelse kan ikke sammenlignes med sig selv.", "A release cannot be compared with itself."
    ),
    "_since_month": Text(
        "Måneden ligger for tidligt, eller datoen er ikke den første i en måned.",
        "The month is too early, or the date is not the first day of a month.",
    ),
    "_superseded_later": Text("En version skal ophøre efter sin begyndelse.", "A version must end after it began."),
}


def message_of(name: str) -> Text:
    """The message of a constraint. Raises `LookupError` where there is none."""
    found = BY_NAME.get(name) or next((words for end, words in BY_END.items() if name.endswith(end)), None)
    if found is None:
        raise LookupError(f"partners.constraint_words has no message for {name}")
    return found


def set_messages(app: str) -> None:
    """Give every constraint of an app its message."""
    for model in apps.get_app_config(app).get_models():
        for constraint in model._meta.constraints:
            said = lazily(message_of(constraint.name))
            constraint.validate = partial(validate_in_words, constraint.validate, said)  # type: ignore[method-assign]


def validate_in_words(validate: Callable[..., None], said: Any, *args: Any, **kwargs: Any) -> None:
    """Check a constraint, and refuse with its message. Raises `ValidationError`."""
    try:
        validate(*args, **kwargs)
    except ValidationError as error:
        raise ValidationError(said, code=getattr(error, "code", None)) from None
