"""An audit as a page that needs nothing else: to be read on paper and on a phone, and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from html import escape
from typing import Any, Final

from bythebook.adapters.report_page import marked, page, table, words
from bythebook.service.auditing import Counts
from bythebook.service.auditing_places import Found
from bythebook.service.how_many import how_many

FORMAT: Final = "bythebook audit 1"
CHECKS: Final = (
    ("chain", "Logs are whole", "each entry covers the one before it, and the case's row knows the last"),
    ("unreadable", "Logs can be read", "every entry is an event"),
    ("chained-anew", "No log was chained anew", "chains are those that signed checkpoints cover"),
    ("truncated", "No end is missing", "as many entries as checkpoints cover"),
    ("deleted", "No case is missing", "every case that a checkpoint covers is here"),
    ("signature", "Checkpoints are signed", "with keys that are believed"),
    ("checkpoints", "Checkpoints follow each other", "none was taken out"),
    ("covered", "Checkpoints cover what they say", "the heads are those that were signed"),
    ("release-log", "Releases are as they were decided", "the log of who released what is whole"),
    ("release", "Releases are unaltered", "their files are those of their digests"),
    ("wording", "Approved wording", "every text is approved for its line by the release of its case"),
    ("draft", "No drafts", "nothing was said that nobody has approved"),
    ("call", "Functions in their place", "each call stands at a line that makes it"),
    ("resolution", "The resolution comes last", "nothing is called after it"),
    ("one-speaker", "One speaker", "while a human has a case the assistant is silent"),
    ("decision", "Only the document was run", "decided again from its facts, each case comes out the same"),
    ("state", "Rows and snapshots", "they are what the logs fold to"),
)
"""Every finding's name, what holds where there is none, and how it is known."""

BY_CHECKPOINTS: Final = ("chained-anew", "truncated", "deleted", "signature", "checkpoints", "covered")
"""What cannot be told where nothing was signed."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit came to."""

    at: datetime
    database: str
    """Where the cases are, without a password."""

    program: str
    scope: str
    """Which cases were looked at, in words."""

    counts: Counts
    checkpoints: int
    newest: str
    """Of the newest checkpoint: number, time and digest, in words."""

    keys: tuple[str, ...]
    """The names of the keys that are believed."""

    found: tuple[Found, ...]
    notes: tuple[str, ...]

    @property
    def signed(self) -> bool:
        """Whether there are checkpoints, and keys to believe them by."""
        return bool(self.checkpoints and self.keys)

    @property
    def well(self) -> bool:
        """Whether nothing was found."""
        return not self.found


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as JSON's plain data."""
    return {
        "format": FORMAT,
        "at": report.at.isoformat(timespec="seconds"),
        "database": report.database,
        "program": report.program,
        "scope": report.scope,
        "well": report.well,
        "counts": asdict(report.counts),
        "checkpoints": {"count": report.checkpoints, "newest": report.newest, "keys": list(report.keys)},
        "checks": {name: sum(one.check == name for one in report.found) for name, _, _ in CHECKS},
        "not_told": [] if report.signed else list(BY_CHECKPOINTS),
        "findings": [
            {"check": one.check, "case": one.case_id, "event": one.version, "text": one.text} for one in report.found
        ],
        "notes": list(report.notes),
    }


def as_page(report: Report) -> str:
    """Return the report as one HTML file."""
    return page(f"Audit, {report.at:%Y-%m-%d}", _page(report))


def _page(report: Report) -> Iterator[str]:
    verdict = '<p class="good"><strong>All holds.</strong></p>'
    if not report.well:
        verdict = f'<p class="bad"><strong>{how_many(len(report.found), "finding")}.</strong></p>'
    yield f"<h1>Audit of cases</h1>\n<p class=soft>{report.at:%d %B %Y, %H:%M} UTC</p>\n{verdict}"
    yield "<h2>What was looked at</h2>"
    yield from table(_counted(report))
    if report.found:
        yield "<h2>Findings</h2>\n<ul>"
        for one in report.found:
            where = f"<br><code>{escape(one.where)}</code>" if one.where else ""
            yield f"<li><strong class=bad>{one.check}</strong>: {words(one.text)}{where}</li>"
        yield "</ul>"
    yield "<h2>What holds</h2>\n<ul>"
    count = Counter(one.check for one in report.found)
    for name, holds, how in CHECKS:
        mark, told = marked(not count[name]), f"{how}."
        if count[name]:
            mark += f" {count[name]:,}"
        elif name in BY_CHECKPOINTS and not report.signed:
            mark, told = marked(None), f"{how}; no signed checkpoint is here to tell it by."
        yield f"<li>{mark} <strong>{holds}</strong>: {told}</li>"
    yield "</ul>"
    if report.notes:
        yield "<h2>To be known</h2>\n<ul>"
        yield from (f"<li>{words(note)}</li>" for note in report.notes)
        yield "</ul>"


def _counted(report: Report) -> Sequence[tuple[str, str]]:
    counts = report.counts
    return (
        ("Cases", f"{counts.cases:,} ({report.scope})"),
        ("Events", f"{counts.events:,}"),
        ("Texts sent", f"{counts.texts:,}"),
        ("Function calls", f"{counts.calls:,}"),
        ("Erased cases", f"{counts.erased:,}"),
        ("Checkpoints", f"{report.checkpoints:,}"),
        ("The newest", report.newest or "none"),
        ("Keys believed", ", ".join(report.keys) or "none"),
        ("Database", report.database),
        ("Program", report.program),
    )
