"""Accept suggested texts as examples: given on the command line, or asked for one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, TextIO

from bythebook.cli.beside import CannotChange, change_beside
from bythebook.compiler.example_file import with_example
from bythebook.compiler.sidecars import EXAMPLES_PATH
from bythebook.engine.choice import ACTS, OTHERS
from bythebook.reading.suggested import Suggested
from bythebook.reading.tidy import choices_of
from bythebook.routine.wording import Release
from bythebook.source.suggest import did_you_mean

STOP: Final = "q"
_GIVEN: Final = re.compile(r"(?P<number>\d{1,6})=(?P<choice>\S+)")


def read_accepted(given: Sequence[str]) -> dict[int, str]:
    """Return what `N=CHOICE` says, by number; raise CannotChange."""
    found: dict[int, str] = {}
    for one in given:
        match = _GIVEN.fullmatch(one.strip())
        if match is None:
            raise CannotChange(f"`{one}` does not say what a text means; write its number and a choice: 2=step:3")
        found[int(match["number"])] = match["choice"]
    return found


def accept_given(path: Path, release: Release, suggested: Sequence[Suggested], accepted: Mapping[int, str]) -> None:
    """Write texts into examples.toml, all or none; raise CannotChange."""
    by_number = {one.number: one.text for one in suggested}
    for number, choice in accepted.items():
        if number not in by_number:
            known = ", ".join(map(str, by_number)) or "none"
            raise CannotChange(f"there is no text {number} to be accepted; there are: {known}")
        why = why_not(release, choice)
        if why is not None:
            raise CannotChange(why)

    def change(text: str) -> str:
        for number, choice in accepted.items():
            text = with_example(text, choice, by_number[number])
        return text

    change_beside(path, EXAMPLES_PATH, change)
    for number, choice in accepted.items():
        print(f'added to {choice}: "{by_number[number]}"')


def accept_by_asking(
    path: Path, release: Release, suggested: Sequence[Suggested], source: TextIO, out: TextIO
) -> None:
    """Ask for each text what it means, and write it at once; an empty answer leaves it, `q` stops."""
    for one in suggested:
        print(f'{one.number}  "{one.text}"\n   {one.why}', file=out)
        while True:
            answer = _asked(one, source, out)
            if answer in (None, STOP):
                return
            assert answer is not None
            choice = one.choices[int(answer) - 1] if answer in _numbers(one) else answer
            if not choice:
                break
            why = why_not(release, choice)
            if why is None:
                accept_given(path, release, suggested, {one.number: choice})
                break
            print(f"   {why}", file=out)


def _asked(one: Suggested, source: TextIO, out: TextIO) -> str | None:
    ready = ", ".join(f"{at} {choice}" for at, choice in enumerate(one.choices, start=1))
    print(f"   what does it mean? ({ready}{', ' if ready else ''}a choice such as step:2; ", end="", file=out)
    print(f"nothing leaves it, {STOP} stops) ", end="", file=out, flush=True)
    line = source.readline()
    return line.strip() if line else None


def _numbers(one: Suggested) -> Sequence[str]:
    return [str(at) for at in range(1, len(one.choices) + 1)]


def why_not(release: Release, choice: str) -> str | None:
    """Return why no example can be written for a choice; None where one can."""
    known = [name for name, _ in choices_of(release)]
    if choice in known or choice in (*ACTS, *OTHERS):
        return None
    near = did_you_mean(choice, known)
    return f"the document has no choice `{choice}`; {near or 'there are: ' + ', '.join(known)}"
