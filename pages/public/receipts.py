"""*Kvittering*: whether a receipt is known and holds. Nothing of its partner, and no number, stands on the page."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from oversight.reporting.receipts import standing
from oversight.reporting.receipts.standing import ReceiptState
from pages.base.frame import PageAddress, answer_page, base_of, fill
from pages.public.receipt_words import RECEIPT, STATE_WORDS

NAME = "receipt"
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def receipt(request: HttpRequest, language: str, digest: str) -> HttpResponseBase:
    """The page. One statement; what is no digest asks nothing."""
    place = PageAddress(NAME, language, {"digest": digest})
    entry = standing.find(digest) if SHA256.fullmatch(digest) else None
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
