"""A real SMTP server on this machine: STARTTLS, TLS, AUTH PLAIN, and refusals as told."""

from __future__ import annotations

import base64
import datetime as dates
import ipaddress
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

LOGIN, PASSWORD = "bythebook", "a-very-secret-password"


@dataclass(frozen=True, slots=True)
class Certificate:
    """For 127.0.0.1, signed by itself."""

    file: Path

    def shown(self) -> ssl.SSLContext:
        """What a server shows."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file)
        return context

    def trusted(self) -> ssl.SSLContext:
        """What a client needs to believe it."""
        return ssl.create_default_context(cafile=str(self.file))


def certificate(folder: Path) -> Certificate:
    """Make one."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    start = dates.datetime(2020, 1, 1, tzinfo=dates.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + dates.timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return Certificate(file)


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, shown: ssl.SSLContext | None, *, at_once: bool = False, starttls: bool = True) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.shown = shown
        self.at_once = at_once
        self.starttls = starttls and not at_once and shown is not None
        self.refusals: list[str] = []
        """Answers to the next mails, in place of taking them."""

        self.messages: list[EmailMessage] = []
        self.over_tls: list[bool] = []
        self.logins: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        with suppress(OSError, ssl.SSLError):
            if self.server.at_once:
                self._wrap()
            self._say("220 here")
            while line := self.rfile.readline():
                if not self._answer(line.decode().strip()):
                    return

    def _answer(self, line: str) -> bool:
        verb = line.upper()
        secure = isinstance(self.connection, ssl.SSLSocket)
        if verb.startswith("EHLO"):
            self._say("250-here")
            if self.server.starttls and not secure:
                self._say("250-STARTTLS")
            self._say("250 AUTH PLAIN" if secure else "250 OK")
        elif verb == "STARTTLS":
            self._say("220 go on")
            self._wrap()
        elif verb.startswith("AUTH PLAIN"):
            given = base64.b64decode(line.split()[2]).decode().split("\0")[1:]
            self.server.logins.append(given[0])
            self._say("235 come in" if given == [LOGIN, PASSWORD] else "535 no")
        elif verb == "DATA":
            self._take(secure=secure)
        elif verb == "QUIT":
            self._say("221 bye")
            return False
        else:
            self._say("250 OK")
        return True

    def _take(self, *, secure: bool) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        if self.server.refusals:
            self._say(self.server.refusals.pop(0))
            return
        self.server.messages.append(cast(Any, message_from_bytes(b"".join(lines), policy=policy.default)))
        self.server.over_tls.append(secure)
        self._say("250 taken")

    def _wrap(self) -> None:
        assert self.server.shown is not None
        self.connection = self.server.shown.wrap_socket(self.connection, server_side=True)
        self.request = self.connection
        self.rfile = self.connection.makefile("rb")

    def _say(self, line: str) -> None:
        self.connection.sendall(line.encode() + b"\r\n")

    def finish(self) -> None:
        self.rfile.close()
        self.connection.close()


@contextmanager
def taking_mail(
    shown: ssl.SSLContext | None, *, at_once: bool = False, starttls: bool = True
) -> Iterator[MailServer]:
    """Run a mail server until the block ends."""
    server = MailServer(shown, at_once=at_once, starttls=starttls)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
