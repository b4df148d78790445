"""The chat as one script, for the pages of this installation and of others.

`static/chat/` holds it as modules. The build makes one small file of them; where that was not made, or is stale, the
modules are served themselves, and do the same.
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
SOURCE: Final = STATIC / "chat"
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
    script = widget_script()

    @app.get("/widget.js", include_in_schema=False)
    def widget(request: Request) -> Response:
        headers = {"ETag": script.tag, "Cache-Control": CACHED, "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == script.tag:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(script.packed, media_type=MEDIA_TYPE, headers={**headers, "Content-Encoding": "gzip"})
        return Response(script.plain, media_type=MEDIA_TYPE, headers=headers)


def is_built() -> bool:
    """Whether the one file is there, and was made from the modules as they are."""
    return BUILT.exists() and digest_of(SOURCE) in BUILT.read_text("utf-8").partition("\n")[0]


def digest_of(modules: Path) -> str:
    """Return the digest of a folder of modules, as `tools/build_frontend.py` notes it in what it makes of them."""
    digest = hashlib.sha256()
    for path in sorted(modules.glob("*.js")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def widget_script() -> Script:
    """Return the script as it is sent."""
    return _packed(BUILT.read_bytes() if is_built() else MODULES)


@cache
def _packed(plain: bytes) -> Script:
    return Script(plain, gzip.compress(plain, 9, mtime=0), f'"{hashlib.sha256(plain).hexdigest()[:24]}"')
