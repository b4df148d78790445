"""The terminal chat: lines as paragraphs, buttons as numbers, and on request the document's line beside each."""

from __future__ import annotations

import shutil
import textwrap
from dataclasses import dataclass, field
from typing import Final, TextIO

from bythebook.bootstrap import Installation
from bythebook.cli.common import coloured
from bythebook.engine.decide import Refused
from bythebook.engine.state import Status
from bythebook.routine.wording import Release
from bythebook.service.conversation import Conversation
from bythebook.service.turns import transcript
from bythebook.service.view import Button, Said, Turn

WIDTH_MAX: Final = 96
DIM, BOLD, GREEN = "2", "1", "32"
HELP: Final = "Type a message, or the number of a button. An empty line or Ctrl-D ends the chat."


@dataclass
class TerminalChat:
    """One customer at one terminal."""

    installation: Installation
    source: TextIO
    out: TextIO
    why: bool
    buttons: tuple[Button, ...] = ()
    messages: int = 0
    shown: int = 0
    """The version of the log up to which everything was shown."""

    case_id: str = field(default="")

    def run(self) -> None:
        """Talk until the input ends or the case is resolved and the customer leaves."""
        self._print(coloured(self.installation.title, BOLD, self._colour))
        self._print(coloured(HELP, DIM, self._colour))
        conversation = Conversation(self.installation.runner)
        self.case_id = conversation.open().case_id
        while (text := self._prompt()) is not None:
            self.catch_up()
            try:
                self._show(self._send(conversation, text))
            except Refused as refusal:
                self._print(coloured(f"  ({refusal})", DIM, self._colour))

    @property
    def _colour(self) -> bool:
        return self.out.isatty()

    def _prompt(self) -> str | None:
        print(coloured("> ", GREEN, self._colour), end="", file=self.out, flush=True)
        line = self.source.readline()
        if not line or not line.strip():
            self._print("")
            return None
        return line.rstrip("\n")

    def _send(self, conversation: Conversation, text: str) -> Turn:
        self.messages += 1
        message_id = f"m{self.messages}"
        number = text.strip()
        if number.isdigit() and 0 < int(number) <= len(self.buttons):
            return conversation.press(self.case_id, self.buttons[int(number) - 1].id, message_id)
        return conversation.say(self.case_id, text, message_id)

    def catch_up(self) -> None:
        """Show what was said and not shown yet: by the assistant, before a call is answered for, or by a human."""
        runner = self.installation.runner
        events, state = runner.store.load(self.case_id), runner.known(self.case_id)
        for spoken in transcript(events, self.shown):
            if spoken.speaker != "customer":
                release = runner.release_in(state, spoken.said.routine)
                self._paragraph(spoken.said, _cited(release, spoken.said.line))
        self.shown = len(events)

    def _show(self, turn: Turn) -> None:
        if turn.case_id != self.case_id:
            self.case_id, self.shown = turn.case_id, 0
        self.buttons = turn.buttons
        self.catch_up()
        if self.why and turn.reading is not None:
            meant = ", ".join(f"{c.id} {c.confidence:.2f}" for c in turn.reading.choices) or "nothing certain"
            self._note(f"understood: {meant}{' (unsure)' if turn.reading.unsure else ''}")
        if self.why:
            for move in turn.moves:
                self._note(f"{'could not move' if move.failed else 'moved'} to {move.routine}: {', '.join(move.why)}")
            for call in turn.calls:
                self._note(f"called: {call.function} at {call.line}, attempt {call.attempt}")
        if turn.buttons:
            self._note("   ".join(f"[{at}] {button.label}" for at, button in enumerate(turn.buttons, start=1)))
        if turn.status is not Status.OPEN:
            self._note(f"-- {_STATUS[turn.status]}")

    def _note(self, text: str) -> None:
        self._print(coloured(f"  {text}", DIM, self._colour))

    def _paragraph(self, said: Said, cited: str) -> None:
        width = min(WIDTH_MAX, shutil.get_terminal_size().columns) - 2
        for line in said.text.splitlines():
            self._print(textwrap.fill(line, width, initial_indent="  ", subsequent_indent="  ") if line else "")
        if self.why:
            self._print(coloured(f"    ^ {said.line or 'human'} ({said.source}) {cited}".rstrip(), DIM, self._colour))

    def _print(self, text: str) -> None:
        print(text, file=self.out, flush=True)


_STATUS: Final = {
    Status.NEW: "new",
    Status.OPEN: "open",
    Status.HANDED_OFF: "with a person now",
    Status.RESOLVED: "resolved; a new question opens a new case",
    Status.ABANDONED: "abandoned",
    Status.ERASED: "erased",
}


def _cited(release: Release, label: str) -> str:
    """Return where a label stands in the document: "document.md:55"."""
    routine = release.routine
    found = routine.line(label) or routine.step(label) or routine.article.labelled(label)
    if found is None:
        return ""
    where = f"{release.name}/" if release.others else ""
    return f"{where}{release.document.path}:{release.document.position(found.span.start)[0]}"
