"""A document's conversation tests: where they stand, how they are played, how expectations are rewritten."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from bythebook.adapters.bound_functions import BoundFunctions
from bythebook.adapters.folder import DOCUMENT, DocumentNotFound, find_document
from bythebook.adapters.library import documents_at, read_library, sidecar
from bythebook.bootstrap import build_rehearsal
from bythebook.engine.event import Event, TurnPlanned
from bythebook.routine.value import Values
from bythebook.routine.wording import Release
from bythebook.settings import Settings
from bythebook.testing.coverage import Coverage
from bythebook.testing.rehearsal import Rehearsal
from bythebook.testing.script import Answer, Compared, Departure, Script, compared, names_in, read_scripts

TESTS: Final = "tests"


@dataclass(frozen=True, slots=True)
class Suite:
    """Documents that are loaded together, and the files that test them."""

    documents: tuple[str, ...]
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """How one conversation went."""

    file: Path
    script: Script
    departure: Departure | None
    seconds: float
    why: tuple[str, ...] = ()
    """What the assistant's last turn rests on."""

    compared: tuple[Compared, ...] = ()
    """Every expectation; up to the first departure, unless the conversation is played to its end."""

    @property
    def name(self) -> str:
        """What a report calls it."""
        return f"{self.file.name}: {self.script.title}"


@dataclass
class Played:
    """A suite that was played: its results, and what they reached of each document."""

    suite: Suite
    results: list[Result] = field(default_factory=list)
    coverages: tuple[Coverage, ...] = ()


def suites(given: Sequence[str], tests: str) -> tuple[Suite, ...]:
    """Return what is to be played: each document with the files in its `tests` folder; raise DocumentNotFound.

    With `tests` (a folder or file), the documents given are loaded together and those are played.
    """
    if tests:
        return (Suite(tuple(given), _files(Path(tests))),)
    found = [suite for one in given or ("",) for suite in _suites(one)]
    if not any(suite.files for suite in found):
        places = ", ".join(str(find_document(one) / TESTS) for one in given or ("",))
        raise DocumentNotFound(
            f"there are no tests in {places}; write conversations into tests/conversations.md "
            "(docs/testing-documents.md), or let `bythebook test --generate` write them"
        )
    return tuple(suite for suite in found if suite.files)


def _suites(given: str) -> Iterator[Suite]:
    path = Path(given)
    if given and path.is_file() and path.parent.name == TESTS and (path.parent.parent / DOCUMENT).is_file():
        yield Suite((str(path.parent.parent),), (path,))
    elif given and path.is_dir() and path.name == TESTS and (path.parent / DOCUMENT).is_file():
        yield Suite((str(path.parent),), _files(path))
    else:
        for document in documents_at(find_document(given)):
            place = sidecar(document, TESTS)
            yield Suite((str(document),), _files(place) if place is not None and place.is_dir() else ())


def _files(path: Path) -> tuple[Path, ...]:
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise DocumentNotFound(f"there is no {path}; give a folder with conversations in Markdown, or such a file")
    found = sorted(path.glob("*.md"))
    return tuple(file for file in found if any(script.beats for script in read_scripts(_text(file))))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as failure:
        raise DocumentNotFound(f"cannot read {file}: {failure}") from failure


def scripts_of(suite: Suite, wanted: str) -> tuple[tuple[Path, Script], ...]:
    """Return the conversations of a suite, those whose title or place (`conversations.md:23`) has the words."""
    found = [(file, script) for file in suite.files for script in read_scripts(_text(file))]
    words = wanted.lower()
    return tuple(
        (file, script) for file, script in found if words in f"{file.name}:{script.line} {script.title}".lower()
    )


def play_suite(
    suite: Suite,
    chosen: Iterable[tuple[Path, Script]],
    settings: Settings,
    to_the_end: bool = False,
    told: Callable[[Result], bool] = lambda _: True,
) -> Played:
    """Play the chosen conversations of a suite; `told` hears of each, and says whether to go on."""
    rehearsal = rehearsed(settings, suite.documents)
    played = Played(suite, coverages=tuple(Coverage(release) for release in releases_of(suite.documents, rehearsal)))
    for file, script in chosen:
        result, logs = play_one(rehearsal, file, script, to_the_end)
        for coverage in played.coverages:
            for log in logs:
                coverage.see(log, script.title)
        played.results.append(result)
        if not told(result):
            break
    return played


@dataclass(frozen=True, slots=True)
class InPython:
    """Implements the Functions port: calls what `functions.py` binds; nothing goes out, all others return nothing."""

    bound: BoundFunctions

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Return the result's fields; raise FunctionFailure."""
        if function in self.bound.over_http or function not in self.bound.signatures:
            return {}
        return self.bound.python.call(function, arguments, key)


def rehearsed(settings: Settings, documents: Sequence[str]) -> Rehearsal:
    """Return a conversation with these documents in virtual time, from which nothing goes outside."""
    return build_rehearsal(replace(settings, document=tuple(documents)), stand_in=InPython)


def releases_of(documents: Sequence[str], rehearsal: Rehearsal) -> tuple[Release, ...]:
    """Return the releases of documents that a rehearsal has loaded."""
    library = read_library(documents or ("",)).documents
    return tuple(rehearsal.runner.releases.current(folder.name).release for folder in library)


def play_one(
    rehearsal: Rehearsal, file: Path, script: Script, to_the_end: bool = False
) -> tuple[Result, tuple[Sequence[Event], ...]]:
    """Play one conversation; return how it went, and the logs of its cases."""
    cases: dict[str, None] = {}

    def do(command: Mapping[str, object]) -> Answer:
        answer = rehearsal.do(command)
        if rehearsal.case_id is not None:
            cases[rehearsal.case_id] = None
        return answer

    begun = time.monotonic()
    met: list[Compared] = []
    for one in compared(script, do):
        met.append(one)
        if not one.same and not to_the_end:
            break
    logs = tuple(rehearsal.runner.store.load(case) for case in cases)
    first = next((one for one in met if not one.same), None)
    why = _why(logs[-1]) if first is not None and logs else ()
    departure = first.departure if first is not None else None
    return Result(file, script, departure, time.monotonic() - begun, why, tuple(met)), logs


def _why(log: Sequence[Event]) -> tuple[str, ...]:
    planned = next((event for event in reversed(log) if isinstance(event, TurnPlanned)), None)
    return planned.why if planned is not None else ()


# ---------------------------------------------------------------- rewriting expectations


def rewritten(text: str, results: Sequence[Result]) -> tuple[str, int]:
    """Return a file's text with the expectations that were not met rewritten, and how many those are.

    Everything else stays as it is, to the byte: prose, spaces, line ends, the names that lines were given.
    """
    lines = text.splitlines(keepends=True)
    names = names_in(text)
    replaced: dict[int, str] = {}
    count = 0
    for result in results:
        for one in result.compared:
            if one.same or not one.mended:
                continue
            count += 1
            at = one.beat.line - 1
            body = lines[at].rstrip("\r\n")
            indent, end = body[: len(body) - len(body.lstrip())], lines[at][len(body) :]
            told = [names.short(sentence) for sentence in one.mended]
            replaced[at] = (end or "\n").join(indent + sentence for sentence in told) + end
            replaced.update(dict.fromkeys((number - 1 for number in one.beat.more), ""))
    return "".join(replaced.get(at, line) for at, line in enumerate(lines)), count


def mend(results: Sequence[Result]) -> Mapping[Path, int]:
    """Rewrite the files of these results; return how many expectations were rewritten in each that changed."""
    changed: dict[Path, int] = {}
    for file in dict.fromkeys(result.file for result in results):
        with file.open(encoding="utf-8", newline="") as opened:
            before = opened.read()
        after, count = rewritten(before, [result for result in results if result.file == file])
        if count:
            with file.open("w", encoding="utf-8", newline="") as opened:
                opened.write(after)
            changed[file] = count
    return changed
