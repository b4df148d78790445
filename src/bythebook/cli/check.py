"""`bythebook check`: say what is wrong with documents and the files beside them, line by line.

Exit codes: 0 nothing stands in the way, 1 something must be mended first (with --strict a warning too), 2 something
could not be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final

from bythebook.adapters.check_pages import read_page
from bythebook.adapters.folder import DocumentNotFound
from bythebook.cli.checking import Checked, Found, check, documents, name_of
from bythebook.cli.common import EXIT_FAILED, coloured
from bythebook.cli.sarif import as_sarif
from bythebook.compiler.accepting import key_of
from bythebook.compiler.check_names import RENAMED, SUMMARIES
from bythebook.source.diagnostic import Severity
from bythebook.source.render import as_json, render, render_concise
from bythebook.source.suggest import did_you_mean

COLOURS: Final[Mapping[Severity, str]] = {Severity.ERROR: "1;31", Severity.WARNING: "1;33"}
FORMATS: Final = ("text", "line", "json", "sarif")
EXITS: Final = """\
exit codes:
  0  nothing stands in the way of running it
  1  an error must be mended first; with --strict, a warning too
  2  something given could not be read

A warning that is meant so is accepted in phrases.toml, with the reason:
  [accept]
  "report-only-condition 4" = "nobody asks each customer whether they were refused"
"""

Shown = tuple[Checked, Found]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = EXITS
    parser.add_argument(
        "documents",
        nargs="*",
        metavar="PATH",
        help="a Markdown file, a folder with document.md or a file beside one, a folder of such folders, or the name "
        "of a shipped document (the default)",
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="how findings are shown (default: text)")
    parser.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")
    parser.add_argument("--strict", action="store_true", help="let warnings count as errors do")
    parser.add_argument("--all", action="store_true", help="show what phrases.toml accepts too, with the reasons")
    parser.add_argument("--explain", metavar="NAME", help="print the page of a check, and check nothing")
    parser.add_argument("--list", action="store_true", help="list the checks, one a line, and check nothing")
    parser.add_argument(
        "--skip-unrelated",
        action="store_true",
        help="pass over a phrases.toml, functions.py, ... that stands beside no document.md",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check the documents; 0 without errors, 1 with errors, 2 where one cannot be read."""
    if arguments.list:
        width = max(map(len, SUMMARIES))
        print("\n".join(f"{name:<{width}}  {summary}" for name, summary in SUMMARIES.items()))
        return 0
    if arguments.explain is not None:
        return explain(arguments.explain)
    checked: list[Checked] = []
    unreadable = False
    paths = list(documents(arguments.documents or [""], skip_unrelated=arguments.skip_unrelated))
    names = [name_of(path) for path in paths if isinstance(path, Path)]
    for path in paths:
        try:
            if isinstance(path, DocumentNotFound):
                raise path
            checked.append(check(path, names))
        except DocumentNotFound as failure:
            print(f"bythebook: {failure}", file=sys.stderr)
            unreadable = True
    print_all(checked, arguments.format, accepted_too=arguments.all)
    stops = [Severity.ERROR, Severity.WARNING] if arguments.strict else [Severity.ERROR]
    if unreadable:
        return EXIT_FAILED
    return 1 if any(document.of(severity) for document in checked for severity in stops) else 0


def explain(name: str) -> int:
    """Print the page of a check."""
    page = read_page(RENAMED.get(name, name))
    if page is None or RENAMED.get(name, name) not in SUMMARIES:
        near = did_you_mean(name, SUMMARIES) or "`bythebook check --list` shows them"
        print(f"bythebook: no check is called `{name}`; {near}", file=sys.stderr)
        return EXIT_FAILED
    print(page, end="")
    return 0


def print_all(checked: Sequence[Checked], format: str, *, accepted_too: bool) -> None:
    """Print the findings in one of the formats."""
    shown = [
        (document, found)
        for document in checked
        for found in document.found
        if accepted_too or found.accepted is None
    ]
    terminal = sys.stdout.isatty()
    match format:
        case "json":
            print(json.dumps(_as_data(checked, accepted_too=accepted_too), ensure_ascii=False, indent=2))
        case "sarif":
            log = as_sarif(checked, shown, metadata.version("bythebook"))
            print(json.dumps(log, ensure_ascii=False, indent=2))
        case "line":
            for _, found in shown:
                print(render_concise(found.diagnostic, found.file))
            if terminal:
                print(_summary_of(checked))
        case _:
            if checked:
                print("\n\n".join([*_paragraphs(shown, to_terminal=terminal), _summary_of(checked)]))
                if terminal and (hint := _hint(shown)):
                    print(hint)


def _paragraphs(shown: Sequence[Shown], *, to_terminal: bool) -> Iterator[str]:
    for document, found in shown:
        text = render(found.diagnostic, found.file, document.files)
        if found.accepted is not None:
            text += f"\naccepted: {found.accepted}"
        head, _, rest = text.partition(" ")
        yield f"{coloured(head, COLOURS[found.diagnostic.severity], to_terminal)} {rest}"


def _summary_of(checked: Sequence[Checked]) -> str:
    counts = {kind: sum(len(document.of(kind)) for document in checked) for kind in Severity}
    return summary(counts, sum(found.accepted is not None for document in checked for found in document.found))


def summary(counts: Mapping[Severity, int], accepted: int = 0) -> str:
    """Return the last line: "0 errors, 3 warnings"; and what is accepted, where anything is."""
    said = [_count(counts[kind], kind.value) for kind in Severity]
    return ", ".join([*said, f"{accepted} accepted"] if accepted else said)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _hint(shown: Sequence[Shown]) -> str:
    """Return how to go on from here, for a person: what a finding means, and how one is accepted."""
    if not shown:
        return ""
    name = shown[0][1].diagnostic.name
    hint = f"bythebook check --explain {name}  tells more of a finding"
    key = next((key for _, found in shown if found.accepted is None and (key := key_of(found.diagnostic))), "")
    return f'{hint}\n[accept] "{key}" = "why"  in phrases.toml accepts one' if key else hint


def _as_data(checked: Sequence[Checked], *, accepted_too: bool) -> dict[str, object]:
    return {
        "documents": [
            {
                "name": document.name,
                "path": str(document.path),
                "ok": document.ok,
                "findings": [
                    {
                        **as_json(found.diagnostic, found.file, document.files),
                        "accept": key_of(found.diagnostic) or None,
                        "accepted": found.accepted,
                    }
                    for found in document.found
                    if accepted_too or found.accepted is None
                ],
            }
            for document in checked
        ],
        "errors": sum(len(document.of(Severity.ERROR)) for document in checked),
        "warnings": sum(len(document.of(Severity.WARNING)) for document in checked),
        "accepted": sum(found.accepted is not None for document in checked for found in document.found),
    }
