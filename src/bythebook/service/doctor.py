"""Whether what is stored is whole: chains, folds, rows, snapshots, and work that nobody does. It changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Final

from bythebook.engine.erasure import CaseErased
from bythebook.engine.event import Event
from bythebook.engine.evolve import replay
from bythebook.engine.state import CaseState, Status
from bythebook.routine.wording import Release
from bythebook.service.erasing import row_of_erased
from bythebook.service.ports import CaseStore, CaseSummary, Clock, StoreUnavailable
from bythebook.service.runner import summary_of
from bythebook.service.search import CaseQuery

STUCK_AFTER: Final = timedelta(minutes=15)
"""After how long what is owed to a case, or a timer that is due, is taken for forgotten."""

PAGE: Final = 1_000
"""How many cases are listed at once."""

ALL: Final = CaseQuery(by_id=True)
SHOWN_MAX: Final = 20
"""How many cases a finding names."""


class Level(Enum):
    WELL = "well"
    WARNING = "warning"
    """It runs, likely not as meant."""

    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and how it is."""

    check: str
    level: Level
    text: str
    help: str = ""
    cases: tuple[str, ...] = ()
    """The cases it is about, the first of them where there are many."""


@dataclass(frozen=True, slots=True)
class Ailment:
    """Something that may be wrong with a case, and what to do about it."""

    check: str
    level: Level
    one: str
    """What is said of the cases that have it; `{n}` is how many."""

    help: str


BROKEN: Final = Ailment(
    "chains",
    Level.WRONG,
    "{n}: the chain is broken, the log was altered or is damaged",
    "somebody wrote into the database: compare with a backup (bythebook restore FILE --database OTHER)",
)
UNREADABLE: Final = Ailment(
    "logs", Level.WRONG, "{n}: the log cannot be read", "upgrade the program, or compare with a backup"
)
LOCKED: Final = Ailment(
    "sealed logs", Level.WRONG, "{n}: the master key is missing", "add it to the file of BYTHEBOOK_MASTER_KEY_FILE"
)
UNFOLDED: Final = Ailment(
    "folds", Level.WRONG, "{n}: the row is not what the log folds to", "tell the makers; the log is the truth"
)
SNAPSHOT: Final = Ailment(
    "snapshots",
    Level.WRONG,
    "{n}: the snapshot is not what the log folds to",
    "somebody with access to the database may have altered it; the log is the truth",
)
HOMELESS: Final = Ailment(
    "releases",
    Level.WRONG,
    "{n}: the release it began with is not kept, or cannot be built",
    "restore the releases from a backup, or load the document that the cases began with",
)
STUCK: Final = Ailment(
    "owed work",
    Level.WARNING,
    "{n}: a reading, a call or a notice is owed for more than 15 minutes",
    "is `bythebook serve` running on this database? Its log says what fails",
)
LATE: Final = Ailment(
    "timers",
    Level.WARNING,
    "{n}: a silence timer is due for more than 15 minutes",
    "is `bythebook serve` running on this database?",
)
AILMENTS: Final = (BROKEN, UNREADABLE, LOCKED, UNFOLDED, SNAPSHOT, HOMELESS, STUCK, LATE)
CHECKS: Final = {
    "chains": "every chain is whole",
    "logs": "every log can be read",
    "folds": "every row is what its log folds to",
    "snapshots": "every snapshot is what its log folds to",
    "releases": "every case's release is kept",
    "owed work": "nothing is owed for long",
    "timers": "no timer is late",
}


@dataclass
class CaseDoctor:
    """Looks at cases, one after the other."""

    store: CaseStore
    release: Callable[[str], Release]
    """Returns a release by its digest; raises UnknownRelease, or whatever keeps it from being built."""

    clock: Clock
    examined: int = 0
    _ill: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _count: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def examine(self, cases: Iterable[str], told: Callable[[int], None] = lambda _: None) -> None:
        """Look at cases; `told` is called with how many were looked at. Raises StoreUnavailable, UnknownCase."""
        for case_id in cases:
            for ailment in self._of(case_id):
                self._count[ailment.one] += 1
                if len(self._ill[ailment.one]) < SHOWN_MAX:
                    self._ill[ailment.one].append(case_id)
            self.examined += 1
            told(self.examined)

    def findings(self) -> Sequence[Finding]:
        """Return what was found of the cases looked at."""
        found = [
            Finding(one.check, one.level, one.one.format(n=_cases(self._count[one.one])), one.help, tuple(ill))
            for one in AILMENTS
            if (ill := self._ill.get(one.one))
        ]
        ill_checks = {finding.check for finding in found}
        well = [
            Finding(check, Level.WELL, f"{text} ({_cases(self.examined)})")
            for check, text in CHECKS.items()
            if check not in ill_checks
        ]
        return (*found, *well)

    def _of(self, case_id: str) -> Iterable[Ailment]:
        row = self.store.summary(case_id)
        now = self.clock.now()
        if row.owes and now - row.updated_at > STUCK_AFTER:
            yield STUCK
        if row.timer_at is not None and now - row.timer_at > STUCK_AFTER:
            yield LATE
        if self.store.verify(case_id) is not None:
            yield BROKEN
        try:
            log = self.store.load(case_id)
        except StoreUnavailable:
            yield LOCKED  # the chain was read just now, so it is the key
            return
        except ValueError:
            yield UNREADABLE
            return
        yield from self._folded(row, log)

    def _folded(self, row: CaseSummary, log: Sequence[Event]) -> Iterable[Ailment]:
        state = replay(log)
        try:
            should = self._row_of(state)
        except Exception:  # whatever keeps a release from being built
            yield HOMELESS
        else:
            # Somebody may have written between the two readings: only a row of the same version can be compared.
            if should != row and self.store.summary(row.case_id).version == state.version == row.version:
                yield UNFOLDED
        held = self.store.recall(row.case_id).state
        erased = isinstance(log[-1], CaseErased)
        if held is not None and not erased and (held.version > len(log) or replay(log[: held.version]) != held):
            yield SNAPSHOT

    def _row_of(self, state: CaseState) -> CaseSummary:
        if state.status is Status.ERASED:
            return row_of_erased(state)
        return summary_of(self.release(state.release), state)


def _cases(count: int) -> str:
    return f"{count:,} case{'' if count == 1 else 's'}"


def every_case(store: CaseStore, query: CaseQuery = ALL) -> Iterator[str]:
    """Yield the ids of all cases that are wanted, page after page."""
    after: str | None = None
    while True:
        page = store.search(query, PAGE, after)
        yield from (row.case_id for row in page.cases)
        after = page.after
        if after is None:
            return
