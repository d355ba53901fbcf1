"""The error catalogue: one row for every kind of problem, with the page that its `type` leads to (RFC 9457)."""

from __future__ import annotations

from api.http.problem_kinds import DELIVERY_PROBLEMS, PARTNER_PROBLEMS, Problem
from core.text import Text

PROBLEMS: dict[str, Problem] = {
    problem.code: problem
    for problem in (
        Problem(
            "validation_failed",
            400,
            Text("Indholdet følger ikke reglerne", "The content breaks one or more rules"),
            Text(
                "Hver linje i `errors` nævner feltet, reglens kode og, hvor der er en kodeliste, de tilladte koder. "
                "Den sendte værdi gentages aldrig. Intet er gemt.",
                "Each row of `errors` names the field, the rule's code and, where there is a code list, the allowed codes. "
                "The value that was sent is never repeated. Nothing was stored.",
            ),
        ),
        Problem(
            "malformed_json",
            400,
            Text("Indholdet er ikke gyldig JSON", "The body is not valid JSON"),
            Text(
                "JSON i UTF-8 med højst 8 niveauer, uden gentagne medlemmer, decimaltal, NaN, NUL og halve surrogatpar.",
                "JSON in UTF-8, at most 8 levels deep, without repeated members, decimal numbers, NaN, NUL and lone surrogates.",
            ),
        ),
        Problem(
            "invalid_parameter",
            400,
            Text("En parameter i adressen er forkert", "A parameter of the address is wrong"),
            Text(
                "Ukendte, gentagne og forkerte parametre afvises; `errors` giver de tilladte. Ingen parameter overses i stilhed.",
                "Unknown, repeated and wrong parameters are refused; `errors` lists the allowed ones. None is silently ignored.",
            ),
        ),
        Problem(
            "invalid_header",
            400,
            Text("Et hoved i forespørgslen er forkert", "A request header is wrong"),
            Text("`errors` nævner hovedet og dets form.", "`errors` names the header and its form."),
        ),
        Problem(
            "idempotency_key_missing",
            400,
            Text("Idempotency-Key mangler", "Idempotency-Key is missing"),
            Text(
                "POST, der opretter, kræver hovedet Idempotency-Key: en ny UUID, hver gang noget nyt sendes, den samme ved "
                "gentagelse.",
                "A POST that creates needs the header Idempotency-Key: a new UUID for whatever is new, the same one on a retry.",
            ),
        ),
        Problem(
            "bad_request",
            400,
            Text("Forespørgslen kan ikke læses", "The request cannot be read"),
            Text(
                "Forespørgslen følger ikke HTTP, som tjenesten læser det, eller Host nævner en adresse, der ikke er tjenestens.",
                "The request is not HTTP as the service reads it, or its Host is no address of the service.",
            ),
        ),
        Problem(
            "not_authenticated",
            401,
            Text("Adgangstoken mangler eller gælder ikke", "No valid access token"),
            Text(
                "Hent et adgangstoken ved POST /oauth/token, og send det som `Authorization: Bearer …`. Det gælder i 10 "
                "minutter.",
                "Fetch a token by POST /oauth/token and send it as `Authorization: Bearer …`. It lasts 10 minutes.",
            ),
        ),
        Problem(
            "insufficient_scope",
            403,
            Text("Adgangen rækker ikke", "The token's scope does not cover this"),
            Text(
                "Handlingen kræver et scope, som klienten ikke har. GET /api/v1/me viser klientens scopes.",
                "The operation needs a scope that the client lacks. GET /api/v1/me shows the client's scopes.",
            ),
        ),
        Problem(
            "consent_needed",
            403,
            Text("Samtykket dækker det ikke", "The consent does not cover this"),
            Text(
                "Udfaldet vises kun, hvor henvisningens samtykke er GIVEN. Ret henvisningen, hvis personen har givet samtykke.",
                "The outcome is shown only where the referral's consent is GIVEN. Correct it if the person has consented.",
            ),
        ),
        Problem(
            "forbidden",
            403,
            Text("Det er ikke tilladt", "This is not allowed"),
            Text("Tjenesten afviser forespørgslen.", "The service refuses the request."),
        ),
        Problem(
            "tls_required",
            403,
            Text("Kun med TLS", "Only with TLS"),
            Text(
                "Forespørgslen blev sendt uden TLS. Den er ikke behandlet, og den er ikke omdirigeret, for så ville den blive "
                "sendt igen. Brug https. Andre kan have set en API-nøgle eller et token, der er sendt uden TLS: træk det "
                "tilbage.",
                "The request came without TLS. Nothing was done, and it was not redirected, since it would be sent again. "
                "Use https. Others may have seen a secret or a token that was sent without TLS: revoke it.",
            ),
        ),
        Problem(
            "not_found",
            404,
            Text("Findes ikke", "Not found"),
            Text(
                "Der er intet her, eller det er ikke dit: de to skelnes aldrig.",
                "There is nothing here, or it is not yours: the two are never told apart.",
            ),
        ),
        Problem(
            "first_vintage",
            404,
            Text("Udgivelsen er periodens første", "The release is the first of its period"),
            Text(
                "Den er den første udgave af sin periode, der er dannet her: der er ingen tidligere at sammenligne med.",
                "This is the first vintage of its period that was made here: there is no earlier one to compare with.",
            ),
        ),
        Problem(
            "latest_of_many",
            404,
            Text("Den seneste af hvilken periode?", "The latest of which period?"),
            Text(
                "`latest` er ingen udgivelses id: hver periode og hver modtagerkreds har sin egen seneste. GET /api/v1/releases "
                "nævner dem, periode for periode og den seneste forrest; statistik tager `release=latest` og `period`.",
                "`latest` is no release's id: each period and audience has its own latest one. GET /api/v1/releases lists "
                "them, by period and with the latest in front; statistics take `release=latest` and `period`.",
            ),
        ),
        Problem(
            "no_certificate",
            404,
            Text("Udgivelsen har intet bevis", "The release has no proof"),
            Text(
                "Den er offentliggjort andetsteds: intet i den er skjult her, så der er intet at bevise. Kilden til hvert "
                "tal står i udgivelsen.",
                "It is published elsewhere: nothing of it is hidden here, so there is nothing to prove. The release itself names "
                "the source of each figure.",
            ),
        ),
        Problem(
            "method_not_allowed",
            405,
            Text("Metoden bruges ikke her", "The method is not used here"),
            Text("Hovedet Allow nævner de metoder, der bruges.", "The header Allow lists the methods that are used."),
        ),
        Problem(
            "not_acceptable",
            406,
            Text("Formatet findes ikke", "There is no such format"),
            Text(
                "Intet af formaterne i Accept findes for dette svar.",
                "None of the formats in Accept exists for this answer.",
            ),
        ),
        Problem(
            "idempotency_in_flight",
            409,
            Text("Den samme forespørgsel behandles netop nu", "The same request is being handled right now"),
            Text(
                "Vent som Retry-After oplyser, og send den samme forespørgsel igen.",
                "Wait as Retry-After says and send the same request again.",
            ),
        ),
        Problem(
            "erased",
            410,
            Text("Slettet", "Erased"),
            Text(
                "Henvisningen er slettet for personens skyld. Slet den i dit system, eller lad være med at sende den igen.",
                "The referral was erased on the person's behalf. Erase it in your system, or send it no more.",
            ),
        ),
        Problem(
            "restricted",
            423,
            Text("Behandlingen er begrænset", "The processing is restricted"),
            Text(
                "Personen har fået behandlingen begrænset (databeskyttelsesforordningens artikel 18), så oplysningerne læses "
                "ikke, før centret ophæver det. Begræns også jeres egen kopi. Rettelser og tilbagetrækninger tages imod: ETag "
                "er den gældende versions.",
                "The person had the processing restricted (GDPR, article 18), so the data are not read until the centre lifts "
                "that. Restrict your own copy as well. Corrections and withdrawals are taken: ETag is that of the current version.",
            ),
        ),
        Problem(
            "referrals_differ",
            409,
            Text("Måneden har et andet antal henvisninger", "The month has another number of referrals"),
            Text(
                "Antallet i referrals er ikke det, der gælder; det står i allowed. Send de henvisninger, der mangler, eller træk "
                "dem tilbage, der er fejl, og meld så måneden færdig igen.",
                "The number in referrals is not the one that stands, which is in allowed. Send the referrals that are missing, or "
                "withdraw those that are wrong, then declare the month complete again.",
            ),
        ),
        Problem(
            "precondition_failed",
            412,
            Text("En anden version er gemt", "Another version is stored"),
            Text(
                "Hovedet ETag giver den gældende version. Hent den, flet ændringen ind, og send med dens ETag i If-Match.",
                "The header ETag gives the current version. Read it, merge your change, and send with its ETag in If-Match.",
            ),
        ),
        Problem(
            "nothing_to_match",
            412,
            Text("Der er ingen version at rette", "There is no version to correct"),
            Text(
                "If-Match kræver en gemt version, og der er ingen. Udelad If-Match for at oprette.",
                "If-Match asks for a stored version, and there is none. Leave If-Match out to create.",
            ),
        ),
        Problem(
            "payload_too_large",
            413,
            Text("Indholdet er for stort", "The body is too large"),
            Text(
                "En indberetning af tal fylder højst 1 MiB, en fil af mange så meget, som `limits` i GET /api/v1/me oplyser, alt "
                "andet højst 64 KiB, også én henvisning.",
                "A report of counts takes at most 1 MiB, a file of many what `limits` of GET /api/v1/me says, anything else 64 "
                "KiB, one referral too.",
            ),
        ),
        Problem(
            "unsupported_media_type",
            415,
            Text("Indholdets type bruges ikke her", "The body's media type is not used here"),
            Text(
                "Send en af de medietyper, som `errors` og hovedet Accept nævner, uden Content-Encoding.",
                "Send one of the media types that `errors` and the header Accept name, without Content-Encoding.",
            ),
        ),
        Problem(
            "idempotency_key_reused",
            422,
            Text("Nøglen er brugt til noget andet", "The key was used for something else"),
            Text(
                "Denne Idempotency-Key hører til et andet indhold. Brug en ny nøgle til noget nyt.",
                "This Idempotency-Key belongs to other content. Use a new key for whatever is new.",
            ),
        ),
        *DELIVERY_PROBLEMS,
        *PARTNER_PROBLEMS,
        Problem(
            "uri_too_long",
            414,
            Text("Adressen er for lang", "The address is too long"),
            Text(
                "En adresse har højst 8.000 tegn, også efter spørgsmålstegnet. Spørg om mindre ad gangen.",
                "An address has at most 8,000 characters, those behind the question mark too. Ask for less at a time.",
            ),
        ),
        Problem(
            "range_not_satisfiable",
            416,
            Text("Så langt rækker indholdet ikke", "The content does not reach that far"),
            Text(
                "Den del, som hovedet Range beder om, ligger efter indholdets slutning. Content-Range oplyser, hvor langt det er.",
                "The part that the header Range asks for lies behind the end of the content. Content-Range says how long it is.",
            ),
        ),
        Problem(
            "precondition_required",
            428,
            Text("Sig hvilken version der rettes", "Say which version you correct"),
            Text(
                "Noget andet er gemt allerede. Hovedet ETag giver dets version: send den i If-Match for at rette.",
                "Something else is stored already. The header ETag gives its version: send it in If-Match to correct.",
            ),
        ),
        Problem(
            "internal_error",
            500,
            Text("Fejl i tjenesten", "An error of the service"),
            Text(
                "Fejlen er vores. Intet er gemt halvt; send gerne igen. Opgiv `instance`, hvis du spørger os.",
                "The error is ours. Nothing was half stored; you may send again. Quote `instance` when you ask us.",
            ),
        ),
        Problem(
            "unavailable",
            503,
            Text("Tjenesten er ikke klar", "The service is not ready"),
            Text("Vent som Retry-After oplyser, og send igen.", "Wait as Retry-After says and send again."),
        ),
    )
}
