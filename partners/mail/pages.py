"""The account's page of mail, the page that confirms an address, and the page that a mail's own link leads to, with their forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core.text import lazily
from partners.mail import addresses, plain_mail
from partners.mail.addresses import TooManyCodes, kinds_for
from partners.mail.kinds import KINDS
from partners.mail.models import Mailbox
from partners.mail.sending import is_on
from partners.mail.words import HELPS, LABELS, NOT_ASCII, OUTCOMES_OF_PAGE, WORDS, WRONG_CODE
from partners.people.pages.signing_in import me


class MailForm(forms.Form):
    """Address, language and the kinds that a person wants."""

    address = forms.EmailField(
        label=lazily(LABELS["address"]),
        help_text=lazily(HELPS["address"]),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "form-input", "autocomplete": "email"}),
    )
    language = forms.ChoiceField(
        label=lazily(LABELS["language"]),
        choices=settings.LANGUAGES,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    kinds = forms.MultipleChoiceField(
        label=lazily(LABELS["kinds"]),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-checkbox"}),
    )

    def __init__(self, user: User, row: Mailbox | None, language: str, data: Any = None) -> None:
        """The form as the person has it now. `language`: of the page, for who has chosen none yet."""
        kinds = kinds_for(user)
        opt_outs = row.opt_outs if row else []
        initial = {
            "address": row.address if row else "",
            "language": row.language if row else language,
            "kinds": [each for each in kinds if each not in opt_outs],
        }
        super().__init__(data, initial=initial)
        choices = [(each, str(KINDS[each].title)) for each in kinds]
        self.fields["kinds"].choices = choices  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        """The address, in ASCII: a mail server that takes another is still rare."""
        address: str = self.cleaned_data["address"]
        if not address.isascii():
            raise forms.ValidationError(lazily(NOT_ASCII), code="invalid")
        return address


class AddressCodeForm(forms.Form):
    """The code from the mail."""

    token = forms.CharField(
        label=lazily(LABELS["token"]),
        max_length=128,
        widget=forms.TextInput(attrs={"class": "form-input", "autocomplete": "off"}),
    )


@sensitive_post_parameters("address")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """What a person wants: an address, a language, kinds of mail."""
    user = me(request)
    row = Mailbox.objects.filter(user=user).first()
    form = MailForm(user, row, (get_language() or "en")[:2], request.POST or None)
    if not form.is_valid():
        context = {"form": form, "row": row, "mail": WORDS, "is_on": is_on()}
        return render(request, "mail/choose.html", context)
    try:
        needs_code = addresses.save(user=user, **form.cleaned_data)
    except TooManyCodes:
        return tell(request, "too_many", messages.ERROR)
    has_forgotten = row is not None and row.address and not form.cleaned_data["address"]
    return tell(request, "code_sent" if needs_code else "forgotten" if has_forgotten else "saved")


@require_POST
def send_code_again(request: HttpRequest) -> HttpResponse:
    """Send a new link to the person's address, where there is one that is not confirmed."""
    user = me(request)
    if not Mailbox.objects.exclude(address="").filter(user=user, confirmed_at=None).exists():
        return HttpResponseRedirect(reverse("mail_choose"))
    try:
        addresses.send_code(user)
    except TooManyCodes:
        return tell(request, "too_many", messages.ERROR)
    return tell(request, "code_sent")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the own address. A script takes the code from the address's fragment, which no server sees, to the form."""
    form = AddressCodeForm(request.POST or None)
    if form.is_valid() and addresses.confirm(user=me(request), token=form.cleaned_data["token"].strip()):
        return tell(request, "confirmed")
    if form.is_bound and not form.errors:
        form.add_error("token", str(WRONG_CODE))
    return render(request, "mail/confirm.html", {"form": form, "mail": WORDS})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop a kind of mail (RFC 8058): a mail program posts, a person reads and presses the button. GET changes nothing."""
    fitting = plain_mail.find(token)
    if fitting is None:
        return render(request, "mail/stop.html", {"mail": WORDS, "is_unknown": True}, status=404)
    user_id, kind = fitting
    is_done = request.method == "POST"
    if is_done:
        plain_mail.stop(user_id=user_id, kind=kind)
    context = {"mail": WORDS, "kind": KINDS[kind].title, "is_done": is_done}
    return render(request, "mail/stop.html", context)


def tell(request: HttpRequest, outcome: str, level: int = messages.SUCCESS) -> HttpResponse:
    """Go back to the page of mail, which says what was done."""
    messages.add_message(request, level, str(OUTCOMES_OF_PAGE[outcome]))
    return HttpResponseRedirect(reverse("mail_choose"))
