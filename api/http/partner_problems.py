"""The problems of what the centre and a partner owe each other: the agreement, mandates, answers to returns, notices, services."""

from __future__ import annotations

from api.http.problem_kind import Problem
from core.text import Text

PARTNER_PROBLEMS = (
    Problem(
        "agreement_missing",
        403,
        Text("Databehandleraftalen er ikke bekræftet", "The data-processing agreement is not confirmed"),
        Text(
            "Intet er gemt. En leder i organisationen skal læse og bekræfte aftalen på /account/agreement/. Derefter virker "
            "den samme forespørgsel. I testtilstand behøves ingen aftale. `agreement` i GET /api/v1/me viser, hvad der gælder.",
            "Nothing was stored. A manager of the organisation must read and confirm the agreement at /account/agreement/. "
            "After that the same request works. Test mode needs none. `agreement` in GET /api/v1/me says what holds.",
        ),
    ),
    Problem(
        "on_behalf_refused",
        403,
        Text("Ingen fuldmagt til dette", "No mandate for this"),
        Text(
            "Klienten må ikke gøre dette på vegne af organisationen i Henvis-On-Behalf-Of, eller den findes ikke: de to "
            "skelnes aldrig. En fuldmagt gives af dens leder og modtages af jeres på /account/mandates/. Den, der viderefører "
            "en organisation, retter dens henvisninger og sender ingen nye.",
            "The client may not do this for the organisation in Henvis-On-Behalf-Of, or there is none: the two are never told "
            "apart. A mandate is given by its manager and accepted by yours at /account/mandates/. Whoever succeeds an "
            "organisation corrects its referrals and sends no new ones.",
        ),
    ),
    Problem(
        "return_ended",
        409,
        Text("Der venter intet svar", "No answer is awaited"),
        Text(
            "Det, der blev spurgt om, er rettet, henvisningen er trukket tilbage, der er et andet svar, eller centret har trukket "
            "sit spørgsmål tilbage. GET /api/v1/referrals/{reference}/progress viser hvad.",
            "What was asked about is corrected, the referral is withdrawn, there is another answer, or the centre took its "
            "question back. "
            "GET /api/v1/referrals/{reference}/progress shows which.",
        ),
    ),
    Problem(
        "address_taken_down",
        409,
        Text("Centret har taget adressen ned", "The centre has taken the address down"),
        Text(
            "Intet er gemt. Adressen på tilbuddet var forkert eller til fare for nogen. Er den rigtig, og må den vises, oplyser en "
            "person i organisationen den igen på /send/services/. Derefter virker den samme forespørgsel. Uden `address` virker "
            "den nu.",
            "Nothing was stored. The address of the service was false or endangered somebody. Where it is right and may be "
            "shown, a person of the organisation says it again at /send/services/. After that the same request works. Without "
            "`address` it works now.",
        ),
    ),
    Problem(
        "notice_withdrawn",
        410,
        Text("Varslet er trukket tilbage", "The notice is withdrawn"),
        Text(
            "Varslet gælder ikke længere. `errors` og hovedet Link nævner det, der gælder i stedet, hvis der er et. Tag det gamle "
            "ned, hvor det hænger.",
            "The notice no longer holds. `errors` and the header Link name the one that holds instead, if there is one. Take the "
            "old one down where it hangs.",
        ),
    ),
    Problem(
        "release_withdrawn",
        410,
        Text("Udgivelsen er trukket tilbage", "The release is withdrawn"),
        Text(
            "Tallene er trukket tilbage. `errors` har begrundelsen. Brug dem ikke, heller ikke fra en kopi. GET /api/v1/releases "
            "viser, hvad der gælder.",
            "The figures are withdrawn. `errors` has the reason. Do not use them, not from a copy either. GET /api/v1/releases "
            "shows what holds.",
        ),
    ),
)
