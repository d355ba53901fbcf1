"""The pages: in two languages, under their policy, with nothing from elsewhere; and every line of the five-minute start works."""

from __future__ import annotations

import ast
import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from api.docs.findings import COUNT_WARNINGS, COUNTS, FINDINGS
from api.docs.steps import STEPS
from api.http.problem_catalogue import PROBLEMS
from cases import dictionary as d
from cases import rules
from cases.intake.rulebook import RULES
from cases.models import Case, Referral
from partners.kinds import Mode
from partners.models import Secret
from stats.models import PUBLIC
from tests.callers import Browser, Caller, make_caller, referral
from tests.stats.published import publish

TOOLS = ("/docs/reference/", "/docs/try/")
OWN = (
    "/docs/",
    "/problems/",
    *(
        f"/problems/{code}"
        for code in ("validation_failed", "code_unknown", "not_yet_exploited", "erased", "count_jump")
    ),
)
LEADS_AWAY = {settings.HENVIS_SITE[name] for name in ("leave_to", "licence_address")}
pages = pytest.mark.parametrize("path", (*OWN, *TOOLS))
languages = pytest.mark.parametrize("language", ["da", "en"])


class Elements(HTMLParser):
    """Every element of a page, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in {"script", "style"} and data.strip():
            self.inline.append(data)


def elements(path: str) -> Elements:
    """A page's elements."""
    answer = Browser().get(path)
    assert answer.status_code == 200
    return Elements(answer.content.decode())


def fetched(address: str) -> bytes:
    """What an address serves: a static file is a stream, which must be read to its end and closed."""
    answer: Any = Browser().get(address)
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    assert answer.status_code == 200, address
    return content


@pages
def test_a_page_keeps_its_policy(path: str) -> None:
    page = elements(path)
    policy = Browser().get(path)["Content-Security-Policy"]
    assert Browser().get(path)["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "unsafe-eval" not in policy
    assert ("unsafe-inline" in policy) == (path in TOOLS)
    assert not page.inline
    for _, attributes in page.found:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


@pages
def test_nothing_comes_from_elsewhere_and_every_asset_is_served(path: str) -> None:
    for tag, attributes in elements(path).found:
        addresses = [attributes[name] for name in ("src", "href", "data-description") if attributes.get(name)]
        for address in addresses:
            assert address is not None
            # The footer of every page leads to the licence of the figures, to the telephone, and away from here.
            if tag == "a" and (address in LEADS_AWAY or address.startswith("tel:")):
                continue
            assert re.match(r"^(/(?!/)|\?lang=|#)", address), f"{tag} leads to {address}"
            if address.startswith(("/static/", "/docs/", "/problems/", "/openapi.json")):
                assert fetched(address)


def test_our_own_files_name_no_other_host() -> None:
    for name in ("docs.css", "try.css", "copy.js", "reference.js", "try.js"):
        content = fetched(f"/static/docs/{name}").decode()
        assert not re.search(r"https?://|@import|url\(", content)


@pages
@languages
def test_a_page_speaks_the_readers_language(path: str, language: str) -> None:
    for answer in (Browser().get(path, {"lang": language}), Browser().get(path, headers={"Accept-Language": language})):
        assert f'<html lang="{language}">' in answer.content.decode()
        assert answer["Content-Language"] == language
        assert "Accept-Language" in answer["Vary"]


@pages
def test_a_page_is_read_only(path: str) -> None:
    answer = Browser().post(path)
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")


@languages
@pytest.mark.parametrize("code", [*PROBLEMS, *FINDINGS, *RULES])
def test_every_code_has_a_page(code: str, language: str) -> None:
    answer = Browser().get(f"/problems/{code}", {"lang": language})
    text = html.unescape(answer.content.decode())
    words = [PROBLEMS[code].title, PROBLEMS[code].about] if code in PROBLEMS else []
    words += [each for each in (FINDINGS[code].detail, FINDINGS[code].about) if each] if code in FINDINGS else []
    words += [RULES[code].detail, RULES[code].about] if code in RULES else []
    shown = re.sub(r"</?code>", "", text)
    assert words
    assert [each for each in words if each(language).replace("`", "") not in shown] == []


def test_a_code_of_forms_of_counts_says_what_to_do() -> None:
    codes = [each.code for each in FINDINGS.values() if each.group in (COUNTS, COUNT_WARNINGS)]
    assert len(codes) > 20
    for code in codes:
        assert "<h2>Why, and what to do</h2>" in Browser().get(f"/problems/{code}", {"lang": "en"}).content.decode(), (
            code
        )


def test_an_unknown_code_is_not_found() -> None:
    answer = Browser().get("/problems/nothing_of_the_kind")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def raised_codes() -> Iterator[str]:
    """Every code that the source gives to a finding."""
    makers = {"ProblemFinding", "Violation", "FieldRefused", "Refused", "finding", "wrong", "header_problem", "refused"}
    makers |= {"CountFault", "CellFault", "fault", "at_column"}
    base = Path(settings.BASE_DIR)
    rooms: tuple[str, ...] = (
        "api/**/*.py",
        "cases/*.py",
        "cases/intake/*.py",
        "oversight/reporting/*.py",
        "stats/own/*.py",
    )
    rooms += ("cases/services/*.py", "cases/intake/countfiles/*.py")
    for file in (*chain.from_iterable(map(base.glob, rooms)), base / "stats/reading/query.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in makers:
                given = [*node.args, *(word.value for word in node.keywords if word.arg == "code")]
                for constant in (part for argument in given for part in ast.walk(argument)):
                    if isinstance(constant, ast.Constant) and re.fullmatch(
                        r"[a-z0-9]+(_[a-z0-9]+)+", str(constant.value)
                    ):
                        yield str(constant.value)


def test_no_code_is_without_a_page() -> None:
    fields = {field.name for field in (*d.REFERRAL, *d.ASSESSMENT, *d.WITHDRAWAL)} | {"referred_from", "referred_to"}
    codes = set(raised_codes()) - fields
    assert len(codes) > 20
    assert codes - set(FINDINGS) - set(RULES) == set()


def test_the_start_shows_every_field_and_rule() -> None:
    text = Browser().get("/docs/").content.decode()
    for field in (*d.REFERRAL, *d.ASSESSMENT):
        assert f'<th scope="row"><code>{field.name}</code>' in text
    for rule in (*rules.REFERRAL_RULES, *rules.ASSESSMENT_RULES):
        assert f'href="/problems/{rule.code}?lang=en"' in text
    assert 'href="/api/v1/codelists/citizenship"' in text


def blocks(text: str, language: str) -> list[tuple[str, int, str]]:
    """The blocks of a page that can be run: step, status that is expected, code."""
    pattern = (
        rf'<pre[^>]* data-step="(\w+)" data-language="{language}" data-expect="(\d+)"[^>]*><code>(.*?)</code></pre>'
    )
    return [(step, int(status), html.unescape(code)) for step, status, code in re.findall(pattern, text, re.DOTALL)]


def environment(caller: Caller) -> dict[str, str]:
    """What the page asks the reader to set."""
    pair = {"ID": caller.client.client_id, "SECRET": caller.secret}
    return {**{f"CLIENT_{part}": value for part, value in pair.items()}, "PATH": "/usr/local/bin:/usr/bin:/bin"}


@pytest.fixture
def page(live_server: Any) -> str:
    """The start page as somebody sees it on a running server."""
    contacts = {
        ("outreach.contacts", "contacts", axes): cells for axes, cells in (("", {"": 60}), ("gender", {"F": 55}))
    }
    publish(PUBLIC, "2023", {"": {"": 73}, "gender": {"F": 60, "M": None, "_U": None}}, sums=contacts)
    host = live_server.url.removeprefix("http://")
    return Browser(headers={"Host": host}).get("/docs/").content.decode()


@pytest.fixture(params=Mode)
def reader(request: pytest.FixtureRequest, page: str) -> Caller:
    """Somebody with the credentials of a client, live or in test mode."""
    return make_caller("CENTRE", mode=request.param)


def pasted(command: list[str], script: str, reader: Caller) -> subprocess.CompletedProcess[str]:
    """Run what was pasted."""
    return subprocess.run(
        command, input=script, env=environment(reader), capture_output=True, text=True, timeout=60, check=False
    )


def is_refused(done: subprocess.CompletedProcess[str], reader: Caller) -> bool:
    """Whether the lines are for a client in test mode alone. Of a live one nothing has reached the server."""
    if reader.partner.mode == Mode.TEST:
        return False
    assert "take a client in test mode. Nothing was sent" in done.stderr
    assert not Secret.objects.get(client=reader.client).last_used_at
    assert not Referral.objects.exists()
    return True


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("python3")), reason="the lines need curl and python3")
@pytest.mark.parametrize("shell", ["-eu", "-i"], ids=["script", "terminal"])
def test_the_lines_work_when_pasted_and_refuse_a_live_client(page: str, reader: Caller, shell: str) -> None:
    steps = blocks(page, "sh")
    script = "\n".join(f"echo '== {step}'\n{code}\necho" for step, _, code in steps)
    done = pasted(["sh", shell], script, reader)
    if is_refused(done, reader):
        return
    assert done.returncode == 0, done.stderr
    said = [re.findall(r"^HTTP/1.1 (\d+)", part, re.MULTILINE)[-1] for part in done.stdout.split("== ")[1:]]
    assert said == [str(status) for _, status, _ in steps]
    assert len(said) == len(STEPS)
    assert set(Case.objects.values_list("test", flat=True)) == {True}


def test_the_python_lines_work_when_pasted_and_refuse_a_live_client(page: str, reader: Caller) -> None:
    steps = blocks(page, "python")
    script = "\n".join(f"{code}\nprint('==', status)" for _, _, code in steps)
    done = pasted([sys.executable, "-I", "-"], script, reader)
    if is_refused(done, reader):
        return
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^== (\d+)$", done.stdout, re.MULTILINE) == [str(status) for _, status, _ in steps]


TRY = """
globalThis.MutationObserver = class { observe() {} };
globalThis.document = { getElementById: () => ({ dataset: { refused: "REFUSED" } }) };
globalThis.SwaggerUIBundle = (settings) => settings.requestInterceptor(REQUEST).then(send);
SwaggerUIBundle.presets = {};
async function send(request) {
  const answer = await (request.userFetch ?? fetch)(request.url, request);
  console.log(request.userFetch ? await answer.text() : answer.status);
}
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node.js on this machine, so the page's script was not run")
@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_the_page_to_try_on_writes_with_a_client_in_test_mode_alone(
    live_server: Any, reader: Caller, method: str
) -> None:
    path = f"/api/v1/referrals/{uuid4()}"
    headers = {"Authorization": f"Bearer {reader.token}", "Content-Type": "application/json"}
    body = {"body": json.dumps(referral())} if method == "PUT" else {}
    asked = {"method": method, "url": live_server.url + path, "headers": headers, **body}
    script = TRY.replace("REQUEST", json.dumps(asked)) + fetched("/static/docs/try.js").decode()
    done = pasted(["node", "-"], script, reader)
    live = reader.partner.mode == Mode.LIVE
    assert done.stdout.split() == ["404" if method == "GET" else "REFUSED" if live else "201"], done.stderr
    assert Referral.objects.exists() == (method == "PUT" and not live)
