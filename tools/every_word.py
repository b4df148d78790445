"""Writes docs/every-word.md: every text a customer can get that no document quotes, on one page to be read.

How to run, from the repository's root:

    python tools/every_word.py            writes the page
    python tools/every_word.py --check    exits with 1 when the page is not what would be written
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from bythebook.adapters.python_functions import PythonFunctions, load_functions
from bythebook.engine.render import fill

ROOT: Final = Path(__file__).resolve().parent.parent
HOUSE: Final = ROOT / "src" / "bythebook" / "house.toml"
ROUTINES: Final = ROOT / "routines"
PAGE: Final = ROOT / "docs" / "every-word.md"

HEAD: Final = """\
# Every word

A customer gets the words of the document: its quoted lines and its article's answers. This page lists every
other text there is: the phrases of the house, the phrases approved for a document, what its functions tell,
and the buttons. Besides these, only a human writes to a customer.

<!-- Written by tools/every_word.py. Change house.toml or a document's phrases.toml, and run it again. -->
"""


def main() -> int:
    arguments = argparse.ArgumentParser(description="Writes docs/every-word.md.")
    arguments.add_argument("--check", action="store_true", help="only compare; exit with 1 when it is stale")
    arguments.add_argument("--house", type=Path, default=HOUSE, help="the house phrases")
    arguments.add_argument("--routines", type=Path, default=ROUTINES, help="the folder of all documents")
    arguments.add_argument("--to", type=Path, default=PAGE, help="the page")
    options = arguments.parse_args()
    text = page(options.house, options.routines)
    if not options.check:
        options.to.write_text(text, encoding="utf-8")
        return 0
    if options.to.is_file() and options.to.read_text(encoding="utf-8") == text:
        return 0
    print(f"{options.to} is stale; run `python tools/every_word.py`", file=sys.stderr)
    return 1


def page(house: Path, routines: Path) -> str:
    """Return the page's text."""
    folders = sorted(path.parent for path in routines.glob("*/phrases.toml"))
    lines = [HEAD, *house_part(_toml(house))]
    for folder in folders:
        lines += routine_part(folder)
    return "\n".join(lines).rstrip() + "\n"


def house_part(house: Mapping[str, Any]) -> Iterator[str]:
    yield "## Phrases of the house"
    yield ""
    yield "A hole in braces is filled only with words of the document."
    yield ""
    yield "| name | text | said when |"
    yield "|---|---|---|"
    for name, phrase in house["phrase"].items():
        yield f"| `{name}` | {_cell(phrase['text'])} | {_cell(phrase['when'])} |"
    yield ""
    yield "## Buttons"
    yield ""
    yield "Other buttons show words of the document: a condition's name, or words that point at something."
    yield ""
    yield "| name | label |"
    yield "|---|---|"
    for name, label in house["button"].items():
        yield f"| `{name}` | {_cell(label)} |"
    yield ""


def routine_part(folder: Path) -> Iterator[str]:
    phrases = _toml(folder / "phrases.toml")
    functions = _functions(folder)
    yield f"## The document `{folder.name}`"
    yield ""
    for label, phrase in phrases.get("line", {}).items():
        yield from _phrase(f"Line {label}", phrase)
    for name, phrase in phrases.get("function", {}).items():
        yield from _phrase(f"What `{name}` tells", phrase)
        yield from _example(name, phrase["text"], functions)
    for name in sorted(set(functions.signatures) - set(phrases.get("function", {}))):
        yield f"### What `{name}` tells"
        yield ""
        yield "Nothing."
        yield ""
    for name, phrase in phrases.get("house", {}).items():
        yield from _phrase(f"In place of the house's `{name}`", phrase)


def _phrase(title: str, phrase: Mapping[str, str]) -> Iterator[str]:
    yield f"### {title}"
    yield ""
    yield from _block(phrase["text"])
    if phrase.get("source"):
        yield f"Approved for the document's words: “{phrase['source']}”"
        yield ""
    yield f"Approved by: {phrase.get('approved_by') or 'nobody yet; it is a draft'}"
    yield ""


def _example(name: str, template: str, functions: PythonFunctions) -> Iterator[str]:
    """Show the phrase filled; only a look-up that needs nothing can be called for a page."""
    if functions.signatures.get(name) != () or name in functions.effects:
        return
    yield "For example:"
    yield ""
    yield from _block(fill(template, functions.call(name, {}, "every-word:0")))


def _functions(folder: Path) -> PythonFunctions:
    file = folder / "functions.py"
    data = folder / "data"
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(data.rglob("*.toml"))}
    return load_functions(file.read_bytes() if file.is_file() else b"", file.name, files)


def _block(text: str) -> tuple[str, ...]:
    return ("```text", text, "```", "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


def _toml(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
