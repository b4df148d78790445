"""Values that an opening gives before anything was asked: where somebody travels, and on which day.

People begin with "I need to fly from Boston to Denver on 12 December". A day is taken only behind a word by which
something is to happen on it, where one value alone is a day: a day in a story is none.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bythebook.reading.dates import find_dates, fold
from bythebook.reading.slot_answers import core, fits, kinds, said_together
from bythebook.reading.text import level
from bythebook.routine.model import Slot, SlotType
from bythebook.routine.value import Value

_TO_COME: Final = re.compile(
    r"\b(?:on|for|by|leav\w+|depart\w*|arriv\w+|mov\w+|fly\w*|travel\w*|starting|from|date(?: is)?|day(?: is)?)"
    r"[\s:]*(?:\w+day,?\s)?(?:the\s)?$",
    re.I,
)
_STORY: Final = re.compile(
    r"\b(?:was|were|had|did|didn['’]?t|booked|bought|ordered|paid|called|wrote|sent|applied|received|got|since|ago"
    r"|happened|lost|broke|stopped|born|already|yesterday|last)\b",
    re.I,
)
_BETWEEN: Final = re.compile(r"[.!?\n]+\s*")
_BIRTH: Final = re.compile(r"\b(?:birth|born|issue|purchase|transaction|incident|accident|treatment|order)", re.I)
"""Days that lie behind: of these a story tells."""


def early(text: str, slots: Sequence[Slot], month_first: bool) -> Mapping[str, Value]:
    """Return the values of an opening that no other slot can want."""
    found: dict[str, Value] = {}
    dates = [slot for slot in slots if slot.type is SlotType.DATE]
    for part in _BETWEEN.split(fold(level(text))):
        if len(dates) == 1 and not _BIRTH.search(dates[0].words) and not _STORY.search(part):
            ahead = [m for m in find_dates(part, month_first) if not m.problem and _TO_COME.search(part[: m.start])]
            found |= {dates[0].name: ahead[0].value} if len(ahead) == 1 else {}
        found |= _ways(part, slots)
    return found


def _ways(part: str, slots: Sequence[Slot]) -> dict[str, Value]:
    """Where from and where to, where a slot asks for each."""
    named = {kind.name: slot for slot in reversed(slots) for kind in kinds(slot)[:1]}
    if not {"origin", "destination"} <= set(named):
        return {}
    told = said_together(core(part), {"origin", "destination"})
    return {named[kind].name: place for kind, place in told.items() if fits(named[kind], place)}
