"""What can go wrong, as exceptions. None repeats a value, a secret or a part of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from henvis_client.texts import Text


class HenvisError(Exception):
    """Whatever this package raises. `exit_code` is what the command line ends with, `code` is stable in every language."""

    exit_code = 2
    code = "error"

    def sentence(self, language: str) -> str:
        """The sentence for people, in a language."""
        return str(self)


class UsageError(HenvisError):
    """What was asked for cannot be done from here: an address without TLS, a file that is none of the five kinds."""

    def __init__(self, code: str, text: Text, **parts: object) -> None:
        super().__init__(text("en", **parts))
        self.code, self.text, self.parts = code, text, parts

    def sentence(self, language: str) -> str:
        """The sentence, in a language."""
        return self.text(language, **self.parts)


UNANSWERED = Text("Henvis svarede ikke.", "Henvis did not answer.")
NOT_HENVIS = Text(
    "Svaret (status {status}) kom ikke fra Henvis, men fra noget imellem: en proxy, et netværk med login.",
    "The answer (status {status}) was not from Henvis, but from something in between: a proxy, a network with a login.",
)


class NetworkError(HenvisError):
    """No answer of Henvis came. Whether the request was carried out is not known: send it again under the same key."""

    exit_code = 4
    code = "network"

    def __init__(self, status: int | None = None, idempotency_key: str | None = None) -> None:
        super().__init__(self.text_of(status)("en", status=status))
        self.status, self.idempotency_key = status, idempotency_key

    @staticmethod
    def text_of(status: int | None) -> Text:
        """Which of the two it was."""
        return UNANSWERED if status is None else NOT_HENVIS

    def sentence(self, language: str) -> str:
        """The sentence, in a language."""
        return self.text_of(self.status)(language, status=self.status)


# How an answer says where: in a body, an address, a header, a file.
PLACES = ("pointer", "parameter", "header", "cell", "column", "line")


@dataclass(frozen=True, slots=True)
class Violation:
    """One row of a problem's `errors`: where, which rule, and what would have been accepted."""

    code: str
    detail: str
    place: str
    allowed: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Violation:
        """A row of an answer."""
        place = next((str(row[each]) for each in PLACES if row.get(each)), "")
        return cls(str(row.get("code", "")), str(row.get("detail", "")), place, tuple(row.get("allowed") or ()))


class Problem(HenvisError):
    """A problem of the API (RFC 9457), in the language that was asked for. Branch on `code`.

    `status`: that of HTTP. `errors`: one row for each thing that is wrong. `raw`: the whole answer. `etag`: the current version of
    a referral, where the problem is about versions.
    """

    exit_code = 3

    def __init__(self, status: int, raw: Mapping[str, Any], etag: str | None = None) -> None:
        self.status, self.raw, self.etag = status, dict(raw), etag
        self.code = str(raw.get("code") or raw.get("error") or "unknown")
        self.title = str(raw.get("title") or self.code)
        self.detail = str(raw.get("detail") or raw.get("error_description") or "")
        self.errors = tuple(Violation.of(row) for row in raw.get("errors") or () if isinstance(row, Mapping))
        self.idempotency_key: str | None = None
        super().__init__(f"{self.title}. {self.detail}".strip())

    @property
    def is_final(self) -> bool:
        """Whether the same request will never be answered in another way."""
        return True


class CredentialProblem(Problem):
    """The client's id, secret, token or scope does not do. The same request may go through with others."""

    @property
    def is_final(self) -> bool:
        """Never: another secret may do."""
        return False


class ServiceProblem(Problem):
    """Henvis cannot answer now: too many requests, maintenance, an error of the service. Later it may."""

    exit_code = 4

    @property
    def is_final(self) -> bool:
        """Never: later it may go through."""
        return False


IN_FLIGHT = "idempotency_in_flight"
LATER = frozenset({408, 425, 429})


def problem_of(status: int, raw: Mapping[str, Any], etag: str | None = None) -> Problem:
    """The exception for a problem."""
    if status in {401, 403} or raw.get("error") == "invalid_client":
        return CredentialProblem(status, raw, etag)
    if status >= 500 or status in LATER or raw.get("code") == IN_FLIGHT:
        return ServiceProblem(status, raw, etag)
    return Problem(status, raw, etag)
