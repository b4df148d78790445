"""Seeded faults: which of our means finds which. Prints two tables, of documents' faults and of the engine's.

    python benchmarks/faults.py                  both tables
    python benchmarks/faults.py --only engine    one of them; --words closing: only faults with this word

Each fault is made by itself, in a copy of a document or in this process, and everything is asked whether it sees it:

check      a finding of `bythebook check` that the right document does not have
prove      a property that does not hold in a bounded search (`--states`), or a line that an exact one does not reach
rules      a rule of the author's that does not hold, or names what is gone
test       a conversation of the document's own tests departs
generated  a conversation that `bythebook test --generate` wrote for the right document departs
simulate   an invariant is broken in the log of a simulated customer
replay     a log that the right engine wrote is decided otherwise
"""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

from fault_documents import BOATS, DOCUMENT_FAULTS, MEMBERSHIP, OWN_RULES, SHIPPED, DocumentFault
from fault_engines import ENGINE_FAULTS, EngineFault

from bythebook.adapters.event_codec import encode
from bythebook.adapters.library import read_routine
from bythebook.adapters.memory_checkpoints import MemoryCheckpoints
from bythebook.adapters.memory_store import MemoryStore
from bythebook.adapters.shelf import CannotRun, house
from bythebook.auditing import kept_digest
from bythebook.cli.checking import check
from bythebook.cli.simulating import Lives
from bythebook.cli.suites import rehearsed
from bythebook.compiler.release import build_release
from bythebook.engine.decide import divergence
from bythebook.engine.event import Event
from bythebook.proving.moves import Bounds
from bythebook.proving.outside import outside_of
from bythebook.proving.report import never_reached
from bythebook.proving.rules import Rule, RuleWrong, read_rule
from bythebook.proving.search import OWN_RULE, Search
from bythebook.routine.wording import Release
from bythebook.service.auditing import Auditing
from bythebook.service.doctor import every_case
from bythebook.service.runner import Runner
from bythebook.settings import Settings
from bythebook.testing.covering import covering
from bythebook.testing.customers import BEHAVIOURS
from bythebook.testing.generated import page, write
from bythebook.testing.rehearsal import Rehearsal
from bythebook.testing.script import Script, play, read_scripts

ROOT: Final = Path(__file__).resolve().parent.parent
PLACES: Final = {
    SHIPPED: ROOT / "routines" / SHIPPED,
    MEMBERSHIP: ROOT / "tests" / "fixtures" / MEMBERSHIP,
    BOATS: ROOT / "tests" / "fixtures" / BOATS,
}
SMALL_FIRST: Final = (BOATS, MEMBERSHIP, SHIPPED)
"""In this order they are asked for a fault of the engine, until one shows it."""

PLAIN: Final = replace(Settings(), reader="lexicon", cache="none")
OF_DOCUMENTS: Final = ("check", "prove", "rules", "test", "generated")
OF_ENGINES: Final = ("prove", "test", "generated", "simulate", "replay", "audit")
SEEDS: Final = range(1, 16)
CUSTOMERS_STATES: Final = 150
HUMANS_STATES: Final = 60


@dataclass(frozen=True, slots=True)
class Judged:
    """One fault, and what each means said of it: empty where it saw nothing."""

    fault: DocumentFault | EngineFault
    found: dict[str, str]


@dataclass
class Right:
    """A document as it should be, with all that is held against what is not."""

    name: str
    release: Release
    findings: Counter[tuple[str, str]]
    broken: frozenset[str]
    own: tuple[Script, ...]
    generated: tuple[Script, ...]


def release_at(path: Path) -> Release | None:
    """Return the release of a document; None where it has errors."""
    found = read_routine(path)
    return build_release(found.name, found.files, house())[0]


@cache
def right(name: str, states: int = CUSTOMERS_STATES) -> Right:
    """Return a document as it should be."""
    path = PLACES[name]
    release = release_at(path)
    assert release is not None
    texts = [file.read_text(encoding="utf-8") for file in sorted((path / "tests").glob("*.md"))]
    ways = covering(release, outside_of(release))
    written = page(name, tuple(write(rehearsed(PLAIN, (str(path),)), release, ways)))
    return Right(
        name,
        release,
        findings(path),
        broken(release, (), states),
        tuple(script for text in texts for script in read_scripts(text)),
        read_scripts(written),
    )


@cache
def recorded(name: str) -> tuple[Sequence[Event], ...]:
    """Return the logs of simulated customers of a document, written by the right engine."""
    lives = Lives.of(replace(PLAIN, document=(str(PLACES[name]),)))
    return tuple(log for seed in SEEDS for log in lives.world.live(seed, BEHAVIOURS).logs)


# ---------------------------------------------------------------- what finds


def findings(path: Path) -> Counter[tuple[str, str]]:
    """Return the findings of a document that nobody accepts: level and name."""
    found = [one.diagnostic for one in check(path).found if one.accepted is None]
    return Counter((one.severity.name.lower(), one.name) for one in found)


class Enough(Exception):
    """Something was found: there is no need to look further."""


def broken(
    release: Release, rules: Sequence[Rule], states: int, humans: bool = False, known: frozenset[str] | None = None
) -> frozenset[str]:
    """Return the names of what does not hold in a bounded search; with `known`, it ends at the first that is not."""

    def told(search: Search) -> None:
        if known is not None and any(name not in known for name, _ in search.broken):
            raise Enough

    search = Search(release, outside_of(release), Bounds(1, humans), tuple(rules), states)
    with suppress(Enough):
        search.run(told)
    missed = ("every-line-reached",) if search.exact and never_reached(search) else ()
    return frozenset((*(name for name, _ in search.broken), *missed))


def first_departing(rehearsal: Rehearsal, scripts: Sequence[Script]) -> str:
    """Return whether a conversation departs."""
    return "departs" if any(_departs(rehearsal, script) for script in scripts) else ""


def departing(rehearsal: Rehearsal, scripts: Sequence[Script]) -> str:
    """Return how many conversations depart; empty for none."""
    count = sum(_departs(rehearsal, script) for script in scripts)
    return f"{count} of {len(scripts)}" if count else ""


def _departs(rehearsal: Rehearsal, script: Script) -> bool:
    try:
        return play(script, rehearsal.do) is not None
    except Exception:  # an engine at fault may stop anywhere
        return True


# ---------------------------------------------------------------- documents


@contextmanager
def mutated(fault: DocumentFault) -> Iterator[Path]:
    """Give a copy of the document with the fault in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / fault.document
        shutil.copytree(PLACES[fault.document], path, ignore=shutil.ignore_patterns("__pycache__"))
        text = (path / "document.md").read_text(encoding="utf-8")
        for before, after in fault.changes:
            assert text.count(before) == 1, f"{fault.what}: {before!r} stands there {text.count(before)} times"
            text = text.replace(before, after)
        (path / "document.md").write_text(text, encoding="utf-8")
        yield path


def judge_document(fault: DocumentFault, states: int) -> Judged:
    """Ask everything whether it sees the fault of a document."""
    whole = right(fault.document, states)
    with mutated(fault) as path:
        new = findings(path) - whole.findings
        found = {"check": ", ".join(sorted({name for _, name in new}))}
        errors = sorted({name for level, name in new if level == "error"})
        release = release_at(path)
        if release is None or errors:
            return Judged(fault, found)
        found["prove"] = ", ".join(sorted(broken(release, (), states) - whole.broken))
        found["rules"] = _rules(release, OWN_RULES[fault.document], states)
        try:
            rehearsal = rehearsed(PLAIN, (str(path),))
        except CannotRun:
            return Judged(fault, found)
        found["test"] = departing(rehearsal, whole.own)
        found["generated"] = departing(rehearsal, whole.generated)
    return Judged(fault, found)


def _rules(release: Release, texts: Sequence[str], states: int) -> str:
    try:
        rules = [read_rule(release, text) for text in texts]
    except RuleWrong:
        return "names what is gone"
    names = broken(release, rules, states)
    return "broken" if any(name.startswith(OWN_RULE) for name in names) else ""


# ---------------------------------------------------------------- engines


@contextmanager
def patched(fault: EngineFault) -> Iterator[None]:
    """Run with the fault in the engine."""
    before: list[tuple[Any, str, Any]] = []
    try:
        for name in fault.names:
            holder, attribute = _holder(name)
            original = getattr(holder, attribute)
            before.append((holder, attribute, original))
            setattr(holder, attribute, fault.make(original))
        yield
    finally:
        for holder, attribute, original in before:
            setattr(holder, attribute, original)


def _holder(name: str) -> tuple[Any, str]:
    path, _, attribute = name.rpartition(".")
    try:
        return import_module(path), attribute
    except ModuleNotFoundError:  # a method: its class stands in the module
        module, _, owner = path.rpartition(".")
        return getattr(import_module(module), owner), attribute


def judge_engine(fault: EngineFault, states: int) -> Judged:
    """Ask everything whether it sees the fault of the engine."""
    wholes = [right(name, states) for name in SMALL_FIRST]
    for name in PLACES:
        recorded(name)  # before the fault is made
    asked: dict[str, Callable[[Right], str]] = {
        "prove": lambda whole: _proved(whole, states),
        "test": lambda whole: first_departing(_talking(whole), whole.own),
        "generated": lambda whole: first_departing(_talking(whole), whole.generated),
        "simulate": _simulated,
        "replay": lambda whole: "departs" if any(_diverges(whole, log) for log in recorded(whole.name)) else "",
    }
    found: dict[str, str] = {}
    with patched(fault):
        for column, ask in asked.items():
            found[column] = next(filter(None, (_asked(ask, whole) for whole in wholes)), "")
        lived = [_lived(whole) for whole in wholes]
    found["audit"] = next(filter(None, (audited(runner) for runner in lived)), "")
    return Judged(fault, found)


def _asked(ask: Callable[[Right], str], whole: Right) -> str:
    try:
        return ask(whole)
    except Exception as failure:  # it stops with an error: it is found
        return f"stops ({type(failure).__name__})"


def _talking(whole: Right) -> Rehearsal:
    return rehearsed(PLAIN, (str(PLACES[whole.name]),))


def _proved(whole: Right, states: int) -> str:
    found = broken(whole.release, (), states, known=whole.broken) - whole.broken
    found = found or broken(whole.release, (), HUMANS_STATES, humans=True, known=whole.broken) - whole.broken
    return ", ".join(sorted(found))


def _simulated(whole: Right) -> str:
    lives = Lives.of(replace(PLAIN, document=(str(PLACES[whole.name]),)))
    for seed in SEEDS:
        if found := lives.tally([seed], BEHAVIOURS).broken:
            return ", ".join(sorted({name for name, _ in found}))
    return ""


def _lived(whole: Right) -> Runner:
    """Return who keeps the cases of simulated customers, as the engine of this moment writes them."""
    lives = Lives.of(replace(PLAIN, document=(str(PLACES[whole.name]),)))
    for seed in SEEDS:
        with suppress(Exception):  # an engine at fault may stop anywhere
            lives.world.live(seed, BEHAVIOURS)
    return lives.world.rehearsal.runner


def audited(runner: Runner) -> str:
    """Return what an audit by the right engine finds in cases."""
    release = lambda digest: runner.releases.get(digest).release  # noqa: E731
    store = cast(MemoryStore, runner.store)
    auditing = Auditing(store, release, kept_digest, encode, MemoryCheckpoints(store))
    found = {one.check for case_id in every_case(store) for one in auditing.case(case_id)}
    return ", ".join(sorted(found - {"draft"}))  # the documents are tried out as they are, phrases unapproved


def _diverges(whole: Right, log: Sequence[Event]) -> bool:
    try:
        return divergence(whole.release, log) is not None
    except Exception:  # it refuses what happened, or stops
        return True


# ---------------------------------------------------------------- the tables


def table(judged: Sequence[Judged], columns: Sequence[str]) -> Iterator[str]:
    """Yield a Markdown table: a row for each fault, a column for each means; and what was found by how many."""
    yield f"| fault | {' | '.join(columns)} |"
    yield f"|---|{'---|' * len(columns)}"
    for one in judged:
        yield f"| {_title(one.fault)} | {' | '.join(one.found.get(column, '') for column in columns)} |"
    counts = [sum(bool(one.found.get(column)) for one in judged) for column in columns]
    yield f"| **found, of {len(judged)}** | {' | '.join(f'**{count}**' for count in counts)} |"
    yield ""
    missed = [one for one in judged if not any(one.found.values())]
    yield f"{len(judged) - len(missed)} of {len(judged)} are found by something" + (":" if missed else ".")
    yield from (f"- not found: {_title(one.fault)}" for one in missed)


def _title(fault: DocumentFault | EngineFault) -> str:
    if isinstance(fault, DocumentFault):
        return f"{fault.kind}: {fault.what} ({fault.document})"
    return f"{fault.rule}: {fault.what}"


def main() -> int:
    """Judge every fault, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("documents", "engine"), help="one of the two tables")
    parser.add_argument("--words", default="", help="only faults with these words")
    parser.add_argument("--states", type=int, default=CUSTOMERS_STATES, help="how far each search goes")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    begun = time.monotonic()
    if given.only != "engine":
        chosen = [fault for fault in DOCUMENT_FAULTS if given.words in _title(fault)]
        print("\n".join(table(list(_each(chosen, lambda one: judge_document(one, given.states))), OF_DOCUMENTS)))
        print()
    if given.only != "documents":
        some = [fault for fault in ENGINE_FAULTS if given.words in _title(fault)]
        print("\n".join(table(list(_each(some, lambda one: judge_engine(one, given.states))), OF_ENGINES)))
        print()
    print(f"{time.monotonic() - begun:.0f} s")
    return 0


def _each(faults: Sequence[Any], judge: Callable[[Any], Judged]) -> Iterator[Judged]:
    for number, fault in enumerate(faults, start=1):
        print(f"{number} of {len(faults)}: {_title(fault)}", file=sys.stderr, flush=True)
        yield judge(fault)


if __name__ == "__main__":
    sys.exit(main())
