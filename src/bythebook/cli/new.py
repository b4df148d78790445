"""`bythebook new`: a document from a help-center article, with everything beside it, ready to be tried and worded."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bythebook.adapters.folder import DOCUMENT, DocumentNotFound
from bythebook.adapters.new_folder import CannotWrite, refuse_taken, write_new_folder
from bythebook.adapters.shelf import house
from bythebook.cli.articles import STANDARD_INPUT, read_article_file
from bythebook.cli.common import coloured, explained
from bythebook.compiler.compile import Compiled
from bythebook.compiler.release import build_release
from bythebook.compiler.scaffold.beside import conversations_text, examples_text, phrases_text
from bythebook.compiler.scaffold.document import Plan, document_text, plan_of
from bythebook.compiler.scaffold.sections import in_the_way
from bythebook.compiler.sidecars import EXAMPLES_PATH, PHRASES_PATH
from bythebook.compiler.text import snake
from bythebook.engine.words import without_article
from bythebook.source.diagnostic import Severity
from bythebook.source.render import render_concise
from bythebook.source.span import SourceFile

TESTS_PATH: Final = "tests/conversations.md"
STANDARD_OUTPUT: Final = "-"
FOLDER_NAME_MAX: Final = 60
ERRORS_SHOWN_MAX: Final = 5
BOLD, YELLOW = "1", "33"
_FRONT: Final = re.compile(r"---[ \t]*\n(?P<rows>(?:[^\n]*\n){0,40}?)---[ \t]*\n")
_TITLE: Final = re.compile(r"^title:[ \t]*[\"']?(?P<title>[^\"'\n]+)", re.M)


@dataclass(frozen=True, slots=True)
class Made:
    """A new document: what was found in the article, and every file of the folder."""

    plan: Plan
    compiled: Compiled
    files: Mapping[str, str]
    warnings: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("article", metavar="ARTICLE", help="Markdown, plain text or HTML; - for standard input")
    parser.add_argument(
        "folder",
        nargs="?",
        metavar="FOLDER",
        help="the folder to make (default: by the title); - prints document.md and makes nothing",
    )
    parser.add_argument("--title", default="", help="what the document is called (default: found in the article)")
    parser.add_argument(
        "--quote",
        action="store_true",
        help="put the article's sentences into the routine, instead of lines that are to be worded",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be written; make nothing")


def run(arguments: argparse.Namespace) -> int:
    """Make the folder; 0 done, 2 where the article cannot be read or the folder cannot be made."""
    return explained(lambda: _run(arguments))


def _run(arguments: argparse.Namespace) -> int:
    to_output = arguments.folder == STANDARD_OUTPUT
    if arguments.folder and not to_output and not arguments.dry_run:
        refuse_taken(Path(arguments.folder))
    made = make(arguments.article, arguments.title, quoting=arguments.quote)
    if to_output:
        print(made.files[DOCUMENT], end="")
        return 0
    folder = Path(arguments.folder or _folder_name(made.plan.title))
    if arguments.dry_run:
        for name, text in made.files.items():
            print(f"==> {folder / name} <==\n{text}")
    else:
        write_new_folder(folder, made.files)
    done = "would write" if arguments.dry_run else "wrote"
    print("\n".join(report(made, folder, done, to_terminal=sys.stdout.isatty())))
    return 0


def make(article: str, title: str, *, quoting: bool) -> Made:
    """Return the document that an article becomes; raise DocumentNotFound, or CannotWrite where it would not run."""
    file, named = _without_front(read_article_file(article))
    name = "" if article == STANDARD_INPUT else Path(article).stem
    hidden = in_the_way(file)
    if hidden is not None:
        raise CannotWrite(f"{file.path}:{hidden[0]}: {hidden[1]}")
    plan = plan_of(file, name, " ".join((title or named).split()), quoting=quoting)
    if not any(section.sentences for section in plan.sections):
        raise DocumentNotFound(f"{file.path} has no sentences that could answer a customer")
    files = {DOCUMENT: document_text(plan)}
    compiled, _ = _checked(files, file.path)
    files[PHRASES_PATH] = phrases_text(plan, compiled)
    files[EXAMPLES_PATH] = examples_text(plan, compiled.routine)
    compiled, warnings = _checked(files, file.path)
    files[TESTS_PATH] = conversations_text(compiled.routine, without_article)
    return Made(plan, compiled, files, warnings)


def _checked(files: Mapping[str, str], path: str) -> tuple[Compiled, int]:
    """Return the compiled document and how many warnings there are; raise CannotWrite where there is an error."""
    raw = {name: text.encode("utf-8", "surrogatepass") for name, text in files.items()}
    release, compiled, problems = build_release("new", raw, house())
    errors = [render_concise(one, compiled.file) for one in compiled.diagnostics if one.severity is Severity.ERROR]
    errors += [f"{one.path}: {one.message}" for one in problems if one.severity is Severity.ERROR]
    if release is None:
        what = "\n  ".join(errors[:ERRORS_SHOWN_MAX])
        raise CannotWrite(f"{path} holds something that a document cannot: take it out, then try again\n  {what}")
    return compiled, len(compiled.diagnostics) + len(problems)


def _without_front(file: SourceFile) -> tuple[SourceFile, str]:
    """Return the article without the rows that a website keeps about it at its top, and the title these name."""
    match = _FRONT.match(file.text)
    if match is None:
        return file, ""
    found = _TITLE.search(match["rows"])
    return SourceFile.of(file.path, file.text[match.end() :]), found["title"].strip() if found else ""


def _folder_name(title: str) -> str:
    return snake(title)[:FOLDER_NAME_MAX].strip("_").replace("_", "-") or "new-document"


# ---------------------------------------------------------------- for the author


def report(made: Made, folder: Path, done: str, *, to_terminal: bool) -> Iterator[str]:
    """Return what was found, what to look at, and what to do next."""
    plan, routine = made.plan, made.compiled.routine
    warnings = f"{made.warnings} warning{'' if made.warnings == 1 else 's'}"
    yield coloured(f"{done} {folder}", BOLD, to_terminal)
    yield f"  {DOCUMENT}, {PHRASES_PATH}, {EXAMPLES_PATH}, {TESTS_PATH}; {warnings} to be looked at"
    yield coloured("found in the article", BOLD, to_terminal)
    yield f"  title       {plan.title}"
    for at, topic in enumerate(routine.article.topics):
        yield f"  {'questions' if at == 0 else '':<11} {topic.number} {topic.question}"
    asked = [case.name for case in plan.cases.asked]
    yield f"  cases       {', '.join(asked) or 'none that are plain: the routine says one thing to everybody'}"
    for case in plan.cases.reported:
        yield f"  reported    the customer{'' if case.name.startswith(chr(39)) else ' '}{case.name}"
    for at, need in enumerate(plan.needs):
        called = "" if _is_called(need.function, made) else " (not called yet)"
        yield f'  {"functions" if at == 0 else "":<11} {need.function}{called}, for "{need.words}"'
    told = [one for one in plan.furniture if any(one.text in topic.text for topic in routine.article.topics)]
    if told:
        yield coloured("take these lines out if customers should not be told them", YELLOW, to_terminal)
        yield from (f'  line {one.line} of the article: "{one.text}"' for one in told)
    yield coloured("next", BOLD, to_terminal)
    yield from (f"  {at}. {step}" for at, step in enumerate(_next(made, folder), start=1))


def _is_called(function: str, made: Made) -> bool:
    return f"Call the `{function}` function" in made.files[DOCUMENT]


def _next(made: Made, folder: Path) -> Iterator[str]:
    if not made.plan.quoting:
        yield f'word the lines that say "Tell the customer ..." in {folder / DOCUMENT}, or make it again with --quote'
    if made.plan.needs:
        yield "take out the functions that you do not have; a developer binds the others in functions.py"
    yield f"bythebook chat {folder} --why      talk to it; it runs as it is"
    yield f"bythebook check {folder}           what is still to be done, line by line"
    yield f"bythebook examples {folder}        what to write into {EXAMPLES_PATH}, so that customers are understood"
    yield f'bythebook phrases {folder}         read what is drafted, and approve it: --approve LABEL --as "Your Name"'
