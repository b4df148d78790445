"""Values in messages: how many are found and how many of those found are right, for each type of slot.

    python benchmarks/slots.py [--half dev|heldout|all] [--why]
    python benchmarks/slots.py --dates [--why]      date expressions alone, beside dateparser where it is installed

The messages are of our own writing (`data/slots.md`, `data/dates.md`), written whole before they were read; a hash of
the text puts each into `dev`, which may be tuned on, or `heldout`, which never was. *Precision*: of the values that
were taken, those that a careful person would have written down. *Recall*: of the values that such a person would
write down, those that were taken. Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from spoken import half_of

from bythebook.reading.dates import find_dates, fold
from bythebook.reading.slots import read_slots
from bythebook.routine.model import Slot, SlotType
from bythebook.routine.value import Value
from bythebook.source.span import Span
from bythebook.testing.figures import Share

DATA: Final = Path(__file__).parent / "data"
NOTHING: Final = "-"
WRITTEN_ON: Final = datetime.datetime(2025, 3, 12, 12, 0)  # noqa: DTZ001 - of no zone, as dateparser wants it
"""When the date expressions were said, for a reader that goes by the day: a Wednesday."""


def _slot(name: str, words: str, type: SlotType = SlotType.TEXT, pattern: str = "", options: str = "") -> Slot:
    return Slot(name, words, Span(0, 0), type, pattern, tuple(filter(None, options.split("|"))))


SLOTS: Final = {
    one.name: one
    for one in (
        _slot("email", "email address", SlotType.EMAIL),
        _slot("phone", "phone number", SlotType.PHONE),
        _slot("order", "order number", SlotType.ID),
        _slot("account", "account ID", SlotType.ID, pattern=r"AC-\d{4}"),
        _slot("booking", "booking reference", SlotType.ID, pattern=r"[A-Z0-9]{6}"),
        _slot("seats", "number of seats", SlotType.NUMBER),
        _slot("amount", "amount of the refund", SlotType.MONEY),
        _slot("date", "date of purchase", SlotType.DATE),
        _slot("from_date", "start date", SlotType.DATE),
        _slot("to_date", "end date", SlotType.DATE),
        _slot("home", "home address", SlotType.ADDRESS),
        _slot("street", "street", SlotType.ADDRESS),
        _slot("city", "city"),
        _slot("state", "state"),
        _slot("zip_code", "zip"),
        _slot("plan", "plan", SlotType.CHOICE, options="Basic|Premium|Family Plus"),
        _slot("room", "kind of room", SlotType.CHOICE, options="single room|double room|suite"),
        _slot("name", "your name"),
    )
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A message, the slots that were asked for, and by slot the values that may be taken; none when empty."""

    text: str
    slots: tuple[Slot, ...]
    accepted: Mapping[str, tuple[str, ...]]

    @property
    def half(self) -> str:
        return half_of(self.text)


@dataclass(frozen=True, slots=True)
class Taken:
    """One slot of one message."""

    asked: Asked
    slot: Slot
    value: Value | None

    @property
    def wanted(self) -> bool:
        """Whether a value had to be taken."""
        return NOTHING not in self.accepted

    @property
    def accepted(self) -> tuple[str, ...]:
        return self.asked.accepted.get(self.slot.name, (NOTHING,))

    @property
    def right(self) -> bool:
        """Whether what was taken is what should have been."""
        if self.value is None:
            return not self.wanted
        return any(alike(self.slot, str(self.value), one) for one in self.accepted)


def alike(slot: Slot, taken: str, wanted: str) -> bool:
    """Whether two spellings are one value."""
    if wanted == NOTHING:
        return False
    match slot.type:
        case SlotType.NUMBER | SlotType.MONEY:
            return float(taken) == float(wanted)
        case SlotType.PHONE:
            return re.sub(r"[^\dx+]", "", taken) == re.sub(r"[^\dx+]", "", wanted)
        case SlotType.ADDRESS:
            return _plain(taken) == _plain(wanted)
        case _:
            return taken.lower() == wanted.lower()


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def asked() -> Iterator[Asked]:
    """The messages of the data folder."""
    for line in (DATA / "slots.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("- ") and line.count(" | ") == 2:
            names, text, cell = line[2:].split(" | ")
            slots = tuple(SLOTS[name] for name in names.split())
            yield Asked(text, slots, dict(_accepted(slots, cell)))


def _accepted(slots: Sequence[Slot], cell: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if len(slots) == 1:
        yield slots[0].name, tuple(one.strip() for one in cell.split(" / "))
        return
    for part in cell.split(";"):
        name, _, value = part.strip().partition("=")
        yield name, (value,)


def read(half: str) -> list[Taken]:
    """Read every message of a half."""
    found = []
    for one in asked():
        if half in ("all", one.half):
            values = read_slots(one.text, one.slots).values
            found += [Taken(one, slot, values.get(slot.name)) for slot in one.slots]
    return found


def report(found: Sequence[Taken], *, why: bool) -> Iterator[str]:
    """The table, as Markdown."""
    by_type: dict[str, list[Taken]] = defaultdict(list)
    for one in found:
        by_type[one.slot.type.value].append(one)
    yield "| type | slots asked for | precision, % (95 %) | of | recall, % (95 %) | of |\n|---|---|---|---|---|---|"
    for name, rows in (*by_type.items(), ("**all**", list(found))):
        taken = [one for one in rows if one.value is not None]
        wanted = [one for one in rows if one.wanted]
        precision = Share(sum(one.right for one in taken), len(taken))
        recall = Share(sum(one.right for one in wanted), len(wanted))
        yield f"| {name} | {len(rows)} | {precision} | {len(taken)} | {recall} | {len(wanted)} |"
    if why:
        for one in found:
            if not one.right:
                yield f"  {one.slot.name}: {one.asked.text}\n      want {' / '.join(one.accepted)}; got {one.value}"


@dataclass(frozen=True, slots=True)
class Expression:
    """A way to say a date, and what may be made of it; `-` is no date."""

    kind: str
    text: str
    accepted: tuple[str, ...]


def expressions(half: str) -> list[Expression]:
    """The date expressions of a half."""
    found, kind = [], ""
    for line in (DATA / "dates.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            kind = line[3:]
        elif line.startswith("- ") and line.count(" | ") == 1:
            text, wanted = line[2:].split(" | ")
            if half in ("all", half_of(text)):
                found.append(Expression(kind, text, tuple(one.strip() for one in wanted.split(" / "))))
    return found


def own_date(text: str) -> str:
    """The date that the reader takes: the last of the message that is whole."""
    found = [one for one in find_dates(fold(text)) if not one.problem]
    return str(found[-1].value) if found else NOTHING


def parsers() -> dict[str, Callable[[str], str]]:
    """The readers of dates that are compared: ours, and dateparser in its two uses where it is installed."""
    found: dict[str, Callable[[str], str]] = {"ours": own_date}
    if find_spec("dateparser") is not None:
        parse = import_module("dateparser").parse
        search = import_module("dateparser.search").search_dates
        common = {"RELATIVE_BASE": WRITTEN_ON}
        strict = {**common, "REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True}

        def whole(text: str) -> str:
            day = parse(text, languages=["en"], settings=strict)
            return day.date().isoformat() if day else NOTHING

        def searched(text: str) -> str:
            days = search(text, languages=["en"], settings=common)
            return days[-1][1].date().isoformat() if days else NOTHING

        def searched_strictly(text: str) -> str:
            days = search(text, languages=["en"], settings=strict)
            return days[-1][1].date().isoformat() if days else NOTHING

        found |= {
            "dateparser, whole message": whole,
            "dateparser, searched": searched,
            "dateparser, searched, strict": searched_strictly,
        }
    return found


def report_dates(half: str, *, why: bool) -> Iterator[str]:
    """Readers of dates beside each other, by kind of expression."""
    rows = expressions(half)
    readers = parsers()
    given = {name: [read_date(one.text) for one in rows] for name, read_date in readers.items()}
    kinds = list(dict.fromkeys(one.kind for one in rows))
    yield f"| kind of expression | number | {' | '.join(f'{name}: right' for name in readers)} |"
    yield "|---|---|" + "---|" * len(readers)
    for kind in kinds:
        places = [at for at, one in enumerate(rows) if one.kind == kind]
        cells = [str(sum(given[name][at] in rows[at].accepted for at in places)) for name in readers]
        yield f"| {kind} | {len(places)} | {' | '.join(cells)} |"
    rights = [
        Share(sum(g in r.accepted for g, r in zip(given[name], rows, strict=True)), len(rows)) for name in readers
    ]
    yield f"| **all**, % right (95 %) | {len(rows)} | {' | '.join(map(str, rights))} |"
    wrongs = [
        sum(g not in (NOTHING, *r.accepted) for g, r in zip(given[name], rows, strict=True)) for name in readers
    ]
    yield f"| a wrong date taken | {len(rows)} | {' | '.join(map(str, wrongs))} |"
    if why:
        for at, one in enumerate(rows):
            if given["ours"][at] not in one.accepted:
                yield f"  [{one.kind}] {one.text}: want {' / '.join(one.accepted)}; got {given['ours'][at]}"


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "heldout", "all"), default="dev")
    parser.add_argument("--dates", action="store_true", help="date expressions alone")
    parser.add_argument("--why", action="store_true", help="list what went otherwise")
    given = parser.parse_args(arguments)
    lines = report_dates(given.half, why=given.why) if given.dates else report(read(given.half), why=given.why)
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
