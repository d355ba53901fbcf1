"""Behind a real nginx that packs answers: what it makes of our entity tags still corrects and still says `unchanged`."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from benchmarks.serving import free_port
from tests.api.asserts import LIST
from tests.api.served import HOST, Reply, head, listens, send, serving
from tests.callers import Caller, make_caller, referral
from tests.running import until
from tools.embedded.processes import Child

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
CONFIGURATION = """
daemon off; master_process off; pid {home}/pid; error_log {home}/error.log;
events {{}}
http {{
  access_log off; client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/f;
  uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
  gzip on; gzip_min_length 1; gzip_proxied any; gzip_types application/json text/csv;
  proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto $scheme;
  server {{ listen {host}:{front}; {more} location / {{ proxy_pass http://{host}:{back}; }} }}
  server {{ listen {host}:{plain}; {of_plain} }}
}}
"""
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(NGINX is None, reason="SKIPPED: no nginx on this machine, so a proxy that packs was not tried"),
]


SITE = Path(settings.BASE_DIR) / "deploy/nginx.conf"
REFUSED = "return 403;"


@pytest.fixture(scope="module")
def back(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[int]:
    """The program."""
    with pytest.MonkeyPatch.context() as patch, serving(tmp_path_factory.mktemp("served"), patch) as port:
        yield port


@contextmanager
def proxy(home: Path, back: int, more: str = "", of_plain: str = REFUSED) -> Iterator[tuple[int, int]]:
    """nginx before the program; its port, and that of what stands for plain HTTP."""
    front, plain = free_port(), free_port()
    words = {"home": home, "host": HOST, "front": front, "plain": plain, "back": back}
    (home / "nginx.conf").write_text(CONFIGURATION.format(more=more, of_plain=of_plain, **words))
    command: list[str | Path] = [NGINX or "", "-p", home, "-c", home / "nginx.conf"]
    with Child(command, stop_by=signal.SIGTERM, patience=5, env={}, output=subprocess.DEVNULL):
        until(lambda: listens(front) and listens(plain))
        yield front, plain


@pytest.fixture
def port(tmp_path: Path, back: int) -> Iterator[int]:
    """nginx as docs/deploying.md has it."""
    with proxy(tmp_path, back) as (front, _):
        yield front


def checked(ports: tuple[int, int]) -> None:
    """The command that looks at a proxy from outside."""
    front, plain = (f"http://{HOST}:{port}" for port in ports)
    call_command("check_proxy", front, plain=plain)


def test_a_proxy_that_drops_and_redirects_nothing_is_found_sound(
    tmp_path: Path, back: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with proxy(tmp_path, back) as ports:
        checked(ports)
    assert capsys.readouterr().out == "The proxy is as it must be.\n"


@pytest.mark.parametrize(
    ("more", "of_plain", "wrong"),
    [
        ("underscores_in_headers on;", REFUSED, "Header names with underscores are passed on"),
        ("", "return 301 https://$host$request_uri;", "A request for a token is redirected"),
        ("", "return 308 https://$host$request_uri;", "A request for a token is redirected"),
        ("", "location / { return 200; }", "A caller says itself that it came by TLS"),
        ("return 502;", REFUSED, "does not answer by TLS"),
    ],
)
def test_a_proxy_that_forges_or_redirects_is_named(
    tmp_path: Path, back: int, more: str, of_plain: str, wrong: str
) -> None:
    with proxy(tmp_path, back, more, of_plain) as ports, pytest.raises(CommandError, match=wrong):
        checked(ports)


@pytest.fixture
def caller(_with_database: None) -> Caller:
    """An NGO that is committed, so that the server sees it."""
    return make_caller("NGO")


def ask(port: int, caller: Caller, method: str, path: str, *lines: str, sent: object = None) -> Reply:
    whole = b"" if sent is None else json.dumps(sent).encode()
    common = (f"Authorization: Bearer {caller.token}", "Accept-Encoding: gzip", "Content-Type: application/json")
    return send(port, [head(method, path, *common, f"Content-Length: {len(whole)}", *lines) + whole])


def test_a_tag_that_the_proxy_made_weak_corrects_and_is_known_as_unchanged(port: int, caller: Caller) -> None:
    path = f"{LIST}/{uuid4()}"
    assert ask(port, caller, "PUT", path, sent=referral()).status == 201
    read = ask(port, caller, "GET", path)
    tag = read.headers["etag"]
    assert (read.headers["content-encoding"], tag) == ("gzip", 'W/"1"')
    assert ask(port, caller, "GET", path, f"If-None-Match: {tag}").status == 304
    corrected = ask(port, caller, "PUT", path, f"If-Match: {tag}", sent=referral(gender="M"))
    assert (corrected.status, corrected.headers["etag"]) == (200, 'W/"2"')
    assert ask(port, caller, "PUT", path, f"If-Match: {tag}", sent=referral(gender="X")).status == 412


def test_a_public_answer_that_was_packed_is_known_again(port: int, caller: Caller) -> None:
    for path in ("/api/v1/codelists", "/api/v1/releases", "/api/v1/statistics", "/api/v1"):
        tag = ask(port, caller, "GET", path).headers["etag"]
        assert tag.startswith("W/")
        assert ask(port, caller, "GET", path, f"If-None-Match: {tag}").status == 304


def test_what_everybody_may_read_is_packed_unless_it_was_asked_with_a_token(
    tmp_path: Path, back: int, caller: Caller
) -> None:
    """As the site of deploy/ has it."""
    (packing,) = re.findall(r"    location ~ \^/\(\(da\|en.*?\n    }\n", SITE.read_text(), re.DOTALL)
    more = f"gzip off; {packing.replace('127.0.0.1:8000', f'{HOST}:{back}')}"
    with proxy(tmp_path, back, more) as (front, _):
        for path in ("/api/v1/statistics", "/api/v1/releases", "/api/v1/codelists"):
            anybody = send(front, [head("GET", path, "Accept-Encoding: gzip")])
            program = ask(front, caller, "GET", path)
            assert (anybody.status, anybody.headers.get("content-encoding")) == (200, "gzip"), path
            assert (program.status, program.headers.get("content-encoding")) == (200, None), path
            assert json.loads(program.body)


def test_a_part_passes_as_it_is_and_what_was_packed_has_none(port: int, caller: Caller) -> None:
    path = "/api/v1/templates/referrals.csv?lang=en"
    packed = ask(port, caller, "GET", path)
    assert packed.headers["content-encoding"] == "gzip" and "accept-ranges" not in packed.headers
    whole = send(port, [head("GET", path)])
    part = ask(port, caller, "GET", path, "Range: bytes=10-19", f"If-Range: {whole.headers['etag']}")
    assert (part.status, part.body, part.headers.get("content-encoding")) == (206, whole.body[10:20], None)
    weak = ask(port, caller, "GET", path, "Range: bytes=10-19", f"If-Range: {packed.headers['etag']}")
    assert (weak.status, weak.headers["content-encoding"]) == (200, "gzip")
