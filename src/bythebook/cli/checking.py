"""What `bythebook check` looks at, and what it finds: documents, each with the files beside it, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bythebook.adapters.bound_functions import BoundFunctions, bound_functions
from bythebook.adapters.folder import (
    DATA,
    DESCRIPTIONS,
    DOCUMENT,
    SIDECARS,
    DocumentNotFound,
    find_document,
    read_folder,
)
from bythebook.adapters.library import OWN, Folder, routines_at
from bythebook.adapters.python_functions import FunctionsBroken
from bythebook.adapters.returned_names import returned_names
from bythebook.adapters.shelf import house
from bythebook.adapters.system_clock import SystemClock
from bythebook.compiler.accepting import UNREVIEWED, reason_for
from bythebook.compiler.checks.base import Beside
from bythebook.compiler.compile import compile_document
from bythebook.compiler.problems import Problems, ReleaseProblem
from bythebook.compiler.release import BINDINGS_PATH, FUNCTIONS_PATH, build_release, read_document
from bythebook.compiler.sidecars import DOCUMENT_PATH, PHRASES_PATH, read_phrases
from bythebook.compiler.toml_places import Places
from bythebook.source.diagnostic import WHOLE_FILE, Diagnostic, Label, Severity
from bythebook.source.span import SourceFile, Span
from bythebook.source.suggest import did_you_mean

_ORDER: Final = {path: number for number, path in enumerate((DOCUMENT, *SIDECARS))}


@dataclass(frozen=True, slots=True)
class Found:
    """One finding in its file."""

    diagnostic: Diagnostic
    file: SourceFile
    """Under the path that was given, so that an editor finds the place."""

    accepted: str | None = None
    """Why the author accepts it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One document with all there is to say about it and the files beside it."""

    name: str
    path: Path
    found: tuple[Found, ...]
    """By file, the document first, and by place."""

    files: Mapping[str, SourceFile]
    """The files as text, by their path inside the folder, under the paths that were given."""

    def of(self, severity: Severity) -> tuple[Found, ...]:
        """Return the findings of a severity that nobody accepts."""
        return tuple(one for one in self.found if one.diagnostic.severity is severity and one.accepted is None)

    @property
    def ok(self) -> bool:
        """Whether the document may run."""
        return not self.of(Severity.ERROR)


def documents(given: Iterable[str], *, skip_unrelated: bool = False) -> Iterator[Path | DocumentNotFound]:
    """Return what is to be checked, each once: folders and Markdown files; and what is given and cannot be.

    A file beside a document stands for its folder; a folder of folders for those with a document. With
    `skip_unrelated`, a file of such a name that stands beside no document is passed over.
    """
    seen: set[Path] = set()
    for name in given:
        try:
            paths = _paths(find_document(name), skip_unrelated=skip_unrelated)
        except DocumentNotFound as failure:
            yield failure
            continue
        for path in paths:
            whole = path.parent if path.name == DOCUMENT else path
            if whole.resolve() not in seen:
                seen.add(whole.resolve())
                yield path


def _paths(path: Path, *, skip_unrelated: bool) -> tuple[Path, ...]:
    if path.is_dir() and not (path / DOCUMENT).is_file():
        below = sorted(path.rglob(DOCUMENT))
        shown = [
            one.parent for one in below if not any(part.startswith(".") for part in one.parts[len(path.parts) :])
        ]
        if not shown:
            raise DocumentNotFound(
                f"{path} has no {DOCUMENT}, and no folder in it has one; give a Markdown file, or a folder with one"
            )
        return tuple(shown)
    if path.suffix == ".md" or path.is_dir() or not path.is_file():
        return (path,)
    folder = _folder_of(path)
    if folder is not None:
        return (folder,)
    if skip_unrelated:
        return ()
    raise DocumentNotFound(f"{path} is no Markdown file, and stands beside no {DOCUMENT}")


def _folder_of(path: Path) -> Path | None:
    """Return the folder of the document that a file stands beside, or none."""
    beside = [path.parent] if path.name in SIDECARS else []
    beside += [folder.parent for folder in path.parents if folder.name in (DATA, DESCRIPTIONS)]
    return next((folder for folder in beside if (folder / DOCUMENT).is_file()), None)


def check(path: Path, beside: Sequence[str] = ()) -> Checked:
    """Return everything there is to say about a document and all its routines; raise DocumentNotFound.

    `beside` are the names of the documents that are checked with it; those in the same folder are known.
    """
    name, raw = read_folder(path)
    whole = path.is_dir() or path.name == DOCUMENT
    folder = path if path.is_dir() else path.parent
    names = (*beside, *_names_around(folder))
    by_routine = [_of_routine(routine, names, whole=whole) for routine in routines_at(path)]
    contents = {inside: content for routine in by_routine for inside, content in routine.files.items()}
    contents[DOCUMENT] = raw[DOCUMENT]
    files = {
        inside: SourceFile.of(str(folder / inside if whole else path), content.decode("utf-8", "replace"))
        for inside, content in contents.items()
    }
    found = []
    for problem, accepts in sorted(_once(by_routine), key=lambda pair: _place(pair[0])):
        file = files.get(problem.path) or SourceFile.of(problem.path, "")
        label = problem.diagnostic.label
        if label.span.end > len(file.text):
            label = WHOLE_FILE
        found.append(Found(replace(problem.diagnostic, label=label), file, reason_for(problem.diagnostic, accepts)))
    return Checked(name, path, tuple(found), files)


Accepts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _OfRoutine:
    """What is found in one routine of a document, by paths beside the document."""

    problems: tuple[ReleaseProblem, ...]
    files: Mapping[str, bytes]
    """As this routine reads them: the others' words in the document are blanks."""

    accepts: Accepts

    def reads(self, problem: ReleaseProblem) -> bool:
        """Whether the words that a finding is about are this routine's, alone or among others."""
        words = self.files.get(problem.path, b"").decode("utf-8", "replace")
        span = problem.diagnostic.label.span
        return problem.path in self.files and (span.start == span.end or bool(words[span.start : span.end].strip()))


def _of_routine(routine: Folder, known: Sequence[str], *, whole: bool) -> _OfRoutine:
    files = routine.files
    phrases = read_phrases(files.get(PHRASES_PATH), Problems.of(PHRASES_PATH))
    accepts: Accepts = phrases.accepts if whole else {}
    problems = list(_in_folder(routine.name, files) if whole else _alone(files[DOCUMENT]))
    if whole and phrases.conduct.first:
        problems += _unknown_first(phrases.conduct.first, known, files)
    named = {path: f"{routine.place}/{path}" if routine.place and path in OWN else path for path in files}
    found = tuple(replace(problem, path=named.get(problem.path, problem.path)) for problem in problems)
    return _OfRoutine(found, {named[path]: content for path, content in files.items()}, accepts)


def _unknown_first(first: str, known: Sequence[str], files: Mapping[str, bytes]) -> Iterator[ReleaseProblem]:
    """The document named under `first` is checked with this one, stands beside it, or is one of several there."""
    if any(first == name or first.startswith(f"{name}-") for name in known):
        return
    place = Places.of(PHRASES_PATH, files.get(PHRASES_PATH)).at("conduct", "first", under="no such document here")
    message = f"`{first}` is to come before this document, and no document of that name stands beside it"
    help = did_you_mean(first, known) or f"name a folder beside this one, or check both: bythebook check . {first}"
    yield ReleaseProblem(PHRASES_PATH, Diagnostic("unknown-first", Severity.WARNING, message, place, help=help))


def name_of(path: Path) -> str:
    """Return the short name of the document at a path."""
    whole = path.resolve()
    return whole.parent.name if whole.name == DOCUMENT else whole.name if whole.is_dir() else whole.stem


def _names_around(folder: Path) -> Iterator[str]:
    """Return the names of the documents that stand beside a document's folder."""
    around = folder.resolve().parent
    for place in sorted(around.iterdir()) if around.is_dir() else []:
        if (place / DOCUMENT).is_file() and place != folder.resolve():
            yield place.name
        elif place.suffix == ".md":
            yield place.stem


def _once(by_routine: Sequence[_OfRoutine]) -> Iterator[tuple[ReleaseProblem, Accepts]]:
    """What is found in words that several routines share counts where all of them find it, and is told once."""
    told: list[ReleaseProblem] = []
    for routine in by_routine:
        for problem in routine.problems:
            if problem in told:
                continue
            told.append(problem)
            if all(problem in other.problems for other in by_routine if other.reads(problem)):
                yield problem, routine.accepts


def _place(problem: ReleaseProblem) -> tuple[int, str, Span, str]:
    at = _ORDER.get(problem.path, len(_ORDER))
    return at, problem.path, problem.diagnostic.label.span, problem.name


def _alone(raw: bytes) -> Iterable[ReleaseProblem]:
    """Return the findings of a document on its own: it has no phrases to approve; only its own words count."""
    problems = Problems.of(DOCUMENT_PATH, raw)
    compiled = compile_document(read_document(raw, problems))
    return (*problems.found, *(ReleaseProblem(DOCUMENT_PATH, finding) for finding in compiled.diagnostics))


def _in_folder(name: str, files: Mapping[str, bytes]) -> Iterable[ReleaseProblem]:
    signatures: Mapping[str, tuple[str, ...]] | None = None
    returned: Mapping[str, frozenset[str]] | None = None
    beside: tuple[ReleaseProblem, ...] = ()
    functions: BoundFunctions | None = None
    if FUNCTIONS_PATH in files or BINDINGS_PATH in files:
        try:
            functions = bound_functions(files)
        except FunctionsBroken as broken:
            beside = (_broken(broken, files),)
        else:
            signatures, beside = functions.signatures, (*_unreviewed(functions, files), *functions.problems)
            returned = returned_names(files.get(FUNCTIONS_PATH, b""), functions.fields)
    elsewhere: frozenset[str] = functions.over_http if functions is not None else frozenset()
    _, compiled, problems = build_release(
        name, files, house(), signatures, Beside(returned=returned, elsewhere=elsewhere)
    )
    if functions is not None and not functions.problems:
        beside += tuple(functions.misfits(compiled, files))
    told = {problem.path for problem in problems}
    return (
        *(ReleaseProblem(DOCUMENT_PATH, finding) for finding in compiled.diagnostics),
        *problems,
        *(problem for problem in beside if problem.path not in told),
    )


def _broken(broken: FunctionsBroken, files: Mapping[str, bytes]) -> ReleaseProblem:
    path, _, line = broken.place.partition(":")
    file = SourceFile.of(path, files.get(path, b"").decode("utf-8", "replace"))
    label = WHOLE_FILE
    if line.isdecimal() and int(line) <= file.line_count:
        start = file.line_start(int(line))
        words = file.line(int(line))
        indent = len(words) - len(words.lstrip())
        label = Label(Span(start + indent, start + max(indent, len(words.rstrip()))), "it stops here")
    return ReleaseProblem(
        path, Diagnostic("broken-functions", Severity.ERROR, broken.message, label, help=broken.help)
    )


def _unreviewed(functions: BoundFunctions, files: Mapping[str, bytes]) -> tuple[ReleaseProblem, ...]:
    return tuple(
        ReleaseProblem(
            found.file,
            Diagnostic(
                UNREVIEWED,
                Severity.WARNING,
                found.message,
                Places.of(found.file, files.get(found.file)).at(
                    found.key, under="customers are told what stands here"
                ),
                help=found.help,
            ),
        )
        for found in functions.review_problems(SystemClock().now().date())
    )
