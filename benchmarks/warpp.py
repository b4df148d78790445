"""Customers from a record, through whole routines: which calls are made, beside those that should have been.

    python benchmarks/warpp.py RECORD.json --before AUTHENTICATOR.md [--routine ROUTINE.md] [--json] [--why]

The record is a file of the WARPP benchmark: customers with what they know, their first words, what each function
returned, and the calls that are right (`traxgen`). The documents run as they stand, through the same runner as any
installation, in memory and in virtual time. The customer's side is one fixed script for every record: it looks at
the question that is pending, as a person would, and answers it from what the record says that this customer knows;
yes where it is asked to go on; "no, that's all" to "anything else?". Who the customer is (`customer_id`) is known
from the start, as to an installation whose customers are logged in. The exit code is always 0.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from bythebook.adapters.folder import read_folder
from bythebook.adapters.function_types import as_values
from bythebook.adapters.shelf import house
from bythebook.bootstrap import build_rehearsal
from bythebook.compiler.phrase_needs import phrase_needs
from bythebook.compiler.problems import Problems
from bythebook.compiler.release import build_release
from bythebook.compiler.sidecars import read_phrases
from bythebook.engine.event import Asked, AssistantSaid, CustomerSaid, Event, FunctionCalled, Offered
from bythebook.engine.evolve import replay
from bythebook.engine.state import CaseState, Status
from bythebook.routine.model import Ask, Collect, QuestionKind, Routine
from bythebook.routine.value import Values
from bythebook.service.desk import Desk
from bythebook.service.ports import FunctionFailure
from bythebook.settings import Settings
from bythebook.source.diagnostic import Severity
from bythebook.testing.rehearsal import Rehearsal

BESIDE: Final = Path(__file__).parent.parent / "tests" / "foreign"
"""What a support lead wrote beside the documents: a folder for each, by the name of its file."""

TURNS_MAX: Final = 40
"""Messages of one customer after which a conversation is broken off."""

ROOT: Final = 5
"""Letters by which two words are told to be one ("authentication", "authenticator")."""

YES: Final = "yes, please"
NO_MORE: Final = "no, that's all, thanks"
UNKNOWN: Final = "I'm not sure"

_SAYS_YES_OR_NO: Final = re.compile(r"(?:yes|no)\b", re.I)
_CALL: Final = re.compile(r"tool:\s*(?P<name>\w+)\((?P<arguments>.*)\)$", re.S)
_ARGUMENT: Final = re.compile(r"(?:^|,\s*)(?P<name>\w+)=")


@dataclass(frozen=True)
class Called:
    """One call, its arguments as texts."""

    name: str
    arguments: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, name: str, arguments: Mapping[str, object]) -> Called:
        return cls(name, tuple(sorted((key, str(value)) for key, value in arguments.items())))

    @classmethod
    def read(cls, text: str) -> Called | None:
        """Return a call as the record writes it: `tool: f(a=1, b=two words)`; None for what is no call."""
        match = _CALL.match(text.strip())
        if match is None:
            return None
        inside, starts = match["arguments"], list(_ARGUMENT.finditer(match["arguments"]))
        ends = [*(one.start() for one in starts[1:]), len(inside)]
        given = {one["name"]: inside[one.end() : end].strip() for one, end in zip(starts, ends, strict=True)}
        return cls.of(match["name"], given)

    def __str__(self) -> str:
        return f"{self.name}({', '.join(f'{key}={value}' for key, value in self.arguments)})"


# ---------------------------------------------------------------- the customer


@dataclass
class Customer:
    """What one customer knows, by the words that the record has for it. Several values are given one a time asked."""

    id: str
    first: str
    known: Mapping[tuple[str, ...], Sequence[str]]
    facts: Values
    given: Counter[tuple[str, ...]] = field(default_factory=Counter)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Customer:
        told = row["user_provided_info"]
        known = {path: values for path, values in _leaves(told) if path != ("first_utterance",)}
        return cls(str(row["customer_id"]), str(told["first_utterance"]), known, {"customer_id": row["customer_id"]})

    def answers(self, asked: str, state: CaseState, routine: Routine) -> str:
        """Return what this customer says to the question that is pending, as a person sees it."""
        line = routine.line(state.pending) if state.pending and state.offer is None else None
        match line.instruction if line is not None else None:
            case Collect(slots=slots):
                return self._told([self._best(f"{slot.name} {slot.words}") for slot in slots])
            case Ask(kind=QuestionKind.ANYTHING_ELSE):
                return NO_MORE
            case Ask(kind=QuestionKind.WHICH | QuestionKind.OPEN):
                return self._best(asked) or YES
            case _:
                return self._best(asked, _SAYS_YES_OR_NO) or YES

    def _told(self, values: Sequence[str | None]) -> str:
        given = [value for value in values if value is not None]
        if not given:
            return UNKNOWN
        return f"It's {given[0]}." if len(given) == 1 else f"{', '.join(given)}."

    def _best(self, words: str, form: re.Pattern[str] | None = None) -> str | None:
        """Return what the record knows under the most of these words."""
        wanted = _roots(words)
        paths = [path for path, values in self.known.items() if form is None or form.match(values[0])]
        scored = [(len(wanted & _roots(" ".join(path))), -len(path[-1]), path) for path in paths]
        score, _, path = max(scored, default=(0, 0, ()))
        if not score:
            return None
        values = self.known[path]
        self.given[path] += 1
        return values[min(self.given[path], len(values)) - 1]


def _leaves(told: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Sequence[str]]]:
    if isinstance(told, Mapping):
        for name, value in told.items():
            yield from _leaves(value, (*path, str(name)))
    elif isinstance(told, list):
        yield path, [str(value) for value in told]
    elif told is not None:
        yield path, [str(told)]


def _roots(words: str) -> frozenset[str]:
    return frozenset(word[:ROOT] for word in re.findall(r"[a-z]+", words.lower().replace("_", " ")))


# ---------------------------------------------------------------- the functions


@dataclass
class Recorded:
    """Implements the Functions port: answers what the record holds for the customer who is served now.

    `{"then": [...]}` holds the results of one call after another; the last one stays.
    """

    results: Mapping[str, Any] = field(default_factory=dict)
    made: Counter[str] = field(default_factory=Counter)

    def call(self, function: str, arguments: Values, key: str) -> Values:
        """Return the recorded result; raise FunctionFailure where the record has none."""
        if function not in self.results:
            raise FunctionFailure(f"the record has no result of `{function}`")
        result = self.results[function]
        if isinstance(result, Mapping) and set(result) == {"then"}:
            in_turn = result["then"]
            self.made[function] += 1
            result = in_turn[min(self.made[function], len(in_turn)) - 1]
        return as_values(result)

    def serve(self, results: Mapping[str, Any]) -> None:
        """Answer for another customer from now on."""
        self.results = results
        self.made.clear()


# ---------------------------------------------------------------- one run


@dataclass(frozen=True)
class Run:
    """What one customer's conversation came to."""

    customer: str
    key: str
    calls: tuple[Called, ...]
    right: tuple[tuple[Called, ...], ...]
    """The recorded trajectories; any of them will do."""

    status: str
    talk: tuple[str, ...]

    @property
    def exact(self) -> bool:
        return self.calls in self.right

    @property
    def exact_names(self) -> bool:
        return _names(self.calls) in [_names(right) for right in self.right]

    def counts(self, *, names: bool) -> tuple[int, int, int]:
        """Return how many calls are shared with the nearest recorded trajectory, made, and right."""
        made = _names(self.calls) if names else self.calls
        found = [
            (sum((Counter(made) & Counter(_names(right) if names else right)).values()), len(made), len(right))
            for right in self.right
        ]
        return max(found, key=lambda count: 2 * count[0] / max(1, count[1] + count[2]), default=(0, len(made), 0))


def _names(calls: Iterable[Called]) -> tuple[object, ...]:
    return tuple(call.name for call in calls)


def converse(rehearsal: Rehearsal, customer: Customer) -> tuple[CaseState, list[Event]]:
    """Lead one conversation to its end, and return where it stands and its log."""
    rehearsal.do({"new": True})
    case = rehearsal.case_id
    assert case is not None
    for name, value in customer.facts.items():
        Desk(rehearsal.runner).learn(case, "the log-in", name, value)
    text = customer.first
    for _ in range(TURNS_MAX):
        said = rehearsal.do({"say": text}).get("said", [])
        asked = str(said[-1]["text"]) if isinstance(said, list) and said else ""
        state = rehearsal.runner.known(case)
        if state.status is not Status.OPEN or (state.pending is None and state.offer is None):
            break
        text = customer.answers(asked, state, rehearsal.runner.releases.get(state.release).release.routine)
    log = list(rehearsal.runner.store.load(case))
    return replay(log), log


def run(
    rehearsal: Rehearsal, functions: Recorded, record: Mapping[str, Any], key: str, row: Mapping[str, Any]
) -> Run:
    """Run one customer with the results of one key of the record; what that lacks, another key may have."""
    customer = Customer.of(row)
    others = [results for results in record["tool_results"].values() if customer.id in results]
    own = record["tool_results"][key].get(customer.id, {})
    merged: dict[str, object] = {}
    for results in (*(other[customer.id] for other in others), own):
        merged |= results
    functions.serve(merged)
    state, log = converse(rehearsal, customer)
    calls = tuple(Called.of(event.function, event.arguments) for event in log if isinstance(event, FunctionCalled))
    recorded = record["recorded"][key].get(customer.id, {}).get("traxgen", [])
    right = tuple(tuple(call for text in one if (call := Called.read(text)) is not None) for one in recorded)
    return Run(customer.id, key, calls, right, state.status.value, tuple(_talk(log)))


def _talk(log: Iterable[Event]) -> Iterator[str]:
    for event in log:
        match event:
            case CustomerSaid(text=text):
                yield f"customer: {text}"
            case AssistantSaid(text=text, line=line) | Asked(text=text, line=line) | Offered(text=text, line=line):
                yield f"{line}: {text}"
            case FunctionCalled(function=function, arguments=arguments):
                yield f"calls {Called.of(function, arguments)}"
            case _:
                pass


# ---------------------------------------------------------------- the documents


@dataclass(frozen=True)
class Edits:
    """What a support lead adds to the documents before they run in production."""

    drafts: int = 0
    """Phrases that the rules drafted, to be read and approved."""

    worded: int = 0
    """Phrases that were worded by hand."""

    outcomes: int = 0
    """Conditions or results bound by hand."""

    rewritten: int = 0
    """Lines that are no instruction: they would have to be rewritten."""

    def __add__(self, other: Edits) -> Edits:
        return Edits(**{name: value + asdict(other)[name] for name, value in asdict(self).items()})

    def __str__(self) -> str:
        total = sum(asdict(self).values())
        return (
            f"{total} ({self.drafts} drafted phrases to approve, {self.worded} worded by hand, "
            f"{self.outcomes} outcomes bound, {self.rewritten} lines rewritten)"
        )


@dataclass(frozen=True)
class Document:
    """A document as it lies there: its name, its text, and which comes before it."""

    name: str
    text: bytes
    before: str = ""
    part: bool = False
    """It is only ever gone through before others."""


def lay_out(folder: Path, document: Document) -> Edits:
    """Put a document, unchanged, with its phrases into a folder of its own; return the edits that it has."""
    place = folder / document.name
    place.mkdir()
    beside = BESIDE / document.name / "phrases.toml"
    phrases = beside.read_text(encoding="utf-8") if beside.is_file() else ""
    conduct = [f'first = "{document.before}"'] if document.before else []
    conduct += ["part = true"] if document.part else []
    (place / "document.md").write_bytes(document.text)
    (place / "phrases.toml").write_text("\n".join((phrases, "[conduct]", *conduct, "")), encoding="utf-8")
    _, files = read_folder(place)
    _, compiled, problems = build_release(document.name, files, house())
    read = read_phrases(files["phrases.toml"], Problems("phrases.toml"))
    needs = phrase_needs(compiled, read)
    errors = [one for one in (*compiled.diagnostics, *problems) if one.severity is Severity.ERROR]
    for error in errors:
        print(f"{document.name}: {error.message}", file=sys.stderr)
    return Edits(
        sum(need.phrase is None for need in needs),
        sum(need.phrase is not None for need in needs),
        len(read.bindings) + len(read.succeeds),
        len(errors),
    )


def documents(record: Mapping[str, Any], routine: Path | None, before: Sequence[Path]) -> list[Document]:
    """Return the documents in their order; the routine's text is the record's own where no file is given."""
    found: list[Document] = []
    for path in before:
        found.append(Document(path.stem, path.read_bytes(), found[-1].name if found else "", part=True))
    text = routine.read_bytes() if routine is not None else str(record["routine"]).encode()
    name = routine.stem if routine is not None else "routine"
    return [*found, Document(name, text, found[-1].name if found else "")]


# ---------------------------------------------------------------- the figures


@dataclass(frozen=True)
class Row:
    """The figures of some runs."""

    key: str
    customers: int
    exact: float
    exact_names: float
    f1: float
    f1_names: float

    @classmethod
    def of(cls, key: str, runs: Sequence[Run]) -> Row:
        share = max(1, len(runs))
        return cls(
            key,
            len(runs),
            sum(one.exact for one in runs) / share,
            sum(one.exact_names for one in runs) / share,
            _f1(one.counts(names=False) for one in runs),
            _f1(one.counts(names=True) for one in runs),
        )


def _f1(counts: Iterable[tuple[int, int, int]]) -> float:
    """Return the harmonic mean of precision and recall over all calls of all customers."""
    shared, made, right = (sum(column) for column in zip((0, 0, 0), *counts, strict=True))
    return 2 * shared / (made + right) if made + right else 1.0


def table(rows: Sequence[Row]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| record | customers | exact match | names only | call F1 | names only |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        figures = (row.exact, row.exact_names, row.f1, row.f1_names)
        lines.append(f"| {row.key} | {row.customers} | {' | '.join(f'{figure:.2f}' for figure in figures)} |")
    return "\n".join(lines)


def difference(one: Run) -> str:
    """Return where a run departs from the record, with what was said until it ended."""
    right = one.right[0] if one.right else ()
    lines = [f"customer {one.customer} ({one.key}), {one.status}"]
    lines += [f"  not made  {call}" for call in (Counter(right) - Counter(one.calls)).elements()]
    lines += [f"  too much  {call}" for call in (Counter(one.calls) - Counter(right)).elements()]
    if Counter(right) == Counter(one.calls):
        lines.append("  the same calls, in another order")
    return "\n".join([*lines, *(f"    {said}" for said in one.talk)])


def main(arguments: Sequence[str]) -> int:
    """Print the figures; return 0."""
    parser = argparse.ArgumentParser(description="Customers from a record, through whole routines.")
    parser.add_argument("record", type=Path, metavar="RECORD.json")
    parser.add_argument("--routine", type=Path, help="the routine; else the text in the record")
    parser.add_argument("--before", type=Path, action="append", default=[], help="a document that comes before it")
    parser.add_argument("--reader", choices=("local", "lexicon"), default="local")
    parser.add_argument("--json", action="store_true", help="figures and differences for a program")
    parser.add_argument("--why", action="store_true", help="show each conversation that departs from the record")
    options = parser.parse_args(arguments)
    record = json.loads(options.record.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        laid = documents(record, options.routine, options.before)
        edits = sum((lay_out(Path(folder), document) for document in laid), Edits())
        functions = Recorded()
        settings = replace(Settings(), document=folder, reader=options.reader)
        rehearsal = build_rehearsal(settings, stand_in=lambda _: functions)
        rehearsal.routine = laid[-1].name
        runs = [
            run(rehearsal, functions, record, key, row) for key in record["recorded"] for row in record["customers"]
        ]
    rows = [Row.of(key, [one for one in runs if one.key == key]) for key in record["recorded"]]
    rows = [*rows, Row.of("all", runs)] if len(rows) > 1 else rows
    wrong = [one for one in runs if not one.exact]
    if options.json:
        differences = [{"customer": one.customer, "key": one.key, "why": difference(one)} for one in wrong]
        print(json.dumps({"edits": asdict(edits), "rows": [asdict(row) for row in rows], "differences": differences}))
        return 0
    print(table(rows))
    print(f"\nedits: {edits}")
    print(f"conversations that depart from the record: {len(wrong)} of {len(runs)}")
    for one in wrong if options.why else ():
        print(f"\n{difference(one)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
