"""The words of the receipt."""

from __future__ import annotations

from core.text import Text

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
