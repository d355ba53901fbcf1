"""What the audit calls the actions of this room, and their details."""

from __future__ import annotations

from cases.codelists import WITHDRAWAL_REASON
from cases.codelists.staff import ERASURE_REASON
from core.text import Text
from partners.staff import audit_words

audit_words.add(
    {
        "case.look": Text("Set, hvad der er registreret", "What is held was seen"),
        "case.produce": Text("Oplysninger udleveret", "Data produced"),
        "case.erase": Text("Person slettet", "Person erased"),
        "case.restrict": Text("Behandling af en person begrænset", "Processing of a person restricted"),
        "case.lift": Text("Begrænsning ophævet", "Restriction lifted"),
        "referral.purge": Text("Henvisning slettet helt", "Referral purged"),
        "rehearsal.empty": Text("Prøvedata tømt", "Rehearsal emptied"),
    },
    {
        "reason_code": Text("begrundelse", "reason"),
        "cases": Text("sager", "cases"),
        "referrals": Text("henvisninger", "referrals"),
        "versions": Text("udgaver", "versions"),
        "assessment_versions": Text("udgaver af vurderinger", "assessment versions"),
        "count_versions": Text("udgaver af skemaer", "versions of count reports"),
        "acknowledgements": Text("svar på varsler", "answers to notices"),
        "service_statuses": Text("oplysninger om tilbud", "statements on services"),
        "referral_versions": Text("udgaver af henvisninger", "referral versions"),
        "cases_kept_for_others": Text("sager bevaret for andre", "cases kept for others"),
        "attribute_decisions": Text("afgjorte oplysninger", "attribute decisions"),
        "linkage_codes": Text("koblingskoder", "linkage codes"),
        "duplicate_candidates": Text("mulige dubletter", "duplicate candidates"),
        "duplicate_decisions": Text("afgjorte dubletter", "duplicate decisions"),
        "links": Text("koblinger", "links"),
        "counted_in_releases": Text("talt med i udgivelser", "counted in releases"),
        "remembered_answers": Text("huskede svar", "remembered answers"),
        "answers": Text("huskede svar", "remembered answers"),
        "returns": Text("spørgsmål til partnere", "questions to partners"),
        "rows_that_wait": Text("rækker, der ventede i leverancer", "rows that waited in deliveries"),
        "results_of_rows": Text("resultater af rækker i leverancer", "results of rows of deliveries"),
        "files_of_errors": Text("filer med fejl", "files of errors"),
        "own_words": Text("oversættelser af egne kolonner og ord", "mappings of own columns and words"),
        "delivery_rows": Text("rækker i leverancer", "rows of deliveries"),
        "assessments": Text("vurderinger", "assessments"),
    },
    {
        "reason_code": {
            code.code: code.label for reasons in (ERASURE_REASON, WITHDRAWAL_REASON) for code in reasons.codes
        },
    },
    looks=["case.look", "case.produce"],
    sparse=["case.erase", "rehearsal.empty"],
)
