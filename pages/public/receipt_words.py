"""The words of the page of a receipt."""

from __future__ import annotations

from core.text import Text
from oversight.reporting.receipts.standing import ReceiptState

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
