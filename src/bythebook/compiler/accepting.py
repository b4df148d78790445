"""What an author has looked at and means so: `[accept]` in `phrases.toml`, each row a warning with the reason.

    [accept]
    "report-only-condition 4" = "nobody asks each customer whether they were refused"

The name is followed by what the finding is about: a line or a step with all its lines, a function, a question of the
article, a term. A row that accepts nothing is reported itself, so that none outlives what it was written for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bythebook.compiler.approval import UNFIT_FOR_PRODUCTION
from bythebook.compiler.check_names import RENAMED, SUMMARIES
from bythebook.compiler.problems import Problems
from bythebook.source.diagnostic import Diagnostic, Severity
from bythebook.source.suggest import did_you_mean

UNMATCHED: Final = "unmatched-accept"
UNREVIEWED: Final = "unreviewed-data"
NOT_ACCEPTED: Final = frozenset((*UNFIT_FOR_PRODUCTION, UNREVIEWED, UNMATCHED))
"""What a named person mends by reading it; a reason beside it would only hide it."""


def key_of(finding: Diagnostic) -> str:
    """Return what the finding is accepted by; nothing where it cannot be."""
    if finding.severity is Severity.ERROR or finding.name in NOT_ACCEPTED or not finding.about:
        return ""
    return f"{finding.name} {finding.about[0]}"


def reason_for(finding: Diagnostic, accepts: Mapping[str, str]) -> str | None:
    """Return why the author accepts a finding; None where nobody does."""
    if not key_of(finding):
        return None
    return next((accepts[key] for key in _keys(finding) if key in accepts), None)


def check_accepts(accepts: Mapping[str, str], findings: Sequence[Diagnostic], problems: Problems) -> None:
    """Report every row that accepts nothing."""
    matching: dict[str, Diagnostic] = {}
    for finding in findings:
        for key in _keys(finding):
            if key in accepts and not (key in matching and key_of(matching[key])):
                matching[key] = finding
    known = {key_of(finding) for finding in findings}
    for key in accepts:
        found = matching.get(key)
        if found is None or not key_of(found):
            message, help = _why_not(key, found, known)
            problems.warning(UNMATCHED, message, help, problems.places.at("accept", key, under="accepts nothing"))


def _keys(finding: Diagnostic) -> tuple[str, ...]:
    names = (finding.name, *(old for old, new in RENAMED.items() if new == finding.name))
    return tuple(f"{name} {about}" for name in names for about in finding.about)


def _why_not(key: str, found: Diagnostic | None, known: Collection[str]) -> tuple[str, str]:
    """Return message and help for a row that accepts nothing."""
    name, _, about = key.partition(" ")
    if name not in SUMMARIES and name not in RENAMED:
        help = did_you_mean(name, SUMMARIES) or "`bythebook check --list` shows the checks"
        return f"[accept] `{key}`: no check is called `{name}`", help
    if found is not None and found.severity is Severity.ERROR:
        return f"`{name}` keeps the document from running, and cannot be accepted", "mend it, and take the row out"
    if name in NOT_ACCEPTED:
        return (
            f"`{name}` cannot be accepted: a named person mends it by reading it",
            "read what it is about and approve it, then take the row out",
        )
    if not about.strip():
        return (
            f"[accept] `{key}` does not say which finding it accepts",
            f'put the line, function or question behind the name: "{name} 4" = "..."',
        )
    near = did_you_mean(key, {one for one in known if one.startswith(f"{RENAMED.get(name, name)} ")})
    return f"[accept] `{key}` accepts nothing: there is no such finding", near or "take the row out"
