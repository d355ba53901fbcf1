"""What a program reads of records is called on the pages of reads, by the operation that is written down."""

from __future__ import annotations

from cases.services.forms import FORMS
from cases.services.shapes import CountForm
from core.text import Text

PERIODS_OF_FORM = Text("Perioder, der er indberettet: {form}", "Periods that are reported: {form}")
A_FORM = Text("Et skema med tal: {form}", "A form with counts: {form}")


def words_of_form(words: Text, form: CountForm) -> Text:
    """Words with the name of a form in them."""
    return Text(words.da.format(form=form.label.da), words.en.format(form=form.label.en))


# What was read, by its address below the API's. An operation that is not here cannot read records.
READS: dict[str, Text] = {
    "referrals": Text("Listen over henvisninger", "The list of referrals"),
    "referrals/summary": Text("Egne tal", "Own figures"),
    "referrals/{reference}": Text("En henvisning", "A referral"),
    "referrals/{reference}/withdrawal": Text("En henvisning, der blev trukket tilbage", "A referral to withdraw"),
    "referrals/{reference}/versions": Text("Alle versioner af en henvisning", "Every version of a referral"),
    "referrals/{reference}/outcome": Text("Vurderingens udfald for en henvisning", "The outcome for a referral"),
    "referrals/{reference}/progress": Text("Hvad der er sket med en henvisning", "What became of a referral"),
    "returns": Text("Henvisninger, der er sendt retur", "Returned referrals"),
    "returns/{return_id}/answer": Text("En henvisning, der er sendt retur", "A returned referral"),
    "batches/{batch_id}/results": Text("Rækker i en leverance", "Rows of a delivery"),
    "batches/{batch_id}/errors.xlsx": Text("Fejlfil som Excel", "An error file as Excel"),
    "batches/{batch_id}/errors.csv": Text("Fejlfil som CSV", "An error file as CSV"),
    "batches/{batch_id}/commit": Text("Rækker i en leverance, der blev gemt", "Rows of a delivery to store"),
    "reports": Text("Kalenderen over indberetninger", "The calendar of reports"),
    "cases/{token}/assessment": Text("Vurderingen af en sag", "The assessment of a case"),
    "notices/{notice_id}/acknowledgement": Text("Hvad I har oplyst om et varsel", "What you have said of a notice"),
    "counts": Text("Hvilke skemaer der forventes", "Which forms are expected"),
    **{f"counts/{form.id}": words_of_form(PERIODS_OF_FORM, form) for form in FORMS.values()},
    **{f"counts/{form.id}/{{period}}": words_of_form(A_FORM, form) for form in FORMS.values()},
}
# A person may read the same on a page: how it was read stands in front.
BY_PROGRAM = Text("API: ", "API: ")


def words_by_operation() -> dict[str, Text]:
    """The words of each operation, as the pages of reads show them."""
    return {name: Text(BY_PROGRAM.da + words.da, BY_PROGRAM.en + words.en) for name, words in READS.items()}
