"""*Kvittering*: whether a receipt is known and holds. Nothing of its partner, and no number, stands on the page."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from core.text import Text
from oversight.reporting.receipts import status
from oversight.reporting.receipts.status import ReceiptState
from pages.base.frame import PageAddress, answer_page, base_of, fill

RECEIPT: dict[str, Text] = {
    "title": Text("Kvittering for en indberetning", "Receipt of a reporting"),
    "signed_at": Text("Underskrevet", "Signed"),
    "digest": Text("Kvitteringens kontrolsum (SHA-256)", "Digest of the receipt (SHA-256)"),
    "key": Text("Nøglens kontrolsum (SHA-256)", "Digest of the key (SHA-256)"),
    "how": Text("Sådan kontrolleres en kvittering", "How a receipt is verified"),
    "how_lead": Text(
        "Siden oplyser kun, om kvitteringen er kendt og gælder. Hvem der har underskrevet hvad, står i kvitteringen selv, og om "
        "den er ændret, viser denne kommando. Den behøver ikke adgang til tjenesten:",
        "The page says only whether the receipt is known and holds. Who has signed what stands in the receipt itself, and "
        "whether it was changed is shown by this command. It needs no access to the service:",
    ),
}
STATE_WORDS: dict[ReceiptState | None, Text] = {
    None: Text("Tjenesten kender ikke denne kvittering.", "The service does not know this receipt."),
    ReceiptState.CURRENT: Text("Kvitteringen er kendt og gælder.", "The receipt is known and holds."),
    ReceiptState.REOPENED: Text(
        "Kvitteringen er kendt, men året er genåbnet siden og ikke underskrevet igen.",
        "The receipt is known, but the year was reopened since and is not signed again.",
    ),
    ReceiptState.SUPERSEDED: Text(
        "Kvitteringen er kendt, men året er underskrevet igen siden: en nyere kvittering gælder.",
        "The receipt is known, but the year was signed again since: a newer receipt holds.",
    ),
}


NAME = "receipt"
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def receipt(request: HttpRequest, language: str, digest: str) -> HttpResponseBase:
    """The page. One statement; what is no digest asks nothing."""
    place = PageAddress(NAME, language, {"digest": digest})
    entry = status.find(digest) if SHA256.fullmatch(digest) else None
    if entry is None:
        answer = fill(request, place, "public/receipt.html", context(language, None, base_of(request)), status=404)
        answer["Cache-Control"] = "no-store"
        return answer
    key = (str(entry.state), entry.signed_at.isoformat(), entry.key_id or "")
    about = {
        "digest": digest,
        "key_id": entry.key_id,
        "signed_at": entry.signed_at,
        "holds": entry.state == ReceiptState.CURRENT,
    }
    return answer_page(
        request,
        place,
        key,
        lambda: ("public/receipt.html", {**context(language, entry.state, base_of(request)), **about}),
    )


def context(language: str, state: ReceiptState | None, base: str) -> dict[str, Any]:
    """What every such page shows. `state`: None where the receipt is not known. `base`: the address of the service."""
    return {
        "words": {name: text(language) for name, text in RECEIPT.items()},
        "state": STATE_WORDS[state](language),
        "is_known": state is not None,
        "key_address": f"{base}/api/v1/receipts",
    }
