"""The page on which a file is chosen, and taking the file in: always as a dry run."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from cases.errors import DomainError, Stale
from cases.intake.batches import answering, arrival, committing
from cases.intake.batches.answering import NotTheSameFile
from cases.intake.batches.arrival import Delivery, KeyInFlight
from cases.intake.batches.committing import NothingWaits
from cases.intake.findings import FileRefused
from cases.intake.models import Batch, Handling
from cases.intake.readers.spool import FileToSpool
from cases.intake.understanding.mapping import NOBODY
from cases.intake.understanding.questions import WORD_UNKNOWN
from cases.models import Referral
from pages.desk.frame import PLACES, Visit, desk_page, go, refuse, show
from pages.desk.sending.columns import AnswersInDoubt, answers_in
from pages.desk.sending.deliveries import batch_of, latest, record_act
from pages.desk.sending.delivery import delivery_page
from pages.desk.sending.files import END, file_of_form
from pages.desk.sending.refusals import refusal_words
from pages.desk.sending.words import IN_FLIGHT, NO_FILE, NOT_THE_SAME, WORDS
from partners.kinds import Mode
from partners.people.partner_clients import partner_of
from partners.roles import Right

LATEST_ONES = 5


@csrf_exempt  # asked for by `take`: whoever reads the token reads the whole form, and the file must not lie about before that
@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Right.SUBMIT)
def file(visit: Visit) -> HttpResponse:
    """The page; of a form, the delivery that it led to."""
    if visit.request.method != "POST":
        return page(visit)
    with file_of_form(visit.request) as upload:
        return take(visit.request, visit, upload)


def page(visit: Visit, *, why: object = None, status: int = 200) -> HttpResponse:
    """The page, with what was wrong with the form where something was."""
    context = {
        "sending": WORDS,
        "why": why,
        "key": uuid4(),
        "action": visit.address("file"),
        "is_test": visit.mode == Mode.TEST,
        "is_first": is_first(visit),
        "test_address": test_address(visit),
        "latest": latest(visit, LATEST_ONES),
    }
    return show(visit, "desk/sending/file.html", context, status=status)


def is_first(visit: Visit) -> bool:
    """Whether the partner has never stored a live referral."""
    return visit.mode == Mode.LIVE and not Referral.objects.filter(partner_id=visit.partner.pk).exists()


def test_address(visit: Visit) -> str | None:
    """The same page in test mode, where the partner has it."""
    has_test = partner_of(visit.member, Mode.TEST) is not None
    return reverse(f"{PLACES[Mode.TEST]}:file") if has_test else None


@csrf_protect
def take(request: HttpRequest, visit: Visit, upload: FileToSpool) -> HttpResponse:
    """Take the file of a form in as a dry run, and lead to its delivery."""
    if upload.path is None or END not in request.POST:
        return page(visit, why=NO_FILE, status=400)
    delivery = Delivery(
        path=upload.path,
        media_type=upload.media_type,
        name=upload.name,
        dry_run=True,
        handling=Handling.STRICT,
        prefer_latest="latest" in request.POST,
        respond_async=False,
        language=visit.language,
    )
    try:
        asked_by, earlier = batch_named(visit, "of"), batch_named(visit, "instead")
        if asked_by is not None and (unsure := remember(visit, asked_by, delivery)) is not None:
            return delivery_page(visit, asked_by, unsure)
        batch = receive_file(visit, delivery)
        forget_earlier(visit, earlier, batch)
        return go(visit, "delivery", batch_id=batch.pk)
    except NotTheSameFile:
        return refuse(visit, NOT_THE_SAME)
    except (Stale, KeyInFlight):
        return go(visit, "deliveries", IN_FLIGHT)
    except FileRefused as refusal:
        return lead_to_refusal(visit, refusal)
    except DomainError as error:
        return refuse(visit, refusal_words(error).both)


def remember(visit: Visit, asked_by: Batch, delivery: Delivery) -> AnswersInDoubt | None:
    """Keep what a form answers; what is in doubt where words are unknown and nobody says that they name nobody. Raises as kept."""
    answers = answers_in(visit.request.POST, asked_by)
    try:
        answering.remember_answers(asked_by, delivery, answers, names_nobody=NOBODY in visit.request.POST)
    except FileRefused as refusal:
        numbers = answering.questions_on(asked_by, answers, refusal, WORD_UNKNOWN)
        if not numbers:
            raise
        return AnswersInDoubt(answers, numbers, delivery.prefer_latest)
    return None


def batch_named(visit: Visit, name: str) -> Batch | None:
    """The delivery that a field of the form names, where it does. Raises `Http404`.

    `of`: the one whose questions it answers. `instead`: the one in whose place the file comes.
    """
    text = visit.request.POST.get(name)
    try:
        return batch_of(visit, UUID(text)) if text else None
    except ValueError:
        raise Http404 from None


def forget_earlier(visit: Visit, earlier: Batch | None, batch: Batch) -> None:
    """Cancel the delivery in whose place a file came: what waits twice is sent by mistake. What is stored of it stays."""
    if earlier is None or earlier.pk == batch.pk or earlier.stored:
        return
    with suppress(NothingWaits):
        committing.cancel(by=visit.by, batch_id=earlier.pk)
        record_act(visit, earlier, "delivery.cancel", replaced_by=str(batch.pk))


def receive_file(visit: Visit, delivery: Delivery) -> Batch:
    """The delivery. Its key is of the form and of the file: a form that is sent twice is one delivery, another file a new one."""
    form: Mapping[str, str] = visit.request.POST
    print_ = arrival.fingerprint(delivery, arrival.content_of(delivery.path))
    key = f"desk:{visit.member.user_id}:{form.get('key', '')[:36]}:{print_}"
    return arrival.receive(by=visit.by, key=key, delivery=delivery).batch


def lead_to_refusal(visit: Visit, refusal: FileRefused) -> HttpResponse:
    """The delivery that says for what its file was refused; where there is none, the reason."""
    if refusal.batch_id is None:
        return refuse(visit, refusal_words(refusal).both)
    return go(visit, "delivery", batch_id=refusal.batch_id)
