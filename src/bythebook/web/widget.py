"""The chat as one script, for the pages of this installation and of others.

`static/chat/` holds it as modules. The build makes one small file of them; where nothing was built, the modules are
served themselves, and do the same.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request, Response

STATIC: Final = Path(__file__).parent / "static"
BUILT: Final = STATIC / "vendor" / "widget.js"
MODULES: Final = b'import "./static/chat/main.js";\n'
MEDIA_TYPE: Final = "text/javascript; charset=utf-8"
CACHED: Final = "public, max-age=300, stale-while-revalidate=86400"
"""A page elsewhere asks anew after five minutes, and does not wait for the answer."""


@dataclass(frozen=True, slots=True)
class Script:
    """The script, as it is sent."""

    plain: bytes
    packed: bytes
    tag: str


def add_widget(app: FastAPI) -> None:
    """Serve `/widget.js`."""

    @app.get("/widget.js", include_in_schema=False)
    def widget(request: Request) -> Response:
        script = _script(BUILT.stat().st_mtime_ns if BUILT.exists() else 0)
        headers = {"ETag": script.tag, "Cache-Control": CACHED, "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == script.tag:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(script.packed, media_type=MEDIA_TYPE, headers={**headers, "Content-Encoding": "gzip"})
        return Response(script.plain, media_type=MEDIA_TYPE, headers=headers)


@cache
def _script(built: int) -> Script:
    """Return the script; `built` is when the build wrote it, in nanoseconds, or 0."""
    plain = BUILT.read_bytes() if built else MODULES
    return Script(plain, gzip.compress(plain, 9, mtime=0), f'"{hashlib.sha256(plain).hexdigest()[:24]}"')
