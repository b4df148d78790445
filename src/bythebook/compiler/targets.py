"""Where "go to" and "retry" lead: labels as written become lines; slots take the names that calls know them by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bythebook.compiler.branches import CLOSING, NEXT
from bythebook.compiler.outline import Item, Rank
from bythebook.compiler.resolution import resolves_by_name
from bythebook.routine.model import (
    STANDING,
    Ask,
    Call,
    Collect,
    Compare,
    Condition,
    Goto,
    Group,
    Line,
    QuestionKind,
    Repeat,
    Slot,
    SlotType,
    Step,
)

LINES_BACK_MAX: Final = 60
"""How many lines back a repetition looks for what it does again."""

ROOT: Final = 4
"""Letters by which a slot's word and an argument's are told to be one ("zip", "zip_code"; "emails", "email")."""


_NAMED: Final = re.compile(r"(?:the )?(?:step|line|question|point|section) #?\d\w*(?:\.\w+)*", re.I)
"""A place by its label: "repeat step 5"."""

_HANDLE: Final = re.compile(r"_(?:number|no|id|identifier|code|ref|reference|name)$")
"""The end of an argument's name that says how a thing is named."""

_LOOKS: Final = re.compile(
    r"verif|valid|check|auth|confirm|match|find|search|look|get_|retriev|list|test|identif|detect|status|fetch|quer",
    re.I,
)
"""In the name of a function that looks at what it was given, or for something by it."""

_KEYS: Final = re.compile(r"_(?:number|no|id|identifier|code|ref|reference)$")


def link(steps: Sequence[Step], items: Sequence[Item]) -> tuple[Step, ...]:
    """Return the steps with every target a label; a target that is nowhere stays as written."""
    named = _bound(steps)
    places = _places(named, items)
    lines = [line for step in named for line in step.lines]
    order = {line.label: number for number, line in enumerate(lines)}
    linked = []
    for index, step in enumerate(named):
        following = named[index + 1].label if index + 1 < len(named) else ""
        own: list[Line] = []
        for line in step.lines:
            at = order[line.label]
            own.append(_linked(line, following, places, lines[max(0, at - LINES_BACK_MAX) : at], len(own)))
        linked.append(replace(step, lines=tuple(own)))
    return tuple(linked)


def standing_last(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps, those that hold at any time behind the numbered ones."""
    numbered = tuple(step for step in steps if not step.label.startswith(STANDING))
    return (*numbered, *(step for step in steps if step.label.startswith(STANDING)))


def _places(steps: Sequence[Step], items: Sequence[Item]) -> Mapping[str, str]:
    """Return what a label may be written as, with the label it means."""
    found: dict[str, str] = {}
    section = ""
    labels = {step.span: step.label for step in steps}
    for item in items:
        if item.rank is Rank.SECTION:
            section = item.label
        elif section and item.span in labels:
            found.setdefault(section, labels[item.span])
            section = ""
    for step in steps:
        for line in step.lines:
            # A line of several sentences begins with its first.
            found.setdefault(line.label.partition("(")[0].lower(), line.label)
            found[line.label.lower()] = line.label
    for step in steps:
        found[step.label.lower()] = step.label
    if steps:
        found["end"] = steps[-1].label
        found[CLOSING] = next((step.label for step in steps if _closes(step)), steps[-1].label)
    return found


def _closes(step: Step) -> bool:
    return any(
        isinstance(line.instruction, Ask) and line.instruction.kind is QuestionKind.ANYTHING_ELSE
        for line in step.lines
    )


def _linked(line: Line, following: str, places: Mapping[str, str], before: Sequence[Line], here: int) -> Line:
    """Return a line with its target; `here` lines of those before it stand in its own step."""
    match line.instruction:
        case Goto(target=target) if target == NEXT:
            return replace(line, instruction=Goto(following) if following else Group())
        case Goto(target=target):
            return replace(line, instruction=Goto(_place(target, places)))
        case Repeat(target=what, times=times):
            own = before[len(before) - here :]
            named = places.get(_bare(what)) if _NAMED.fullmatch(what.strip(" .")) else None
            again = (
                named or ("" if what else _asked(line, own)) or _just_asked(what, own) or _again(what, before, own)
            )
            return replace(line, instruction=Repeat(again, times) if again else Group())
        case _:
            return line


def _just_asked(what: str, here: Sequence[Line]) -> str:
    """Return the question for a value that "ask for it again" stands behind, where nothing was called since."""
    if what.strip(" .").lower() not in ("it", "this", "that"):
        return ""
    for line in reversed(here):
        if isinstance(line.instruction, Call):
            return ""
        if isinstance(line.instruction, Collect):
            return line.label
    return ""


def _asked(line: Line, here: Sequence[Line]) -> str:
    """Return the question of the step whose yes or no a repetition stands under, where nothing was called since."""
    above = {one.label: one for one in here}
    at: Line | None = line
    while at is not None:
        question = (
            at.condition.question if at.condition is not None and at.condition.answer in ("yes", "no") else None
        )
        if question in above:
            behind = here[[one.label for one in here].index(question) :]
            return "" if any(isinstance(one.instruction, Call) for one in behind) else question
        at = above.get(at.parent or "")
    return ""


def _bare(what: str) -> str:
    return what.strip(" .").lower().split(" ")[-1].strip("#")


def _place(target: str, places: Mapping[str, str]) -> str:
    words = target.rstrip(".):").lower()
    if f"section {words}" in places:
        return places[f"section {words}"]
    bare = words.split(" ", 1)[-1].strip("# ")
    return places.get(words) or places.get(bare) or places.get(bare.removesuffix(".0")) or bare


def _again(what: str, before: Sequence[Line], here: Sequence[Line]) -> str:
    """Return the line to do again: the call that the words name, or the latest; with the question that feeds it.

    "Retry once" in the step of a deed does the deed again: what a check found wrong, the customer gave.
    """
    calls = [
        line
        for line in before
        if isinstance(line.instruction, Call) and not resolves_by_name(line.instruction.function)
    ]
    words = {word[:ROOT] for word in what.lower().split() if len(word) >= ROOT}
    named = [
        line
        for line in calls
        if isinstance(line.instruction, Call)
        and words & {part[:ROOT] for part in line.instruction.function.lower().split("_")}
    ]
    always = [line for line in calls if line.parent is None and line.condition is None]
    call = (named or always or calls)[-1:]
    if not call or not isinstance(call[0].instruction, Call):
        return ""
    deed = not what and call[0] in here and not _LOOKS.search(call[0].instruction.function)
    if deed and not any(isinstance(line.instruction, Collect) for line in here):
        return call[0].label
    asked = [line for line in before[: before.index(call[0])] if isinstance(line.instruction, Collect)]
    takes = call[0].instruction.named
    feeds = [line for line in asked if {slot.name for slot in getattr(line.instruction, "slots", ())} & set(takes)]
    if not takes:
        # What the call takes is said by its definition alone: the question in its own step is for it.
        feeds = [line for line in asked if line in here]
    return feeds[-1].label if feeds else call[0].label


def _bound(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Give each slot the name by which a later call takes it."""
    lines = [line for step in steps for line in step.lines]
    taken = {slot.name for line in lines if isinstance(line.instruction, Collect) for slot in line.instruction.slots}
    names: dict[str, str] = {}
    wanted: list[str] = []
    for line in reversed(lines):
        if isinstance(line.instruction, Call):
            wanted += [name for name in line.instruction.named if name not in taken and name not in wanted]
        elif isinstance(line.instruction, Collect):
            for slot in line.instruction.slots:
                name = _name_for(slot, wanted)
                if name:
                    names[slot.name] = name
                    wanted.remove(name)
    if not names:
        return tuple(steps)
    return tuple(
        replace(
            step,
            condition=_compared(step.condition, names),
            lines=tuple(_renamed(line, names) for line in step.lines),
        )
        for step in steps
    )


def _name_for(slot: Slot, wanted: Sequence[str]) -> str:
    own = roots_of(slot.name)
    for name in reversed(wanted):
        roots = roots_of(name)
        # `zip` is asked for, `zip_code` is taken; "new payment details" are asked for, `payment_details` taken.
        if roots and own and (roots <= own or own <= roots):
            return name
    # "their preferred flight" is asked for, `flight_number` taken.
    return next((name for name in reversed(wanted) if _HANDLE.search(name) and _is_handle(name, slot)), "")


def _is_handle(name: str, slot: Slot) -> bool:
    """Tell whether an argument says how the thing that is asked for is named: `flight_number` of "their flight"."""
    return roots_of(_HANDLE.sub("", name)) == {slot.name.rsplit("_", 1)[-1][:ROOT]}


_FIGURES: Final = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}


def roots_of(name: str) -> frozenset[str]:
    """Return the beginnings of the words of a name."""
    return frozenset(
        _FIGURES.get(part, part)[:ROOT]
        for part in name.lower().split("_")
        if part and part not in ("or", "and", "the", "of")
    )


def _compared(condition: Condition | None, names: Mapping[str, str]) -> Condition | None:
    """Return a condition that compares a slot under the name that the slot has got."""
    test = condition.test if condition is not None else None
    if condition is None or not isinstance(test, Compare) or test.name not in names:
        return condition
    return replace(condition, test=replace(test, name=names[test.name]))


def _renamed(line: Line, names: Mapping[str, str]) -> Line:
    line = replace(line, condition=_compared(line.condition, names))
    if not isinstance(line.instruction, Collect):
        return line
    slots = tuple(_named(slot, names.get(slot.name, slot.name)) for slot in line.instruction.slots)
    return replace(line, instruction=replace(line.instruction, slots=slots))


def _named(slot: Slot, name: str) -> Slot:
    """Return the slot under the name by which a call takes it; a thing of which its number is taken is one."""
    keyed = slot.type is SlotType.TEXT and _KEYS.search(name) is not None and _KEYS.search(slot.name) is None
    return replace(slot, name=name, type=SlotType.ID if keyed and _is_handle(name, slot) else slot.type)
