"""Two conditions say the same in other words, so nobody can tell which of them a customer means."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import Final

from bythebook.compiler.checks.base import Check, Context
from bythebook.compiler.runs import Branch, runs
from bythebook.compiler.terms import keys_of
from bythebook.routine.model import Condition, ConditionKind
from bythebook.source.diagnostic import Diagnostic, Label, Severity

NAME = "near-duplicate-conditions"

# Words for one thing, in conditions.
_SAME: Final = {
    key: row.split()[0]
    for row in (
        "require request ask wish prefer desire",
        "say tell state mention report",
        "receive obtain",
        "buy purchase",
        "agree accept consent",
        "refuse decline reject",
        "phone telephone",
        "mail e-mail email",
        "package parcel",
        "broken damaged defective faulty",
        "lost missing",
        "late delayed overdue",
    )
    for word in row.split()
    for key in keys_of(word)
}
_EMPTY: Final = frozenset(
    key
    for word in ["already", "really", "currently", "actually", "still", "yet", "now", "ever"]
    for key in keys_of(word)
)
# Verbs by which somebody wants something: which of them it is tells no two conditions apart.
_WANTING: Final = frozenset(("require",))
_NEGATION: Final = re.compile(
    r"\b(?:not|no|never|cannot|without|unable|neither|nor|none|nothing|un(?:successful|available|able|approved|paid|"
    r"verified|known|resolved|used|opened|signed|changed|eligible)|in(?:eligible|valid|correct|complete|active))\b|"
    r"n['’]t\b",
    re.I,
)


def _run(context: Context) -> Iterator[Diagnostic]:
    seen: dict[Hashable, Branch] = {}
    for number, run in enumerate(runs(context.routine)):
        for branch in run.branches:
            meaning = _meaning(branch.condition)
            if meaning is None:
                continue
            # Steps stand beside all other steps; lines beside those of their own row only.
            key = (meaning, None if branch.is_step else number)
            first = seen.setdefault(key, branch)
            if first is not branch and first.condition != branch.condition:
                yield Diagnostic(
                    NAME,
                    Severity.WARNING,
                    f"{branch.named} hangs on the same as {first.named}, in nearly the same words",
                    Label(branch.condition.span, "how does this differ"),
                    (Label(first.condition.span, "from this"),),
                    "put into words what tells them apart, or bring the two together",
                )


def _meaning(condition: Condition) -> Hashable | None:
    """Return what a condition says, whatever its words; None where no reader of messages decides it."""
    reads = condition.kind is ConditionKind.REPORT or (
        condition.kind is ConditionKind.ANSWER and not condition.answer
    )
    if not reads and not (condition.kind is ConditionKind.RESULT and condition.test is None):
        return None
    words = condition.name if "something like" in condition.text else condition.text
    stems = frozenset(_SAME.get(key, key) for key in keys_of(words)) - _EMPTY - _WANTING
    return (stems, bool(_NEGATION.search(words))) if stems else None


CHECK = Check(NAME, __doc__ or "", _run)
