"""What is answered of notices and of services, and what partners send of theirs."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from api.http.bodies import Body, Day, InventedMark, LabelBody, Moment, Month, Uri, about, one_of, schema, value
from api.reference.members import codes
from cases.codelists import NOTICE_AUDIENCE, NOTICE_CHANNEL, NOTICE_SUBJECT, SERVICE_PLACE, SERVICE_STATE
from cases.codelists.types import NOT_APPLICABLE
from cases.months import month_id
from core.text import Text
from notices.acknowledgements import PartnerAnswer
from notices.choices import CERTAINTY, SEVERITY, URGENCY, regions
from notices.crises import last_day
from notices.languages import LANGUAGES
from notices.models import LONGEST_ADDRESS, Crisis, ServiceStatus
from notices.reading import PublishedNotice, PublishedText, page_address
from notices.status import ServiceLine

NoticeNumber = Annotated[int, Meta(ge=1), schema(format_="int64")]
NoticeLanguage = Annotated[
    str, value("NoticeLanguageTag", {"type": "string", "enum": [*LANGUAGES], "description": "A language (BCP 47)."})
]
NoticeRegion = Annotated[
    str,
    value(
        "NoticeRegion",
        lambda: {"type": "string", "enum": [code for code, _ in regions()], "description": "A region of Denmark."},
    ),
]
StateOnList: Any = Annotated[
    codes(SERVICE_STATE.id, NOT_APPLICABLE), about("`_Z`: what was said holds no longer, and nothing else was said.")
]


class NoticeTextBody(Body):
    """A text of a notice, as a reader of a language gets it."""

    language: NoticeLanguage
    requested_language: NoticeLanguage
    is_fallback: Annotated[bool, about("The text is not there in the language that was asked for.")]
    fallback_note: Annotated[str | None, about("That it is not there, in the language that was asked for.")]
    direction: Annotated[str, one_of(("ltr", "rtl")), about("How it is written, as HTML says it.")]
    title: str
    text: str
    sms: Annotated[str, Meta(max_length=160), about("The same in a text message.")]
    published_at: Moment
    by_speaker: Annotated[bool, about("A person who speaks the language has read it.")]


class NoticeLanguageBody(Body):
    """A language in which a notice is there."""

    language: NoticeLanguage
    name: Annotated[str, about("Its name in itself.")]
    page: Uri
    pdf: Annotated[
        Uri | None, about("A sheet of A4 with a QR code. Null until it is made, a minute after publication.")
    ]


class NoticeBody(Body):
    """A notice."""

    id: NoticeNumber
    crisis: str
    crisis_title: str
    issuer: str
    subject_code: codes(NOTICE_SUBJECT.id)  # type: ignore[valid-type]
    audience_code: codes(NOTICE_AUDIENCE.id)  # type: ignore[valid-type]
    severity: Annotated[str, one_of(SEVERITY), about("As CAP 1.2 has it.")]
    urgency: Annotated[str, one_of(URGENCY), about("As CAP 1.2 has it.")]
    certainty: Annotated[str, one_of(CERTAINTY), about("As CAP 1.2 has it.")]
    regions: Annotated[list[NoticeRegion], about("Where it holds; empty: in the whole country.")]
    valid_from: Moment
    valid_to: Moment
    source: Annotated[Uri | None, about("Where the authority says it.")]
    supersedes: Annotated[NoticeNumber | None, about("The earlier notice in whose place it came.")]
    changed_at: Moment
    text: NoticeTextBody
    languages: list[NoticeLanguageBody]
    cap: Annotated[Uri, about("The same as a message of CAP 1.2.")]
    invented: InventedMark = UNSET


class NoticesBody(Body):
    """The notices that hold, the one that changed last in front."""

    items: list[NoticeBody]
    invented: InventedMark = UNSET


class HandedOnBody(Body):
    """That a notice was handed on."""

    month: Month
    channel_code: codes(NOTICE_CHANNEL.id)  # type: ignore[valid-type]


class AcknowledgementBody(Body):
    """What you have said of a notice."""

    notice: NoticeNumber
    seen_at: Annotated[Moment | None, about("Null: you have not said that you have seen it.")]
    handed_on: list[HandedOnBody]


class ServiceLineBody(Body):
    """A service on the list for everybody."""

    partner: str
    place_code: codes(SERVICE_PLACE.id)  # type: ignore[valid-type]
    region: NoticeRegion
    state_code: StateOnList
    until: Annotated[Day | None, about("The last day on which that holds; null: until further notice.")]
    address: Annotated[str | None, about("Null: the organisation shows none.")]
    said_on: Day


class ServiceLinesBody(Body):
    """Which services are open."""

    items: list[ServiceLineBody]
    invented: InventedMark = UNSET


class ServiceStatusInput(Body, kw_only=True, forbid_unknown_fields=True):
    """Whether a service of yours is open. Everybody reads it, with the name of your organisation."""

    state_code: codes(SERVICE_STATE.id)  # type: ignore[valid-type]
    until: Annotated[Day | None, about("The last day on which that holds.")] | UnsetType = UNSET
    address: (
        Annotated[
            Annotated[str, Meta(max_length=LONGEST_ADDRESS)] | None,
            about("Left out, null or empty: none is shown, and none is stored."),
        ]
        | UnsetType
    ) = UNSET


class ServiceStatusBody(Body):
    """What you said last of a service."""

    place_code: codes(SERVICE_PLACE.id)  # type: ignore[valid-type]
    region: NoticeRegion
    state_code: codes(SERVICE_STATE.id)  # type: ignore[valid-type]
    until: Day | None
    address: str
    address_taken_down: Annotated[
        bool, about("The centre took it down. Until a person says one again at /send/services/, an address is refused.")
    ]
    said_at: Moment


class CrisisBody(Body):
    """A crisis that the centre has declared. `forms`: the count forms that it asks for by the week."""

    code: str
    title: LabelBody
    started_on: Day
    ended_on: Annotated[Day | None, about("Its last day; null while it lasts.")]
    forms: Annotated[list[str], about("See `GET /api/v1/counts`.")]


class CrisesBody(Body):
    """The crises, the latest in front."""

    items: list[CrisisBody]
    invented: InventedMark = UNSET


def notice_body(notice: PublishedNotice, tag_wanted: str, language: str, base: str) -> NoticeBody:
    """A notice with the text for a reader of `wanted`; other words in `language`. `base`: the address of the API."""
    place = f"{base}/{notice.id}"
    return NoticeBody(
        id=notice.id,
        crisis=notice.crisis,
        crisis_title=notice.crisis_title(language),
        issuer=notice.issuer(language),
        subject_code=notice.subject,
        audience_code=notice.audience,
        severity=notice.severity,
        urgency=notice.urgency,
        certainty=notice.certainty,
        regions=[*notice.regions],
        valid_from=notice.valid_from.isoformat(),
        valid_to=notice.valid_to.isoformat(),
        source=notice.source or None,
        supersedes=notice.supersedes,
        changed_at=notice.changed_at.isoformat(),
        text=text_body(notice.text_for(tag_wanted), tag_wanted),
        languages=[language_body(notice.id, each, language, place) for each in notice.texts.values()],
        cap=f"{place}/cap",
    )


def text_body(text: PublishedText, tag_wanted: str) -> NoticeTextBody:
    """A text for who asked for a language."""
    is_fallback = text.language != tag_wanted
    return NoticeTextBody(
        language=text.language,
        requested_language=tag_wanted,
        is_fallback=is_fallback,
        fallback_note=LANGUAGES[tag_wanted].note(text.language) if is_fallback else None,
        direction=LANGUAGES[text.language].direction,
        title=text.title,
        text=text.text,
        sms=text.sms,
        published_at=text.published_at.isoformat(),
        by_speaker=text.by_speaker,
    )


def language_body(number: int, text: PublishedText, language: str, place: str) -> NoticeLanguageBody:
    """A language of a notice with its addresses."""
    return NoticeLanguageBody(
        text.language,
        LANGUAGES[text.language].own,
        page_address(number, text.language, language),
        f"{place}/{text.language}/pdf" if text.has_sheet else None,
    )


def acknowledgement_body(number: int, answer: PartnerAnswer) -> AcknowledgementBody:
    return AcknowledgementBody(
        number,
        answer.seen_at.isoformat() if answer.seen_at else None,
        [HandedOnBody(month_id(month), channel) for month, channel in answer.handed_on],
    )


def line_body(line: ServiceLine) -> ServiceLineBody:
    return ServiceLineBody(
        partner=line.partner,
        place_code=line.place,
        region=line.region,
        state_code=line.state or NOT_APPLICABLE,
        until=line.until.isoformat() if line.until else None,
        address=line.address or None,
        said_on=line.said_on.isoformat(),
    )


def status_body(status: ServiceStatus) -> ServiceStatusBody:
    return ServiceStatusBody(
        place_code=status.place,
        region=status.region,
        state_code=status.state,
        until=status.until.isoformat() if status.until else None,
        address=status.address,
        address_taken_down=status.address_taken_by_id is not None,
        said_at=status.said_at.isoformat(),
    )


def crisis_body(crisis: Crisis) -> CrisisBody:
    """A crisis as everybody reads it."""
    last = last_day(crisis)
    return CrisisBody(
        crisis.code,
        LabelBody.of(Text(crisis.title_da, crisis.title_en)),
        crisis.started_on.isoformat(),
        last.isoformat() if last else None,
        [*crisis.forms],
    )
