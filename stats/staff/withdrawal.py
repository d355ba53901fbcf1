"""Withdrawing a published release: one approver replaces it by another vintage; without one two approvers are needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core.text import Text, of_both, say
from partners.staff.links import page_at
from partners.staff.screens import actor
from stats import rooms_above
from stats.errors import ReleaseRefused
from stats.models import Release
from stats.refusals import REFUSALS
from stats.staff import approval, preview
from stats.staff.forms import ReleaseChoice
from stats.staff.grounds import PublicReasonForm
from stats.staff.offers import (
    ACTS,
    address,
    approvable,
    open_withdrawal,
    return_with_message,
    return_with_refusal,
)
from stats.staff.preview import IN_ALL
from stats.staff.releases import releases_of_longer_periods, replacements
from stats.staff.schedule_acts import EXACT, ScheduleActs
from stats.staff.words import question_of, release_in_a_sentence, release_in_words, sentence_about

STAYS = Text(
    "Erstattes den af en anden udgave, kan den stadig læses under sit id, mærket som trukket tilbage. Erstattes den ikke, skal en "
    "anden godkender bekræfte det; derefter vises dens tabeller ikke mere, og dens adresse oplyser kun begrundelsen. Det, der er "
    "udgivet, er kendt: andre udgivelser og årsrapporter, der bygger på den, står, til de selv trækkes tilbage eller erstattes. "
    "Alle kan læse, hvorfor. Det kan ikke fortrydes.",
    "If another vintage replaces it, it can still be read by its id, marked as withdrawn. If none does, a second approver must "
    "agree; after that its tables are no longer answered, and its address gives the reason alone. What was published is known: "
    "other releases and annual reports that build on it stand until they are withdrawn or replaced themselves. Everybody can read "
    "why. This cannot be undone.",
)
GOES = Text(
    "Derefter vises dens tabeller ikke mere. Det, der er udgivet, er kendt: andre udgivelser og årsrapporter, der bygger på den, "
    "står, til de selv trækkes tilbage eller erstattes. Alle kan læse begrundelsen. Det kan ikke fortrydes.",
    "After that its tables are no longer answered. What was published is known: other releases and annual reports that build on it "
    "stand until they are withdrawn or replaced themselves. Everybody can read the reason. This cannot be undone.",
)
BUILT_ON_IT = say("Bygger på den og står fortsat", "Builds on it and still stands")
REMAINS = Text("Udgivelsen gælder fortsat.", "The release goes on to hold.")
NO_OTHER = Text("ingen: en anden godkender skal bekræfte", "none: a second approver must agree")
WAITS = Text(
    "Tilbagetrækningen af {subject} venter på en anden godkender.",
    "The withdrawal of {subject} waits for a second approver.",
)


class WithdrawForm(PublicReasonForm):
    """The release that replaces it, if one does, and the reason."""

    def __init__(self, *args: Any, release: Release, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = ReleaseChoice(
            label=say("Erstattes af", "Replacement"),
            queryset=replacements(release),
            required=False,
            empty_label=str(NO_OTHER),
        )
        self.fields = {"replacement": others, **self.fields}


def remaining_facts(release: Release) -> Iterator[tuple[object, object]]:
    """The total that goes, and what builds on the release and stays public: longer periods, and what rooms above name."""
    persons, _ = preview.values_of_published(release)
    if "" in persons:
        yield IN_ALL, persons[""].describe("")
    yield from ((BUILT_ON_IT, release_in_words(each)) for each in releases_of_longer_periods(release))
    yield from ((BUILT_ON_IT, each) for each in rooms_above.works_built_on(release))


class WithdrawalAct(ScheduleActs):
    """The screen of releases, as far as withdrawing goes."""

    @page_at("<path:release_id>/withdraw/")
    def withdraw(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """Ask for the reason and the replacement; then withdraw, or ask a second approver."""
        release = approvable(request, release_id)
        form = WithdrawForm(request.POST or None, release=release)
        if form.is_valid():
            try:
                return return_with_message(request, self.withdraw_by(request, release, form), release)
            except ReleaseRefused as refusal:
                messages.error(request, str(refusal))
        title = question_of(release, Text("Træk {} tilbage?", "Withdraw {}?"))
        page = {"title": title, "warning": STAYS, "facts": [*remaining_facts(release)], "form": form}
        return self.ask(request, release, "withdraw", page)

    def withdraw_by(self, request: HttpRequest, release: Release, form: WithdrawForm) -> str:
        """Withdraw the release, or ask a second approver to; what came of it. Raises `ReleaseRefused`."""
        replacement = form.cleaned_data["replacement"]
        if replacement is None:
            approval.ask_withdrawal(by=actor(request), release_id=release.pk, reason=form.reason)
            return str(sentence_about(release, WAITS))
        approval.withdraw(by=actor(request), release_id=release.pk, replacement=replacement.pk, reason=form.reason)
        other = release_in_a_sentence(replacement)
        message = Text(
            f"{{subject}} er trukket tilbage og erstattet af {other.da}.",
            f"{{subject}} is withdrawn and replaced by {other.en}.",
        )
        return str(sentence_about(release, message))

    @page_at("<path:release_id>/agree_withdrawal/")
    def agree_withdrawal(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """Ask the second approver; then withdraw."""
        what = Text("{subject} er trukket tilbage.", "{subject} is withdrawn.")
        return self.decide(request, release_id, "agree_withdrawal", GOES, what)

    @page_at("<path:release_id>/refuse_withdrawal/")
    def refuse_withdrawal(self, request: HttpRequest, release_id: str) -> HttpResponse:
        """Ask; then say no to the withdrawal."""
        what = Text("Tilbagetrækningen er afvist. {subject} gælder.", "The withdrawal is refused. {subject} holds.")
        return self.decide(request, release_id, "refuse_withdrawal", REMAINS, what)

    def decide(self, request: HttpRequest, release_id: str, act: str, warning: Text, message: Text) -> HttpResponse:
        """The page of a decision on a request, and the decision on the very request that was shown: another asks anew."""
        release = approvable(request, release_id)
        withdrawal = open_withdrawal(release)
        if withdrawal is None:
            if EXACT in request.POST:
                return return_with_refusal(request, ReleaseRefused(REFUSALS["NO_OPEN_WITHDRAWAL"]), release)
            return HttpResponseRedirect(address("change", release.pk))
        if request.method == "POST" and request.POST.get(EXACT) == str(withdrawal.pk):
            agree = act == "agree_withdrawal"
            do = partial(approval.decide_withdrawal, by=actor(request), request_id=withdrawal.pk, agreed=agree)
            return self.carry_out(request, do, sentence_about(release, message), address("change", release.pk))
        page = {
            "title": question_of(release, Text(*(f"{each}: {{}}?" for each in ACTS[act]))),
            "warning": warning,
            "facts": [
                (say("Foreslået af", "Asked by"), withdrawal.user),
                (say("Begrundelse", "Reason"), of_both(withdrawal.reason)),
                *remaining_facts(release),
            ],
        }
        return self.ask(request, release, act, page, [(EXACT, str(withdrawal.pk))])
