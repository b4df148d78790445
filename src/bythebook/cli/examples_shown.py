"""The report on a document's examples: for its author, and for machines."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bythebook.cli.common import coloured
from bythebook.reading.practice import Heard, Practice, Tried
from bythebook.reading.suggested import Suggested
from bythebook.reading.tidy import Thin, Untidy, choices_of
from bythebook.routine.wording import Release

WIDTH: Final = 110
BOLD, RED, YELLOW = "1", "1;31", "1;33"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything there is to say about a document's examples."""

    release: Release
    practice: Practice
    untidy: Untidy
    suggested: tuple[Suggested, ...]

    @property
    def otherwise(self) -> tuple[Tried, ...]:
        """The examples that are read otherwise than their author says, although they stand there."""
        return tuple(tried for tried in self.practice.as_written if tried.heard is not Heard.RIGHT)

    @property
    def confusable(self) -> tuple[Tried, ...]:
        """The examples that would be taken for another choice if they did not stand there."""
        found = [tried for tried in self.practice.left_out if tried.heard is Heard.OTHER]
        order = list(self.release.examples.by_choice)
        return tuple(sorted(found, key=lambda tried: (order.index(tried.choice), tried.found)))

    @property
    def contradictions(self) -> bool:
        """Whether the author says two things, or the reader another one."""
        twice = any(one.contradicts for one in self.untidy.twice)
        return bool(self.otherwise) or twice or bool(self.untidy.collisions)


def as_text(report: Report, again: str, *, to_terminal: bool) -> Iterator[str]:
    """Return the report as a person reads it; `again` is the command that showed the suggested texts."""
    yield from _table(report)
    for head, colour, rows in (
        ("read otherwise than you say, although they stand there", RED, map(_otherwise, report.otherwise)),
        ("the same text twice", RED, _twice(report)),
        ("names that customers have for two things", RED, _collisions(report)),
        ("taken for another choice when they are left out: customers who say the like", YELLOW,
         map(_otherwise, report.confusable)),
        ("few examples", YELLOW, map(_thin, report.untidy.thin)),
        ("said in real cases, and not understood", YELLOW, map(_suggested, report.suggested)),
    ):  # fmt: skip
        texts = list(rows)
        if texts:
            yield ""
            yield coloured(head, colour, to_terminal)
            for text in texts:
                yield from textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="      ")
    if report.suggested:
        first = report.suggested[0]
        choice = first.choices[0] if first.choices else "step:2"
        yield f"accept one: {again} --accept {first.number}={choice}"
    yield ""
    yield _summary(report)


def _table(report: Report) -> Iterator[str]:
    """Return a row a choice: how many examples it has, and how those are read that are left out in turn."""
    rows = _counted(report)
    wide = max(len("choice"), *(len(row[0]) for row in rows))
    heads = [heard.value for heard in Heard]
    yield "  ".join([f"{'choice':<{wide}}", "examples", *heads])
    for choice, count, heard in rows:
        cells = [f"{number or '.':>{len(head)}}" for number, head in zip(heard, heads, strict=True)]
        yield "  ".join([f"{choice:<{wide}}", f"{count or '.':>8}", *cells])


def _counted(report: Report) -> list[tuple[str, int, list[int]]]:
    texts = report.release.examples.by_choice
    choices = dict.fromkeys((*(name for name, _ in choices_of(report.release)), *texts))
    rows = []
    for choice in choices:
        tried = [one.heard for one in report.practice.left_out if one.choice == choice]
        rows.append((choice, len(texts.get(choice, ())), [tried.count(heard) for heard in Heard]))
    return rows


def _otherwise(tried: Tried) -> str:
    if tried.heard is Heard.OTHER:
        near = f', near "{tried.near}"' if tried.near else ""
        return f'{tried.choice}  "{tried.text}" is read as {tried.found[0]}{near}'
    found = f" ({' or '.join(tried.found)})" if tried.found else ""
    return f'{tried.choice}  "{tried.text}" is {tried.heard.value}{found}'


def _twice(report: Report) -> Iterator[str]:
    for one in report.untidy.twice:
        where = " and ".join(dict.fromkeys(one.choices)) if one.contradicts else f"{one.choices[0]}, more than once"
        yield f'"{one.text}"  under {where}'


def _collisions(report: Report) -> Iterator[str]:
    return (f'"{one.name}"  for {" and ".join(one.things)}' for one in report.untidy.collisions)


def _thin(one: Thin) -> str:
    return f"{one.choice}  {one.count or 'none'}; {one.advice}"


def _suggested(one: Suggested) -> str:
    perhaps = f"; perhaps {' or '.join(one.choices)}" if one.choices else ""
    return f'{one.number}  "{one.text}"  {one.why}{perhaps}'


def _summary(report: Report) -> str:
    heard = [tried.heard for tried in report.practice.left_out]
    if not heard:
        return "there are no examples to leave out; write some into examples.toml"
    share = 100 * heard.count(Heard.RIGHT) / len(heard)
    others = ", ".join(f"{heard.count(kind)} {kind.value}" for kind in (Heard.ASKED, Heard.LOST, Heard.OTHER))
    return (
        f"left out in turn, {heard.count(Heard.RIGHT)} of {len(heard)} are read as you say ({share:.0f} %); {others}"
    )


# ---------------------------------------------------------------- for machines


def as_data(report: Report) -> dict[str, object]:
    """Return the report as JSON holds it."""
    untidy = report.untidy
    return {
        "document": report.release.name,
        "digest": report.release.digest,
        "choices": [
            {
                "choice": choice,
                "examples": count,
                **dict(zip((one.name.lower() for one in Heard), heard, strict=True)),
            }
            for choice, count, heard in _counted(report)
        ],
        "otherwise": _tried(report.otherwise),
        "confusable": _tried(report.confusable),
        "twice": [{"text": one.text, "choices": list(one.choices)} for one in untidy.twice],
        "collisions": [{"name": one.name, "things": list(one.things)} for one in untidy.collisions],
        "thin": [{"choice": one.choice, "examples": one.count, "advice": one.advice} for one in untidy.thin],
        "suggested": [
            {"number": one.number, "text": one.text, "choices": list(one.choices), "why": one.why}
            for one in report.suggested
        ],
    }


def _tried(rows: Sequence[Tried]) -> list[dict[str, object]]:
    return [
        {"choice": one.choice, "text": one.text, "heard": one.heard.value, "found": list(one.found), "near": one.near}
        for one in rows
    ]
