"""`bythebook examples`: how the examples of a document are read, what to write, and what customers said meanwhile."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bythebook.adapters.folder import find_document
from bythebook.adapters.memory_store import MemoryStore
from bythebook.bootstrap import (
    POSTGRES,
    build_installation,
    cache_folder,
    encoder_of,
    language_model,
    open_store,
)
from bythebook.cli.accepting import accept_by_asking, accept_given, read_accepted, why_not
from bythebook.cli.beside import CannotChange
from bythebook.cli.common import add_document, explained, settings_of
from bythebook.cli.examples_shown import Report, as_data, as_text
from bythebook.engine.menu import Situation, build_menu
from bythebook.reading.model import ModelUnavailable
from bythebook.reading.paraphrases import INSTRUCTIONS, SCHEMA, drafts, question_for
from bythebook.reading.practice import practise
from bythebook.reading.suggested import Suggested
from bythebook.reading.tidy import look_over
from bythebook.routine.wording import Release
from bythebook.service.ports import Bound
from bythebook.service.unsure import unsure_messages
from bythebook.settings import Settings

ASK = ""
DRAFTING_MS = 30_000
"""Milliseconds at least that a model has for drafts: nobody waits in a chat for them."""


@dataclass(frozen=True, slots=True)
class Author:
    """What the command works with: where the document is, its release with its reader, and texts to be accepted."""

    path: Path
    bound: Bound
    settings: Settings
    suggested: tuple[Suggested, ...]
    """From real cases today. Texts from anywhere else are shown, and accepted, in the same way."""

    @property
    def release(self) -> Release:
        return self.bound.release


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_document(parser)
    parser.add_argument("--database", default="", help="show what customers said in its cases and nobody understood")
    parser.add_argument(
        "--accept",
        action="append",
        nargs="?",
        const=ASK,
        default=[],
        metavar="N=CHOICE",
        help="write a text of the list into examples.toml (2=step:3; may be repeated); alone, ask for each text",
    )
    parser.add_argument(
        "--draft",
        metavar="CHOICE",
        help="ask the language model that is set for more ways to say a choice (step:2), and accept them one by one",
    )
    parser.add_argument("--reader", choices=("local", "lexicon"), help="who reads the examples (default: local)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")


def run(arguments: argparse.Namespace) -> int:
    """Report, or accept; 0 where nothing contradicts, 1 where something does, 2 where it cannot be done."""
    return explained(lambda: _run(arguments))


def _run(arguments: argparse.Namespace) -> int:
    given = [one for one in arguments.accept if one != ASK]
    accepted = read_accepted(given)
    if arguments.draft:
        return _draft(arguments)
    if arguments.accept and not arguments.database:
        raise CannotChange("say where the texts come from: --database FILE")
    author = _author(arguments)
    if accepted:
        accept_given(author.path, author.release, author.suggested, accepted)
    if ASK in arguments.accept:
        accept_by_asking(author.path, author.release, author.suggested, sys.stdin, sys.stdout)
    if arguments.accept:
        if arguments.json:
            print(json.dumps({"accepted": accepted, "digest": _author(arguments).release.digest}, indent=2))
        else:
            print(f"the release is {_author(arguments).release.digest[:12]} now: examples are part of it")
        return 0
    report = _report(author)
    if arguments.json:
        print(json.dumps(as_data(report), ensure_ascii=False, indent=2))
    else:
        again = f"bythebook examples {author.path} --database {arguments.database}"
        print("\n".join(as_text(report, again, to_terminal=sys.stdout.isatty())))
    return 1 if report.contradictions else 0


def _draft(arguments: argparse.Namespace) -> int:
    """Show what a model drafts for a choice, and write what a person accepts of it."""
    author, choice = _author(arguments), str(arguments.draft)
    why = why_not(author.release, choice)
    if why is not None:
        raise CannotChange(why)
    if not author.settings.model_url:
        raise CannotChange("no language model is set; docs/language-model.md says how: BYTHEBOOK_MODEL_URL ...")
    deadline = max(author.settings.model_deadline_ms, DRAFTING_MS)
    model = language_model(replace(author.settings, model_deadline_ms=deadline))
    known = author.release.examples.by_choice.get(choice, ())
    menu = build_menu(author.release, Situation())
    meaning = next((entry.words for entry in menu.entries if entry.id == choice), choice)
    try:
        answer = model.ask(INSTRUCTIONS, question_for(meaning, known), SCHEMA)
    except ModelUnavailable as failure:
        raise CannotChange(f"the model gave no answer: {failure}") from failure
    found = drafts(answer.text, choice, known, model.name)
    if not found:
        raise CannotChange("the model's answer holds no texts; try again, or another model")
    if arguments.json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        accept_by_asking(author.path, author.release, found, sys.stdin, sys.stdout)
    return 0


def _author(arguments: argparse.Namespace) -> Author:
    settings = settings_of(arguments)
    path = find_document(arguments.document)
    bound = build_installation(replace(settings, document=(str(path),)), MemoryStore()).shelf.current()
    if not arguments.database:
        return Author(path, bound, settings, ())
    if not settings.database.startswith(POSTGRES) and not Path(settings.database).is_file():
        raise CannotChange(f"there is no database {settings.database}; give the file that `serve` keeps its cases in")
    store = open_store(settings)
    try:
        found = unsure_messages(store, bound.release, bound.reader)
    finally:
        store.close()
    return Author(path, bound, settings, tuple(one.suggested() for one in found))


def _report(author: Author) -> Report:
    count = sum(map(len, author.release.examples.by_choice.values()))
    if count and sys.stderr.isatty():
        print(f"reading {count} examples, each left out in its turn ...", file=sys.stderr, flush=True)
    settings = author.settings
    practice = practise(author.release, encoder_of(settings.reader, cache_folder(settings.cache)))
    return Report(author.release, practice, look_over(author.release), author.suggested)
