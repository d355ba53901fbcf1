"""The words of the pages."""

from __future__ import annotations

from cases.intake.findings import FindingClass
from core.text import Text

START = {
    "title": Text("Kom i gang med Henvis", "Get started with Henvis"),
    "lead": Text(
        "Fem minutter fra adgangstoken til den første henvisning og en tabel. Linjerne herunder virker, når de sættes ind i en "
        "terminal: adressen er den, du ser siden på.",
        "Five minutes from a token to a first referral and a table. The lines below work when pasted into a terminal: the address "
        "is the one by which you see this page.",
    ),
    "safe": Text(
        "Henvisninger er koder, aldrig fri tekst: intet navn, intet CPR-nummer, ingen adresse. Indsend kun opdigtede oplysninger, "
        "mens du prøver.",
        "Referrals are codes, never free text: no name, no personal number, no address. Hand in made-up data only while you try.",
    ),
    "before": Text("Begynd med testklienten", "Begin with the test client"),
    "credentials": Text(
        "Alle partnere har en testklient fra første dag. Jeres leder laver dens API-nøgle på /account/secrets/; den begynder med "
        "`hv_test_`. Det, den sender, tælles aldrig med i statistikken, og I kan slette det igen. Hvert svar oplyser "
        "`Henvis-Mode: test`. Du skal også bruge curl og Python 3.",
        "Every partner has a test client from the first day. Your manager makes its secret at /account/secrets/; it begins with "
        "`hv_test_`. What it sends never enters statistics, and you can delete it again. Each answer says `Henvis-Mode: test`. You "
        "also need curl and Python 3.",
    ),
    "demo": Text(
        "Med `make demo` ligger de i demo.json, hvor `mode` er TEST. I mappen med programmet:",
        "With `make demo` they are in demo.json, where `mode` is TEST. In the directory of the program:",
    ),
    "python": Text("Det samme i Python", "The same in Python"),
    "r": Text("Det samme i R", "The same in R"),
    "answer": Text("Svaret", "The answer"),
    "fields": Text("Felterne i en henvisning", "The fields of a referral"),
    "fields_about": Text(
        "Et udeladt valgfrit felt er ikke oplyst (_N). _U er ukendt, _Z ikke relevant, _O andet. I en mængde betyder [] »ingen«. "
        "Ukendte felter afvises.",
        "An optional field that is left out is not asked (_N). _U is unknown, _Z not applicable, _O other. "
        "In a set, [] means none. Unknown fields are refused.",
    ),
    "assessment": Text("Felterne i en vurdering", "The fields of an assessment"),
    "assessment_about": Text(
        "Kun for centret og de myndigheder, der træffer afgørelse: PUT /api/v1/cases/{token}/assessment.",
        "For the centre and the deciding authorities only: PUT /api/v1/cases/{token}/assessment.",
    ),
    "rules": Text("Regler på tværs af felter", "Rules across fields"),
    "conventions": Text("Skik og brug", "Conventions"),
    "purposes": Text("Formål og retsgrundlag", "Purposes and legal bases"),
    "purposes_about": Text(
        "Hver operation har et af to formål (`x-purpose` i beskrivelsen). Oplysninger går fra sagsarbejde til statistik og ikke "
        "tilbage.",
        "Each operation has one of two purposes (`x-purpose` in the description). Data go from casework to statistics and not "
        "back.",
    ),
    "field": Text("Felt", "Field"),
    "meaning": Text("Betydning", "Meaning"),
    "codes": Text("Koder", "Codes"),
    "rule": Text("Regel", "Rule"),
    "required": Text("påkrævet", "required"),
    "set": Text("mængde", "set"),
    "month": Text("Måned, ÅÅÅÅ-MM", "Month, YYYY-MM"),
    "case": Text("Sagskode", "Case token"),
    "list": Text("Kodeliste", "Code list"),
    "show": Text("Vis koderne", "Show the codes"),
    "more": Text("Videre herfra", "From here"),
    "more_reference": Text("Alle operationer med eksempler", "Every operation, with examples"),
    "more_try": Text("Prøv dem i browseren", "Try them in the browser"),
    "more_problems": Text("Hvad hver fejl betyder, og hvad du gør", "What each error means and what to do"),
    "more_openapi": Text("Beskrivelsen for maskiner, OpenAPI 3.1", "The description for machines, OpenAPI 3.1"),
}

TRY = {
    "server": Text("Server", "Server"),
    "refused": Text(
        "Afvist her på siden, og intet er sendt: klienten er i drift, så det ville tælle som rigtige oplysninger. Skriv med en "
        "klient i testtilstand (hv_test_).",
        "Refused on this page, and nothing was sent: the client is live, so this would count as real data. Write with a client in "
        "test mode (hv_test_).",
    ),
}

CONVENTIONS: tuple[tuple[str, Text], ...] = (
    (
        "Henvis-Mode",
        Text(
            "`test` eller `live`, i hvert svar til en kendt klient. DELETE /api/v1/rehearsal sletter alt, hvad I har sendt i "
            "testtilstand.",
            "`test` or `live`, in every answer to a known client. DELETE /api/v1/rehearsal deletes all that you sent in test mode.",
        ),
    ),
    (
        "ETag, If-Match",
        Text(
            'ETag er versionen i anførselstegn: "3". Ret med If-Match; W/"3" fra en proxy er den samme. '
            "If-None-Match: * opretter kun. Uden betingelse opretter PUT, og 428 oplyser, at noget andet er gemt.",
            'The ETag is the version in quotes: "3". Correct with If-Match; W/"3" of a proxy is the same. '
            "If-None-Match: * creates only. Without a condition PUT creates, and 428 says that something else is stored.",
        ),
    ),
    (
        "Idempotency-Key",
        Text(
            "Kræves af POST /api/v1/referrals: en ny UUID (eller 20 tilfældige tegn) for hver ny henvisning, den samme ved "
            "gentagelse. PUT behøver den ikke.",
            "Needed by POST /api/v1/referrals: a new UUID (or 20 random characters) for each new referral, the same one on a "
            "retry. PUT does not need it.",
        ),
    ),
    (
        "Accept-Language",
        Text(
            "Fejl på dansk (da) eller engelsk (en). Koderne er de samme.",
            "Errors in Danish (da) or English (en). Codes are the same.",
        ),
    ),
    (
        "Prefer: return=minimal",
        Text("Svar på skrivning uden indholdet.", "Answers to writes without the body."),
    ),
    (
        "next",
        Text(
            "Lister kommer side for side. Følg adressen i next, til den er null.",
            "Lists come page by page. Follow the address in next until it is null.",
        ),
    ),
    (
        "changed_since",
        Text(
            "Hold en kopi ved lige: send tidspunktet fra forrige svar, og få det, der er registreret da eller senere. "
            "?format=csv eller ndjson giver alt som én fil; den er hel, når den har så mange rækker, som Henvis-Rows oplyser.",
            "Keep a copy up to date: send the moment of the last answer and get what was recorded then or later. "
            "?format=csv or ndjson gives everything as one file; it is whole where it has as many rows as Henvis-Rows says.",
        ),
    ),
    (
        "/api/v1/reports",
        Text(
            "Kalenderen: hvad der forventes af jer og hvornår. EXPECTED: perioden er ikke slut. DUE: slut, fristen løber. "
            "BEGUN: noget er sendt. REPORTED: meldt færdig, eller fristen er gået. NIL: meldt færdig med 0. MISSING: intet kom. "
            'late: svaret kom efter fristen. PUT /api/v1/reports/2026-01 oplyser, at det var alt; med {"referrals": 0}, at der '
            "intet var.",
            "The calendar: what is expected of you, and when. EXPECTED: the period is not over. DUE: it is over, there is time. "
            "BEGUN: something was sent. REPORTED: declared complete, or it was due. NIL: declared complete with 0. MISSING: "
            "nothing came. late: the answer came after the deadline. PUT /api/v1/reports/2026-01 says that that was all; with "
            '{"referrals": 0}, that there was nothing.',
        ),
    ),
    (
        "X-Request-Id",
        Text("Opgiv den, når du spørger os om et svar.", "Quote it when you ask us about an answer."),
    ),
    (
        "Retry-After",
        Text("Så mange sekunder ventes før næste forsøg.", "Wait so many seconds before the next attempt."),
    ),
)

PROBLEMS = {
    "title": Text("Fejlkoder", "Error codes"),
    "lead": Text(
        "Enhver fejl er application/problem+json (RFC 9457). Lad programmet læse code; title og detail er for mennesker, "
        "på dansk eller engelsk efter Accept-Language. En sendt værdi gentages aldrig.",
        "Every error is application/problem+json (RFC 9457). Let your program read code; title and detail are for people, "
        "in Danish or English by Accept-Language. A value that was sent is never repeated.",
    ),
    "answers": Text("Svar fra API'et", "Answers of the API"),
    "findings": Text("Koder i errors", "Codes in errors"),
    "findings_about": Text(
        "Hver linje i errors oplyser hvor (pointer, parameter eller header) og hvilken kode: en af disse, eller en regel for "
        "felterne fra anden del.",
        "Each row of errors says where (pointer, parameter or header) and which code: one of these, or a rule on fields of the "
        "second part.",
    ),
    "rules": Text("Regler for rækker og filer", "Rules on rows and files"),
    "rules_about": Text(
        "Hver række i en leverance får alle de regler at vide, den rammer. En fejl afviser rækken. En kontrol spørger: rækken "
        "venter, til den er rettet eller bekræftet med en begrundelse. En bemærkning gør ingen af delene.",
        "Each row of a delivery is told every rule that it meets. An error rejects the row. A check asks: the row waits until it "
        "is corrected, or confirmed with a reason. A notice does neither.",
    ),
    "class": Text("Slags", "Kind"),
    "group": Text("Gruppe", "Group"),
    "as_rule": Text("Som regel for en række eller fil", "As a rule on a row or a file"),
    "file": Text("Filen", "The file"),
    "stored": Text("Allerede gemt", "Stored before"),
    "delivery": Text(
        "En leverance af så mange henvisninger (count) som eksemplet i ordbogen, med disse værdier",
        "A delivery of so many referrals (count) as the example of the dictionary, with these values",
    ),
    "meets": Text("En henvisning med disse værdier rammer reglen", "A referral with these values meets the rule"),
    "status": Text("Status", "Status"),
    "code": Text("Kode", "Code"),
    "means": Text("Betydning", "Meaning"),
    "why": Text("Hvorfor, og hvad du gør", "Why, and what to do"),
    "example": Text("Eksempel", "Example"),
    "stands_in": Text("Står i errors under", "Stands in errors of"),
    "field": Text("Felt", "Field"),
    "breaks": Text(
        "En henvisning eller vurdering med disse værdier bryder reglen", "A record with these values breaks the rule"
    ),
    "all": Text("Alle fejlkoder", "All error codes"),
}

# What a finding of each class does.
CLASSES = {
    FindingClass.ERROR: Text("Fejl", "Error"),
    FindingClass.CHECK: Text("Kontrol af rækken", "Check of the row"),
    FindingClass.DELIVERY: Text("Kontrol af leverancen", "Check of the delivery"),
    FindingClass.NOTICE: Text("Bemærkning", "Notice"),
}
