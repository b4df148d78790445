"""A site of somebody else: pages on another origin, with a strict policy of their own, that hold the chat."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A shop</title>
<link rel="icon" href="data:,">
<script type="module" src="{server}/widget.js"></script>
</head>
<body>
<main><h1>A shop</h1><p><a href="#goods" id="goods">Goods</a></p></main>
{element}
</body>
</html>
"""
POLICY = (
    "default-src 'none'; script-src {server}; connect-src {server}; img-src data:; base-uri 'none'; "
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


@dataclass
class Site:
    """What the site's pages hold, and for which installation."""

    base: str
    server: str = ""
    element: str = "<by-the-book></by-the-book>"
    asked: list[str] = field(default_factory=list)


@contextmanager
def somebody_elses() -> Iterator[Site]:
    """Serve the site on a free port while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY.format(server=site.server))
            self.end_headers()
            self.wfile.write(PAGE.format(server=site.server, element=site.element).encode())

        def log_message(self, *_: object) -> None:
            pass

    serving = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{serving.server_address[1]}")
    thread = threading.Thread(target=serving.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield site
    finally:
        serving.shutdown()
        serving.server_close()
        thread.join(10)
