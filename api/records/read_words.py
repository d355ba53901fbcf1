"""What programs read, in words, as auditors and partners see it. The key is the operation that `reads` writes down."""

from __future__ import annotations

from collections.abc import Mapping

from partners.text import Text


def through_the_api(texts: Mapping[str, Text]) -> dict[str, Text]:
    """The words of operations, which say that a program did it."""
    return {name: Text(f"API: {words.da}", f"API: {words.en}") for name, words in texts.items()}


WORDS = through_the_api(
    {
        "referrals": Text("listen over henvisninger", "the list of referrals"),
        "referrals/summary": Text("egne tal", "own figures"),
        "referrals/{reference}": Text("en henvisning", "a referral"),
        "referrals/{reference}/withdrawal": Text(
            "en henvisning, der blev trukket tilbage", "a referral that was withdrawn"
        ),
        "referrals/{reference}/versions": Text("udgaver af en henvisning", "versions of a referral"),
        "referrals/{reference}/outcome": Text("udfaldet af en henvisning", "the outcome of a referral"),
        "referrals/{reference}/progress": Text("hvor langt en henvisning er", "how far a referral is"),
        "returns": Text("henvisninger, der er sendt retur", "returned referrals"),
        "returns/{return_id}/answer": Text("en henvisning, der er sendt retur", "a returned referral"),
        "batches/{batch_id}/results": Text("rækker i en leverance", "rows of a delivery"),
        "batches/{batch_id}/errors.xlsx": Text("fejlfil i Excel", "an error file in Excel"),
        "batches/{batch_id}/errors.csv": Text("fejlfil i CSV", "an error file in CSV"),
        "batches/{batch_id}/commit": Text(
            "rækker i en leverance, der blev bekræftet", "rows of a delivery that were confirmed"
        ),
        "reports": Text("indberetningskalenderen", "the calendar of reports"),
        "cases/{token}/assessment": Text("en vurdering", "an assessment"),
    }
)
