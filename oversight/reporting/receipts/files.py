"""A receipt as PDF/UA-1: the same bytes for the same receipt. Made by workers, never while somebody waits.

Once a person has signed a year, the worker signs the receipt with its key, and makes the PDFs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from cases.months import COPENHAGEN, month_words
from cases.typesetting import typeset
from cases.windows.models import ReceiptFile, YearReceipt
from core.failures import is_outage, where_it_broke
from core.text import Text
from oversight.reporting.receipts import keys
from oversight.reporting.receipts.content import signed_counts
from oversight.reporting.receipts.status import FAILURE, receipts_to_make
from partners.jobs import attempts
from partners.roles import MEMBER_WORDS, MemberRole

PDF_WORDS: dict[str, Text] = {
    "title": Text("Kvittering for indberetning", "Receipt of reporting"),
    "lead": Text(
        "Partneren har underskrevet, at årets indberetning er fuldstændig. Tallene er dem, der stod, da der blev underskrevet.",
        "The partner has signed that its reporting of the year is complete. The numbers are those that stood when it was signed.",
    ),
    "test": Text("Testtilstand: intet heri tælles med.", "Test mode: nothing in it is counted."),
    "about": Text("Underskriften", "The signature"),
    "what": Text("Hvad", "What"),
    "value": Text("Værdi", "Value"),
    "partner": Text("Partner", "Partner"),
    "year": Text("År", "Year"),
    "number": Text("Nummer", "Number"),
    "signed_at": Text("Underskrevet", "Signed at"),
    "signed_by": Text("Underskrevet af", "Signed by"),
    "expected": Text("Indberetninger af henvisninger, der var forventet", "Reports of referrals that were expected"),
    "none_expected": Text("ingen", "none"),
    "count": Text("Henvisninger i alt, også tilbagetrukne", "Referrals in all, withdrawn ones too"),
    "forms": Text("Skemaer med tal (perioder)", "Forms of counts (periods)"),
    "by_month": Text("Måned for måned", "By month"),
    "month": Text("Måned", "Month"),
    "referrals": Text("Henvisninger", "Referrals"),
    "withdrawn": Text("Tilbagetrukne", "Withdrawn"),
    "declared": Text("Meldt færdig", "Declared complete"),
    "nil": Text("ja, intet at indberette", "yes, nothing to report"),
    "yes": Text("ja", "yes"),
    "proof": Text("Kontrol", "Verification"),
    "proof_lead": Text(
        "Enhver, der har kvitteringen som JSON, kan kontrollere den uden adgang til tjenesten: henvis verify-receipt. Adressen "
        "fortæller, om kvitteringen er kendt og stadig gælder, og intet andet.",
        "Whoever has the receipt as JSON can verify it without access to the service: henvis verify-receipt. The address tells "
        "whether the receipt is known and still holds, and nothing else.",
    ),
    "records_digest": Text("Kontrolsum over henvisningerne (SHA-256)", "Digest over the referrals (SHA-256)"),
    "counts_digest": Text("Kontrolsum over skemaerne (SHA-256)", "Digest over the forms (SHA-256)"),
    "digest": Text("Kvitteringens kontrolsum (SHA-256)", "Digest of the receipt (SHA-256)"),
    "key": Text("Nøglens kontrolsum (SHA-256)", "Digest of the key (SHA-256)"),
    "signature": Text("Signatur (Ed25519, base64)", "Signature (Ed25519, base64)"),
    "address": Text("Adresse hos tjenesten", "Address at the service"),
    "page": Text("Side", "Page"),
}


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


log = structlog.get_logger("henvis.receipts")
# What the log says, for machines that watch it.
NOT_MADE = "receipt not made"


def make_what_waits() -> None:
    """The task `receipts.make_files`. What goes wrong with one receipt stops no other.

    It is tried again later, the longer the oftener it failed; staff see it on their first page.
    """
    for receipt in receipts_to_make():
        subject = str(receipt.pk)
        if not attempts.is_due(attempts.failures(FAILURE, subject, since=receipt.signed_at)):
            continue
        try:
            keys.sign(receipt)
            make_files(receipt)
        except Exception as error:
            if is_outage(error):
                raise
            log.error(NOT_MADE, receipt=subject, **where_it_broke(error))
            attempts.note_failure(FAILURE, subject, error)


def make_files(receipt: YearReceipt) -> None:
    """Make the PDFs of a receipt. Where two workers do, they make the same bytes."""
    files = [
        ReceiptFile(receipt=receipt, language=language, content=pdf(receipt, language)) for language in Text._fields
    ]
    ReceiptFile.objects.bulk_create(files, ignore_conflicts=True)
