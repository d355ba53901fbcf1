"""What the pages share: a page with one form, a question before an act that cannot be undone, a notice after it, a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form, Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_request, override

from core.text import Text
from partners.people.pages.words import PAGES, WORDS, Page
from partners.people.words import HINTS, LABELS
from partners.roles import ROLE_WORDS
from partners.staff.questions import is_answered, repeated_fields

QUESTIONS = {
    "passkey_remove": Page(
        Text("Fjern adgangsnøglen?", "Remove the passkey?"),
        Text("Du kan ikke længere logge ind med den.", "You can no longer sign in with it."),
        Text("Fjern", "Remove"),
    ),
    "end_others": Page(
        Text("Afslut dine andre sessioner?", "End your other sessions?"),
        Text(
            "Alle andre steder, hvor du er logget ind, bliver du logget ud. Hvad der ikke er gemt dér, går tabt.",
            "You will be signed out everywhere else. Anything that is not saved there is lost.",
        ),
        Text("Afslut dem", "End them"),
    ),
    "revoke": Page(
        Text("Træk API-nøglen tilbage nu?", "Revoke the secret now?"),
        Text(
            "Den virker ikke længere, og klientens adgangstokens heller ikke. Det kan ikke fortrydes.",
            "The secret stops working at once, and so do the client's access tokens. This cannot be undone.",
        ),
        Text("Træk tilbage nu", "Revoke now"),
    ),
    "rotate": Page(
        Text("Skift API-nøglen?", "Rotate the secret?"),
        Text(
            "Der dannes en ny, som vises én gang. Den nuværende udløber om 14 dage. Det kan ikke fortrydes.",
            "A new secret is made and shown once. The current one expires in 14 days. This cannot be undone.",
        ),
        Text("Skift", "Rotate"),
    ),
    "withdraw": Page(
        Text("Træk invitationen tilbage nu?", "Revoke the invitation now?"),
        Text(
            "Linket virker ikke længere. Det kan ikke fortrydes; I kan invitere igen.",
            "The link stops working. This cannot be undone, but you can invite the person again.",
        ),
        Text("Træk tilbage nu", "Revoke now"),
    ),
    "switch_off": Page(
        Text("Luk brugerens adgang?", "Switch the person off?"),
        Text(
            "Personens sessioner afsluttes, personens invitationer trækkes tilbage, og personen kan ikke logge ind, før I åbner "
            "adgangen igen.",
            "The person's sessions end, and invitations are withdrawn. No sign-in works until you switch the account on again.",
        ),
        Text("Luk adgang", "Switch off"),
    ),
    "change_role": Page(
        Text("Giv brugeren en anden rolle?", "Give the person another role?"),
        Text(
            "Rollen gælder fra nu af. Kontoen, brugernavnet og det, personen har gjort, er de samme.",
            "The role holds from now on. The account, the user name and what the person has done stay the same.",
        ),
        Text("Skift rollen", "Change the role"),
    ),
    "bring_back": Page(
        Text("Bed om ny adgangskode og totrinsbekræftelse?", "Ask for a new password and second factor?"),
        Text(
            "Du får en kode, og en anden leder, eller centret, godkender og får et link. Når begge dele er brugt, gælder personens "
            "adgangskode, totrinsbekræftelse og sessioner ikke længere. Personen får besked på mail.",
            "You get a code, and another manager, or the centre, approves and gets a link. Once both are used, the person's "
            "password, second factors and sessions no longer work. The person is told by mail.",
        ),
        Text("Bed om det", "Ask for it"),
    ),
    "approve_back": Page(
        Text("Godkend ny adgangskode og totrinsbekræftelse?", "Approve a new password and second factor?"),
        Text(
            "Ring til personen, og hør, at det er rigtigt. Linket vises én gang og virker kun sammen med den kode, som den, der "
            "bad om det, fik.",
            "Call the person and hear that it is right. The link is shown once, and works only with the code that the asker got.",
        ),
        Text("Godkend", "Approve"),
    ),
    "refuse_back": Page(
        Text("Afvis anmodningen?", "Refuse the request?"),
        Text(
            "Kontoen forbliver, som den er. I kan bede om det igen.", "The account stays as it is. You can ask again."
        ),
        Text("Afvis", "Refuse"),
    ),
}
# What was done, said on the page that follows; in the braces, to what.
OUTCOMES = {
    "app_added": Text("Appen er tilføjet.", "The app is added."),
    "app_removed": Text(
        "Appen er fjernet. Dens koder virker ikke længere.", "The app is removed. Its codes no longer work."
    ),
    "key_added": Text("Adgangsnøglen er tilføjet.", "The passkey is added."),
    "key_removed": Text("Adgangsnøglen er fjernet.", "The passkey is removed."),
    "codes_renewed": Text(
        "Du har nye reservekoder. De gamle virker ikke længere.",
        "You have new recovery codes. The old ones no longer work.",
    ),
    "password_changed": Text(
        "Adgangskoden er skiftet, og dine andre sessioner er afsluttet.",
        "The password is changed, and your other sessions have ended.",
    ),
    "named": Text("Andre læser nu dit navn som {}.", "Others now read your name as {}."),
    "ended": Text("Andre sessioner, der er afsluttet: {}.", "Other sessions that have ended: {}."),
    "revoked": Text(
        "API-nøglen {} er trukket tilbage, og klientens adgangstokens virker ikke længere.",
        "The secret {} is revoked, and the client's access tokens no longer work.",
    ),
    "withdrawn": Text(
        "Invitationen er trukket tilbage. Dens link virker ikke længere.",
        "The invitation is revoked. Its link no longer works.",
    ),
    "switched_off": Text(
        "Adgangen for {} er lukket, og personens sessioner er afsluttet.",
        "{} is switched off, and the person's sessions have ended.",
    ),
    "back_refused": Text(
        "Anmodningen er afvist. Kontoen er, som den var.", "The request is refused. The account is as it was."
    ),
    "role_changed": Text("{} har en ny rolle. Den gælder fra nu af.", "{} has a new role. It holds from now on."),
    "switched_on": Text("Adgangen for {} er åbnet igen.", "{} is switched on again."),
}


class OneForm:
    """Mixed into a view of the library: our template, our words, no placeholders."""

    page: str
    template_name = "people/form.html"

    def get_form(self, *args: Any, **kwargs: Any) -> Form:
        """The form with our labels."""
        form: Form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        return label_form(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the page's title, lead and button."""
        return {**super().get_context_data(**kwargs), "page": PAGES[self.page]}  # type: ignore[misc]


def label_form[F: Form](form: F) -> F:
    """Give a form our labels and the look of all pages. This comes before validation, whose messages name the fields."""
    for name, field in form.fields.items():
        field.label = str(LABELS[name]) if name in LABELS else field.label
        field.help_text = str(HINTS[name]) if name in HINTS else ""
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["class"] = "form-select" if isinstance(field.widget, Select) else "form-input"
    return form


def ask(request: HttpRequest, page: str, *about: object, back: str = "account_home") -> HttpResponse | None:
    """The page that asks before an act that cannot be undone; None where the person has answered.

    `page` is a key of the words, `about` what the act is on, `back` the name of the page that is left for.
    """
    if is_answered(request):
        return None
    fields_kept = repeated_fields(request, "row", "client", "key", "role")
    return render(
        request,
        "people/ask.html",
        {"page": QUESTIONS[page], "about": about, "kept": fields_kept, "back": reverse(back)},
    )


def notify(request: HttpRequest, outcome: str, about: object = "") -> None:
    """Show on the next page what was done. `outcome` is a key of the words, `about` the object."""
    messages.success(request, str(OUTCOMES[outcome]).format(about))


def one_time_page(
    request: HttpRequest, title: str, value: str, lead: str = "shown_once", client_id: str = ""
) -> HttpResponse:
    """The page that shows a new secret, once. `title` and `lead` are keys of the words, `client_id` names whose it is."""
    context = {"title": title, "value": value, "lead": lead, "client_id": client_id}
    return render(request, "people/once.html", context)


def refusal_page(request: HttpRequest, *, why: str = "refused", status: int = 409) -> HttpResponse:
    """The page of a refusal. `why`: a key of the words."""
    return render(request, "people/refusal.html", {"why": WORDS[why]}, status=status)


def failure_page(request: HttpRequest, *, why: str, status: int, headers: Mapping[str, str]) -> HttpResponse:
    """The page of a failure. It needs no database, which may be what failed. `why`: a key of the words, or another code."""
    language = get_language_from_request(request)
    with override(language):
        page = render(request, "people/failure.html", {"why": WORDS.get(why, WORDS["refused"])}, status=status)
    for name, value in {**headers, "Content-Language": language}.items():
        page[name] = value
    return page


def context(request: HttpRequest) -> dict[str, object]:
    """The context processor of the pages: their words, which choose a language only where a template shows them."""
    return {
        "words": WORDS,
        "roles": ROLE_WORDS,
        "language": (get_language() or "en")[:2],
    }
