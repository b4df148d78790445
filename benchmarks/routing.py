"""Which document an opening is routed to, where all documents of a folder are loaded together.

    python benchmarks/routing.py FOLDER... --messages FILE.jsonl [--reader local] [--without PATTERN] [--show]

Every document of the folders is loaded, also one that would not run yet: only its words are needed here. A row of
FILE is {"text": ..., "want": NAME}: the name of a document, a list of names where it cannot be told which, a choice
such as "act:greeting", or null where no document fits. Besides, each document is asked for by its own title, the
questions of its article and its author's examples: those are easy, and told apart.

**right** is the document alone; where none fits, none. **asked** offers at most two, the wanted one among them.
**none** misses a document that fits, and **wrong** is another one: taken, or asked about without the wanted one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from bythebook.adapters.library import Folder, read_library
from bythebook.adapters.shelf import house
from bythebook.bootstrap import encoder_of
from bythebook.compiler.cards import CARDS_PATH, deal, write_cards
from bythebook.compiler.compile import compile_document
from bythebook.compiler.problems import Problems
from bythebook.compiler.release import build_reception, build_release
from bythebook.compiler.sidecars import EXAMPLES_PATH, PHRASES_PATH, read_examples, read_phrases
from bythebook.engine.menu import Situation, build_menu
from bythebook.reading.port import Reading
from bythebook.reading.routing import Router
from bythebook.routine.wording import RECEPTION, Release, Wording
from bythebook.source.span import SourceFile

OUTCOMES: Final = ("right", "asked", "none", "wrong")
DOCUMENT: Final = "document:"


@dataclass(frozen=True, slots=True)
class Message:
    """A message and what it should be read as."""

    text: str
    want: tuple[str, ...]
    """Documents or choices; several where it cannot be told which, none where nothing fits."""

    kind: str


def loaded(folder: Folder) -> Release:
    """Return a document as a release, with its errors if it has any."""
    release, compiled, _ = build_release(folder.name, folder.files, house())
    if release is not None:
        return release
    conduct = read_phrases(folder.files.get(PHRASES_PATH), Problems.of(PHRASES_PATH)).conduct
    examples = read_examples(folder.files.get(EXAMPLES_PATH), Problems.of(EXAMPLES_PATH))
    return Release(
        folder.name, compiled.routine.digest, compiled.file, compiled.routine, Wording({}, {}, {}), examples, conduct
    )


def has_steps(folder: Folder) -> bool:
    """Whether there is a routine in it."""
    text = folder.files["document.md"].decode("utf-8", "replace")
    return bool(compile_document(SourceFile.of("document.md", text)).routine.steps)


def of_their_own(reception: Release) -> Iterable[Message]:
    """Each document's title, and what its author or article says that its customers ask."""
    for card in reception.others:
        yield Message(card.title, (card.name,), "titles")
        yield from (Message(text, (card.name,), "questions, conditions, examples") for text in card.asked)


def of_file(path: Path, known: Sequence[str]) -> Iterable[Message]:
    """The messages of a file; those for documents that are not loaded are left out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        want = row["want"] if isinstance(row["want"], list) else [row["want"]] if row["want"] else []
        if all(one in known or ":" in one for one in want):
            kinds = ("no document fits", "one fits", "several fit")
            kind = kinds[min(len(want), 2)] if not any(":" in one for one in want) else "said anywhere"
            yield Message(row["text"], tuple(want), f"{path.stem}: {kind}")


def judged(reading: Reading, message: Message) -> str:
    """Return how a reading turned out."""
    found = [choice.id.removeprefix(DOCUMENT) for choice in reading.choices if choice.id.startswith(DOCUMENT)]
    if not message.want:
        return "right" if not found else "asked" if reading.unsure else "wrong"
    if any(":" in one for one in message.want):
        return "right" if any(choice.id in message.want for choice in reading.choices) and not found else "wrong"
    if not found:
        return "none"
    if not set(found) & set(message.want):
        return "wrong"
    return "asked" if reading.unsure or len(found) > 1 else "right"


def main(arguments: Sequence[str]) -> int:
    """Print the shares; return 2 when there is nothing to load."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--messages", type=Path, nargs="*", default=[], help="held-out messages, as JSON lines")
    parser.add_argument("--reader", choices=("local", "lexicon"), default="local")
    parser.add_argument("--without", nargs="*", default=[], help="names of documents to leave out, with * and ?")
    parser.add_argument("--show", action="store_true", help="print each message that did not turn out right")
    given = parser.parse_args(arguments)
    folders = [
        one for one in read_library(given.folders).documents if not any(fnmatch(one.name, p) for p in given.without)
    ]
    releases = [loaded(folder) for folder in folders if has_steps(folder)]
    cards = deal(releases, {folder.name: folder.title for folder in folders})
    if RECEPTION not in cards:
        print("fewer than two documents there: nothing to route between", file=sys.stderr)
        return 2
    reception, _ = build_reception({CARDS_PATH: write_cards(cards[RECEPTION])}, house())
    assert reception is not None
    router, menu = (
        Router(reception, encoder_of(given.reader, None, together=True)),
        build_menu(reception, Situation()),
    )
    counts: dict[str, Counter[str]] = {}
    names = [card.name for card in reception.others]
    for message in (*of_their_own(reception), *(m for path in given.messages for m in of_file(path, names))):
        reading = router.read(message.text, menu)
        outcome = judged(reading, message)
        counts.setdefault(message.kind, Counter())[outcome] += 1
        if given.show and outcome != "right":
            found = ", ".join(f"{choice.id} {choice.confidence:.2f}" for choice in reading.choices) or "nothing"
            print(f"{outcome:>6}  {message.text!r}  wanted {' or '.join(message.want) or 'none'}, found {found}")
    print(f"{len(names)} documents, reader {given.reader}\n")
    print(f"| messages | | {' | '.join(OUTCOMES)} |\n|---|---:|{'---:|' * len(OUTCOMES)}")
    for kind, found in counts.items():
        total = found.total()
        print(f"| {kind} | {total} | {' | '.join(f'{found[one] / total:.0%}' for one in OUTCOMES)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
