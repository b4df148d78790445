"""The customer's side: open a case, say something, press a button, see what was said."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bythebook.engine.decide import Refused, owed
from bythebook.engine.event import CaseContinued, CustomerSaid, Event
from bythebook.engine.evolve import replay
from bythebook.engine.state import CaseState, Status
from bythebook.service.buttons import buttons_of, choice_of, label_of
from bythebook.service.ports import MessageIdTaken, UnknownRelease, VersionConflict
from bythebook.service.runner import Runner
from bythebook.service.turns import case_view, outcome, past_of, turn_span
from bythebook.service.view import Button, CaseView, Loaded, Turn

MESSAGE_CHARACTERS_MAX: Final = 8_000
MESSAGE_ID_CHARACTERS_MAX: Final = 200
LOOKS_MAX: Final = 20
"""How often an answer is looked at again because the case went on while it was read."""


class MessageIdReused(Refused):
    """The same message id came with another text. Nothing has happened."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A new case and the token that whoever has it may speak with."""

    case_id: str
    token: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that is stored, and will be answered once."""

    version: int
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a channel can do for a customer."""

    runner: Runner

    def open(self, routine: str | None = None) -> Opened:
        """Open a case on a document, or where none is named on the only one, or on the reception.

        The token is shown once and kept only as a digest. Raises UnknownRelease.
        """
        if routine is not None and self.runner.releases.current(routine).release.conduct.part:
            raise UnknownRelease(f"{routine} only comes before other documents; open the case on one of those")
        token = self.runner.identities.token()
        return Opened(self.runner.open(digest_of(token), routine), token)

    def documents(self) -> tuple[Loaded, ...]:
        """Return the documents that a case can be opened on, by name and title."""
        return tuple(Loaded(release.name, release.titled) for release in self.runner.releases.documents)

    @property
    def title(self) -> str:
        """What a page with a new case is headed with: its document's title, or a phrase of the house for several."""
        release = self.runner.releases.current().release
        return release.wording.house["several"].text if release.is_reception else release.titled

    def welcome(self) -> tuple[Button, ...]:
        """Return the buttons that a new case begins with, before anything is said."""
        release = self.runner.releases.current().release
        return buttons_of(release, CaseState(status=Status.OPEN))

    def authorised(self, case_id: str, token: str) -> bool:
        """Whether the token belongs to the case; raise UnknownCase."""
        return hmac.compare_digest(self.runner.store.token_digest(case_id), digest_of(token))

    def say(self, case_id: str, text: str, message_id: str) -> Turn:
        """Accept a message and return the turn that answers it; the stored one when it came before."""
        home = self._home(case_id, message_id)
        return self._answer(home, self.accept(home, text, message_id), message_id)

    def press(self, case_id: str, choice: str, message_id: str) -> Turn:
        """Accept the press of a button and return the turn that answers it."""
        home = self._home(case_id, message_id)
        return self._answer(home, self.accept(home, self._label(home, choice), message_id, choice), message_id)

    def accept(self, case_id: str, text: str, message_id: str, pressed: str | None = None) -> Accepted:
        """Store a message, masked; once this returns it is never lost and never answered twice.

        Raises Refused (too long, an unknown button), MessageIdReused, UnknownCase, StoreUnavailable.
        """
        if len(text) > MESSAGE_CHARACTERS_MAX:
            raise Refused(f"a message may have {MESSAGE_CHARACTERS_MAX:,} characters; this one has {len(text):,}")
        if not 0 < len(message_id) <= MESSAGE_ID_CHARACTERS_MAX:
            raise Refused(f"a message id has 1 to {MESSAGE_ID_CHARACTERS_MAX} characters")
        masked = self.runner.mask(_storable(text))
        choice, routine = choice_of(pressed) if pressed is not None else (None, None)
        said = CustomerSaid(self.runner.clock.now(), message_id, masked.text, masked.kinds, choice, routine)
        try:
            return Accepted(self.runner.record(case_id, lambda _: said).version, duplicate=False)
        except MessageIdTaken:
            return Accepted(self._stored(case_id, said), duplicate=True)

    def turn(self, case_id: str, message_id: str) -> Turn | None:
        """Return the stored turn that answered a message; None while it is not answered or not known."""
        version = self.runner.store.message_version(case_id, message_id)
        if version is None:
            return None
        events = tuple(self.runner.store.load(case_id))
        kept = self.runner.known(case_id)
        state = replay(events[kept.version :], kept)
        self.runner.keep(state, events)
        if (continued := _continued(events)) is not None:
            answered = self.turn(continued, message_id)
            if answered is not None:
                return answered
        return self._told(state, events, version, message_id)

    def view(self, case_id: str, after: int = 0) -> CaseView:
        """Return the case as its customer may see it, with all that was said after a version; raise UnknownCase."""
        if after and (latest := self._since(case_id, after)) is not None:
            return latest
        kept = self.runner.known(case_id)  # before the log is read, so that the log is not behind it
        events = self.runner.store.load(case_id)
        state = replay(events[kept.version :], kept)
        return case_view(self.runner.releases.get(state.release).release, events, state)

    def _since(self, case_id: str, after: int) -> CaseView | None:
        """Return the case with what was said since its snapshot; None where that is not all that is asked for."""
        recalled = self.runner.store.recall(case_id)
        if recalled.state is None or recalled.state.version > after:
            return None
        state = replay(recalled.events, recalled.state)
        release = self.runner.releases.get(state.release).release
        return case_view(release, recalled.events, state, past_of(recalled.state))

    def _answer(self, case_id: str, accepted: Accepted, message_id: str) -> Turn:
        for _ in range(LOOKS_MAX):
            onward: str | None = case_id
            while onward is not None:  # whoever continued the case may have died before its answer was whole
                self.runner.settle(onward)
                self.runner.wait(onward)
                onward = self.runner.known(onward).continued_in
            turn = None if accepted.duplicate else self._just_told(case_id, message_id)
            turn = turn or self.turn(case_id, message_id)
            assert turn is not None
            if self.runner.is_settled(turn.case_id):
                return replace(turn, duplicate=accepted.duplicate)
            # Somebody moved the case on between the two: a human handed it back, say.
        raise VersionConflict(f"case {case_id} is busy: its answer went on {LOOKS_MAX} times while it was read")

    def _just_told(self, case_id: str, message_id: str) -> Turn | None:
        """Return the turn of a message that was stored just now, from memory; None where others are at the case.

        The message was stored upon what is in memory, so all that led to its answer is there.
        """
        known = self.runner.at_hand(case_id)
        if (
            known is None
            or known.log is None
            or known.state.continued_in is not None
            or owed(known.state) is not None
        ):
            return None
        version = place_of(known.log, message_id)
        begun = known.past.routine
        return self._told(known.state, known.log, version, message_id, begun) if version is not None else None

    def _told(
        self, state: CaseState, events: Sequence[Event], version: int, message_id: str, begun: str = ""
    ) -> Turn:
        release = self.runner.releases.get(state.release).release
        span = turn_span(events, version)
        start, end = span if span is not None else (version, version)
        return replace(outcome(release, events, state, (start, end), begun), id=message_id)

    def _home(self, case_id: str, message_id: str) -> str:
        """Return the case that the message id belongs to: a resolved one before this, if it was sent there."""
        before = self.runner.known(case_id).previous
        if before is None or self.runner.store.message_version(case_id, message_id) is not None:
            return case_id
        while before is not None:
            if self.runner.store.message_version(before, message_id) is not None:
                return before
            before = self.runner.known(before).previous
        return case_id

    def _label(self, case_id: str, button: str) -> str:
        choice, routine = choice_of(button)
        return label_of(self.runner.release_in(self.runner.state(case_id), routine), choice)

    def _stored(self, case_id: str, said: CustomerSaid) -> int:
        version = self.runner.store.message_version(case_id, said.message_id)
        assert version is not None, "the store knows the message id that it says is taken"
        before = self.runner.store.load(case_id)[version - 1]
        assert isinstance(before, CustomerSaid)
        same = (before.pressed, before.routine) == (said.pressed, said.routine) and (
            said.pressed is not None or before.text == said.text
        )
        if not same:
            raise MessageIdReused(f"the message id {said.message_id!r} was used for another message in this case")
        return version


def place_of(log: Sequence[Event], message_id: str) -> int | None:
    """Return the 1-based place of a customer's message in the log, or None."""
    back = enumerate(reversed(log))
    found = next((at for at, e in back if isinstance(e, CustomerSaid) and e.message_id == message_id), None)
    return len(log) - found if found is not None else None


def digest_of(token: str) -> str:
    """Return the SHA-256 of a token, in hex: all that is kept of it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _continued(events: Sequence[Event]) -> str | None:
    return next((event.case_id for event in events if isinstance(event, CaseContinued)), None)


def _storable(text: str) -> str:
    """Return the text without what no store or page can hold: lone surrogates and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
