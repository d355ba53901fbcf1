"""The whole program as browsers meet it: the demo on plain loopback, and the same data behind nginx with TLS.

    python -m tests.browser.stage HOME PORT SECURE_PORT

`SECURE_PORT` is nginx's; the program behind it has a port of its own. Prints `the stage is ready` when both answer, and ends
with what started it, like the demo.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from deploy.demo import household
from deploy.demo import start as demo
from deploy.demo.web import ALONE
from tests.running import until
from tools.embedded.processes import Child, fresh_log, lock

SITE = Path(__file__).resolve().parents[2] / "deploy/nginx.conf"
NAME, READY = "henvis.example", "the stage is ready"
# What a machine's own configuration of nginx has around the site, all of it in a folder of ours.
AROUND = """
{user}daemon off;
pid {home}/nginx.pid;
error_log stderr;
worker_processes 1;
events {{}}
http {{
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
{site}
}}
"""


def main() -> None:
    """Start all, and wait."""
    home, port, secure = Path(sys.argv[1]).absolute(), int(sys.argv[2]), int(sys.argv[3])
    demo._take_signals(signal.default_int_handler)
    with ExitStack() as stack:
        running = demo._start(stack, home, port)
        demo._until_complete(running)
        assert household.read_step(home / household.LINE) is None, household.FAILED
        assert running.database is not None
        stack.enter_context(behind_nginx(home / "secure", secure, running.database.web_url))
        print(READY, flush=True)
        demo._wait(running)


@contextmanager
def behind_nginx(home: Path, port: int, url: str) -> Iterator[None]:
    """The program as it is deployed: nothing of the demo's leave to do without TLS, and the site of deploy/ before it."""
    home.mkdir(exist_ok=True)
    inner = free_port()
    held = lock(home / "lock")
    with ExitStack() as stack:
        stack.callback(os.close, held)
        with deployed():
            server = stack.enter_context(demo.serve(home, inner, held, url, ALONE))
            demo.tell(server, "\n")
        demo._until_ready(server, inner, home / "server.log")
        stack.enter_context(nginx(home, port, inner))
        until(lambda: answers(port))
        yield


@contextmanager
def deployed() -> Iterator[None]:
    """The variables of a deployment."""
    before = dict(os.environ)
    os.environ.update(HENVIS_BEHIND_PROXY="1", HENVIS_ALLOWED_HOSTS=NAME)
    del os.environ["HENVIS_INSECURE_LOOPBACK"]
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def nginx(home: Path, port: int, inner: int) -> Child:
    """The proxy on a port of loopback."""
    return Child(
        command(home, port, inner),
        stop_by=signal.SIGTERM,
        patience=5,
        env=dict(os.environ),
        output=fresh_log(home / "nginx.log"),
    )


def command(home: Path, port: int, inner: int) -> list[str]:
    """What starts the proxy, once its files are written."""
    certify(home)
    text = site(
        {
            "    listen 80;\n    listen [::]:80;\n": "",
            "    listen [::]:443 ssl;\n": "",
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "/var/log/nginx/error.log": str(home / "error.log"),
            "/etc/ssl/henvis": str(home),
            "127.0.0.1:8000": f"127.0.0.1:{inner}",
            "192.0.2.0/24": "127.0.0.1",
        }
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    (home / "nginx.conf").write_text(AROUND.format(user=user, home=home, site=text))
    return ["nginx", "-p", str(home), "-c", str(home / "nginx.conf"), "-e", "stderr"]


def site(changes: dict[str, str]) -> str:
    """The site of deploy/ with what each deployment puts in place."""
    text = SITE.read_text()
    for what, by in changes.items():
        assert what in text, what
        text = text.replace(what, by)
    return text


def certify(home: Path) -> None:
    """A certificate that nobody but these tests believes."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string(f"CN={NAME}")
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=2)
    )
    signed = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False).sign(key, SHA256())
    (home / "certificate.pem").write_bytes(signed.public_bytes(Encoding.PEM))
    (home / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def answers(port: int) -> bool:
    """Whether somebody listens."""
    with socket.socket() as probe:
        return probe.connect_ex((demo.HOST, port)) == 0


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((demo.HOST, 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(0)
