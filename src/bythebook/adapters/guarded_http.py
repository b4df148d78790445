"""Speaks HTTP to places that an author names, carefully: the one file that knows the HTTP library.

What is reached is decided by address, after the name was looked up and on the connection itself, so a name that turns
to a private address later opens nothing. Every exchange has one deadline, and an answer one size.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
import ssl
import threading
import time
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import httpcore2

ANSWER_BYTES_MAX: Final = 1_000_000
"""How long an answer may be."""

REDIRECTS_MAX: Final = 3
CONNECTIONS_MAX: Final = 32
IDLE_SECONDS_MAX: Final = 30.0
"""How long a connection that is not used is kept."""

PORTS: Final = {"https": 443, "http": 80}
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_METHOD_KEPT: Final = frozenset({307, 308})
_LOOKING: Final = frozenset({"GET", "HEAD"})

# At its debug level the library tells headers, and those hold secrets.
logging.getLogger("httpcore2").setLevel(logging.CRITICAL)


class NotAnswered(Exception):
    """There is no answer; why, in words that hold neither the address nor anything that was sent."""

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.again = again
        """Whether another try may go better."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is sent."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    status: int
    kind: str
    """The media type, without its parameters."""

    body: bytes
    retry_after: str = ""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Where it is allowed to go: `shop.example.com`, `*.example.com`, `10.1.2.3:8080`.

    Where none is named, every public address over https. A private address, and http, only where its host is named.
    """

    named: tuple[str, ...] = ()

    @classmethod
    def of(cls, listed: str) -> Hosts:
        """Return the hosts of a list with commas."""
        return cls(tuple(name.strip().lower() for name in listed.split(",") if name.strip()))

    def names(self, host: str, port: int) -> bool:
        """Whether the host is named, with this port or without one."""
        return any(_is_named(host.lower(), port, one) for one in self.named)

    def refusal(self, scheme: str, host: str, port: int) -> str:
        """Return why nothing is sent there; empty where something may be."""
        if self.names(host, port):
            return ""
        if self.named:
            return "its host is not among BYTHEBOOK_FUNCTION_HOSTS"
        return "" if scheme == "https" else "http is for hosts that BYTHEBOOK_FUNCTION_HOSTS names; use https"


def _is_named(host: str, port: int, named: str) -> bool:
    name, _, its_port = named.rpartition(":") if named.rpartition(":")[2].isdigit() else (named, "", "")
    if its_port and int(its_port) != port:
        return False
    name = name.strip("[]")
    return host.endswith(name[1:]) and host != name[2:] if name.startswith("*.") else host == name


class HttpClient:
    """Sends, within a deadline. Safe to use from several threads; connections are kept and used again."""

    def __init__(self, hosts: Hosts, *, answer_bytes_max: int = ANSWER_BYTES_MAX) -> None:
        self._hosts = hosts
        self._bytes_max = answer_bytes_max
        self._deadline = _Deadline()
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_verifying(),
            max_connections=CONNECTIONS_MAX,
            keepalive_expiry=IDLE_SECONDS_MAX,
            network_backend=_Guarded(hosts, self._deadline),
        )
        weakref.finalize(self, self._pool.close)

    def send(self, asked: Asked, seconds: float) -> Answered:
        """Return the answer, redirects within the same origin followed; raise NotAnswered."""
        self._deadline.at = time.monotonic() + seconds
        for _ in range(REDIRECTS_MAX + 1):
            answer, leads_to = self._once(asked)
            if leads_to is None:
                return answer
            asked = _followed(asked, answer.status, leads_to)
        raise NotAnswered(f"it was sent on more than {REDIRECTS_MAX} times", again=False)

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _once(self, asked: Asked) -> tuple[Answered, str | None]:
        parts = urlsplit(asked.url)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
        refusal = self._hosts.refusal(parts.scheme, host, port)
        if refusal:
            raise NotAnswered(refusal, again=False)
        headers = [(name.encode("ascii"), value.encode("utf-8")) for name, value in asked.headers]
        headers.append((b"Accept-Encoding", b"identity"))
        left = self._deadline.left()
        limits = {"connect": left, "read": left, "write": left, "pool": left}
        with (
            _Explained(),
            self._pool.stream(
                asked.method, asked.url, headers=headers, content=asked.body, extensions={"timeout": limits}
            ) as response,
        ):
            found = {name.lower(): value for name, value in response.headers}
            body = self._body(response, found)
        answer = Answered(
            response.status,
            found.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower(),
            body,
            found.get(b"retry-after", b"").decode("latin-1"),
        )
        leads_to = found.get(b"location", b"").decode("latin-1") if response.status in _REDIRECTS else None
        return answer, leads_to

    def _body(self, response: httpcore2.Response, headers: dict[bytes, bytes]) -> bytes:
        if headers.get(b"content-encoding", b"identity").lower() != b"identity":
            raise NotAnswered("the answer is packed, which was not asked for", again=False)
        read = bytearray()
        for piece in response.iter_stream():
            read += piece
            if len(read) > self._bytes_max:
                raise NotAnswered(f"the answer is longer than {self._bytes_max} bytes", again=False)
        return bytes(read)


def _followed(asked: Asked, status: int, leads_to: str) -> Asked:
    """Return what to send instead: within the same origin, and nothing that changes something is sent twice over."""
    try:
        url = urljoin(asked.url, leads_to)
    except ValueError:
        url = ""
    if _origin(url) != _origin(asked.url):
        raise NotAnswered(f"status {status} sends on to another place; write that place as the address", again=False)
    if asked.method not in _LOOKING and status not in _METHOD_KEPT:
        raise NotAnswered(f"status {status} sends on, and only a look-up follows", again=False)
    return Asked(asked.method, url, asked.headers, asked.body)


def _origin(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    try:
        return parts.scheme, parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return "", "", 0


def _verifying() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _Deadline(threading.local):
    """When the exchange of this thread has to be over: a drop every now and then keeps nobody waiting for ever."""

    at: float = 0.0

    def left(self) -> float:
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise NotAnswered("there was no answer in time", again=True)
        return seconds


class _Explained:
    """Turns what the library raises into words that hold nothing of what was sent."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or isinstance(error, NotAnswered):
            return
        row = next((row for row in _WORDS if isinstance(error, row[0])), None)
        if row is not None:
            raise NotAnswered(row[1], again=row[2]) from None


_WORDS: Final[tuple[tuple[type[BaseException], str, bool], ...]] = (
    (httpcore2.TimeoutException, "there was no answer in time", True),
    (httpcore2.ConnectError, "no connection could be made", True),
    (httpcore2.RemoteProtocolError, "the answer was broken off, or is not HTTP", True),
    (httpcore2.LocalProtocolError, "what is to be sent does not go into a request", False),
    (httpcore2.UnsupportedProtocol, "the address is not one of http or https", False),
    (httpcore2.NetworkError, "the connection was lost", True),
    (UnicodeError, "what is to be sent does not go into a request", False),
    (ssl.SSLError, "the other side could not show who it is (TLS)", False),
)


class _Guarded(httpcore2.NetworkBackend):
    """Connects to the address that was looked at, and to no other."""

    def __init__(self, hosts: Hosts, deadline: _Deadline) -> None:
        self._hosts = hosts
        self._deadline = deadline
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address of the host that answers and may be reached."""
        found = _addresses(host, port)
        allowed = found if self._hosts.names(host, port) else [one for one in found if _is_public(one)]
        if not allowed:
            why = "its host leads to a private address; name it in BYTHEBOOK_FUNCTION_HOSTS where that is meant"
            raise NotAnswered(why, again=False)
        failure: Exception | None = None
        for address in allowed:
            try:
                stream = self._inner.connect_tcp(address, port, self._deadline.left(), local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _Bounded(stream, self._deadline)
        assert failure is not None, "an address was tried"
        raise failure


class _Bounded(httpcore2.NetworkStream):
    """A connection on which nothing goes on after the deadline of the exchange it is used for."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: _Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Bounded(self._inner.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotAnswered("its host is not known", again=True) from error
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def _is_public(address: str) -> bool:
    """Whether an address is of the open internet: not of this machine, this network, or a cloud's own services."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    seen = inner or parsed
    return seen.is_global and not seen.is_multicast
