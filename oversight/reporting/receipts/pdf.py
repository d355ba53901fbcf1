"""A receipt as PDF/UA-1: the same bytes for the same receipt. Made by workers, never while somebody waits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from cases.months import COPENHAGEN, month_words
from cases.typesetting import typeset
from cases.windows.models import YearReceipt
from oversight.reporting.receipts import keys
from oversight.reporting.receipts.counts import signed_counts
from oversight.reporting.receipts.pdf_words import PDF_WORDS
from partners.roles import MEMBER_WORDS, MemberRole

HERE = Path(__file__).parent
FONTS = Path(__file__).parents[3] / "publications" / "figures" / "fonts"


def pdf(receipt: YearReceipt, language: str) -> bytes:
    """The PDF. Raises `typst.TypstError` where it cannot be made accessible."""
    return typeset(HERE / "receipt.typ", FONTS, receipt=json.dumps(data(receipt, language)))


def data(receipt: YearReceipt, language: str) -> dict[str, Any]:
    """What the template reads."""
    document = json.loads(receipt.document)
    words = {name: text(language) for name, text in PDF_WORDS.items()}
    at = receipt.signed_at.astimezone(COPENHAGEN)
    # A receipt of before 0.12 has none.
    counts = [document["counts"]] if "counts" in document else []
    address = {"da": "/da/kvittering/", "en": "/en/receipt/"}[language]
    return {
        "language": language,
        "words": words,
        "day": [at.year, at.month, at.day],
        "title": f"{words['title']} {document['year']}",
        "test": document["mode"] == "TEST",
        "facts": [
            [words["partner"], document["partner"]["name"]],
            [words["year"], str(document["year"])],
            [words["number"], str(document["number"])],
            [words["signed_at"], f"{at:%Y-%m-%d %H:%M:%S %z}"],
            [words["signed_by"], signer_in_words(document["signed_by"], language)],
            [words["expected"], str(document["expected"] or words["none_expected"])],
            [words["count"], str(document["records"]["count"])],
            *([words["forms"], forms_in_words(document, language)] for _ in counts),
        ],
        "months": [
            [
                month_words(date.fromisoformat(f"{each['month']}-01"), language),
                str(each["referrals"]),
                str(each["withdrawn"]),
                words["nil"] if each["nil"] else words["yes"] if each["declared"] else "",
            ]
            for each in document["months"]
        ],
        "proofs": [
            [words["records_digest"], document["records"]["digest"]],
            *([words["counts_digest"], each["digest"]] for each in counts),
            [words["digest"], receipt.digest],
            [words["key"], keys.id_of(receipt.signature.public_key)],
            [words["signature"], receipt.signature.value],
            [words["address"], f"{address}{receipt.digest}/"],
        ],
        "publisher": settings.HENVIS_OPERATOR or "Henvis",
    }


def forms_in_words(document: Mapping[str, Any], language: str) -> str:
    """The forms of counts that are signed, each with the number of its periods."""
    forms = signed_counts(document)
    names = [f"{label(language)} ({number})" for label, number in forms.by_form] if forms else []
    return ", ".join(names) or "–"


def signer_in_words(signer: Mapping[str, str], language: str) -> str:
    """Name, user name and role. A receipt of before 0.11 has no user name beside the name."""
    name, role = signer["name"], MEMBER_WORDS[MemberRole(signer["role"])](language)
    username = signer.get("user_name", name)
    return f"{name}, {role}" if username == name else f"{name} ({username}), {role}"
