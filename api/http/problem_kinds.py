"""What a kind of problem is; and the kinds of what partners deliver, and of what the centre and a partner owe each other.

Those are whole files, and what must be in none; the agreement, mandates, answers to returns, notices, services.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem. `about` is what its page says: why it happens and what to do."""

    code: str
    status: int
    title: Text
    about: Text


DELIVERY_PROBLEMS = (
    Problem(
        "test_mode_only",
        403,
        Text("Kun i testtilstand", "In test mode only"),
        Text(
            "Klienten er i drift, og dette er kun for jeres testklient: at hente opdigtede henvisninger og at slette, hvad den "
            "har sendt. Det, en klient i drift har sendt, trækkes tilbage, eller centret fjerner det.",
            "The client is live, and this is for your test client alone: to fetch invented referrals, and to delete what it has "
            "sent. What a live client has sent is withdrawn, or the centre purges it.",
        ),
    ),
    Problem(
        "identifier_in_body",
        422,
        Text("Indholdet kan udpege en person", "The content may identify a person"),
        Text(
            "Noget ligner et CPR-nummer, et navn, en adresse eller andet, der udpeger en person. `errors` nævner feltet, "
            "aldrig værdien. Intet er gemt, heller ikke i loggen. Slet det hos jer, og send koder alene. En reference skal "
            "være en tilfældig UUID. Er det sendt på anden vis, så ring til centret, og skriv det ikke i en mail.",
            "Something looks like a CPR number, a name, an address or anything else that identifies a person. `errors` "
            "names the field, never the value. Nothing was stored, nor logged. Delete it at your end and send codes alone. "
            "A reference must be a random UUID. If it was sent in some other way, call the centre; do not put it in a mail.",
        ),
    ),
    Problem(
        "identifier_in_file",
        422,
        Text("Filen kan udpege en person", "The file may identify a person"),
        Text(
            "En kolonne eller en celle ligner et CPR-nummer, et navn, en adresse eller andet, der udpeger en person. `errors` "
            "nævner kolonne og række, aldrig værdien eller overskriften. Hele filen er afvist, og intet af den er gemt. Slet "
            "kolonnen eller cellen, og send filen igen. Slet også kopien, hvis den ligger, hvor andre kan se den, og ring til "
            "centret, hvis den er sendt på anden vis.",
            "A column or a cell looks like a CPR number, a name, an address or anything else that identifies a person. "
            "`errors` names the column and the row, never the value or the header. The whole file is refused, and nothing "
            "of it is kept. Delete the column or the cell, and send the file again. Delete the copy as well where others "
            "can see it, and call the centre if it was sent in some other way.",
        ),
    ),
    Problem(
        "columns_wrong",
        400,
        Text("Filens kolonner passer ikke", "The columns of the file do not fit"),
        Text(
            "En kolonne er ukendt, står to gange eller mangler. `errors` nævner hver kolonne ved dens bogstav, aldrig ved "
            "dens navn. Intet er gemt. Brug et skema fra `GET /api/v1/templates/referrals.xlsx`, eller fortæl én gang, "
            "hvad jeres egne kolonner betyder, med `PUT /api/v1/mappings/referrals`.",
            "A column is unknown, stands twice or is missing. `errors` names each column by its letter, never by its name. "
            "Nothing was stored. Use a template from `GET /api/v1/templates/referrals.xlsx`, or say once what your own "
            "columns mean, by `PUT /api/v1/mappings/referrals`.",
        ),
    ),
    Problem(
        "file_unreadable",
        400,
        Text("Filen kan ikke læses", "The file cannot be read"),
        Text(
            "Filen er ikke det format, den giver sig ud for, eller den er beskadiget, beskyttet eller tom; `errors` oplyser "
            "hvad og hvor. Intet er gemt. Ret filen, og send den igen. En tabel åbnes i et regneark og gemmes som .xlsx, .ods "
            "eller CSV UTF-8; JSON rettes i den linje, som `errors` nævner.",
            "The file is not of the format that it claims, or it is damaged, protected or empty; `errors` says which, and "
            "where. Nothing was stored. Mend the file and send it again. A table is opened in a spreadsheet and saved as "
            ".xlsx, .ods or CSV UTF-8; JSON is mended in the line that `errors` names.",
        ),
    ),
    Problem(
        "batch_running",
        409,
        Text("Leverancen behandles endnu", "The delivery is still being worked on"),
        Text(
            "Resultaterne er der først, når alle rækker er behandlet; først da kan man også bede om andet end det, der er i "
            "gang. Vent, som Retry-After oplyser, og se `state` med `GET /api/v1/batches/{batch_id}`.",
            "The results are there once all rows are done; only then, too, can anything else be asked for than is being done. "
            "Wait as Retry-After says and watch `state` by `GET /api/v1/batches/{batch_id}`.",
        ),
    ),
    Problem(
        "deliveries_waiting",
        429,
        Text("For meget venter allerede", "Too much waits already"),
        Text(
            "Så mange af jeres leverancer venter på at blive behandlet, at denne ikke er taget imod; eller der er ikke plads til "
            "flere hos os lige nu. Intet af filen er gemt. Vent, som Retry-After oplyser, og send den igen, også med samme "
            "Idempotency-Key. Leverancer på højst 5.000 rækker behandles med det samme og venter ikke.",
            "So many of your deliveries wait to be worked on that this one was not taken; or there is no room for more here at "
            "present. Nothing of the file was stored. Wait as Retry-After says and send it again; the Idempotency-Key may be the "
            "same. Deliveries of at most 5,000 rows are worked on at once and do not wait.",
        ),
    ),
    Problem(
        "batch_given_up",
        503,
        Text("Leverancen blev opgivet", "The delivery was given up"),
        Text(
            "Arbejdet på leverancen blev opgivet hos os, efter flere forsøg eller af en medarbejder. Se `stored`, om noget er "
            "gemt. Send filen igen med en ny Idempotency-Key: rækker, der er gemt, bliver `unchanged`.",
            "Work on the delivery was given up here, after several attempts or by a member of staff. See `stored` whether "
            "anything is stored. Send the file again under a new Idempotency-Key: rows that are stored will be `unchanged`.",
        ),
    ),
    Problem(
        "nothing_waits",
        409,
        Text("Der er intet at gemme", "There is nothing to store"),
        Text(
            "Leverancens rækker venter ikke længere: den er annulleret, afvist, eller et døgn er gået. Send filen igen.",
            "The rows of the delivery wait no longer: it was cancelled or refused, or a day has passed. Send the file again.",
        ),
    ),
    Problem(
        "results_deleted",
        410,
        Text("Resultaterne er slettet", "The results are deleted"),
        Text(
            "Resultater og fejlfiler gemmes i 30 dage. Leverancens antal står her stadig, og det, der er gemt, er gemt.",
            "Results and error files are kept for 30 days. The counts of the delivery are still here, and what is stored "
            "is stored.",
        ),
    ),
    Problem(
        "length_required",
        411,
        Text("Content-Length mangler", "Content-Length is missing"),
        Text(
            "Linjer (CSV, NDJSON) har intet, der viser, at de er kommet frem til enden. Send dem med Content-Length i "
            "stedet for i stykker (`chunked`), eller som en del af multipart/form-data.",
            "Lines (CSV, NDJSON) have nothing that shows that all of them have arrived. Send them with a Content-Length "
            "instead of in chunks, or as a part of multipart/form-data.",
        ),
    ),
    Problem(
        "template_too_old",
        422,
        Text("Skemaet er for gammelt", "The template is too old"),
        Text(
            "Filen er lavet i en udgave af skemaet, der ikke tages imod længere. Intet er gemt. Hent et nyt skema med "
            "`GET /api/v1/templates/referrals.xlsx`, og kopiér rækkerne over.",
            "The file was made in a version of the template that is taken no longer. Nothing was stored. Fetch a new template by "
            "`GET /api/v1/templates/referrals.xlsx` and copy the rows into it.",
        ),
    ),
)


PARTNER_PROBLEMS = (
    Problem(
        "agreement_missing",
        403,
        Text("Aftalen er ikke bekræftet", "The agreement is not confirmed"),
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
