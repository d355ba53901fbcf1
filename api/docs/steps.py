"""The five-minute start: what to paste, in a shell and in Python, and what comes back. The tests run every line of it.

`BASE` stands for the address by which the reader reached the page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from api.records.examples import required_only
from cases import dictionary as d
from core.text import Text

BODY = json.dumps(required_only(d.REFERRAL), indent=1)
# A month of outreach, in which nobody was met.
VISIT = {"region": "DK01", "setting": "STREET", "activity": "VISIT", "visits": 12, "addresses": 5}
REPORT = json.dumps({"visits": [VISIT], "contacts": []}, indent=1)
CUT_OUT = """sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/'"""
# Of a live client every referral is counted as a person's: without a token of a test client a line ends before it sends anything.
BEARER = '"Authorization: Bearer ${TOKEN:?take a client in test mode. Nothing was sent}"'
PUT = f"""curl -sS -i -w '\\n' -X PUT BASE/api/v1/referrals/$REFERENCE \\
  -H {BEARER} -H 'Content-Type: application/json' \\
  """

# What `make demo` wrote, as the variables that the steps use.
DEMO = """eval "$(python3 - "${HENVIS_HOME:-.henvis}/demo.json" <<'END'
import json, sys
partners = json.load(open(sys.argv[1]))["partners"]
partner = next(partner for partner in partners if (partner["kind"], partner["mode"]) == ("NGO", "TEST"))
print(f"export CLIENT_ID='{partner['client_id']}' CLIENT_SECRET='{partner['client_secret']}'")
END
)\""""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `status` is what its last request is answered with."""

    id: str
    title: Text
    about: Text
    shell: str
    python: str
    status: int
    then: Text
    r: str = ""


STEPS: tuple[Step, ...] = (
    Step(
        "token",
        Text("Hent et adgangstoken", "Fetch a token"),
        Text(
            "Klientens id og API-nøgle bruges kun her. Tokenet gælder i ti minutter; hent et nyt, når det udløber. En klient i "
            "drift afvises, før der sendes noget: dens henvisninger tælles som personer.",
            "The client's id and secret are used here only. The token lasts ten minutes; fetch a new one when it ends. A live "
            "client is refused before anything is sent: its referrals are counted as persons.",
        ),
        f"""TOKEN=
case "$CLIENT_SECRET" in hv_test_*)
  TOKEN=$(curl -sS -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials \\
    BASE/oauth/token | {CUT_OUT}) ;;
esac
curl -sS -i -w '\\n' -H {BEARER} BASE/api/v1/me""",
        """import base64, json, os, urllib.error, urllib.request, uuid

BASE_URL = "BASE"

def call(method, path, body=None, **headers):
    \"\"\"Send a request as a test client; return status, headers and the body.\"\"\"
    if not os.environ["CLIENT_SECRET"].startswith("hv_test_"):
        raise PermissionError("take a client in test mode. Nothing was sent")
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(BASE_URL + path, data, headers, method=method)
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as problem:
        answer = problem
    return answer.status, answer.headers, json.load(answer)

secret = f'{os.environ["CLIENT_ID"]}:{os.environ["CLIENT_SECRET"]}'.encode()
basic = "Basic " + base64.b64encode(secret).decode()
_, _, token = call("POST", "/oauth/token", b"grant_type=client_credentials", Authorization=basic)
bearer = {"Authorization": "Bearer " + token["access_token"], "Content_Type": "application/json"}
status, headers, body = call("GET", "/api/v1/me", **bearer)
print(status, body)""",
        200,
        Text(
            "200 OK med din organisation, dens mode (TEST) og dine scopes.",
            "200 OK with your organisation, its mode (TEST) and your scopes.",
        ),
    ),
    Step(
        "put",
        Text("Indsend en henvisning", "Submit a referral"),
        Text(
            "Referencen vælger du selv: en ny UUID (version 4), som du gemmer. Her er kun de påkrævede felter med.",
            "You choose the reference: a new UUID (version 4) that you keep. Only the required fields are here.",
        ),
        f"""REFERENCE=$(python3 -c 'import uuid; print(uuid.uuid4())')
REFERRAL='{BODY}'
{PUT}-d "$REFERRAL\"""",
        f"""reference = str(uuid.uuid4())
referral = {BODY}
status, headers, body = call("PUT", f"/api/v1/referrals/{{reference}}", referral, **bearer)
print(status, headers["ETag"], body["case_token"])""",
        201,
        Text(
            '201 Created, ETag: "1". case_token er personens sagskode: giv den videre sammen med personen.',
            '201 Created, ETag: "1". case_token is the person\'s case token: hand it on together with the person.',
        ),
    ),
    Step(
        "again",
        Text("Det samme en gang til", "The same again"),
        Text(
            "Gik svaret tabt? Send det samme igen. Intet ændres, og intet tælles to gange.",
            "Did the answer get lost? Send the same again. Nothing changes, and nothing is counted twice.",
        ),
        f"""{PUT}-d "$REFERRAL\"""",
        """status, headers, body = call("PUT", f"/api/v1/referrals/{reference}", referral, **bearer)
print(status, headers["ETag"])""",
        200,
        Text('200 OK og stadig ETag: "1".', '200 OK and still ETag: "1".'),
    ),
    Step(
        "mistake",
        Text("En fejl med vilje", "One that fails on purpose"),
        Text(
            "Der sendes et navn på en by i stedet for en kode. Svaret nævner feltet og de tilladte koder, aldrig det sendte.",
            "A town's name is sent instead of a code. The answer names the field and the allowed codes, never what was sent.",
        ),
        f"""{PUT}-d "$(printf '%s' "$REFERRAL" | sed 's/"DK01"/"Copenhagen"/')\"""",
        """wrong = {**referral, "region": "Copenhagen"}
status, headers, body = call("PUT", f"/api/v1/referrals/{reference}", wrong, **bearer)
print(status, json.dumps(body, indent=1))""",
        400,
        Text(
            "400 med application/problem+json: `code` er den samme på alle sprog, `errors` har en linje for hver fejl.",
            "400 with application/problem+json: `code` is the same in every language, `errors` has a row for each mistake.",
        ),
    ),
    Step(
        "correct",
        Text("Ret den", "Correct it"),
        Text(
            "Send hele henvisningen igen med den ETag, du retter. Uden If-Match er svaret 428, med en forældet 412.",
            "Send the whole referral again with the ETag that you correct. Without If-Match it is 428, with a stale one 412.",
        ),
        f"""{PUT}-H 'If-Match: "1"' \\
  -d "$(printf '%s' "$REFERRAL" | sed 's/"Y25T34"/"Y35T44"/')\"""",
        """corrected = {**referral, "age_band": "Y35T44"}
status, headers, body = call("PUT", f"/api/v1/referrals/{reference}", corrected, If_Match='"1"', **bearer)
print(status, headers["ETag"], body["status"])""",
        200,
        Text(
            '200 OK, ETag: "2". Den første version består; GET …/versions viser, hvad der er ændret.',
            '200 OK, ETag: "2". The first version stays; GET …/versions shows what has changed.',
        ),
    ),
    Step(
        "file",
        Text("Et helt år i én fil", "A year in one file"),
        Text(
            "En leverance har mange henvisninger: CSV her, og Excel, ODS, JSON og NDJSON på samme måde. Filen er 40 opdigtede "
            "rækker, hvoraf to er forkerte. dry_run gemmer intet, men viser alle fejl.",
            "A delivery has many referrals: CSV here, and Excel, ODS, JSON and NDJSON in the same way. The file has 40 invented "
            "rows, two of them wrong. dry_run stores nothing and tells everything.",
        ),
        f"""curl -sS -H {BEARER} 'BASE/api/v1/templates/rehearsal.csv?errors=2' |
curl -sS -i -w '\\n' -H {BEARER} -H 'Content-Type: text/csv' -H 'Prefer: return=minimal' \\
  -H "Idempotency-Key: $(python3 -c 'import uuid; print(uuid.uuid4())')" \\
  --data-binary @- 'BASE/api/v1/batches?dry_run=true'""",
        """file = urllib.request.Request(BASE_URL + "/api/v1/templates/rehearsal.csv?errors=2")
file.add_header("Authorization", bearer["Authorization"])
content = urllib.request.urlopen(file).read()
as_csv = {**bearer, "Content_Type": "text/csv", "Idempotency_Key": str(uuid.uuid4())}
status, headers, body = call("POST", "/api/v1/batches?dry_run=true", content, **as_csv)
for row in body["results"]:
    for finding in row["findings"]:
        print(row["line"], finding["cell"], finding["detail"])""",
        200,
        Text(
            "200 OK: 38 rækker kan gemmes, 2 er afvist. Uden return=minimal står hver rækkes fund i results, og errors.xlsx er "
            "din egen fil med fejlene. Med dry_run=false gemmes alle rækker eller ingen, og den samme fil igen ændrer intet.",
            "200 OK: 38 rows can be stored, 2 are rejected. Without return=minimal the findings of each row are in results, and "
            "errors.xlsx is your own file with the errors. With dry_run=false all rows are stored or none, and the same file "
            "again changes nothing.",
        ),
    ),
    Step(
        "counts",
        Text("Indberet en måneds tal", "Report a month's counts"),
        Text(
            "Det, I har lavet ud over henvisninger, indberettes som tal i skemaer: her opsøgende arbejde i en måned. Et udeladt "
            "tal er ikke oplyst, og en tom tabel er, at der intet var. GET /api/v1/counts/forms nævner tabeller og koder.",
            "What you did beside referrals is reported as numbers in forms: here a month of outreach. A number that is left out is "
            "not known, and an empty table says that there was nothing. GET /api/v1/counts/forms lists tables and codes.",
        ),
        f"""REPORT='{REPORT}'
curl -sS -i -w '\\n' -X PUT BASE/api/v1/counts/OUTREACH/2025-03 \\
  -H {BEARER} -H 'Content-Type: application/json' \\
  -d "$REPORT\"""",
        f"""report = {REPORT}
status, headers, body = call("PUT", "/api/v1/counts/OUTREACH/2025-03", report, **bearer)
print(status, headers["ETag"], body["warnings"])""",
        201,
        Text(
            '201 Created, ETag: "1"; det samme igen er 200. Ret ved at sende hele skemaet med If-Match. Er et tal meget anderledes '
            "end i perioderne før, spørger `warnings` til det. Det er gemt alligevel.",
            '201 Created, ETag: "1"; the same again is 200. Correct by sending the whole report with If-Match. Where a number is '
            "far from those of the periods before, `warnings` asks about it. It is stored all the same.",
        ),
    ),
    Step(
        "table",
        Text("Læs en tabel", "Read a table"),
        Text(
            "Tal læses af en udgivelse, aldrig af henvisningerne. Det, der er offentliggjort, kræver intet adgangstoken. Små tal "
            "er skjult (status Q), og så mange andre, at de små ikke kan beregnes; hvad de kan være, står der i "
            "kolonnerne least og most (i JSON-stat i extension.told).",
            "Figures are read from a release, never from referrals. What is published needs no token. Small figures are hidden "
            "(status Q), and so many others that no small one can be computed; the columns least and most "
            "(in JSON-stat extension.told) say what they may be.",
        ),
        """curl -sS -i -w '\\n' 'BASE/api/v1/statistics/persons?by=gender&year=2023&format=csv'""",
        """status, headers, table = call("GET", "/api/v1/statistics/persons?by=gender&year=2023")
for label, count in zip(table["dimension"]["gender"]["category"]["label"].values(), table["value"]):
    print(label, "hidden" if count is None else count)""",
        200,
        Text(
            "200 OK med en linje for hver kode, I alt først. Uden format=csv er svaret JSON-stat 2.0. "
            "format=xlsx er en projektmappe til Excel, format=csv-da er CSV til dansk Excel, og lang vælger sproget.",
            "200 OK with a row for each code, the total first. Without format=csv the answer is JSON-stat 2.0. "
            "format=xlsx is a workbook for Excel, format=csv-da is CSV for Danish Excel, and lang chooses the language.",
        ),
        """figures <- read.csv("BASE/api/v1/statistics/persons?by=gender&year=2023&format=csv",
  na.strings = "", colClasses = "character")
figures$count <- as.numeric(figures$count)
figures""",
    ),
    Step(
        "sums",
        Text("Læs summer af tallene", "Read sums of the counts"),
        Text(
            "Hver tabel i et skema er et datasæt i udgivelser, form.table. quantity viser, hvad der tælles; enheder lægges aldrig "
            "sammen. Tal fra testklienter er aldrig med.",
            "Each table of a form is a dataset of the releases, form.table. quantity says what is counted; units are never added. "
            "Numbers of test clients are never in them.",
        ),
        """curl -sS -i -w '\\n' 'BASE/api/v1/statistics/outreach.contacts?by=gender&format=csv'""",
        """status, headers, sums = call("GET", "/api/v1/statistics/outreach.contacts?by=gender")
print(status, sums["label"], sums["value"])""",
        200,
        Text(
            "200 OK med en linje for hver størrelse og kode. Små summer er skjult som små tal for personer. Kolonnerne reports_… "
            "oplyser, hvor mange indberetninger der ligger bag.",
            "200 OK with a row for each quantity and code. Small sums are hidden as small figures of persons are. The columns "
            "reports_… say how many reports are behind them.",
        ),
        """figures <- read.csv("BASE/api/v1/statistics/outreach.contacts?by=gender&format=csv",
  na.strings = "", colClasses = "character")
figures$count <- as.numeric(figures$count)
figures""",
    ),
)
